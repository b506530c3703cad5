import { Duration, Lazy } from 'aws-cdk-lib';
import { RestAuthorizer, type RestAuth0AuthorizerOptions } from '../../lib';
import { gateway } from '../support/stacks';
import { jwt, routes } from './jwt-support';

describe('wrong input throws', () => {
  const issuer = (text: string) => () => jwt({ issuer: text });
  const auth0 =
    (domain: string, more: Partial<RestAuth0AuthorizerOptions> = {}) =>
    () =>
      RestAuthorizer.auth0({ domain, audience: ['a'], ...more });
  const okta = (domain: string, authorizationServer?: string) => () =>
    RestAuthorizer.okta({ domain, authorizationServer, audience: ['a'] });
  const entraId = (tenantId: string) => () => RestAuthorizer.entraId({ tenantId, audience: ['a'] });
  const ALL = 'RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA';

  test.each<[string, () => unknown, string]>([
    [
      'no TLS',
      issuer('http://login.example.com/'),
      'RestAuthorizer.jwt: issuer "http://login.example.com/" must begin with https://, or an attacker in the network could return other keys',
    ],
    [
      'no URL',
      issuer('login.example.com'),
      'RestAuthorizer.jwt: issuer "login.example.com" is not a URL; write the `iss` of its tokens exactly, e.g. "https://login.example.com/"',
    ],
    [
      'the document',
      issuer('https://a.example.com/t/.well-known/openid-configuration'),
      'RestAuthorizer.jwt: issuer "https://a.example.com/t/.well-known/openid-configuration" is the URL of a document; write the issuer itself, the `iss` of its tokens: "https://a.example.com/t" or "https://a.example.com/t/"',
    ],
    [
      'a query',
      issuer('https://a.example.com/?p=1'),
      'RestAuthorizer.jwt: issuer "https://a.example.com/?p=1" must have no query string and no fragment: "https://a.example.com/"',
    ],
    [
      'a fragment',
      issuer('https://a.example.com/#'),
      'RestAuthorizer.jwt: issuer "https://a.example.com/#" must have no query string and no fragment: "https://a.example.com/"',
    ],
    [
      'a user',
      issuer('https://me:pass@a.example.com/'),
      'RestAuthorizer.jwt: issuer "https://me:pass@a.example.com/" must have no user and no password',
    ],
    [
      'white space',
      issuer('https://a.example.com/ '),
      'RestAuthorizer.jwt: issuer "https://a.example.com/ " must have no white space',
    ],
    [
      'no audience',
      () => jwt({ audience: [] }),
      'RestAuthorizer.jwt: audience is empty, so tokens issued for other APIs would be accepted; set the `aud` of the tokens for this API',
    ],
    [
      'an empty audience',
      () => jwt({ audience: ['a', ' '] }),
      'RestAuthorizer.jwt: audience has an empty string; set the `aud` of the tokens for this API',
    ],
    [
      'a shared key',
      () => jwt({ algorithms: ['HS256'] }),
      `RestAuthorizer.jwt: algorithms: "HS256" allows anyone who can verify a token to create one. Allowed: ${ALL}.`,
    ],
    [
      'no key',
      () => jwt({ algorithms: ['none'] }),
      `RestAuthorizer.jwt: algorithms: "none" allows anyone who can verify a token to create one. Allowed: ${ALL}.`,
    ],
    [
      'a near miss',
      () => jwt({ algorithms: ['rs256'] }),
      'RestAuthorizer.jwt: algorithms: "rs256" is not an allowed algorithm. Did you mean "RS256"?',
    ],
    [
      'no algorithm',
      () => jwt({ algorithms: [] }),
      `RestAuthorizer.jwt: algorithms is empty, so no token would be accepted; leave it out, or use some of ${ALL}`,
    ],
    [
      'two scopes in one',
      () => jwt({ scopes: ['a b'] }),
      'RestAuthorizer.jwt: scopes: "a b" has white space, which a scope cannot contain; write separate scopes: "a", "b"',
    ],
    [
      'an empty scope',
      () => jwt({ scopes: [''] }),
      'RestAuthorizer.jwt: scopes: "" is not a scope; write only its name, e.g. "orders:read"',
    ],
    [
      'a claim that is checked',
      () => jwt({ requiredClaims: { aud: 'x' } }),
      'RestAuthorizer.jwt: requiredClaims: "aud" is always checked; set audience',
    ],
    [
      'a claim without a name',
      () => jwt({ requiredClaims: { '': 'x' } }),
      'RestAuthorizer.jwt: requiredClaims has a claim without a name',
    ],
    [
      'much tolerance',
      () => jwt({ clockTolerance: Duration.minutes(6) }),
      'RestAuthorizer.jwt: clockTolerance must be 0 to 300 seconds, got: 360; tokens are accepted that long after they expire',
    ],
    [
      'a long cache',
      () => jwt({ resultsCacheTtl: Duration.hours(2) }),
      'RestAuthorizer.jwt: resultsCacheTtl must be 0 to 3600 seconds, got: 7200',
    ],
    [
      'a token in the query',
      () => jwt({ identitySource: 'method.request.querystring.token' }),
      'RestAuthorizer.jwt: identitySource "method.request.querystring.token" must be one header: "method.request.header.Authorization"',
    ],
    [
      'a header of the deployment',
      () => jwt({ identitySource: Lazy.string({ produce: () => 'x' }) }),
      'RestAuthorizer.jwt: identitySource must be known before the deployment: "method.request.header.Authorization"',
    ],
    [
      'a URL for a domain',
      auth0('https://example.auth0.com/'),
      'RestAuthorizer.auth0: domain "https://example.auth0.com/" must be a host name, without https:// and without a path: "example.auth0.com"',
    ],
    [
      'no domain',
      auth0(''),
      'RestAuthorizer.auth0: domain "" must be a host name, without https:// and without a path, e.g. "example.eu.auth0.com"',
    ],
    [
      'no audience of a preset',
      auth0('example.auth0.com', { audience: [] }),
      'RestAuthorizer.auth0: audience is empty, so tokens issued for other APIs would be accepted; set the `aud` of the tokens for this API',
    ],
    [
      'the admin console',
      okta('example-admin.okta.com'),
      'RestAuthorizer.okta: domain "example-admin.okta.com" belongs to the admin console; write "example.okta.com"',
    ],
    [
      'a path for a server',
      okta('example.okta.com', 'oauth2/default'),
      'RestAuthorizer.okta: authorizationServer "oauth2/default" must be the id of a custom authorization server, e.g. "default" or "aus1a2b3c4d5e6f7g8h9"',
    ],
    [
      'many tenants',
      entraId('common'),
      'RestAuthorizer.entraId: tenantId "common" stands for many tenants, but a token names its own; write the directory (tenant) id, e.g. "11111111-2222-3333-4444-555555555555"',
    ],
    [
      'a name for a tenant',
      entraId('example.onmicrosoft.com'),
      'RestAuthorizer.entraId: tenantId "example.onmicrosoft.com" is not the id of a tenant; write the directory (tenant) id, e.g. "11111111-2222-3333-4444-555555555555"',
    ],
    [
      'two of one name',
      () =>
        gateway({
          routes: routes({ 'GET /a': { authorizer: jwt() }, 'GET /b': { authorizer: jwt({ audience: ['b'] }) } }),
        }),
      `RestGateway 'Api': two different authorizers are both named "jwt-login.example.com"; give one of them another authorizerName`,
    ],
    [
      'two of one name, kept differently',
      () =>
        gateway({
          routes: routes({
            'GET /a': { authorizer: jwt() },
            'GET /b': { authorizer: jwt({ resultsCacheTtl: Duration.seconds(0) }) },
          }),
        }),
      `RestGateway 'Api': two different authorizers are both named "jwt-login.example.com"; give one of them another authorizerName`,
    ],
    [
      'two scopes in one on a route',
      () => gateway({ routes: routes({ 'GET /a': { authorizer: jwt(), scopes: ['a b'] } }) }),
      `RestGateway 'Api': route "GET /a": scopes: "a b" has white space, which a scope cannot contain; write separate scopes: "a", "b"`,
    ],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(new Error(message));
  });

  test('a scope of the deployment on a route', () => {
    const act = () =>
      gateway({
        routes: routes({ 'GET /a': { authorizer: jwt(), scopes: [Lazy.string({ produce: () => 'late' })] } }),
      });
    expect(act).toThrow('is known only at deployment, but the scopes of a route must be known before; write them out');
  });
});
