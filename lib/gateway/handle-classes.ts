import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type GatewayMetrics } from '../operate/gateway-metrics';
import {
  arnOfRoute,
  routeDimensions,
  routeHandle,
  type RouteMembers,
  type RouteSource,
  type Sources,
  stageDimensions,
  type StageMembers,
  type StageSource,
} from './handles';

// A handle has the metrics of its kind, and a class has one base: what the handles of all kinds have is added to the metrics.

type Class<Arguments extends unknown[], T> = new (...given: Arguments) => T;
type AnyStage = StageSource<unknown, unknown>;
/** What a gateway of a kind knows; of the gateway itself, only the way to its routes is used. */
type AnySources = Sources<{ stage(name: string): { route(key: string): unknown } }, unknown, unknown>;
type StageOf<S extends AnySources> = ReturnType<S['stageOf']>;
/** What a route comes from: a gateway, or one of its stages. */
type RouteContext<S extends AnySources> = S & { readonly stage?: StageOf<S> };
type RouteArguments<S extends AnySources> = [
  scope: Construct,
  id: string,
  context: RouteContext<S>,
  source: RouteSource,
];
type StageArguments<S extends AnySources> = [scope: Construct, id: string, context: S, source: StageOf<S>];
/** The public side of an instance. */
type Public<T> = { [K in keyof T]: T[K] };
type Metrics = abstract new (scope: Construct, id: string) => GatewayMetrics;

/** The class of the routes of a kind, with its metrics `M`. */
export function routeClass<M extends GatewayMetrics, S extends AnySources, R>(
  metrics: abstract new (scope: Construct, id: string) => M,
) {
  class RouteHandle extends (metrics as Metrics) {
    constructor(
      scope: Construct,
      id: string,
      public readonly _context: RouteContext<S>,
      private readonly source: RouteSource,
    ) {
      super(scope, id);
    }

    public get key(): string {
      return this.source.key;
    }

    public get arn(): string {
      return arnOfRoute(this._context.api, this.source, this._context.stage);
    }

    public onStage(name: string): R {
      return this._context.gateway.stage(name).route(this.key) as R;
    }

    protected _dimensions(): Readonly<Record<string, string>> {
      const { api, stage, stageOf } = this._context;
      return routeDimensions(api, this.source, stage, stageOf);
    }
  }
  type Members = RouteMembers & { readonly _context: RouteContext<S>; onStage(name: string): R };
  return RouteHandle as unknown as Class<RouteArguments<S>, Public<M> & Members>;
}

/** The class of the stages of a kind, with its metrics `M` and the class of its routes. */
export function stageClass<M extends GatewayMetrics, S extends AnySources, R extends Construct>(
  metrics: abstract new (scope: Construct, id: string) => M,
  routes: Class<RouteArguments<S>, R>,
) {
  class StageHandle extends (metrics as Metrics) {
    constructor(
      scope: Construct,
      id: string,
      public readonly _context: S,
      private readonly source: AnyStage,
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

    public get stage(): unknown {
      return this.source.stage;
    }

    public get cfnStage(): unknown {
      return this.source.cfnStage;
    }

    public route(key: string): R {
      const route = this._context.routeOf(key);
      const context = { ...this._context, stage: this.source } as RouteContext<S>;
      return routeHandle(this, route.key, (scope, id) => new routes(scope, id, context, route));
    }

    protected _dimensions(): Readonly<Record<string, string>> {
      return stageDimensions(this._context.api, this.source);
    }
  }
  type Members = StageMembers &
    Pick<StageOf<S>, 'stage' | 'cfnStage'> & { readonly _context: S; route(key: string): R };
  return StageHandle as unknown as Class<StageArguments<S>, Public<M> & Members>;
}
