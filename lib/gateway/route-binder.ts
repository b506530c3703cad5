import { Stack } from 'aws-cdk-lib';
import { type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { type GatewayKind } from '../facts/kinds';
import { type FunctionTarget, refuseOtherRegion, regionOf } from '../integrations/function-place';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type ServiceGrant, type ServiceRoles } from '../integrations/service-roles';
import { type RouteArn } from '../integrations/source-arn';
import { criticalAlarmsOf } from '../operate/alarms';
import { StageVariables } from '../stages/stage-variables';
import { type LateBinding } from './late-binding/late-binding';
import { type StageDefinition } from './stage';

/** What an integration gets to know of the route it is bound to, and what it may ask of the gateway. */
export interface IntegrationContext<K = unknown> {
  readonly owner: Owner;
  readonly route: K;
  readonly stack: Stack;
  /** The keys of the stages that are there when the route is. */
  readonly stages: readonly string[];

  /** The keys of the stages, those that came later too. */
  stagesNow(): readonly string[];

  /** Tells one API from another, for what integrations keep. */
  readonly late: object;

  /**
   * How the API names a function.
   *
   * @param arn may be that of an alias of the function
   */
  targetOf(fn: IFunction, arn: string): FunctionTarget;

  /**
   * Lets the route invoke the function: from all stages, or from one. Returns the ARN of the role that API Gateway invokes it
   * with; nothing where the function itself permits it.
   */
  grantInvoke(fn: IFunction, stage?: string): string | undefined;

  /** The alarms of the gateway that say that callers are failing now. */
  criticalAlarms(): readonly CfnAlarm[];

  /** Gives the API's role for a service what the route needs, and returns the ARN of the role. */
  grantService(service: string, grants: readonly ServiceGrant[]): string;

  /** Sets a stage variable on one stage. */
  setStageVariable(stage: string, name: string, value: string): void;

  /** Says that the route reads this stage variable, so that every stage must have it. */
  useStageVariable(name: string): void;
}

/** How a kind calls functions. */
export type FunctionCalls = Pick<IntegrationContext, 'targetOf' | 'grantInvoke'>;

/** Binds integrations to routes, and gathers what they ask of the stages. */
export abstract class RouteBinder<S extends StageDefinition = StageDefinition> {
  private readonly variables: StageVariables;

  constructor(
    protected readonly gateway: Construct,
    protected readonly stages: Readonly<Record<string, S>>,
    private readonly roles: ServiceRoles,
    protected readonly late: LateBinding,
  ) {
    this.variables = new StageVariables(stages);
  }

  /** All variables of a stage: the user's, those of integrations, and those that stand for functions. */
  public variablesOf(stage: StageDefinition, preparing?: boolean): Record<string, string> {
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

  /** How HTTP and WebSocket APIs call functions: those of their own Region, which permit it themselves. */
  protected regionalCalls(
    kind: Exclude<GatewayKind, 'rest'>,
    permissions: LambdaPermissions,
    route: RouteArn,
    owner: Owner,
    nameOf = (arn: string): string => arn,
  ): FunctionCalls {
    const stack = Stack.of(this.gateway);
    return {
      targetOf: (fn, called) => {
        refuseOtherRegion(fn, stack, kind, owner);
        return { region: regionOf(fn, stack), arn: nameOf(called) };
      },
      grantInvoke: (fn, stage) => {
        permissions.grantRoute(fn, route, stage === undefined ? undefined : this.stages[stage]);
        return undefined;
      },
    };
  }

  protected contextOf<K extends { readonly key: string }>(
    route: K,
    owner: Owner,
    calls: FunctionCalls,
  ): IntegrationContext<K> {
    return {
      ...calls,
      owner,
      route,
      stack: Stack.of(this.gateway),
      stages: Object.keys(this.stages),
      stagesNow: () => Object.keys(this.stages),
      late: this.late,
      criticalAlarms: () => criticalAlarmsOf(this.gateway),
      grantService: (service, grants) => this.roles.grant(service, grants),
      setStageVariable: (stage, name, value) => this.variables.set(stage, name, value, owner),
      useStageVariable: (name) => this.variables.use(name, route.key),
    };
  }
}
