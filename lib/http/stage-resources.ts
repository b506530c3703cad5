import { Lazy, Stack } from 'aws-cdk-lib';
import { type CfnApi, type CfnDeployment, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { DEFAULT_STAGE } from '../facts/names';
import { type AccessLog, createAccessLog } from '../operate/access-log';
import { type Owner } from '../shared/errors';
import { type HttpRouteDefinition } from './route';
import { type HttpRouteBinder } from './route-binder';
import { defaultRouteSettings, type HttpStageDefinition, routeSettings } from './stage';

/** What a stage is made from beside its definition. */
export interface HttpStageContext {
  readonly owner: Owner;
  readonly api: CfnApi;
  /** For stages that do not deploy by themselves. */
  readonly deployment?: CfnDeployment;
  /** Grows until the synthesis. */
  readonly routes: readonly HttpRouteDefinition[];
  readonly binder: HttpRouteBinder;
}

/** The resources of one stage; their ids are made of its key. */
export class HttpStageResources {
  public readonly resource: CfnStage;
  private readonly accessLog: AccessLog;
  private readonly owner: Owner;

  constructor(
    scope: Construct,
    public readonly definition: HttpStageDefinition,
    context: HttpStageContext,
  ) {
    const { key, name, autoDeploy } = definition;
    const { api, deployment, routes, binder } = context;
    this.owner = context.owner.part(`stage "${key}"`);
    this.accessLog = createAccessLog(scope, `AccessLog-${key}`, definition.accessLog, {
      kind: 'http',
      name: logName(scope, key),
      owner: this.owner,
    });
    this.resource = new CfnStage(scope, `Stage-${key}`, {
      apiId: api.ref,
      stageName: name,
      description: definition.description,
      autoDeploy,
      deploymentId: autoDeploy ? undefined : deployment?.attrDeploymentId,
      accessLogSettings: { destinationArn: this.accessLog.destinationArn, format: this.accessLog.format.text },
      defaultRouteSettings: defaultRouteSettings(definition),
      // The routes come with the document, and the stage refers to its resource: they are there before their settings.
      routeSettings: Lazy.uncachedAny({ produce: () => routeSettings(definition, routes) }),
      stageVariables: Lazy.uncachedAny({ produce: () => emptyAsNothing(binder.variablesOf(definition)) }),
      tags: Object.keys(definition.tags).length > 0 ? definition.tags : undefined,
    });
  }

  public get accessLogGroup(): ILogGroup {
    const { group } = this.accessLog;
    if (!group) throw this.owner.error('has no log group: its access log goes to a stream');
    return group.logGroup();
  }
}

function emptyAsNothing(variables: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(variables).length > 0 ? variables : undefined;
}

/** Where the gateway stands in its stack, and its stage; log groups take no `$`, and the default stage has no segment of its own. */
function logName(scope: Construct, key: string): string {
  const stack = Stack.of(scope).node.path;
  const path = scope.node.path.slice(stack === '' ? 0 : stack.length + 1).replace(/[^A-Za-z0-9._/#-]+/g, '-');
  return key === DEFAULT_STAGE ? path : `${path}/${key}`;
}
