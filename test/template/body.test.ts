import { describeRoutes } from '../../lib/template/describe/rest';
import { type Integration, type Method } from '../../lib/template/model/model';
import { UNKNOWN } from '../../lib/template/model/value';
import { openApi3, swagger } from './bodies';
import { apiOf, att, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

type Loose = Record<string, unknown>;

const functions = { Fn: resource('AWS::Lambda::Function') };

const api = apiOf(openApi3, {}, functions);
const methodOf = (key: string): Method => {
  const found = api.methods.find(({ httpMethod, path }) => `${String(httpMethod)} ${path}` === key);
  if (!found) {
    throw new Error(`no ${key}`);
  }
  return found;
};
const at = (...path: string[]) => ({ template: 'app.json', logicalId: 'Api', path: ['Properties', 'Body', ...path] });

describe('an OpenAPI 3 body', () => {
  test('gives every operation, and nothing else', () => {
    expect(api.form).toBe('body');
    expect(api.methods.map(({ httpMethod, path }) => `${String(httpMethod)} ${path}`)).toEqual([
      'GET /orders/{id}',
      'ANY /orders/{id}',
      'POST /orders',
      'PUT /orders',
      'DELETE /orders',
      'PATCH /orders',
      'HEAD /orders',
      'OPTIONS /orders',
    ]);
  });

  test('gives the request and the responses of an operation', () => {
    const get = methodOf('GET /orders/{id}');
    expect(get.operationId).toBe('getOrder');
    expect(get.location).toEqual(at('paths', '/orders/{id}', 'get'));
    expect(get.requestParameters).toEqual({
      'method.request.path.id': true,
      'method.request.querystring.page': false,
      'method.request.header.X-Trace': true,
    });
    expect(get.responses.map(({ statusCode, parameters }) => ({ statusCode, parameters }))).toEqual([
      { statusCode: '200', parameters: ['method.response.header.Cache-Control', 'method.response.header.ETag'] },
      { statusCode: '404', parameters: ['method.response.header.X-Why'] },
    ]);
    expect(methodOf('ANY /orders/{id}').requestParameters).toEqual({ 'method.request.path.id': true });
    expect(methodOf('POST /orders').requestModels).toEqual({ 'application/json': 'Order' });
  });

  test('gives the whole integration, in the words of CloudFormation', () => {
    const place = ['paths', '/orders/{id}', 'get', 'x-amazon-apigateway-integration'];
    expect(methodOf('GET /orders/{id}').integration).toEqual({
      location: at(...place),
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      uri: 'arn:<AWS::Partition>:apigateway:<AWS::Region>:lambda:path/2015-03-31/functions/<Fn.Arn>/invocations',
      credentials: 'arn:aws:iam::<AWS::AccountId>:role/x',
      passthroughBehavior: 'WHEN_NO_MATCH',
      contentHandling: 'CONVERT_TO_TEXT',
      timeoutInMillis: 5000,
      cacheNamespace: 'ns',
      cacheKeyParameters: ['method.request.path.id'],
      connectionType: 'VPC_LINK',
      connectionId: '<Link>',
      integrationTarget: 'arn:target',
      responseTransferMode: 'STREAM',
      insecureSkipVerification: true,
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
      requestTemplates: { 'application/json': '{}' },
      lambda: { text: '<Fn.Arn>', function: { template: 'app.json', logicalId: 'Fn' } },
      responses: [
        {
          location: at(...place, 'responses', 'default'),
          selectionPattern: '',
          statusCode: '200',
          parameters: { 'method.response.header.ETag': "'1'" },
          templates: {},
          contentHandling: undefined,
        },
        {
          location: at(...place, 'responses', '5\\d{2}'),
          selectionPattern: '5\\d{2}',
          statusCode: '500',
          parameters: {},
          templates: { 'application/json': 'x' },
          contentHandling: 'CONVERT_TO_BINARY',
        },
      ],
    });
    const shared = methodOf('POST /orders').integration as Integration;
    expect(shared).toMatchObject({
      type: 'HTTP',
      uri: 'https://example.com',
      location: at('components', 'x-amazon-apigateway-integrations', 'shared'),
    });
    expect(methodOf('PUT /orders').integration).toBeUndefined();
  });

  test.each<[string, Loose]>([
    [
      'GET /orders/{id}',
      {
        authorizationType: 'COGNITO_USER_POOLS',
        scopes: ['orders/read'],
        apiKeyRequired: true,
        authorizer: { key: 'pool' },
      },
    ],
    [
      'ANY /orders/{id}',
      { authorizationType: 'CUSTOM', scopes: [], apiKeyRequired: false, authorizer: { key: 'lambda' } },
    ],
    ['POST /orders', { authorizationType: 'AWS_IAM', apiKeyRequired: false }],
    ['PUT /orders', { authorizationType: 'NONE', apiKeyRequired: true }],
    // Its own type, and the security of the root: one of the two.
    ['DELETE /orders', { authorizationType: UNKNOWN, authorizer: UNKNOWN }],
    ['PATCH /orders', { authorizationType: UNKNOWN, authorizer: UNKNOWN }],
    ['HEAD /orders', { authorizationType: 'NONE', apiKeyRequired: false }],
    ['OPTIONS /orders', { authorizationType: 'COGNITO_USER_POOLS', scopes: [], authorizer: { key: 'pool' } }],
  ])('gives the security of %s', (key, expected) => {
    expect(methodOf(key)).toMatchObject(expected);
    expect(api.rootSecurity).toEqual([{ pool: [] }]);
  });

  test('gives the authorizers', () => {
    expect(api.authorizers).toMatchObject([
      {
        key: 'pool',
        type: 'COGNITO_USER_POOLS',
        providerArns: ['<Pool.Arn>'],
        identitySource: 'method.request.header.Authorization',
        location: at('components', 'securitySchemes', 'pool', 'x-amazon-apigateway-authorizer'),
      },
      {
        key: 'lambda',
        type: 'REQUEST',
        credentials: 'arn:role',
        identitySource: 'method.request.header.X',
        resultTtlInSeconds: 0,
        identityValidationExpression: '.*',
        lambda: { function: { template: 'app.json', logicalId: 'Fn' } },
      },
    ]);
  });

  test('takes no identity source for a request authorizer from its scheme', () => {
    const scheme = { type: 'apiKey', name: 'X', in: 'header', 'x-amazon-apigateway-authorizer': { type: 'request' } };
    const [found] = apiOf({ openapi: '3.0.1', components: { securitySchemes: { a: scheme } } }).authorizers;
    expect(found).toMatchObject({ type: 'REQUEST', identitySource: undefined });
  });

  test('gives the validators: of the operation, else of the root', () => {
    expect(
      api.validators.map(({ key, validateBody, validateParameters }) => [key, validateBody, validateParameters]),
    ).toEqual([
      ['all', true, true],
      ['params', false, true],
    ]);
    expect(methodOf('GET /orders/{id}').validator).toBe(api.validators[0]);
    expect(methodOf('POST /orders').validator).toBe(api.validators[1]);
    expect(methodOf('PUT /orders').validator).toBe(UNKNOWN);
  });

  test('gives what stands at the root', () => {
    expect(api).toMatchObject({
      name: 'Orders',
      description: 'All of them',
      binaryMediaTypes: ['image/*'],
      minimumCompressionSize: 1024,
      apiKeySource: 'HEADER',
      policy: { Version: '2012-10-17' },
      disableExecuteApiEndpoint: true,
      vpcEndpointIds: ['vpce-1'],
      securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      endpointAccessMode: 'STRICT',
      models: [{ name: 'Order', schema: { type: 'object' }, location: at('components', 'schemas', 'Order') }],
      gatewayResponses: [
        {
          responseType: 'DEFAULT_4XX',
          statusCode: '400',
          parameters: { 'gatewayresponse.header.X': "'1'" },
          templates: { 'application/json': '{}' },
          location: at('x-amazon-apigateway-gateway-responses', 'DEFAULT_4XX'),
        },
      ],
    });
  });

  test('gives way to the properties of the resource', () => {
    const properties = {
      Name: 'Mine',
      BinaryMediaTypes: ['a/b'],
      DisableExecuteApiEndpoint: false,
      Parameters: { endpointConfigurationTypes: 'REGIONAL' },
      FailOnWarnings: true,
    };
    expect(apiOf(openApi3, properties)).toMatchObject({
      name: 'Mine',
      binaryMediaTypes: ['a/b'],
      disableExecuteApiEndpoint: false,
      endpointTypes: ['REGIONAL'],
      failOnWarnings: true,
    });
  });

  test('makes rows for a table', () => {
    expect(
      describeRoutes(api).map(({ method, authorizer, integration, validation }) => [
        method,
        authorizer,
        integration,
        validation,
      ]),
    ).toEqual([
      ['GET', 'cognito pool [orders/read] + api key', 'lambda Fn', 'body + parameters'],
      ['ANY', 'lambda authorizer lambda', 'mock', 'body + parameters'],
      ['POST', 'AWS_IAM', 'http https://example.com', 'parameters'],
      ['PUT', 'NONE + api key', '–', '?'],
      ['DELETE', '?', '–', 'body + parameters'],
      ['PATCH', '?', '–', 'body + parameters'],
      ['HEAD', 'NONE', '–', 'body + parameters'],
      ['OPTIONS', 'cognito pool', '–', 'body + parameters'],
    ]);
  });
});

describe('a Swagger 2 body', () => {
  test('has nothing of the security at its root', () => {
    const { methods } = apiOf({ ...swagger, security: [{ token: [] }] }, {}, functions);
    expect(methods.find(({ httpMethod }) => httpMethod === 'PUT')).toMatchObject({
      authorizationType: undefined,
      authorizer: undefined,
    });
  });

  test('is read as well', () => {
    const pets = apiOf(swagger, {}, functions);
    expect(pets.name).toBe('Pets');
    expect(pets.models).toMatchObject([{ name: 'Pet', location: at('definitions', 'Pet') }]);
    expect(pets.methods[0]).toMatchObject({
      httpMethod: 'POST',
      authorizationType: 'CUSTOM',
      authorizer: { key: 'token', type: 'TOKEN', identitySource: 'method.request.header.X-Token' },
      requestParameters: { 'method.request.header.X-Tenant': true },
      requestModels: { 'application/json': 'Pet', 'application/hal+json': 'Pet' },
    });
    expect(pets.methods[1].requestModels).toEqual({ 'application/xml': '<unknown>' });
    expect(pets.methods[1].validator).toBeUndefined();
  });
});

describe('what a body does not say', () => {
  const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x/y' } } };

  test.each<[string, unknown, Loose]>([
    ['a transform', include, {}],
    ['a transform beside other keys', { openapi: '3.0.1', ...include }, {}],
    ['paths from a transform', { openapi: '3.0.1', paths: include }, {}],
    ['a parameter', ref('Definition'), {}],
    ['a string', '{}', {}],
    ['S3', undefined, { BodyS3Location: { Bucket: 'b' } }],
    ['another API', undefined, { CloneFrom: 'abc' }],
  ])('%s makes it opaque', (_, body, properties) => {
    const opaque = apiOf(body, properties);
    expect(opaque.form).toBe('opaque');
    expect(opaque.methods).toEqual([]);
  });

  test('resources beside a body make it mixed', () => {
    const Method = resource('AWS::ApiGateway::Method', {
      RestApiId: ref('Api'),
      ResourceId: att('Api', 'RootResourceId'),
      HttpMethod: 'GET',
    });
    const mixed = apiOf({ openapi: '3.0.1', paths: { '/a': { get: {} } } }, {}, { Method });
    expect(mixed.form).toBe('mixed');
    expect(mixed.methods.map(({ path }) => path)).toEqual(['/a', '/']);
  });

  test('a pointer to nothing is left as it is', () => {
    const operation = { 'x-amazon-apigateway-integration': { $ref: '#/toString', type: 'mock' } };
    const [method] = apiOf({ openapi: '3.0.1', paths: { '/a': { get: operation } } }).methods;
    expect(method.integration).toMatchObject({ type: 'MOCK' });
  });

  test('unknown parts of an operation are unknown', () => {
    const maybe = { 'Fn::If': ['C', [{ a: [] }], [{ b: [] }]] };
    const operation = {
      security: maybe,
      'x-amazon-apigateway-integration': maybe,
      'x-amazon-apigateway-request-validator': maybe,
    };
    const [method] = apiOf({ openapi: '3.0.1', paths: { '/a': { get: operation } } }).methods;
    expect(method).toMatchObject({
      authorizationType: UNKNOWN,
      apiKeyRequired: UNKNOWN,
      scopes: UNKNOWN,
      integration: UNKNOWN,
      validator: UNKNOWN,
    });
  });
});
