import { METRIC_NAME_FORBIDDEN } from '../../../facts/metrics';
import { isKnown, type Value } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { inside } from '../../queries/common';

/** What CloudWatch Logs refuses in each name. */
const FILTER_NAME = { forbidden: /[:*]/, what: '":" or "*"' };
const METRIC_NAME = {
  forbidden: new RegExp(METRIC_NAME_FORBIDDEN.source, 'u'),
  what: '":", "*", "$" or characters outside ASCII',
};

const isWrong = (name: Value<string> | undefined, { forbidden }: { forbidden: RegExp }): name is string =>
  isKnown(name) && forbidden.test(name);

export const rule: Rule = {
  id: 'ALL-LOG17',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The names in a metric filter are valid in CloudWatch Logs',
  why: 'PutMetricFilter rejects other names, e.g. a name that contains the stage `$default`, in the middle of the deployment, and the stack rolls back.',
  fix: {
    library: 'Use `alarms` of the gateway, which creates the filters with valid names.',
    l2: 'Set `metricName`, `metricNamespace` and `filterName` on the `MetricFilter` to names without the characters in the finding.',
    cloudFormation:
      'Set `MetricName`, `MetricNamespace` and `FilterName` to names without the characters in the finding.',
  },
  link: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html',
  *check(model) {
    for (const { location, filterName, metrics } of model.metricFilters) {
      if (isWrong(filterName, FILTER_NAME)) {
        yield {
          location: inside(location, 'FilterName'),
          message: `FilterName is "${filterName}"; it must not contain ${FILTER_NAME.what}`,
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
              message: `${property} is "${value}"; it must not contain ${METRIC_NAME.what}`,
            };
          }
        }
      }
    }
  },
};
