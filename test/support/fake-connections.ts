import { type FakeAnswer, fakeServer, type FakeServer } from './fake-http';

/** An error as the management API writes it: the type in a header, and a body that is often empty. */
export function connectionsError(status: number, type: string, message = ''): FakeAnswer {
  return {
    status,
    headers: { 'x-amzn-errortype': type },
    body: message === '' ? '' : JSON.stringify({ message }),
  };
}

export const gone = connectionsError(410, 'GoneException');
export const limitExceeded = connectionsError(429, 'LimitExceededException');
export const forbidden = connectionsError(403, 'ForbiddenException', 'Forbidden');
export const internalError = connectionsError(500, 'InternalServerErrorException', 'Internal server error');
const tooLarge = connectionsError(413, 'PayloadTooLargeException');

const MAX_BYTES = 128 * 1024;

export interface FakeConnections extends FakeServer {
  /** The callback URL of the stage. */
  readonly callbackUrl: string;
  /** Open connection → what its client received. */
  readonly open: Map<string, string[]>;
  /** Runs before a request is answered; what it returns is the answer in place of the real one. */
  before: (connectionId: string, method: string) => FakeAnswer | undefined;
  /** `POST <connection id>`, in order. */
  asked(): string[];
}

/** Plays `@connections` of one stage: POST, GET and DELETE of a connection. */
export async function fakeConnections(stage = 'prod'): Promise<FakeConnections> {
  const place = new RegExp(`^/${stage}/(?:@|%40)connections/([^/?]+)$`);
  const idOf = (path: string) => {
    const found = place.exec(path)?.[1];
    return found === undefined ? undefined : decodeURIComponent(found);
  };
  const server = await fakeServer(({ method, path, headers, body }) => {
    const connectionId = idOf(path);
    if (connectionId === undefined) return forbidden;
    if (!/\/execute-api\/aws4_request/.test(headers.authorization ?? '')) {
      return connectionsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    const instead = fake.before(connectionId, method);
    if (instead) return instead;
    if (!/^[A-Za-z0-9_-]+={0,2}$/.test(connectionId)) {
      return connectionsError(400, 'BadRequestException', `Invalid connectionId: ${connectionId}`);
    }
    const inbox = fake.open.get(connectionId);
    if (!inbox) return gone;
    if (method === 'POST') {
      if (Buffer.byteLength(body) > MAX_BYTES) return tooLarge;
      inbox.push(body);
      return { status: 200 };
    }
    if (method === 'DELETE') {
      fake.open.delete(connectionId);
      return { status: 204 };
    }
    if (method !== 'GET') return forbidden;
    const at = '2026-01-01T12:00:00Z';
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        connectedAt: at,
        lastActiveAt: at,
        identity: { sourceIp: '192.0.2.1', userAgent: 'test' },
      }),
    };
  });
  const fake: FakeConnections = {
    ...server,
    callbackUrl: `${server.url}/${stage}`,
    open: new Map(),
    before: () => undefined,
    asked: () => server.seen.map(({ method, path }) => `${method} ${idOf(path) ?? path}`),
  };
  return fake;
}
