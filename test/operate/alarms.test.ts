import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccessLogFormat, AlarmSeverity, type AlarmOptions, type ApiAlarmsOptions } from '../../lib';
import { type GatewayKind } from '../../lib/facts/kinds';
import { METRIC_NAMESPACE, METRIC_TABLES } from '../../lib/facts/metrics';
import { type MonitoredQuota } from '../../lib/operate/monitored-api';
import { type Json } from '../support/stacks';
import { byId, operations, type Watched } from './support';

const KINDS: readonly GatewayKind[] = ['rest', 'http', 'websocket'];
const ALARM = 'AWS::CloudWatch::Alarm';
const FILTER = 'AWS::Logs::MetricFilter';
const QUOTAS: readonly MonitoredQuota[] = [
  { plan: 'trial', limit: 1000, period: 'DAY', stages: ['prod'], apiKeys: { acme: 'k1', globex: 'k2' }, callers: {} },
  { plan: 'weekly', limit: 77, period: 'WEEK', stages: ['prod'], apiKeys: { acme: 'k1' }, callers: {} },
  { plan: 'partner', limit: 9, period: 'MONTH', stages: ['prod'], apiKeys: { acme: 'k1' }, callers: {} },
  { plan: 'empty', limit: 9, period: 'DAY', stages: ['prod'], apiKeys: {}, callers: {} },
];

type Options = Omit<ApiAlarmsOptions, 'topic'> & Record<string, unknown>;

function alarms(kind: GatewayKind, options: Options = {}, watched: Watched = {}) {
  const made = operations(kind, ({ topic }) => ({ alarms: { topic, ...options } }), watched);
  return { ...made, alarms: byId(made.template, ALARM), filters: byId(made.template, FILTER) };
}

/** Every metric that an alarm reads. */
function metricsOf(alarm: Json): Json[] {
  return alarm.Metrics?.flatMap(({ MetricStat }: Json) => MetricStat?.Metric ?? []) ?? [alarm];
}

describe.each(KINDS)('the alarms of %s', (kind) => {
  const made = alarms(kind, {}, { stages: ['dev', 'prod'] });

  test('read metrics and dimensions that are documented, or counted in the access log', () => {
    const counted = Object.values(made.filters).map(({ MetricTransformations: [{ MetricName }] }) => MetricName);
    for (const metric of Object.values(made.alarms).flatMap(metricsOf)) {
      if (metric.Namespace === METRIC_NAMESPACE) {
        const { metrics, dimensions } = METRIC_TABLES[kind];
        expect(Object.keys(metrics)).toContain(metric.MetricName);
        expect(dimensions).toContainEqual(metric.Dimensions.map(({ Name }: Json) => Name));
        const id = kind === 'rest' ? { Name: 'ApiName', Value: 'orders' } : { Name: 'ApiId', Value: 'a1b2c3' };
        expect(metric.Dimensions).toContainEqual(id);
      } else {
        expect(metric.Namespace).toEqual({ 'Fn::Join': ['', ['ApiGateway/', { Ref: 'AWS::StackName' }]] });
        expect(counted).toContain(metric.MetricName);
        expect(metric.Dimensions).toBeUndefined();
      }
    }
  });

  test('are OK without requests, and tell the topic when they go off and when they are over', () => {
    const topic = [{ Ref: expect.stringMatching(/^Topic/) }];
    for (const alarm of Object.values(made.alarms)) {
      expect(alarm).toMatchObject({ TreatMissingData: 'notBreaching', AlarmActions: topic, OKActions: topic });
      expect(alarm.EvaluateLowSampleCountPercentile).toBeUndefined();
      expect(alarm.ComparisonOperator).toBe('GreaterThanOrEqualToThreshold');
      expect(alarm.DatapointsToAlarm).toBeLessThanOrEqual(alarm.EvaluationPeriods);
    }
  });

  test('are the same for each stage; the ids are made of names', () => {
    const ids = {
      rest: ['ClientErrors', 'IntegrationLatency', 'Latency', 'ServerErrors', 'Throttles'],
      http: ['ClientErrors', 'IntegrationLatency', 'Latency', 'ServerErrors', 'Throttles'],
      websocket: [
        'ClientErrors',
        'ConnectErrors',
        'ExecutionErrors',
        'IntegrationErrors',
        'IntegrationLatency',
        'Throttles',
      ],
    }[kind];
    expect(Object.keys(made.alarms).sort()).toEqual(['dev', 'prod'].flatMap((stage) => ids.map((id) => stage + id)));
  });

  test('count in the log by the names of its fields', () => {
    const pattern = (id: string) => made.filters[id].FilterPattern;
    const throttled = {
      rest: '{ ($.errorResponseType = "THROTTLED") }',
      http: '{ ($.status = "429") && ($.integrationStatus = "-") }',
      websocket: '{ ($.status = "429") && ($.integrationStatus = "-") }',
    }[kind];
    expect(pattern('prodThrottlesFilter')).toBe(throttled);
    if (kind === 'websocket') {
      expect(pattern('prodConnectErrorsFilter')).toBe(
        '{ ($.eventType = "CONNECT") && (($.status = "4*") || ($.status = "5*")) }',
      );
    }
  });
});

test('rates are percent: the average of REST metrics, a quotient for HTTP', () => {
  const { prodServerErrors: rest } = alarms('rest').alarms;
  expect(rest).toMatchObject({ MetricName: '5XXError', Statistic: 'Average', Threshold: 0.05, Period: 60 });
  expect(alarms('rest', { serverErrors: { threshold: 7 } }).alarms.prodServerErrors.Threshold).toBe(0.07);
  const { prodServerErrors: http } = alarms('http').alarms;
  expect(http.Threshold).toBe(5);
  expect(http.Metrics.map(({ Id, Expression, MetricStat }: Json) => [Id, Expression ?? MetricStat.Stat])).toEqual([
    ['rate', '100 * FILL(errors, 0) / requests'],
    ['errors', 'Sum'],
    ['requests', 'SampleCount'],
  ]);
  expect(http.MetricName).toBeUndefined();
});

test('latencies are those of 99 of 100 requests', () => {
  expect(alarms('http').alarms.prodLatency).toMatchObject({
    MetricName: 'Latency',
    ExtendedStatistic: 'p99',
    Threshold: 2500,
    EvaluationPeriods: 5,
    DatapointsToAlarm: 3,
  });
});

test('each can be set, and left out', () => {
  const made = alarms('websocket', {
    throttles: { enabled: false },
    connectErrors: { threshold: 3, period: Duration.minutes(1), evaluationPeriods: 4 },
    clientErrors: { evaluationPeriods: 3, datapointsToAlarm: 2 },
    notifyRecovery: false,
  }).alarms;
  expect(made.prodThrottles).toBeUndefined();
  expect(made.prodConnectErrors).toMatchObject({
    Threshold: 3,
    Period: 60,
    EvaluationPeriods: 4,
    DatapointsToAlarm: 4,
  });
  expect(made.prodClientErrors).toMatchObject({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
  expect(made.prodClientErrors.OKActions).toBeUndefined();
});

test('severities go to their topics', () => {
  const made = operations('rest', ({ stack, topic }) => ({
    alarms: {
      topic,
      warningTopic: new Topic(stack, 'Warnings'),
      latency: { severity: AlarmSeverity.CRITICAL },
    } as ApiAlarmsOptions,
  }));
  const topicOf = (id: string) => byId(made.template, ALARM)[id].AlarmActions[0].Ref.slice(0, 5);
  expect(['prodServerErrors', 'prodClientErrors', 'prodLatency'].map(topicOf)).toEqual(['Topic', 'Warni', 'Topic']);
});

test('a composite alarm tells of the critical ones in their place', () => {
  const made = alarms('http', { composite: true }, { stages: ['dev', 'prod'] });
  const { Critical } = byId(made.template, 'AWS::CloudWatch::CompositeAlarm');
  const id = (stage: string) => expect.stringMatching(new RegExp(`^OrdersAlarms${stage}ServerErrors`));
  expect(Critical.AlarmRule['Fn::Join'][1]).toEqual([
    'ALARM("',
    { Ref: id('dev') },
    '") OR ALARM("',
    { Ref: id('prod') },
    '")',
  ]);
  expect(Critical.AlarmActions).toHaveLength(1);
  expect(made.alarms.prodServerErrors.AlarmActions).toBeUndefined();
  expect(made.alarms.prodLatency.AlarmActions).toHaveLength(1);
});

test('routes have the alarms that are named', () => {
  const route = { serverErrors: { threshold: 1 }, latency: {} };
  const { alarms: made, errors } = alarms('rest', { routes: { 'GET /orders/{id}': route } });
  const extra = Object.keys(made).filter((id) => id.includes('GET'));
  expect(extra.sort()).toEqual(['prodGETordersidLatency', 'prodGETordersidServerErrors']);
  expect(made.prodGETordersidServerErrors).toMatchObject({
    Threshold: 0.01,
    Dimensions: [
      { Name: 'ApiName', Value: 'orders' },
      { Name: 'Stage', Value: 'prod' },
      { Name: 'Method', Value: 'GET' },
      { Name: 'Resource', Value: '/orders/{id}' },
    ],
  });
  expect(errors()).toEqual([]);
});

describe('the name of a metric that is counted in the access log', () => {
  const names = (stages: string[], quotas = QUOTAS, options: Options = {}): string[] =>
    Object.values<Json>(alarms('rest', options, { stages, quotas }).template.Resources)
      .filter(({ Type }) => Type === FILTER)
      .map(({ Properties }) => Properties.MetricTransformations[0].MetricName);

  test('is of the gateway, the stage and what is counted', () => {
    expect(names(['prod', 'blue-2'], [])).toEqual(['Orders/prod/Throttles', 'Orders/blue-2/Throttles']);
  });

  test('has nothing that CloudWatch refuses, and names that differ stay different', () => {
    expect(names(['$default', 'default'], [])).toEqual(['Orders/%24default/Throttles', 'Orders/default/Throttles']);
    const [quota] = QUOTAS;
    const plans = ['gold:1', 'gold*', 'gold', 'Größe', 'a b'];
    const given = plans.map((plan) => ({ ...quota, plan }));
    const quotaUsage = Object.fromEntries(plans.map((plan) => [plan, 80]));
    expect(names(['prod'], given, { quotaUsage }).filter((name) => name.includes('ApiKey'))).toEqual([
      'Orders/prod/RequestsByApiKey-gold%3A1',
      'Orders/prod/RequestsByApiKey-gold%2A',
      'Orders/prod/RequestsByApiKey-gold',
      'Orders/prod/RequestsByApiKey-Gr%C3%B6%C3%9Fe',
      'Orders/prod/RequestsByApiKey-a b',
    ]);
  });

  test('is what the alarm and the dashboard read', () => {
    const made = alarms('http', {}, { stages: ['$default'] });
    const [{ MetricTransformations }] = Object.values(made.filters);
    const watched = Object.values(made.alarms)
      .flatMap(metricsOf)
      .map(({ MetricName }) => MetricName);
    expect(watched).toContain(MetricTransformations[0].MetricName);
  });

  test('has at most 255 characters, and the longest stays as it is', () => {
    const room = 255 - 'Orders//Throttles'.length;
    const [fits, long, other] = names(['a'.repeat(room), 'a'.repeat(room + 1), `${'a'.repeat(room)}b`], []);
    expect(fits).toBe(`Orders/${'a'.repeat(room)}/Throttles`);
    expect([long.length, other.length]).toEqual([255, 255]);
    expect(long).toMatch(/^Orders\/a+.*-[0-9a-f]{8}$/);
    expect(other).not.toBe(long);
  });
});

describe('quotas', () => {
  test('that are used up are counted, where there are any', () => {
    expect(alarms('rest').alarms.prodQuotaExceeded).toBeUndefined();
    const made = alarms('rest', {}, { quotas: QUOTAS });
    expect(made.alarms.prodQuotaExceeded).toMatchObject({ Threshold: 1, Statistic: 'Sum', Period: 300 });
    expect(made.filters.prodQuotaExceededFilter.FilterPattern).toBe('{ ($.errorResponseType = "QUOTA_EXCEEDED") }');
  });

  test('that are near their end are counted for each key', () => {
    const made = alarms('rest', { quotaUsage: { trial: 80, weekly: 50 } }, { quotas: QUOTAS });
    expect(made.filters.prodtrialRequests).toMatchObject({
      FilterPattern: '{ ($.apiKeyId != "-") }',
      MetricTransformations: [{ Dimensions: [{ Key: 'ApiKeyId', Value: '$.apiKeyId' }], MetricValue: '1' }],
    });
    expect(made.filters.prodtrialRequests.MetricTransformations[0]).not.toHaveProperty('DefaultValue');
    const { trialacmeQuotaUsage: daily, trialglobexQuotaUsage: other, weeklyacmeQuotaUsage: weekly } = made.alarms;
    expect(daily).toMatchObject({ Threshold: 800, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    const stat = ({ Metrics }: Json) => Metrics[1].MetricStat;
    expect(stat(daily)).toMatchObject({ Period: 86_400, Metric: { Dimensions: [{ Name: 'ApiKeyId', Value: 'k1' }] } });
    expect(stat(other).Metric.Dimensions[0].Value).toBe('k2');
    expect(weekly.Threshold).toBe(39);
    expect(stat(weekly).Period).toBe(604_800);
  });

  test('of WebSocket APIs count connections; that they are used up is among the throttles', () => {
    const made = alarms('websocket', { quotaUsage: { trial: 80 } }, { quotas: QUOTAS });
    expect(made.filters.prodtrialRequests.FilterPattern).toBe('{ ($.eventType = "CONNECT") && ($.apiKeyId != "-") }');
    expect(made.alarms.trialacmeQuotaUsage).toMatchObject({ Threshold: 800, TreatMissingData: 'notBreaching' });
    expect(made.alarms.prodQuotaExceeded).toBeUndefined();
    expect(() => alarms('websocket', { quotaUsage: { partner: 80 } }, { quotas: QUOTAS })).toThrow(
      'a CloudWatch alarm covers seven days at most. Leave it out: throttles shows when it is used up, and `aws apigateway get-usage` how much of it is',
    );
  });

  test('of several stages are added up', () => {
    const stages = ['dev', 'prod'];
    const quotas = [{ ...QUOTAS[0], stages }];
    const { trialacmeQuotaUsage: alarm } = alarms('rest', { quotaUsage: { trial: 50 } }, { stages, quotas }).alarms;
    expect(alarm.Metrics[0].Expression).toBe('FILL(stage0, 0) + FILL(stage1, 0)');
  });
});

const STAGES = Array.from({ length: 11 }, (_, i) => `s${i}`);
const stream = DeliveryStream.fromDeliveryStreamName(new Stack(), 'S', 'amazon-apigateway-x');
const rest = (options: Options, watched?: Watched) => () => alarms('rest', options, watched);
const latency = (given: AlarmOptions) => rest({ latency: given });
test.each<[string, () => unknown, string]>([
  [
    'a threshold',
    latency({ threshold: 0 }),
    'alarms: latency: threshold must be more than 0 ms, got: 0; to disable the alarm',
  ],
  [
    'a rate',
    rest({ serverErrors: { threshold: 101 } }),
    'serverErrors: threshold must be more than 0 and at most 100 percent, got: 101',
  ],
  ['a period', latency({ period: Duration.seconds(90) }), 'period must be a multiple of one minute, got: 90 s'],
  ['periods', latency({ evaluationPeriods: 0 }), 'evaluationPeriods must be a whole number of at least 1, got: 0'],
  [
    'data points',
    latency({ evaluationPeriods: 2, datapointsToAlarm: 3 }),
    'datapointsToAlarm must be a whole number from 1 to evaluationPeriods, 2, got: 3',
  ],
  [
    'a range',
    latency({ period: Duration.minutes(30), evaluationPeriods: 49 }),
    'period times evaluationPeriods is 88200 s, but an alarm looks back 86400 s at most (a week with a period of an hour or longer)',
  ],
  [
    'a long range',
    latency({ period: Duration.days(1), evaluationPeriods: 8 }),
    'is 691200 s, but an alarm looks back 604800 s at most',
  ],
  ['a stage', rest({ stages: ['prd'] }), 'stages has "prd", which is not a stage of the gateway. Did you mean "prod"?'],
  ['no stages', rest({ stages: [] }), 'alarms: stages is empty, so no stage is monitored; leave it out for all'],
  ['no route alarm', rest({ routes: { 'GET /orders': {} } }), 'route "GET /orders": has no alarm; add some'],
  [
    'routes without metrics',
    rest({ routes: { 'GET /orders': { latency: {} } } }, { detailedMetrics: false }),
    'has no metrics: stage "prod" has no metrics of routes, because its detailedMetrics is false; leave that out',
  ],
  [
    'the default route',
    () => alarms('http', { routes: { $default: { latency: {} } } }),
    'route "$default": has no separate metrics: its name in CloudWatch, $default, is not documented',
  ],
  [
    'routes of WebSocket APIs',
    () => alarms('websocket', { routes: { $connect: { latency: {} } } }),
    'the names of WebSocket routes in CloudWatch are not documented',
  ],
  [
    'no field to count',
    rest({}, { accessLog: { format: AccessLogFormat.clf() } }),
    'throttles: is counted in the access log, but that of stage "prod" has no JSON field with $context.error.responseType; add it to accessLog.format, or leave the alarm out: alarms: { throttles: { enabled: false } }',
  ],
  [
    'no log to count in',
    rest({}, { accessLog: { deliveryStream: stream } }),
    'that of stage "prod" goes to a stream; log to a group, or leave the alarm out',
  ],
  [
    'an empty composite',
    rest({ composite: true, serverErrors: { enabled: false } }),
    'composite combines the critical alarms, but there is none; leave it out',
  ],
  [
    'a large composite',
    rest(
      { composite: true, throttles: { enabled: false } },
      { stages: Array.from({ length: 101 }, (_, i) => `s${i}`) },
    ),
    'composite combines 101 critical alarms; the maximum of CloudWatch is 100; monitor fewer stages or routes',
  ],
  [
    'a composite with a long rule',
    rest(
      { composite: true, throttles: { enabled: false } },
      { stages: Array.from({ length: 100 }, (_, i) => `${'s'.repeat(60)}${i}`) },
    ),
    'composite combines 100 critical alarms with a rule of 12486 characters; the maximum of CloudWatch is 10240; monitor fewer stages or routes, or set the severity WARNING for some, or shorten the names of stack and gateway',
  ],
  [
    'a quota of many stages',
    rest(
      { quotaUsage: { wide: 80 } },
      {
        stages: STAGES,
        quotas: [{ plan: 'wide', limit: 9, period: 'DAY', stages: STAGES, apiKeys: { acme: 'k1' }, callers: {} }],
      },
    ),
    'quotaUsage: has "wide", which is for 11 stages, but an alarm adds up 10 metrics; leave it out, or use separate plans for the stages',
  ],
  ['no quota', rest({ quotaExceeded: {} }), 'alarms.quotaExceeded: no usage plan of the gateway has a quota'],
  [
    'no plan',
    rest({ quotaUsage: { trial: 80 } }),
    'quotaUsage: has "trial", but no usage plan of the gateway has a quota',
  ],
  [
    'another plan',
    rest({ quotaUsage: { trail: 80 } }, { quotas: QUOTAS }),
    'quotaUsage: has "trail", which is not a usage plan with a quota. Did you mean "trial"?',
  ],
  [
    'a monthly quota',
    rest({ quotaUsage: { partner: 80 } }, { quotas: QUOTAS }),
    'has "partner", whose quota is for a month; a CloudWatch alarm covers seven days at most. Leave it out: quotaExceeded shows when it is used up, and `aws apigateway get-usage` how much of it is',
  ],
  [
    'more keys than a metric filter counts',
    rest(
      { quotaUsage: { busy: 80 } },
      { quotas: [{ ...QUOTAS[0], plan: 'busy', stages: ['prod'], callers: { prod: 1000 } }] },
    ),
    'quotaUsage: has "busy", and stage "prod" is called with 1000 API keys; CloudWatch Logs disables a metric filter that counts 1000 or more in an hour, and the alarms would stay OK. Leave it out: `aws apigateway get-usage` shows how much each key has used',
  ],
  [
    'a percentage',
    rest({ quotaUsage: { trial: 0 } }, { quotas: QUOTAS }),
    '"trial" must be more than 0 and at most 100 percent of the quota, got: 0',
  ],
  [
    'a percentage that is not known',
    rest({ quotaUsage: { trial: Lazy.number({ produce: () => 1 }) } }, { quotas: QUOTAS }),
    '"trial": the percentage and the limit of the quota must be literals',
  ],
  [
    'no keys',
    rest({ quotaUsage: { empty: 80 } }, { quotas: QUOTAS }),
    'has "empty", which has no apiKeys here; leave it out',
  ],
  [
    'no key in the log',
    rest(
      { quotaUsage: { trial: 80 }, throttles: { enabled: false }, quotaExceeded: { enabled: false } },
      { quotas: QUOTAS, accessLog: { format: AccessLogFormat.clf() } },
    ),
    'that of stage "prod" is not JSON with $context.identity.apiKeyId in a log group',
  ],
])('says what is wrong: %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('routes that never come are errors of the finished tree', () => {
  const { errors } = alarms('rest', { routes: { 'GET /order': { latency: {} } } });
  expect(errors()).toEqual([
    'Gateway \'Orders\': alarms: routes has "GET /order", which is not a route of the gateway. Did you mean "GET /orders"?',
  ]);
});

test('values that only CloudFormation knows are taken', () => {
  const token = Lazy.number({ produce: () => 3 });
  const given = { threshold: token, evaluationPeriods: token, datapointsToAlarm: token };
  expect(alarms('http', { latency: given }).alarms.prodLatency).toMatchObject({ Threshold: 3, DatapointsToAlarm: 3 });
});
