import { type CfnStage, type IHttpStage as CdkHttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type HttpRouteKey, httpRouteArn } from '../gateway/http-route-key';
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
import { type IHttpGateway, type IHttpRoute, type IHttpStage } from './interfaces';
import { HttpMetricsBase } from './metrics';

/** What a gateway, made here or imported, tells of its stages and routes. */
export interface HttpSources {
  readonly gateway: IHttpGateway;
  readonly api: ApiSource;
  /** @throws where it is not there */
  readonly stageOf: (key: string) => StageSource<CdkHttpStage, CfnStage>;
  /** @throws where it is not there */
  readonly routeOf: (key: string) => RouteSource;
}

/** What a route is a route of. */
interface HttpRouteContext extends HttpSources {
  readonly stage?: StageSource<CdkHttpStage, CfnStage>;
}

export class HttpStageHandle extends HttpMetricsBase implements IHttpStage {
  constructor(
    scope: Construct,
    id: string,
    private readonly context: HttpSources,
    private readonly source: StageSource<CdkHttpStage, CfnStage>,
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

  public get stage(): CdkHttpStage {
    return this.source.stage;
  }

  public get cfnStage(): CfnStage {
    return this.source.cfnStage;
  }

  public route(key: string): IHttpRoute {
    const route = this.context.routeOf(key);
    const context = { ...this.context, stage: this.source };
    return routeHandle(this, route.key, (scope, id) => new HttpRouteHandle(scope, id, context, route));
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    return stageDimensions(this.context.api, this.source);
  }
}

export class HttpRouteHandle extends HttpMetricsBase implements IHttpRoute {
  constructor(
    scope: Construct,
    id: string,
    private readonly context: HttpRouteContext,
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

  public onStage(name: string): IHttpRoute {
    return this.context.gateway.stage(name).route(this.key);
  }

  public grantExecute(grantee: IGrantable): Grant {
    const { gateway, stage } = this.context;
    return gateway.grantExecute(grantee, { routes: [this.key], stages: stage && [stage.key] });
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    const { api, stage, stageOf } = this.context;
    return routeDimensions(api, this.source, stage, stageOf);
  }
}

/** What the handle of a route is made from. */
export function routeSource(route: HttpRouteKey): RouteSource {
  const { key, method, path, isDefault } = route;
  return {
    key,
    ...(isDefault ? { method: key, resource: key } : { method, resource: path }),
    arn: httpRouteArn(route),
  };
}
