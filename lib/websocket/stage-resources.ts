import { type CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { type StageContext, StageResources } from '../gateway/stage-resources';
import { logAhead } from '../operate/execution-log';
import { acknowledgeUsagePlansElsewhere } from '../usage-plans/acknowledgements';
import { type WebSocketDeployment } from './deployment';
import { type WebSocketRouteDefinition } from './route';
import { type WebSocketRouteBinder } from './route-binder';
import { routeSettingsOf, type WebSocketStageDefinition } from './stage';

/** What a stage is created from, in addition to its definition. */
export interface WebSocketStageContext extends StageContext {
  readonly api: CfnApi;
  readonly deployment: WebSocketDeployment;
  /** Grows until the synthesis. */
  readonly routes: readonly WebSocketRouteDefinition[];
  readonly binder: WebSocketRouteBinder;
  /** The reason why other code creates the plans. */
  readonly usagePlansElsewhere?: string;
}

/** The resources of one stage; their IDs are derived from its key. */
export class WebSocketStageResources extends StageResources<WebSocketStageDefinition, CfnStage> {
  public readonly resource: CfnStage;

  constructor(scope: Construct, definition: WebSocketStageDefinition, context: WebSocketStageContext) {
    super(scope, 'websocket', definition, context);
    const { key, name, autoDeploy } = definition;
    const { api, deployment, routes, binder, usagePlansElsewhere } = context;
    const served = autoDeploy ? undefined : deployment.resource;
    if (served) this.late.comesLast(served);
    this.resource = new CfnStage(scope, `Stage-${key}`, {
      apiId: api.ref,
      ...this.v2Common(routes, binder, routeSettingsOf(definition)),
      autoDeploy: autoDeploy ? true : undefined,
      deploymentId: served?.ref,
      clientCertificateId: definition.clientCertificate?._bind(scope, `ClientCertificate-${key}`),
    });
    this.late.comesLast(this.resource);
    logAhead(this.resource, scope, `ExecutionLog-${key}`, definition.executionLog, {
      kind: 'websocket',
      apiId: api.ref,
      stageName: name,
    });
    if (autoDeploy) deployment.deploysItself(this.resource);
    if (usagePlansElsewhere !== undefined) acknowledgeUsagePlansElsewhere(this.resource, usagePlansElsewhere);
  }
}
