import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { ApiKind, type ApiMappingTarget } from '../domain/api';
import { grantOnRoutes } from '../gateway/grants';
import { httpRouteArn, parseHttpRouteKey } from '../gateway/http-route-key';
import { type RouteSource } from '../gateway/handles';
import { ImportedApi } from '../gateway/imported';
import { HttpGatewayBase } from './gateway-base';
import { type HttpGrantOptions } from './grants';
import { routeSource } from './handles';
import { type HttpGatewayAttributes } from './interfaces';

/** An HTTP API that was created elsewhere. */
export class ImportedHttpGateway extends HttpGatewayBase {
  public readonly apiId: string;
  protected readonly _apiEndpoint = undefined;
  protected readonly _source: ImportedApi;

  constructor(scope: Construct, id: string, attributes: HttpGatewayAttributes) {
    super(scope, id);
    const { apiId } = attributes;
    this.apiId = apiId;
    this._source = new ImportedApi(this, {
      ...attributes,
      kind: 'http',
      apiKind: ApiKind.HTTP,
      apiId,
      endpointType: 'REGIONAL',
      dimensions: () => ({ ApiId: apiId }),
    });
  }

  public get url(): string {
    return this._source.urlOf(this._source.onlyStage("urlForStage('KEY')"));
  }

  public bindToDomain(stage?: string): ApiMappingTarget {
    return this._source.bind(stage);
  }

  public grantExecute(grantee: IGrantable, options: HttpGrantOptions = {}): Grant {
    const { arn, references: stages } = this._source;
    const owner = this._source.owner.part('grantExecute');
    const routes = (options.routes ?? []).map((key) => ({ route: parseHttpRouteKey(key, owner) }));
    const context = { owner, arn, routes, stages };
    return grantOnRoutes(grantee, 'execute-api:Invoke', options, context, ({ route }) => httpRouteArn(route));
  }

  protected _routeOf(key: string): RouteSource {
    return routeSource(parseHttpRouteKey(key, this._source.owner));
  }
}
