import { isKnown, knownOr } from '../../template/model/value';
import { type ApiModel } from '../../template/model/model';
import { type RestApi, type Stage } from '../../template/model/rest';
import { type Environment } from '../environment';
import { type Json } from '../json';
import { TokenVerifier } from '../jwt';
import { DecisionCache, type PolicyAnswer } from '../lambda-authorizer';
import { Models } from '../models';
import { TokenBuckets } from '../throttle';
import { StageUsage } from '../usage';
import { MethodSettings, ResponseCache } from './cache';
import { idOf } from '../ids';
import { compileMethods, type CompiledMethod } from './compile';
import { BinaryTypes } from '../content';
import { GatewayResponses } from './gateway-response';
import { RouteTree } from './routes';

/** The canary of a stage: how many of a hundred requests it gets, and its stage variables. */
export interface LocalCanary {
  readonly percent: number;
  readonly variables: Readonly<Record<string, string>>;
}

export interface RestStageOptions {
  readonly model: ApiModel;
  readonly api: RestApi;
  readonly stage: Stage;
  readonly environment: Environment;
  readonly apiId: string;
  /** As clients call it: `localhost:3000`. */
  readonly domainName: string;
  readonly port: number;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly canary?: LocalCanary;
  /** The resource policy of the API with its references resolved. */
  readonly policy?: Json;
  /** The schema of a model with its references resolved. */
  readonly schemaOf: (model: RestApi['models'][number]) => Json | undefined;
}

/** What the requests to one stage of a REST API share. */
export class RestStage {
  public readonly stageName: string;
  public readonly methods: readonly CompiledMethod[];
  public readonly routes = new RouteTree<CompiledMethod>();
  public readonly responses: GatewayResponses;
  public readonly models: Models;
  public readonly usage: StageUsage;
  public readonly settings: MethodSettings;
  public readonly cache: ResponseCache;
  public readonly buckets: TokenBuckets;
  public readonly binary: BinaryTypes;
  public readonly decisions: DecisionCache<PolicyAnswer>;
  public readonly tokens: TokenVerifier;
  public readonly deploymentId: string;
  public readonly keyFromAuthorizer: boolean;

  constructor(public readonly options: RestStageOptions) {
    const { api, stage, environment, model } = options;
    this.stageName =
      isKnown(stage.stageName) && stage.stageName !== undefined ? stage.stageName : stage.location.logicalId;
    this.methods = compileMethods(api, environment);
    for (const method of this.methods) this.routes.add(method.path, method.httpMethod, method);
    this.responses = new GatewayResponses(api, environment);
    this.models = new Models(api.models, options.schemaOf, environment.compileSchema);
    const named = { name: this.stageName, location: stage.location };
    this.usage = new StageUsage(model, api.location, named, environment);
    this.settings = new MethodSettings(stage);
    this.cache = new ResponseCache(stage, this.settings, environment.now);
    this.buckets = new TokenBuckets(environment.now);
    this.binary = new BinaryTypes(knownOr(api.binaryMediaTypes, []).map((type) => type.toLowerCase()));
    this.decisions = new DecisionCache(environment.now);
    this.tokens = new TokenVerifier(environment.backends, environment.now);
    this.deploymentId = idOf(isKnown(stage.deployment) ? (stage.deployment?.logicalId ?? '') : '');
    this.keyFromAuthorizer = isKnown(api.apiKeySource) && api.apiKeySource === 'AUTHORIZER';
  }
}
