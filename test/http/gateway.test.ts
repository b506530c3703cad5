import { Aspects, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { HttpAuthorizer, HttpGateway, HttpIntegration } from '../../lib';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { bodyOf, gateway, integrationOf } from './support';

describe('an HTTP API with one function', () => {
  let template: Json;
  let body: Json;

  beforeAll(() => {
    const stack = new Stack(testApp(), 'Stack');
    const handler = fn(stack, 'Handler');
    new HttpGateway(stack, 'Api', {
      description: 'Orders',
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: {
        'GET /orders/{id}': { integration: HttpIntegration.lambda(handler), operationName: 'getOrder', summary: 'One' },
        'POST /orders': { integration: HttpIntegration.lambda(handler) },
      },
    });
    template = templateOf(stack);
    body = resource(template, 'AWS::ApiGatewayV2::Api').Properties.Body;
  });

  test('is one document, and nothing that CloudFormation refuses beside one', () => {
    const { Properties } = resource(template, 'AWS::ApiGatewayV2::Api');
    expect(Object.keys(Properties).sort()).toEqual(['Body', 'FailOnWarnings']);
    expect(Properties.FailOnWarnings).toBe(true);
    expect(body.openapi).toBe('3.0.1');
    expect(body['x-amazon-apigateway-importexport-version']).toBe('1.0');
    expect(body.info).toEqual({ title: 'Api', description: 'Orders', version: '1.0' });
    expect(ids(template, 'AWS::ApiGatewayV2::Route')).toEqual([]);
  });

  test('has sorted paths, with their variables declared', () => {
    expect(Object.keys(body.paths)).toEqual(['/orders', '/orders/{id}']);
    expect(body.paths['/orders/{id}'].parameters).toEqual([{ $ref: '#/components/parameters/id' }]);
    expect(body.components.parameters).toEqual({
      id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    });
    expect(body.paths['/orders'].parameters).toBeUndefined();
    expect(body.paths['/orders/{id}'].get).toMatchObject({
      operationId: 'getOrder',
      summary: 'One',
      responses: {},
      security: [{ sigv4: [] }],
    });
  });

  test('shares one integration between the routes of the function', () => {
    expect(Object.keys(body.components['x-amazon-apigateway-integrations'])).toEqual(['Handler']);
    expect(integrationOf(body, '/orders', 'post')).toEqual({
      type: 'aws_proxy',
      httpMethod: 'POST',
      payloadFormatVersion: '2.0',
      uri: {
        'Fn::Sub': expect.stringMatching(
          /^arn:\$\{AWS::Partition\}:apigateway:\$\{AWS::Region\}:lambda:path\/2015-03-31\/functions\/\$\{Handler\w+\.Arn\}\/invocations$/,
        ),
      },
    });
  });

  test('serves them on one stage that deploys by itself, with log, throttle and metrics', () => {
    const { Properties } = resource(template, 'AWS::ApiGatewayV2::Stage');
    expect(Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: {
        DetailedMetricsEnabled: true,
        ThrottlingBurstLimit: 500,
        ThrottlingRateLimit: 1000,
      },
    });
    expect(Properties.DeploymentId).toBeUndefined();
    expect(JSON.parse(Properties.AccessLogSettings.Format).routeKey).toBe('$context.routeKey');
    expect(ids(template, 'AWS::ApiGatewayV2::Deployment')).toEqual([]);
    // HTTP APIs write access logs without a role of the account.
    expect(ids(template, 'Custom::ApiGatewayAccountLogging')).toEqual([]);
    expect(ids(template, 'AWS::ApiGateway::Account')).toEqual([]);
  });
});

test('endpoint settings are in the document, where an import takes them from', () => {
  const { stack } = gateway({ disableExecuteApiEndpoint: true, ipAddressType: IpAddressType.DUAL_STACK });
  expect(bodyOf(stack).servers).toEqual([
    {
      url: '/',
      'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true, ipAddressType: 'dualstack' },
    },
  ]);
});

test('tags are in the document: CloudFormation refuses them beside one', () => {
  const { stack, app } = gateway({ stages: { prod: { tags: { tier: 'gold' } } } });
  Tags.of(app).add('team', 'shop');
  Tags.of(stack).add('cost', '42');
  const template = templateOf(stack);
  const api = resource(template, 'AWS::ApiGatewayV2::Api').Properties;
  expect(api.Tags).toBeUndefined();
  expect(api.Body.tags).toEqual([
    { name: 'cost', 'x-amazon-apigateway-tag-value': '42' },
    { name: 'team', 'x-amazon-apigateway-tag-value': 'shop' },
  ]);
  expect(resource(template, 'AWS::ApiGatewayV2::Stage').Properties.Tags).toEqual({
    cost: '42',
    team: 'shop',
    tier: 'gold',
  });
});

test('an override of one route reaches it in the document, and none that shares its integration', () => {
  const stack = new Stack(testApp(), 'Stack');
  const shared = HttpIntegration.lambda(fn(stack, 'Handler'));
  const api = new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /a': { integration: shared }, 'GET /b': { integration: shared } },
  });
  api.cfnApi.addPropertyOverride('Body.paths./a.get.security', []);
  const { paths } = bodyOf(stack);
  expect(paths['/a'].get.security).toEqual([]);
  expect(paths['/b'].get.security).toEqual([{ sigv4: [] }]);
});

test('URLs, imports and L1s', () => {
  const logGroup = LogGroup.fromLogGroupName(new Stack(), 'Log', 'log');
  const { stack, api } = gateway({ stages: { $default: {}, prod: { stageName: 'v1', accessLog: { logGroup } } } });
  expect(stack.resolve(api.urlForStage('$default'))).toEqual({
    'Fn::Join': [
      '',
      ['https://', { Ref: 'ApiF70053CD' }, '.execute-api.', expect.anything(), '.', expect.anything(), '/'],
    ],
  });
  expect(JSON.stringify(stack.resolve(api.urlForStage('prod')))).toContain('ApiStageprod');
  expect(api.stage('prod')).toBe(api.stage('prod'));
  expect(stack.resolve(api.stage('prod').stageName)).toEqual({ Ref: stack.getLogicalId(api.cfnStage('prod')) });
  expect(stack.resolve(api.api.apiId)).toEqual({ Ref: 'ApiF70053CD' });
  expect(stack.resolve(api.apiId)).toEqual({ Ref: 'ApiF70053CD' });
  expect(api.accessLogGroup('prod')).toBe(logGroup);
  expect(api.accessLogGroup('$default').logGroupArn).toBeDefined();
  expect(gateway().api.url).toBeDefined();
});

test('routes come with addRoute as they do with the map, also while the tree is visited', () => {
  const { stack, api } = gateway();
  Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof CfnResource && node === api.cfnApi) {
        api.addRoute('GET /late', { integration: HttpIntegration.http('https://example.com/late') });
      }
    },
  });
  expect(Object.keys(bodyOf(stack).paths)).toEqual(['/', '/late']);
});
