import * as fc from 'fast-check';
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

const TWO_HOURS = 7_200_000;
const POOL = ['a', 'b', 'c', 'd'].map((kid) => ecKey(kid));
const STRANGER = ecKey('a');
const OPEN = Promise.resolve();

/** What one of the two documents is answered. */
type Mode = 'up' | 'down' | 'cut' | 'hang' | 'text' | 'wrong';
type Step =
  | { readonly do: 'mode'; readonly of: 'discovery' | 'keys'; readonly mode: Mode }
  | { readonly do: 'publish'; readonly keys: readonly number[] }
  | { readonly do: 'pass'; readonly millis: number }
  /** As `pass`, with what is fetched beside the request still on its way. */
  | { readonly do: 'freeze'; readonly key: number; readonly millis: number }
  | { readonly do: 'ask'; readonly key: number; readonly times: number }
  | { readonly do: 'forge'; readonly how: number; readonly times: number };

const index = fc.nat({ max: POOL.length - 1 });
const millis = fc.constantFrom(
  -600_000,
  0,
  999,
  5_000,
  30_000,
  61_000,
  660_000,
  3_540_000,
  3_660_000,
  TWO_HOURS - 1,
  TWO_HOURS,
);
const mode = fc.constantFrom<Mode>('up', 'up', 'down', 'cut', 'hang', 'text', 'wrong');
const times = fc.constantFrom(1, 1, 8);
const step = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.record({ do: fc.constant('mode'), of: fc.constantFrom('discovery', 'keys'), mode }),
  fc.record({ do: fc.constant('publish'), keys: fc.uniqueArray(index, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('pass'), millis }),
  fc.record({ do: fc.constant('freeze'), key: index, millis }),
  fc.record({ do: fc.constant('ask'), key: index, times }),
  fc.record({ do: fc.constant('ask'), key: index, times }),
  fc.record({ do: fc.constant('forge'), how: fc.nat({ max: 5 }), times }),
);

const SET_BACK: Step[] = [
  { do: 'ask', key: 0, times: 1 },
  { do: 'publish', keys: [] },
  { do: 'pass', millis: -600_000 },
  { do: 'pass', millis: TWO_HOURS },
  { do: 'ask', key: 0, times: 1 },
  { do: 'freeze', key: 0, millis: -600_000 },
  { do: 'pass', millis: 660_000 },
  { do: 'ask', key: 0, times: 1 },
];

/** The issuer, the clock, and what the authorizer can know; the rest is compared with it. */
class World {
  public readonly modes: Record<'discovery' | 'keys', Mode> = { discovery: 'up', keys: 'up' };
  public published: readonly number[] = [0];
  /** The wall clock, which is set back at times. */
  public wall = Date.parse('2026-01-01T12:00:00Z');
  private seen = this.wall;
  private steady = 0;
  /** Key → when it was asked for, of the last time it came. */
  public readonly fetchedAt = new Map<number, number>();
  public readonly fetches = { discovery: 0, keys: 0 };
  /** What holds back every fetch while it is not resolved. */
  public gate: Promise<void> = OPEN;
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly issuer: FakeIssuer) {}

  public answer(path: string): FakeAnswer | 'hang' | undefined {
    const of = path === '/keys' ? 'keys' : 'discovery';
    const json = (body: unknown): FakeAnswer => ({ status: 200, body: JSON.stringify(body) });
    const answers: Record<Mode, () => FakeAnswer | 'hang' | undefined> = {
      up: () => (of === 'keys' ? json({ keys: this.published.map((key) => jwk(POOL[key])) }) : undefined),
      down: () => ({ status: 503, body: 'later' }),
      cut: () => 'reset',
      hang: () => 'hang',
      text: () => ({ status: 200, body: '<html>' }),
      wrong: () => (of === 'keys' ? json({ keys: [null] }) : json({ issuer: 'https://x/', jwks_uri: 'https://x/' })),
    };
    return answers[this.modes[of]]();
  }

  public fetch(original: typeof fetch): typeof fetch {
    return (url, init) => {
      const of = String(url).endsWith('/keys') ? 'keys' : 'discovery';
      const askedAt = this.time;
      this.fetches[of]++;
      const work = this.gate.then(async () => {
        const response = await original(url, init);
        if (of === 'keys' && this.modes.keys === 'up')
          for (const key of this.published) this.fetchedAt.set(key, Math.max(askedAt, this.fetchedAt.get(key) ?? 0));
        return response;
      });
      this.running.add(work);
      const ended = () => void this.running.delete(work);
      work.then(ended, ended);
      return work;
    };
  }

  /** The time that an authorizer can know of, which sees the wall clock only when it looks. */
  public get time(): number {
    return this.steady + Math.max(0, this.wall - this.seen);
  }

  /** What `Date.now` answers; others than the authorizer look at it too. */
  public look(): number {
    if (new Error().stack?.includes('jwt-authorizer/index.js')) {
      this.steady = this.time;
      this.seen = this.wall;
    }
    return this.wall;
  }

  public pass(by: number): void {
    this.wall += by;
  }

  public isKnown(key: number): boolean {
    const at = this.fetchedAt.get(key);
    return at !== undefined && this.time - at < TWO_HOURS;
  }

  /** Until nothing is fetched any more, and what was fetched is taken. */
  public async settle(): Promise<void> {
    do {
      await Promise.allSettled(this.running);
      for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
    } while (this.running.size > 0);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }

  public token(key = POOL[0], claims: Claims = {}, header: object = {}): string {
    const own = { iss: this.issuer.issuer, aud: 'https://api.example.com', sub: 'x', exp: 1e11 };
    return signed(key, { ...own, ...claims }, header);
  }

  /** Tokens that are never good. */
  public forged(how: number): string {
    const tokens = [
      () => this.token(STRANGER),
      () => this.token(STRANGER, {}, { kid: 'x' }),
      () => this.token(POOL[0], { exp: 1 }),
      () => this.token(POOL[1], { aud: 'https://other.example.com' }),
      () => this.token(POOL[0], {}, { kid: undefined }),
      () => this.token(POOL[1], {}, { kid: 'a' }),
    ];
    return tokens[how]();
  }
}

test('whatever the issuer does, known keys are taken without waiting, others only as it says, and it is asked seldom', async () => {
  const issuer = await fakeIssuer('/tenant/', []);
  const original = globalThis.fetch;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  const seen = { known: 0, unknown: 0, taken: 0, forged: 0, frozen: 0 };
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const world = new World(issuer);
        issuer.answer = (path) => world.answer(path);
        jest.spyOn(Date, 'now').mockImplementation(() => world.look());
        jest.spyOn(globalThis, 'fetch').mockImplementation(world.fetch(original));
        const authorize = bundle.createAuthorizer(configOf(issuer.issuer), {
          allowHttp: true,
          log: logOf().log,
          timeoutMillis: 60,
        });
        const ask = (token: string) =>
          authorize(request(token)).then(
            (response) => response.policyDocument.Statement[0].Effect as string,
            (error: Error) => error.message,
          );
        /** Nothing that is fetched comes before the answer does. */
        const askWithoutNetwork = async (token: string, count: number, meanwhile = () => {}) => {
          let open = () => {};
          world.gate = new Promise((resolve) => (open = resolve));
          const patience = new Promise<string[]>((resolve) => setTimeout(() => resolve(['waited']), 1_500).unref());
          const all = Promise.all(Array.from({ length: count }, () => ask(token)));
          const answers = await Promise.race([all, patience]);
          meanwhile();
          world.gate = OPEN;
          open();
          return answers;
        };
        let frozen = false;
        let busyAt = 0;
        let since = { ...world.fetches };
        for (const one of steps) {
          if (one.do === 'mode') world.modes[one.of] = one.mode;
          if (one.do === 'publish') world.published = one.keys;
          if (one.do === 'pass') world.pass(one.millis);
          // Both were up all the time since the issuer was asked last.
          const isHealthy = world.modes.discovery === 'up' && world.modes.keys === 'up';
          const isCalm = isHealthy && world.time - busyAt >= 30_000;
          if (one.do !== 'pass' && one.do !== 'publish') busyAt = world.time;
          if (one.do === 'ask') {
            const token = world.token(POOL[one.key]);
            const isKnown = world.isKnown(one.key);
            const answers = isKnown
              ? await askWithoutNetwork(token, one.times)
              : await Promise.all(Array.from({ length: one.times }, () => ask(token)));
            await world.settle();
            if (isKnown) {
              expect(new Set(answers)).toEqual(new Set(['Allow']));
              seen.known++;
            } else {
              // It is good from now on, or the issuer does not have it, or cannot be asked.
              expect(new Set(answers)).toEqual(
                world.isKnown(one.key)
                  ? new Set(['Allow'])
                  : new Set([expect.stringMatching(/^(Unauthorized|cannot get)/)]),
              );
              if (isCalm && world.published.includes(one.key))
                expect([one.key, ...answers]).toEqual([one.key, ...answers.map(() => 'Allow')]);
              seen.unknown++;
              if (answers[0] === 'Allow') seen.taken++;
            }
          }
          if (one.do === 'forge') {
            const token = world.forged(one.how);
            for (const answer of await Promise.all(Array.from({ length: one.times }, () => ask(token))))
              expect(answer).toMatch(/^(Unauthorized|cannot get)/);
            await world.settle();
            seen.forged++;
          }
          if (one.do === 'freeze' && world.isKnown(one.key)) {
            const before = { ...world.fetches };
            expect(await askWithoutNetwork(world.token(POOL[one.key]), 1, () => world.pass(one.millis))).toEqual([
              'Allow',
            ]);
            await world.settle();
            expect(world.fetches.keys - before.keys).toBeLessThanOrEqual(1);
            expect(world.fetches.discovery - before.discovery).toBeLessThanOrEqual(1);
            since = { ...world.fetches };
            busyAt = world.time;
            frozen = true;
            seen.frozen++;
          }
          if (one.do === 'ask' || one.do === 'forge') {
            // For a request whose key is not known, and for the age of the documents; and once more after a freeze.
            const most = frozen ? 3 : 2;
            expect(world.fetches.keys - since.keys).toBeLessThanOrEqual(most);
            expect(world.fetches.discovery - since.discovery).toBeLessThanOrEqual(most);
          } else if (one.do !== 'freeze') {
            since = { ...world.fetches };
            frozen = false;
          }
        }
        expect(unhandled).toEqual([]);
      }),
      {
        numRuns: 150,
        // Set back and put forward between two looks.
        examples: [[SET_BACK]],
      },
    );
  } finally {
    process.off('unhandledRejection', onUnhandled);
    jest.restoreAllMocks();
    await issuer.server.close();
  }
  for (const [what, count] of Object.entries(seen)) expect([what, count > 20]).toEqual([what, true]);
}, 60_000);
