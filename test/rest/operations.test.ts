import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { MethodLoggingLevel, Period } from 'aws-cdk-lib/aws-apigateway';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccessLogFormat, GatewayApiKey, RestIntegration, type RestGatewayProps } from '../../lib';
import { METRIC_TABLES } from '../../lib/facts/metrics';
import { GatewayMetrics } from '../../lib/operate/gateway-metrics';
import { RestMetricsBase } from '../../lib/rest/metrics';
import { gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

const ALARM = 'AWS::CloudWatch::Alarm';

/** A gateway with alarms, whose topic is in the same stack. */
function watched(props: (topic: Topic) => Partial<RestGatewayProps>) {
  const app = testApp();
  const topic = new Topic(new Stack(app, 'Topics'), 'Topic');
  return gateway(props(topic), app);
}

test('an API is watched by its name and stages, with the quotas and routes that it has', () => {
  const { stack, api } = watched((topic) => ({
    apiName: 'orders',
    apiKeyRequired: true,
    stages: { prod: {} },
    usagePlans: { trial: { quota: { limit: 1000, period: Period.DAY }, apiKeys: ['acme'] } },
    alarms: { topic, quotaUsage: { trial: 80 }, routes: { 'GET /late': { latency: {} } } },
    dashboard: {},
    savedQueries: true,
  }));
  api.addRoute('GET /late', { integration: RestIntegration.mock() });
  const template = templateOf(stack);
  const [stage] = ids(template, 'AWS::ApiGateway::Stage');
  const [key] = ids(template, 'AWS::ApiGateway::ApiKey');
  expect(resource(template, ALARM, /prodServerErrors/).Properties.Dimensions).toEqual([
    { Name: 'ApiName', Value: 'orders' },
    { Name: 'Stage', Value: { Ref: stage } },
  ]);
  expect(resource(template, ALARM, /QuotaUsage/).Properties.Metrics[1].MetricStat.Metric.Dimensions).toEqual([
    { Name: 'ApiKeyId', Value: { Ref: key } },
  ]);
  expect(resource(template, ALARM, /GETlateLatency/).Properties.Dimensions).toContainEqual({
    Name: 'Resource',
    Value: '/late',
  });
  expect(JSON.stringify(resource(template, 'AWS::CloudWatch::Dashboard'))).toContain('## /late');
  expect(ids(template, 'AWS::Logs::QueryDefinition')).toHaveLength(4);
  expect(ids(template, ALARM).sort()).toEqual([
    'ApiAlarmsprodClientErrors303A5D53',
    'ApiAlarmsprodGETlateLatency9EB3D869',
    'ApiAlarmsprodIntegrationLatencyD3751ECE',
    'ApiAlarmsprodLatencyA2E5B65B',
    'ApiAlarmsprodQuotaExceeded9EB9DEC4',
    'ApiAlarmsprodServerErrorsCF0A49EE',
    'ApiAlarmsprodThrottles7832B0D5',
    'ApiAlarmstrialacmeQuotaUsage70E2C7BA',
  ]);
});

test('a topic of another stack is an import, not a cycle', () => {
  const { stack } = watched((topic) => ({ alarms: { topic } }));
  expect(JSON.stringify(resource(templateOf(stack), ALARM, /ServerErrors/).Properties.AlarmActions)).toContain(
    'Fn::ImportValue',
  );
});

test('a route that is not there is an error of the finished tree', () => {
  const { stack } = watched((topic) => ({
    alarms: { topic, routes: { 'GET /x': { latency: {} } } },
    dashboard: { routeGroups: { All: ['GET /y'] } },
  }));
  expect(() => templateOf(stack)).toThrow(
    /alarms: routes has "GET \/x", which is not a route of the gateway[^]*dashboard: routeGroups\["All"\] has "GET \/y"/,
  );
});

test('stages whose name only CloudFormation knows are watched too', () => {
  const { stack } = watched((topic) => ({
    stages: { prod: { stageName: Lazy.string({ produce: () => name.valueAsString }) } },
    alarms: { topic },
  }));
  const name = new CfnParameter(stack, 'Name', { default: 'live' });
  const template = templateOf(stack);
  const group = resource(template, 'AWS::Logs::LogGroup', /ExecutionLog/).Properties.LogGroupName;
  expect(JSON.stringify(group)).toMatch(/Execution-Logs_.*"Ref":"Name"/);
});

describe('execution logs', () => {
  const groups = (stages: RestGatewayProps['stages']) =>
    ids(templateOf(gateway({ stages }).stack), 'AWS::Logs::LogGroup').filter((id) => id.includes('ExecutionLog'));

  test('have a group while they are on, unless it is made by API Gateway', () => {
    expect(groups({ dev: {}, prod: {} })).toHaveLength(2);
    expect(groups({ prod: { executionLog: { declared: false } } })).toEqual([]);
    expect(groups({ prod: { executionLogging: MethodLoggingLevel.OFF } })).toEqual([]);
  });

  test('that are off take no settings', () => {
    const off = { executionLogging: MethodLoggingLevel.OFF, executionLog: {} };
    expect(() => gateway({ stages: { prod: off } })).toThrow(
      `RestGateway 'Api': stage "prod": executionLog has no effect while executionLogging is OFF; leave one of them out`,
    );
  });
});

test('the access log has the format and the destination that the stage asks for', () => {
  const { stack, api } = gateway({ stages: { dev: { accessLog: { format: AccessLogFormat.clf() } } } });
  expect(resource(templateOf(stack), 'AWS::ApiGateway::Stage').Properties.AccessLogSetting.Format).toMatch(
    /^\$context\.identity/,
  );
  expect(() => api.accessLogGroup('dev')).not.toThrow();
  const streamed = gateway();
  const deliveryStream = DeliveryStream.fromDeliveryStreamName(streamed.stack, 'S', 'amazon-apigateway-x');
  const other = gateway({ stages: { prod: { accessLog: { deliveryStream } } } }, testApp()).api;
  expect(() => other.accessLogGroup('prod')).toThrow(
    `RestGateway 'Api': stage "prod": has no log group: its access log goes to a stream`,
  );
  const http = { format: AccessLogFormat.http() };
  expect(() => gateway({ stages: { prod: { accessLog: http } } })).toThrow(
    `RestGateway 'Api': stage "prod": accessLog: format is for HTTP APIs, and this is a REST API`,
  );
});

test('a budget tags the API and its stages', () => {
  const { stack } = gateway({
    budget: { monthly: 10, notify: ['a@b.example'] },
    stages: { prod: { tags: { tier: 'x' } } },
  });
  const template = templateOf(stack);
  const keys = (type: string) => resource(template, type).Properties.Tags.map(({ Key }: Json) => Key);
  expect(keys('AWS::ApiGateway::RestApi')).toEqual(['api']);
  expect(keys('AWS::ApiGateway::Stage')).toEqual(['api', 'tier']);
});

test('the metrics of the gateway are those that are documented', () => {
  const { api } = gateway();
  const makers = [RestMetricsBase, GatewayMetrics]
    .flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
    .filter((name) => /^metric[A-Z]/.test(name));
  const names = makers.map(
    (name) => (api as unknown as Record<string, () => { metricName: string }>)[name]().metricName,
  );
  expect(names.sort()).toEqual(Object.keys(METRIC_TABLES.rest.metrics).sort());
});

test('the keys of all plans of a stage count where a filter has its limit', () => {
  const keys = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of}${index}`);
  const props = (topic: Topic, others: number): Partial<RestGatewayProps> => {
    const names = keys(others, 'k');
    return {
      stages: { prod: {}, dev: {} },
      apiKeys: Object.fromEntries(names.map((name, index) => [name, GatewayApiKey.fromApiKeyId(`a${index}`)])),
      usagePlans: {
        trial: { stages: ['prod'], quota: { limit: 1000, period: Period.DAY }, apiKeys: ['acme'] },
        others: { stages: ['prod', 'dev'], throttle: { rateLimit: 1, burstLimit: 1 }, apiKeys: names },
      },
      alarms: { topic, quotaUsage: { trial: 80 } },
    };
  };
  expect(() => watched((topic) => props(topic, 999))).toThrow('stage "prod" is called with 1000 API keys');
  expect(() => watched((topic) => props(topic, 998))).not.toThrow();
});
