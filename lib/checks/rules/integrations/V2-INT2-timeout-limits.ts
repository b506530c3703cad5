import {
  HTTP_INTEGRATION_TIMEOUT_MAX_MS,
  INTEGRATION_TIMEOUT_MAX_MS,
  INTEGRATION_TIMEOUT_MIN_MS,
} from '../../../facts/quotas';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { onIntegration, v2IntegrationsOf } from '../../queries/v2-integrations';

export const rule: Rule = {
  id: 'V2-INT2',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'The integration timeout of an HTTP or WebSocket API is within the limits of API Gateway',
  why: `API Gateway accepts ${INTEGRATION_TIMEOUT_MIN_MS} to ${HTTP_INTEGRATION_TIMEOUT_MAX_MS} ms for HTTP APIs and ${INTEGRATION_TIMEOUT_MIN_MS} to ${INTEGRATION_TIMEOUT_MAX_MS} ms for WebSocket APIs; neither can be raised. Anything else is rejected, and the stack rolls back.`,
  fix: {
    library: 'Set a `timeout` within the range on the integration, or do the long work asynchronously.',
    l2: 'Set `timeout` on the integration within the range, or do the long work asynchronously.',
    cloudFormation:
      'Set `TimeoutInMillis` on the integration (`timeoutInMillis` of `x-amazon-apigateway-integration`) within the ' +
      'range, or do the long work asynchronously.',
  },
  link: guide('http-api-quotas'),
  *check(model) {
    for (const use of v2IntegrationsOf(model)) {
      const { timeoutInMillis: timeout } = use.integration;
      const max = use.api.kind === 'http' ? HTTP_INTEGRATION_TIMEOUT_MAX_MS : INTEGRATION_TIMEOUT_MAX_MS;
      if (isKnown(timeout) && !(timeout >= INTEGRATION_TIMEOUT_MIN_MS && timeout <= max)) {
        yield onIntegration(
          use,
          `times out after ${timeout} ms; ${INTEGRATION_TIMEOUT_MIN_MS} to ${max} ms is allowed`,
        );
      }
    }
  },
};
