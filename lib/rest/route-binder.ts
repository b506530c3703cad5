import { Stack } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { criticalAlarmsOf } from '../operate/alarms';
import { type Owner } from '../authoring/errors';
import { checkKind } from '../gateway/foreign-kind';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { type RouteKey } from '../gateway/route-key';
import { type Document } from '../document/skeleton';
import { routeArn } from '../integrations/source-arn';
import { StageVariables } from '../stages/stage-variables';
import { checkTemplateSizes } from '../integrations/velocity/template-size';
import { type RestBoundIntegration } from './binding';
import { bytesProblem } from './content-handling';
import { type ServiceRoles } from '../integrations/service-roles';
import { type Invocations } from './invocations';
import { type RestIntegration } from './integration';
import { type RestApiSettings } from './settings';
import { type RestStageDefinition } from './stage';

const INTEGRATION = { kind: 'REST', what: 'integration', instead: 'Use RestIntegration' };

/** Binds integrations to routes, and gathers what they ask of the stages. */
export class RestRouteBinder {
  private readonly variables: StageVariables;

  constructor(
    private readonly gateway: Construct,
    private readonly settings: RestApiSettings,
    private readonly stages: Readonly<Record<string, RestStageDefinition>>,
    private readonly invocations: Invocations,
    private readonly roles: ServiceRoles,
    private readonly late: LateBinding,
  ) {
    this.variables = new StageVariables(stages);
  }

  /** The function that binds one integration to the route. */
  public binderOf(route: RouteKey, owner: Owner): (integration: RestIntegration) => RestBoundIntegration {
    const arn = routeArn(route.method, route.path);
    return (integration) => {
      const bound = checkKind(integration, INTEGRATION, owner)._bind({
        owner,
        route,
        stack: Stack.of(this.gateway),
        endpointType: this.settings.endpointType,
        stages: Object.keys(this.stages),
        cors: this.settings.cors,
        criticalAlarms: () => criticalAlarmsOf(this.gateway),
        grantService: (service, grants) => this.roles.grant(service, grants),
        late: this.late,
        targetOf: (fn: IFunction, called: string) => this.invocations.targetOf(fn, called),
        grantInvoke: (fn: IFunction, stage?: string) => this.invocations.route(fn, stage, arn, owner),
        setStageVariable: (stage, name, value) => this.variables.set(stage, name, value, owner),
        useStageVariable: (name) => this.variables.use(name, route.key),
      });
      const problem = bytesProblem(bound.textOnly, this.settings.binaryMediaTypes);
      if (problem !== undefined) throw owner.error(problem);
      checkSizes(bound, owner);
      return bound;
    };
  }

  /** All variables of a stage: the user's, those of integrations, and those that stand for functions. */
  public variablesOf(stage: RestStageDefinition, preparing?: boolean): Record<string, string> {
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

function checkSizes({ extension }: RestBoundIntegration, owner: Owner): void {
  checkTemplateSizes(extension.requestTemplates, 'request', owner);
  for (const response of Object.values((extension.responses ?? {}) as Readonly<Record<string, Document>>))
    checkTemplateSizes(response.responseTemplates, 'response', owner);
}
