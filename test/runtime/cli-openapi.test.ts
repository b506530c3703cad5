import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import {
  CfnRestApi,
  CognitoUserPoolsAuthorizer,
  JsonSchemaType,
  LambdaIntegration,
  MockIntegration,
  RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { parse } from 'yaml';
import { EXAMPLES } from '../../examples/examples';
import { main } from '../../runtime/cli/main';
import { openApiViolations } from '../support/openapi-schema';
import { fn, type Json } from '../support/stacks';

let folder: string;
const file = (name: string) => join(folder, name);

function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = main(['openapi', ...argv], {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
  });
  return { code, out, err };
}

function documentOf(...argv: string[]): Json {
  const { code, out, err } = run(...argv);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

/** A path item of resources, models, a Cognito authorizer and an API key. */
function resourcesStack(app: App): void {
  const stack = new Stack(app, 'Shop');
  const api = new RestApi(stack, 'Api', {
    restApiName: 'shop',
    description: 'Sells',
    binaryMediaTypes: ['image/png'],
    defaultCorsPreflightOptions: { allowOrigins: ['https://a.example'] },
  });
  const line = api.addModel('Line', { modelName: 'Line', schema: { type: JsonSchemaType.STRING } });
  const order = api.addModel('Order', {
    modelName: 'Order',
    schema: {
      type: JsonSchemaType.OBJECT,
      required: ['lines'],
      definitions: { note: { type: [JsonSchemaType.STRING, JsonSchemaType.NULL] } },
      properties: {
        lines: {
          type: JsonSchemaType.ARRAY,
          items: { ref: `https://apigateway.amazonaws.com/restapis/${api.restApiId}/models/${line.modelId}` },
        },
        note: { ref: '#/definitions/note' },
      },
    },
  });
  const users = new CognitoUserPoolsAuthorizer(stack, 'Users', {
    cognitoUserPools: [new UserPool(stack, 'Pool')],
    authorizerName: 'users',
  });
  const orders = api.root.addResource('orders');
  orders.addMethod('POST', new LambdaIntegration(fn(stack, 'Create')), {
    operationName: 'createOrder',
    authorizer: users,
    authorizationScopes: ['orders/write'],
    apiKeyRequired: true,
    requestModels: { 'application/json': order },
    requestParameters: { 'method.request.querystring.dry': false, 'method.request.header.X-Trace': true },
    requestValidator: new RequestValidator(stack, 'Both', {
      restApi: api,
      validateRequestBody: true,
      validateRequestParameters: true,
    }),
    methodResponses: [
      {
        statusCode: '201',
        responseModels: { 'application/json': order },
        responseParameters: { 'method.response.header.Location': true },
      },
    ],
  });
  orders.addResource('{id}').addMethod('ANY', new MockIntegration(), { operationName: 'order' });
}

/** An operation that OpenAPI does not have, and one that only the deployment knows. */
const LOSSY = {
  Resources: {
    Lossy: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: 'lossy',
        Body: {
          openapi: '3.0.1',
          info: { title: 'yes', version: '0x1f' },
          paths: { '/a': { get: {}, search: {} }, '/b': { 'Fn::FindInMap': ['Paths', { Ref: 'AWS::Region' }, 'b'] } },
        },
      },
    },
  },
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-openapi-'));
  const shop = new App({ outdir: file('shop') });
  resourcesStack(shop);
  shop.synth();
  const orders = new App({ outdir: file('orders') });
  EXAMPLES['orders-rest'](orders);
  orders.synth();
  const two = new App({ outdir: file('two') });
  const stack = new Stack(two, 'Two');
  for (const name of ['first', 'second'])
    new CfnRestApi(stack, name, { name, body: { openapi: '3.0.1', paths: { '/a': { get: {} } } } });
  new CfnRestApi(stack, 'Elsewhere', { name: 'elsewhere', bodyS3Location: { bucket: 'b', key: 'k' } });
  new CfnRestApi(stack, 'Old', {
    name: 'old',
    body: {
      swagger: '2.0',
      info: { title: 'old' },
      paths: { '/a': { get: { parameters: [{ name: 'q', in: 'query' }] } } },
    },
  });
  two.synth();
  writeFileSync(file('lossy.json'), JSON.stringify(LOSSY));
  writeFileSync(file('none.json'), JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('an API of a body', () => {
  test('is written nearly as it is, with references as text', () => {
    const document = documentOf(file('orders'));
    expect(openApiViolations(document)).toEqual([]);
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/"Fn::|"Ref"/);
    expect(text).toMatch(/functions\/<\w+\.Arn>\/invocations/);
    expect(Object.keys(document).slice(0, 4)).toEqual(['openapi', 'info', 'paths', 'components']);
    expect(text).toContain('x-amazon-apigateway-integration');
  });

  test('--clean leaves what a caller is to know', () => {
    const [full, document] = [documentOf(file('orders')), documentOf(file('orders'), '--clean')];
    expect(openApiViolations(document)).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('x-amazon-');
    const withPlus = Object.keys(full.paths);
    expect(withPlus).toContain('/catalogue/{proxy+}');
    expect(Object.keys(document.paths)).toEqual(withPlus.map((path) => path.replace('+}', '}')));
    expect(JSON.stringify(full)).toContain('"options"');
    expect(JSON.stringify(document)).not.toContain('"options"');
    for (const [name, scheme] of Object.entries<Json>(document.components.securitySchemes)) {
      const { 'x-amazon-apigateway-authtype': kind } = full.components.securitySchemes[name];
      if (kind === 'cognito_user_pools') expect(['http', 'openIdConnect']).toContain(scheme.type);
      else expect(scheme).toMatchObject({ type: 'apiKey' });
    }
  });
});

describe('an API of resources', () => {
  test('has parameters, bodies, responses, models and security', () => {
    const document = documentOf(file('shop'));
    expect(openApiViolations(document)).toEqual([]);
    expect(document.info).toEqual({ title: 'shop', description: 'Sells', version: '1.0' });
    const post = document.paths['/orders'].post;
    expect(post).toMatchObject({
      operationId: 'createOrder',
      security: [{ users: ['orders/write'], api_key: [] }],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
      },
      responses: {
        '201': {
          headers: { Location: {} },
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
        },
      },
      'x-amazon-apigateway-request-validator': expect.stringMatching(/^Both/),
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: expect.stringMatching(/<Create\w+\.Arn>/),
      },
    });
    expect(post.parameters).toEqual([
      { name: 'dry', in: 'query', required: false, schema: { type: 'string' } },
      { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
    ]);
    expect(document.components.schemas).toMatchObject({
      Line: { type: 'string' },
      Order: {
        properties: {
          lines: { items: { $ref: '#/components/schemas/Line' } },
          note: { $ref: '#/components/schemas/OrderNote' },
        },
      },
      OrderNote: { type: 'string', nullable: true },
    });
    expect(Object.keys(document.components.schemas).sort()).toEqual(['Line', 'Order', 'OrderNote']);
    expect(document.components.securitySchemes.users['x-amazon-apigateway-authorizer'].providerARNs).toEqual([
      expect.stringMatching(/^<Pool\w+\.Arn>$/),
    ]);
    expect(document['x-amazon-apigateway-binary-media-types']).toEqual(['image/png']);
    expect(document.paths['/orders/{id}']['x-amazon-apigateway-any-method'].parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    ]);
  });

  test('--clean: ANY is each method, preflights are gone, the user pool is OpenID Connect', () => {
    const document = documentOf(file('shop'), '--clean');
    expect(openApiViolations(document)).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('x-amazon-');
    expect(Object.keys(document.paths['/orders/{id}'])).toEqual(['get', 'put', 'post', 'delete', 'head', 'patch']);
    expect(document.paths['/orders/{id}'].delete.operationId).toBe('orderDelete');
    expect(Object.keys(document.paths['/orders'])).toEqual(['post']);
    expect(document.components.securitySchemes.users).toMatchObject({
      type: 'openIdConnect',
      description: expect.stringMatching(/<Pool\w+\.Arn>$/),
    });
  });
});

test('Swagger comes out as OpenAPI 3.0', () => {
  const document = documentOf(file('two'), '--api', 'old');
  expect(openApiViolations(document)).toEqual([]);
  expect(document.paths['/a'].get.parameters).toEqual([
    { name: 'q', in: 'query', required: false, schema: { type: 'string' } },
  ]);
});

test('YAML says the same as JSON', () => {
  const { code, out } = run(file('shop'), '--format', 'yaml');
  expect(code).toBe(0);
  expect(out.startsWith('openapi: 3.0.1\ninfo:\n')).toBe(true);
  expect(parse(out)).toEqual(documentOf(file('shop')));
});

describe('what cannot be written', () => {
  test.each([[[]], [['--clean']]])('is on standard error with its place, and the exit code is 1: %j', (options) => {
    const { code, out, err } = run(file('lossy.json'), ...options);
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      'apigw: the document of "lossy" is not complete. 2 parts are left out:',
      '  #/paths/~1a/search is not part of OpenAPI 3.0',
      '  #/paths/~1b is known only at deployment: a parameter, a condition or a function decides it',
      '',
    ]);
    const document = JSON.parse(out) as Json;
    expect(openApiViolations(document)).toEqual([]);
    expect(Object.keys(document.paths)).toEqual(['/a']);
  });

  test('texts in YAML are texts to readers of YAML 1.1 too', () => {
    const { out } = run(file('lossy.json'), '--format', 'yaml');
    expect(out).toContain('  title: "yes"\n  version: "0x1f"\n');
  });
});

describe('which API', () => {
  test('by name or logical id', () => {
    expect(documentOf(file('two'), '--api', 'first').info.title).toBe('first');
    expect(documentOf(file('two'), '--api', 'second').info.title).toBe('second');
    expect(openApiViolations(documentOf(file('two'), '--api', 'second', '--clean'))).toEqual([]);
  });

  test('several and none chosen: the list, and exit code 2', () => {
    const { code, out, err } = run(file('two'));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('there are 4 APIs; choose one with --api:');
    expect(err).toContain('  elsewhere (Two.template.json, Elsewhere)');
  });

  test.each([
    [['two', '--api', 'frist'], 'there is no API "frist". Did you mean "first"?'],
    [['two', '--api', 'elsewhere'], 'the definition of "elsewhere" is not in the template'],
    [['none.json'], 'there is no REST or HTTP API in the templates.'],
    [['shop', '--format', 'table'], 'unknown format "table". Available: json, yaml.'],
  ])('%j', ([path, ...rest], message) => {
    const { code, out, err } = run(file(path), ...rest);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test('the options are of this command only', () => {
    let err = '';
    expect(
      main(['check', file('two'), '--clean'], {
        stdout: () => undefined,
        stderr: (text) => (err += text),
        color: false,
      }),
    ).toBe(2);
    expect(err).toContain('--clean is only an option of "apigw openapi".');
  });
});
