import { MAPPED_STATUS } from '../../../facts/http-integrations';
import { QUOTA_OFFSETS } from '../../../facts/quotas';
import { type ApiModel, type Location, type Method, type UsagePlan } from '../../../template/model/model';
import { at } from '../../../lookup/named';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { cloudFormation, inside, methodsOf, onMethod, sameResource, settingsOf } from '../../queries/common';
import { httpIntegrationsOf, onIntegration } from '../../queries/v2-integrations';
import { routeSettingsOf } from '../../queries/v2';

/** What HTTP and WebSocket APIs take for "no limit of its own"; CloudFormation takes it of no REST stage or plan. */
const NO_LIMIT = -1;

type Limit = Value<number> | undefined;

function limit(name: string, value: Limit, location: Location, none?: number): Violation | undefined {
  return isKnown(value) && value < 0 && value !== none
    ? { location, message: `${name} is ${value}, but must not be negative` }
    : undefined;
}

function burst(value: Limit, location: Location, none?: number): Violation | undefined {
  return isKnown(value) && !Number.isInteger(value)
    ? { location, message: `the burst limit is ${value}, but must be a whole number` }
    : limit('the burst limit', value, location, none);
}

/** The day on which a period of a quota starts. */
function offset(
  { period, offset: day }: NonNullable<UsagePlan['quota']> = {},
  location: Location,
): Violation | undefined {
  const range = isKnown(period) ? at(QUOTA_OFFSETS, period) : undefined;
  if (!range || !isKnown(day) || (Number.isInteger(day) && day >= 0 && day <= range.last)) return undefined;
  const allowed = range.last === 0 ? '0' : `a whole number from 0 to ${range.last}`;
  return {
    location: inside(location, 'Quota', 'Offset'),
    message: `the quota's Offset is ${day}; for a ${String(period)} it must be ${allowed} (${range.days})`,
  };
}

function* limits(model: ApiModel): Iterable<Violation | undefined> {
  for (const { setting } of settingsOf(model)) {
    yield limit('ThrottlingRateLimit', setting.throttlingRateLimit, setting.location);
    yield burst(setting.throttlingBurstLimit, setting.location);
  }
  for (const { setting } of routeSettingsOf(model)) {
    yield limit('ThrottlingRateLimit', setting.throttlingRateLimit, setting.location, NO_LIMIT);
    yield burst(setting.throttlingBurstLimit, setting.location, NO_LIMIT);
  }
  for (const { rateLimit, burstLimit, quota, location } of model.usagePlans) {
    yield limit('RateLimit', rateLimit, location);
    yield burst(burstLimit, location);
    yield offset(quota, location);
  }
}

const isStatus = (status: Value<string> | undefined): boolean => !isKnown(status) || /^[1-5]\d\d$/.test(status);

/** In a Body the keys of responses may be patterns, which the import sorts out itself. */
function* statuses(method: Method): Iterable<Violation> {
  const integration = isKnown(method.integration) ? method.integration.responses : [];
  for (const { statusCode, location } of [...method.responses, ...integration]) {
    if (!isStatus(statusCode)) {
      yield onMethod(method, `returns status "${String(statusCode)}", which is not an HTTP status`, location);
    }
  }
}

/** Status codes for which an HTTP API maps parameters of the response. */
function* mappedStatuses(model: ApiModel): Iterable<Violation> {
  for (const use of httpIntegrationsOf(model)) {
    for (const status of Object.keys(knownOr(use.integration.responseParameters, {}))) {
      const isOutside = Number(status) < MAPPED_STATUS.min || Number(status) > MAPPED_STATUS.max;
      if (/^\d+$/.test(status) && isOutside) {
        yield onIntegration(
          use,
          `maps the response of status ${status}; ${MAPPED_STATUS.min} to ${MAPPED_STATUS.max} is allowed`,
        );
      }
    }
  }
}

export const rule: Rule = {
  id: 'ALL-ENUM2',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A number is within its range',
  why: 'CloudFormation passes the number on unchecked. API Gateway rejects it in the middle of the deployment, and the stack rolls back.',
  fix: {
    library:
      'Write limits as numbers of at least 0, burst limits as whole numbers, statuses as 100 to 599, and `offset` of a quota as the day on which its period starts.',
    l2:
      'Write limits as numbers of at least 0, burst limits as whole numbers, `statusCode` as 100 to 599, and ' +
      '`offset` of a quota as the day on which its period starts.',
    cloudFormation:
      'Write limits as numbers of at least 0, burst limits as whole numbers, statuses as 100 to 599, and `Offset` of a quota as the day on which its period starts.',
  },
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
            message: `the gateway response has status "${String(statusCode)}", which is not an HTTP status`,
          };
        }
      }
    }
    for (const { api, method } of methodsOf(model)) {
      if (api.form !== 'body' && !sameResource(method.location, api.location)) {
        yield* statuses(method);
      }
    }
    yield* mappedStatuses(model);
  },
};
