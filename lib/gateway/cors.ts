import { Duration, Token } from 'aws-cdk-lib';
import { type Owner, show } from '../authoring/errors';

/**
 * Cross-origin resource sharing: which web pages may call the API from a browser.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 *
 * @example
 * const cors: CorsOptions = {
 *   allowOrigins: ['https://app.example.com'],
 *   allowHeaders: ['Content-Type', 'Authorization'],
 *   allowCredentials: true,
 *   maxAge: Duration.hours(1),
 * };
 */
export interface CorsOptions {
  /**
   * Origins that may call the API: `https://app.example.com`, with scheme and port but no path; `https://*.example.com` for the
   * names below one; `https://*` or `http://*` for all of a scheme; or `*` alone for all. AWS does not document that HTTP APIs
   * support the latter.
   */
  readonly allowOrigins: string[];

  /**
   * Methods that a page may use.
   *
   * @default - the methods of the path's routes
   */
  readonly allowMethods?: string[];

  /**
   * Request headers that a page may send. `*` does not cover `Authorization`.
   *
   * @default - Content-Type, Authorization, X-Amz-Date, X-Api-Key, X-Amz-Security-Token, X-Amz-User-Agent
   */
  readonly allowHeaders?: string[];

  /**
   * Response headers that a page may read in addition to the simple ones.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether a page may send cookies and other credentials. Not together with the origins `*`, `https://*` and `http://*`, nor
   * with `*` for headers or methods.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long a browser may cache the response to a preflight request. 0 to 86400 seconds; browsers limit it to less.
   *
   * @default Duration.minutes(10)
   */
  readonly maxAge?: Duration;
}

/** `CorsOptions`, checked, with every default filled in. */
export interface CorsDefinition {
  readonly allowOrigins: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds: number;
}

const DEFAULT_HEADERS = [
  'Content-Type',
  'Authorization',
  'X-Amz-Date',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'X-Amz-User-Agent',
];

const MAX_AGE_SECONDS = 86_400;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** @throws if browsers or API Gateway would reject the options */
export function defineCors(options: CorsOptions, kind: 'rest' | 'http', owner: Owner): CorsDefinition {
  const where = owner.part('cors');
  const { allowOrigins } = options;
  if (kind === 'rest') refuseLateLists(options, where);
  if (allowOrigins.length === 0) {
    throw where.error(
      'allowOrigins is empty; name at least one origin, e.g. "https://app.example.com", or remove cors',
    );
  }
  if (!Token.isUnresolved(allowOrigins)) for (const origin of allowOrigins) validateOrigin(origin, kind, where);
  if (allowOrigins.includes('*')) {
    if (allowOrigins.length > 1) throw where.error('allowOrigins has "*" and other origins; "*" must be alone');
  }
  if (options.allowCredentials) checkCredentials(options, where);
  const maxAgeSeconds = (options.maxAge ?? Duration.minutes(10)).toSeconds();
  if (maxAgeSeconds > MAX_AGE_SECONDS) {
    throw where.error(`maxAge must be 0 to ${MAX_AGE_SECONDS} seconds, got: ${maxAgeSeconds}`);
  }
  const lists = {
    allowHeaders: options.allowHeaders,
    exposeHeaders: options.exposeHeaders,
    allowMethods: options.allowMethods,
  };
  for (const [name, values] of Object.entries(lists)) {
    if (Token.isUnresolved(values)) continue;
    for (const value of values ?? []) {
      if (!Token.isUnresolved(value) && !TOKEN.test(value)) {
        throw where.error(
          `${name} has ${show(value)}, which is not an HTTP ${name === 'allowMethods' ? 'method' : 'header name'}`,
        );
      }
    }
  }
  return {
    allowOrigins: [...new Set(allowOrigins)],
    allowMethods: options.allowMethods,
    allowHeaders: options.allowHeaders ?? DEFAULT_HEADERS,
    exposeHeaders: options.exposeHeaders ?? [],
    allowCredentials: options.allowCredentials ?? false,
    maxAgeSeconds,
  };
}

/**
 * REST APIs respond from templates, which are written before the length of such a list is known. HTTP APIs accept the list
 * itself.
 */
function refuseLateLists(options: CorsOptions, where: Owner): void {
  for (const name of ['allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders'] as const) {
    if (!Token.isUnresolved(options[name])) continue;
    throw where.error(
      `${name} is a token for a whole list, but a REST API needs to know each value; write [a, b], whose values may be tokens, or use HttpGateway`,
    );
  }
}

/** With credentials, browsers accept no wildcard for origins, and elsewhere treat `*` as a literal name. */
function checkCredentials(options: CorsOptions, where: Owner): void {
  const any = options.allowOrigins.find((origin) => ANY_ORIGIN.test(origin));
  if (any !== undefined) {
    throw where.error(
      any === '*'
        ? 'allowCredentials cannot go with the origin "*": browsers reject the response; name the origins, e.g. "https://app.example.com"'
        : `allowCredentials cannot go with the origin ${show(any)}: every page could call the API in its user's name; name the origins, e.g. "https://app.example.com"`,
    );
  }
  for (const name of ['allowHeaders', 'allowMethods', 'exposeHeaders'] as const) {
    if (options[name]?.includes('*')) {
      throw where.error(
        `allowCredentials cannot go with "*" in ${name}: with credentials, browsers read "*" as the name of a ` +
          `${name === 'allowMethods' ? 'method' : 'header'}; list each one`,
      );
    }
  }
}

const ANY_ORIGIN = /^(https?:\/\/)?\*$/;
const ORIGIN = /^([a-z][a-z0-9+.-]*):\/\/[A-Za-z0-9._~\-[\]:]+$/;
const WILDCARD = /^(https?):\/\/\*(?:\.([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(:\d{1,5})?)?$/;

/** The only origin, which can be written out; undefined if there are several, or a wildcard. */
export function fixedOrigin({ allowOrigins }: CorsDefinition): string | undefined {
  return allowOrigins.length === 1 && !WILDCARD.test(allowOrigins[0]) ? allowOrigins[0] : undefined;
}

/**
 * What the whole origin must match if it is a wildcard, as a Java regular expression without backslash, `$` and `#`, which are
 * special to Velocity; undefined for an origin that is written out.
 */
export function originPattern(origin: string): string | undefined {
  const match = WILDCARD.exec(origin);
  if (!match) return undefined;
  const [, scheme, host, port = ''] = match;
  return host === undefined
    ? `${scheme}://[A-Za-z0-9._-]+(:[0-9]+)?`
    : `${scheme}://([A-Za-z0-9_-]+[.])+${host.replaceAll('.', '[.]')}${port}`;
}

function validateOrigin(origin: string, kind: 'rest' | 'http', where: Owner): void {
  if (Token.isUnresolved(origin) || origin === '*' || WILDCARD.test(origin)) return;
  const scheme = ORIGIN.exec(origin)?.[1];
  if (scheme !== undefined) {
    if (kind === 'rest' || /^https?$/.test(scheme)) return;
    throw where.error(
      `the origin ${show(origin)} begins with ${scheme}://, but HTTP APIs accept http:// and https:// only; use RestGateway, or let the page call through its own proxy`,
    );
  }
  if (origin.includes('*')) {
    throw where.error(
      `the origin ${show(origin)} has a "*" for a part of a name; write the names, "https://*.example.com" for all below one, or "https://*" for all`,
    );
  }
  const host = /^(?:[a-z]+:\/\/)?([^/\s]+)/.exec(origin)?.[1];
  const meant = `https://${host}`;
  throw where.error(
    `the origin ${show(origin)} must be scheme and host without path or trailing slash, as browsers send it` +
      (host !== undefined && host !== 'null' && meant !== origin && ORIGIN.test(meant)
        ? `: ${show(meant)}`
        : ', e.g. "https://app.example.com"'),
  );
}
