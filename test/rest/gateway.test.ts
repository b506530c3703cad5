import { Aws, CfnParameter, NestedStack, Size, Stack, Stage } from 'aws-cdk-lib';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Template } from 'aws-cdk-lib/assertions';
import {
  JsonSchema,
  GatewayApiKeySource,
  RestAuthorizer,
  RestEndpointType,
  RestGateway,
  RestIntegration,
} from '../../lib';
import { bodyOf, fn, gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

const mock = RestIntegration.mock();
const INTEGRATION = 'x-amazon-apigateway-integration';

describe('the API resource', () => {
  test('by default is Regional, TLS 1.2 or better, strict, imported whole', () => {
    const { Properties } = resource(templateOf(gateway().stack), 'AWS::ApiGateway::RestApi');
    expect(Properties).toMatchObject({
      Name: 'Api',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      Mode: 'overwrite',
      FailOnWarnings: true,
      DisableExecuteApiEndpoint: false,
    });
    expect(Properties.Body).toMatchObject({
      openapi: '3.0.1',
      'x-amazon-apigateway-security-policy': 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      'x-amazon-apigateway-endpoint-access-mode': 'STRICT',
    });
  });

  test('takes every setting into property and Body alike, since an import resets what the Body lacks', () => {
    const { stack } = gateway({
      apiName: 'orders',
      description: 'Orders',
      endpointType: RestEndpointType.EDGE,
      binaryMediaTypes: ['image/png', '*/*', 'image/png'],
      minimumCompressionSize: Size.kibibytes(1),
      apiKeySource: GatewayApiKeySource.AUTHORIZER,
      disableExecuteApiEndpoint: true,
    });
    const { Properties } = resource(templateOf(stack), 'AWS::ApiGateway::RestApi');
    expect(Properties).toMatchObject({
      Name: 'orders',
      Description: 'Orders',
      EndpointConfiguration: { Types: ['EDGE'] },
      SecurityPolicy: 'SecurityPolicy_TLS12_PFS_2025_EDGE',
      BinaryMediaTypes: ['*/*', 'image/png'],
      MinimumCompressionSize: 1024,
      ApiKeySourceType: 'AUTHORIZER',
      DisableExecuteApiEndpoint: true,
    });
    expect(Properties.Body).toMatchObject({
      info: { title: 'orders', description: 'Orders' },
      'x-amazon-apigateway-binary-media-types': ['*/*', 'image/png'],
      'x-amazon-apigateway-minimum-compression-size': 1024,
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      servers: [{ url: '/', 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true } }],
    });
  });

  test('a legacy policy goes without access mode', () => {
    const { Properties } = resource(
      templateOf(gateway({ securityPolicy: SecurityPolicy.TLS_1_2 }).stack),
      'AWS::ApiGateway::RestApi',
    );
    expect(Properties.SecurityPolicy).toBe('TLS_1_2');
    expect(Properties).not.toHaveProperty('EndpointAccessMode');
    expect(Properties.Body).not.toHaveProperty('x-amazon-apigateway-endpoint-access-mode');
  });

  test('an override inside of the Body reaches one route, and no other', () => {
    const stack = new Stack(testApp(), 'Stack');
    // One integration for both: what they share must not carry the override over.
    const list = RestIntegration.lambda(fn(stack, 'List'));
    const api = new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: {
        'GET /a': { integration: list },
        'GET /b': { integration: list },
      },
    });
    api.cfnApi.addPropertyOverride(`Body.paths./a.get.${INTEGRATION}.uri.Fn::Sub`, 'other');
    const { paths } = bodyOf(stack);
    expect(paths['/a'].get[INTEGRATION].uri).toEqual({ 'Fn::Sub': 'other' });
    expect(paths['/b'].get[INTEGRATION].uri['Fn::Sub']).toMatch(/functions\/\$\{List.*\.Arn\}\/invocations$/);
  });
});

describe('routes', () => {
  const stack = new Stack(testApp(), 'Stack');
  const handler = fn(stack, 'Handler');
  const authorizer = fn(stack, 'Authorizer');
  const pool = new UserPool(stack, 'Users');
  let body: Json;

  beforeAll(() => {
    const users = RestAuthorizer.cognito({ userPools: [pool], scopes: ['read'] });
    const schema = {
      type: 'object',
      properties: { line: { $ref: '#/definitions/line' } },
      definitions: { line: { type: 'string' } },
    };
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: users,
      routes: {
        'GET /orders': {
          integration: RestIntegration.lambda(handler),
          operationName: 'list',
          summary: 'All',
          request: { query: { page: false, shop: true } },
        },
        'POST /orders': {
          integration: RestIntegration.lambda(handler),
          scopes: ['write'],
          apiKeyRequired: true,
          request: { body: JsonSchema.fromObject(schema, { modelName: 'Order' }) },
        },
        'PUT /orders/{id}': {
          integration: RestIntegration.lambda(handler),
          request: { body: JsonSchema.fromObject({ type: 'object' }), headers: { 'If-Match': true } },
        },
        'GET /orders/{id}': { integration: RestIntegration.lambda(handler, { streamResponse: true }) },
        'ANY /files/{proxy+}': {
          integration: RestIntegration.http('https://files.example.com/{proxy}'),
          authorizer: RestAuthorizer.iam(),
        },
        'GET /token': {
          integration: mock,
          authorizer: RestAuthorizer.lambdaToken(authorizer, { authorizerName: 'token', validationRegex: '^x$' }),
        },
        'GET /request': {
          integration: mock,
          authorizer: RestAuthorizer.lambda(authorizer, {
            authorizerName: 'request',
            identitySources: ['method.request.querystring.t', 'context.identity.sourceIp'],
          }),
        },
        'GET /health': { integration: mock, authorizer: RestAuthorizer.none('probe') },
        'GET /keyed': { integration: mock, authorizer: RestAuthorizer.none('metered'), apiKeyRequired: true },
      },
      usagePlans: { partner: {} },
    });
    body = bodyOf(stack);
  });

  test('each requires its authorizer and scopes, and its key', () => {
    expect(body.paths['/orders'].get.security).toEqual([{ 'cognito-Users': ['read'] }]);
    expect(body.paths['/orders'].post.security).toEqual([{ 'cognito-Users': ['write'], api_key: [] }]);
    expect(body.paths['/files/{proxy+}']['x-amazon-apigateway-any-method'].security).toEqual([{ sigv4: [] }]);
    expect(body.paths['/health'].get).not.toHaveProperty('security');
    expect(body.paths['/keyed'].get.security).toEqual([{ api_key: [] }]);
  });

  test('authorizers are security schemes', () => {
    const { securitySchemes } = body.components;
    expect(Object.keys(securitySchemes)).toEqual(['api_key', 'cognito-Users', 'request', 'sigv4', 'token']);
    expect(securitySchemes.api_key).toEqual({ type: 'apiKey', name: 'x-api-key', in: 'header' });
    expect(securitySchemes.sigv4).toEqual({
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'awsSigv4',
    });
    expect(securitySchemes['cognito-Users']).toMatchObject({
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': {
        type: 'cognito_user_pools',
        providerARNs: [stack.resolve(pool.userPoolArn)],
        identitySource: 'method.request.header.Authorization',
        authorizerResultTtlInSeconds: 300,
      },
    });
    expect(securitySchemes.token['x-amazon-apigateway-authorizer']).toMatchObject({
      type: 'token',
      identityValidationExpression: '^x$',
      authorizerUri: { 'Fn::Sub': expect.stringContaining('${Authorizer') },
    });
    expect(securitySchemes.request).toMatchObject({
      name: 'Unused',
      'x-amazon-apigateway-authorizer': {
        type: 'request',
        identitySource: 'method.request.querystring.t, context.identity.sourceIp',
      },
    });
  });

  test('requests are validated by what there is to validate', () => {
    const validatorOf = (path: string, method: string) =>
      body.paths[path][method]['x-amazon-apigateway-request-validator'];
    expect(validatorOf('/orders', 'get')).toBe('parameters');
    expect(validatorOf('/orders', 'post')).toBe('body');
    expect(validatorOf('/orders/{id}', 'put')).toBe('body-and-parameters');
    expect(validatorOf('/orders/{id}', 'get')).toBe('parameters');
    expect(validatorOf('/health', 'get')).toBeUndefined();
    expect(body['x-amazon-apigateway-request-validators']).toEqual({
      body: { validateRequestBody: true, validateRequestParameters: false },
      'body-and-parameters': { validateRequestBody: true, validateRequestParameters: true },
      parameters: { validateRequestBody: false, validateRequestParameters: true },
    });
    expect(body.paths['/orders'].get.parameters).toEqual([
      { name: 'page', in: 'query', required: false, schema: { type: 'string' } },
      { name: 'shop', in: 'query', required: true, schema: { type: 'string' } },
    ]);
    expect(body.paths['/orders/{id}'].put.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } },
    ]);
  });

  test('models are named by the user or by the route, with definitions beside them', () => {
    expect(Object.keys(body.components.schemas)).toEqual(['Order', 'OrderLine', 'PutOrdersIdBody']);
    expect(body.components.schemas.Order.properties.line).toEqual({ $ref: '#/components/schemas/OrderLine' });
    expect(body.paths['/orders'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Order',
    });
  });

  test('integrations', () => {
    expect(body.paths['/orders'].get[INTEGRATION]).toEqual({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: {
        'Fn::Sub': expect.stringMatching(
          /^arn:\$\{AWS::Partition\}:apigateway:\$\{AWS::Region\}:lambda:path\/2015-03-31\/functions\/\$\{Handler\w+\.Arn\}\/invocations$/,
        ),
      },
    });
    expect(body.paths['/orders/{id}'].get[INTEGRATION]).toMatchObject({
      responseTransferMode: 'STREAM',
      uri: {
        'Fn::Sub': expect.stringMatching(
          /path\/2021-11-15\/functions\/\$\{Handler\w+\.Arn\}\/response-streaming-invocations$/,
        ),
      },
    });
    expect(body.paths['/files/{proxy+}']['x-amazon-apigateway-any-method']).toMatchObject({
      parameters: [{ name: 'proxy', in: 'path', required: true }],
      [INTEGRATION]: {
        type: 'http_proxy',
        httpMethod: 'ANY',
        uri: 'https://files.example.com/{proxy}',
        requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
      },
    });
    expect(body.paths['/health'].get[INTEGRATION]).toMatchObject({
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
    });
    expect(body.paths['/orders'].get).toMatchObject({ operationId: 'list', summary: 'All' });
  });

  test('a URL may be a token, with path variables beside it', () => {
    const { stack: other } = gateway();
    const host = new CfnParameter(other, 'Host').valueAsString;
    new RestGateway(other, 'Second', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /x/{id}': { integration: RestIntegration.http(`https://${host}/{id}`) } },
    });
    const { Body } = resource(templateOf(other), 'AWS::ApiGateway::RestApi', /^Second/).Properties;
    expect(Body.paths['/x/{id}'].get[INTEGRATION]).toMatchObject({
      uri: { 'Fn::Sub': 'https://${Host}/{id}' },
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    });
  });
});

describe('other stacks', () => {
  test('functions and pools of another stack, without a cycle', () => {
    const app = testApp();
    const back = new Stack(app, 'Back');
    const front = new Stack(app, 'Front');
    const handler = fn(back, 'Handler');
    const authorizer = fn(back, 'Authorizer');
    new RestGateway(front, 'Api', {
      defaultAuthorizer: RestAuthorizer.lambdaToken(authorizer),
      routes: {
        'GET /': { integration: RestIntegration.lambda(handler) },
        'GET /users': {
          integration: RestIntegration.lambda(handler),
          authorizer: RestAuthorizer.cognito({ userPools: [new UserPool(back, 'Users')] }),
        },
      },
    });
    const assembly = app.synth();
    const template = assembly.getStackByName('Front').template;
    expect(ids(assembly.getStackByName('Back').template, 'AWS::Lambda::Permission')).toEqual([]);
    expect(ids(template, 'AWS::Lambda::Permission')).toHaveLength(2);
    expect(JSON.stringify(resource(template, 'AWS::ApiGateway::RestApi').Properties.Body.paths['/'].get)).toContain(
      'Fn::ImportValue',
    );
    expect(assembly.getStackByName('Back').dependencies.map(({ id }) => id)).not.toContain('Front');
  });

  test('a nested stack, and a stack of a nested Stage', () => {
    const app = testApp();
    const parent = new Stack(new Stage(app, 'Prod'), 'Parent');
    const handler = fn(parent, 'Handler');
    const nested = new NestedStack(parent, 'Nested');
    new RestGateway(nested, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /': { integration: RestIntegration.lambda(handler) } },
    });
    const template = Template.fromStack(nested).toJSON();
    const [parameter] = Object.keys(template.Parameters).filter((name) => name.includes('Handler'));
    expect(bodyIn(template).paths['/'].get[INTEGRATION].uri['Fn::Sub']).toContain(`\${${parameter}}`);
  });

  test('a stack with a known environment keeps the partition open', () => {
    const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
    const api = new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /': { integration: RestIntegration.lambda(fn(stack, 'Handler')) } },
    });
    expect(bodyOf(stack).paths['/'].get[INTEGRATION].uri['Fn::Sub']).toMatch(
      /^arn:\$\{AWS::Partition\}:apigateway:eu-west-1:lambda/,
    );
    expect(JSON.stringify(stack.resolve(api.url))).toContain('execute-api.eu-west-1.');
    expect(Aws.PARTITION).toBeDefined();
  });
});

function bodyIn(template: Json): Json {
  return resource(template, 'AWS::ApiGateway::RestApi').Properties.Body;
}
