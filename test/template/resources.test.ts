import { describeRoutes, describeStages } from '../../lib/template/describe/rest';
import { stackOf } from '../../lib/template/model/stack-of';
import { type Integration, type Method } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { UNKNOWN } from '../../lib/template/model/value';
import { Api, method, part, resources } from './orders-resources';
import { apiOf, att, modelOf, ref, resource, source } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const model = modelOf(resources, { Parameters: { Env: { Type: 'String' } } }, { region: 'cn-north-1' });
const [api] = model.restApis;
const id = (logicalId: string) => ({ template: 'app.json', logicalId });
const byId = <T extends { location: { logicalId: string } }>(all: readonly T[], logicalId: string): T =>
  all.find(({ location }) => location.logicalId === logicalId) as T;

describe('a REST API from resources', () => {
  test('is what its properties say', () => {
    expect(api).toMatchObject({
      form: 'resources',
      name: 'Orders',
      endpointTypes: ['REGIONAL'],
      ipAddressType: 'dualstack',
      vpcEndpointIds: [],
      location: { ...id('Api'), path: ['Properties'] },
    });
  });

  test.each([
    ['Root', '/'],
    ['List', '/orders'],
    ['GetOdd', '/orders/{id}/<Env>'],
    ['GetLost', '/<Elsewhere>/lost'],
    ['GetForeign', '/<abc123>'],
  ])('the path of %s is %s', (logicalId, path) => {
    expect(byId(api.methods, logicalId).path).toEqual(path);
  });

  test('a circle of parents ends', () => {
    expect(byId(api.methods, 'GetRound').path).toEqual('/<unknown>/about/round');
  });

  test('a method has all of its parts', () => {
    const list: Method = byId(api.methods, 'List');
    expect(list).toMatchObject({
      httpMethod: 'GET',
      operationId: 'list',
      authorizationType: 'CUSTOM',
      scopes: ['a'],
      apiKeyRequired: true,
      requestParameters: { 'method.request.querystring.page': false },
      requestModels: { 'application/json': '<Shape>', 'text/plain': 'Empty' },
      responses: [{ statusCode: '200', parameters: ['method.response.header.A'] }],
    });
    expect(list.authorizer).toBe(api.authorizers[0]);
    expect(list.validator).toBe(api.validators[0]);
    const integration = list.integration as Integration;
    expect(integration).toMatchObject({
      type: 'AWS',
      httpMethod: 'POST',
      timeoutInMillis: 5000,
      lambda: { function: id('Fn') },
    });
    expect(integration.responses).toMatchObject([
      { selectionPattern: '', location: { path: ['Properties', 'Integration', 'IntegrationResponses', '0'] } },
      { selectionPattern: '5..', contentHandling: 'CONVERT_TO_TEXT' },
    ]);
  });

  test('what is named but not there is unknown', () => {
    expect(byId(api.methods, 'Root')).toMatchObject({ authorizer: UNKNOWN, authorizationType: UNKNOWN });
  });

  test('has its authorizers, validators, models and gateway responses', () => {
    expect(api.authorizers).toMatchObject([
      { key: 'Auth', type: 'REQUEST', resultTtlInSeconds: 0, lambda: { function: id('Fn') } },
    ]);
    expect(api.validators).toMatchObject([{ key: 'Check', validateBody: true, validateParameters: false }]);
    expect(api.models).toMatchObject([{ contentType: 'application/json', schema: { type: 'object' } }]);
    expect(api.gatewayResponses).toMatchObject([
      { responseType: 'ACCESS_DENIED', parameters: { 'gatewayresponse.header.A': "'b'" } },
    ]);
    expect(api.deployments).toMatchObject([
      { stageName: 'old', stageDescription: { Variables: {} }, dependsOn: [id('List'), id('Root')] },
    ]);
  });
});

describe('a stage', () => {
  const prod = byId(api.stages, 'Prod');

  test('is what its properties say', () => {
    expect(prod).toMatchObject({
      stageName: 'prod',
      deployment: id('Deployment'),
      variables: { table: 'orders', fn: UNKNOWN, bucket: UNKNOWN },
      accessLog: { destination: '<Group.Arn>', format: '{"id":"$context.requestId"}' },
      tracingEnabled: true,
      cacheClusterSize: '0.5',
      canary: { percentTraffic: 10, deployment: id('Deployment'), useStageCache: false },
    });
    expect(byId(api.stages, 'Test')).toMatchObject({ stageName: UNKNOWN, variables: {}, deployment: undefined });
    expect(model.restApis.at(-1)?.stages.map(({ location }) => location.logicalId)).toEqual(['Loose']);
  });

  test('has its method settings, paths decoded', () => {
    expect(prod.methodSettings).toMatchObject([
      { resourcePath: '/*', throttlingRateLimit: 100, loggingLevel: 'ERROR' },
      { resourcePath: '/orders/{id}', rawResourcePath: '/~1orders~1{id}', cachingEnabled: true },
      { resourcePath: '/', location: { path: ['Properties', 'MethodSettings', '2'] } },
    ]);
  });

  test('reaches what it depends on, directly and through others', () => {
    const reached = Object.keys(resources).filter((logicalId) => prod.reaches(id(logicalId)));
    expect(reached).toEqual([
      'Api',
      'Orders',
      'List',
      'Root',
      'Fn',
      'Auth',
      'Check',
      'Shape',
      'Deployment',
      'Logging',
      'Policy',
      'Role',
      'Group',
      'Bucket',
      'Key2',
    ]);
    expect(prod.reaches({ template: 'other.json', logicalId: 'Logging' })).toBe(false);
    expect(prod.dependsOn).toEqual([id('Logging')]);
  });

  test.each<[string, unknown]>([
    ['its ARN', att('Group', 'Arn')],
    ['its ARN without the end', { 'Fn::Select': [0, { 'Fn::Split': [':*', att('Group', 'Arn')] }] }],
    ['an ARN around its reference', { 'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}' }],
    ['an ARN around its name', 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/apis/x:*'],
  ])('finds its log group by %s', (_, DestinationArn) => {
    const Stage = resource('AWS::ApiGateway::Stage', { AccessLogSetting: { DestinationArn } });
    const { detachedStages } = modelOf({ Group: resources.Group, Stage });
    expect(detachedStages[0].accessLog?.logGroup?.location.logicalId).toBe('Group');
  });

  test('a log that nobody can tell is there, but unknown', () => {
    const Stage = resource('AWS::ApiGateway::Stage', {
      AccessLogSetting: { 'Fn::If': ['C', {}, ref('AWS::NoValue')] },
    });
    expect(modelOf({ Stage }).detachedStages[0].accessLog).toMatchObject({ destination: '<unknown>', format: UNKNOWN });
  });

  test('throttles a route by its own setting first, whatever the order', () => {
    const MethodSettings = [
      { HttpMethod: 'GET', ResourcePath: '/~1orders', ThrottlingRateLimit: 5 },
      { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
    ];
    const { Orders } = resources;
    const Stage = resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName: 'x', MethodSettings });
    const [throttled] = modelOf({ Api, Orders, List: method(ref('Orders')), Stage }).restApis;
    expect(describeRoutes(throttled)[0].throttle).toBe('5/s, burst 50');
  });

  test.each([
    [ref('Alb'), 'alb https://orders.example.com/x'],
    [att('Alb', 'LoadBalancerArn'), 'alb https://orders.example.com/x'],
    [ref('Nlb'), 'nlb https://orders.example.com/x'],
    [
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders/1',
      'alb https://orders.example.com/x',
    ],
    [
      { 'Fn::Sub': 'arn:${AWS::Partition}:elasticloadbalancing:eu-west-1:1:loadbalancer/net/orders/1' },
      'nlb https://orders.example.com/x',
    ],
    [ref('Elsewhere'), 'vpc link https://orders.example.com/x'],
    [undefined, 'vpc link https://orders.example.com/x'],
  ])('names the load balancer of a private integration: %j', (integrationTarget, row) => {
    const loadBalancer = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
    const integration = {
      type: 'http_proxy',
      httpMethod: 'GET',
      uri: 'https://orders.example.com/x',
      connectionType: 'VPC_LINK',
      connectionId: 'abc123',
      integrationTarget,
    };
    const body = { paths: { '/x': { get: { 'x-amazon-apigateway-integration': integration } } } };
    const balancers = { Alb: resource(loadBalancer, {}), Nlb: resource(loadBalancer, { Type: 'network' }) };
    expect(describeRoutes(apiOf(body, {}, balancers))[0].integration).toBe(row);
  });

  test('makes a row for a table', () => {
    const rows = describeStages(api, stackOf(model, api.location)?.region);
    expect(rows[0]).toEqual({
      name: 'prod',
      url: 'https://<api-id>.execute-api.cn-north-1.amazonaws.com.cn/prod',
      throttle: '100/s, burst 50',
      cache: '0.5 GB, 60 s',
      logs: 'access + execution ERROR',
      tracing: 'on',
    });
    expect(rows[1]).toMatchObject({ name: '?', cache: 'off', logs: '–', tracing: 'off' });
  });
});

describe('what stands around an API', () => {
  test('accounts, functions and log groups', () => {
    const custom = resource('Custom::ApiGatewayAccountLogging', { CloudWatchRoleArn: 'arn:role' });
    expect(model.accounts).toMatchObject([{ cloudWatchRoleArn: '<Role.Arn>', custom: false }]);
    expect(modelOf({ custom }).accounts).toMatchObject([{ cloudWatchRoleArn: 'arn:role', custom: true }]);
    expect(model.functions).toMatchObject([{ timeoutInSeconds: 30 }]);
    expect(model.logGroups).toMatchObject([{ name: '/aws/apis/x', retentionInDays: 7 }]);
  });

  test('web ACL associations name their stage', () => {
    const stageOf = (logicalId: string) => byId(model.webAclAssociations, logicalId).stage;
    expect(stageOf('ByRef')).toEqual(id('Prod'));
    expect(stageOf('ByName')).toEqual(id('Prod'));
    expect(stageOf('ByParameter')).toEqual(id('Test'));
    expect(stageOf('ByNothing')).toBeUndefined();
  });

  test('usage plans and their keys', () => {
    expect(model.usagePlans).toMatchObject([
      {
        throttle: false,
        quota: { limit: 10, period: 'DAY' },
        apiStages: [
          { api: id('Api'), stage: id('Prod') },
          { api: id('Api'), stageName: 'prod', stage: id('Prod') },
          { api: UNKNOWN, stageName: 'prod', stage: undefined },
        ],
        keys: [{ apiKey: id('Key'), keyType: 'API_KEY' }],
      },
    ]);
    expect(model.apiKeys).toMatchObject([{ value: UNKNOWN }]);
  });

  test('mappings, of every kind', () => {
    expect(model.domainMappings.map(({ location, api }) => [location.logicalId, api])).toEqual([
      ['Mapping', id('Api')],
      ['MappingV2', id('Api')],
      ['Mapped', id('Api')],
      ['MappedHttp', id('Http')],
      ['MappedUnknown', UNKNOWN],
      ['Rule', id('Api')],
    ]);
  });

  test('a method in a nested stack belongs to the API of its parent', () => {
    const parent = source({
      Resources: {
        Api,
        Orders: part('orders', att('Api', 'RootResourceId')),
        Nested: resource('AWS::CloudFormation::Stack', { Parameters: { Api: ref('Api'), Orders: ref('Orders') } }),
      },
    });
    const nested = source(
      {
        Parameters: { Api: { Type: 'String' }, Orders: { Type: 'String' } },
        Resources: {
          Item: part('{id}', ref('Orders')),
          Get: method(ref('Item')),
        },
      },
      { file: 'nested.json', parent: { file: 'app.json', logicalId: 'Nested' } },
    );
    const [found] = readModel([parent, nested]).restApis;
    expect(found.methods).toMatchObject([
      { path: '/orders/{id}', location: { template: 'nested.json', logicalId: 'Get' } },
    ]);
  });
});
