import { isKnown, knownOr } from '../../template/model/value';
import { type ApiModel } from '../../template/model/model';
import { type RouteSettings, type V2Stage, type WebSocketApi } from '../../template/model/v2';
import { type Environment } from '../environment';
import { type Json } from '../json';
import { Models } from '../models';
import { TokenBuckets } from '../throttle';
import { StageUsage } from '../usage';
import { compileRoutes, type CompiledRoute } from './compile';
import { SelectionExpression } from './expression';

export interface WebSocketStageOptions {
  readonly model: ApiModel;
  readonly api: WebSocketApi;
  readonly stage: V2Stage;
  readonly environment: Environment;
  readonly apiId: string;
  /** As clients call it: `localhost:3001`. */
  readonly domainName: string;
  readonly port: number;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The schema of a model with its references resolved. */
  readonly schemaOf: (model: WebSocketApi['models'][number]) => Json | undefined;
}

/** What the connections to one stage of a WebSocket API share. */
export class WebSocketStage {
  public readonly stageName: string;
  public readonly routes: ReadonlyMap<string, CompiledRoute>;
  public readonly routeExpression: SelectionExpression;
  public readonly models: Models;
  public readonly usage: StageUsage;
  public readonly buckets: TokenBuckets;
  /** The expression of where clients show their API keys. */
  public readonly keyExpression: SelectionExpression;

  constructor(public readonly options: WebSocketStageOptions) {
    const { api, stage, environment, model } = options;
    this.stageName = knownOr(stage.stageName, stage.location.logicalId);
    this.routes = compileRoutes(api, environment);
    this.routeExpression = new SelectionExpression(knownOr(api.routeSelectionExpression, '$request.body.action'));
    this.models = new Models(api.models, options.schemaOf, environment.compileSchema);
    const named = { name: this.stageName, location: stage.location };
    this.usage = new StageUsage(model, api.location, named, environment);
    this.buckets = new TokenBuckets(environment.now);
    this.keyExpression = new SelectionExpression(knownOr(api.apiKeySelectionExpression, '$request.header.x-api-key'));
  }

  /** The settings with the rate of a route; its own go before those of all. */
  public throttleOf(routeKey: string): RouteSettings | undefined {
    const { routeSettings, defaultRouteSettings } = this.options.stage;
    const own = knownOr(routeSettings, []).find((settings) => settings.routeKey === routeKey);
    return [own, defaultRouteSettings].find((settings) => isKnown(settings?.throttlingRateLimit));
  }

  /** The ARN that policies of authorizers name. */
  public arnOf(routeKey: string): string {
    const { environment, apiId } = this.options;
    const { partition, region, account } = environment;
    return `arn:${partition}:execute-api:${region}:${account}:${apiId}/${this.stageName}/${routeKey}`;
  }
}
