import { Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HttpAuthorizer, HttpGateway, HttpIntegration, HttpRequestParameter, RequestValue } from '../../lib';
import { fn, ids, resource, templateOf, testApp } from '../support/stacks';
import { bodyOf, gateway } from './support';

const http = HttpIntegration.http('https://example.com/');
const STAGE = 'AWS::ApiGatewayV2::Stage';
const DEPLOYMENT = 'AWS::ApiGatewayV2::Deployment';

test('a stage has what was written for it', () => {
  const { stack } = gateway({
    routes: { 'GET /': { integration: http } },
    stages: {
      prod: {
        stageName: 'live',
        description: 'Live',
        variables: { table: 'orders' },
        throttle: { rateLimit: 5, burstLimit: 7 },
        detailedMetrics: false,
        tags: { tier: 'gold' },
        accessLog: { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY },
      },
    },
  });
  const template = templateOf(stack);
  expect(resource(template, STAGE).Properties).toMatchObject({
    StageName: 'live',
    Description: 'Live',
    StageVariables: { table: 'orders' },
    DefaultRouteSettings: { DetailedMetricsEnabled: false, ThrottlingRateLimit: 5, ThrottlingBurstLimit: 7 },
    Tags: { tier: 'gold' },
  });
  const log = resource(template, 'AWS::Logs::LogGroup');
  expect(log).toMatchObject({ DeletionPolicy: 'Delete', Properties: { RetentionInDays: 7 } });
  expect(JSON.stringify(log.Properties.LogGroupName)).toContain('/Api/prod-');
});

test('the log group of the default stage is named without its sign', () => {
  const { stack } = gateway({ stages: { $default: {}, default: {} } });
  const template = templateOf(stack);
  const names = ids(template, 'AWS::Logs::LogGroup').map((id) =>
    JSON.stringify(template.Resources[id].Properties.LogGroupName),
  );
  expect(names.join()).not.toContain('$');
  expect(new Set(names).size).toBe(2);
});

describe('limits of routes', () => {
  const { stack } = gateway({
    routes: {
      'POST /orders': { integration: http, throttle: { rateLimit: 50, burstLimit: 60 } },
      'GET /orders': { integration: http },
      $default: { integration: http },
    },
    stages: {
      dev: { routes: { 'POST /orders': { throttle: { rateLimit: 1, burstLimit: 2 } } }, detailedMetrics: false },
      prod: { routes: { $default: { throttle: { rateLimit: 3, burstLimit: 4 } } } },
    },
  });
  const template = templateOf(stack);

  test('repeat all that the stage says', () => {
    expect(resource(template, STAGE, /dev/).Properties.RouteSettings).toEqual({
      'POST /orders': { DetailedMetricsEnabled: false, ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
    });
    expect(resource(template, STAGE, /prod/).Properties.RouteSettings).toEqual({
      $default: { DetailedMetricsEnabled: true, ThrottlingRateLimit: 3, ThrottlingBurstLimit: 4 },
      'POST /orders': { DetailedMetricsEnabled: true, ThrottlingRateLimit: 50, ThrottlingBurstLimit: 60 },
    });
  });

  test('come after the routes, which are there with the resource that the stage refers to', () => {
    const [api] = ids(template, 'AWS::ApiGatewayV2::Api');
    const { Body } = template.Resources[api].Properties;
    for (const id of ids(template, STAGE)) {
      expect(template.Resources[id].Properties.ApiId).toEqual({ Ref: api });
      for (const key of Object.keys(template.Resources[id].Properties.RouteSettings)) {
        const path = key === '$default' ? '/$default' : key.split(' ')[1];
        expect(Body.paths[path]).toBeDefined();
      }
    }
  });
});

test('variables that routes read must be there, and lambdaByStage sets its own', () => {
  const stack = new Stack(testApp(), 'Stack');
  new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: {
      'GET /a': { integration: HttpIntegration.lambdaByStage({ dev: fn(stack, 'Dev'), prod: fn(stack, 'Prod') }) },
      'GET /b': {
        integration: HttpIntegration.http('https://${stageVariables.host}/b', {
          requestParameters: [HttpRequestParameter.overwriteHeader('x-table', RequestValue.stageVariable('table'))],
        }),
      },
    },
    stages: {
      dev: { variables: { host: 'dev.example.com', table: 'dev' } },
      prod: { variables: { host: 'example.com', table: 'prod' } },
    },
  });
  const template = templateOf(stack);
  expect(resource(template, STAGE, /dev/).Properties.StageVariables).toEqual({
    host: 'dev.example.com',
    lambda_GET_a: { Ref: expect.stringMatching(/^Dev/) },
    table: 'dev',
  });
  const sources = ids(template, 'AWS::Lambda::Permission').map((id) =>
    JSON.stringify(template.Resources[id].Properties.SourceArn),
  );
  expect(sources).toEqual([expect.stringContaining('/dev/GET/a'), expect.stringContaining('/prod/GET/a')]);
});

describe('explicit deployments', () => {
  const stages = { dev: {}, prod: { autoDeploy: false } };
  const make = (props: Parameters<typeof gateway>[0] = {}, change?: (made: ReturnType<typeof gateway>) => void) => {
    const made = gateway({ stages, ...props });
    change?.(made);
    const template = templateOf(made.stack);
    const [id] = ids(template, DEPLOYMENT);
    return { id, template };
  };
  const base = make();

  test('serve the stages that do not deploy by themselves', () => {
    expect(ids(base.template, DEPLOYMENT)).toHaveLength(1);
    const prod = resource(base.template, STAGE, /prod/).Properties;
    expect(prod).toMatchObject({ AutoDeploy: false, DeploymentId: { 'Fn::GetAtt': [base.id, 'DeploymentId'] } });
    const dev = resource(base.template, STAGE, /dev/).Properties;
    expect(dev.AutoDeploy).toBe(true);
    expect(dev.DeploymentId).toBeUndefined();
  });

  test.each<[string, string]>([
    ['a route', make({ routes: { 'GET /': { integration: http }, 'GET /b': { integration: http } } }).id],
    ['a route that comes later', make({}, ({ api }) => api.addRoute('GET /b', { integration: http })).id],
    ['an authorizer', make({ defaultAuthorizer: HttpAuthorizer.none('test') }).id],
    ['CORS', make({ cors: { allowOrigins: ['https://a.example.com'] } }).id],
    ['the endpoint', make({ disableExecuteApiEndpoint: true }).id],
    ['an override', make({}, ({ api }) => api.cfnApi.addPropertyOverride('Body.paths./.get.security', [])).id],
    ['what redeployOn says', make({ redeployOn: ['2'] }).id],
  ])('are new with %s', (_, id) => {
    expect(id).toMatch(/^ApiDeployment\w{8}[0-9A-F]{32}$/);
    expect(id).not.toBe(base.id);
  });

  test.each<[string, string]>([
    ['nothing', make().id],
    ['a description', make({ description: 'x' }).id],
    ['a throttle', make({ stages: { ...stages, dev: { throttle: { rateLimit: 1, burstLimit: 1 } } } }).id],
  ])('are the same with %s', (_, id) => {
    expect(id).toBe(base.id);
  });
});

test('values of the deployment go where names and limits go', () => {
  const token = Lazy.string({ produce: () => 'x' });
  const { stack } = gateway({
    apiName: token,
    description: token,
    stages: { prod: { stageName: Lazy.string({ produce: () => 'v1' }), variables: { a: token } } },
  });
  expect(bodyOf(stack).info).toMatchObject({ title: 'x', description: 'x' });
  expect(resource(templateOf(stack), STAGE).Properties).toMatchObject({ StageName: 'v1', StageVariables: { a: 'x' } });
});
