import { Lazy } from 'aws-cdk-lib';
import { ArnPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  RestAuthorizer,
  GatewayClientCertificate,
  RestIntegration,
  type RestGatewayProps,
  type IRestMetrics,
} from '../../lib';
import { gateway, ids, type Json, resource, templateOf } from '../support/stacks';

const mock = RestIntegration.mock();
const OPTIONS: Partial<RestGatewayProps> = {
  apiName: 'orders',
  routes: {
    'GET /orders': { integration: mock },
    'GET /orders/{id}': { integration: mock, cache: { perCaller: false } },
    'ANY /files/{proxy+}': { integration: mock },
    'POST /': { integration: mock },
    'GET /open': { integration: mock, authorizer: RestAuthorizer.none('test') },
  },
  stages: { dev: { detailedMetrics: false }, prod: { cache: {} } },
};

describe('metrics', () => {
  const { api, stack } = gateway(OPTIONS);
  const config = (metric: Metric) => {
    const { metricName, namespace, statistic, dimensions } = metric;
    return { metricName, namespace, statistic, dimensions: stack.resolve(dimensions) as Json };
  };
  const Stage = stack.resolve(api.cfnStage('prod').ref) as Json;

  test.each<[string, (of: IRestMetrics) => Metric, string, string]>([
    ['client errors', (of) => of.metricClientError(), '4XXError', 'Sum'],
    ['server errors', (of) => of.metricServerError(), '5XXError', 'Sum'],
    ['requests', (of) => of.metricCount(), 'Count', 'SampleCount'],
    ['latency', (of) => of.metricLatency(), 'Latency', 'Average'],
    ['integration latency', (of) => of.metricIntegrationLatency(), 'IntegrationLatency', 'Average'],
    ['cache hits', (of) => of.metricCacheHitCount(), 'CacheHitCount', 'Sum'],
    ['cache misses', (of) => of.metricCacheMissCount(), 'CacheMissCount', 'Sum'],
    ['another one', (of) => of.metric('New', { statistic: 'p99' }), 'New', 'p99'],
    ['another statistic', (of) => of.metricLatency({ statistic: 'p90' }), 'Latency', 'p90'],
  ])('%s', (_, make, metricName, statistic) => {
    expect(config(make(api))).toEqual({
      namespace: 'AWS/ApiGateway',
      metricName,
      statistic,
      dimensions: { ApiName: 'orders' },
    });
  });

  test('are of the API, of a stage, or of a route on a stage', () => {
    expect(config(api.stage('prod').metricCount()).dimensions).toEqual({ ApiName: 'orders', Stage });
    const route = (key: string) => config(api.stage('prod').route(key).metricCount()).dimensions;
    expect(route('GET /orders/{id}')).toEqual({ ApiName: 'orders', Stage, Method: 'GET', Resource: '/orders/{id}' });
    expect(route('ANY /files/{proxy+}')).toEqual({
      ApiName: 'orders',
      Stage,
      Method: 'ANY',
      Resource: '/files/{proxy+}',
    });
    expect(config(api.stage('dev').route('POST /').onStage('prod').metricCount()).dimensions).toMatchObject({
      ApiName: 'orders',
    });
  });

  test('go by the name that CloudWatch sees', () => {
    const nameOf = (apiName: string) => {
      const made = gateway({ apiName });
      return made.stack.resolve(made.api.metricCount().dimensions) as Json;
    };
    expect(nameOf('Bestellungen für Köln')).toEqual({ ApiName: 'Bestellungen fr Kln' });
    expect(nameOf('注文')).toEqual({ ApiName: { Ref: expect.stringMatching(/^Api/) } });
    expect(nameOf(Lazy.string({ produce: () => 'später' }))).toEqual({ ApiName: 'später' });
  });

  test('say what is wrong', () => {
    expect(() => api.stage('prd')).toThrow(`RestGateway 'Api': has no stage "prd". Did you mean "prod"?`);
    expect(() => api.stage('prod').route('GET /order')).toThrow(
      `RestGateway 'Api': there is no route "GET /order" (yet). Did you mean "GET /orders"?`,
    );
    expect(() => api.route('GET /orders').metricCount()).toThrow(
      `RestGateway 'Api': route "GET /orders": metrics of a route are recorded per stage, and there are 2; write route.onStage('dev')`,
    );
    expect(() => api.stage('dev').route('GET /orders').metricCount()).toThrow(
      'stage "dev" has no metrics of routes, since its detailedMetrics is false; remove that',
    );
  });
});

describe('grants', () => {
  function granted(grant: (made: ReturnType<typeof gateway>, role: Role) => void): Json {
    const made = gateway(OPTIONS);
    grant(made, new Role(made.stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    const [statement, ...others] = resource(templateOf(made.stack), 'AWS::IAM::Policy', /^Role/).Properties
      .PolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(statement.Effect).toBe('Allow');
    const pieces = ({ 'Fn::Join': [, parts] }: Json): string =>
      parts.map((part: Json) => (part.Ref ? `<${part.Ref}>` : part)).join('');
    return { action: statement.Action, arns: [statement.Resource].flat().map(pieces) };
  }
  const ARN = /^arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<Api\w{8}>(\/.*)$/;
  const suffixes = (found: Json) =>
    found.arns.map((arn: string) => ARN.exec(arn)?.[1].replace(/(Stage[a-z]+)\w{8}/, '$1'));

  test.each<[string, Parameters<typeof granted>[0], string, string[]]>([
    ['the whole API', ({ api }, role) => api.grantExecute(role), 'execute-api:Invoke', ['/*/*']],
    [
      'a route',
      ({ api }, role) => api.grantExecute(role, { routes: ['GET /orders/{id}'] }),
      'execute-api:Invoke',
      ['/*/GET/orders/*'],
    ],
    [
      'routes of any method and of the root',
      ({ api }, role) => api.grantExecute(role, { routes: ['ANY /files/{proxy+}', 'POST /'] }),
      'execute-api:Invoke',
      ['/*/*/files/*', '/*/POST/'],
    ],
    [
      'a stage',
      ({ api }, role) => api.grantExecute(role, { stages: ['prod'] }),
      'execute-api:Invoke',
      ['/<ApiStageprod>/*'],
    ],
    [
      'a route on stages',
      ({ api }, role) => api.grantExecute(role, { routes: ['GET /orders'], stages: ['dev', 'prod'] }),
      'execute-api:Invoke',
      ['/<ApiStagedev>/GET/orders', '/<ApiStageprod>/GET/orders'],
    ],
    ['the cache', ({ api }, role) => api.grantInvalidateCache(role), 'execute-api:InvalidateCache', ['/*/*']],
    [
      'the cache of a route',
      ({ api }, role) => api.grantInvalidateCache(role, { routes: ['GET /orders/{id}'], stages: ['prod'] }),
      'execute-api:InvalidateCache',
      ['/<ApiStageprod>/GET/orders/*'],
    ],
  ])('%s', (_, grant, action, expected) => {
    const found = granted(grant);
    expect(found.action).toBe(action);
    expect(suffixes(found)).toEqual(expected);
  });

  test('do not touch the API', () => {
    const { api, stack } = gateway(OPTIONS);
    const before = Object.keys(templateOf(gateway(OPTIONS).stack).Resources);
    expect(api.grantExecute(new ArnPrincipal('arn:aws:iam::222222222222:role/r')).success).toBe(false);
    expect(Object.keys(templateOf(stack).Resources)).toEqual(before);
  });

  const { api, stack } = gateway(OPTIONS);
  const plain = gateway({}).api;
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  test.each<[string, () => unknown, string]>([
    [
      'a route',
      () => api.grantExecute(role, { routes: ['GET /order'] }),
      `RestGateway 'Api': grantExecute: there is no route "GET /order" (yet). Did you mean "GET /orders"?`,
    ],
    [
      'no routes',
      () => api.grantExecute(role, { routes: [] }),
      'grantExecute: routes is empty, so nothing would be granted; remove it for all routes',
    ],
    [
      'a stage',
      () => api.grantExecute(role, { stages: ['prd'] }),
      'grantExecute: there is no stage "prd". Did you mean "prod"?',
    ],
    [
      'no stages',
      () => api.grantExecute(role, { stages: [] }),
      'grantExecute: stages is empty, so nothing would be granted; remove it for all stages',
    ],
    [
      'a route that asks for no signature',
      () => api.grantExecute(role, { routes: ['GET /open'] }),
      'grantExecute: route "GET /open" has an authorizer of kind "none", for which an IAM policy has no effect; give the route RestAuthorizer.iam()',
    ],
    [
      'a route without cache',
      () => api.grantInvalidateCache(role, { routes: ['GET /orders'] }),
      'grantInvalidateCache: route "GET /orders" has no cache; give it cache: {}',
    ],
    [
      'a stage without cache',
      () => api.grantInvalidateCache(role, { stages: ['dev'] }),
      'grantInvalidateCache: there is no cache on stage "dev"; turn it on: stages: { prod: { cache: {} } }',
    ],
    [
      'an API without cache',
      () => plain.grantInvalidateCache(role),
      'grantInvalidateCache: there is no cache on stage "prod"',
    ],
  ])('say what is wrong: %s', (_, grant, message) => {
    expect(grant).toThrow(message);
  });
});

describe('client certificates', () => {
  test('are made for a stage, or shared', () => {
    const { stack } = gateway({
      stages: {
        dev: {},
        test: { clientCertificate: GatewayClientCertificate.fromClientCertificateId('a1b2c3') },
        prod: { clientCertificate: GatewayClientCertificate.generated('towards the catalogue') },
      },
    });
    const template = templateOf(stack);
    const [made, ...others] = ids(template, 'AWS::ApiGateway::ClientCertificate');
    expect(others).toEqual([]);
    expect(made).toMatch(/ClientCertificateprod/);
    expect(template.Resources[made].Properties).toEqual({ Description: 'towards the catalogue' });
    const certificate = (stage: RegExp) =>
      resource(template, 'AWS::ApiGateway::Stage', stage).Properties.ClientCertificateId;
    expect([certificate(/dev/), certificate(/test/), certificate(/prod/)]).toEqual([
      undefined,
      'a1b2c3',
      { Ref: made },
    ]);
  });

  test('say what is wrong', () => {
    expect(() => GatewayClientCertificate.fromClientCertificateId('arn:aws:acm:eu-west-1:1:certificate/a')).toThrow(
      'GatewayClientCertificate.fromClientCertificateId: must be the id of a client certificate, letters and digits such as "a1b2c3", got: "arn:aws:acm:eu-west-1:1:certificate/a"; no ARN, and no certificate',
    );
  });
});

test('redeployOn brings about a deployment', () => {
  const deployment = (redeployOn?: string[]) =>
    ids(templateOf(gateway({ redeployOn }).stack), 'AWS::ApiGateway::Deployment')[0];
  const none = deployment();
  expect(deployment([])).toBe(none);
  expect(new Set([none, deployment(['1']), deployment(['2']), deployment(['1', '2'])]).size).toBe(4);
  expect(deployment(['1'])).toBe(deployment([Lazy.string({ produce: () => '1' })]));
});
