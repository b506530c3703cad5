import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { HttpAuthorizer, HttpGateway, HttpIntegration, OpenApiDefinition } from '../../../lib';
import { REPAIRS } from '../../../lib/http/openapi/repairs';
import { sourceOf } from '../../../lib/template/reader/assembly';
import { openApiOf } from '../../../lib/template/openapi/document-of';
import { readModel } from '../../../lib/template/reader/read';
import { document, JSON_BODY, OK } from '../../rest/openapi/support';
import { fn, type Json, templateOf, testApp } from '../../support/stacks';
import { bodyOf, integrationOf } from '../support';
import { errorOf, gatewayOf, made } from './support';

const pets = document(
  {
    '/pets': {
      parameters: [{ name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } }],
      get: { operationId: 'listPets', summary: 'All pets', description: 'Every one', ...OK },
      post: { operationId: 'createPet', ...JSON_BODY({ $ref: '#/components/schemas/Pet' }) },
    },
    '/pets/{id}': {
      get: { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], ...OK },
    },
    '/files/{proxy+}': { get: OK },
    '/default': { get: OK },
  },
  {
    info: { title: 'Pets', description: 'All of them', version: '3' },
    components: { schemas: { Pet: { type: ['object'], if: {}, properties: { id: { type: 'strin' } } } } },
  },
);

describe('operations', () => {
  test('become routes with names and descriptions, and nothing that HTTP APIs would ignore', () => {
    const { body } = made(pets);
    expect(body.info).toEqual({ title: 'Pets', description: 'All of them', version: '1.0' });
    expect(Object.keys(body.paths)).toEqual(['/default', '/files/{proxy+}', '/pets', '/pets/{id}']);
    expect(body.paths['/pets'].get).toMatchObject({
      operationId: 'listPets',
      summary: 'All pets',
      description: 'Every one',
      security: [{ sigv4: [] }],
    });
    expect(JSON.stringify(body)).not.toMatch(/requestBody|X-Trace|schemas/);
  });

  test('what is not checked is said once, with its places', () => {
    const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
    const given = document(
      {
        '/pets/{id}': {
          parameters: [{ $ref: '#/components/parameters/Limit' }, id],
          put: { ...JSON_BODY({ type: 'object' }) },
        },
        '/pets': { get: { parameters: [{ $ref: '#/components/parameters/Limit' }], ...OK } },
      },
      { components: { parameters: { Limit: limit } } },
    );
    expect(made(given).warnings).toEqual({
      NotValidated:
        '#/components/parameters/Limit (limit), #/paths/~1pets~1{id}/parameters/1 (id), #/paths/~1pets~1{id}/put/requestBody',
    });
    const free = document({ '/pets/{id}': { get: { parameters: [{ ...id, schema: { type: 'string' } }], ...OK } } });
    expect(made(free).warnings).toEqual({});
  });

  test('that is acknowledged like any other warning', () => {
    const shown = (acknowledged: boolean) => {
      const { api, stack } = gatewayOf(pets);
      const reason = 'the function checks them';
      if (acknowledged) Validations.of(api).acknowledge({ id: 'Annotation::OpenApi-NotValidated', reason });
      const { messages } = App.of(stack)!.synth({ force: true }).getStackArtifact(stack.artifactId);
      return messages.map(({ entry }) => String(entry.data)).filter((text) => text.includes('OpenAPI definition'));
    };
    expect(shown(true)).toEqual([]);
    expect(shown(false)).toHaveLength(1);
    expect(shown(false)[0]).toContain('HTTP APIs do not validate requests, so parameters, bodies and their');
  });

  test('take the integration that is given by operationId, or by method and path', () => {
    const { body } = made(pets, {
      integrations: {
        listPets: HttpIntegration.http('https://a.example/'),
        'GET /pets/{id}': HttpIntegration.http('https://b.example/'),
      },
    });
    expect(integrationOf(body, '/pets').uri).toBe('https://a.example/');
    expect(integrationOf(body, '/pets/{id}').uri).toBe('https://b.example/');
    expect(integrationOf(body, '/pets', 'post').uri).toBe('https://example.com/');
  });

  test('the rest of a gateway is as ever: name, stages, CORS, more routes', () => {
    const { stack, api } = gatewayOf(pets, {
      apiName: 'other',
      cors: { allowOrigins: ['https://a.example'] },
      stages: { dev: {}, prod: {} },
    });
    api.addRoute('POST /more', { integration: HttpIntegration.http('https://c.example/') });
    const body = bodyOf(stack);
    expect(body.info.title).toBe('other');
    expect(body['x-amazon-apigateway-cors'].allowOrigins).toEqual(['https://a.example']);
    expect(body.paths['/more'].post).toBeDefined();
    const { Resources } = templateOf(stack);
    expect(Object.values<Json>(Resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage')).toHaveLength(2);
  });
});

describe('what is wrong', () => {
  test('operations without an integration are named, all of them; so are names that stand for nothing', () => {
    const message = errorOf(pets, {
      defaultIntegration: undefined,
      integrations: { listPet: HttpIntegration.http('https://a.example/') },
      authorizers: { 'GET /pet': HttpAuthorizer.iam() },
    });
    expect(message).toMatch(/^HttpGateway 'Api': OpenAPI definition: 7 problems:/);
    expect(message).toContain(
      "#/paths/~1pets/post has no integration; add one: integrations: { 'createPet': HttpIntegration.… }",
    );
    expect(message).toContain("#/paths/~1pets~1{id}/get has no integration; add one: integrations: { 'GET /pets/{id}'");
    expect(message).toContain(
      'integrations has "listPet", which is not an operation of the document. Did you mean "listPets"?',
    );
    expect(message).toContain(
      'authorizers has "GET /pet", which is not an operation of the document. Did you mean "GET /pets"?',
    );
  });

  test.each<[string, Json, string]>([
    ['a method', { '/a': { trace: OK } }, '#/paths/~1a/trace is not a method of an HTTP API; allowed: get'],
    ['a path character', { '/a b': { get: OK } }, '#/paths/~1a b cannot be served by an HTTP API: "a b" has'],
    ['a partial variable', { '/a/{b}.json': { get: OK } }, 'a path variable must be the whole segment'],
    ['the default route', { '/$default': { get: OK } }, 'is "$default" alone, without a method and a path'],
    [
      'one path under two names',
      { '/a/{b}': { get: OK }, '/a/{c}': { put: OK } },
      '#/paths/~1a~1{c} cannot be served by an HTTP API: "/a/{c}" and "/a/{b}" are one path to callers, and one document has it once; use the same names: "/a/{b}"',
    ],
    ['one path twice', { '/a': { get: OK }, '/a/': { get: OK } }, 'is defined twice'],
    [
      'an extension of API Gateway',
      { '/a': { get: { ...OK, 'x-amazon-apigateway-integration': {} } } },
      '#/paths/~1a/get/x-amazon-apigateway-integration is an extension of API Gateway',
    ],
    [
      'a parameter of no variable',
      { '/a/{b}': { get: { parameters: [{ name: 'c', in: 'path', required: true }] } } },
      '#/paths/~1a~1{b}/get/parameters/0 is the path parameter "c", but "/a/{b}" has no {c}',
    ],
    [
      'a body that leads nowhere',
      { '/a': { post: { requestBody: { $ref: '#/components/requestBodies/A' }, ...OK } } },
      '#/paths/~1a/post/requestBody/$ref is "#/components/requestBodies/A", which does not exist',
    ],
  ])('%s is said with its place', (_, paths, message) => {
    expect(errorOf(document(paths))).toContain(message);
  });

  test('paths that only REST APIs refuse are served', () => {
    const paths = { '/a/{b}': { get: OK }, '/a/{c}/d': { get: OK } };
    expect(Object.keys(made(document(paths)).body.paths)).toEqual(['/a/{b}', '/a/{c}/d']);
  });

  test('what HTTP APIs do not have is refused as ever', () => {
    const props = { restApiName: 'x' } as object;
    expect(errorOf(pets, props)).toMatch(
      /^HttpGateway 'Api': restApiName: the name of an API is apiName, in all kinds/,
    );
  });
});

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
  const users = HttpAuthorizer.jwt({ issuer: 'https://id.example/', audience: ['pets'], authorizerName: 'users' });
  const iam = HttpAuthorizer.iam();
  const security = ({ body }: ReturnType<typeof made>) => body.paths['/a'].get.security;

  test('schemes are mapped by name, with their scopes; an operation goes first', () => {
    const scoped = secured({ security: [{ users: ['pets/write', 'pets/read'] }] });
    expect(security(made(scoped, { authorizers: { users } }))).toEqual([{ users: ['pets/read', 'pets/write'] }]);
    expect(security(made(secured({}, [{ users: [] }]), { authorizers: { users } }))).toEqual([{ users: [] }]);
    expect(security(made(scoped, { authorizers: { users, a: iam } }))).toEqual([{ sigv4: [] }]);
    const { warnings } = made(secured({ security: [{ partner: ['x'] }] }), { authorizers: { partner: iam } });
    expect(warnings).toEqual({ Scopes: '#/paths/~1a/get/security/0' });
  });

  test('an API key is a scheme like any other, and the error says what HTTP APIs lack', () => {
    expect(errorOf(secured({ security: [{ key: [] }] }))).toMatch(
      /#\/components\/securitySchemes\/key has no authorizer; set one: authorizers: \{ 'key': HttpAuthorizer\.… \}\. HTTP APIs have no API keys/,
    );
    expect(errorOf(secured({ security: [{ partner: [] }] }))).not.toContain('API keys');
    const mapped = made(secured({ security: [{ key: [] }] }), { authorizers: { key: users } });
    expect(security(mapped)).toEqual([{ users: [] }]);
  });

  test('an open operation gets the default authorizer, which is said; without one it is an error', () => {
    expect(made(secured({ security: [] })).warnings).toEqual({ Open: '#/paths/~1a/get/security' });
    expect(errorOf(secured({ security: [] }), { defaultAuthorizer: undefined })).toContain(
      "#/paths/~1a/get is open in the document; confirm it: authorizers: { 'GET /a': HttpAuthorizer.none(",
    );
    const open = made(secured({ security: [] }), { authorizers: { a: HttpAuthorizer.none('probe') } });
    expect([security(open), open.warnings]).toEqual([undefined, {}]);
  });
});

test('what apigw openapi --clean writes goes back in unchanged', () => {
  const build = (scope: Stack) => ({
    integrations: {
      'GET /orders': HttpIntegration.lambda(fn(scope, 'List')),
      'DELETE /orders/{id}': HttpIntegration.http('https://example.com/orders'),
      'GET /health': HttpIntegration.http('https://example.com/health'),
    },
    users: HttpAuthorizer.jwt({ issuer: 'https://id.example/', audience: ['orders'], authorizerName: 'users' }),
    http: { description: 'Orders' },
  });
  const first = new Stack(testApp(), 'Stack');
  const { integrations, users, http } = build(first);
  const open = HttpAuthorizer.none('probe');
  new HttpGateway(first, 'Api', {
    ...http,
    routes: {
      'GET /orders': {
        integration: integrations['GET /orders'],
        authorizer: users,
        scopes: ['orders/read'],
        operationName: 'list',
        summary: 'All orders',
      },
      'DELETE /orders/{id}': { integration: integrations['DELETE /orders/{id}'], authorizer: HttpAuthorizer.iam() },
      'GET /health': { integration: integrations['GET /health'], authorizer: open },
    },
  });
  const sources = [sourceOf('Stack.template.json', templateOf(first), 0)];
  const clean = openApiOf(sources, readModel(sources).httpApis[0], { clean: true });

  const second = new Stack(testApp(), 'Stack');
  const again = build(second);
  const api = HttpGateway.fromOpenApi(second, 'Api', {
    ...again.http,
    definition: OpenApiDefinition.fromObject(clean),
    integrations: again.integrations,
    authorizers: { users: again.users, sigv4: HttpAuthorizer.iam(), 'GET /health': open },
  });
  expect(bodyOf(second)).toEqual(bodyOf(first));
  expect(api.node.metadata.filter(({ data }) => String(data).includes('OpenApi-'))).toEqual([]);
});

test('every repair is listed in docs/openapi.md, and no other', () => {
  const docs = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'openapi.md'), 'utf8');
  const [, section] = /## An HTTP API from an OpenAPI document\n([^]*?)\n## /.exec(docs) ?? [];
  const listed = [...section.matchAll(/^- `OpenApi-(\w+)`/gm)].map(([, kind]) => kind);
  expect(listed).toEqual(Object.keys(REPAIRS));
});
