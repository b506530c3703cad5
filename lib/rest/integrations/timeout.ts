import { type Duration } from 'aws-cdk-lib';
import { INTEGRATION_TIMEOUT_MAX_MS, INTEGRATION_TIMEOUT_MIN_MS, STREAMING_TIMEOUT_MAX_MS } from '../../facts/quotas';
import { type RestIntegrationContext } from '../binding';
import { RestEndpointType } from '../endpoint';

/**
 * The timeout in milliseconds, as far as the endpoint type allows it.
 * A Regional API may go beyond 29 seconds where its quota was raised: that is for the checks to say.
 */
export function integrationTimeout(
  timeout: Duration | undefined,
  streamed: boolean,
  context: RestIntegrationContext,
): number | undefined {
  if (!timeout || timeout.isUnresolved()) return timeout?.toMilliseconds();
  const ms = timeout.toMilliseconds();
  if (ms < INTEGRATION_TIMEOUT_MIN_MS) {
    throw context.owner.error(`the timeout must be at least ${INTEGRATION_TIMEOUT_MIN_MS} ms, got: ${ms} ms`);
  }
  if (streamed && ms > STREAMING_TIMEOUT_MAX_MS) {
    throw context.owner.error(`a streamed response ends after 15 minutes; the timeout is ${ms / 1000} s`);
  }
  if (!streamed && ms > INTEGRATION_TIMEOUT_MAX_MS && context.endpointType === RestEndpointType.EDGE) {
    throw context.owner.error(
      `the timeout is ${ms / 1000} s, and an edge-optimized API ends every request after 29 s; ` +
        'use endpointType: RestEndpointType.REGIONAL (and raise the quota "Maximum integration timeout"), stream the response, or answer at once and work in the background',
    );
  }
  return ms;
}
