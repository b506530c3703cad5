import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sleepFor } from '../shared/cloudformation-response';
import { requestTimeouts } from '../shared/request-timeouts';
import { configFromEnvironment } from './config';
import { type BroadcastResult } from './contract';
import { broadcaster, type InvocationContext } from './handler';
import { ConnectionTable } from './table';

/** Only one attempt: the handler itself retries, and knows when its time is over. */
const CLIENT = {
  maxAttempts: 1,
  requestHandler: requestTimeouts(2_000, 3_000),
};

let broadcast: ReturnType<typeof broadcaster> | undefined;

/** Sends a message to the connections of a WebSocket API; `contract.ts` describes its input and output. */
export async function handler(event: unknown, context: InvocationContext): Promise<BroadcastResult> {
  broadcast ??= start();
  return broadcast(event, context);
}

function start(): ReturnType<typeof broadcaster> {
  const config = configFromEnvironment(process.env);
  const clock = { sleep: sleepFor, now: () => Date.now(), random: () => Math.random() };
  return broadcaster(config, {
    ...clock,
    connections: new ApiGatewayManagementApiClient({ ...CLIENT, endpoint: config.callbackUrl }),
    table: new ConnectionTable(new DynamoDBClient(CLIENT), config, clock),
    log: (entry) => console.log(JSON.stringify(entry)),
  });
}
