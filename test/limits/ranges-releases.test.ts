import { Duration, type Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ApiDomain,
  ApiDomainEndpointType,
  ApiDomainRecords,
  type ApiRoutingRuleOptions,
  LambdaCanary,
  RestIntegration,
  StageCanary,
} from '../../lib';
import { fn } from '../support/stacks';
import { names, rest } from './support';

import { hold, ms, type Range, range, s } from './ranges';

const USE = (stack: Stack, integration: RestIntegration) => rest(stack, { routes: { 'POST /': { integration } } });
const domain = (stack: Stack, props = {}) => {
  const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z1',
    zoneName: 'example.com',
  });
  return new ApiDomain(stack, 'Domain', { domainName: 'api.example.com', hostedZone, ...props });
};
const rule = (stack: Stack, options: Partial<ApiRoutingRuleOptions>) =>
  domain(stack).addRoutingRule('Rule', rest(stack), { priority: 1, ...options });
const alarm = (stack: Stack, serverErrors: object) =>
  rest(stack, { alarms: { topic: new Topic(stack, 'Topic'), serverErrors } });
const canary = (stack: Stack, made: StageCanary) => rest(stack, { stages: { prod: { canary: made } } });
const alarms = (stack: Stack, count: number) =>
  names(count, 'Alarm').map(
    (id) =>
      new Alarm(stack, id, {
        metric: new Metric({ namespace: 'x', metricName: id }),
        threshold: 1,
        evaluationPeriods: 1,
      }),
  );
const budget = (stack: Stack, options: object) =>
  rest(stack, { budget: { monthly: 1, notify: ['a@example.com'], ...options } });

const RANGES: Readonly<Record<string, Range>> = {
  // Domains
  'path of a mapping': range(
    (stack, v) => domain(stack).map(rest(stack), { path: 'a'.repeat(v) }),
    [1, 300],
    [301, 'path has 301 characters; the maximum is 300'],
  ),
  'priority of a rule': range(
    (stack, v) => rule(stack, { priority: v }),
    [1, 1_000_000],
    [0, 'priority must be a whole number from 1 to 1,000,000, got: 0'],
    [1_000_001, 'got: 1000001'],
    [1.5, 'got: 1.5'],
  ),
  'headers of a rule': range(
    (stack, v) => rule(stack, { headers: names(v).map((header) => ({ header, value: 'a' })) }),
    [1, 2],
    [3, 'has 3 headers; the maximum of a rule is 2'],
  ),
  'basePaths of a rule': range(
    (stack, v) => rule(stack, { basePaths: names(v) }),
    [1],
    [2, 'has 2 basePaths; API Gateway accepts 1 per rule'],
  ),
  'base path of a rule': range(
    (stack, v) => rule(stack, { basePaths: ['a'.repeat(v)] }),
    [1, 127],
    [128, 'basePaths: has 128 characters; the maximum is 127'],
  ),
  'header of a rule': range(
    (stack, v) => rule(stack, { headers: [{ header: 'a'.repeat(v), value: 'a' }] }),
    [1, 39],
    [0, 'must be 1 to 39 letters'],
    [40, 'must be 1 to 39 letters'],
  ),
  'value of a header': range(
    (stack, v) => rule(stack, { headers: [{ header: 'x-a', value: 'a'.repeat(v) }] }),
    [1, 127],
    [0, 'must be 1 to 127 letters'],
    [128, 'must be 1 to 127 letters'],
  ),
  'value with two stars': range(
    (stack, v) => rule(stack, { headers: [{ header: 'x-a', value: `*${'a'.repeat(v - 2)}*` }] }),
    [3, 39],
    [40, 'has 40 characters; with "*" at both ends the maximum is 39'],
  ),
  'weight of records': range(
    (_, v) => ApiDomainRecords.weighted(v),
    [0, 255],
    [-1, 'a whole number from 0 to 255, got: -1'],
    [256, 'got: 256'],
    [0.5, 'got: 0.5'],
  ),
  'paths with several levels': range(
    (stack, v) => {
      const api = rest(stack, { disableExecuteApiEndpoint: true });
      const made = domain(stack, { endpointType: ApiDomainEndpointType.REGIONAL });
      for (const name of names(v)) made.map(api, { path: `a/${name}` });
    },
    [1, 200],
    [201, 'the domain has 200 paths with several levels, which is the quota'],
  ),

  // Releases
  'percent of a stage canary': range(
    (stack, v) => canary(stack, StageCanary.of({ percent: v })),
    [0.1, 100],
    [0, 'percent is 0;'],
    [100.1, 'percent is 100.1;'],
    [-1, 'percent is -1;'],
  ),
  'steps of a stage canary': range(
    (stack, v) =>
      canary(stack, StageCanary.progressive({ steps: names(v).map((_, i) => i + 1), interval: Duration.minutes(1) })),
    [1, 20],
    [0, 'steps has 0 percentages; use 1 to 20'],
    [21, 'steps has 21 percentages'],
  ),
  'interval of a stage canary': range(
    (stack, v) => canary(stack, StageCanary.progressive({ steps: [1], interval: v })),
    [s(60), s(61), s(86_400)],
    [s(59), 'interval is 59 seconds'],
    [s(86_401), 'interval is 86401 seconds'],
    [ms(60_500), 'interval is 60.5 seconds'],
  ),
  'one step after the other': range(
    (stack, v) => canary(stack, StageCanary.progressive({ steps: [10, v], interval: Duration.minutes(1) })),
    [10.1, 100],
    [10, 'steps goes from 10 to 10; each must be greater'],
    [9, 'steps goes from 10 to 9'],
  ),
  'alarms of a stage canary': range(
    (stack, v) => canary(stack, StageCanary.of({ percent: 10, alarms: alarms(stack, v) })),
    [1, 9],
    [10, "alarms has 10; the maximum is 10 with the canary's own, so use at most 9"],
  ),
  'percent of a Lambda canary': range(
    (stack, v) =>
      USE(stack, RestIntegration.lambda(fn(stack, 'Fn'), { canary: LambdaCanary.canary(v, Duration.minutes(5)) })),
    [1, 99],
    [0, 'percent is 0;'],
    [100, 'percent is 100;'],
    [1.5, 'percent is 1.5;'],
  ),
  'interval of a Lambda canary': range(
    (stack, v) => USE(stack, RestIntegration.lambda(fn(stack, 'Fn'), { canary: LambdaCanary.linear(10, v) })),
    [s(60), s(172_800)],
    [s(0), 'interval is 0 minutes'],
    [s(90), 'interval is 1.5 minutes'],
    [s(172_860), 'interval is 2881 minutes'],
  ),

  // Alarms and budgets
  'threshold in percent': range(
    (stack, v) => alarm(stack, { threshold: v }),
    [0.1, 100],
    [0, 'threshold must be more than 0 and at most 100 percent, got: 0'],
    [100.1, 'got: 100.1'],
  ),
  'period of an alarm': range(
    (stack, v) => alarm(stack, { period: v, evaluationPeriods: 1 }),
    [s(60), s(3600), s(604_800)],
    [s(0), 'a multiple of one minute, got: 0 s'],
    [s(90), 'got: 90 s'],
    [s(604_860), 'an alarm looks back 604800 s at most'],
  ),
  'evaluationPeriods of short periods': range(
    (stack, v) => alarm(stack, { period: s(60), evaluationPeriods: v }),
    [1, 1440],
    [0, 'evaluationPeriods must be a whole number of at least 1, got: 0'],
    [1.5, 'got: 1.5'],
    [1441, 'an alarm looks back 86400 s at most (a week'],
  ),
  'evaluationPeriods of long periods': range(
    (stack, v) => alarm(stack, { period: s(3600), evaluationPeriods: v }),
    [1, 168],
    [169, 'an alarm looks back 604800 s at most'],
  ),
  datapointsToAlarm: range(
    (stack, v) => alarm(stack, { evaluationPeriods: 3, datapointsToAlarm: v }),
    [1, 3],
    [0, 'datapointsToAlarm must be a whole number from 1 to evaluationPeriods, 3, got: 0'],
    [4, 'got: 4'],
  ),
  quotaUsage: range(
    (stack, v) =>
      rest(stack, {
        routes: { 'GET /': { integration: RestIntegration.mock(), apiKeyRequired: true } },
        usagePlans: { free: { quota: { limit: 100, period: Period.DAY }, apiKeys: ['a'] } },
        alarms: { topic: new Topic(stack, 'Topic'), quotaUsage: { free: v } },
      }),
    [0.1, 100],
    [0, 'must be more than 0 and at most 100 percent of the quota, got: 0'],
    [100.1, 'got: 100.1'],
  ),
  monthly: range(
    (stack, v) => budget(stack, { monthly: v }),
    [0.01, 1],
    [0, 'monthly must be more than 0 US dollars, got: 0'],
  ),
  notify: range(
    (stack, v) => budget(stack, { notify: names(v).map((name) => `${name}@example.com`) }),
    [1, 10],
    [0, 'has no recipient'],
    [11, 'notify has 11 addresses; the maximum of a budget is 10'],
  ),
  thresholds: range(
    (stack, v) => budget(stack, { thresholds: names(v).map((_, i) => i + 1) }),
    [1, 4],
    [0, 'thresholds must be 1 to 4 different percentages'],
    [5, 'thresholds must be 1 to 4 different percentages'],
  ),
  'threshold of a budget': range(
    (stack, v) => budget(stack, { thresholds: [v] }),
    [0.1, 100, 150],
    [0, 'thresholds has 0, but must be percentages above 0'],
  ),
};

hold(RANGES);
