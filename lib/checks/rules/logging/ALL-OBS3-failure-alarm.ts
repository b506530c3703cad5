import { type AnyApi, type ApiModel } from '../../../template/model/model';
import { type AlarmMetric } from '../../../template/model/neighbours';
import { isLiteral, textKey, type Texts } from '../../../template/model/text';
import { isKnown, knownOr, UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, idKey } from '../../queries/common';
import { allApisOf } from '../../queries/v2';
import { METRIC_NAMESPACE } from '../../../facts/metrics';

const FAILURES: Readonly<Record<AnyApi['kind'], readonly string[]>> = {
  rest: ['5XXError', 'Latency', 'IntegrationLatency'],
  http: ['5xx', 'Latency', 'IntegrationLatency'],
  websocket: ['ExecutionError', 'IntegrationError', 'IntegrationLatency'],
};

function isOnFailures({ namespace, name }: AlarmMetric, kind: AnyApi['kind']): boolean {
  const isOfGateway = !isLiteral(namespace) || namespace === METRIC_NAMESPACE;
  return isOfGateway && (!isLiteral(name) || FAILURES[kind].includes(name));
}

/** The name of a REST API, or the id of another one; undefined where it may be any. */
function namedBy({ dimensions }: AlarmMetric, kind: AnyApi['kind'], ids: ReadonlySet<string>): string | undefined {
  const { ApiName: name, ApiId: id }: Texts = knownOr(dimensions, {});
  if (kind === 'rest') return isLiteral(name) ? name : undefined;
  const known = id === undefined ? undefined : textKey(id);
  return known !== undefined && (isLiteral(id) || ids.has(known)) ? known : undefined;
}

/** The APIs of the kind that alarms are on, by what alarms name them by; `any` if one may be on each of them. */
function watchedOf({ alarms }: ApiModel, kind: AnyApi['kind'], ids: ReadonlySet<string>): ReadonlySet<string> | 'any' {
  const watched = new Set<string>();
  for (const { metrics } of alarms) {
    if (metrics === UNKNOWN) return 'any';
    for (const metric of metrics.filter((one) => isOnFailures(one, kind))) {
      const name = namedBy(metric, kind, ids);
      if (name === undefined) return 'any';
      watched.add(name);
    }
  }
  return watched;
}

function isWatched(api: AnyApi, watched: ReadonlySet<string> | 'any'): boolean {
  if (watched === 'any') return true;
  if (api.kind !== 'rest') return watched.has(idKey(api));
  return isKnown(api.name) ? watched.has(api.name) : watched.size > 0;
}

export const rule: Rule = {
  id: 'ALL-OBS3',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'An alarm reports when an API fails',
  why: 'Without an alarm on server errors or latency, callers are the first to notice an outage.',
  fix: {
    library: 'Set `alarms: { topic }` on the gateway, or create an alarm, e.g. on `gateway.metricServerError()`.',
    l2:
      'Call `api.metricServerError().createAlarm(this, "Errors", { threshold: 1, evaluationPeriods: 1 })` (for a ' +
      '`WebSocketApi` with `api.metric("IntegrationError")`), and add an action.',
    cloudFormation:
      'Add an `AWS::CloudWatch::Alarm` in `AWS/ApiGateway` on `5XXError` with dimensions `ApiName` and `Stage`, on ' +
      '`5xx` (HTTP) or `IntegrationError` and `ExecutionError` (WebSocket) with `ApiId` and `Stage`.',
  },
  link: guide('security-best-practices'),
  *check(model) {
    const ids = new Set(allApisOf(model).map(idKey));
    const watched = {
      rest: watchedOf(model, 'rest', ids),
      http: watchedOf(model, 'http', ids),
      websocket: watchedOf(model, 'websocket', ids),
    };
    for (const api of allApisOf(model)) {
      if (!api.reference && api.stages.length > 0 && !isWatched(api, watched[api.kind])) {
        yield { location: api.location, message: 'no alarm in the templates watches errors or latency of the API' };
      }
    }
  },
};
