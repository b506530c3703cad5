import { type CfnStage, type IHttpStage as CdkHttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type HttpRouteKey, httpRouteArn } from '../gateway/http-route-key';
import { routeClass, stageClass } from '../gateway/handle-classes';
import { type RouteSource, type Sources } from '../gateway/handles';
import { type IHttpGateway, type IHttpRoute, type IHttpStage } from './interfaces';
import { HttpMetricsBase } from './metrics';

/** What a gateway of this app, or an imported one, provides about its stages and routes. */
export type HttpSources = Sources<IHttpGateway, CdkHttpStage, CfnStage>;

export class HttpRouteHandle
  extends routeClass<HttpMetricsBase, HttpSources, IHttpRoute>(HttpMetricsBase)
  implements IHttpRoute
{
  public grantExecute(grantee: IGrantable): Grant {
    const { gateway, stage } = this._context;
    return gateway.grantExecute(grantee, { routes: [this.key], stages: stage && [stage.key] });
  }
}

export class HttpStageHandle
  extends stageClass<HttpMetricsBase, HttpSources, HttpRouteHandle>(HttpMetricsBase, HttpRouteHandle)
  implements IHttpStage {}

/** The data behind the handle of a route. */
export function routeSource(route: HttpRouteKey): RouteSource {
  const { key, method, path, isDefault } = route;
  return {
    key,
    ...(isDefault ? { method: key, resource: key } : { method, resource: path }),
    arn: httpRouteArn(route),
  };
}
