import { Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { criticalAlarmsOf } from '../operate/alarms';
import { type Owner } from '../authoring/errors';
import { httpRouteArn, type HttpRouteKey } from '../gateway/http-route-key';
import { checkKind } from '../gateway/foreign-kind';
import { refuseOtherRegion, regionOf } from '../integrations/function-place';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { type ServiceRoles } from '../integrations/service-roles';
import { StageVariables } from '../stages/stage-variables';
import { type BoundHttpIntegration } from './binding';
import { type HttpIntegration } from './integration';
import { type HttpStageDefinition } from './stage';

const INTEGRATION = { kind: 'HTTP', what: 'integration', instead: 'Use HttpIntegration' };

/** Binds integrations to routes, and gathers what they ask of the stages. */
export class HttpRouteBinder {
  private readonly variables: StageVariables;

  constructor(
    private readonly gateway: Construct,
    private readonly stages: Readonly<Record<string, HttpStageDefinition>>,
    private readonly permissions: LambdaPermissions,
    private readonly roles: ServiceRoles,
    private readonly late: LateBinding,
  ) {
    this.variables = new StageVariables(stages);
  }

  /** The function that binds one integration to the route. */
  public binderOf(route: HttpRouteKey, owner: Owner): (integration: HttpIntegration) => BoundHttpIntegration {
    const arn = httpRouteArn(route);
    return (integration) =>
      checkKind(integration, INTEGRATION, owner)._bind({
        owner,
        route,
        stack: Stack.of(this.gateway),
        stages: Object.keys(this.stages),
        criticalAlarms: () => criticalAlarmsOf(this.gateway),
        grantService: (service, grants) => this.roles.grant(service, grants),
        late: this.late,
        targetOf: (fn, called) => {
          const stack = Stack.of(this.gateway);
          refuseOtherRegion(fn, stack, 'HTTP', owner);
          return { region: regionOf(fn, stack), arn: this.late.arnOf(called, 'variable') };
        },
        grantInvoke: (fn, stage) =>
          this.permissions.grantRoute(fn, arn, stage === undefined ? undefined : this.stages[stage]),
        setStageVariable: (stage, name, value) => this.variables.set(stage, name, value, owner),
        useStageVariable: (name) => this.variables.use(name, route.key),
      });
  }

  /** All variables of a stage: the user's, those of integrations, and those that stand for functions. */
  public variablesOf(stage: HttpStageDefinition, preparing?: boolean): Record<string, string> {
    return this.variables.of(stage, this.late.variables(preparing));
  }

  /** What the user and integrations have set, on all stages. */
  public get setVariables(): string[] {
    return Object.values(this.stages).flatMap((stage) => Object.values(this.variables.of(stage)));
  }

  /** The variables that routes read: name and route. */
  public get usedVariables(): readonly (readonly [string, string])[] {
    return this.variables.used;
  }
}
