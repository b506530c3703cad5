import { type Call, type FromFunction, type ToFunction } from './messages';

// The messages of each call as one text: threads copy it several times as fast as an object.

/** An event is JSON, so it has no line break; an ARN may have anything in it. */
export const callText = ({ claim = 0, limitMs, traceId, requestId, arn, event }: Call): string =>
  `${claim} ${limitMs} ${traceId} ${requestId}\n${arn}\n${event}`;

export function toFunction(message: ToFunction | string): ToFunction {
  if (typeof message !== 'string') return message;
  const [first, last] = [message.indexOf('\n'), message.lastIndexOf('\n')];
  const [claim, limitMs, traceId, ...requestId] = message.slice(0, first).split(' ');
  return {
    kind: 'call',
    claim: Number(claim),
    limitMs: Number(limitMs),
    traceId,
    requestId: requestId.join(' '),
    arn: message.slice(first + 1, last),
    event: message.slice(last + 1),
  };
}

/** Of a response, the payload. */
export const messageText = (message: FromFunction): FromFunction | string =>
  message.kind === 'answer' ? message.payload : message;

export const messageOf = (message: FromFunction | string): FromFunction =>
  typeof message === 'string' ? { kind: 'answer', payload: message } : message;
