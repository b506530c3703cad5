import { Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  JwtIssuer,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { templateOf } from '../support/stacks';

const TENANT = 'AAAAAAAA-2222-3333-4444-555555555555';
const audience = ['orders'];

/** Provider → issuers, and what they are; and arguments of which there is no issuer. */
const PROVIDERS: Record<string, { issuers: [() => string, string][]; wrong: [() => string, string][] }> = {
  auth0: {
    issuers: [
      [() => JwtIssuer.auth0('example.eu.auth0.com'), 'https://example.eu.auth0.com/'],
      [() => JwtIssuer.auth0('Login.Example.com'), 'https://login.example.com/'],
    ],
    wrong: [[() => JwtIssuer.auth0('https://x.auth0.com/'), 'domain "https://x.auth0.com/" must be a host name']],
  },
  okta: {
    issuers: [
      [() => JwtIssuer.okta('example.okta.com'), 'https://example.okta.com/oauth2/default'],
      [() => JwtIssuer.okta('example.okta.com', 'aus1'), 'https://example.okta.com/oauth2/aus1'],
    ],
    wrong: [
      [() => JwtIssuer.okta('x-admin.okta.com'), 'domain "x-admin.okta.com" belongs to the admin console'],
      [() => JwtIssuer.okta('x.okta.com', 'oauth2/default'), 'authorizationServer "oauth2/default" must be the id'],
    ],
  },
  entraId: {
    issuers: [[() => JwtIssuer.entraId(TENANT), `https://login.microsoftonline.com/${TENANT.toLowerCase()}/v2.0`]],
    wrong: [[() => JwtIssuer.entraId('common'), 'tenantId "common" stands for many tenants']],
  },
};

test('every provider is here', () => {
  const own = Object.getOwnPropertyNames(JwtIssuer).filter((name) => !(name in Function));
  expect(Object.keys(PROVIDERS).sort()).toEqual(own.sort());
});

describe.each(Object.entries(PROVIDERS))('JwtIssuer.%s', (name, { issuers, wrong }) => {
  test.each(issuers)('%s is the issuer', (make, issuer) => {
    expect(make()).toBe(issuer);
  });

  test.each(wrong)('%s is none', (make, message) => {
    expect(make).toThrow(`JwtIssuer.${name}: ${message}`);
  });

  test('is an issuer in all kinds of APIs', () => {
    const [[make, issuer]] = issuers;
    const stack = new Stack();
    const tokens = { issuer: make(), audience };
    const rest = RestAuthorizer.jwt(tokens);
    const http = HttpAuthorizer.jwt(tokens);
    const websocket = WebSocketAuthorizer.jwt(tokens);
    new RestGateway(stack, 'Rest', { routes: { 'GET /': { integration: RestIntegration.mock(), authorizer: rest } } });
    const site = HttpIntegration.http('https://example.com/');
    new HttpGateway(stack, 'Http', { routes: { 'GET /': { integration: site, authorizer: http } } });
    const chat = WebSocketIntegration.mock();
    new WebSocketGateway(stack, 'Chat', { routes: { $connect: { integration: chat, authorizer: websocket } } });
    // In the document of the HTTP API, and in the environments of two functions.
    expect(JSON.stringify(templateOf(stack)).split(`"${issuer}"`)).toHaveLength(4);
  });
});
