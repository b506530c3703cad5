import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { ApiKind, type ApiMappingTarget } from '../domain/api';
import { type RouteSource } from '../gateway/handles';
import { ImportedApi } from '../gateway/imported';
import { WebSocketGatewayBase } from './gateway-base';
import {
  grantExecute,
  grantManageConnections,
  type WebSocketGrantOptions,
  type WebSocketManageConnectionsOptions,
} from './grants';
import { routeSource } from './handles';
import { type WebSocketGatewayAttributes, type WebSocketStageAttributes } from './interfaces';
import { parseRouteKey } from './route-key';

/** A WebSocket API that was created elsewhere. */
export class ImportedWebSocketGateway extends WebSocketGatewayBase {
  public readonly apiId: string;
  protected readonly _apiEndpoint = undefined;
  protected readonly _source: ImportedApi<WebSocketStageAttributes>;

  constructor(scope: Construct, id: string, attributes: WebSocketGatewayAttributes) {
    super(scope, id);
    const { apiId } = attributes;
    this.apiId = apiId;
    this._source = new ImportedApi(this, {
      ...attributes,
      kind: 'websocket',
      apiKind: ApiKind.WEBSOCKET,
      apiId,
      endpointType: 'REGIONAL',
      dimensions: () => ({ ApiId: apiId }),
    });
  }

  public get url(): string {
    return this._source.urlOf(this._source.onlyStage("urlForStage('KEY')"));
  }

  public callbackUrl(stage?: string): string {
    const { _source: imports } = this;
    const key = stage ?? imports.onlyStage("callbackUrl('KEY')");
    const name = imports.nameOf(key);
    return imports.attributesOf(key).callbackUrl ?? imports.defaultUrl('https', name, key, 'callbackUrl');
  }

  public bindToDomain(stage?: string): ApiMappingTarget {
    return this._source.bind(stage);
  }

  public grantExecute(grantee: IGrantable, options: WebSocketGrantOptions = {}): Grant {
    return grantExecute(grantee, options, this.grants('grantExecute'));
  }

  public grantManageConnections(grantee: IGrantable, options: WebSocketManageConnectionsOptions = {}): Grant {
    return grantManageConnections(grantee, options, this.grants('grantManageConnections'));
  }

  protected _routeOf(key: string): RouteSource {
    return routeSource(parseRouteKey(key, this._source.owner).key);
  }

  /** Grants of WebSocket APIs name their stages. @throws if none was given */
  private grants(method: string) {
    const { owner, arn, stageKeys } = this._source;
    const names = (stageKeys.length > 0 ? stageKeys : ['prod']).map((key) => [key, this._source.nameOf(key)] as const);
    const stages = Object.fromEntries(names.map(([key, name]) => [key, { definition: { name } }]));
    return { owner: owner.part(method), arn, routes: [], stages };
  }
}
