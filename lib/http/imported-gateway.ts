import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { ApiKind, type ApiMappingTarget } from '../domain/api';
import { grantOnRoutes } from '../gateway/grants';
import { httpRouteArn, parseHttpRouteKey } from '../gateway/http-route-key';
import { ImportedApi } from '../gateway/imported';
import { HttpGatewayBase } from './gateway-base';
import { type HttpGrantOptions } from './grants';
import { type HttpSources, routeSource } from './handles';
import { type HttpGatewayAttributes } from './interfaces';

/** An HTTP API that was made elsewhere. */
export class ImportedHttpGateway extends HttpGatewayBase {
  public readonly apiId: string;
  protected readonly _apiEndpoint = undefined;
  private readonly imports: ImportedApi;

  constructor(scope: Construct, id: string, attributes: HttpGatewayAttributes) {
    super(scope, id);
    const { apiId } = attributes;
    this.apiId = apiId;
    this.imports = new ImportedApi(this, {
      ...attributes,
      kind: 'http',
      apiKind: ApiKind.HTTP,
      apiId,
      endpointType: 'REGIONAL',
      dimensions: () => ({ ApiId: apiId }),
    });
  }

  public get url(): string {
    return this.imports.urlOf(this.imports.onlyStage("urlForStage('KEY')"));
  }

  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.imports.bind(stage);
  }

  public grantExecute(grantee: IGrantable, options: HttpGrantOptions = {}): Grant {
    const { arn, references: stages } = this.imports;
    const owner = this.imports.owner.part('grantExecute');
    const routes = (options.routes ?? []).map((key) => ({ route: parseHttpRouteKey(key, owner) }));
    const context = { owner, arn, routes, stages };
    return grantOnRoutes(grantee, 'execute-api:Invoke', options, context, ({ route }) => httpRouteArn(route));
  }

  protected get _sources(): HttpSources {
    const { imports: api } = this;
    return {
      gateway: this,
      api,
      stageOf: (key) => api.stageSource(key, (stageName) => this._stageImport(key, stageName)),
      routeOf: (key) => routeSource(parseHttpRouteKey(key, api.owner)),
    };
  }
}
