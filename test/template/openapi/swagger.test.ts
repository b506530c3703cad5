import { openApiProblems } from '../../support/openapi-oracle';
import { type Json } from '../../support/stacks';
import { exportOf } from './support';

const ANY = 'x-amazon-apigateway-any-method';

const SWAGGER: Json = {
  swagger: 2,
  info: { title: 'Orders', version: 1 },
  host: 'api.example.com',
  basePath: '/v1',
  schemes: ['https', 'http'],
  consumes: ['application/json', 'application/xml'],
  produces: ['application/json'],
  'x-root': 1,
  paths: {
    '/orders/{id}': {
      parameters: [{ $ref: '#/parameters/Id' }],
      get: {
        summary: 'One order',
        tags: ['orders'],
        produces: ['text/plain'],
        parameters: [
          { name: 'fields', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'pipes' },
          { name: 'page', in: 'query', type: 'integer', minimum: 1, default: 1, description: 'From 1' },
        ],
        responses: {
          200: {
            description: 'The order',
            schema: { $ref: '#/definitions/Order' },
            headers: { ETag: { type: 'string', description: 'Of the order' } },
            examples: { 'application/json': { id: '1' } },
          },
          404: { $ref: '#/responses/Missing' },
        },
        'x-team': 'orders',
      },
      post: {
        consumes: ['application/json'],
        parameters: [{ $ref: '#/parameters/Order' }],
        responses: { 201: { description: 'Made' } },
      },
      put: {
        parameters: [
          { name: 'file', in: 'formData', type: 'file', required: true, description: 'A picture' },
          { name: 'note', in: 'formData', type: 'string', maxLength: 9 },
        ],
        responses: { 200: { description: 'ok' } },
      },
      [ANY]: { parameters: [{ $ref: '#/parameters/Order' }], responses: { 200: { description: 'ok' } } },
    },
  },
  parameters: {
    Id: { name: 'id', in: 'path', required: true, type: 'string', pattern: '^o' },
    Order: { name: 'order', in: 'body', required: true, schema: { $ref: '#/definitions/Order' } },
  },
  responses: { Missing: { description: 'No such order', schema: { type: 'string' } } },
  definitions: {
    Order: {
      type: 'object',
      discriminator: 'kind',
      properties: { id: { type: 'string' }, next: { $ref: '#/definitions/Order' } },
    },
  },
  securityDefinitions: {
    basic: { type: 'basic' },
    code: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://a.example.com',
      tokenUrl: 'https://t.example.com',
      scopes: { read: 'reads' },
    },
  },
};

test('everything of a Swagger 2 document is in the OpenAPI document, at its place', async () => {
  const { full, clean } = exportOf(SWAGGER);
  expect(full.losses).toEqual([]);
  expect(await openApiProblems(full.document)).toEqual([]);
  expect(await openApiProblems(clean.document)).toEqual([]);
  const { paths, components, ...root } = full.document as Json;
  expect(root).toEqual({
    openapi: '3.0.1',
    info: { title: 'Orders', version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }, { url: 'http://api.example.com/v1' }],
    'x-root': 1,
  });
  const { get, post, put, [ANY]: any, parameters } = paths['/orders/{id}'];
  expect(parameters).toEqual([{ $ref: '#/components/parameters/Id' }]);
  const order = { $ref: '#/components/schemas/Order' };
  expect(get).toEqual({
    summary: 'One order',
    tags: ['orders'],
    parameters: [
      {
        name: 'fields',
        in: 'query',
        required: false,
        style: 'pipeDelimited',
        explode: false,
        schema: { type: 'array', items: { type: 'string' } },
      },
      {
        name: 'page',
        in: 'query',
        required: false,
        description: 'From 1',
        schema: { type: 'integer', minimum: 1, default: 1 },
      },
    ],
    responses: {
      '200': {
        description: 'The order',
        headers: { ETag: { description: 'Of the order', schema: { type: 'string' } } },
        content: { 'text/plain': { schema: order }, 'application/json': { schema: order, example: { id: '1' } } },
      },
      '404': { $ref: '#/components/responses/Missing' },
    },
    'x-team': 'orders',
  });
  expect(post.requestBody).toEqual({ required: true, content: { 'application/json': { schema: order } } });
  expect(any.requestBody.content).toEqual({
    'application/json': { schema: order },
    'application/xml': { schema: order },
  });
  expect(put.requestBody).toEqual({
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['file'],
          properties: {
            file: { type: 'string', format: 'binary', description: 'A picture' },
            note: { type: 'string', maxLength: 9 },
          },
        },
      },
    },
  });
  expect(components).toEqual({
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      code: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://a.example.com',
            tokenUrl: 'https://t.example.com',
            scopes: { read: 'reads' },
          },
        },
      },
    },
    schemas: {
      Order: {
        type: 'object',
        discriminator: { propertyName: 'kind' },
        properties: { id: { type: 'string' }, next: order },
      },
    },
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^o' } } },
    responses: {
      Missing: { description: 'No such order', content: { 'application/json': { schema: { type: 'string' } } } },
    },
  });
});

test('a body that is described twice is reported', () => {
  const bodies = ['a', 'b'].map((name) => ({ name, in: 'body', schema: { type: 'string' } }));
  const { full } = exportOf({
    swagger: '2.0',
    info: {},
    paths: { '/a': { post: { parameters: bodies, responses: {} } } },
  });
  expect(full.losses).toEqual([
    { place: '#/paths/~1a/post/parameters', reason: 'describes the body twice; only the first description is written' },
  ]);
});

test('the security at the root is reported, since API Gateway ignores it, and not written, since OpenAPI 3 would apply it', () => {
  const { full, clean } = exportOf({ ...SWAGGER, security: [{ code: ['read'] }] });
  expect(full.losses).toEqual([{ place: '#/security', reason: expect.stringContaining('API Gateway ignores it') }]);
  expect(full.document).not.toHaveProperty('security');
  expect(clean.document).not.toHaveProperty('security');
});
