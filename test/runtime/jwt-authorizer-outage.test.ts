import { type AuthorizerEnvironment } from '../../runtime/handlers/jwt-authorizer/handler';
import { type FakeAnswer } from '../support/fake-http';
import {
  bundle,
  type Claims,
  configOf,
  ecKey,
  fakeIssuer,
  type FakeIssuer,
  jwk,
  logOf,
  request,
  signed,
} from './jwt-support';

const DISCOVERY = '/.well-known/openid-configuration';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const first = ecKey('first');
const next = ecKey('next');
const stranger = ecKey('nobody');

let issuer: FakeIssuer;
// Each test has one of its own, since fetches may go on after a test.
beforeEach(async () => {
  issuer = await fakeIssuer('/tenant/', [first]);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await issuer.server.close();
});

const good: (key: ReturnType<typeof ecKey>, more?: Claims) => string = (key, more = {}) =>
  signed(key, { iss: issuer.issuer, aud: 'https://api.example.com', sub: 'x', exp: 1e11, ...more });

/** An authorizer with a wall clock that stands still until it is moved. */
function start(env: Partial<AuthorizerEnvironment> = {}) {
  const { entries, log } = logOf();
  let time = Date.parse('2026-01-01T12:00:00Z');
  jest.spyOn(Date, 'now').mockImplementation(() => time);
  const authorize = bundle.createAuthorizer(configOf(issuer.issuer), {
    allowHttp: true,
    log,
    now: () => new Date(time),
    timeoutMillis: 200,
    ...env,
  });
  return {
    entries,
    pass: (millis: number) => void (time += millis),
    /** `Allow`, or the message of the error. */
    ask: (token: string) =>
      authorize(request(token)).then(
        (response) => response.policyDocument.Statement[0].Effect as string,
        (error: Error) => error.message,
      ),
  };
}

/** Until what is fetched beside the requests is there. */
async function until(seen: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !seen(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(seen()).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

const down = (path: string) => path.endsWith(DISCOVERY);
const downKeys = (path: string) => path === '/keys';
const answers =
  (which: (path: string) => boolean, answer: FakeAnswer | 'hang') =>
  (path: string): FakeAnswer | 'hang' | undefined =>
    which(path) ? answer : undefined;

describe('an issuer that is away', () => {
  test.each<[string, (path: string) => boolean, FakeAnswer | 'hang']>([
    ['discovery fails', down, { status: 503 }],
    ['discovery cuts the connection', down, 'reset'],
    ['discovery hangs', down, 'hang'],
    ['discovery is of somebody else', down, { status: 200, body: '{"issuer":"https://x/","jwks_uri":"https://x/"}' }],
    ['the keys fail', downKeys, { status: 503 }],
    ['the keys hang', downKeys, 'hang'],
    ['the keys are none', downKeys, { status: 200, body: '<html>' }],
    ['the keys are no set', downKeys, { status: 200, body: '{"keys":[null]}' }],
    ['all fails', () => true, { status: 500 }],
    ['all hangs', () => true, 'hang'],
  ])(
    '(%s) is not waited for, for two hours',
    async (_, which, answer) => {
      const { ask, pass } = start({ timeoutMillis: 60_000 });
      expect(await ask(good(first))).toBe('Allow');
      issuer.answer = answers(which, answer);
      for (let minutes = 0; minutes < 119; minutes += 7) {
        pass(7 * MINUTE);
        expect(await ask(good(first))).toBe('Allow');
      }
    },
    3_000,
  );

  test('lets nobody in after two hours: what nobody can know is a 500', async () => {
    const { ask, pass, entries } = start();
    await ask(good(first));
    issuer.answer = answers(downKeys, { status: 503 });
    pass(2 * HOUR - 1);
    expect(await ask(good(first))).toBe('Allow');
    await until(() => issuer.fetched('/keys') === 2);
    pass(MINUTE);
    expect(await ask(good(first))).toBe('cannot get the keys');
    issuer.answer = undefined;
    pass(MINUTE);
    expect(await ask(good(first))).toBe('Allow');
    expect(entries.map(({ event }) => event)).toEqual(['stale', 'failed']);
    expect(entries[0].reason).toMatch(/^cannot get the keys: .*\/keys returned 503$/);
  });

  test('has its keys fetched anew while its discovery fails', async () => {
    const { ask, pass } = start();
    await ask(good(first));
    issuer.answer = answers(down, { status: 503 });
    pass(3 * HOUR);
    expect(await ask(good(first))).toBe('Allow');
    issuer.keys = [first, next];
    expect(await ask(good(next))).toBe('Allow');
    expect(issuer.fetched(DISCOVERY)).toBe(2);
  });

  test('is asked after 1, 2, 4 … 30 seconds, and at once again when it is back', async () => {
    const { ask, pass } = start();
    issuer.answer = () => ({ status: 500 });
    const asked: number[] = [];
    for (let second = 0; second < 125; second++) {
      const before = issuer.server.seen.length;
      for (let i = 0; i < 3; i++) expect(await ask(good(first))).toMatch(/^cannot get the configuration/);
      if (issuer.server.seen.length > before) asked.push(second);
      pass(1_000);
    }
    expect(asked).toEqual([0, 1, 3, 7, 15, 31, 61, 91, 121]);
    issuer.answer = undefined;
    pass(30_000);
    expect(await ask(good(first))).toBe('Allow');
  });

  test('is told of in the log, once for each attempt, and not for what was not tried', async () => {
    const { ask, pass, entries } = start();
    await ask(good(first));
    issuer.answer = () => ({ status: 500 });
    pass(2 * HOUR - 10_000);
    for (let i = 0; i < 5; i++) await ask(good(first));
    await until(() => entries.length === 2);
    expect(entries.map(({ event, reason }) => `${event}: ${reason.replace(/http:.*\//, '')}`).sort()).toEqual([
      'stale: cannot get the configuration: openid-configuration returned 500',
      'stale: cannot get the keys: keys returned 500',
    ]);
  });
});

describe('keys that change', () => {
  test('a new one is taken at once, one that is gone is good for two hours', async () => {
    const { ask, pass } = start();
    await ask(good(first));
    issuer.keys = [next];
    expect(await ask(good(next))).toBe('Allow');
    pass(2 * HOUR - 1);
    expect(await ask(good(first))).toBe('Allow');
    await until(() => issuer.fetched('/keys') === 3);
    pass(1);
    expect(await ask(good(first))).toBe('Unauthorized');
    expect(await ask(good(next))).toBe('Allow');
  });

  test('forged ids make it be asked once in 30 seconds, and a new key is not refused for longer', async () => {
    const { ask, pass } = start();
    await ask(good(first));
    for (let i = 0; i < 50; i++) expect(await ask(good({ ...stranger, kid: `forged-${i}` }))).toBe('Unauthorized');
    expect(issuer.fetched('/keys')).toBe(2);
    issuer.keys = [next];
    pass(29_999);
    expect(await ask(good(next))).toBe('Unauthorized');
    pass(1);
    expect(await ask(good(next))).toBe('Allow');
    expect(issuer.fetched('/keys')).toBe(3);
  });

  test('another key of the same id takes the place of the old one when the keys are fetched anew', async () => {
    const { ask, pass } = start();
    await ask(good(first));
    const again = ecKey('first');
    issuer.keys = [again];
    pass(10 * MINUTE);
    await ask(good(first));
    await until(() => issuer.fetched('/keys') === 2);
    expect(await ask(good(again))).toBe('Allow');
    expect(await ask(good(first))).toBe('Unauthorized');
  });

  test('are looked for where discovery says that they are now', async () => {
    const { ask, pass } = start();
    await ask(good(first));
    issuer.answer = (path) =>
      path.endsWith(DISCOVERY)
        ? { status: 200, body: JSON.stringify({ issuer: issuer.issuer, jwks_uri: `${issuer.server.url}/moved` }) }
        : path === '/moved'
          ? { status: 200, body: JSON.stringify({ keys: [jwk(next)] }) }
          : { status: 404 };
    pass(HOUR);
    expect(await ask(good(first))).toBe('Allow');
    await until(() => issuer.fetched(DISCOVERY) === 2);
    expect(await ask(good(next))).toBe('Allow');
    expect(issuer.fetched('/moved')).toBe(1);
  });

  test('a key without an id is nobody’s', async () => {
    issuer.answer = answers(downKeys, {
      status: 200,
      body: JSON.stringify({ keys: [{ ...jwk(next), kid: undefined }, jwk(first)] }),
    });
    const { ask } = start();
    expect(await ask(good(first))).toBe('Allow');
    expect(await ask(good({ ...next, kid: 'next' }))).toBe('Unauthorized');
  });
});

describe('an instance that Lambda freezes', () => {
  test('goes on with a fetch that a request before began, and counts its keys from then', async () => {
    const held = holdFetch();
    try {
      const { ask, pass } = start();
      await ask(good(first));
      pass(30 * MINUTE);
      held.hold();
      issuer.keys = [next];
      expect(await ask(good(first))).toBe('Allow');
      pass(HOUR);
      held.release();
      await until(() => issuer.fetched('/keys') === 2);
      issuer.answer = () => ({ status: 500 });
      expect(await ask(good(next))).toBe('Allow');
      pass(HOUR);
      expect(await ask(good(next))).toMatch(/^cannot get the keys/);
    } finally {
      held.end();
    }
  });

  test('does not blame the issuer for a connection that froze, nor wait for it', async () => {
    const held = holdFetch();
    try {
      const { ask, pass } = start({ timeoutMillis: 100 });
      await ask(good(first));
      pass(10 * MINUTE);
      held.hold();
      expect(await ask(good(first))).toBe('Allow');
      pass(20 * MINUTE);
      // The first one still hangs; this one has a fetch of its own.
      held.release('later only');
      issuer.keys = [next];
      expect(await ask(good(next))).toBe('Allow');
      held.cut();
      await new Promise((resolve) => setTimeout(resolve, 20));
      issuer.keys = [ecKey('third')];
      expect(await ask(good({ ...stranger, kid: 'x' }))).toBe('Unauthorized');
      expect(issuer.fetched('/keys')).toBe(3);
    } finally {
      held.end();
    }
  });

  test.each([-5 * HOUR, -1_000, 0])('goes on where its clock is set back by %s ms', async (jump) => {
    const { ask, pass } = start();
    await ask(good(first));
    issuer.answer = () => ({ status: 500 });
    pass(jump);
    expect(await ask(good(first))).toBe('Allow');
    expect(await ask(good({ ...stranger, kid: 'x' }))).toBe('cannot get the keys');
    issuer.answer = undefined;
    pass(1_000);
    issuer.keys = [next];
    expect(await ask(good(next))).toBe('Allow');
    pass(2 * HOUR);
    issuer.answer = () => ({ status: 500 });
    expect(await ask(good(first))).toMatch(/^cannot get the keys/);
  });

  test('asks once for many requests that come together', async () => {
    const { ask, pass } = start();
    const many = (token: string) => Promise.all(Array.from({ length: 40 }, () => ask(token)));
    expect(new Set(await many(good(first)))).toEqual(new Set(['Allow']));
    expect([issuer.fetched(DISCOVERY), issuer.fetched('/keys')]).toEqual([1, 1]);
    pass(HOUR);
    expect(new Set(await many(good(first)))).toEqual(new Set(['Allow']));
    await until(() => issuer.fetched('/keys') === 2);
    expect([issuer.fetched(DISCOVERY), issuer.fetched('/keys')]).toEqual([2, 2]);
    issuer.keys = [next];
    expect(new Set(await many(good(next)))).toEqual(new Set(['Allow']));
    expect(issuer.fetched('/keys')).toBe(3);
  });
});

/** Holds back what is fetched, as a frozen instance does. */
function holdFetch() {
  const original = globalThis.fetch;
  let gate: Promise<void> = Promise.resolve();
  let open = () => {};
  let cut: (error: Error) => void = () => {};
  const spy = jest.spyOn(globalThis, 'fetch').mockImplementation(async (...args) => {
    await gate;
    return original(...args);
  });
  return {
    hold: () => {
      gate = new Promise((resolve, reject) => {
        open = resolve;
        cut = reject;
      });
    },
    release: (which?: 'later only') => {
      gate = Promise.resolve();
      if (which === undefined) open();
    },
    cut: () => cut(new TypeError('fetch failed')),
    end: () => spy.mockRestore(),
  };
}
