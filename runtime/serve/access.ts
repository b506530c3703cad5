import { issuerOf } from '../../lib/serve/rest/authorize';
import { type JsonObject } from '../../lib/serve/json';
import { apiKeysOf } from '../../lib/serve/usage';
import { type ApiModel, type AnyApi } from '../../lib/template/model/model';
import { type ResourceRef } from '../../lib/template/model/place';
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

export function accessOf(model: ApiModel, ref: ResourceRef, text: (text: Text) => string): Access {
  const api = apiAt(model, ref);
  if (!api) return {};
  const tokens = tokensOf(api, text);
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

export const apiAt = (model: ApiModel, { logicalId, template }: ResourceRef): AnyApi | undefined =>
  [...model.restApis, ...model.httpApis, ...model.webSocketApis].find(
    ({ location }) => location.logicalId === logicalId && location.template === template,
  );

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
