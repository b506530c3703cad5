import { Aws, Stack } from 'aws-cdk-lib';
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
import { checkPermissions, checkStage, checkVariable } from './integration-asks';
import { type IIntegrationContext } from './integration-context';
import { type LateBinding } from './late-binding/late-binding';
import { type StageDefinition } from './stage';

/** The context as this library's own integrations see it: their error texts, and what only they do. */
export interface IntegrationContext<K = unknown> extends IIntegrationContext {
  readonly owner: Owner;
  readonly route: K;
  readonly stack: Stack;

  /** The keys of the stages, those that came later too. */
  stagesNow(): readonly string[];

  /** Identifies an API, for what integrations cache. */
  readonly late: object;

  /**
   * How the API names a function.
   *
   * @param arn may be that of an alias of the function
   */
  targetOf(fn: IFunction, arn: string): FunctionTarget;

  /** The alarms of the gateway that say that callers are failing now. */
  criticalAlarms(): readonly CfnAlarm[];

  /** Adds what the route needs to the API's role for a service, and returns the ARN of the role. */
  grantService(service: string, grants: readonly ServiceGrant[]): string;
}

/** How a kind calls functions. */
export type FunctionCalls = Pick<IntegrationContext, 'targetOf' | 'grantInvoke'>;

/** Binds integrations to routes, and collects what they require of the stages. */
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

  public get stack(): Stack {
    return Stack.of(this.gateway);
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
    const { gateway, stages, late, roles, variables } = this;
    const grantInvoke = (fn: IFunction, stage?: string): string | undefined => {
      if (stage !== undefined) checkStage(stage, stages, owner);
      return calls.grantInvoke(fn, stage);
    };
    return {
      owner,
      route,
      scope: gateway,
      routeKey: route.key,
      stack: Stack.of(gateway),
      stages: Object.keys(stages),
      stagesNow: () => Object.keys(stages),
      late,
      targetOf: calls.targetOf,
      grantInvoke,
      invocationUri: (fn) => {
        grantInvoke(fn);
        const { region, arn } = calls.targetOf(fn, fn.functionArn);
        return `arn:${Aws.PARTITION}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
      },
      criticalAlarms: () => criticalAlarmsOf(gateway),
      grantService: (service, grants) => {
        checkPermissions(service, grants, owner);
        return roles.grant(service, grants);
      },
      setStageVariable: (stage, name, value) => {
        checkStage(stage, stages, owner);
        checkVariable(name, value, owner);
        variables.set(stage, name, value, owner);
      },
      useStageVariable: (name) => variables.use(name, route.key),
    };
  }
}
