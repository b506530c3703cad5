import { type Duration } from 'aws-cdk-lib';
import { INTEGRATION_TIMEOUT_MAX_MS, INTEGRATION_TIMEOUT_MIN_MS } from '../../facts/quotas';
import { type WebSocketIntegrationContext } from '../binding';

/** The timeout in milliseconds. @throws where WebSocket APIs have no such timeout */
export function integrationTimeout(
  timeout: Duration | undefined,
  { owner }: WebSocketIntegrationContext,
): number | undefined {
  if (!timeout || timeout.isUnresolved()) return timeout?.toMilliseconds();
  const ms = timeout.toMilliseconds();
  if (ms < INTEGRATION_TIMEOUT_MIN_MS) {
    throw owner.error(`the timeout must be at least ${INTEGRATION_TIMEOUT_MIN_MS} ms, got: ${ms} ms`);
  }
  if (ms > INTEGRATION_TIMEOUT_MAX_MS) {
    throw owner.error(
      `the timeout is ${ms / 1000} s, and a WebSocket API waits 29 s at most, a quota that cannot be raised; ` +
        'let the back-end work on in the background (WebSocketIntegration.sqs or .stepFunctionsStart), and send the outcome to the connection with grantManageConnections',
    );
  }
  return ms;
}
