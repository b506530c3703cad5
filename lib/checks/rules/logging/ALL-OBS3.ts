import { type AnyApi, type ApiModel } from '../../../template/model';
import { type Alarm, type AlarmMetric } from '../../../template/neighbours-model';
import { isKnown, isLiteral, UNKNOWN } from '../../../template/value';
import { type Rule } from '../../rule';
import { absolute, guide, resourceKey } from '../../support';
import { allApisOf } from '../../v2-support';

const FAILURES: Readonly<Record<AnyApi['kind'], readonly string[]>> = {
  rest: ['5XXError', 'Latency', 'IntegrationLatency'],
  http: ['5xx', 'Latency', 'IntegrationLatency'],
  websocket: ['ExecutionError', 'IntegrationError', 'IntegrationLatency'],
};

/** Whether the alarm may be on failures of this API. */
function isFor(metric: AlarmMetric, alarm: Alarm, api: AnyApi, ids: ReadonlySet<string>): boolean {
  const { namespace, name, dimensions } = metric;
  if (namespace !== undefined && isLiteral(namespace) && namespace !== 'AWS/ApiGateway') {
    return false;
  }
  if (name !== undefined && isLiteral(name) && !FAILURES[api.kind].includes(name)) {
    return false;
  }
  const { ApiName: apiName, ApiId: apiId }: Readonly<Record<string, string>> = dimensions === UNKNOWN ? {} : dimensions;
  if (api.kind === 'rest') {
    return apiName === undefined || !isLiteral(apiName) || !isKnown(api.name) || apiName === api.name;
  }
  const id = apiId === undefined ? undefined : absolute(apiId, alarm.location.template);
  return id === undefined || !(isLiteral(id) || ids.has(id)) || id === idOf(api);
}

const idOf = (api: AnyApi): string => `<${resourceKey(api.location)}>`;

const isWatched = (model: ApiModel, api: AnyApi, ids: ReadonlySet<string>): boolean =>
  model.alarms.some(
    (alarm) => alarm.metrics === UNKNOWN || alarm.metrics.some((metric) => isFor(metric, alarm, api, ids)),
  );

export const rule: Rule = {
  id: 'ALL-OBS3',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'Somebody is told when an API fails',
  why: 'Without an alarm on server errors or latency, the first to notice an outage are the callers.',
  fix: {
    library: 'Set `alarms: { topic }` on the gateway, or make an alarm of one of its `metrics`.',
    l2:
      'Call `api.metricServerError().createAlarm(this, "Errors", { threshold: 1, evaluationPeriods: 1 })` (of a ' +
      '`WebSocketApi` with `api.metric("IntegrationError")`), and add an action.',
    cloudFormation:
      'Add an `AWS::CloudWatch::Alarm` in `AWS/ApiGateway` on `5XXError` with dimensions `ApiName` and `Stage`, on ' +
      '`5xx` (HTTP) or `IntegrationError` and `ExecutionError` (WebSocket) with `ApiId` and `Stage`.',
  },
  link: guide('security-best-practices'),
  *check(model) {
    const ids = new Set(allApisOf(model).map(idOf));
    for (const api of allApisOf(model)) {
      if (api.stages.length > 0 && !isWatched(model, api, ids)) {
        yield { location: api.location, message: 'no alarm of the templates is on errors or latency of the API' };
      }
    }
  },
};
