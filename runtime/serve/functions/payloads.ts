import { type FunctionOutcome } from '../../../lib/serve/functions';
import { type Exit } from './channel';

/**
 * Bytes of a synchronous answer.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_PAYLOAD = 6_291_556;

/** Bytes of an event. */
const MAX_EVENT = 6_291_456;

const error = (errorType: string, errorMessage: string): FunctionOutcome => ({
  kind: 'error',
  payload: JSON.stringify({ errorType, errorMessage }),
});

const seconds = (ms: number): string => (ms / 1000).toFixed(2);

export const timedOut = (requestId: string, ms: number): FunctionOutcome =>
  error('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds(ms)} seconds`);

/** The line that Lambda writes to the log. */
export const timedOutLine = (requestId: string, ms: number, now: number): string =>
  `${new Date(now).toISOString()} ${requestId} Task timed out after ${seconds(ms)} seconds`;

export const exited = (requestId: string, exit: Exit): FunctionOutcome =>
  error('Runtime.ExitError', `RequestId: ${requestId} Error: ${exitText(exit)}`);

export function exitText({ code, signal }: Exit): string {
  if (signal !== undefined) return `Runtime exited with error: signal: ${signal}`;
  return code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason';
}

/** Why Lambda does not take an event; undefined if it does. */
export function tooLarge(event: string): FunctionOutcome | undefined {
  if (event.length * 3 < MAX_EVENT || Buffer.byteLength(event) < MAX_EVENT) return undefined;
  return {
    kind: 'refused',
    tooLarge: true,
    reason: `Request must be smaller than ${MAX_EVENT} bytes for the InvokeFunction operation`,
  };
}

/** The answer, or the error that Lambda makes of one that is too large. */
export function answered(payload: string): FunctionOutcome {
  // A UTF-16 unit is at most 3 bytes: most answers need no count.
  if (payload.length * 3 > MAX_PAYLOAD && Buffer.byteLength(payload) > MAX_PAYLOAD)
    return error(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD} bytes).`,
    );
  return { kind: 'answer', payload };
}
