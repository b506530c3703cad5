import { dnsSuffixOf, regionOfUserPool, userPoolIssuer } from '../../facts/partitions';
import { isJson, type Json, object, orNothing } from './json';
import { openApiSchema } from './schema';
import { at } from '../../lookup/named';

const ANY = 'x-amazon-apigateway-any-method';
const INTEGRATION = 'x-amazon-apigateway-integration';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
/** Maps whose keys are names, of which any is legal. */
const NAMES = ['properties', 'headers'];

/** The document as a caller is to know it: plain OpenAPI 3.0. */
export function cleaned(document: Json): Json {
  const paths = Object.entries(object(document.paths))
    // The default route is not a path that a client would write.
    .filter(([path]) => !path.endsWith('$default'))
    .map(([path, item]) => [path, operationsOf(path, object(item))]);
  const components = object(document.components);
  const schemes = Object.entries(object(components.securitySchemes)).map(([name, scheme]) => [
    name,
    publicScheme(object(scheme), hasScopes(document, name)),
  ]);
  const plainDocument = withoutExtensions({
    ...document,
    paths: Object.fromEntries(paths) as Json,
    components: orNothing({
      ...components,
      ...(schemes.length > 0 ? { securitySchemes: Object.fromEntries(schemes) as Json } : {}),
    }),
  });
  return object(withPlainSchemas(plainDocument));
}

/** Without the preflight, and with every method that ANY stands for. */
function operationsOf(path: string, item: Json): Json {
  const { [ANY]: anyMethod, ...rest } = item;
  const kept: Json = { ...rest };
  const others =
    anyMethod !== undefined || METHODS.some((method) => method !== 'options' && rest[method] !== undefined);
  if (others && isPreflight(object(rest.options))) delete kept.options;
  if (isJson(anyMethod)) {
    for (const method of METHODS.filter((one) => one !== 'options' && kept[one] === undefined)) {
      const id = anyMethod.operationId;
      kept[method] =
        typeof id === 'string'
          ? { ...anyMethod, operationId: `${id}${method[0].toUpperCase()}${method.slice(1)}` }
          : anyMethod;
    }
  }
  for (const method of METHODS) {
    if (isJson(kept[method])) kept[method] = withPathParameters(path, kept[method], object(kept).parameters);
  }
  return kept;
}

/** An answer to browsers that API Gateway makes itself: no caller writes such a request. */
function isPreflight(operation: Json): boolean {
  const integration = object(operation[INTEGRATION]);
  const headers = Object.values(object(integration.responses)).flatMap((response) =>
    Object.keys(object(object(response).responseParameters)),
  );
  return (
    String(integration.type).toLowerCase() === 'mock' &&
    headers.some((name) => /\.access-control-allow-(methods|origin)$/i.test(name))
  );
}

function withPathParameters(path: string, operation: Json, shared: unknown): Json {
  const declared = [...list(shared), ...list(operation.parameters)].map(object);
  const missing = [...path.matchAll(/\{([^{}+]+)\+?\}/g)]
    .map(([, name]) => name)
    .filter(
      (name) => !declared.some((one) => typeof one.$ref === 'string' || (one.in === 'path' && one.name === name)),
    );
  if (missing.length === 0) return operation;
  const added = missing.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  return { ...operation, parameters: [...added, ...list(operation.parameters)] };
}

/** What a caller has to send, in place of what API Gateway calls an API key in a header. */
function publicScheme(scheme: Json, scopes: boolean): Json {
  const kind = String(scheme['x-amazon-apigateway-authtype'] ?? '').toLowerCase();
  const authorizer = object(scheme['x-amazon-apigateway-authorizer']);
  if (kind === 'awssigv4')
    return { type: scheme.type, name: scheme.name, in: scheme.in, description: 'AWS Signature Version 4' };
  if (String(authorizer.type).toLowerCase() === 'jwt') {
    const issuer = String(object(authorizer.jwtConfiguration).issuer).replace(/\/$/, '');
    return scopes && /^https:\/\/[^<>]+$/.test(issuer)
      ? { type: 'openIdConnect', openIdConnectUrl: `${issuer}/.well-known/openid-configuration` }
      : { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: `A token of ${issuer}` };
  }
  if (kind === 'cognito_user_pools' || String(authorizer.type).toLowerCase() === 'cognito_user_pools') {
    const pools = list(authorizer.providerARNs).map(String);
    const description = `A token of the Amazon Cognito user pool ${pools.join(' or ') || '<unknown>'}`;
    // Only these two kinds may name scopes.
    return scopes
      ? { type: 'openIdConnect', openIdConnectUrl: issuer(pools[0]), description }
      : { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description };
  }
  const [source] = String(authorizer.identitySource ?? '').split(',');
  const query = /^method\.request\.querystring\.(.+)$/.exec(source.trim())?.[1];
  return query === undefined ? scheme : { ...scheme, name: query, in: 'query' };
}

function issuer(pool = ''): string {
  const id = /^arn:.*:userpool\/([\w-]+)$/.exec(pool)?.[1] ?? 'USER_POOL_ID';
  const region = regionOfUserPool(id) ?? /:cognito-idp:([a-z0-9-]+):/.exec(pool)?.[1] ?? 'REGION';
  return `${userPoolIssuer(region, dnsSuffixOf(region), id)}/.well-known/openid-configuration`;
}

function hasScopes(document: Json, scheme: string): boolean {
  const operations = Object.values(object(document.paths)).flatMap((item) => Object.values(object(item)));
  return operations.some((operation) =>
    list(object(operation).security).some((one) => list(at(object(one), scheme)).length > 0),
  );
}

function withoutExtensions(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutExtensions(item));
  if (!isJson(value)) return value;
  const kept = Object.entries(value).filter(([key]) => isNames || !key.startsWith('x-amazon-'));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutExtensions(item, NAMES.includes(key) && !isNames)]));
}

/** Schemas stand in `components.schemas`, and in `schema` of parameters, headers and bodies. */
function withPlainSchemas(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withPlainSchemas(item));
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === 'schema' && !isNames) return [key, openApiSchema(item)];
      if (key === 'schemas' && !isNames)
        return [key, Object.fromEntries(Object.entries(object(item)).map(([name, one]) => [name, openApiSchema(one)]))];
      if (key.startsWith('example')) return [key, item];
      return [
        key,
        withPlainSchemas(item, ['properties', 'headers', 'responses', 'parameters'].includes(key) && !isNames),
      ];
    }),
  );
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
