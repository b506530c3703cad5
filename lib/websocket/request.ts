import { type JsonSchema } from '../json-schema/json-schema';
import { type Owner, show } from '../authoring/errors';
import { type WebSocketRouteKey } from './route-key';
import { rejectLostNames } from '../document/lost-names';

/**
 * How API Gateway checks requests to a route. An invalid message gets an error and is not passed on.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html
 *
 * @example
 * const request: WebSocketRequestOptions = { body: JsonSchema.fromObject({ type: 'object', required: ['text'] }) };
 */
export interface WebSocketRequestOptions {
  /**
   * JSON Schema of the messages. With `bodies`, of the messages that none of them matches.
   *
   * @default - messages are not checked
   */
  readonly body?: JsonSchema;

  /**
   * JSON Schemas of several kinds of messages: result of `modelSelectionExpression` → schema. A message that matches none is
   * rejected, unless there is a `body` too.
   *
   * @default - none
   */
  readonly bodies?: { [key: string]: JsonSchema };

  /**
   * Selects one of the `bodies`, e.g. `$request.body.version`.
   *
   * @default - none; required with `bodies`
   */
  readonly modelSelectionExpression?: string;

  /**
   * Query parameters of the request to connect: name → whether a request must have it. On `$connect` only.
   *
   * @default - none
   */
  readonly query?: { [name: string]: boolean };

  /**
   * Headers of the request to connect: name → whether a request must have it. On `$connect` only.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: boolean };
}

/** `WebSocketRequestOptions` of a route, checked. */
export interface RequestDefinition {
  /** Result of the model selection expression → schema; `$default` for all others. */
  readonly bodies: Readonly<Record<string, JsonSchema>>;
  readonly modelSelectionExpression?: string;
  /** `route.request.querystring.x` → whether it must be there. */
  readonly parameters: Readonly<Record<string, boolean>>;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const QUERY_NAME = /^[a-zA-Z0-9._$-]+$/;
/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html */
const BODY_EXPRESSION = /^(\$request\.body\.[\w.$[\]'*-]+|[^$]*(\$\{request\.body\.[^}]+\}[^$]*)+)$/;

/** @throws if the route cannot check this */
export function defineRequest(
  options: WebSocketRequestOptions,
  route: WebSocketRouteKey,
  owner: Owner,
): RequestDefinition {
  rejectLostNames(options, owner, 'request');
  const bodies = options.bodies ?? {};
  const expression = options.modelSelectionExpression;
  const hasBodies = Object.keys(bodies).length > 0;
  if (route.event !== 'message' && (options.body || hasBodies)) {
    throw owner.error(
      `request: a client that ${route.event === 'connect' ? 'connects' : 'is gone'} sends no body; only messages have one`,
    );
  }
  if (route.event !== 'connect' && (options.query || options.headers)) {
    throw owner.error(
      'request: query and headers are there when a client connects, and messages have none; declare them on $connect',
    );
  }
  if (hasBodies && expression === undefined) {
    throw owner.error(
      'request: bodies needs a modelSelectionExpression that tells them apart, e.g. "$request.body.version"',
    );
  }
  if (expression !== undefined && !hasBodies) {
    throw owner.error('request: modelSelectionExpression selects one of bodies, and there are none');
  }
  if (expression !== undefined && !isBodyExpression(expression)) {
    throw owner.error(
      `request: modelSelectionExpression ${show(expression)} must be made of the message, e.g. "$request.body.version" or "\${request.body.kind}-\${request.body.version}"`,
    );
  }
  if ('$default' in bodies)
    throw owner.error('request: bodies["$default"] stands for all other messages; give that schema as body');
  return {
    bodies: { ...bodies, ...(options.body ? { $default: options.body } : {}) },
    modelSelectionExpression: expression ?? (options.body ? '\\$default' : undefined),
    parameters: {
      ...named('header', options.headers, HEADER_NAME, owner),
      ...named('querystring', options.query, QUERY_NAME, owner),
    },
  };
}

/** Whether an expression returns a part of a message. */
export function isBodyExpression(expression: string): boolean {
  return BODY_EXPRESSION.test(expression);
}

function named(
  place: 'header' | 'querystring',
  names: Readonly<Record<string, boolean>> = {},
  legal: RegExp,
  owner: Owner,
): Record<string, boolean> {
  return Object.fromEntries(
    Object.keys(names)
      .sort()
      .map((name) => {
        if (!legal.test(name))
          throw owner.error(
            `request.${place === 'header' ? 'headers' : 'query'} has ${show(name)}, which is not the name of a ${place === 'header' ? 'header' : 'query'} parameter`,
          );
        return [`route.request.${place}.${name}`, names[name]];
      }),
  );
}
