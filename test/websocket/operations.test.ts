import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { MethodLoggingLevel, Period } from 'aws-cdk-lib/aws-apigateway';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccessLogFormat, type WebSocketGatewayProps } from '../../lib';
import { METRIC_TABLES } from '../../lib/facts/metrics';
import { GatewayMetrics } from '../../lib/operate/gateway-metrics';
import { WebSocketMetricsBase } from '../../lib/websocket/metrics';
import { ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { connect, gateway } from './support';

const ALARM = 'AWS::CloudWatch::Alarm';
const GROUP = 'AWS::Logs::LogGroup';

/** A gateway with alarms, whose topic is in another stack. */
function watched(props: (topic: Topic) => Partial<WebSocketGatewayProps>) {
  const app = testApp();
  return gateway(props(new Topic(new Stack(app, 'Topics'), 'Topic')), app);
}

test('an API is watched by its id and stages', () => {
  const { stack } = watched((topic) => ({ alarms: { topic, composite: true }, dashboard: {}, savedQueries: true }));
  const template = templateOf(stack);
  const [stage] = ids(template, 'AWS::ApiGatewayV2::Stage');
  const [id] = ids(template, 'AWS::ApiGatewayV2::Api');
  expect(resource(template, ALARM, /prodExecutionErrors/).Properties.Dimensions).toEqual([
    { Name: 'ApiId', Value: { Ref: id } },
    { Name: 'Stage', Value: { Ref: stage } },
  ]);
  expect(JSON.stringify(resource(template, ALARM, /ClientErrors/).Properties.AlarmActions)).toContain(
    'Fn::ImportValue',
  );
  expect(JSON.stringify(resource(template, 'AWS::CloudWatch::Dashboard'))).toContain('# Api · prod');
  expect(ids(template, 'AWS::Logs::QueryDefinition')).toHaveLength(4);
  expect(ids(template, ALARM).sort()).toEqual([
    'ApiAlarmsprodClientErrors303A5D53',
    'ApiAlarmsprodConnectErrors4386477E',
    'ApiAlarmsprodExecutionErrorsC8BB95F4',
    'ApiAlarmsprodIntegrationErrorsD4CA1DD2',
    'ApiAlarmsprodIntegrationLatencyD3751ECE',
    'ApiAlarmsprodThrottles7832B0D5',
  ]);
  expect(ids(template, 'AWS::CloudWatch::CompositeAlarm')).toHaveLength(1);
});

test('an alarm that only REST APIs have is refused, for whom no compiler stops', () => {
  expect(() =>
    watched((topic) => ({
      routes: { $connect: { ...connect, apiKeyRequired: true } },
      usagePlans: { trial: { quota: { limit: 1000, period: Period.DAY }, apiKeys: ['acme'] } },
      alarms: { topic, ...({ quotaExceeded: {} } as object) },
    })),
  ).toThrow(
    'alarms: quotaExceeded: it is only for REST APIs; here throttles also counts requests rejected by a used-up quota',
  );
});

test('quotas of usage plans that are near their end are told', () => {
  const { stack } = watched((topic) => ({
    routes: { $connect: { ...connect, apiKeyRequired: true } },
    usagePlans: { trial: { quota: { limit: 1000, period: Period.DAY }, apiKeys: ['acme'] } },
    alarms: { topic, quotaUsage: { trial: 80 } },
  }));
  const template = templateOf(stack);
  const [key] = ids(template, 'AWS::ApiGateway::ApiKey');
  expect(resource(template, ALARM, /trialacmeQuotaUsage/).Properties.Metrics[1].MetricStat.Metric.Dimensions).toEqual([
    { Name: 'ApiKeyId', Value: { Ref: key } },
  ]);
});

test('routes have no rows of their own', () => {
  expect(() => gateway({ dashboard: { routeGroups: { All: ['$connect'] } } })).toThrow(
    /WebSocketGateway 'Api': dashboard: routeGroups: the names of WebSocket routes in CloudWatch are not documented/,
  );
});

test('a stage that is not there is named', () => {
  expect(() => watched((topic) => ({ alarms: { topic, stages: ['prd'] } }))).toThrow(
    /WebSocketGateway 'Api': alarms: stages has "prd", which is not a stage of the gateway\. Did you mean "prod"\?/,
  );
});

test('a budget tags the API and its stages', () => {
  const { stack } = gateway({
    budget: { monthly: 10, notify: ['a@b.example'] },
    stages: { prod: { tags: { tier: 'x' } } },
  });
  const template = templateOf(stack);
  const keys = (type: string) => Object.keys(resource(template, type).Properties.Tags as object);
  expect(keys('AWS::ApiGatewayV2::Api')).toEqual(['api']);
  expect(keys('AWS::ApiGatewayV2::Stage')).toEqual(['api', 'tier']);
  expect(ids(template, 'AWS::Budgets::Budget')).toHaveLength(1);
});

describe('execution logs', () => {
  const groups = (stages: WebSocketGatewayProps['stages']) => {
    const template = templateOf(gateway({ stages }).stack);
    return ids(template, GROUP)
      .filter((id) => id.includes('ExecutionLog'))
      .map((id) => [id, template.Resources[id]] as [string, Json]);
  };

  test('have a group of the name that API Gateway writes to, between the role of the account and the stage', () => {
    const { stack } = gateway({ stages: { prod: { stageName: 'live' } } });
    const template = templateOf(stack);
    const [api] = ids(template, 'AWS::ApiGatewayV2::Api');
    const [stage] = ids(template, 'AWS::ApiGatewayV2::Stage');
    const [group] = ids(template, GROUP).filter((id) => id.includes('ExecutionLog'));
    expect(group).toBe('ApiExecutionLogprodF80CFDC1');
    expect(template.Resources[group]).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      DependsOn: ids(template, 'Custom::ApiGatewayAccountLogging'),
      Properties: {
        LogGroupName: { 'Fn::Join': ['', ['/aws/apigateway/', { Ref: api }, '/live']] },
        RetentionInDays: 365,
      },
    });
    expect(template.Resources[stage].DependsOn).toEqual([group]);
  });

  test('are kept as the stage says', () => {
    const [[, { Properties }]] = groups({ prod: { executionLog: { retention: RetentionDays.ONE_WEEK } } });
    expect(Properties.RetentionInDays).toBe(7);
  });

  test('have a group while they are on, unless it is made by API Gateway', () => {
    expect(groups({ dev: {}, prod: {} })).toHaveLength(2);
    expect(groups({ prod: { executionLog: { declared: false } } })).toEqual([]);
    expect(groups({ prod: { executionLogging: MethodLoggingLevel.OFF } })).toEqual([]);
  });

  test('of a stage whose name only CloudFormation knows', () => {
    const { stack } = gateway({
      stages: { prod: { stageName: Lazy.string({ produce: () => name.valueAsString }) } },
    });
    const name = new CfnParameter(stack, 'Name', { default: 'live' });
    const group = resource(templateOf(stack), GROUP, /ExecutionLog/).Properties.LogGroupName;
    expect(JSON.stringify(group)).toContain('{"Ref":"Name"}');
  });

  test('that are off take no settings', () => {
    const off = { executionLogging: MethodLoggingLevel.OFF, executionLog: {} };
    expect(() => gateway({ stages: { prod: off } })).toThrow(
      `WebSocketGateway 'Api': stage "prod": executionLog has no effect while executionLogging is OFF; leave one of them out`,
    );
  });
});

describe('the access log', () => {
  const accessLog = (options: object) => gateway({ stages: { prod: { accessLog: options } } });

  test('has the format that the stage asks for', () => {
    const template = templateOf(accessLog({ format: AccessLogFormat.clf() }).stack);
    expect(resource(template, 'AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings.Format).toContain(
      '$context.connectionId',
    );
  });

  test('is of WebSocket APIs, and goes to a log group', () => {
    expect(() => accessLog({ format: AccessLogFormat.http() })).toThrow(
      `WebSocketGateway 'Api': stage "prod": accessLog: format is for HTTP APIs, and this is a WebSocket API; write AccessLogFormat.webSocket(…)`,
    );
    const deliveryStream = DeliveryStream.fromDeliveryStreamName(new Stack(testApp()), 'S', 'amazon-apigateway-x');
    expect(() => accessLog({ deliveryStream })).toThrow(
      `WebSocketGateway 'Api': stage "prod": accessLog: deliveryStream is for REST APIs: the access log of a WebSocket API goes to a log group only`,
    );
  });
});

test('the metrics of the gateway are those that are documented', () => {
  const { api } = gateway();
  const makers = [WebSocketMetricsBase, GatewayMetrics]
    .flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
    .filter((name) => /^metric[A-Z]/.test(name));
  const names = makers.map(
    (name) => (api as unknown as Record<string, () => { metricName: string }>)[name]().metricName,
  );
  expect(names.sort()).toEqual(Object.keys(METRIC_TABLES.websocket.metrics).sort());
});
