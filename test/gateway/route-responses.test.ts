import { type App, Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  HttpRouteGroup,
  JsonSchema,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  RestRouteGroup,
  WebAcl,
} from '../../lib';
import { openApiOf } from '../../lib/template/openapi/document-of';
import { readModel } from '../../lib/template/reader/read';
import { findings, ids, source } from '../checks/support';
import { openApiProblems } from '../support/openapi-oracle';
import { fn, type Json, templateOf, testApp } from '../support/stacks';

const schemas = () =>
  JsonSchema.fromModels({
    Order: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, lines: { type: 'array', items: { $ref: '#/definitions/Line' } } },
    },
    Line: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } },
    Problem: { type: 'object', properties: { message: { type: 'string' } } },
  });
const LIST = { type: 'array', items: { type: 'string' } };

/** Both kinds with the same routes. */
const KINDS = {
  RestGateway: {
    create: (stack: Stack, props: object) =>
      new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        webAcl: WebAcl.none('a test'),
        ...props,
      }),
    lambda: (stack: Stack): object => RestIntegration.lambda(fn(stack, 'Handler')),
    Group: RestRouteGroup as new (props: object) => object,
  },
  HttpGateway: {
    create: (stack: Stack, props: object) =>
      new HttpGateway(stack, 'Api', { defaultAuthorizer: HttpAuthorizer.iam(), ...props }),
    lambda: (stack: Stack): object => HttpIntegration.lambda(fn(stack, 'Handler')),
    Group: HttpRouteGroup as new (props: object) => object,
  },
};

const bodyOf = (stack: Stack): Json =>
  Object.values<Json>(templateOf(stack).Resources).find(({ Properties }) => Properties?.Body !== undefined)?.Properties
    .Body;

/** As `apigw openapi --clean` writes it. */
function exported(stack: Stack): Json {
  const sources = [source(templateOf(stack))];
  const { restApis, httpApis } = readModel(sources);
  return openApiOf(sources, [...restApis, ...httpApis][0], { clean: true });
}

const newStack = (app: App = testApp()) =>
  new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });

describe.each(Object.entries(KINDS))('%s', (name, { create, lambda, Group }) => {
  const shop = (stack: Stack) => {
    const { Order, Problem } = schemas();
    const integration = lambda(stack);
    const group = new Group({
      prefix: '/orders',
      tags: ['orders'],
      responses: { 404: { body: Problem } },
      routes: {
        'GET /': { integration, responses: { 200: { body: JsonSchema.fromObject(LIST) } } },
        'GET /{id}': {
          integration,
          operationName: 'getOrder',
          deprecated: true,
          responses: { 200: { description: 'The order', body: Order, headers: { ETag: 'Its version' } } },
        },
        'DELETE /{id}': {
          integration,
          tags: ['orders', 'staff'],
          responses: { 204: {}, 404: { description: 'None' } },
        },
      },
    });
    create(stack, { routes: { 'GET /health': { integration } }, routeGroups: [group] });
  };

  test('the document has responses, tags and models, each model once', () => {
    const stack = newStack();
    shop(stack);
    const { paths, components } = bodyOf(stack);
    const content = (model: string) => ({
      'application/json': { schema: { $ref: `#/components/schemas/${model}` } },
    });
    expect(paths['/orders/{id}'].get).toMatchObject({ operationId: 'getOrder', tags: ['orders'], deprecated: true });
    expect(paths['/orders/{id}'].get.responses).toEqual({
      200: {
        description: 'The order',
        headers: { ETag: { description: 'Its version', schema: { type: 'string' } } },
        content: content('Order'),
      },
      404: { description: 'Not Found', content: content('Problem') },
    });
    expect(paths['/orders'].get.responses[200]).toEqual({
      description: 'OK',
      content: content('GetOrdersResponse200'),
    });
    expect(paths['/orders/{id}'].delete).toMatchObject({ tags: ['orders', 'staff'] });
    expect(paths['/orders/{id}'].delete.responses).toEqual({
      204: { description: 'No Content' },
      404: { description: 'None' },
    });
    expect(Object.keys(components.schemas)).toEqual(['GetOrdersResponse200', 'Line', 'Order', 'Problem']);
    expect(components.schemas.Order.properties.lines.items).toEqual({ $ref: '#/components/schemas/Line' });
    expect(paths['/health'].get).not.toHaveProperty('tags');
    expect(paths['/health'].get).not.toHaveProperty('deprecated');
    expect(paths['/health'].get.responses).toEqual({});
  });

  test('what apigw openapi writes is valid, and has them all', async () => {
    const stack = newStack();
    shop(stack);
    const document = exported(stack);
    expect(await openApiProblems(document)).toEqual([]);
    const { responses, tags, deprecated } = document.paths['/orders/{id}'].get;
    expect([Object.keys(responses), tags, deprecated]).toEqual([['200', '404'], ['orders'], true]);
    expect(document.components.schemas.Line).toEqual(schemasOfLine);
  });

  test('no rule has anything more to say than of the same API without them', () => {
    const rules = (build: (stack: Stack) => void) => {
      const stack = newStack();
      build(stack);
      return ids(findings(templateOf(stack)));
    };
    const plain = rules((stack) => {
      const integration = lambda(stack);
      const keys = ['GET /orders', 'GET /orders/{id}', 'DELETE /orders/{id}', 'GET /health'];
      create(stack, { routes: Object.fromEntries(keys.map((key) => [key, { integration }])) });
    });
    expect(plain).not.toEqual([]);
    expect(rules(shop)).toEqual(plain);
  });

  test.each([
    ['default', 'is not a status; write three digits, e.g. "404", and one entry for each status'],
    ['2XX', 'is not a status'],
    ['600', 'is not a status'],
    ['20', 'is not a status'],
  ])('the status %p is refused', (status, message) => {
    const stack = newStack();
    const routes = { 'GET /': { integration: lambda(stack), responses: { [status]: {} } } };
    expect(() => create(stack, { routes })).toThrow(`${name} 'Api': route "GET /": responses["${status}"]: ${message}`);
  });

  test('two schemas of one name, an empty tag and an unknown option are refused where they are written', () => {
    const stack = newStack();
    const integration = lambda(stack);
    const [a, b] = [LIST, { type: 'object' }].map((schema) => JsonSchema.fromObject(schema, { modelName: 'Order' }));
    const api = create(stack, { routes: { 'GET /': { integration, responses: { 200: { body: a } } } } }) as Json;
    expect(() => api.addRoute('GET /b', { integration, responses: { 200: { body: b } } })).toThrow(
      'route "GET /b": the model "Order" is a different schema in',
    );
    expect(() => api.addRoute('GET /c', { integration, tags: [' '] })).toThrow('tags has an empty tag; remove it');
    expect(() => api.addRoute('GET /d', { integration, responses: { 200: { schema: a } } })).toThrow(
      'responses["200"]: has no option "schema".',
    );
    expect(() => api.addRoute('GET /e', { integration, responses: { 200: { contentType: 'text/csv' } } })).toThrow(
      'contentType is that of the body; set body as well',
    );
  });
});

const schemasOfLine = { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } };

test('an integration that sets its responses keeps those, with the CORS headers, and gets what is documented of them', () => {
  const stack = newStack();
  const { Problem } = schemas();
  new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('a test'),
    cors: { allowOrigins: ['https://app.example.com'] },
    routes: {
      'GET /': {
        integration: RestIntegration.mock({ statusCode: 200 }),
        responses: {
          200: { headers: { 'access-control-allow-origin': 'The page', 'X-Total': 'How many' } },
          429: { body: Problem },
        },
      },
    },
  });
  const operation = bodyOf(stack).paths['/'].get;
  const set = Object.keys(operation['x-amazon-apigateway-integration'].responses.default.responseParameters);
  expect(set).toContain('method.response.header.Access-Control-Allow-Origin');
  const { 200: ok, 429: throttled } = operation.responses;
  expect(ok.headers).toMatchObject({
    'Access-Control-Allow-Origin': { description: 'The page', schema: { type: 'string' } },
    'X-Total': { description: 'How many', schema: { type: 'string' } },
  });
  expect(Object.keys(ok.headers)).not.toContain('access-control-allow-origin');
  for (const name of set) expect(Object.keys(ok.headers)).toContain(name.replace('method.response.header.', ''));
  expect(throttled.content['application/json'].schema.$ref).toBe('#/components/schemas/Problem');
  expect(ids(findings(templateOf(stack)))).not.toContain('REST-INT7');
});

const DRAFT_04 = {
  type: 'object',
  description: 'An order',
  properties: {
    pair: { type: 'array', items: [{ type: 'string' }, { $ref: '#/definitions/Line' }], additionalItems: false },
    list: { type: 'array' },
    dependencies: { type: 'object', patternProperties: { '^y_': { type: 'string' } } },
  },
  patternProperties: { '^x_': { type: 'string' } },
  additionalProperties: false,
  dependencies: { pair: ['list'] },
  definitions: { Line: { type: 'object', properties: { sku: { type: 'string' } } } },
};

describe('a schema with what OpenAPI 3.0 does not have', () => {
  const schemasIn = (name: keyof typeof KINDS) => {
    const stack = newStack();
    const { create, lambda } = KINDS[name];
    const body = JsonSchema.fromObject(DRAFT_04, { modelName: 'Order' });
    create(stack, { routes: { 'GET /': { integration: lambda(stack), responses: { 200: { body } } } } });
    return bodyOf(stack);
  };

  test('is one of OpenAPI in an HTTP API, whose import would fail on it', async () => {
    const { components, info, openapi } = schemasIn('HttpGateway');
    expect(components.schemas).toEqual({
      Order: {
        type: 'object',
        description: 'An order',
        properties: {
          pair: {
            type: 'array',
            items: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/OrderLine' }] },
          },
          list: { type: 'array', items: {} },
          dependencies: { type: 'object' },
        },
      },
      OrderLine: { type: 'object', properties: { sku: { type: 'string' } } },
    });
    const { schemas } = components;
    expect(await openApiProblems({ openapi, info, paths: {}, components: { schemas } })).toEqual([]);
  });

  test('stays a model of a REST API, which reads draft-04', () => {
    const { Order } = schemasIn('RestGateway').components.schemas;
    expect(Order).toMatchObject({ patternProperties: DRAFT_04.patternProperties, dependencies: { pair: ['list'] } });
  });
});

test('models that refer to each other are refused with their place', () => {
  expect(() => JsonSchema.fromModels({ Order: { $ref: '#/definitions/Lines' }, Line: { type: 'object' } })).toThrow(
    /JsonSchema: .*Lines/,
  );
  expect(() => JsonSchema.fromModels({ 'order-line': { type: 'object' } })).toThrow(
    'the name of a model must consist of letters and digits, e.g. "orderline"',
  );
});
