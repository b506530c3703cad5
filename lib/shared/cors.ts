import { Duration, Token } from 'aws-cdk-lib';
import { type Owner, show } from './errors';

/**
 * Cross-origin resource sharing: which web pages may call the API from a browser.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export interface CorsOptions {
  /**
   * Origins that may call the API: `https://app.example.com`, with scheme and port but no path, or `*` alone for all.
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
   * Response headers that a page may read beside the simple ones.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether a page may send cookies and other credentials. Not together with the origin `*`.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long a browser may keep the answer to a preflight request. 0 to 86400 seconds; browsers cap it at less.
   *
   * @default Duration.minutes(10)
   */
  readonly maxAge?: Duration;
}

/** `CorsOptions`, checked, every default filled in. */
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

/** @throws where browsers or API Gateway would not take the options */
export function defineCors(options: CorsOptions, owner: Owner): CorsDefinition {
  const where = owner.part('cors');
  const { allowOrigins } = options;
  if (allowOrigins.length === 0) {
    throw where.error(
      'allowOrigins is empty; name at least one origin, e.g. "https://app.example.com", or leave cors out',
    );
  }
  for (const origin of allowOrigins) validateOrigin(origin, where);
  if (allowOrigins.includes('*')) {
    if (allowOrigins.length > 1) throw where.error('allowOrigins has "*" beside other origins; "*" stands alone');
    if (options.allowCredentials) {
      throw where.error(
        'allowCredentials cannot go with the origin "*": browsers refuse the answer; name the origins, e.g. "https://app.example.com"',
      );
    }
  }
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

function validateOrigin(origin: string, where: Owner): void {
  if (Token.isUnresolved(origin) || origin === '*') return;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9._~\-[\]:]+$/.test(origin)) {
    const host = /^(?:[a-z]+:\/\/)?([^/\s]+)/.exec(origin)?.[1];
    throw where.error(
      `the origin ${show(origin)} must be scheme and host without path or trailing slash, as browsers send it` +
        (host && host !== 'null' ? `: "https://${host}"` : ', e.g. "https://app.example.com"'),
    );
  }
}
