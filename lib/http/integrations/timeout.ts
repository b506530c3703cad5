import { type Duration } from 'aws-cdk-lib';
import { HTTP_INTEGRATION_TIMEOUT_MAX_MS, INTEGRATION_TIMEOUT_MIN_MS } from '../../facts/quotas';
import { type Owner } from '../../authoring/errors';

/** The timeout in milliseconds. @throws outside of 50 ms to 30 s, which no quota raises */
export function integrationTimeout(timeout: Duration | undefined, owner: Owner): number | undefined {
  if (!timeout || timeout.isUnresolved()) return timeout?.toMilliseconds();
  const ms = timeout.toMilliseconds();
  if (ms < INTEGRATION_TIMEOUT_MIN_MS) {
    throw owner.error(`the timeout must be at least ${INTEGRATION_TIMEOUT_MIN_MS} ms, got: ${ms} ms`);
  }
  if (ms > HTTP_INTEGRATION_TIMEOUT_MAX_MS) {
    throw owner.error(
      `the timeout is ${ms / 1000} s, and an HTTP API ends every request after 30 s; answer at once and work in the background, ` +
        'or use RestGateway, whose quota can be raised',
    );
  }
  return ms;
}
