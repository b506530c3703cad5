import { Stack } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { criticalAlarmsOf } from '../operate/alarms';
import { type Owner } from '../authoring/errors';
import { checkKind } from '../gateway/foreign-kind';
import { refuseOtherRegion, regionOf } from '../integrations/function-place';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type ServiceRoles } from '../integrations/service-roles';
import { StageVariables } from '../stages/stage-variables';
import { checkTemplateSizes } from '../integrations/velocity/template-size';
import { type WebSocketBoundIntegration } from './binding';
import { type WebSocketIntegration } from './integration';
import { type WebSocketRouteKey } from './route-key';
import { type WebSocketStageDefinition } from './stage';

const INTEGRATION = { kind: 'WebSocket', what: 'integration', instead: 'Use WebSocketIntegration' };

/** Binds integrations to routes, and gathers what they ask of the stages. */
export class WebSocketRouteBinder {
  private readonly variables: StageVariables;

  constructor(
    private readonly gateway: Construct,
    private readonly stages: Readonly<Record<string, WebSocketStageDefinition>>,
    private readonly permissions: LambdaPermissions,
    private readonly roles: ServiceRoles,
  ) {
    this.variables = new StageVariables(stages);
  }

  /** Binds an integration to the route. */
  public bind(
    integration: WebSocketIntegration,
    route: WebSocketRouteKey,
    returnResponse: boolean,
    owner: Owner,
  ): WebSocketBoundIntegration {
    // The ARN of a route has its key where those of other APIs have a method and a path.
    const arn = { method: '', path: route.key };
    const bound = checkKind(integration, INTEGRATION, owner)._bind({
      owner,
      route,
      stack: Stack.of(this.gateway),
      stages: Object.keys(this.stages),
      returnResponse,
      criticalAlarms: () => criticalAlarmsOf(this.gateway),
      grantService: (service, grants) => this.roles.grant(service, grants),
      targetOf: (fn: IFunction, called: string) => {
        const stack = Stack.of(this.gateway);
        refuseOtherRegion(fn, stack, 'WebSocket', owner);
        return { region: regionOf(fn, stack), arn: called };
      },
      grantInvoke: (fn: IFunction, stage?: string) =>
        this.permissions.grantRoute(fn, arn, stage === undefined ? undefined : this.stages[stage]),
      setStageVariable: (stage, name, value) => this.variables.set(stage, name, value, owner),
      useStageVariable: (name) => this.variables.use(name, route.key),
    });
    checkTemplateSizes(bound.properties.requestTemplates, 'request', owner);
    for (const { templates } of bound.responses) checkTemplateSizes(templates, 'response', owner);
    return bound;
  }

  /** All variables of a stage: the user's, and those of integrations. */
  public variablesOf(stage: WebSocketStageDefinition, late?: Readonly<Record<string, string>>): Record<string, string> {
    return this.variables.of(stage, late);
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
