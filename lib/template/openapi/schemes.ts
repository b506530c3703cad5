import { isJson, type Json, object } from './json';
import { type Losses, type Place } from './losses';
import { uriOf } from './plain';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const AUTH_TYPE = 'x-amazon-apigateway-authtype';

/** The fields of each type of security scheme. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  apiKey: ['name', 'in'],
  http: ['scheme', 'bearerFormat'],
  oauth2: ['flows'],
  openIdConnect: ['openIdConnectUrl'],
};
/** What each flow requires. */
const FLOWS: Readonly<Record<string, readonly string[]>> = {
  implicit: ['authorizationUrl'],
  password: ['tokenUrl'],
  clientCredentials: ['tokenUrl'],
  authorizationCode: ['authorizationUrl', 'tokenUrl'],
};

/** A security scheme with all that its type requires, and nothing of another type. */
export function finishedScheme(value: Json, place: Place, losses: Losses): Json | undefined {
  const scheme = typed(value, place, losses);
  if (scheme === undefined) return undefined;
  const foreign = Object.entries(FIELDS).flatMap(([type, fields]) => (type === scheme.type ? [] : fields));
  const kept = Object.entries(scheme).filter(
    ([key]) => !foreign.includes(key) || FIELDS[String(scheme.type)].includes(key),
  );
  return Object.fromEntries(kept);
}

function typed(value: Json, place: Place, losses: Losses): Json | undefined {
  switch (value.type) {
    case 'apiKey':
      return apiKey(value);
    case 'basic':
      return { ...value, type: 'http', scheme: 'basic' };
    case 'http': {
      const { bearerFormat, ...rest } = value;
      const scheme = value.scheme ?? (bearerFormat === undefined ? undefined : 'bearer');
      if (scheme === undefined) break;
      const isBearer = String(scheme).toLowerCase() === 'bearer';
      return { ...rest, scheme, ...(isBearer && bearerFormat !== undefined && { bearerFormat }) };
    }
    case 'oauth2': {
      const flows = flowsOf(object(value.flows), [...place, 'flows'], losses);
      if (Object.keys(flows).some((name) => !name.startsWith('x-'))) return { ...value, flows };
      return openId(value) ?? guarded(value, place, losses, 'has no flow, which OpenAPI 3.0 requires of "oauth2"');
    }
    case 'openIdConnect':
      if (value.openIdConnectUrl !== undefined) return value;
      return openId(value) ?? guarded(value, place, losses, 'has no "openIdConnectUrl", which OpenAPI 3.0 requires');
  }
  return guarded(value, place, losses, 'is not a security scheme of OpenAPI 3.0');
}

const apiKey = (value: Json): Json => ({
  ...value,
  type: 'apiKey',
  name: value.name ?? 'Authorization',
  in: ['query', 'header', 'cookie'].includes(String(value.in)) ? value.in : 'header',
});

/** API Gateway takes a JWT authorizer without flows; its issuer says what OpenAPI wants to know. */
function openId(value: Json): Json | undefined {
  const { issuer } = object(object(value[AUTHORIZER]).jwtConfiguration);
  if (typeof issuer !== 'string') return undefined;
  return { ...value, type: 'openIdConnect', openIdConnectUrl: configurationOf(issuer) };
}

/** Where an issuer describes itself. */
export const configurationOf = (issuer: string): string =>
  `${uriOf(issuer.replace(/\/$/, ''))}/.well-known/openid-configuration`;

/** What only API Gateway knows how to check is a key in a header to others. */
function guarded(value: Json, place: Place, losses: Losses, reason: string): Json | undefined {
  if (isJson(value[AUTHORIZER]) || value[AUTH_TYPE] !== undefined) return apiKey(value);
  losses.add(place, reason);
  return undefined;
}

function flowsOf(flows: Json, place: Place, losses: Losses): Json {
  const kept = Object.entries(flows).filter(([name, flow]) => {
    const missing = (FLOWS[name] ?? []).filter((key) => object(flow)[key] === undefined);
    if (missing.length > 0) losses.add([...place, name], `has no "${missing.join('" and no "')}"`);
    return missing.length === 0;
  });
  return Object.fromEntries(
    kept.map(([name, flow]) => {
      if (!Object.hasOwn(FLOWS, name)) return [name, flow];
      const other = ['authorizationUrl', 'tokenUrl'].filter((key) => !FLOWS[name].includes(key));
      const fields = Object.entries({ ...object(flow), scopes: object(flow).scopes ?? {} });
      return [name, Object.fromEntries(fields.filter(([key]) => !other.includes(key)))];
    }),
  );
}
