import { issuerOf } from '../../lib/serve/rest/authorize';
import { type LocalFunction } from '../../lib/serve/functions';
import { type JsonObject, parsedJson } from '../../lib/serve/json';
import { localNames } from '../../lib/serve/local-names';
import { apiKeysOf } from '../../lib/serve/api-keys';
import { type ApiModel, type AnyApi } from '../../lib/template/model/model';
import { type ResourceRef, sameResource } from '../../lib/template/model/place';
import { type Text } from '../../lib/template/model/text';
import { knownOr } from '../../lib/template/model/value';

/** What clients of an API need. */
export interface Access {
  /** Undefined if no route takes tokens of an issuer that the local one can stand for. */
  readonly tokens?: Tokens;
  /** Values of API keys; undefined if no route requires one. */
  readonly keys?: readonly string[];
}

export interface Tokens {
  readonly issuer: string;
  readonly audience?: string;
  /** All that the routes name. */
  readonly scopes: readonly string[];
}

export function accessOf(
  model: ApiModel,
  ref: ResourceRef,
  text: (text: Text) => string,
  functions: readonly LocalFunction[],
): Access {
  const api = apiAt(model, ref);
  if (!api) return {};
  const tokens = tokensOf(api, text) ?? tokensOfFunctions(api, functions, localNames(model));
  const needsKey = routesOf(api).some(({ apiKeyRequired }) => apiKeyRequired === true);
  return {
    ...(tokens ? { tokens } : {}),
    ...(needsKey ? { keys: apiKeysOf(model, ref).map(({ value }) => value) } : {}),
  };
}

/** The claims by which an API takes a token. */
export const claimsOf = ({ issuer, audience }: Tokens): JsonObject => ({
  iss: issuer,
  ...(audience === undefined ? {} : { aud: audience }),
});

export const apiAt = (model: ApiModel, ref: ResourceRef): AnyApi | undefined =>
  [...model.restApis, ...model.httpApis, ...model.webSocketApis].find(({ location }) => sameResource(location, ref));

const routesOf = (api: AnyApi) => (api.kind === 'rest' ? api.methods : api.routes);

function tokensOf(api: AnyApi, text: (text: Text) => string): Tokens | undefined {
  const scopes = [...new Set(routesOf(api).flatMap((route) => knownOr(route.scopes, [])))];
  if (api.kind === 'rest') {
    const [pool] = api.authorizers.flatMap(({ providerArns }) => providerArns);
    return pool === undefined ? undefined : { issuer: issuerOf(text(pool)), scopes };
  }
  const [jwt] = api.authorizers.flatMap((each) => (each.jwt?.issuer === undefined ? [] : [each.jwt]));
  if (jwt?.issuer === undefined) return undefined;
  const [audience] = knownOr(jwt.audience, []);
  return { issuer: text(jwt.issuer), ...(audience === undefined ? {} : { audience: text(audience) }), scopes };
}

/** The JWT authorizers of this library are functions that know the issuer. */
function tokensOfFunctions(
  { authorizers }: AnyApi,
  functions: readonly LocalFunction[],
  nameOf: (ref: ResourceRef) => string,
): Tokens | undefined {
  const ids = [...authorizers].flatMap(({ lambda }) => (lambda?.function ? [nameOf(lambda.function)] : []));
  const { ISSUER = '', AUDIENCE = '' } = functions.find(({ id }) => ids.includes(id))?.environment ?? {};
  if (!ISSUER.startsWith('https://')) return undefined;
  const audiences = parsedJson(AUDIENCE);
  const [audience] = Array.isArray(audiences) ? audiences : [];
  return { issuer: ISSUER, ...(typeof audience === 'string' ? { audience } : {}), scopes: [] };
}
