import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { ApiKind, type ApiMappingTarget } from '../domain/api';
import { grantOnRoutes } from '../gateway/grants';
import { type RouteSource } from '../gateway/handles';
import { ImportedApi } from '../gateway/imported';
import { parseRouteKey } from '../gateway/route-key';
import { routeArn } from '../integrations/source-arn';
import { apiDimensions } from '../operate/monitored-api';
import { RestGatewayBase } from './gateway-base';
import { type RestGrantOptions } from './grants';
import { routeSource } from './handles';
import { type RestGatewayAttributes } from './interfaces';

/** A REST API that was created elsewhere. */
export class ImportedRestGateway extends RestGatewayBase {
  public readonly apiId: string;
  protected readonly _rootResourceId: string | undefined;
  protected readonly _source: ImportedApi;

  constructor(scope: Construct, id: string, attributes: RestGatewayAttributes) {
    super(scope, id);
    const { apiId, rootResourceId, apiName } = attributes;
    this.apiId = apiId;
    this._rootResourceId = rootResourceId;
    this._source = new ImportedApi(this, {
      ...attributes,
      kind: 'rest',
      apiKind: ApiKind.REST,
      apiId,
      dimensions: (owner) => {
        if (apiName !== undefined) return apiDimensions('rest', apiId, apiName);
        throw owner.error('CloudWatch identifies a REST API by its name; give it as apiName');
      },
    });
  }

  public get url(): string {
    return this._source.urlOf(this._source.onlyStage("urlForStage('KEY')"));
  }

  public bindToDomain(stage?: string): ApiMappingTarget {
    return this._source.bind(stage);
  }

  public grantExecute(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return this.grant(grantee, 'execute-api:Invoke', options, 'grantExecute');
  }

  public grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return this.grant(grantee, 'execute-api:InvalidateCache', options, 'grantInvalidateCache');
  }

  protected _routeOf(key: string): RouteSource {
    return routeSource(parseRouteKey(key, this._source.owner));
  }

  private grant(grantee: IGrantable, action: string, options: RestGrantOptions, method: string): Grant {
    const { owner, arn, references: stages } = this._source;
    const routes = (options.routes ?? []).map((key) => ({ route: parseRouteKey(key, owner.part(method)) }));
    const context = { owner: owner.part(method), arn, routes, stages };
    return grantOnRoutes(grantee, action, options, context, ({ route }) => routeArn(route.method, route.path));
  }
}
