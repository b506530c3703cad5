import { type Duration } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import {
  HTTP_INTEGRATION_TIMEOUT_MAX_MS,
  INTEGRATION_TIMEOUT_MAX_MS,
  INTEGRATION_TIMEOUT_MIN_MS,
  STREAMING_TIMEOUT_MAX_MS,
} from '../facts/quotas';

/**
 * How long the kinds wait for a back end, and the alternatives to waiting longer. A Regional REST API may go beyond 29 seconds if
 * its quota was raised, which the checks judge.
 */
const LONGEST = {
  rest: { ms: Infinity, why: '' },
  restEdge: {
    ms: INTEGRATION_TIMEOUT_MAX_MS,
    why:
      'an edge-optimized API ends every request after 29 s; use endpointType: RestEndpointType.REGIONAL ' +
      '(and raise the quota "Maximum integration timeout"), stream the response, or respond at once and work in the background',
  },
  restStreamed: { ms: STREAMING_TIMEOUT_MAX_MS, why: 'a streamed response ends after 15 minutes' },
  http: {
    ms: HTTP_INTEGRATION_TIMEOUT_MAX_MS,
    why:
      'an HTTP API ends every request after 30 s; respond at once and work in the background, ' +
      'or use RestGateway, whose quota can be raised',
  },
  websocket: {
    ms: INTEGRATION_TIMEOUT_MAX_MS,
    why:
      'a WebSocket API waits 29 s at most, a quota that cannot be raised; let the back end work on in the background ' +
      '(WebSocketIntegration.sqs or .stepFunctionsStart), and send the result to the connection with grantManageConnections',
  },
} as const;

/** The timeout in milliseconds. @throws if it is shorter or longer than API Gateway allows */
export function integrationTimeout(
  timeout: Duration | undefined,
  kind: keyof typeof LONGEST,
  owner: Owner,
): number | undefined {
  const ms = timeout?.toMilliseconds();
  if (ms === undefined || timeout?.isUnresolved()) return ms;
  if (ms < INTEGRATION_TIMEOUT_MIN_MS) {
    throw owner.error(`the timeout must be at least ${INTEGRATION_TIMEOUT_MIN_MS} ms, got: ${ms} ms`);
  }
  const longest = LONGEST[kind];
  if (ms > longest.ms) throw owner.error(`the timeout is ${ms / 1000} s, but ${longest.why}`);
  return ms;
}
