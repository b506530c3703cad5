import { Lazy } from 'aws-cdk-lib';
import { type CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { routeSettings } from '../gateway/stage';
import { orNothing, type StageContext, StageResources } from '../gateway/stage-resources';
import { type HttpDeployment } from './deployment';
import { type HttpRouteDefinition } from './route';
import { type HttpRouteBinder } from './route-binder';
import { defaultRouteSettings, type HttpStageDefinition } from './stage';

/** What a stage is made from beside its definition. */
export interface HttpStageContext extends StageContext {
  readonly api: CfnApi;
  /** What stages serve that do not deploy by themselves; made with the first of them. */
  readonly deployment: HttpDeployment;
  /** Grows until the synthesis. */
  readonly routes: readonly HttpRouteDefinition[];
  readonly binder: HttpRouteBinder;
}

/** The resources of one stage; their ids are made of its key. */
export class HttpStageResources extends StageResources<HttpStageDefinition, CfnStage> {
  public readonly resource: CfnStage;

  constructor(scope: Construct, definition: HttpStageDefinition, context: HttpStageContext) {
    super(scope, 'http', definition, context);
    const { key, name, autoDeploy } = definition;
    const { api, deployment, routes, binder } = context;
    const defaults = defaultRouteSettings(definition);
    const served = autoDeploy ? undefined : deployment.resource;
    if (served) this.late.comesLast(served);
    this.resource = new CfnStage(scope, `Stage-${key}`, {
      apiId: api.ref,
      stageName: name,
      description: definition.description,
      autoDeploy,
      deploymentId: served?.attrDeploymentId,
      accessLogSettings: { destinationArn: this.accessLog.destinationArn, format: this.accessLog.format.text },
      defaultRouteSettings: defaults,
      // The routes come with the document, and the stage refers to its resource: they are there before their settings.
      routeSettings: Lazy.uncachedAny({ produce: () => routeSettings(definition, routes, defaults) }),
      stageVariables: Lazy.uncachedAny({
        produce: ({ preparing }) => orNothing(binder.variablesOf(definition, preparing)),
      }),
      tags: orNothing(definition.tags),
    });
    this.late.comesLast(this.resource);
  }
}
