import { brotliDecompressSync } from 'node:zlib';

/** What the function is told through its environment. */
export interface JwtConfig {
  /** Equal to the `iss` of every token, to the letter. */
  readonly issuer: string;
  /** A token must be for one of them. */
  readonly audience: readonly string[];
  /** A token must have one of them on routes that do not say; with none, any token of the issuer will do. */
  readonly scopes: readonly string[];
  /** The header with the token, in lower case. */
  readonly header: string;
  readonly clockToleranceSeconds: number;
  readonly algorithms: readonly string[];
  /** Claim → the value that it must have, or contain. */
  readonly requiredClaims: Readonly<Record<string, string>>;
  /** `METHOD /path` → scopes, of routes with scopes of their own; `'default'` for a route beside an ANY route with some. */
  readonly routeScopes?: ReadonlyMap<string, readonly string[] | 'default'>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws where the environment is not what the construct writes: the function must not run on half of it */
export function configFromEnvironment(env: Environment): JwtConfig {
  const settings = object(parse(env, 'SETTINGS'), 'SETTINGS');
  const issuer = required(env, 'ISSUER');
  if (!issuer.startsWith('https://')) throw new Error(`the issuer must be an https:// URL, got: ${issuer}`);
  const audience = strings(parse(env, 'AUDIENCE'), 'AUDIENCE');
  const algorithms = strings(settings.algorithms, 'SETTINGS.algorithms');
  const { header, clockTolerance } = settings;
  if (audience.length === 0 || algorithms.length === 0)
    throw new Error('AUDIENCE and SETTINGS.algorithms must not be empty');
  if (typeof header !== 'string' || typeof clockTolerance !== 'number')
    throw new Error('SETTINGS has no header or clockTolerance');
  return {
    issuer,
    audience,
    scopes: strings(parse(env, 'SCOPES'), 'SCOPES'),
    header: header.toLowerCase(),
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
