import { dnsSuffixOf, regionOfUserPool, userPoolIssuer } from '../../facts/partitions';
import { type Json, list, object } from './json';
import { configurationOf } from './schemes';

/** What a caller has to send, in place of what API Gateway calls an API key in a header. */
export function publicScheme(scheme: Json, scopes: boolean): Json {
  const kind = String(scheme['x-amazon-apigateway-authtype'] ?? '').toLowerCase();
  const authorizer = object(scheme['x-amazon-apigateway-authorizer']);
  if (kind === 'awssigv4')
    return { type: 'apiKey', name: scheme.name, in: scheme.in, description: 'AWS Signature Version 4' };
  if (String(authorizer.type).toLowerCase() === 'jwt') {
    const issuer = String(object(authorizer.jwtConfiguration).issuer).replace(/\/$/, '');
    return scopes && /^https:\/\/[^<>]+$/.test(issuer)
      ? { type: 'openIdConnect', openIdConnectUrl: configurationOf(issuer) }
      : { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: `A token of ${issuer}` };
  }
  if (kind === 'cognito_user_pools' || String(authorizer.type).toLowerCase() === 'cognito_user_pools') {
    const pools = list(authorizer.providerARNs).map(String);
    const description = `A token of the Amazon Cognito user pool ${pools.join(' or ') || '<unknown>'}`;
    // Only these two kinds may name scopes.
    return scopes
      ? { type: 'openIdConnect', openIdConnectUrl: configurationOf(issuerOf(pools[0])), description }
      : { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description };
  }
  const [source] = String(authorizer.identitySource ?? '').split(',');
  const query = /^(?:method\.|\$)request\.querystring\.(.+)$/.exec(source.trim())?.[1];
  return query === undefined || scheme.type !== 'apiKey' ? scheme : { ...scheme, name: query, in: 'query' };
}

function issuerOf(pool = ''): string {
  const id = /^arn:.*:userpool\/([\w-]+)$/.exec(pool)?.[1] ?? 'USER_POOL_ID';
  const region = regionOfUserPool(id) ?? /:cognito-idp:([a-z0-9-]+):/.exec(pool)?.[1] ?? 'REGION';
  return userPoolIssuer(region, dnsSuffixOf(region), id);
}
