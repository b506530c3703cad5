import { type JWTPayload } from 'jose';
import { type JwtConfig } from './config';
import { plain } from './claims';
import { requiredScopes, satisfies, scopesOf } from './scopes';

/** What API Gateway sends of a request, as far as it is looked at. */
export interface AuthorizerRequest {
  readonly methodArn: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly requestContext?: {
    readonly requestId?: string;
    /** REST. */
    readonly resourcePath?: string;
    /** REST. */
    readonly httpMethod?: string;
    /** WebSocket: `$connect`, since nothing else has an authorizer there. */
    readonly routeKey?: string;
    /** WebSocket. */
    readonly connectionId?: string;
  };
}

/** What API Gateway takes for an answer. */
export interface AuthorizerResponse {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly {
      readonly Action: 'execute-api:Invoke';
      readonly Effect: 'Allow' | 'Deny';
      readonly Resource: readonly string[];
    }[];
  };
  readonly context: Readonly<Record<string, string | number | boolean>>;
}

/** Longest ARN that a policy of an authorizer may name. */
const ARN_MAX_LENGTH = 512;
const VALUE_MAX_LENGTH = 1_024;
const CONTEXT_MAX_LENGTH = 4_096;
/** `$context.authorizer.X` that API Gateway fills in itself. */
const RESERVED = new Set([
  'principalId',
  'claims',
  'scopes',
  'error',
  'status',
  'latency',
  'integrationLatency',
  'integrationStatus',
  'requestId',
  '__proto__',
]);
/** The claims that a back end needs most: they come first, because there may not be room for all. */
const FIRST = ['sub', 'scope', 'client_id', 'azp', 'iss', 'aud', 'exp'];

/** What a token with these claims may do. */
export function decide(request: AuthorizerRequest, claims: JWTPayload, config: JwtConfig): AuthorizerResponse {
  const connect = config.sources ? connectArnOf(request) : undefined;
  const route = routeOf(request, config);
  const allowed = satisfies(scopesOf(claims), requiredScopes(config, route?.method ?? '', route?.path ?? ''));
  return {
    principalId: principalOf(claims),
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: allowed ? 'Allow' : 'Deny',
          Resource: connect ? [connect] : resources(request.methodArn, route),
        },
      ],
    },
    context: connect ? connectContextOf(claims) : contextOf(claims),
  };
}

/**
 * The policy of a WebSocket handshake names this handshake and nothing else: decisions are not kept, and the routes of
 * the messages that follow are not authorized again.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html
 */
function connectArnOf({ methodArn }: AuthorizerRequest): string {
  if (!/^arn:[^:/*]+:execute-api:[^:/*]*:[^:/*]*:[^:/*]+\/[^/*]+\/\$connect$/.test(methodArn)) {
    throw new Error(`this authorizer is for the $connect route of a WebSocket API, not for ${methodArn}`);
  }
  return methodArn;
}

interface Route {
  readonly method: string;
  readonly path: string;
}

function routeOf(request: AuthorizerRequest, config: JwtConfig): Route | undefined {
  if (!config.routeScopes) return undefined;
  const { httpMethod, resourcePath } = request.requestContext ?? {};
  if (!httpMethod || !resourcePath)
    throw new Error('the request does not contain its route, so its scopes are unknown');
  return { method: httpMethod, path: resourcePath };
}

/**
 * The decision is kept, and its policy is matched with the path of every request that it is kept for. Without scopes per
 * route it is kept by token, and holds for all of the stage. With them it is kept by token, method and resource path (the
 * identity sources that the construct sets), so a policy for this one route is enough: a policy for all routes could not
 * be right, since the pattern of `/orders/{id}` also matches `/orders/{id}/secret`. Path variables are wildcards, or the
 * decision for one order would refuse the next.
 */
function resources(methodArn: string, route: Route | undefined): string[] {
  const stage = methodArn.split('/').slice(0, 2).join('/');
  if (!route) return [`${stage}/*`];
  const pattern = `${stage}/${route.method}${route.path.replaceAll(/\{[^{}]*\}/g, '*')}`;
  if (pattern.length >= ARN_MAX_LENGTH) return [`${pattern.slice(0, ARN_MAX_LENGTH - 1)}*`];
  // The path of a request may end in a slash that its route does not have.
  return /[*/]$/.test(pattern) ? [pattern] : [pattern, `${pattern}/`];
}

function principalOf(claims: JWTPayload): string {
  const candidates: unknown[] = [claims.sub, claims.client_id, claims.azp];
  return candidates.find((id): id is string => typeof id === 'string' && id !== '') ?? 'unknown';
}

/** `$context.authorizer.X` is a string whatever the claim is. What counts a caller against a usage plan is not for a claim to say. */
function connectContextOf(claims: JWTPayload): Record<string, string> {
  const strings = Object.entries(contextOf(claims)).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(strings.filter(([name]) => name !== 'usageIdentifierKey'));
}

/** Claims for the back end: API Gateway accepts strings, numbers and booleans, and returns 500 for anything else. */
function contextOf(claims: JWTPayload): Record<string, string | number | boolean> {
  const all = new Map<string, unknown>(Object.entries(claims));
  const scope = [...scopesOf(claims)].join(' ');
  if (scope !== '') all.set('scope', scope);
  const names = [
    ...FIRST.filter((name) => all.has(name)),
    ...[...all.keys()].filter((name) => !FIRST.includes(name)).sort(),
  ];
  const context: Record<string, string | number | boolean> = {};
  let room = CONTEXT_MAX_LENGTH;
  for (const name of names) {
    const value = plain(all.get(name));
    if (value === undefined || RESERVED.has(name) || name === '' || String(value).length > VALUE_MAX_LENGTH) continue;
    const size = Buffer.byteLength(JSON.stringify([name, value]));
    if (size > room) continue;
    room -= size;
    context[name] = value;
  }
  return context;
}
