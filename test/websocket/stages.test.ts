import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { WebSocketIntegration } from '../../lib';
import { jsonFormat } from '../../lib/operate/access-log-format';
import { DEFAULT_LOG_FIELDS } from '../../lib/operate/default-log-fields';
import { fn, ids, resource, templateOf, testApp } from '../support/stacks';
import { all, connect, gateway, mock } from './support';

test('a stage logs, is limited and measured', () => {
  const template = templateOf(gateway().stack);
  const [stage] = all(template, 'Stage');
  expect(stage).toEqual({
    ApiId: expect.any(String),
    StageName: 'prod',
    DeploymentId: ids(template, 'AWS::ApiGatewayV2::Deployment')[0],
    AccessLogSettings: {
      DestinationArn: expect.stringMatching(/^ApiAccessLogprod\w+\.Arn$/),
      Format: jsonFormat(DEFAULT_LOG_FIELDS.websocket),
    },
    DefaultRouteSettings: {
      LoggingLevel: 'ERROR',
      DataTraceEnabled: false,
      DetailedMetricsEnabled: true,
      ThrottlingRateLimit: 1000,
      ThrottlingBurstLimit: 500,
    },
  });
  expect(resource(template, 'AWS::Logs::LogGroup', /AccessLog/)).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: { RetentionInDays: 365 },
  });
});

test('a stage waits for the logging role of the account', () => {
  const { stack } = gateway({ stages: { prod: { executionLog: { declared: false } } } });
  const template = templateOf(stack);
  const [stage] = ids(template, 'AWS::ApiGatewayV2::Stage');
  expect(template.Resources[stage].DependsOn).toEqual(ids(template, 'Custom::ApiGatewayAccountLogging'));
});

test('a stage takes what it is told', () => {
  const { stack, api } = gateway({
    stages: {
      prod: {
        stageName: 'live',
        description: 'Customers',
        variables: { b: '2', a: '1' },
        throttle: { rateLimit: 10, burstLimit: 20 },
        accessLog: { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY },
        executionLogging: MethodLoggingLevel.INFO,
        dataTrace: true,
        detailedMetrics: false,
        tags: { team: 'chat' },
      },
    },
  });
  const template = templateOf(stack);
  expect(all(template, 'Stage')[0]).toMatchObject({
    StageName: 'live',
    Description: 'Customers',
    StageVariables: { a: '1', b: '2' },
    Tags: { team: 'chat' },
    DefaultRouteSettings: {
      LoggingLevel: 'INFO',
      DataTraceEnabled: true,
      DetailedMetricsEnabled: false,
      ThrottlingRateLimit: 10,
      ThrottlingBurstLimit: 20,
    },
  });
  expect(resource(template, 'AWS::Logs::LogGroup', /AccessLog/)).toMatchObject({
    DeletionPolicy: 'Delete',
    Properties: { RetentionInDays: 7 },
  });
  expect(JSON.stringify(stack.resolve(api.accessLogGroup('prod').logGroupArn))).toContain('ApiAccessLogprod');
});

test('an access log may go to a group that is there', () => {
  const app = testApp();
  const group = new LogGroup(new Stack(app, 'Logs'), 'Own');
  const { stack, api } = gateway({ stages: { prod: { accessLog: { logGroup: group } } } }, app);
  expect(api.accessLogGroup('prod')).toBe(group);
  expect(ids(templateOf(stack), 'AWS::Logs::LogGroup').filter((id) => id.includes('AccessLog'))).toEqual([]);
});

test('routes have limits of their own, on every stage or on one; each entry says everything', () => {
  const limits = { rateLimit: 5, burstLimit: 6 };
  const { stack, api } = gateway({
    routes: { $connect: { ...connect, throttle: limits } },
    stages: { dev: {}, prod: { routes: { send: { throttle: { rateLimit: 7, burstLimit: 8 } } } } },
  });
  api.addRoute('send', { integration: mock });
  const entry = { LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true };
  const [dev, prod] = all(templateOf(stack), 'Stage');
  const connectEntry = { ...entry, ThrottlingRateLimit: 5, ThrottlingBurstLimit: 6 };
  expect(dev.RouteSettings).toEqual({ $connect: connectEntry });
  expect(prod.RouteSettings).toEqual({
    $connect: connectEntry,
    send: { ...entry, ThrottlingRateLimit: 7, ThrottlingBurstLimit: 8 },
  });
});

test('lambdaByStage sets the variable of each stage, and permits each function for its own', () => {
  const { stack, api } = gateway({ stages: { dev: {}, prod: { stageName: 'live' } } });
  const [a, b] = [fn(stack, 'A'), fn(stack, 'B')];
  api.addRoute('send', { integration: WebSocketIntegration.lambdaByStage({ dev: a, prod: b }) });
  const template = templateOf(stack);
  const [dev, prod] = all(template, 'Stage');
  expect(Object.keys(dev.StageVariables)).toEqual(['lambda_send']);
  expect([dev, prod].map(({ StageVariables }) => StageVariables.lambda_send)).toEqual([
    expect.stringMatching(/^A/),
    expect.stringMatching(/^B/),
  ]);
  expect(all(template, 'Integration').at(-1).IntegrationUri).toMatch(
    /:function:\$\{stageVariables\.lambda_send\}\/invocations$/,
  );
});
