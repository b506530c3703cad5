import { type CfnStage, type MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { type Owner } from '../authoring/errors';
import { type GatewayClientCertificate } from '../gateway/client-certificate';
import { defineStage, limitsOn, type StageBaseOptions, type StageDefinition } from '../gateway/stage';
import { defineLogging, type ExecutionLogOptions, type LoggingDefinition } from '../operate/execution-log';
import { type StageCanary } from '../release/stage-canary';
import { type CanaryDefinition } from '../release/stage-canary-definition';
import { type ThrottleOptions } from '../stages/throttle';
import { CacheSize, cacheTtl, type RestStageCacheOptions } from './cache';
import { type RestRouteDefinition } from './route';

/**
 * What a stage sets differently for one route.
 *
 * @example
 * const route: RestStageRouteOptions = { throttle: { rateLimit: 1, burstLimit: 2 } };
 */
export interface RestStageRouteOptions {
  /**
   * Throttling limits for the route on this stage.
   *
   * @default - the route's, otherwise the stage's
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Whether a route that has a `cache` is served from it on this stage.
   *
   * @default true
   */
  readonly cache?: boolean;
}

/**
 * A stage of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html
 *
 * @example
 * const stage: RestStageOptions = {
 *   throttle: { rateLimit: 100, burstLimit: 200 },
 *   routes: { 'GET /reports': { throttle: { rateLimit: 1, burstLimit: 2 } } },
 *   variables: { table: 'orders' },
 *   canary: StageCanary.progressive({ steps: [10, 50], interval: Duration.minutes(10) }),
 * };
 */
export interface RestStageOptions extends StageBaseOptions {
  /**
   * Name of the stage, the first segment of its URLs. A-Z a-z 0-9 _ -, up to 128 characters.
   *
   * @default - the key in the `stages` map
   */
  readonly stageName?: string;

  /**
   * Throttling limits for all routes of the stage together.
   *
   * @default - 1000 requests per second, bursts of 500
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Settings of individual routes: route key → settings.
   *
   * @default - none
   */
  readonly routes?: { [route: string]: RestStageRouteOptions };

  /**
   * A cache cluster for the routes that have a `cache`.
   *
   * @default - no cache
   */
  readonly cache?: RestStageCacheOptions;

  /**
   * What API Gateway logs about its own execution.
   *
   * @default MethodLoggingLevel.ERROR
   */
  readonly executionLogging?: MethodLoggingLevel;

  /**
   * The log group of the execution log.
   *
   * @default - declared and kept for one year, unless `executionLogging` is OFF
   */
  readonly executionLog?: ExecutionLogOptions;

  /**
   * Whether whole requests and responses are logged. They may hold personal data; not for production.
   *
   * @default false
   */
  readonly dataTrace?: boolean;

  /**
   * Whether requests are traced with AWS X-Ray. By its default rule, X-Ray samples the first request of each second and five
   * percent of the others; a sampling rule for the API (`AWS::XRay::SamplingRule`) changes that.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-configuring-xray-sampling-rules.html
   * @default true
   */
  readonly tracing?: boolean;

  /**
   * How new deployments are rolled out to the stage: alongside the current one, with a share of the requests. Experimental.
   *
   * @default - at once, for all requests
   */
  readonly canary?: StageCanary;

  /**
   * The certificate that the stage presents to HTTP back ends.
   *
   * @default - none
   */
  readonly clientCertificate?: GatewayClientCertificate;
}

/** A stage, checked, with every default filled in. */
export interface RestStageDefinition extends StageDefinition<RestStageRouteOptions>, LoggingDefinition {
  readonly cache?: { readonly size: CacheSize; readonly ttlSeconds: number };
  readonly tracing: boolean;
  readonly canary?: CanaryDefinition;
  readonly clientCertificate?: GatewayClientCertificate;
}

/** @throws if API Gateway would reject it */
export function defineRestStage(key: string, options: RestStageOptions, owner: Owner): RestStageDefinition {
  return {
    ...defineStage(key, options, owner),
    ...defineLogging(options, owner),
    cache: options.cache && {
      size: options.cache.size ?? CacheSize.GB_0_5,
      ttlSeconds: cacheTtl(options.cache.ttl, owner),
    },
    tracing: options.tracing ?? true,
    canary: options.canary?._define(owner),
    clientCertificate: options.clientCertificate,
  };
}

/**
 * The method settings of a stage: one for all routes, and one for each route that differs. The latter repeats everything, since a
 * setting for one method inherits nothing from the one for all.
 */
export function methodSettings(
  stage: RestStageDefinition,
  routes: readonly RestRouteDefinition[],
): CfnStage.MethodSettingProperty[] {
  const common = {
    loggingLevel: stage.loggingLevel,
    dataTraceEnabled: stage.dataTrace,
    metricsEnabled: stage.metrics,
    throttlingRateLimit: stage.throttle.rateLimit,
    throttlingBurstLimit: stage.throttle.burstLimit,
    // Written out: with a cluster and no setting, GET routes would be served from it with only the path as their key.
    ...(stage.cache ? { cachingEnabled: false, cacheDataEncrypted: true } : {}),
  };
  const settings: CfnStage.MethodSettingProperty[] = [{ httpMethod: '*', resourcePath: '/*', ...common }];
  for (const definition of routes) {
    const { route, cache } = definition;
    const limits = limitsOn(stage, definition);
    const cached = stage.cache && cache && stage.routes[route.key]?.cache !== false ? stage.cache : undefined;
    if (!limits && !cached) continue;
    settings.push({
      httpMethod: route.method,
      resourcePath: `/${route.path.replaceAll('/', '~1')}`,
      ...common,
      ...(limits ? { throttlingRateLimit: limits.rateLimit, throttlingBurstLimit: limits.burstLimit } : {}),
      ...(cached ? { cachingEnabled: true, cacheTtlInSeconds: cache?.ttlSeconds ?? cached.ttlSeconds } : {}),
    });
  }
  return settings;
}
