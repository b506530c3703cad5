import { type Stack } from 'aws-cdk-lib';
import { type ThrottleOptions, validateThrottle } from '../stages/throttle';
import { type Owner } from '../authoring/errors';
import { chosenAuthorizer, definedBy, type IAuthorizerContext, scopesOnRoute } from '../gateway/authorizer-config';
import { type RouteKey } from '../gateway/route-key';
import { defineDocumentation, type RouteDocumentation, type RouteResponseOptions } from '../gateway/route-response';
import { type RestAuthorizer } from './authorizer';
import { defineAuthorizer, type RestAuthorizerDefinition } from './authorizer-definition';
import { type RestBoundIntegration } from './binding';
import { defineRouteCache, type RestRouteCacheOptions, type RouteCacheDefinition } from './cache';
import { type RestIntegration } from './integration';
import { checkParameterNames } from './parameter-names';
import { defineRequest, type RequestDefinition, type RestRequestOptions, withParameters } from './request';

/**
 * What a route of a REST API has, or a group of routes has for them.
 *
 * @example
 * const shared: RestRouteCommonOptions = {
 *   authorizer: RestAuthorizer.cognito({ userPools: [users] }),
 *   throttle: { rateLimit: 50, burstLimit: 100 },
 * };
 */
export interface RestRouteCommonOptions {
  /**
   * Who may call the route.
   *
   * @default - the gateway's `defaultAuthorizer`; without one, an error
   */
  readonly authorizer?: RestAuthorizer;

  /**
   * OAuth scopes, one of which an access token must have, instead of the authorizer's. For Cognito and JWT authorizers.
   *
   * @default - the authorizer's scopes
   */
  readonly scopes?: string[];

  /**
   * Whether a request must carry an API key of a usage plan. A key meters callers; it does not authenticate them.
   *
   * @default false
   */
  readonly apiKeyRequired?: boolean;

  /**
   * What a valid request must have.
   *
   * @default - path variables only
   */
  readonly request?: RestRequestOptions;

  /**
   * Throttling limits for this route, on every stage.
   *
   * @default - the stage's limits, for all of its routes together
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Serves the route from the cache of the stages that have one.
   *
   * @default - not cached
   */
  readonly cache?: RestRouteCacheOptions;

  /**
   * Responses for readers of the OpenAPI document and for generated clients: status, e.g. `404` → response. They change no
   * response: an integration that does not pass on its back end's sets its own.
   *
   * @default - those that the integration declares, without a body
   */
  readonly responses?: { [status: string]: RouteResponseOptions };

  /**
   * Tags by which readers and generators group the route in the OpenAPI document.
   *
   * @default - none
   */
  readonly tags?: string[];

  /**
   * Whether the OpenAPI document calls the route deprecated. It works as before.
   *
   * @default false
   */
  readonly deprecated?: boolean;
}

/**
 * A route of a REST API.
 *
 * @example
 * const route: RestRouteOptions = {
 *   integration: RestIntegration.lambda(fn),
 *   authorizer: RestAuthorizer.cognito({ userPools: [users] }),
 *   scopes: ['orders/write'],
 *   request: { body: JsonSchema.fromObject({ type: 'object', required: ['sku'] }) },
 *   throttle: { rateLimit: 50, burstLimit: 100 },
 * };
 */
export interface RestRouteOptions extends RestRouteCommonOptions {
  /**
   * What the route calls.
   */
  readonly integration: RestIntegration;

  /**
   * `operationId` of the route in the OpenAPI document.
   *
   * @default - none
   */
  readonly operationName?: string;

  /**
   * Summary of the route in one line, for the OpenAPI document.
   *
   * @default - none
   */
  readonly summary?: string;

  /**
   * Description of the route, for the OpenAPI document.
   *
   * @default - none
   */
  readonly description?: string;
}

/** A route, checked and bound, with every default filled in. */
export interface RestRouteDefinition {
  readonly route: RouteKey;
  readonly authorizer: RestAuthorizerDefinition;
  readonly scopes: readonly string[];
  readonly apiKeyRequired: boolean;
  readonly request: RequestDefinition;
  readonly integration: RestBoundIntegration;
  readonly documentation: RouteDocumentation;
  readonly throttle?: ThrottleOptions;
  readonly cache?: RouteCacheDefinition;
  readonly operationName?: string;
  readonly summary?: string;
  readonly description?: string;
}

/** The result of an authorizer on a route. @throws if it belongs to another kind of API, or is not valid */
export const authorizerOf = (
  given: RestAuthorizer,
  context: IAuthorizerContext,
  owner: Owner,
): RestAuthorizerDefinition => definedBy(given, 'rest', context, defineAuthorizer, owner);

/** @throws if the options contradict each other */
export function defineRoute(
  route: RouteKey,
  options: RestRouteOptions,
  defaultAuthorizer: RestAuthorizer | undefined,
  bind: (integration: RestIntegration) => RestBoundIntegration,
  stack: Stack,
  owner: Owner,
): RestRouteDefinition {
  const chosen = chosenAuthorizer(options.authorizer, defaultAuthorizer, 'rest', owner);
  const authorizer = authorizerOf(chosen, { stack, routeKey: route.key }, owner);
  const areScopesChecked = authorizer.kind === 'cognito' || authorizer.jwt !== undefined;
  const scopes = scopesOnRoute(options.scopes, authorizer, areScopesChecked, owner);
  const integration = bind(options.integration);
  const request = withParameters(defineRequest(options.request ?? {}, route.variables), integration.parameters ?? []);
  const cache = options.cache && defineRouteCache(options.cache, route.method, request.parameters, authorizer, owner);
  checkParameterNames([...request.parameters, ...(cache?.declared ?? [])], owner);
  return {
    route,
    authorizer,
    scopes,
    apiKeyRequired: options.apiKeyRequired ?? false,
    request,
    integration,
    throttle: options.throttle && validateThrottle(options.throttle, owner),
    cache,
    documentation: defineDocumentation(options, owner),
    operationName: options.operationName,
    summary: options.summary,
    description: options.description,
  };
}
