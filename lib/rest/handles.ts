import { type CfnStage, type IStage } from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type RouteKey } from '../gateway/route-key';
import { routeArn } from '../integrations/source-arn';
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
import { type IRestGateway, type IRestRoute, type IRestStage } from './interfaces';
import { RestMetricsBase } from './metrics';

/** What a gateway, made here or imported, tells of its stages and routes. */
export interface RestSources {
  readonly gateway: IRestGateway;
  readonly api: ApiSource;
  /** @throws where it is not there */
  readonly stageOf: (key: string) => StageSource<IStage, CfnStage>;
  /** @throws where it is not there */
  readonly routeOf: (key: string) => RouteSource;
}

/** What a route is a route of. */
interface RestRouteContext extends RestSources {
  readonly stage?: StageSource<IStage, CfnStage>;
}

export class RestStageHandle extends RestMetricsBase implements IRestStage {
  constructor(
    scope: Construct,
    id: string,
    private readonly context: RestSources,
    private readonly source: StageSource<IStage, CfnStage>,
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

  public get stage(): IStage {
    return this.source.stage;
  }

  public get cfnStage(): CfnStage {
    return this.source.cfnStage;
  }

  public route(key: string): IRestRoute {
    const route = this.context.routeOf(key);
    const context = { ...this.context, stage: this.source };
    return routeHandle(this, route.key, (scope, id) => new RestRouteHandle(scope, id, context, route));
  }

  /** @internal */
  protected _dimensions(): Readonly<Record<string, string>> {
    return stageDimensions(this.context.api, this.source);
  }
}

export class RestRouteHandle extends RestMetricsBase implements IRestRoute {
  constructor(
    scope: Construct,
    id: string,
    private readonly context: RestRouteContext,
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

  public onStage(name: string): IRestRoute {
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
export function routeSource({ key, method, path }: RouteKey): RouteSource {
  return { key, method, resource: path, arn: routeArn(method, path) };
}
