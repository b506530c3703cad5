import { type Stack } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner } from '../shared/errors';
import { type LambdaPermissions } from '../shared/lambda-permission';
import { type RouteKey } from '../shared/route-key';
import { routeArn } from '../shared/source-arn';
import { type BoundIntegration } from './binding';
import { type ServiceRoles } from './integrations/service-roles';
import { type RestIntegration } from './integration';
import { type RestApiSettings } from './settings';
import { type StageDefinition } from './stage';

/** Binds integrations to routes, and gathers what they ask of the stages. */
export class RouteBinder {
  /** Stage key → variables that integrations have set on it. */
  private readonly variables = new Map<string, Map<string, string>>();
  /** Variable → the first route that reads it. */
  private readonly used = new Map<string, string>();

  constructor(
    private readonly stack: Stack,
    private readonly settings: RestApiSettings,
    private readonly stages: Readonly<Record<string, StageDefinition>>,
    private readonly permissions: LambdaPermissions,
    private readonly roles: ServiceRoles,
  ) {}

  /** The function that binds one integration to the route. */
  public binderOf(route: RouteKey, owner: Owner): (integration: RestIntegration) => BoundIntegration {
    const arn = routeArn(route.method, route.path);
    return (integration) =>
      integration._bind({
        owner,
        route,
        stack: this.stack,
        endpointType: this.settings.endpointType,
        stages: Object.keys(this.stages),
        cors: this.settings.cors,
        binaryMediaTypes: this.settings.binaryMediaTypes,
        grantService: (service, grants) => this.roles.grant(service, grants),
        grantInvoke: (fn: IFunction, stage?: string) =>
          this.permissions.grantRoute(fn, arn, stage === undefined ? undefined : this.stages[stage]),
        setStageVariable: (stage, name, value) => this.set(stage, name, value, owner),
        useStageVariable: (name) => {
          if (!this.used.has(name)) this.used.set(name, route.key);
        },
      });
  }

  /** All variables of a stage: the user's, and those of integrations. */
  public variablesOf(stage: StageDefinition): Record<string, string> {
    const own = Object.entries(stage.variables);
    const set = [...(this.variables.get(stage.key) ?? [])];
    return Object.fromEntries([...own, ...set].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The variables that routes read: name and route. */
  public get usedVariables(): readonly (readonly [string, string])[] {
    return [...this.used];
  }

  private set(stage: string, name: string, value: string, owner: Owner): void {
    const set = this.variables.get(stage) ?? new Map<string, string>();
    this.variables.set(stage, set);
    const known = set.get(name) ?? this.stages[stage].variables[name];
    if (known !== undefined && known !== value) {
      throw owner.error(
        `the stage variable "${name}" of stage "${stage}" has another value already; give lambdaByStage another variableName`,
      );
    }
    set.set(name, value);
  }
}
