import { Duration } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { cacheSeconds } from '../gateway/decision-ttl';
import { type RestAuthorizerDefinition } from './authorizer-definition';
import { type RequestParameter } from './request';

/**
 * Size of a stage's cache cluster. It is billed by the hour, used or not.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export enum CacheSize {
  /** 0.5 GB */
  GB_0_5 = '0.5',
  /** 1.6 GB */
  GB_1_6 = '1.6',
  /** 6.1 GB */
  GB_6_1 = '6.1',
  /** 13.5 GB */
  GB_13_5 = '13.5',
  /** 28.4 GB */
  GB_28_4 = '28.4',
  /** 58.2 GB */
  GB_58_2 = '58.2',
  /** 118 GB */
  GB_118 = '118',
  /** 237 GB */
  GB_237 = '237',
}

/**
 * The cache of a stage. It serves only routes that set `cache`. Its contents are encrypted.
 *
 * @example
 * const cache: RestStageCacheOptions = { size: CacheSize.GB_0_5, ttl: Duration.minutes(5) };
 */
export interface RestStageCacheOptions {
  /**
   * Size of the cluster.
   *
   * @default CacheSize.GB_0_5
   */
  readonly size?: CacheSize;

  /**
   * How long responses are cached if the route does not set it. 0 to 3600 seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly ttl?: Duration;
}

/**
 * How the responses of a route are cached, on every stage that has a cache.
 *
 * The key has the query parameters that the route declares, and no others: requests that differ in an undeclared parameter get
 * the same response, although a proxy integration passes the whole query to its back end. Declare every parameter that the back
 * end reads in `request.query`; `request: { query: {} }` states that it reads none.
 *
 * @example
 * const cache: RestRouteCacheOptions = { ttl: Duration.minutes(5), headers: ['Accept-Language'] };
 */
export interface RestRouteCacheOptions {
  /**
   * How long a response is cached. 0 to 3600 seconds.
   *
   * @default - the stage's
   */
  readonly ttl?: Duration;

  /**
   * Whether each caller has its own responses. Path variables and the query parameters that the route declares (`request.query`)
   * are always part of the key; this adds what identifies a caller to the authorizer. Set it to false if all callers may see the
   * same response.
   *
   * @default - true if the route has an authorizer
   */
  readonly perCaller?: boolean;

  /**
   * Request headers that are part of the key as well, e.g. `Accept-Language`.
   *
   * @default - none
   */
  readonly headers?: string[];

  /**
   * Caches a route of a method other than GET and HEAD, which must then have no side effects. The body of a request is not part
   * of the key.
   *
   * @default false
   */
  readonly anyMethod?: boolean;
}

/** A route's cache, with its key. */
export interface RouteCacheDefinition {
  readonly ttlSeconds?: number;
  /** `method.request.path.id` and the like. */
  readonly keyParameters: readonly string[];
  /** The user stated that all callers may see the same response. */
  readonly shared: boolean;
  /** Headers and query parameters of the key that the route must declare. */
  readonly declared: readonly RequestParameter[];
}

/** @throws if the key cannot distinguish callers, or the method has side effects */
export function defineRouteCache(
  options: RestRouteCacheOptions,
  method: string,
  parameters: readonly RequestParameter[],
  authorizer: RestAuthorizerDefinition,
  owner: Owner,
): RouteCacheDefinition {
  if (method !== 'GET' && method !== 'HEAD' && !options.anyMethod) {
    throw owner.error(
      `cache is for GET and HEAD routes; a ${method} request must reach the back end each time (if it changes nothing, set cache: { anyMethod: true })`,
    );
  }
  const keys = new Map<string, RequestParameter>();
  const add = (parameter: RequestParameter) => keys.set(keyOf(parameter), parameter);
  parameters.filter((parameter) => parameter.in !== 'header' || parameter.mapped).forEach(add);
  for (const name of options.headers ?? []) {
    const header: RequestParameter = { in: 'header', name, required: false };
    add(parameters.find((parameter) => keyOf(parameter) === keyOf(header)) ?? header);
  }
  const perCaller = options.perCaller ?? authorizer.kind !== 'none';
  if (perCaller)
    callerParameters(authorizer, owner).forEach((parameter) => keys.has(keyOf(parameter)) || add(parameter));
  const known = new Set(parameters.map(keyOf));
  return {
    ttlSeconds: options.ttl && cacheTtl(options.ttl, owner),
    keyParameters: [...keys.keys()].sort(),
    shared: options.perCaller === false,
    declared: [...keys.values()].filter((parameter) => !known.has(keyOf(parameter))),
  };
}

/** @throws outside 0 to 3600 seconds */
export function cacheTtl(ttl: Duration | undefined, owner: Owner): number {
  return cacheSeconds('cache.ttl', ttl ?? Duration.minutes(5), owner);
}

function callerParameters(authorizer: RestAuthorizerDefinition, owner: Owner): RequestParameter[] {
  const found = authorizer.identitySources.flatMap((source): RequestParameter[] => {
    const match = /^method\.request\.(header|querystring)\.(.+)$/.exec(source);
    return match ? [{ in: match[1] === 'header' ? 'header' : 'query', name: match[2], required: false }] : [];
  });
  if (found.length === 0) {
    const why =
      authorizer.kind === 'iam'
        ? 'no part of a signed request stays the same for one caller'
        : authorizer.kind === 'none'
          ? 'the route has no authorizer'
          : 'the authorizer has no header or query parameter among its identity sources';
    throw owner.error(
      `cache cannot keep callers apart: ${why}. If every caller may see the same response, set cache: { perCaller: false }; otherwise remove cache`,
    );
  }
  return found;
}

function keyOf(parameter: RequestParameter): string {
  return `method.request.${parameter.in === 'query' ? 'querystring' : parameter.in}.${parameter.name}`;
}
