import { Token } from 'aws-cdk-lib';
import { type CfnStage, type MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { STAGE_NAME } from '../facts/names';
import { type AccessLogOptions } from '../operate/access-log';
import { defineExecutionLog, type ExecutionLogOptions } from '../operate/execution-log';
import { type StageCanary } from '../release/stage-canary';
import { type CanaryDefinition } from '../release/stage-canary-definition';
import { type Owner, show } from '../authoring/errors';
import { validateStageVariables } from '../stages/stage-variables';
import { DEFAULT_THROTTLE, type ThrottleOptions, validateThrottle } from '../stages/throttle';
import { CacheSize, cacheTtl, type RestStageCacheOptions } from './cache';
import { LOGGING_ERROR, LOGGING_OFF } from './cdk-values';
import { type GatewayClientCertificate } from '../gateway/client-certificate';
import { type RouteDefinition } from './route';

/**
 * What a stage sets differently for one route.
 */
export interface RestStageRouteOptions {
  /**
   * Limits for the route on this stage.
   *
   * @default - the route's own, else the stage's
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Whether a route that has a `cache` is answered from it on this stage.
   *
   * @default true
   */
  readonly cache?: boolean;
}

/**
 * A stage of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html
 */
export interface RestStageOptions {
  /**
   * Name of the stage, the first segment of its URLs. A-Z a-z 0-9 _ -, up to 128 characters.
   *
   * @default - the key in the `stages` map
   */
  readonly stageName?: string;

  /**
   * What the stage is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Stage variables: names of A-Z a-z 0-9 and _, values without spaces, up to 512 characters. No place for secrets.
   *
   * @default - none
   */
  readonly variables?: { [name: string]: string };

  /**
   * Limits for all routes of the stage together.
   *
   * @default - 1000 requests a second, 500 at once
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Settings of single routes: route key → settings.
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
   * The access log.
   *
   * @default - JSON to a log group of its own, kept for one year
   */
  readonly accessLog?: AccessLogOptions;

  /**
   * What API Gateway logs of its own work.
   *
   * @default MethodLoggingLevel.ERROR
   */
  readonly executionLogging?: MethodLoggingLevel;

  /**
   * The log group of that log.
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
   * Whether requests are traced with AWS X-Ray. By its default rule, X-Ray takes the first request of each second and five
   * percent of the others; a sampling rule for the API (`AWS::XRay::SamplingRule`) takes more or less.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-configuring-xray-sampling-rules.html
   * @default true
   */
  readonly tracing?: boolean;

  /**
   * Whether CloudWatch gets metrics for each route. They are billed as custom metrics.
   *
   * @default true
   */
  readonly detailedMetrics?: boolean;

  /**
   * How new deployments come to the stage: beside the one that works, with a share of the requests. Experimental.
   *
   * @default - at once, for all requests
   */
  readonly canary?: StageCanary;

  /**
   * The certificate that the stage shows to HTTP back-ends.
   *
   * @default - none
   */
  readonly clientCertificate?: GatewayClientCertificate;

  /**
   * Tags of the stage, beside those of its scope.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** A stage, checked, every default filled in. */
export interface StageDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttle: ThrottleOptions;
  readonly routes: Readonly<Record<string, RestStageRouteOptions>>;
  readonly cache?: { readonly size: CacheSize; readonly ttlSeconds: number };
  readonly accessLog: AccessLogOptions;
  readonly executionLog: ExecutionLogOptions;
  readonly loggingLevel: MethodLoggingLevel;
  readonly dataTrace: boolean;
  readonly tracing: boolean;
  readonly metrics: boolean;
  readonly canary?: CanaryDefinition;
  readonly clientCertificate?: GatewayClientCertificate;
  readonly tags: Readonly<Record<string, string>>;
}

/** @throws where there is none, or two have one name */
export function defineStages(
  stages: { readonly [name: string]: RestStageOptions } = { prod: {} },
  owner: Owner,
): Readonly<Record<string, StageDefinition>> {
  if (Object.keys(stages).length === 0) {
    throw owner.error(
      'stages is empty, so nothing would serve the API; leave it out for one stage "prod", or name one',
    );
  }
  const defined = Object.entries(stages).map(([key, options]) =>
    defineStage(key, options, owner.part(`stage "${key}"`)),
  );
  const names = defined.map((stage) => stage.name).filter((name) => !Token.isUnresolved(name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw owner.error(`two stages are both named "${twice}"`);
  return Object.fromEntries(defined.map((stage) => [stage.key, stage]));
}

/** @throws where a name, variable or limit is not what API Gateway takes */
export function defineStage(key: string, options: RestStageOptions, owner: Owner): StageDefinition {
  if (Token.isUnresolved(key)) {
    throw owner.error(
      'the key of a stage must be written out, since ids are made of it; give the token as stageName instead',
    );
  }
  const name = options.stageName ?? key;
  if (!Token.isUnresolved(name) && !STAGE_NAME.test(name)) {
    throw owner.error(`the name ${show(name)} must be 1 to 128 of A-Z a-z 0-9 _ -`);
  }
  validateStageVariables(options.variables ?? {}, owner);
  for (const [route, { throttle }] of Object.entries(options.routes ?? {})) {
    if (throttle) validateThrottle(throttle, owner.part(`routes["${route}"]`));
  }
  return {
    key,
    name,
    description: options.description,
    variables: { ...options.variables },
    throttle: validateThrottle(options.throttle ?? DEFAULT_THROTTLE, owner),
    routes: options.routes ?? {},
    cache: options.cache && {
      size: options.cache.size ?? CacheSize.GB_0_5,
      ttlSeconds: cacheTtl(options.cache.ttl, owner),
    },
    accessLog: options.accessLog ?? {},
    executionLog: defineExecutionLog(options.executionLog, options.executionLogging === LOGGING_OFF, owner),
    loggingLevel: options.executionLogging ?? LOGGING_ERROR,
    dataTrace: options.dataTrace ?? false,
    tracing: options.tracing ?? true,
    metrics: options.detailedMetrics ?? true,
    canary: options.canary?._define(owner),
    clientCertificate: options.clientCertificate,
    tags: { ...options.tags },
  };
}

/**
 * The method settings of a stage: one for all routes, and one for each route that differs. The latter repeats everything,
 * since a setting for one method takes nothing from the one for all.
 */
export function methodSettings(
  stage: StageDefinition,
  routes: readonly RouteDefinition[],
): CfnStage.MethodSettingProperty[] {
  const common = {
    loggingLevel: stage.loggingLevel,
    dataTraceEnabled: stage.dataTrace,
    metricsEnabled: stage.metrics,
    throttlingRateLimit: stage.throttle.rateLimit,
    throttlingBurstLimit: stage.throttle.burstLimit,
    // Written out: with a cluster and nothing said, GET routes would be answered from it with the path alone as their key.
    ...(stage.cache ? { cachingEnabled: false, cacheDataEncrypted: true } : {}),
  };
  const settings: CfnStage.MethodSettingProperty[] = [{ httpMethod: '*', resourcePath: '/*', ...common }];
  for (const { route, throttle, cache } of routes) {
    const own = stage.routes[route.key] ?? {};
    const limits = own.throttle ?? throttle;
    const cached = stage.cache && cache && own.cache !== false ? stage.cache : undefined;
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
