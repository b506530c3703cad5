import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { type IResource, LambdaIntegration, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { RootConstruct } from 'constructs';
import {
  ApiTemplate,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  JsonSchema,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
} from '../../lib';

const functionIn = (scope: Stack, id = 'List', code = 'exports.handler = () => ({})') =>
  new Function(scope, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(code) });

function orders(stack: Stack, code?: string): RestGateway {
  return new RestGateway(stack, 'Orders', {
    apiName: 'orders',
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('behind CloudFront'),
    routes: {
      'GET /orders': { integration: RestIntegration.lambda(functionIn(stack, 'List', code).currentVersion) },
      'POST /orders': {
        integration: RestIntegration.mock(),
        request: {
          body: JsonSchema.fromObject({ type: 'object' }),
          query: { dry: true, page: false },
          headers: { 'X-Tenant': true },
        },
        throttle: { rateLimit: 5, burstLimit: 6 },
      },
      'GET /health': { integration: RestIntegration.mock(), authorizer: RestAuthorizer.none('probe') },
    },
    stages: { prod: {} },
  });
}

const newStack = (): Stack => new Stack(new App(), 'Shop');

test('says once what is the same for each response of a route', () => {
  const stack = newStack();
  new RestGateway(stack, 'Orders', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('behind CloudFront'),
    cors: { allowOrigins: ['https://app.example.com'] },
    routes: {
      'POST /orders': {
        integration: RestIntegration.sqs(new Queue(stack, 'Queue', { enforceSSL: true })),
        request: { body: JsonSchema.fromObject({ type: 'object' }) },
      },
    },
  });
  const [, route = ''] = /^ {2}POST \/orders\n((?: {4}.*\n)+)/m.exec(ApiTemplate.fromStack(stack).toText()) ?? [];
  expect(route.match(/CORS origin: https:\/\/app\.example\.com/g)).toHaveLength(1);
});

describe('hasRoute', () => {
  let template: ApiTemplate;
  beforeAll(() => {
    const stack = newStack();
    orders(stack);
    template = ApiTemplate.fromStack(stack);
  });

  test('accepts what is so', () => {
    template.hasRoute('GET /orders', {
      authorization: 'AWS_IAM',
      integration: 'lambda List',
      apiKeyRequired: false,
      validatesBody: false,
      timeout: Duration.seconds(29),
    });
    template.hasRoute('POST /orders', {
      validatesBody: true,
      requiredQuery: ['dry'],
      requiredHeaders: ['X-Tenant'],
      throttle: { rateLimit: 5, burstLimit: 6 },
      stage: 'prod',
    });
    template.hasRoute('GET /health', { authorization: 'NONE', scopes: [] });
    template.hasNoRoute('DELETE /orders');
    template.routeCountIs(3);
    expect(template.routes()).toEqual(['GET /health', 'GET /orders', 'POST /orders']);
  });

  test.each([
    ['authorization', { authorization: 'NONE' }, 'authorization: expected NONE, found AWS_IAM'],
    ['integration', { integration: 'lambda Get' }, 'integration: expected lambda Get, found lambda List'],
    ['API key', { apiKeyRequired: true }, 'apiKeyRequired: expected true, found false'],
    ['body', { validatesBody: true }, 'validatesBody: expected true, found false'],
    ['query', { requiredQuery: ['page'] }, 'requiredQuery: expected page, found (none)'],
    ['headers', { requiredHeaders: ['B', 'A'] }, 'requiredHeaders: expected A, B, found (none)'],
    ['scopes', { scopes: ['read'] }, 'scopes: expected read, found (none)'],
    ['name', { authorizerName: 'pool' }, 'authorizerName: expected pool, found (none)'],
    ['timeout', { timeout: Duration.seconds(3) }, 'timeout in ms: expected 3000, found 29000'],
    ['throttle', { throttle: { rateLimit: 1, burstLimit: 500 } }, 'throttle.rateLimit in prod: expected 1, found 1000'],
    [
      'stage',
      { throttle: { rateLimit: 1, burstLimit: 1 }, stage: 'dev' },
      'throttle: expected the stage "dev" with a throttle, found (none)',
    ],
  ])('says what differs: %s', (_, expected, message) => {
    expect(() => template.hasRoute('GET /orders', expected)).toThrow(
      `ApiTemplate: route "GET /orders" differs:\n  ${message}`,
    );
  });

  test('shows the nearest route', () => {
    expect(() => template.hasRoute('GET /order')).toThrow(
      'ApiTemplate: there is no route "GET /order". The nearest is "GET /orders":\n  authorization: AWS_IAM\n  integration: lambda List',
    );
    expect(() => template.hasRoute('PATCH /orders')).toThrow('The nearest is "GET /orders"');
    expect(() => template.hasRoute('$default')).toThrow('There are:\n  GET /health\n  GET /orders\n  POST /orders');
  });

  test('says what is there', () => {
    expect(() => template.hasNoRoute('GET /health')).toThrow(
      'expected no route "GET /health", found it:\n  authorization: NONE\n  integration: mock',
    );
    expect(() => template.routeCountIs(2)).toThrow(
      'expected 2 routes, found 3:\n  GET /health\n  GET /orders\n  POST /orders',
    );
    expect(() => template.resourceCountIs(1)).toThrow(/^ApiTemplate: expected 1 resource, found \d\d$/);
  });
});

test('fromJSON reads a template of CDK, whatever made it', () => {
  const stack = newStack();
  const api = new RestApi(stack, 'Api', { restApiName: 'shop', deployOptions: { throttlingRateLimit: 7 } });
  api.root.addResource('orders').addMethod('GET', new LambdaIntegration(functionIn(stack)), { apiKeyRequired: true });
  const http = new HttpApi(stack, 'Http', { apiName: 'web', defaultAuthorizer: new HttpIamAuthorizer() });
  const integration = new HttpUrlIntegration('Url', 'https://example.com');
  http.addRoutes({ path: '/orders', methods: [HttpMethod.GET], integration });
  const json = Template.fromStack(stack).toJSON() as { Resources: object };
  for (const template of [ApiTemplate.fromStack(stack), ApiTemplate.fromJSON(json)]) {
    template.resourceCountIs(Object.keys(json.Resources).length);
    template.api('shop').hasRoute('GET /orders', { integration: 'lambda List', apiKeyRequired: true });
    template.api('web').hasRoute('GET /orders', { authorization: 'AWS_IAM', integration: 'http https://example.com' });
    // Either of the two APIs may have it.
    template.hasRoute('GET /orders', { authorization: 'AWS_IAM' });
    template.routeCountIs(2);
    template.api('web').routeCountIs(1);
    expect(() => template.api('wab')).toThrow('ApiTemplate: there is no API "wab". Did you mean "web"?');
  }
});

test('routes in nested stacks, and those of an imported API', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const api = new RestApi(stack, 'Api', { deploy: false });
  api.root.addMethod('GET', new MockIntegration());
  const nested = new NestedStack(stack, 'Nested');
  const root: IResource = RestApi.fromRestApiAttributes(nested, 'Same', {
    restApiId: api.restApiId,
    rootResourceId: api.restApiRootResourceId,
  }).root;
  root.addResource('nested').addMethod('GET', new MockIntegration());
  const other = new Stack(app, 'Other');
  const imported = RestApi.fromRestApiAttributes(other, 'Api', { restApiId: 'a1b2c3', rootResourceId: 'd4e5f6' });
  imported.root.addResource('other').addMethod('GET', new MockIntegration());

  const template = ApiTemplate.fromStack(stack);
  expect(template.routes()).toEqual(['GET /', 'GET /nested']);
  // The nested stack has a route of an API that is in its parent.
  expect(ApiTemplate.fromStack(nested).routes()).toEqual(['GET /nested']);
  expect(ApiTemplate.fromStack(nested).toText()).toMatch(/^REST API Api\n  GET \/nested\n[^]*[^\n]\n$/);
  expect(ApiTemplate.fromStack(other).routes()).toEqual(['GET /<d4e5f6>/other']);
});

test('a stack in a stage is read alone', () => {
  const app = new App();
  const made = ['Dev', 'Prod'].map((id) => {
    const stack = new Stack(new Stage(app, id), 'Shop');
    new HttpGateway(stack, 'Web', {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: { [`GET /${id}`]: { integration: HttpIntegration.http('https://example.com/') } },
    });
    return stack;
  });
  expect(made.map((stack) => ApiTemplate.fromStack(stack).routes())).toEqual([['GET /Dev'], ['GET /Prod']]);
});

test('a stack outside of an app is an error', () => {
  const stack = new Stack(new RootConstruct('Root'), 'Alone');
  expect(() => ApiTemplate.fromStack(stack)).toThrow(
    'ApiTemplate: the stack "Alone" must be in an App or a Stage to be synthesized',
  );
});

describe('toText', () => {
  test('is the API as callers see it', () => {
    const stack = newStack();
    orders(stack);
    expect(ApiTemplate.fromStack(stack).toText()).toMatchSnapshot();
  });

  test('stays the same when only code changes', () => {
    const text = (code: string): string => {
      const stack = newStack();
      orders(stack, code);
      return ApiTemplate.fromStack(stack).toText();
    };
    expect(text('exports.handler = () => 1')).toBe(text('exports.handler = () => 2'));
  });
});
