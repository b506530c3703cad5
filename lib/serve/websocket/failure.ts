import { type Answer } from '../exchange';
import { Refusal } from '../refusal';

interface Ids {
  readonly connectionId: string;
  readonly requestId: string;
}

/** The message of a refusal to the client, as the service writes it. */
export const failureText = (refusal: Refusal, { connectionId, requestId }: Ids): string =>
  `{"message": ${JSON.stringify(refusal.text)}, "connectionId":${JSON.stringify(connectionId)}, "requestId":${JSON.stringify(requestId)}}`;

/** The answer to a handshake that is refused. */
export const refusedAnswer = (refusal: Refusal, ids: Ids): Answer =>
  answerWith(refusal.status, failureText(refusal, ids), ids.requestId, refusal.errorType);

export const answerWith = (status: number, text: string, requestId: string, errorType?: string): Answer => ({
  status,
  headers: [
    ...(text === '' ? [] : [['Content-Type', 'application/json'] as const]),
    ...(errorType === undefined ? [] : [['x-amzn-ErrorType', errorType] as const]),
    ['x-amzn-RequestId', requestId],
  ],
  body: Buffer.from(text, 'utf8'),
});

/** A refusal, or a fault of this program, which is never shown to clients. */
export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal
    ? error
    : new Refusal('API_CONFIGURATION_ERROR', {
        reason: `The local gateway failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      });
