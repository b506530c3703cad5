import { type CfnStage, type IWebSocketStage as CdkWebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import {
  type ApiSource,
  arnOfRoute,
  routeDimensions,
  routeHandle,
  type RouteSource,
  stageDimensions,
  type StageSource,
} from '../gateway/handles';
import { type IWebSocketGateway, type IWebSocketRoute, type IWebSocketStage } from './interfaces';
import { WebSocketMetricsBase } from './metrics';

/** What a gateway, made here or imported, tells of its stages and routes. */
export interface WebSocketSources {
  readonly gateway: IWebSocketGateway;
  readonly api: ApiSource;
  /** @throws where it is not there */
  readonly stageOf: (key: string) => StageSource<CdkWebSocketStage, CfnStage>;
  /** @throws where it is not there */
  readonly routeOf: (key: string) => RouteSource;
}

/** What a route is a route of. */
interface WebSocketRouteContext extends WebSocketSources {
  readonly stage?: StageSource<CdkWebSocketStage, CfnStage>;
}

export class WebSocketStageHandle extends WebSocketMetricsBase implements IWebSocketStage {
  constructor(
    scope: Construct,
    id: string,
    private readonly context: WebSocketSources,
    private readonly source: StageSource<CdkWebSocketStage, CfnStage>,
  ) {
    super(scope, id);
  }

  public get key(): string {
    return this.source.key;
  }

  public get stageName(): string {
    return this.source.stageName;
  }

  public get url(): string {
    return this.source.url;
  }

  public get accessLogGroup(): ILogGroup {
    return this.source.accessLogGroup;
  }

  public get stage(): CdkWebSocketStage {
    return this.source.stage;
  }

  public get cfnStage(): CfnStage {
    return this.source.cfnStage;
  }

  public get callbackUrl(): string {
    return this.context.gateway.callbackUrl(this.key);
  }

  public route(key: string): IWebSocketRoute {
    const route = this.context.routeOf(key);
    const context = { ...this.context, stage: this.source };
    return routeHandle(this, route.key, (scope, id) => new WebSocketRouteHandle(scope, id, context, route));
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    return stageDimensions(this.context.api, this.source);
  }
}

export class WebSocketRouteHandle extends WebSocketMetricsBase implements IWebSocketRoute {
  constructor(
    scope: Construct,
    id: string,
    private readonly context: WebSocketRouteContext,
    private readonly source: RouteSource,
  ) {
    super(scope, id);
  }

  public get key(): string {
    return this.source.key;
  }

  public get arn(): string {
    return arnOfRoute(this.context.api, this.source, this.context.stage);
  }

  public onStage(name: string): IWebSocketRoute {
    return this.context.gateway.stage(name).route(this.key);
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    const { api, stage, stageOf } = this.context;
    return routeDimensions(api, this.source, stage, stageOf);
  }
}

/** What the handle of a route is made from. */
export function routeSource(key: string): RouteSource {
  return { key, method: key, resource: key, arn: { method: '', path: key } };
}
