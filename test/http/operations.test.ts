import { Stack } from 'aws-cdk-lib';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccessLogFormat, HttpAccessLogField, type HttpGatewayProps, HttpIntegration } from '../../lib';
import { METRIC_TABLES } from '../../lib/facts/metrics';
import { GatewayMetrics } from '../../lib/operate/gateway-metrics';
import { HttpMetricsBase } from '../../lib/http/metrics';
import { ids, resource, templateOf, testApp } from '../support/stacks';
import { gateway } from './support';

const ALARM = 'AWS::CloudWatch::Alarm';
const http = HttpIntegration.http('https://example.com/');

/** A gateway with alarms, whose topic is in another stack. */
function watched(props: (topic: Topic) => Partial<HttpGatewayProps>) {
  const app = testApp();
  return gateway(props(new Topic(new Stack(app, 'Topics'), 'Topic')), app);
}

test('an API is watched by its id and stages, with the routes that it has', () => {
  const { stack, api } = watched((topic) => ({
    apiName: 'orders',
    stages: { prod: {} },
    alarms: { topic, routes: { 'GET /late': { latency: {} } } },
    dashboard: {},
    savedQueries: true,
  }));
  api.addRoute('GET /late', { integration: http });
  const template = templateOf(stack);
  const [stage] = ids(template, 'AWS::ApiGatewayV2::Stage');
  const [id] = ids(template, 'AWS::ApiGatewayV2::Api');
  expect(resource(template, ALARM, /prodLatency/).Properties.Dimensions).toEqual([
    { Name: 'ApiId', Value: { Ref: id } },
    { Name: 'Stage', Value: { Ref: stage } },
  ]);
  expect(resource(template, ALARM, /GETlateLatency/).Properties.Dimensions).toContainEqual({
    Name: 'Resource',
    Value: '/late',
  });
  expect(JSON.stringify(resource(template, ALARM, /prodLatency/).Properties.AlarmActions)).toContain('Fn::ImportValue');
  expect(JSON.stringify(resource(template, 'AWS::CloudWatch::Dashboard'))).toContain('## /late');
  expect(ids(template, 'AWS::Logs::QueryDefinition')).toHaveLength(4);
  expect(ids(template, ALARM).sort()).toEqual([
    'ApiAlarmsprodClientErrors303A5D53',
    'ApiAlarmsprodGETlateLatency9EB3D869',
    'ApiAlarmsprodIntegrationLatencyD3751ECE',
    'ApiAlarmsprodLatencyA2E5B65B',
    'ApiAlarmsprodServerErrorsCF0A49EE',
    'ApiAlarmsprodThrottles7832B0D5',
  ]);
});

test('a route that is not there is an error of the finished tree', () => {
  const { stack } = watched((topic) => ({
    alarms: { topic, routes: { 'GET /x': { latency: {} } } },
    dashboard: { routeGroups: { All: ['GET /y'] } },
  }));
  expect(() => templateOf(stack)).toThrow(
    /HttpGateway 'Api': alarms: routes has "GET \/x", which is not a route of the gateway[^]*dashboard: routeGroups\["All"\] has "GET \/y"/,
  );
});

test('a budget tags the API, in its document, and its stages', () => {
  const { stack } = gateway({
    budget: { monthly: 10, notify: ['a@b.example'] },
    stages: { prod: { tags: { tier: 'x' } } },
  });
  const template = templateOf(stack);
  const value = { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '/Api']] };
  const { Properties } = resource(template, 'AWS::ApiGatewayV2::Api');
  expect(Object.keys(Properties).sort()).toEqual(['Body', 'FailOnWarnings']);
  expect(Properties.Body.tags).toEqual([{ name: 'api', 'x-amazon-apigateway-tag-value': value }]);
  expect(resource(template, 'AWS::ApiGatewayV2::Stage').Properties.Tags).toEqual({ api: value, tier: 'x' });
  expect(ids(template, 'AWS::Budgets::Budget')).toHaveLength(1);
});

describe('the access log', () => {
  const accessLog = (options: object) => gateway({ stages: { prod: { accessLog: options } } });

  test('has the fields that the stage asks for', () => {
    const format = AccessLogFormat.http({ fields: [HttpAccessLogField.STATUS] });
    const { AccessLogSettings } = resource(
      templateOf(accessLog({ format }).stack),
      'AWS::ApiGatewayV2::Stage',
    ).Properties;
    expect(JSON.parse(AccessLogSettings.Format)).toEqual({
      requestId: '$context.requestId',
      status: '$context.status',
    });
  });

  test('is of HTTP APIs, and goes to a log group', () => {
    expect(() => accessLog({ format: AccessLogFormat.rest() })).toThrow(
      `HttpGateway 'Api': stage "prod": accessLog: format is for REST APIs, and this is an HTTP API; write AccessLogFormat.http(…)`,
    );
    const deliveryStream = DeliveryStream.fromDeliveryStreamName(new Stack(testApp()), 'S', 'amazon-apigateway-x');
    expect(() => accessLog({ deliveryStream })).toThrow(
      `HttpGateway 'Api': stage "prod": accessLog: deliveryStream is for REST APIs: the access log of an HTTP API goes to a log group only`,
    );
  });
});

test('the metrics of the gateway are those that are documented', () => {
  const { api } = gateway();
  const makers = [HttpMetricsBase, GatewayMetrics]
    .flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
    .filter((name) => /^metric[A-Z]/.test(name));
  const names = makers.map(
    (name) => (api as unknown as Record<string, () => { metricName: string }>)[name]().metricName,
  );
  expect(names.sort()).toEqual(Object.keys(METRIC_TABLES.http.metrics).sort());
});
