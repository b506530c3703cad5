import { type Stack } from 'aws-cdk-lib';
import { type ThrottleOptions, validateThrottle } from '../stages/throttle';
import { type Owner } from '../authoring/errors';
import { chosenAuthorizer, definedBy } from '../gateway/authorizer-config';
import { type WebSocketAuthorizer } from './authorizer';
import { defineAuthorizer, type WebSocketAuthorizerDefinition } from './authorizer-definition';
import { type WebSocketBoundIntegration } from './binding';
import { type WebSocketIntegration } from './integration';
import { defineRequest, type RequestDefinition, type WebSocketRequestOptions } from './request';
import { type WebSocketRouteKey } from './route-key';

/**
 * A route of a WebSocket API.
 *
 * @example
 * const route: WebSocketRouteOptions = {
 *   integration: WebSocketIntegration.lambda(fn),
 *   request: { body: JsonSchema.fromObject({ type: 'object', required: ['text'] }) },
 *   returnResponse: true,
 * };
 */
export interface WebSocketRouteOptions {
  /**
   * What the route calls.
   */
  readonly integration: WebSocketIntegration;

  /**
   * Who may connect. On `$connect` only: clients are authorized when they connect.
   *
   * @default - the gateway's `defaultAuthorizer`; without one, an error on `$connect`
   */
  readonly authorizer?: WebSocketAuthorizer;

  /**
   * Whether a request to connect must carry an API key of a usage plan. On `$connect` only. A key meters callers; it does not
   * authenticate them.
   *
   * @default false
   */
  readonly apiKeyRequired?: boolean;

  /**
   * Whether the response of the integration is sent to the client, in reply to its message. Not on `$connect` and `$disconnect`,
   * where no client could receive it.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
   * @default false
   */
  readonly returnResponse?: boolean;

  /**
   * What a valid message, or request to connect, must have.
   *
   * @default - not checked
   */
  readonly request?: WebSocketRequestOptions;

  /**
   * Throttling limits for this route, on every stage.
   *
   * @default - the stage's limits, for all of its routes together
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Name of the operation.
   *
   * @default - none
   */
  readonly operationName?: string;
}

/** A route, checked and bound, with every default filled in. */
export interface WebSocketRouteDefinition {
  readonly route: WebSocketRouteKey;
  /** Of `$connect`; all other routes are behind it. */
  readonly authorizer?: WebSocketAuthorizerDefinition;
  readonly apiKeyRequired: boolean;
  readonly returnResponse: boolean;
  readonly request: RequestDefinition;
  readonly integration: WebSocketBoundIntegration;
  readonly throttle?: ThrottleOptions;
  readonly operationName?: string;
}

/** @throws if the options contradict each other, or have no effect on the route */
export function defineRoute(
  route: WebSocketRouteKey,
  options: WebSocketRouteOptions,
  defaultAuthorizer: WebSocketAuthorizer | undefined,
  bind: (integration: WebSocketIntegration, returnResponse: boolean) => WebSocketBoundIntegration,
  stack: Stack,
  owner: Owner,
): WebSocketRouteDefinition {
  const returnResponse = options.returnResponse ?? false;
  if (returnResponse && route.event !== 'message') {
    throw owner.error(
      `returnResponse: ${route.event === 'connect' ? 'a client that connects cannot receive messages yet' : 'a client that is gone can no longer receive messages'}; remove it`,
    );
  }
  return {
    route,
    authorizer: authorizerOf(route, options, defaultAuthorizer, stack, owner),
    apiKeyRequired: apiKeyRequiredOf(route, options, owner),
    returnResponse,
    request: defineRequest(options.request ?? {}, route, owner),
    integration: bind(options.integration, returnResponse),
    throttle: options.throttle && validateThrottle(options.throttle, owner),
    operationName: options.operationName,
  };
}

function authorizerOf(
  route: WebSocketRouteKey,
  options: WebSocketRouteOptions,
  defaultAuthorizer: WebSocketAuthorizer | undefined,
  stack: Stack,
  owner: Owner,
): WebSocketAuthorizerDefinition | undefined {
  if (route.event !== 'connect') {
    if (!options.authorizer) return undefined;
    throw owner.error(
      'has an authorizer, but API Gateway authorizes a client once, when it connects: only $connect can have an authorizer, and it protects ' +
        'all routes. To tell users apart here, look at requestContext.authorizer in the function, or RequestValue.authorizerContext in a template',
    );
  }
  const chosen = chosenAuthorizer(options.authorizer, defaultAuthorizer, 'websocket', owner);
  return definedBy(chosen, 'websocket', { stack, routeKey: route.key }, defineAuthorizer, owner);
}

function apiKeyRequiredOf(route: WebSocketRouteKey, options: WebSocketRouteOptions, owner: Owner): boolean {
  if (options.apiKeyRequired && route.event !== 'connect') {
    throw owner.error(
      'apiKeyRequired: a key is required when a client connects, and messages carry none; set it on $connect, and limit messages with throttle',
    );
  }
  return options.apiKeyRequired ?? false;
}
