import { Lazy } from 'aws-cdk-lib';
import { type CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type AccessLog, createAccessLog, logGroupOf } from '../operate/access-log';
import { logAhead } from '../operate/execution-log';
import { type Owner } from '../authoring/errors';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { pathInStack } from '../authoring/places';
import { acknowledgeUsagePlansElsewhere } from './acknowledgements';
import { type WebSocketDeployment } from './deployment';
import { type WebSocketRouteBinder } from './route-binder';
import { type WebSocketRouteDefinition } from './route';
import { defaultRouteSettings, routeSettings, type WebSocketStageDefinition } from './stage';

/** What a stage is made from beside its definition. */
export interface WebSocketStageContext {
  readonly owner: Owner;
  readonly api: CfnApi;
  readonly deployment: WebSocketDeployment;
  /** Grows until the synthesis. */
  readonly routes: readonly WebSocketRouteDefinition[];
  readonly binder: WebSocketRouteBinder;
  readonly late: LateBinding;
  /** The reason why the plans are not the gateway's. */
  readonly usagePlansElsewhere?: string;
}

/** The resources of all stages, by key. */
export function createStages(
  scope: Construct,
  stages: Readonly<Record<string, WebSocketStageDefinition>>,
  context: WebSocketStageContext,
): Readonly<Record<string, WebSocketStageResources>> {
  return Object.fromEntries(
    Object.values(stages).map((stage) => [stage.key, new WebSocketStageResources(scope, stage, context)]),
  );
}

/** The resources of one stage; their ids are made of its key. */
export class WebSocketStageResources {
  public readonly resource: CfnStage;
  public readonly accessLog: AccessLog;
  private readonly owner: Owner;
  private readonly late: LateBinding;

  constructor(
    scope: Construct,
    public readonly definition: WebSocketStageDefinition,
    context: WebSocketStageContext,
  ) {
    const { key, name, autoDeploy, tags } = definition;
    const { api, deployment, routes, binder, usagePlansElsewhere } = context;
    this.owner = context.owner.part(`stage "${key}"`);
    this.accessLog = createAccessLog(scope, `AccessLog-${key}`, definition.accessLog, {
      kind: 'websocket',
      name: `${pathInStack(scope)}/${key}`,
      owner: this.owner,
    });
    this.resource = new CfnStage(scope, `Stage-${key}`, {
      apiId: api.ref,
      stageName: name,
      description: definition.description,
      autoDeploy: autoDeploy ? true : undefined,
      deploymentId: autoDeploy ? undefined : deployment.resource?.ref,
      accessLogSettings: { destinationArn: this.accessLog.destinationArn, format: this.accessLog.format.text },
      clientCertificateId: definition.clientCertificate?._bind(scope, `ClientCertificate-${key}`),
      defaultRouteSettings: defaultRouteSettings(definition),
      routeSettings: Lazy.uncachedAny({ produce: () => routeSettings(definition, routes) }),
      stageVariables: Lazy.uncachedAny({
        produce: ({ preparing }) => orNothing(binder.variablesOf(definition, context.late.variables(preparing))),
      }),
      tags: orNothing(tags),
    });
    this.late = context.late;
    this.late.comesLast(this.resource);
    logAhead(this.resource, scope, `ExecutionLog-${key}`, definition.executionLog, {
      kind: 'websocket',
      apiId: api.ref,
      stageName: name,
    });
    if (autoDeploy) deployment.deploysItself(this.resource);
    if (usagePlansElsewhere !== undefined) acknowledgeUsagePlansElsewhere(this.resource, usagePlansElsewhere);
  }

  /** The name for URLs; a reference, except where the stage comes after who uses it. */
  public get reference(): string {
    return this.late.stageNames.of({ name: this.definition.name, resource: this.resource });
  }

  public get accessLogGroup(): ILogGroup {
    return logGroupOf(this.accessLog, this.owner);
  }
}

function orNothing(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}
