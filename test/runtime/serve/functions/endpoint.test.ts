import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Endpoints } from '../../../../runtime/serve/functions/endpoint';
import { functionOf, invocationOf, parsed, runnerOf, textOf } from './support';

interface Seen {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = (seen: Seen, response: ServerResponse) => void;

let server: Server;
let answer: Answer;
const seen: Seen[] = [];
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', () => {
      const one = { method: request.method, url: request.url, headers: request.headers, body };
      seen.push(one);
      answer(one, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => void seen.splice(0));

const answering =
  (status: number, body: string | Buffer, headers = {}): Answer =>
  (_seen, response) =>
    response.writeHead(status, headers).end(body);

/** Knows its functions by the names only. */
const knowing =
  (...names: string[]): Answer =>
  ({ url: path }, response) =>
    names.includes(/functions\/([^/]+)\/invocations/.exec(path ?? '')![1])
      ? response.end('"ran"')
      : response.writeHead(404).end('{"Message":"Function not found"}');

/** Runs nothing itself: the code is a container image. */
async function invoke(endpoints: Endpoints, { timeoutInMs = 3_000, streaming = false } = {}) {
  const target = functionOf(
    { kind: 'elsewhere', reason: 'it is a container image' },
    { id: 'Fn', name: 'fn-name', timeoutInMs },
  );
  return runnerOf({ endpoints }).invoke(target, invocationOf(target, { a: 'ä' }, { requestId: 'r-1', streaming }));
}

describe('functions that run elsewhere', () => {
  test('are called with the Invoke API', async () => {
    answer = answering(200, '{"ok":true}');
    expect(parsed(await invoke({ byFunction: { Fn: `${url}/` } }))).toEqual({ kind: 'answer', value: { ok: true } });
    expect(seen).toEqual([
      expect.objectContaining({
        method: 'POST',
        url: '/2015-03-31/functions/fn-name/invocations',
        body: '{"a":"ä"}',
        headers: expect.objectContaining({
          'content-type': 'application/json',
          'x-amz-invocation-type': 'RequestResponse',
          authorization: expect.stringContaining('/eu-west-1/lambda/aws4_request'),
        }),
      }),
    ]);
  });

  test.each<[string, () => Endpoints, string[]]>([
    ['its name', () => ({ all: url }), ['fn-name']],
    ['its logical id', () => ({ all: url }), ['fn-name', 'Fn']],
    ['the name of the emulator in images', () => ({ byFunction: { Fn: url } }), ['fn-name', 'Fn', 'function']],
    ['an address by its name', () => ({ byFunction: { 'fn-name': url }, all: 'http://127.0.0.1:1' }), ['fn-name']],
  ])('are found by %s', async (_what, endpoints, tried) => {
    answer = knowing(tried.at(-1)!);
    expect(parsed(await invoke(endpoints())).value).toBe('ran');
    expect(seen.map(({ url: path }) => path!.split('/')[3])).toEqual(tried);
  });

  test('are refused if they are known by no name', async () => {
    answer = knowing();
    expect(await invoke({ all: url })).toEqual({ kind: 'refused', reason: `${url} has no function fn-name or Fn` });
  });

  test('fail as the header says', async () => {
    const payload = '{"errorType":"Error","errorMessage":"no"}';
    answer = answering(200, payload, { 'X-Amz-Function-Error': 'Unhandled' });
    expect(await invoke({ all: url })).toEqual({ kind: 'error', payload });
  });

  test.each([
    [
      429,
      '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}',
      { reason: 'Rate Exceeded.', throttled: true },
    ],
    [500, 'broken', { reason: expect.stringMatching(/returned 500 for the call of Fn: broken$/) }],
    [400, '{"Message":"bad input"}', { reason: expect.stringMatching(/returned 400 for the call of Fn: bad input$/) }],
    [302, '', { reason: expect.stringMatching(/returned 302/) }],
  ])('with %i are refused', async (status, body, expected) => {
    answer = answering(status, body, { Location: 'http://127.0.0.1:1/' });
    expect(await invoke({ all: url })).toEqual({ kind: 'refused', ...expected });
  });

  test('that are not there are refused, with what to do', async () => {
    expect(await invoke({ byFunction: { Fn: 'http://127.0.0.1:1' } })).toEqual({
      kind: 'refused',
      reason: 'http://127.0.0.1:1 does not answer (ECONNREFUSED): start Fn there, or correct --lambda-endpoint',
    });
  });

  test('have their own limits too: an empty answer is null, a large one an error', async () => {
    answer = answering(200, '');
    expect(await invoke({ all: url })).toEqual({ kind: 'answer', payload: 'null' });
    answer = answering(200, JSON.stringify('x'.repeat(6_291_556)));
    expect(parsed(await invoke({ all: url })).value).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  test('time out some time after their own timeout', async () => {
    answer = () => undefined;
    const outcome = parsed(await invoke({ all: url }, { timeoutInMs: -9_800 }));
    expect(outcome).toMatchObject({ kind: 'error', value: { errorType: 'Sandbox.Timedout' } });
  });

  test('streamed answers come in one piece', async () => {
    answer = answering(200, Buffer.concat([Buffer.from('{"statusCode":201}'), Buffer.alloc(8), Buffer.from('body')]));
    const outcome = await invoke({ all: url }, { streaming: true });
    expect(outcome).toMatchObject({ kind: 'stream', prelude: { statusCode: 201 } });
    expect(await textOf(outcome)).toBe('body');
    answer = answering(200, '{"statusCode":200}');
    expect(await invoke({ all: url }, { streaming: true })).toEqual({ kind: 'answer', payload: '{"statusCode":200}' });
  });
});
