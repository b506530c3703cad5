import { METRIC_NAME_FORBIDDEN } from '../../../facts/metrics';
import { isKnown, type Value } from '../../../template/value';
import { type Rule } from '../../rule';
import { inside } from '../../support';

/** What CloudWatch Logs does not take of each name, and what that is. */
const FILTER_NAME = { forbidden: /[:*]/, what: '":" and "*"' };
const METRIC_NAME = {
  forbidden: new RegExp(METRIC_NAME_FORBIDDEN.source, 'u'),
  what: '":", "*", "$" and what is not ASCII',
};

const isWrong = (name: Value<string> | undefined, { forbidden }: { forbidden: RegExp }): name is string =>
  isKnown(name) && forbidden.test(name);

export const rule: Rule = {
  id: 'ALL-LOG17',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A metric filter has names that CloudWatch Logs takes',
  why: 'PutMetricFilter refuses other names, e.g. of the stage `$default`, in the middle of the deployment, and the stack rolls back.',
  fix: {
    library: 'Use `alarms` of the gateway, which makes filters and their names.',
    l2: 'Set `metricName`, `metricNamespace` and `filterName` of the `MetricFilter` to names without the characters that the finding names.',
    cloudFormation:
      'Set `MetricName`, `MetricNamespace` and `FilterName` to names without the characters that the finding names.',
  },
  link: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html',
  *check(model) {
    for (const { location, filterName, metrics } of model.metricFilters) {
      if (isWrong(filterName, FILTER_NAME)) {
        yield {
          location: inside(location, 'FilterName'),
          message: `FilterName is "${filterName}", and ${FILTER_NAME.what} are refused`,
        };
      }
      for (const { location: at, name, namespace } of metrics) {
        for (const [property, value] of [
          ['MetricName', name],
          ['MetricNamespace', namespace],
        ] as const) {
          if (isWrong(value, METRIC_NAME)) {
            yield {
              location: inside(at, property),
              message: `${property} is "${value}", and ${METRIC_NAME.what} are refused`,
            };
          }
        }
      }
    }
  },
};
