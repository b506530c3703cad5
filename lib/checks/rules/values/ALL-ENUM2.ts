import { type ApiModel, type Location, type Method } from '../../../template/model';
import { isKnown, type Value } from '../../../template/value';
import { type Rule, type Violation } from '../../rule';
import { cloudFormation, methodsOf, onMethod, sameResource, settingsOf } from '../../support';

/** What the API takes for "no limit of its own". */
const NO_LIMIT = -1;

function limit(name: string, value: Value<number> | undefined, location: Location): Violation | undefined {
  return isKnown(value) && value < 0 && value !== NO_LIMIT
    ? { location, message: `${name} is ${value}, and must not be negative` }
    : undefined;
}

function burst(value: Value<number> | undefined, location: Location): Violation | undefined {
  return isKnown(value) && !Number.isInteger(value)
    ? { location, message: `the burst limit is ${value}, and must be a whole number` }
    : limit('the burst limit', value, location);
}

function* limits(model: ApiModel): Iterable<Violation | undefined> {
  for (const { setting } of settingsOf(model)) {
    yield limit('ThrottlingRateLimit', setting.throttlingRateLimit, setting.location);
    yield burst(setting.throttlingBurstLimit, setting.location);
  }
  for (const { rateLimit, burstLimit, location } of model.usagePlans) {
    yield limit('RateLimit', rateLimit, location);
    yield burst(burstLimit, location);
  }
}

const isStatus = (status: Value<string> | undefined): boolean => !isKnown(status) || /^[1-5]\d\d$/.test(status);

/** In a Body the keys of responses may be patterns, which the import sorts out itself. */
function* statuses(method: Method): Iterable<Violation> {
  const integration = isKnown(method.integration) ? method.integration.responses : [];
  for (const { statusCode, location } of [...method.responses, ...integration]) {
    if (!isStatus(statusCode)) {
      yield onMethod(method, `answers with status "${String(statusCode)}", which is no HTTP status`, location);
    }
  }
}

export const rule: Rule = {
  id: 'ALL-ENUM2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A number is within its range',
  why: 'CloudFormation passes the number on unread. API Gateway refuses it in the middle of the deployment, and the stack rolls back.',
  fix: 'Write limits as numbers of at least 0, bursts without a fraction, and statuses as 100 to 599. In CloudFormation: the property that the finding names.',
  link: cloudFormation('properties-apigateway-stage-methodsetting'),
  *check(model) {
    for (const violation of limits(model)) {
      if (violation) {
        yield violation;
      }
    }
    for (const { gatewayResponses } of model.restApis) {
      for (const { statusCode, location } of gatewayResponses) {
        if (!isStatus(statusCode)) {
          yield {
            location,
            message: `the gateway response has status "${String(statusCode)}", which is no HTTP status`,
          };
        }
      }
    }
    for (const { api, method } of methodsOf(model)) {
      if (api.form !== 'body' && !sameResource(method.location, api.location)) {
        yield* statuses(method);
      }
    }
  },
};
