import { CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CacheSize, RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';
import { bodyOf, gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

const mock = RestIntegration.mock();
const INTEGRATION = 'x-amazon-apigateway-integration';

describe('stages', () => {
  test('by default there is one, with throttle, logs, metrics and tracing', () => {
    const { stack, api } = gateway();
    const template = templateOf(stack);
    const { Properties, DependsOn } = resource(template, 'AWS::ApiGateway::Stage');
    expect(Properties).toMatchObject({
      StageName: 'prod',
      TracingEnabled: true,
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
          MetricsEnabled: true,
          ThrottlingRateLimit: 1000,
          ThrottlingBurstLimit: 500,
        },
      ],
    });
    expect(Properties).not.toHaveProperty('CacheClusterEnabled');
    const format = JSON.parse(Properties.AccessLogSetting.Format);
    expect(format).toMatchObject({
      requestId: '$context.requestId',
      status: '$context.status',
      isCanaryRequest: '$context.isCanaryRequest',
    });
    expect(Object.values(format).every((value) => typeof value === 'string')).toBe(true);
    expect(Properties.AccessLogSetting.Format).not.toMatch(/identity\.apiKey\b|Authorization/);
    // The group of execution logs comes before the stage, and the account's role before both.
    const group = template.Resources[DependsOn[0]];
    expect(group).toEqual({
      Type: 'AWS::Logs::LogGroup',
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      DependsOn: [ids(template, 'Custom::ApiGatewayAccountLogging')[0]],
      Properties: {
        RetentionInDays: 365,
        LogGroupName: {
          'Fn::Join': [
            '',
            ['API-Gateway-Execution-Logs_', { Ref: ids(template, 'AWS::ApiGateway::RestApi')[0] }, '/prod'],
          ],
        },
      },
    });
    expect(resource(template, 'AWS::Logs::LogGroup', /AccessLog/)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        RetentionInDays: 365,
        LogGroupName: { 'Fn::Join': ['', expect.arrayContaining(['/aws/vendedlogs/apis/'])] },
      },
    });
    expect(stack.resolve(api.url)).toEqual(stack.resolve(api.urlForStage('prod')));
    expect(JSON.stringify(stack.resolve(api.url))).toContain('.execute-api.');
  });

  test('several of them, each with its own settings, on one deployment', () => {
    const { stack, api } = gateway({
      routes: {
        'GET /orders/{id}': {
          integration: mock,
          cache: { perCaller: false },
          throttle: { rateLimit: 5, burstLimit: 6 },
        },
        'GET /': { integration: mock },
      },
      stages: {
        dev: {
          variables: { b: '2', a: '1' },
          executionLogging: MethodLoggingLevel.INFO,
          dataTrace: true,
          tracing: false,
          detailedMetrics: false,
          description: 'Dev',
        },
        prod: {
          stageName: 'v1',
          cache: { size: CacheSize.GB_1_6 },
          routes: { 'GET /': { throttle: { rateLimit: 7, burstLimit: 8 } } },
          tags: { tier: 'gold' },
          accessLog: { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY },
        },
      },
    });
    const template = templateOf(stack);
    const dev = resource(template, 'AWS::ApiGateway::Stage', /dev/).Properties;
    const prod = resource(template, 'AWS::ApiGateway::Stage', /prod/).Properties;
    expect(dev).toMatchObject({
      StageName: 'dev',
      Description: 'Dev',
      Variables: { a: '1', b: '2' },
      TracingEnabled: false,
    });
    expect(dev.MethodSettings).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        LoggingLevel: 'INFO',
        DataTraceEnabled: true,
        MetricsEnabled: false,
        ThrottlingRateLimit: 1000,
        ThrottlingBurstLimit: 500,
      },
      {
        HttpMethod: 'GET',
        ResourcePath: '/~1orders~1{id}',
        LoggingLevel: 'INFO',
        DataTraceEnabled: true,
        MetricsEnabled: false,
        ThrottlingRateLimit: 5,
        ThrottlingBurstLimit: 6,
      },
    ]);
    expect(prod).toMatchObject({
      StageName: 'v1',
      CacheClusterEnabled: true,
      CacheClusterSize: '1.6',
      Tags: [{ Key: 'tier', Value: 'gold' }],
    });
    expect(prod.MethodSettings).toEqual([
      expect.objectContaining({ ResourcePath: '/*', CachingEnabled: false, CacheDataEncrypted: true }),
      expect.objectContaining({
        ResourcePath: '/~1orders~1{id}',
        HttpMethod: 'GET',
        CachingEnabled: true,
        CacheTtlInSeconds: 300,
        CacheDataEncrypted: true,
        ThrottlingRateLimit: 5,
      }),
      expect.objectContaining({
        ResourcePath: '/~1',
        HttpMethod: 'GET',
        CachingEnabled: false,
        ThrottlingRateLimit: 7,
        ThrottlingBurstLimit: 8,
        LoggingLevel: 'ERROR',
      }),
    ]);
    expect(dev.DeploymentId).toEqual(prod.DeploymentId);
    expect(resource(template, 'AWS::Logs::LogGroup', /AccessLogprod/)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { RetentionInDays: 7 },
    });
    expect(ids(template, 'Custom::ApiGatewayAccountLogging')).toHaveLength(1);
    expect(stack.resolve(api.stage('prod').stageName)).toEqual({
      Ref: ids(template, 'AWS::ApiGateway::Stage').find((id) => /prod/.test(id)),
    });
  });

  test('a stage name may be a token, and the log group one of the user', () => {
    const stack = new Stack(testApp(), 'Stack');
    const logGroup = new LogGroup(stack, 'Logs');
    const api = new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /': { integration: mock } },
      stages: { main: { stageName: new CfnParameter(stack, 'Name').valueAsString, accessLog: { logGroup } } },
    });
    expect(resource(templateOf(stack), 'AWS::ApiGateway::Stage').Properties.StageName).toEqual({ Ref: 'Name' });
    expect(api.accessLogGroup('main')).toBe(logGroup);
  });

  test('the caller is part of the cache key where the route has an authorizer', () => {
    const stack = new Stack(testApp(), 'Stack');
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.cognito({ userPools: [new UserPool(stack, 'Users')] }),
      routes: {
        'GET /own/{id}': {
          integration: mock,
          cache: {},
          request: { query: { page: false }, headers: { 'X-Trace': false } },
        },
        'GET /shared': { integration: mock, cache: { perCaller: false } },
        'GET /languages': {
          integration: mock,
          cache: { perCaller: false, headers: ['Accept-Language', 'X-Tenant'] },
          request: { headers: { 'X-Tenant': true } },
        },
        'POST /search': { integration: mock, cache: { perCaller: false, anyMethod: true } },
        'GET /open/{id}': { integration: mock, cache: {}, authorizer: RestAuthorizer.none('public') },
      },
      stages: { prod: { cache: {} } },
    });
    const { paths } = bodyOf(stack);
    expect(paths['/own/{id}'].get[INTEGRATION].cacheKeyParameters).toEqual([
      'method.request.header.Authorization',
      'method.request.path.id',
      'method.request.querystring.page',
    ]);
    expect(paths['/own/{id}'].get.parameters).toContainEqual({
      name: 'Authorization',
      in: 'header',
      required: false,
      schema: { type: 'string' },
    });
    expect(paths['/shared'].get[INTEGRATION].cacheKeyParameters).toEqual([]);
    expect(paths['/search'].post[INTEGRATION].cacheKeyParameters).toEqual([]);
    expect(paths['/languages'].get[INTEGRATION].cacheKeyParameters).toEqual([
      'method.request.header.Accept-Language',
      'method.request.header.X-Tenant',
    ]);
    expect(paths['/languages'].get.parameters.map((one: Json) => [one.name, one.required])).toEqual([
      ['X-Tenant', true],
      ['Accept-Language', false],
    ]);
    expect(paths['/open/{id}'].get[INTEGRATION].cacheKeyParameters).toEqual(['method.request.path.id']);
  });
});

describe('the firewall', () => {
  test('is put on every stage, and made once', () => {
    const template = templateOf(gateway({ webAcl: WebAcl.managed(), stages: { dev: {}, prod: {} } }).stack);
    expect(ids(template, 'AWS::WAFv2::WebACL')).toHaveLength(1);
    const associations = ids(template, 'AWS::WAFv2::WebACLAssociation').map((id) =>
      JSON.stringify(template.Resources[id].Properties.ResourceArn),
    );
    expect(associations).toHaveLength(2);
    expect(new Set(associations.map((arn) => /ApiStage(dev|prod)/.exec(arn)?.[1]))).toEqual(new Set(['dev', 'prod']));
  });

  test('may be one that is there already', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/shop/0c5d';
    const template = templateOf(gateway({ webAcl: WebAcl.fromArn(arn) }).stack);
    expect(ids(template, 'AWS::WAFv2::WebACL')).toEqual([]);
    expect(resource(template, 'AWS::WAFv2::WebACLAssociation').Properties.WebACLArn).toBe(arn);
  });
});
