import { type CfnStage, type IWebSocketStage as CdkWebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { routeClass, stageClass } from '../gateway/handle-classes';
import { type RouteSource, type Sources } from '../gateway/handles';
import { type IWebSocketGateway, type IWebSocketRoute, type IWebSocketStage } from './interfaces';
import { WebSocketMetricsBase } from './metrics';

/** What a gateway of this app, or an imported one, provides about its stages and routes. */
export type WebSocketSources = Sources<IWebSocketGateway, CdkWebSocketStage, CfnStage>;

export class WebSocketRouteHandle
  extends routeClass<WebSocketMetricsBase, WebSocketSources, IWebSocketRoute>(WebSocketMetricsBase)
  implements IWebSocketRoute {}

export class WebSocketStageHandle
  extends stageClass<WebSocketMetricsBase, WebSocketSources, WebSocketRouteHandle>(
    WebSocketMetricsBase,
    WebSocketRouteHandle,
  )
  implements IWebSocketStage
{
  public get callbackUrl(): string {
    return this._context.gateway.callbackUrl(this.key);
  }
}

/** The data behind the handle of a route. */
export function routeSource(key: string): RouteSource {
  return { key, method: key, resource: key, arn: { method: '', path: key } };
}
