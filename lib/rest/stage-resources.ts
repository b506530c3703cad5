import { Lazy, Stack } from 'aws-cdk-lib';
import { type CfnDeployment, CfnDocumentationVersion, type CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { logAhead } from '../operate/execution-log';
import { type WebAcl } from '../operate/web-acl';
import { StageCanaryResources } from '../release/stage-canary-resources';
import { type StageContext, StageResources } from '../gateway/stage-resources';
import { SplicedList } from '../document/spliced-list';
import { acknowledgeUsagePlansElsewhere } from '../usage-plans/acknowledgements';
import { acknowledgeNoWebAcl, acknowledgePrivate } from './acknowledgements';
import { type RestRouteDefinition } from './route';
import { type RestRouteBinder } from './route-binder';
import { methodSettings, type RestStageDefinition } from './stage';

/** What a stage is created from, in addition to its definition. */
export interface RestStageContext extends StageContext {
  readonly api: CfnRestApi;
  readonly deployment: CfnDeployment;
  /** Grows until the synthesis. */
  readonly routes: readonly RestRouteDefinition[];
  readonly binder: RestRouteBinder;
  readonly webAcl?: WebAcl;
  readonly isPrivate: boolean;
  /** The reason why other code creates the plans. */
  readonly usagePlansElsewhere?: string;
  readonly documentationVersion?: string;
}

/** Creates the resources of stages. */
export function restStageMaker(
  scope: Construct,
  context: RestStageContext,
): (stage: RestStageDefinition) => RestStageResources {
  const { api, documentationVersion } = context;
  const documentation =
    documentationVersion === undefined
      ? undefined
      : new CfnDocumentationVersion(scope, 'Documentation', { restApiId: api.ref, documentationVersion });
  return (stage) => {
    const made = new RestStageResources(scope, stage, context);
    if (documentation) made.resource.addResourceDependency(documentation);
    return made;
  };
}

/** The resources of one stage; their IDs are derived from its key. */
export class RestStageResources extends StageResources<RestStageDefinition, CfnStage> {
  public readonly resource: CfnStage;

  constructor(scope: Construct, definition: RestStageDefinition, context: RestStageContext) {
    super(scope, 'rest', definition, context);
    const { key, name, cache } = definition;
    const { api, deployment, routes, binder, webAcl } = context;
    const canary = this.canary(scope, context);
    this.resource = new CfnStage(scope, `Stage-${key}`, {
      restApiId: api.ref,
      deploymentId: canary?.stableDeploymentId ?? deployment.ref,
      ...this.common,
      documentationVersion: context.documentationVersion,
      accessLogSetting: this.accessLogSetting,
      clientCertificateId: definition.clientCertificate?._bind(scope, `ClientCertificate-${key}`),
      cacheClusterEnabled: cache ? true : undefined,
      cacheClusterSize: cache?.size,
      methodSettings: new SplicedList(() => methodSettings(definition, routes)),
      tracingEnabled: definition.tracing,
      variables: Lazy.uncachedAny(
        { produce: ({ preparing }) => binder.variablesOf(definition, preparing) },
        { omitEmptyArray: true },
      ),
      tags: Object.entries(definition.tags).map(([tag, value]) => ({ key: tag, value })),
    });
    logAhead(this.resource, scope, `ExecutionLog-${key}`, definition.executionLog, {
      kind: 'rest',
      apiId: api.ref,
      stageName: name,
    });
    this.late.comesLast(this.resource);
    canary?.apply(this.resource);
    if (webAcl) this.protect(scope, webAcl, api);
    else if (context.isPrivate) acknowledgePrivate(this.resource);
    if (context.usagePlansElsewhere !== undefined)
      acknowledgeUsagePlansElsewhere(this.resource, context.usagePlansElsewhere);
  }

  private canary(scope: Construct, { api, deployment }: RestStageContext): StageCanaryResources | undefined {
    const { key, name, canary, accessLog, executionLog } = this.definition;
    if (!canary) return undefined;
    return new StageCanaryResources(scope, `Canary-${key}`, canary, {
      api,
      deployment,
      stageKey: key,
      stageName: name,
      accessLog: this.accessLog,
      accessLogOptions: accessLog,
      executionLog,
      owner: this.owner.part('canary'),
    });
  }

  private protect(scope: Construct, webAcl: WebAcl, api: CfnRestApi): void {
    const { partition, region } = Stack.of(scope);
    const { reason } = webAcl._bind(scope);
    if (reason !== undefined) return acknowledgeNoWebAcl(this.resource, reason);
    const arn = `arn:${partition}:apigateway:${region}::/restapis/${api.ref}/stages/${this.resource.ref}`;
    webAcl._associate(scope, `WebAcl-${this.definition.key}`, arn);
  }
}
