import { Token } from 'aws-cdk-lib';
import { DEFAULT_STAGE, STAGE_NAME } from '../facts/names';
import { type AccessLogOptions } from '../operate/access-log';
import { type Owner, show } from '../shared/errors';
import { validateStageVariables } from '../shared/stage-variables';
import { DEFAULT_THROTTLE, type ThrottleOptions, validateThrottle } from '../shared/throttle';
import { type HttpRouteDefinition } from './route';

/**
 * What a stage sets differently for one route.
 *
 * @example
 * const route: HttpStageRouteOptions = { throttle: { rateLimit: 1, burstLimit: 2 } };
 */
export interface HttpStageRouteOptions {
  /**
   * Limits for the route on this stage.
   *
   * @default - the route's own, else the stage's
   */
  readonly throttle?: ThrottleOptions;
}

/**
 * A stage of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 *
 * @example
 * const stage: HttpStageOptions = {
 *   throttle: { rateLimit: 100, burstLimit: 200 },
 *   routes: { 'GET /reports': { throttle: { rateLimit: 1, burstLimit: 2 } } },
 *   variables: { table: 'orders' },
 * };
 */
export interface HttpStageOptions {
  /**
   * Name of the stage, the first segment of its URLs, or `$default` for none. A-Z a-z 0-9 _ -, up to 128 characters.
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
   * Whether every change of the API is deployed to the stage as it comes. Otherwise the stage serves a deployment whose id
   * changes with the API, and moves to it when all of the stack is there.
   *
   * @default true
   */
  readonly autoDeploy?: boolean;

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
  readonly routes?: { [route: string]: HttpStageRouteOptions };

  /**
   * The access log.
   *
   * @default - JSON to a log group of its own, kept for one year
   */
  readonly accessLog?: AccessLogOptions;

  /**
   * Whether CloudWatch gets metrics for each route. They are billed as custom metrics.
   *
   * @default true
   */
  readonly detailedMetrics?: boolean;

  /**
   * Tags of the stage, beside those of its scope.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** A stage, checked, every default filled in. */
export interface HttpStageDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly autoDeploy: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttle: ThrottleOptions;
  readonly routes: Readonly<Record<string, HttpStageRouteOptions>>;
  readonly accessLog: AccessLogOptions;
  readonly metrics: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** @throws where there is none, or two have one name */
export function defineStages(
  stages: { readonly [name: string]: HttpStageOptions } = { [DEFAULT_STAGE]: {} },
  owner: Owner,
): Readonly<Record<string, HttpStageDefinition>> {
  if (Object.keys(stages).length === 0) {
    throw owner.error(
      'stages is empty, so nothing would serve the API; leave it out for one stage "$default", or name one',
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

/** @throws where a name, variable or limit is not what API Gateway takes, or HTTP APIs have nothing of the kind */
function defineStage(key: string, options: HttpStageOptions, owner: Owner): HttpStageDefinition {
  if (Token.isUnresolved(key)) {
    throw owner.error(
      'the key of a stage must be written out, since ids are made of it; give the token as stageName instead',
    );
  }
  const name = options.stageName ?? key;
  if (!Token.isUnresolved(name) && name !== DEFAULT_STAGE && !STAGE_NAME.test(name)) {
    throw owner.error(`the name ${show(name)} must be 1 to 128 of A-Z a-z 0-9 _ -, or "${DEFAULT_STAGE}"`);
  }
  validateStageVariables(options.variables ?? {}, owner);
  for (const [route, settings] of Object.entries(options.routes ?? {})) {
    const where = owner.part(`routes["${route}"]`);
    if (settings.throttle) validateThrottle(settings.throttle, where);
  }
  return {
    key,
    name,
    description: options.description,
    autoDeploy: options.autoDeploy ?? true,
    variables: { ...options.variables },
    throttle: validateThrottle(options.throttle ?? DEFAULT_THROTTLE, owner),
    routes: options.routes ?? {},
    accessLog: options.accessLog ?? {},
    metrics: options.detailedMetrics ?? true,
    tags: { ...options.tags },
  };
}

/** The settings of a stage for all of its routes, in the words of the L1. */
export function defaultRouteSettings({ throttle, metrics }: HttpStageDefinition) {
  return {
    detailedMetricsEnabled: metrics,
    throttlingBurstLimit: throttle.burstLimit,
    throttlingRateLimit: throttle.rateLimit,
  };
}

/** Those of single routes, in the words of CloudFormation; each repeats all settings of the stage. */
export function routeSettings(
  stage: HttpStageDefinition,
  routes: readonly HttpRouteDefinition[],
): Record<string, object> | undefined {
  const settings: Record<string, object> = {};
  for (const { route, throttle } of routes) {
    const limits = stage.routes[route.key]?.throttle ?? throttle;
    if (!limits) continue;
    settings[route.key] = {
      DetailedMetricsEnabled: stage.metrics,
      ThrottlingBurstLimit: limits.burstLimit,
      ThrottlingRateLimit: limits.rateLimit,
    };
  }
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length > 0 ? Object.fromEntries(sorted) : undefined;
}
