import { brotliDecompressSync } from 'node:zlib';

/** The settings of the function in its environment. */
export interface JwtConfig {
  /** Equal to the `iss` of every token, to the letter. */
  readonly issuer: string;
  /** A token must be for one of them. */
  readonly audience: readonly string[];
  /** A token must have one of them on routes that do not say; with none, any token of the issuer will do. */
  readonly scopes: readonly string[];
  /** The header with the token, in lower case; of a REST API. */
  readonly header: string;
  /** Where the token may be, of a WebSocket API (`header` does not count then): the first one that has something decides. */
  readonly sources?: readonly TokenSource[];
  readonly clockToleranceSeconds: number;
  readonly algorithms: readonly string[];
  /** Claim → the value that it must have, or contain. */
  readonly requiredClaims: Readonly<Record<string, string>>;
  /** `METHOD /path` → scopes, of routes with their own scopes; `'default'` for a route next to an ANY route with scopes. */
  readonly routeScopes?: ReadonlyMap<string, readonly string[] | 'default'>;
}

/** One place where the client of a WebSocket API may have put its token. */
export interface TokenSource {
  /**
   * - `header`: `Bearer <JWT>`, as with REST. Browsers cannot set headers on a WebSocket.
   * - `query`: the JWT alone, as `?name=<JWT>`. URLs get into logs and histories, and this one may have 4096 characters.
   * - `subprotocol`: the JWT right after `name` in the list of subprotocols, `new WebSocket(url, [name, jwt])`. The
   *   `$connect` integration must answer `Sec-WebSocket-Protocol: <name>` (and never the token), or browsers close the
   *   connection.
   */
  readonly in: 'header' | 'query' | 'subprotocol';
  /** Headers in lower case; the others to the letter. */
  readonly name: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws where the environment is not what the construct writes: the function must not run on half of it */
export function configFromEnvironment(env: Environment): JwtConfig {
  const settings = object(parse(env, 'SETTINGS'), 'SETTINGS');
  const issuer = required(env, 'ISSUER');
  if (!issuer.startsWith('https://')) throw new Error(`the issuer must be an https:// URL, got: ${issuer}`);
  const audience = strings(parse(env, 'AUDIENCE'), 'AUDIENCE');
  const algorithms = strings(settings.algorithms, 'SETTINGS.algorithms');
  const { clockTolerance } = settings;
  if (audience.length === 0 || algorithms.length === 0)
    throw new Error('AUDIENCE and SETTINGS.algorithms must not be empty');
  const sources = sourcesOf(settings);
  const header = sources ? '' : settings.header;
  if (typeof header !== 'string' || typeof clockTolerance !== 'number')
    throw new Error('SETTINGS has no header or clockTolerance');
  if (sources && env.ROUTE_SCOPES !== undefined)
    throw new Error('a WebSocket API is authorized on $connect only: ROUTE_SCOPES must not be set');
  return {
    issuer,
    audience,
    scopes: strings(parse(env, 'SCOPES'), 'SCOPES'),
    header: header.toLowerCase(),
    ...(sources && { sources }),
    clockToleranceSeconds: clockTolerance,
    algorithms,
    requiredClaims: Object.fromEntries(
      Object.entries(object(parse(env, 'REQUIRED_CLAIMS'), 'REQUIRED_CLAIMS')).map(([claim, value]) => [
        claim,
        String(value),
      ]),
    ),
    routeScopes: env.ROUTE_SCOPES === undefined ? undefined : decodeRouteScopes(env.ROUTE_SCOPES),
  };
}

/** Undefined for a REST API. `{"kind":"websocket","sources":[{"in":"header","name":"Authorization"}]}` */
function sourcesOf(settings: Record<string, unknown>): TokenSource[] | undefined {
  const { kind, sources, header } = settings;
  if (kind === undefined && sources === undefined) return undefined;
  if (kind !== 'websocket')
    throw new Error(`SETTINGS.kind must be "websocket" if there are sources, got: ${String(kind)}`);
  if (header !== undefined) throw new Error('SETTINGS has header and sources, but a WebSocket API uses only sources');
  if (!Array.isArray(sources) || sources.length === 0)
    throw new Error('SETTINGS.sources must be a list with at least one source');
  return sources.map((given: unknown) => {
    const { in: place, name } = object(given, 'SETTINGS.sources');
    if (place !== 'header' && place !== 'query' && place !== 'subprotocol')
      throw new Error(`a token source must be a header, query or subprotocol, not: ${String(place)}`);
    // Characters of an RFC 7230 token only; of no other a header or subprotocol can be made.
    if (typeof name !== 'string' || name === '' || (place !== 'query' && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)))
      throw new Error(`a token source has no usable name: ${JSON.stringify(name)}`);
    return { in: place, name: place === 'header' ? name.toLowerCase() : name };
  });
}

/** Pairs of scopes (null: those of the authorizer) and the routes that need one of them, as JSON, or as `br:` and the same in Brotli and base64. */
function decodeRouteScopes(text: string): ReadonlyMap<string, readonly string[] | 'default'> {
  const json = text.startsWith('br:')
    ? brotliDecompressSync(Buffer.from(text.slice(3), 'base64')).toString('utf8')
    : text;
  const groups: unknown = JSON.parse(json);
  if (!Array.isArray(groups)) throw new Error('ROUTE_SCOPES must be a list');
  return new Map(
    groups.flatMap((group: unknown) => {
      const [given, routes] = Array.isArray(group) ? group : [];
      const scopes = given === null ? 'default' : strings(given, 'ROUTE_SCOPES');
      return strings(routes, 'ROUTE_SCOPES').map((route) => [route, scopes] as const);
    }),
  );
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`the environment variable ${name} is missing`);
  return value;
}

function parse(env: Environment, name: string): unknown {
  return JSON.parse(required(env, name));
}

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} must be an object`);
  return value as Record<string, unknown>;
}

function strings(value: unknown, name: string): string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw new Error(`${name} must be a list of strings`);
  return value;
}
