import * as fc from 'fast-check';
import { UNKNOWN } from '../../lib/template/model/value';
import { apiOf, modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const imported = { 'Fn::ImportValue': 'elsewhere' };
const basePathOf = (document: Record<string, unknown>) => apiOf({ paths: {}, ...document }).documentBasePath;
const ofServers = (...servers: unknown[]) => basePathOf({ openapi: '3.0.1', servers });

describe('how a definition is imported', () => {
  test('is said by the properties of a REST API', () => {
    const body = { openapi: '3.0.1', paths: {} };
    expect(apiOf(body, { Mode: 'merge', Parameters: { basepath: 'prepend' } })).toMatchObject({
      mode: 'merge',
      basePath: 'prepend',
    });
    expect(apiOf(body, { Parameters: imported })).toMatchObject({ mode: undefined, basePath: UNKNOWN });
  });

  test('is said by the properties of an HTTP API', () => {
    const Body = { openapi: '3.0.1', paths: {}, servers: [{ url: '/v1' }] };
    const { httpApis } = modelOf({ Api: resource('AWS::ApiGatewayV2::Api', { Body, BasePath: 'split' }) });
    expect(httpApis).toMatchObject([{ basePath: 'split', documentBasePath: '/v1' }]);
  });
});

describe('the base path of a document', () => {
  test('is that of Swagger 2', () => {
    expect(basePathOf({ swagger: '2.0', basePath: '/v1/' })).toBe('/v1');
    expect(basePathOf({ swagger: '2.0', basePath: 'v1/orders' })).toBe('/v1/orders');
    expect(basePathOf({ swagger: '2.0', basePath: '/' })).toBeUndefined();
    expect(basePathOf({ swagger: '2.0', servers: [{ url: '/v3' }] })).toBeUndefined();
    expect(basePathOf({ swagger: '2.0', basePath: imported })).toBe(UNKNOWN);
  });

  test('is the first variable of that name in OpenAPI 3, even if no URL has it', () => {
    const variables = (value: unknown) => ({ basePath: { default: value } });
    expect(ofServers({ url: 'https://x.example.com/{basePath}', variables: variables('v1') })).toBe('/v1');
    expect(ofServers({ url: 'https://x.example.com/other', variables: variables('v1') })).toBe('/v1');
    expect(ofServers({ url: '/a' }, { url: '/b', variables: variables('c') }, { variables: variables('d') })).toBe(
      '/c',
    );
    expect(ofServers({ url: '/a', variables: variables('/') })).toBeUndefined();
    expect(ofServers({ url: '/a', variables: variables(imported) })).toBe(UNKNOWN);
  });

  test('is else the path of the server', () => {
    expect(ofServers({ url: 'https://x.example.com' })).toBeUndefined();
    expect(ofServers({ url: 'https://x.example.com/' })).toBeUndefined();
    expect(ofServers({ url: 'https://{id}.execute-api.us-east-1.amazonaws.com/a/b' })).toBe('/a/b');
    expect(ofServers({ url: '//x.example.com/a' })).toBe('/a');
    expect(ofServers({ url: '/a/{version}', variables: { version: { default: 'v2' } } })).toBe('/a/v2');
    expect(ofServers({ url: imported })).toBe(UNKNOWN);
    expect(ofServers()).toBeUndefined();
  });

  test('begins with one slash and ends with none, whatever is written', () => {
    const segment = fc.stringMatching(/^[a-z0-9.-]{1,8}$/);
    const slashes = fc.constantFrom('', '/', '//');
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), slashes, slashes, (path, before, after) => {
        const written = `${before}${path.join('/')}${after}`;
        expect(basePathOf({ swagger: '2.0', basePath: written })).toBe(`/${path.join('/')}`);
        expect(ofServers({ url: `https://x.example.com/${written}` })).toBe(`/${path.join('/')}`);
      }),
    );
  });
});

const methodOf = (operation: unknown, document: Record<string, unknown> = { openapi: '3.0.1' }) =>
  apiOf({ ...document, paths: { '/orders': { post: operation } } }).methods[0];

describe('models of responses', () => {
  const modelsIn = (operation: unknown, document?: Record<string, unknown>) =>
    methodOf(operation, document).responses.map(({ statusCode, responseModels }) => [statusCode, responseModels]);

  test('of an OpenAPI 3 document are by content type, through references too', () => {
    const $ref = '#/components/schemas/Order';
    expect(
      modelsIn(
        {
          responses: {
            '200': { content: { 'application/json': { schema: { $ref } }, 'text/plain': {} } },
            '201': { content: { 'application/json': { schema: { type: 'object' } } } },
            '400': { $ref: '#/components/responses/Bad' },
            '500': { content: imported },
          },
        },
        {
          openapi: '3.0.1',
          components: { responses: { Bad: { content: { 'application/xml': { schema: { $ref } } } } } },
        },
      ),
    ).toEqual([
      ['200', { 'application/json': 'Order' }],
      ['201', { 'application/json': '<unknown>' }],
      ['400', { 'application/xml': 'Order' }],
      ['500', UNKNOWN],
    ]);
  });

  test('of a Swagger 2 document are of the types that it produces', () => {
    const schema = { $ref: '#/definitions/Order' };
    const operation = { responses: { '200': { schema }, '204': {} } };
    const json = { swagger: '2.0' };
    expect(modelsIn(operation, json)).toEqual([
      ['200', { 'application/json': 'Order' }],
      ['204', {}],
    ]);
    expect(modelsIn(operation, { ...json, produces: ['text/xml'] })[0]).toEqual(['200', { 'text/xml': 'Order' }]);
    const own = { ...operation, produces: ['a/b', 'c/d'], consumes: ['not/this'] };
    expect(modelsIn(own, { ...json, produces: ['text/xml'] })[0]).toEqual(['200', { 'a/b': 'Order', 'c/d': 'Order' }]);
  });

  test('of a resource are those that it names', () => {
    const api = modelOf({
      Api: resource('AWS::ApiGateway::RestApi'),
      Method: resource('AWS::ApiGateway::Method', {
        RestApiId: ref('Api'),
        HttpMethod: 'GET',
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        MethodResponses: [
          { StatusCode: 200, ResponseModels: { 'application/json': ref('Order') } },
          { StatusCode: 404 },
          { StatusCode: 500, ResponseModels: imported },
        ],
      }),
    }).restApis[0];
    expect(api.methods[0].responses.map(({ responseModels }) => responseModels)).toEqual([
      { 'application/json': '<Order>' },
      {},
      UNKNOWN,
    ]);
  });
});

describe('schemas of requests without a name', () => {
  test('are there by content type, with their references', () => {
    const schema = { type: 'object', title: ref('Api'), properties: { a: { $ref: '#/components/schemas/A' } } };
    const content = { 'application/json': { schema }, 'text/xml': { schema: { $ref: '#/components/schemas/A' } } };
    expect(methodOf({ requestBody: { content } }).inlineSchemas).toEqual({
      'application/json': { ...schema, title: '<Api>' },
    });
    expect(methodOf({}).inlineSchemas).toEqual({});
    expect(methodOf({ requestBody: imported }).inlineSchemas).toEqual({});
  });

  test('are those of a body parameter in Swagger 2', () => {
    const parameters = [
      { in: 'query', name: 'q', schema: { type: 'string' } },
      { in: 'body', name: 'order', schema: { type: 'array' } },
    ];
    const method = methodOf({ parameters, consumes: ['a/b'] }, { swagger: '2.0' });
    expect(method.inlineSchemas).toEqual({ 'a/b': { type: 'array' } });
    expect(method.requestModels).toEqual({ 'a/b': '<unknown>' });
  });
});
