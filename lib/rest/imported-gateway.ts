import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { ApiKind, type ApiMappingTarget } from '../domain/api';
import { grantOnRoutes } from '../gateway/grants';
import { ImportedApi } from '../gateway/imported';
import { parseRouteKey } from '../gateway/route-key';
import { routeArn } from '../integrations/source-arn';
import { apiDimensions } from '../operate/monitored-api';
import { RestGatewayBase } from './gateway-base';
import { type RestGrantOptions } from './grants';
import { type RestSources, routeSource } from './handles';
import { type RestGatewayAttributes } from './interfaces';

/** A REST API that was made elsewhere. */
export class ImportedRestGateway extends RestGatewayBase {
  public readonly apiId: string;
  protected readonly _rootResourceId: string | undefined;
  private readonly imports: ImportedApi;

  constructor(scope: Construct, id: string, attributes: RestGatewayAttributes) {
    super(scope, id);
    const { apiId, rootResourceId, apiName } = attributes;
    this.apiId = apiId;
    this._rootResourceId = rootResourceId;
    this.imports = new ImportedApi(this, {
      ...attributes,
      kind: 'rest',
      apiKind: ApiKind.REST,
      apiId,
      dimensions: (owner) => {
        if (apiName !== undefined) return apiDimensions('rest', apiId, apiName);
        throw owner.error('CloudWatch knows a REST API by its name; give it as apiName');
      },
    });
  }

  public get url(): string {
    return this.imports.urlOf(this.imports.onlyStage("urlForStage('KEY')"));
  }

  public bindToDomain(stage?: string): ApiMappingTarget {
    return this.imports.bind(stage);
  }

  public grantExecute(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return this.grant(grantee, 'execute-api:Invoke', options, 'grantExecute');
  }

  public grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions = {}): Grant {
    return this.grant(grantee, 'execute-api:InvalidateCache', options, 'grantInvalidateCache');
  }

  protected get _sources(): RestSources {
    const { imports: api } = this;
    return {
      gateway: this,
      api,
      stageOf: (key) => api.stageSource(key, (stageName) => this._stageImport(key, stageName)),
      routeOf: (key) => routeSource(parseRouteKey(key, api.owner)),
    };
  }

  private grant(grantee: IGrantable, action: string, options: RestGrantOptions, method: string): Grant {
    const { owner, arn, references: stages } = this.imports;
    const routes = (options.routes ?? []).map((key) => ({ route: parseRouteKey(key, owner.part(method)) }));
    const context = { owner: owner.part(method), arn, routes, stages };
    return grantOnRoutes(grantee, action, options, context, ({ route }) => routeArn(route.method, route.path));
  }
}
