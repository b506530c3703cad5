import { type RequestContext } from '../context';
import { clfTime } from '../context-values';
import { type Json, type JsonObject } from '../json';

export type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** What stays the same as long as a connection is open. */
export interface ConnectionFacts {
  readonly connectionId: string;
  /** Milliseconds since 1970. */
  readonly connectedAt: number;
  readonly apiId: string;
  readonly domainName: string;
  readonly stage: string;
  readonly sourceIp: string;
  /** Empty if the client sent none: events always have it. */
  readonly userAgent: string;
}

/** What differs from one event of a connection to the next. */
export interface EventFacts {
  readonly eventType: EventType;
  readonly routeKey: string;
  readonly requestId: string;
  readonly at: number;
  readonly more?: JsonObject;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html */
export function contextOf(connection: ConnectionFacts, event: EventFacts, granted: Granted): RequestContext {
  const { connectionId, connectedAt, apiId, domainName, stage, sourceIp, userAgent } = connection;
  const { routeKey, eventType, requestId, at, more } = event;
  return {
    routeKey,
    ...(granted.authorizer ? { authorizer: { ...granted.authorizer } } : {}),
    eventType,
    extendedRequestId: requestId,
    requestTime: clfTime(at),
    messageDirection: 'IN',
    stage,
    connectedAt,
    requestTimeEpoch: at,
    identity: { userAgent, sourceIp, ...granted.identity },
    requestId,
    domainName,
    connectionId,
    apiId,
    ...more,
  };
}

/** What the handshake brought: the context of the authorizer, and the API key. It holds for all later events. */
export interface Granted {
  authorizer?: { [name: string]: Json };
  identity?: { [name: string]: Json };
}
