import { type CfnStage, type IStage } from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type RouteKey } from '../gateway/route-key';
import { routeArn } from '../integrations/source-arn';
import { routeClass, stageClass } from '../gateway/handle-classes';
import { type RouteSource, type Sources } from '../gateway/handles';
import { type IRestGateway, type IRestRoute, type IRestStage } from './interfaces';
import { RestMetricsBase } from './metrics';

/** What a gateway of this app, or an imported one, provides about its stages and routes. */
export type RestSources = Sources<IRestGateway, IStage, CfnStage>;

export class RestRouteHandle
  extends routeClass<RestMetricsBase, RestSources, IRestRoute>(RestMetricsBase)
  implements IRestRoute
{
  public grantExecute(grantee: IGrantable): Grant {
    const { gateway, stage } = this._context;
    return gateway.grantExecute(grantee, { routes: [this.key], stages: stage && [stage.key] });
  }
}

export class RestStageHandle
  extends stageClass<RestMetricsBase, RestSources, RestRouteHandle>(RestMetricsBase, RestRouteHandle)
  implements IRestStage {}

/** The data behind the handle of a route. */
export function routeSource({ key, method, path }: RouteKey): RouteSource {
  return { key, method, resource: path, arn: routeArn(method, path) };
}
