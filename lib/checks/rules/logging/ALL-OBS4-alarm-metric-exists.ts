import { METRIC_NAMESPACE, METRIC_TABLES } from '../../../facts/metrics';
import { nearest } from '../../../lookup/nearest';
import { type AlarmMetric } from '../../../template/model/neighbours';
import { isLiteral } from '../../../template/model/text';
import { UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

const TABLES = Object.values(METRIC_TABLES);
const NAMES = [...new Set(TABLES.flatMap(({ metrics }) => Object.keys(metrics)))];

function problem({ namespace, name, dimensions }: AlarmMetric): string | undefined {
  if (namespace !== METRIC_NAMESPACE || !isLiteral(name)) return undefined;
  const tables = TABLES.filter(({ metrics }) => Object.hasOwn(metrics, name));
  if (tables.length === 0) {
    const [near] = nearest(name, NAMES);
    return `uses ${name}, which API Gateway does not send${near === undefined ? '' : `; did you mean ${near}?`}`;
  }
  if (dimensions === UNKNOWN) return undefined;
  const given = Object.keys(dimensions).sort();
  const fits = tables.some((table) => table.dimensions.some((known) => [...known].sort().join() === given.join()));
  if (fits) return undefined;
  const known = [...new Set(tables.flatMap((table) => table.dimensions.map((names) => names.join(', '))))];
  return `uses ${name} with ${given.join(', ') || 'no dimension'}, but API Gateway sends it with ${known.join(' or ')}`;
}

export const rule: Rule = {
  id: 'ALL-OBS4',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'An alarm uses a metric that API Gateway sends, with its dimensions',
  why:
    'REST APIs send `5XXError` with `ApiName`, HTTP APIs `5xx` with `ApiId`. An alarm on a metric that does not ' +
    'exist stays in INSUFFICIENT_DATA, or OK, whatever happens.',
  fix: {
    library: 'Set `alarms: { topic }` on the gateway, or take a metric of it, e.g. `gateway.metricClientError()`.',
    l2: 'Take the metric from the API or the stage: `api.metricServerError()`, `stage.metricLatency()`.',
    cloudFormation: 'Set `MetricName` and all `Dimensions` as in one row of the tables.',
  },
  link: guide('api-gateway-metrics-and-dimensions'),
  *check(model) {
    for (const { location, metrics } of model.alarms) {
      for (const metric of metrics === UNKNOWN ? [] : metrics) {
        const what = problem(metric);
        if (what !== undefined) yield { location, message: `${location.logicalId} ${what}` };
      }
    }
  },
};
