import { isKnown, knownOr } from '../../template/model/value';
import { type ApiModel } from '../../template/model/model';
import { type HttpApi, type RouteSettings, type V2Stage } from '../../template/model/v2';
import { type Environment } from '../environment';
import { TokenVerifier } from '../jwt';
import { DecisionCache } from '../lambda-authorizer';
import { TokenBuckets } from '../throttle';
import { type FunctionDecision } from './authorizer-request';
import { compileRoutes, type CompiledRoute } from './compile';
import { type Cors, corsOf } from './cors';
import { HttpRoutes } from './routes';

export interface HttpStageOptions {
  readonly model: ApiModel;
  readonly api: HttpApi;
  readonly stage: V2Stage;
  readonly environment: Environment;
  readonly apiId: string;
  /** As clients call it: `localhost:3000`. */
  readonly domainName: string;
  readonly port: number;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** What the requests to one stage of an HTTP API share. */
export class HttpStage {
  public readonly stageName: string;
  public readonly allRoutes: readonly CompiledRoute[];
  public readonly routes = new HttpRoutes<CompiledRoute>();
  public readonly cors?: Cors;
  public readonly decisions: DecisionCache<FunctionDecision>;
  public readonly tokens: TokenVerifier;
  public readonly buckets: TokenBuckets;
  private readonly settings: readonly RouteSettings[];

  constructor(public readonly options: HttpStageOptions) {
    const { api, stage, environment } = options;
    this.stageName = knownOr(stage.stageName, stage.location.logicalId);
    this.allRoutes = compileRoutes(api, environment);
    for (const route of this.allRoutes) this.routes.add(route.method ?? 'ANY', route.path, route);
    this.cors = corsOf(api);
    this.decisions = new DecisionCache(environment.now);
    this.tokens = new TokenVerifier(environment.backends, environment.now);
    this.buckets = new TokenBuckets(environment.now);
    const { defaultRouteSettings } = stage;
    this.settings = [...knownOr(stage.routeSettings, []), ...(defaultRouteSettings ? [defaultRouteSettings] : [])];
  }

  /** The throttle of a route: its own settings go before those of all routes. */
  public throttleOf(routeKey: string): RouteSettings | undefined {
    const fits = (settings: RouteSettings): boolean =>
      (settings.routeKey === routeKey || settings.routeKey === undefined) && isKnown(settings.throttlingRateLimit);
    return this.settings.find(fits);
  }
}
