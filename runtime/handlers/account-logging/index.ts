import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { sleepFor } from '../shared/cloudformation-response';
import { customResource } from '../shared/custom-resource';
import { requestTimeouts } from '../shared/request-timeouts';
import { accountLogging } from './handler';

/** Only one attempt: the handler itself retries, and reads the account again each time. */
const client = new APIGatewayClient({
  maxAttempts: 1,
  requestHandler: requestTimeouts(5_000, 15_000),
});

export const handler = customResource(
  accountLogging({ client, sleep: sleepFor, now: () => Date.now(), random: () => Math.random() }),
);
