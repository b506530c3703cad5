import { type Stack, Token } from 'aws-cdk-lib';
import { SCOPES_PER_ROUTE } from '../facts/quotas';
import { type Owner } from '../authoring/errors';
import { chosenAuthorizer, definedBy, type IAuthorizerContext, scopesOnRoute } from '../gateway/authorizer-config';
import { type HttpRouteKey, isCatchAll } from '../gateway/http-route-key';
import { defineDocumentation, type RouteDocumentation, type RouteResponseOptions } from '../gateway/route-response';
import { type ThrottleOptions, validateThrottle } from '../stages/throttle';
import { type HttpAuthorizer } from './authorizer';
import { defineAuthorizer, type HttpAuthorizerDefinition } from './authorizer-definition';
import { type BoundHttpIntegration } from './binding';
import { type HttpIntegration } from './integration';

/**
 * What a route of an HTTP API has, or a group of routes has for them.
 *
 * @example
 * const shared: HttpRouteCommonOptions = {
 *   authorizer: HttpAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['orders'] }),
 *   throttle: { rateLimit: 50, burstLimit: 100 },
 * };
 */
export interface HttpRouteCommonOptions {
  /**
   * Who may call the route.
   *
   * @default - the gateway's `defaultAuthorizer`; without one, an error
   */
  readonly authorizer?: HttpAuthorizer;

  /**
   * OAuth scopes, one of which an access token must have, instead of the authorizer's. For Cognito and JWT authorizers. At most
   * 10.
   *
   * @default - the authorizer's scopes
   */
  readonly scopes?: string[];

  /**
   * Throttling limits for this route, on every stage.
   *
   * @default - the stage's limits, for all of its routes together
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Responses for readers of the OpenAPI document and for generated clients: status, e.g. `404` → response. They change no
   * response: an integration that does not pass on its back end's sets its own.
   *
   * @default - none
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
 * A route of an HTTP API.
 *
 * @example
 * const route: HttpRouteOptions = {
 *   integration: HttpIntegration.lambda(fn),
 *   authorizer: HttpAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['orders'] }),
 *   scopes: ['orders/write'],
 *   throttle: { rateLimit: 50, burstLimit: 100 },
 * };
 */
export interface HttpRouteOptions extends HttpRouteCommonOptions {
  /**
   * What the route calls.
   */
  readonly integration: HttpIntegration;

  /**
   * Whether a catch-all route (`$default`, `ANY /{proxy+}`) may be open while other routes are not. A request that misses them by
   * a typo, or by its method, is then not authorized.
   *
   * @default false
   */
  readonly allowOpenCatchAll?: boolean;

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
export interface HttpRouteDefinition {
  readonly route: HttpRouteKey;
  readonly authorizer: HttpAuthorizerDefinition;
  readonly scopes: readonly string[];
  readonly integration: BoundHttpIntegration;
  readonly documentation: RouteDocumentation;
  readonly throttle?: ThrottleOptions;
  readonly allowOpenCatchAll: boolean;
  readonly operationName?: string;
  readonly summary?: string;
  readonly description?: string;
}

/** The result of an authorizer on a route. @throws if it belongs to another kind of API, or is not valid */
export const authorizerOf = (
  given: HttpAuthorizer,
  context: IAuthorizerContext,
  owner: Owner,
): HttpAuthorizerDefinition => definedBy(given, 'http', context, defineAuthorizer, owner);

/** @throws if the options contradict each other, or HTTP APIs do not support one */
export function defineRoute(
  route: HttpRouteKey,
  options: HttpRouteOptions,
  defaultAuthorizer: HttpAuthorizer | undefined,
  bind: (integration: HttpIntegration) => BoundHttpIntegration,
  stack: Stack,
  owner: Owner,
): HttpRouteDefinition {
  const chosen = chosenAuthorizer(options.authorizer, defaultAuthorizer, 'http', owner);
  const authorizer = authorizerOf(chosen, { stack, routeKey: route.key }, owner);
  if (options.allowOpenCatchAll !== undefined && !isCatchAll(route)) {
    throw owner.error('allowOpenCatchAll is for $default and ANY /{proxy+}, which match what no other route does');
  }
  return {
    route,
    authorizer,
    scopes: scopesOf(options.scopes, authorizer, owner),
    integration: bind(options.integration),
    throttle: options.throttle && validateThrottle(options.throttle, owner),
    allowOpenCatchAll: options.allowOpenCatchAll ?? false,
    documentation: defineDocumentation(options, owner),
    operationName: options.operationName,
    summary: options.summary,
    description: options.description,
  };
}

function scopesOf(own: readonly string[] | undefined, authorizer: HttpAuthorizerDefinition, owner: Owner): string[] {
  const scopes = scopesOnRoute(own, authorizer, authorizer.kind === 'jwt', owner);
  if (scopes.length > SCOPES_PER_ROUTE && !scopes.some((scope) => Token.isUnresolved(scope))) {
    throw owner.error(
      `has ${scopes.length} scopes, and a route of an HTTP API takes ${SCOPES_PER_ROUTE}; let the issuer give one scope for several of them`,
    );
  }
  return scopes;
}
