import {
  type CustomResourceEvent,
  type CustomResourceHandler,
  customResource,
} from '../../runtime/handlers/shared/custom-resource';
import { type FakeAnswer, type FakeServer, fakeServer } from '../support/fake-http';

const SECRET = 'X-Amz-Signature=s3cret&X-Amz-Security-Token=t0ken';

let cloudFormation: FakeServer;
let scripted: FakeAnswer[];
let waits: number[];
let lines: string[];

beforeEach(async () => {
  scripted = [];
  waits = [];
  lines = [];
  cloudFormation = await fakeServer(() => scripted.shift() ?? { status: 200 });
});

afterEach(() => cloudFormation.close());

const context = (remaining = 300_000) => ({
  awsRequestId: 'r-1',
  logGroupName: 'orders-logs',
  logStreamName: '2026/11/21/[$LATEST]abc',
  getRemainingTimeInMillis: () => remaining,
});

function eventOf(more: Partial<CustomResourceEvent> = {}): CustomResourceEvent {
  return {
    RequestType: 'Create',
    ResponseURL: `${cloudFormation.url}/bucket/key?${SECRET}`,
    StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders/1f2e',
    RequestId: 'request-1',
    ResourceType: 'Custom::Thing',
    LogicalResourceId: 'Thing1A2B',
    ResourceProperties: { password: 'hunter2' },
    ...more,
  };
}

async function run(handler: CustomResourceHandler, more: Partial<CustomResourceEvent> = {}, remaining?: number) {
  const lambda = customResource(handler, {
    sleep: async (millis) => void waits.push(millis),
    log: (line) => lines.push(line),
  });
  await lambda(eventOf(more), context(remaining));
  return JSON.parse(cloudFormation.seen[cloudFormation.seen.length - 1].body);
}

const fails =
  (error: unknown): CustomResourceHandler =>
  async () => {
    throw error;
  };

describe('success', () => {
  test('answers with the data, in the form that the signed URL asks for', async () => {
    const body = await run(async () => ({ data: { Arn: 'arn' }, noEcho: true }));
    expect(body).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'orders.Thing1A2B',
      StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders/1f2e',
      RequestId: 'request-1',
      LogicalResourceId: 'Thing1A2B',
      NoEcho: true,
      Data: { Arn: 'arn' },
    });
    const [put] = cloudFormation.seen;
    expect(put).toMatchObject({ method: 'PUT', path: `/bucket/key?${SECRET}` });
    expect(put.headers['content-type']).toBe('');
    expect(Number(put.headers['content-length'])).toBe(Buffer.byteLength(put.body));
    expect(cloudFormation.seen).toHaveLength(1);
  });

  test('the handler sees the event and a deadline that leaves time to answer', async () => {
    let seen: unknown[] = [];
    const before = Date.now();
    await run(async (...args) => void (seen = args));
    expect(seen[0]).toEqual(eventOf());
    expect((seen[1] as number) - before).toBeGreaterThanOrEqual(270_000);
    expect((seen[1] as number) - before).toBeLessThan(275_000);
  });

  test.each([
    ['Create', undefined, undefined, 'orders.Thing1A2B'],
    ['Create', undefined, 'mine', 'mine'],
    ['Update', 'old', undefined, 'old'],
    ['Update', 'old', 'new', 'new'],
    ['Delete', 'old', undefined, 'old'],
  ] as const)('%s of %s, handler says %s: physical id %s', async (RequestType, PhysicalResourceId, mine, expected) => {
    const body = await run(async () => ({ physicalResourceId: mine }), { RequestType, PhysicalResourceId });
    expect(body.PhysicalResourceId).toBe(expected);
  });

  test('a handler that returns nothing', async () => {
    expect(await run(async () => undefined)).not.toHaveProperty('Data');
  });
});

describe('failure', () => {
  test('tells name, message and where the log is; a failed Create has the id that its Delete will name', async () => {
    const body = await run(fails(new TypeError('no such thing')));
    expect(body).toMatchObject({
      Status: 'FAILED',
      Reason: 'TypeError: no such thing (log group orders-logs, stream 2026/11/21/[$LATEST]abc, request r-1)',
      PhysicalResourceId: 'orders.Thing1A2B',
    });
    expect(body).not.toHaveProperty('Data');
  });

  test.each([
    ['a string', 'plain', /^plain \(/],
    ['nothing', undefined, /^undefined \(/],
    ['an empty error', new Error(''), /^Unknown error \(/],
  ])('a handler that throws %s', async (_name, thrown, reason) => {
    expect((await run(fails(thrown))).Reason).toMatch(reason);
  });

  test('a long reason keeps its beginning and the place of the log', async () => {
    const { Reason } = await run(fails(new Error('é'.repeat(9000))));
    expect(Reason).toHaveLength(1000);
    expect(Reason).toMatch(/^é+… \(log group orders-logs, .*request r-1\)$/);
  });

  test('neither reason nor log holds the response URL or a property', async () => {
    const url = eventOf().ResponseURL;
    const body = await run(fails(new Error(`PUT ${url} and ${SECRET} and ${encodeURIComponent(url)}`)));
    expect(body.Reason).toMatch(/^PUT <response URL> and <response URL> and <response URL> \(/);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0])).toEqual({
      requestType: 'Create',
      logicalId: 'Thing1A2B',
      status: 'FAILED',
      reason: body.Reason,
    });
    expect(lines[0]).not.toMatch(/s3cret|t0ken|hunter2/);
  });

  test('data that CloudFormation would not take', async () => {
    const body = await run(async () => ({ data: { big: 'x'.repeat(5000) } }), { PhysicalResourceId: 'p' });
    expect(body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'p' });
    expect(body.Reason).toMatch(
      /^The response has 5\d\d\d bytes, but CloudFormation accepts at most 4096: return less data\./,
    );
  });

  test('a handler that does not come to an end', async () => {
    const body = await run(() => new Promise(() => undefined), { RequestType: 'Update' }, 200);
    expect(body.Status).toBe('FAILED');
    expect(body.Reason).toMatch(/^Update did not finish within 0 s\./);
  });
});

describe('the way back to CloudFormation', () => {
  test('is tried again', async () => {
    scripted.push({ status: 500 }, 'reset', { status: 403 });
    expect((await run(async () => ({}))).Status).toBe('SUCCESS');
    expect(cloudFormation.seen).toHaveLength(4);
    expect(new Set(cloudFormation.seen.map(({ body }) => body)).size).toBe(1);
    expect(waits).toEqual([500, 1000, 2000]);
  });

  test('throws in the end, so that Lambda runs the invocation again, without the URL', async () => {
    scripted.push(...Array<FakeAnswer>(9).fill({ status: 503 }));
    await expect(run(async () => ({}))).rejects.toThrow(
      /^CloudFormation did not accept the response in 4 attempts: HTTP 503$/,
    );
    expect(cloudFormation.seen).toHaveLength(4);
  });

  test.each(['https://127.0.0.1:1/x?secret', 'not a url?secret'])('a dead URL is told without it: %s', async (url) => {
    const failed = run(async () => ({}), { ResponseURL: url });
    await expect(failed).rejects.toThrow(/did not accept the response in 4 attempts: (ECONNREFUSED|ERR_INVALID_URL)$/);
  });
});
