import { openApiProblems } from '../../support/openapi-oracle';
import { type Json } from '../../support/stacks';
import { exportOf, type Kind } from './support';

const INTEGRATION = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.com' };
const OK = { responses: { '200': { description: 'ok' } } };
const ANY = 'x-amazon-apigateway-any-method';
const document = (paths: Json, more: Json = {}): Json => ({
  openapi: '3.0.1',
  info: { title: 'Orders', version: '1.0' },
  paths,
  ...more,
});

/** The full document, checked by the validators, and the places of what it does not have. */
async function made(body: Json, kind: Kind = 'rest') {
  const { full, clean } = exportOf(body, kind);
  expect(await openApiProblems(full.document)).toEqual([]);
  expect(await openApiProblems(clean.document)).toEqual([]);
  const lost = Object.fromEntries(full.losses.map(({ place, reason }) => [place, reason]));
  return { full: full.document as Json, clean: clean.document as Json, lost };
}

describe('the root', () => {
  test.each<[unknown, string]>([
    ['3.0', '3.0.1'],
    [3, '3.0.1'],
    ['3.1.0', '3.0.1'],
    [undefined, '3.0.1'],
    ['3.0.3', '3.0.3'],
  ])('version %j becomes %s', async (openapi, expected) => {
    const { full, lost } = await made({ ...document({ '/a': { get: OK } }), openapi });
    expect([full.openapi, lost]).toEqual([expected, {}]);
  });

  test('numbers are texts where OpenAPI has texts, and numbers elsewhere', async () => {
    const integration = { ...INTEGRATION, payloadFormatVersion: 2, timeoutInMillis: 3000 };
    const { full, lost } = await made(
      document(
        {
          '/a': {
            get: {
              operationId: 7,
              tags: [1],
              responses: { 200: { description: 404 } },
              parameters: [{ name: 1, in: 'query', schema: { type: 'integer', minimum: 1, default: 2 } }],
              'x-amazon-apigateway-integration': integration,
              'x-price': 1.5,
            },
          },
        },
        { info: { title: 2026, version: 1.5 } },
      ),
      'http',
    );
    expect(full.info).toEqual({ title: '2026', version: '1.5' });
    expect(full.paths['/a'].get).toEqual({
      operationId: '7',
      tags: ['1'],
      parameters: [{ name: '1', in: 'query', schema: { type: 'integer', minimum: 1, default: 2 } }],
      responses: { '200': { description: '404' } },
      'x-price': 1.5,
      'x-amazon-apigateway-integration': { ...integration, payloadFormatVersion: '2' },
    });
    expect(lost).toEqual({});
  });

  test('extensions stay, except those of API Gateway in the clean form', async () => {
    const { full, clean } = await made(
      document(
        { '/a': { 'x-item': 1, get: { ...OK, 'x-team': { name: 'orders' } } } },
        { 'x-root': [1], 'x-amazon-apigateway-binary-media-types': ['image/png'] },
      ),
    );
    expect(full).toMatchObject({ 'x-root': [1], 'x-amazon-apigateway-binary-media-types': ['image/png'] });
    expect(clean).toMatchObject({
      'x-root': [1],
      paths: { '/a': { 'x-item': 1, get: { 'x-team': { name: 'orders' } } } },
    });
    expect(clean['x-amazon-apigateway-binary-media-types']).toBeUndefined();
  });

  test('names that begin as extensions of API Gateway do are names', async () => {
    const schema = {
      type: 'object',
      properties: { 'x-amazon-id': { type: 'string' } },
      example: { 'x-amazon-id': '1' },
    };
    const { clean } = await made(document({ '/a': { get: OK } }, { components: { schemas: { Order: schema } } }));
    expect(clean.components.schemas.Order).toEqual(schema);
  });

  test('what OpenAPI 3.0 does not have is reported with its place', async () => {
    const { full, lost } = await made(
      document(
        { '/a': { get: { ...OK, produces: ['text/html'] }, search: OK } },
        { webhooks: {}, tags: [{ description: 'x' }] },
      ),
    );
    expect(lost).toEqual({
      '#/webhooks': 'is not part of OpenAPI 3.0',
      '#/tags/0': 'has no "name", which OpenAPI 3.0 requires',
      '#/paths/~1a/search': 'is not part of OpenAPI 3.0',
      '#/paths/~1a/get/produces': 'is not part of OpenAPI 3.0',
    });
    expect(Object.keys(full.paths['/a'])).toEqual(['get']);
  });

  test('what only the deployment knows is reported, and a text keeps its reference', async () => {
    const choice = { 'Fn::FindInMap': ['Items', { Ref: 'AWS::Region' }, 'item'] };
    const { full, lost } = await made(
      document({ '/a': choice, '/b': { get: choice, put: { ...OK, summary: { Ref: 'AWS::Region' } } } }),
    );
    const reason = 'is known only at deployment: a parameter, a condition or a function decides it';
    expect(lost).toEqual({ '#/paths/~1a': reason, '#/paths/~1b/get': reason });
    expect(full.paths).toEqual({ '/b': { put: { ...OK, summary: '<AWS::Region>' } } });
  });
});

describe('paths', () => {
  test.each(['proxy', 'proxy+'])('a greedy variable that is declared as "%s" is one parameter', async (name) => {
    const parameters = [{ name, in: 'path', required: true }];
    const { full, clean } = await made(document({ '/a/{proxy+}': { parameters, get: OK } }));
    const called = (named: string) => [{ name: named, in: 'path', required: true, schema: { type: 'string' } }];
    expect(full.paths['/a/{proxy+}'].parameters).toEqual(called('proxy+'));
    const { get, ...item } = clean.paths['/a/{proxy}'];
    expect(item).toEqual({ 'x-greedy': true, parameters: called('proxy') });
    expect(get.parameters).toBeUndefined();
  });

  test.each<[string, string, Kind]>([
    ['beside another variable', '/a/{id}', 'http'],
    ['if it has the name of another one', '/{proxy}/b', 'http'],
  ])('a greedy variable keeps its plus %s', async (_, other, kind) => {
    const path = other.startsWith('/a') ? '/a/{proxy+}' : '/{proxy}/{proxy+}';
    const { clean } = await made(document({ [other]: { get: OK }, [path]: { get: OK } }), kind);
    expect(Object.keys(clean.paths)).toEqual([other, path]);
    expect(clean.paths[path]['x-greedy']).toBeUndefined();
  });

  test('a parameter that two paths share has the name of each', async () => {
    const parameters = [{ $ref: '#/components/parameters/P' }];
    const { full } = await made(
      document(
        { '/a/{proxy+}': { parameters, get: OK }, '/b/{proxy}': { parameters, get: OK } },
        {
          components: { parameters: { P: { name: 'proxy', in: 'path', required: true, schema: { type: 'integer' } } } },
        },
      ),
    );
    expect(full.paths['/b/{proxy}'].parameters).toEqual(parameters);
    expect(full.paths['/a/{proxy+}'].parameters).toEqual([
      { name: 'proxy+', in: 'path', required: true, schema: { type: 'integer' } },
    ]);
  });

  test('a parameter of no variable is left out, and a variable without a parameter has one', async () => {
    const { full, lost } = await made(
      document({ '/a/{b}': { get: { ...OK, parameters: [{ name: 'c', in: 'path' }] } } }),
    );
    expect(full.paths['/a/{b}'].get.parameters).toMatchObject([{ name: 'b', in: 'path', required: true }]);
    expect(Object.keys(lost)).toEqual(['#/paths/~1a~1{b}/get/parameters/0']);
  });

  test('paths that differ in the names of variables are one', async () => {
    const parameters = [{ name: 'y', in: 'path', required: true, schema: { type: 'integer' } }];
    const { full, lost } = await made(
      document({ '/a/{x}': { get: OK }, '/a/{y}': { parameters, put: OK, get: OK } }),
      'http',
    );
    expect(Object.keys(full.paths)).toEqual(['/a/{x}']);
    expect(full.paths['/a/{x}'].put.parameters).toEqual([{ ...parameters[0], name: 'x' }]);
    expect(Object.keys(lost)).toEqual(['#/paths/~1a~1{y}/get']);
  });

  test('the default route is one path, and every method of the clean form', async () => {
    const operation = { operationId: 'rest', isDefaultRoute: true, 'x-amazon-apigateway-integration': INTEGRATION };
    const { full, clean } = await made(document({ $default: { [ANY]: operation } }), 'http');
    expect(Object.keys(full.paths)).toEqual(['/$default']);
    expect(full.paths['/$default'][ANY]).toMatchObject(operation);
    const methods = ['get', 'put', 'post', 'delete', 'head', 'patch'];
    expect(Object.keys(clean.paths['/$default'])).toEqual(methods);
    expect(methods.map((one) => clean.paths['/$default'][one].operationId)).toEqual(
      ['Get', 'Put', 'Post', 'Delete', 'Head', 'Patch'].map((one) => `rest${one}`),
    );
    expect(clean.paths['/$default'].get.summary).toBe('Every path and method that no other operation has');
  });

  test('operation ids are unique, also of the methods of ANY', async () => {
    const { full, clean } = await made(
      document({
        '/a': { get: { ...OK, operationId: 'a' }, [ANY]: { ...OK, operationId: 'b' } },
        '/b': { get: { ...OK, operationId: 'a' }, put: { ...OK, operationId: 'bPut' } },
      }),
    );
    expect([full.paths['/a'].get.operationId, full.paths['/b'].get.operationId]).toEqual(['a', 'a2']);
    expect([clean.paths['/a'].put.operationId, clean.paths['/b'].put.operationId]).toEqual(['bPut2', 'bPut']);
  });
});

describe('preflights', () => {
  const cors = { 'x-amazon-apigateway-cors': { allowOrigins: ['https://app.example.com'] } };
  const security = [{ sigv4: [] }];
  const components = { securitySchemes: { sigv4: { type: 'apiKey', 'x-amazon-apigateway-authtype': 'awsSigv4' } } };

  test('of an HTTP API with CORS are not for clients', async () => {
    const { clean } = await made(
      document({ '/': { options: {} }, '/{proxy+}': { options: {}, get: { security } } }, { ...cors, components }),
      'http',
    );
    expect(Object.entries<Json>(clean.paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([
      ['/{proxy}', ['get', 'x-greedy']],
    ]);
  });

  test.each<[string, Json, Json]>([
    ['without CORS', {}, {}],
    ['that is authorized', cors, { security }],
    ['that is described', cors, { summary: 'What the resource can do' }],
  ])('OPTIONS %s stays', async (_, more, operation) => {
    const { clean } = await made(document({ '/a': { options: operation } }, { ...more, components }), 'http');
    expect(clean.paths['/a'].options).toBeDefined();
  });
});

describe('components', () => {
  test('names that OpenAPI does not allow are replaced, with what refers to them', async () => {
    const { full, lost } = await made(
      document(
        {
          '/a': {
            get: { ...OK, security: [{ 'My users': [] }] },
            post: {
              ...OK,
              requestBody: {
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Order~1line' } } },
              },
            },
          },
        },
        {
          components: {
            schemas: { 'Order/line': { type: 'string' }, 'Order-line': { type: 'integer' } },
            securitySchemes: { 'My users': { type: 'apiKey', name: 'X', in: 'header' } },
          },
        },
      ),
    );
    expect(Object.keys(full.components.schemas).sort()).toEqual(['Order-line', 'Order-line2']);
    expect(full.paths['/a'].post.requestBody.content['application/json'].schema.$ref).toBe(
      '#/components/schemas/Order-line2',
    );
    expect(full.paths['/a'].get.security).toEqual([{ 'My-users': [] }]);
    expect(lost).toEqual({});
  });

  test.each<[string, Json, Json | undefined]>([
    [
      'a JWT authorizer without flows',
      {
        type: 'oauth2',
        'x-amazon-apigateway-authorizer': { type: 'jwt', jwtConfiguration: { issuer: 'https://i.example.com/' } },
      },
      { type: 'openIdConnect', openIdConnectUrl: 'https://i.example.com/.well-known/openid-configuration' },
    ],
    [
      'an authorizer without a type',
      { 'x-amazon-apigateway-authorizer': { type: 'token' } },
      { type: 'apiKey', name: 'Authorization', in: 'header' },
    ],
    ['basic', { type: 'basic' }, { type: 'http', scheme: 'basic' }],
    [
      'fields of another type',
      { type: 'apiKey', name: 'X', in: 'header', flows: {} },
      { type: 'apiKey', name: 'X', in: 'header' },
    ],
    ['mutual TLS', { type: 'mutualTLS' }, undefined],
    ['oauth2 without flows', { type: 'oauth2' }, undefined],
  ])('a scheme: %s', async (_, scheme, expected) => {
    const { full, lost } = await made(
      document({ '/a': { get: { ...OK, security: [{ s: [] }] } } }, { components: { securitySchemes: { s: scheme } } }),
    );
    if (expected === undefined) {
      expect(Object.keys(lost)).toEqual(['#/components/securitySchemes/s', '#/paths/~1a/get/security/0/s']);
      expect(full.paths['/a'].get.security).toEqual([]);
    } else {
      expect(full.components.securitySchemes.s).toMatchObject(expected);
      expect(Object.keys(full.components.securitySchemes.s)).not.toContain('flows');
      expect(lost).toEqual({});
    }
  });

  test('references that lead nowhere are reported, and so is what then leads nowhere', async () => {
    const { full, lost } = await made(
      document(
        { '/a': { get: { ...OK, parameters: [{ $ref: '#/components/parameters/B' }] } } },
        {
          components: {
            parameters: { A: { $ref: '#/components/parameters/Missing' }, B: { $ref: '#/components/parameters/A' } },
            schemas: { S: { properties: { far: { $ref: 'https://example.com/s.json' } } } },
          },
        },
      ),
    );
    expect(full.paths['/a'].get.parameters).toBeUndefined();
    expect(full.components.schemas).toEqual({ S: { properties: { far: {} } } });
    expect(lost['#/components/schemas/S/properties/far/$ref']).toBe(
      'is "https://example.com/s.json", which is outside the document',
    );
    expect(Object.keys(lost).sort()).toEqual([
      '#/components/parameters/A/$ref',
      '#/components/parameters/B/$ref',
      '#/components/schemas/S/properties/far/$ref',
      '#/paths/~1a/get/parameters/0/$ref',
    ]);
  });

  test('schemas of OpenAPI 3.1 and of JSON Schema have the keywords of 3.0', async () => {
    const { full, lost } = await made(
      document(
        { '/a': { get: OK } },
        {
          components: {
            schemas: {
              A: { $schema: 'http://json-schema.org/draft-04/schema#', type: ['string', 'null'], examples: ['a'] },
              B: { const: 1 },
              C: { type: 'number', exclusiveMinimum: 0, maximum: 5, exclusiveMaximum: 9 },
              D: { type: 'array', prefixItems: [{ type: 'string' }], items: false },
              E: { type: 'object', additionalProperties: false, patternProperties: { '^x': {} }, required: [] },
              F: true,
              G: { type: ['string', 'integer'] },
            },
          },
        },
      ),
    );
    expect(full.components.schemas).toEqual({
      A: { type: 'string', nullable: true, example: 'a' },
      B: { enum: [1] },
      C: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 5 },
      D: { type: 'array', items: {} },
      E: { type: 'object' },
      F: {},
      G: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    });
    expect(lost).toEqual({});
  });
});

test('URLs with references are URLs', async () => {
  const issuer = { 'Fn::Sub': 'https://cognito-idp.${AWS::Region}.amazonaws.com/${Users}' };
  const authorizer = { type: 'jwt', jwtConfiguration: { issuer, audience: ['web'] } };
  const { full } = await made(
    document(
      {
        '/a': { get: { ...OK, security: [{ users: [] }], externalDocs: { url: { 'Fn::Sub': 'https://${Docs}/a' } } } },
      },
      { components: { securitySchemes: { users: { type: 'oauth2', 'x-amazon-apigateway-authorizer': authorizer } } } },
    ),
    'http',
  );
  expect(full.components.securitySchemes.users.openIdConnectUrl).toBe(
    'https://cognito-idp.%3CAWS%3A%3ARegion%3E.amazonaws.com/%3CUsers%3E/.well-known/openid-configuration',
  );
  expect(full.paths['/a'].get.externalDocs.url).toBe('https://%3CDocs%3E/a');
});
