/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
export const LIMITS = {
  messageBytes: 128 * 1024,
  frameBytes: 32 * 1024,
  idleMs: 10 * 60 * 1000,
  openMs: 2 * 60 * 60 * 1000,
} as const;

/** Why the gateway closes a connection. */
export const CLOSING = {
  deleted: { code: 1000, reason: '' },
  idle: { code: 1001, reason: 'Going away' },
  binary: { code: 1003, reason: 'Binary frames are not supported' },
  tooBig: { code: 1009, reason: 'Message too big' },
} as const;

/** What the socket says if a close frame had no code. */
export const NO_CODE = 1005;
