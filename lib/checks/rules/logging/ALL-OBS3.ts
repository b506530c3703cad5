import { type ApiModel, type RestApi } from '../../../template/model';
import { type AlarmMetric } from '../../../template/neighbours-model';
import { isKnown, isLiteral, UNKNOWN } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide } from '../../support';

const FAILURES = ['5XXError', 'Latency', 'IntegrationLatency'];

/** Whether the alarm may be on failures of this API. */
function isFor(metric: AlarmMetric, api: RestApi): boolean {
  const { namespace, name, dimensions } = metric;
  if (namespace !== undefined && isLiteral(namespace) && namespace !== 'AWS/ApiGateway') {
    return false;
  }
  if (name !== undefined && isLiteral(name) && !FAILURES.includes(name)) {
    return false;
  }
  const apiName = dimensions === UNKNOWN ? undefined : dimensions.ApiName;
  return apiName === undefined || !isLiteral(apiName) || !isKnown(api.name) || apiName === api.name;
}

const isWatched = (model: ApiModel, api: RestApi): boolean =>
  model.alarms.some(({ metrics }) => metrics === UNKNOWN || metrics.some((metric) => isFor(metric, api)));

export const rule: Rule = {
  id: 'ALL-OBS3',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'Somebody is told when an API fails',
  why: 'Without an alarm on server errors or latency, the first to notice an outage are the callers.',
  fix:
    'Add the alarms of the gateway, or `api.metricServerError().createAlarm(…)`. In CloudFormation: an `AWS::CloudWatch::Alarm` on `5XXError` in ' +
    '`AWS/ApiGateway`, with dimensions `ApiName` and `Stage`.',
  link: guide('security-best-practices'),
  *check(model) {
    for (const api of model.restApis) {
      if (api.stages.length > 0 && !isWatched(model, api)) {
        yield { location: api.location, message: 'no alarm of the templates is on errors or latency of the API' };
      }
    }
  },
};
