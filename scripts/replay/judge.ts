import { bodyDifferences, type Connections, differences, isRecord } from './matching';
import { type RecordedRequest } from './recording';
import { type Stubs } from './stubs';

/** What came back. */
export interface Received {
  readonly status: number;
  /** In their order, spelled as they came. */
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly body: Buffer;
  readonly tookInMs: number;
  /** WebSocket: what came to the connection of this step, and to the others. */
  readonly messages?: readonly string[];
  readonly connectionMessages?: Readonly<Record<string, readonly string[]>>;
  /** WebSocket: the names of the connections that this step closed. */
  readonly closed?: readonly string[];
  /** WebSocket: the ids of the connections by their names. */
  readonly connections?: Connections;
}

/** What differs from what the recording says of this request. */
export function judge({ expect }: RecordedRequest, received: Received, stubs: Stubs): string[] {
  const headers: Record<string, string> = {};
  for (const [name, value] of received.headers) {
    const key = name.toLowerCase();
    headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${value}` : value;
  }
  return [
    ...('status' in expect ? differences(expect.status, received.status, 'status') : []),
    ...Object.entries(expect.headers ?? {}).flatMap(([name, value]) =>
      differences(value, headers[name], `header ${name}`),
    ),
    ...(expect.headerNames ?? []).flatMap((name) =>
      received.headers.some(([each]) => each === name) ? [] : [`header ${name}: expected in this spelling`],
    ),
    ...('body' in expect ? bodyDifferences(expect.body, received.body, 'body', received.connections) : []),
    ...Object.entries(expect.backendCalls ?? {}).flatMap(([name, count]) =>
      differences(count, stubs.calls(name).length, `calls of ${name}`),
    ),
    ...Object.entries(expect.backendEvent ?? {}).flatMap(([name, event]) =>
      ofBackend(name, event, stubs, received.connections),
    ),
    ...(expect.messages ? ofMessages(expect.messages, received.messages, 'messages', received.connections) : []),
    ...Object.entries(expect.connectionMessages ?? {}).flatMap(([name, messages]) =>
      ofMessages(messages, received.connectionMessages?.[name], `messages of ${name}`, received.connections),
    ),
    ...(expect.closed ?? []).flatMap((name) =>
      received.closed?.includes(name) ? [] : [`${name}: expected to be closed`],
    ),
    ...(expect.withinMs !== undefined && received.tookInMs > expect.withinMs
      ? [`took ${Math.round(received.tookInMs)} ms, more than ${expect.withinMs}`]
      : []),
  ];
}

function ofBackend(name: string, expected: unknown, stubs: Stubs, connections: Connections = {}): string[] {
  const call = stubs.calls(name).at(-1);
  const place = `call of ${name}`;
  if (!call) return [`${place}: expected, but it was not called`];
  if (isRecord(expected) && isRecord(expected.body) && 'base64' in expected.body) {
    const { body, ...rest } = expected;
    return [
      ...differences(rest, call, place, connections),
      ...differences(body.base64, call.bytes, `${place}.body (base64)`),
    ];
  }
  return differences(expected, call, place, connections);
}

function ofMessages(
  expected: readonly unknown[],
  given: readonly string[] = [],
  place: string,
  connections: Connections = {},
): string[] {
  if (expected.length !== given.length) {
    return [`${place}: expected ${expected.length}, were ${given.length}: ${JSON.stringify(given)}`];
  }
  return expected.flatMap((each, index) =>
    bodyDifferences(each, Buffer.from(given[index]), `${place}[${index}]`, connections),
  );
}
