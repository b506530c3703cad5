import { type Integration, type RestApi } from '../../../template/model/model';
import {
  INTEGRATION_TIMEOUT_MAX_MS,
  INTEGRATION_TIMEOUT_MIN_MS,
  STREAMING_TIMEOUT_MAX_MS,
} from '../../../facts/quotas';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { type Rule, type RuleSeverity } from '../../rule';
import { apiReference, methodsOf, onMethod } from '../../queries/common';

function judge(api: RestApi, integration: Integration): { what: string; severity: RuleSeverity } | undefined {
  const timeout = integration.timeoutInMillis;
  if (!isKnown(timeout) || integration.responseTransferMode === UNKNOWN) {
    return undefined;
  }
  const severity = 'error';
  if (timeout < INTEGRATION_TIMEOUT_MIN_MS) {
    return { what: `the minimum is ${INTEGRATION_TIMEOUT_MIN_MS} ms`, severity };
  }
  if (integration.responseTransferMode === 'STREAM') {
    const what = `a streamed response may take ${STREAMING_TIMEOUT_MAX_MS} ms`;
    return timeout > STREAMING_TIMEOUT_MAX_MS ? { what, severity } : undefined;
  }
  if (timeout <= INTEGRATION_TIMEOUT_MAX_MS) {
    return undefined;
  }
  const edge = isKnown(api.endpointTypes) && (api.endpointTypes.length === 0 || api.endpointTypes.includes('EDGE'));
  return edge
    ? { what: `an edge-optimized API waits ${INTEGRATION_TIMEOUT_MAX_MS} ms at most`, severity }
    : { what: `more than ${INTEGRATION_TIMEOUT_MAX_MS} ms needs a raised quota`, severity: 'warning' };
}

export const rule: Rule = {
  id: 'REST-INT1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The integration timeout is within the limits of API Gateway',
  why:
    'With a timeout out of range the deployment fails. More than 29 seconds requires a raised quota, which can ' +
    'reduce the throttle quota of the Region, and is not possible for an edge-optimized API.',
  fix: {
    library:
      'Set `timeout` on the integration to 50 ms to 29 s, stream the response, or respond immediately and do the ' +
      'work asynchronously.',
    l2:
      'Set `timeout` on the integration to 50 ms to 29 s, set `responseTransferMode: ResponseTransferMode.STREAM`, ' +
      'or respond immediately and do the work asynchronously.',
    cloudFormation:
      'Set `TimeoutInMillis` on the integration to 50 to 29000, stream the response, or respond immediately and do ' +
      'the work asynchronously.',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      const { integration } = method;
      const found = isKnown(integration) ? judge(api, integration) : undefined;
      if (isKnown(integration) && found) {
        const message = `waits ${String(integration.timeoutInMillis)} ms for its integration; ${found.what}`;
        yield { ...onMethod(method, message, integration.location), severity: found.severity };
      }
    }
  },
};
