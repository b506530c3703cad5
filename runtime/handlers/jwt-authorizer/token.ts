import { type TokenSource } from './config';
import { type AuthorizerRequest } from './policy';
import { bearerToken, plainToken, TokenRejectedError } from './verify';

const SUBPROTOCOLS = 'sec-websocket-protocol';

/**
 * The token of a request. Of several sources the first one that has something decides, right or wrong: a good token
 * elsewhere does not heal a bad one.
 * @throws TokenRejectedError if there is none, or more than one in the same place
 */
export function tokenOf(request: AuthorizerRequest, from: string | readonly TokenSource[]): string {
  if (typeof from === 'string') return bearerToken(headerOf(request, from));
  for (const source of from) {
    const token = READERS[source.in](request, source.name);
    if (token !== undefined) return token;
  }
  const places = from.map((source) => `${source.in} ${source.name}`).join(', ');
  throw new TokenRejectedError({ reason: `there is no token in ${places}` });
}

const READERS: Readonly<Record<TokenSource['in'], (request: AuthorizerRequest, name: string) => string | undefined>> = {
  header: (request, name) => {
    const value = headerOf(request, name);
    return isBlank(value) ? undefined : bearerToken(value);
  },
  query: (request, name) => {
    const all = request.multiValueQueryStringParameters?.[name] ?? [];
    if (all.length > 1) throw new TokenRejectedError({ reason: 'the query parameter with the token appears twice' });
    const value = all[0] ?? request.queryStringParameters?.[name];
    return isBlank(value) ? undefined : plainToken(value, 'the query parameter');
  },
  subprotocol: (request, name) => {
    const offered = subprotocolsOf(request);
    const at = offered.indexOf(name);
    if (at < 0 || offered[at + 1] === undefined) return undefined;
    if (offered.lastIndexOf(name) !== at)
      throw new TokenRejectedError({ reason: `the subprotocol ${name} appears twice` });
    return plainToken(offered[at + 1], `what follows the subprotocol ${name}`);
  },
};

const isBlank = (value: unknown): value is undefined => typeof value !== 'string' || value.trim() === '';

function headerOf(request: AuthorizerRequest, name: string): string | undefined {
  const [all, one] = valuesOf(request, name);
  // Which of them the decision would be kept for is not documented.
  if (all.length > 1) throw new TokenRejectedError({ reason: 'the header with the token appears twice' });
  return typeof one === 'string' ? one : undefined;
}

/** The one header that may be there several times, which says the same as one with commas (RFC 6455, 11.3.4). */
function subprotocolsOf(request: AuthorizerRequest): string[] {
  const [all, one] = valuesOf(request, SUBPROTOCOLS);
  const text = all.length > 0 ? all.join(',') : typeof one === 'string' ? one : '';
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** All values of a header, and the one that is API Gateway's choice. */
function valuesOf(request: AuthorizerRequest, name: string): [readonly string[], unknown] {
  const [all, one] = [request.multiValueHeaders, request.headers].map((headers) =>
    Object.entries(headers ?? {}).filter(([header]) => header.toLowerCase() === name),
  );
  return [all.flatMap(([, values]) => (values as readonly string[] | undefined) ?? []), one[0]?.[1]];
}
