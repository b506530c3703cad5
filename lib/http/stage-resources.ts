import { type CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { defaultRouteSettings } from '../gateway/stage';
import { type StageContext, StageResources } from '../gateway/stage-resources';
import { type HttpDeployment } from './deployment';
import { type HttpRouteDefinition } from './route';
import { type HttpRouteBinder } from './route-binder';
import { type HttpStageDefinition } from './stage';

/** What a stage is created from, in addition to its definition. */
export interface HttpStageContext extends StageContext {
  readonly api: CfnApi;
  /** What stages without automatic deployment serve; created with the first of them. */
  readonly deployment: HttpDeployment;
  /** Grows until the synthesis. */
  readonly routes: readonly HttpRouteDefinition[];
  readonly binder: HttpRouteBinder;
}

/** The resources of one stage; their IDs are derived from its key. */
export class HttpStageResources extends StageResources<HttpStageDefinition, CfnStage> {
  public readonly resource: CfnStage;

  constructor(scope: Construct, definition: HttpStageDefinition, context: HttpStageContext) {
    super(scope, 'http', definition, context);
    const { key, autoDeploy } = definition;
    const { api, deployment, routes, binder } = context;
    const served = autoDeploy ? undefined : deployment.resource;
    if (served) this.late.comesLast(served);
    this.resource = new CfnStage(scope, `Stage-${key}`, {
      apiId: api.ref,
      // The routes come with the document, and the stage refers to its resource: they exist before their settings.
      ...this.v2Common(routes, binder, defaultRouteSettings(definition)),
      autoDeploy,
      deploymentId: served?.attrDeploymentId,
    });
    this.late.comesLast(this.resource);
  }
}
