import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import {
  JsonSchema,
  OpenApiDefinition,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  type RestOpenApiProps,
  type RestRouteOptions,
  WebAcl,
} from '../../../lib';
import { sourceOf } from '../../../lib/template/reader/assembly';
import { openApiOf } from '../../../lib/template/openapi/document-of';
import { readModel } from '../../../lib/template/reader/read';
import { bodyOf, fn, type Json, templateOf, testApp } from '../../support/stacks';
import { document, errorOf, made, OK } from './support';

describe('security', () => {
  const securitySchemes = {
    users: { type: 'oauth2', flows: {} },
    partner: { type: 'http', scheme: 'basic' },
    key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  };
  const secured = (operation: Json, root?: Json) =>
    document(
      { '/a': { get: { operationId: 'a', ...OK, ...operation } } },
      { components: { securitySchemes }, ...(root ? { security: root } : {}) },
    );
  const [iam, open] = [RestAuthorizer.iam(), RestAuthorizer.none('test')];
  const cognito = (stack: Stack) =>
    RestAuthorizer.cognito({ userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_a')] });
  const security = (given: Json, props: Partial<RestOpenApiProps>) =>
    made(given, { defaultAuthorizer: open, ...props }).body.paths['/a'].get.security;

  test('schemes are mapped by name, with their scopes; the root counts where the operation says nothing', () => {
    const users = cognito(new Stack(testApp(), 'Other'));
    expect(security(secured({ security: [{ users: ['pets/read'] }] }), { authorizers: { users } })).toEqual([
      { 'cognito-Users': ['pets/read'] },
    ]);
    expect(security(secured({}, [{ partner: [] }]), { authorizers: { partner: iam } })).toEqual([{ sigv4: [] }]);
    expect(
      security(secured({ security: [{ partner: [] }] }, [{ users: [] }]), { authorizers: { partner: iam, users } }),
    ).toEqual([{ sigv4: [] }]);
  });

  test('what is given for the operation goes first', () => {
    expect(security(secured({ security: [{ users: [] }] }), { authorizers: { a: iam } })).toEqual([{ sigv4: [] }]);
    expect(security(secured({ security: [{ users: [] }] }), { authorizers: { 'GET /a': iam } })).toEqual([
      { sigv4: [] },
    ]);
  });

  test('x-api-key is the API key of API Gateway', () => {
    expect(security(secured({ security: [{ key: [] }] }), { defaultAuthorizer: iam })).toEqual([
      { sigv4: [], api_key: [] },
    ]);
    expect(security(secured({ security: [{ key: [], partner: [] }] }), { authorizers: { partner: iam } })).toEqual([
      { sigv4: [], api_key: [] },
    ]);
    expect(security(secured({ security: [{ key: [] }] }), { authorizers: { key: iam } })).toEqual([{ sigv4: [] }]);
  });

  test('schemes without an authorizer, and ones that there are not, are named', () => {
    const message = errorOf(secured({ security: [{ users: [], partner: [] }, { usrs: [] }] }));
    expect(message).toContain(
      "#/components/securitySchemes/users has no authorizer; set one: authorizers: { 'users': RestAuthorizer.… }",
    );
    expect(message).toContain('#/components/securitySchemes/partner has no authorizer');
    expect(message).toContain(
      '#/paths/~1a/get/security/1/usrs is not a scheme of #/components/securitySchemes. Did you mean "users"?',
    );
  });

  test('two authorizers together, or one of two, cannot be had', () => {
    const authorizers = { users: cognito(new Stack(testApp(), 'Other')), partner: iam };
    expect(errorOf(secured({ security: [{ users: [], partner: [] }] }), { authorizers })).toContain(
      '#/paths/~1a/get/security/0 requires "users" and "partner" together, but a route has one authorizer',
    );
    expect(errorOf(secured({ security: [{ users: [] }, { partner: [] }] }), { authorizers })).toContain(
      '#/paths/~1a/get/security allows several alternatives, with different authorizers',
    );
    expect(
      security(secured({ security: [{ users: [] }, { partner: [] }] }), { authorizers: { users: iam, partner: iam } }),
    ).toEqual([{ sigv4: [] }]);
  });

  test('of alternatives the one with an authorizer counts, and that is said', () => {
    const { body, warnings } = made(secured({ security: [{}, { users: ['a'] }, { partner: [] }] }), {
      authorizers: { partner: iam },
    });
    expect(body.paths['/a'].get.security).toEqual([{ sigv4: [] }]);
    expect(warnings).toEqual({ SecurityAlternatives: '#/paths/~1a/get/security' });
  });

  test('an open operation gets the default authorizer, which is said; without one it is an error', () => {
    const { body, warnings } = made(secured({ security: [] }, [{ users: [] }]));
    expect(body.paths['/a'].get.security).toEqual([{ sigv4: [] }]);
    expect(warnings).toEqual({ Open: '#/paths/~1a/get/security' });
    expect(errorOf(secured({ security: [] }), { defaultAuthorizer: undefined })).toContain(
      "#/paths/~1a/get is open in the document; confirm it: authorizers: { 'GET /a': RestAuthorizer.none(",
    );
    expect(security(secured({ security: [] }), { defaultAuthorizer: iam, authorizers: { a: open } })).toBeUndefined();
  });

  test('scopes that nobody checks are said', () => {
    expect(made(secured({ security: [{ partner: ['x'] }] }), { authorizers: { partner: iam } }).warnings).toEqual({
      Scopes: '#/paths/~1a/get/security/0',
    });
  });
});

test('what apigw openapi --clean writes goes back in unchanged', () => {
  const build = (scope: Stack) => {
    const integrations = {
      'GET /orders': RestIntegration.lambda(fn(scope, 'List')),
      'POST /orders': RestIntegration.lambda(fn(scope, 'Create')),
      'GET /health': RestIntegration.mock(),
      'DELETE /orders/{id}': RestIntegration.mock({ statusCode: 204 }),
    };
    const users = RestAuthorizer.cognito({ userPools: [new UserPool(scope, 'Users')] });
    return {
      integrations,
      users,
      rest: {
        cors: { allowOrigins: ['https://a.example'] },
        usagePlansElsewhere: 'test',
        webAcl: WebAcl.none('test'),
        description: 'Orders',
      },
    };
  };
  const line = { type: 'object', properties: { sub: { $ref: '#/definitions/line' }, sku: { type: 'string' } } };
  const order = JsonSchema.fromObject({
    type: 'object',
    required: ['lines'],
    properties: { lines: { type: 'array', items: { $ref: '#/definitions/line' } } },
    definitions: { line },
  });
  const first = new Stack(testApp(), 'Stack');
  const { integrations, users, rest } = build(first);
  const routes: Record<string, Omit<RestRouteOptions, 'integration'>> = {
    'GET /orders': {
      authorizer: users,
      scopes: ['orders/read'],
      operationName: 'list',
      summary: 'All orders',
      request: { query: { limit: false, q: true }, headers: { 'X-Trace': true } },
    },
    'POST /orders': { authorizer: users, request: { body: order }, apiKeyRequired: true },
    'GET /health': { authorizer: RestAuthorizer.none('probe') },
    'DELETE /orders/{id}': { authorizer: RestAuthorizer.iam() },
  };
  new RestGateway(first, 'Api', {
    ...rest,
    routes: Object.fromEntries(
      Object.entries(routes).map(([key, one]) => [
        key,
        { ...one, integration: integrations[key as keyof typeof integrations] },
      ]),
    ),
  });
  const template = templateOf(first);
  const sources = [sourceOf('Stack.template.json', template, 0)];
  const clean = openApiOf(sources, readModel(sources).restApis[0], { clean: true });

  const second = new Stack(testApp(), 'Stack');
  const again = build(second);
  RestGateway.fromOpenApi(second, 'Api', {
    ...again.rest,
    definition: OpenApiDefinition.fromObject(clean),
    integrations: again.integrations,
    authorizers: {
      'cognito-Users': again.users,
      sigv4: RestAuthorizer.iam(),
      'GET /health': RestAuthorizer.none('probe'),
    },
  });
  expect(bodyOf(second)).toEqual(bodyOf(first));
});
