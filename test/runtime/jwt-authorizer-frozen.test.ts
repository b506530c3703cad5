import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { configOf, ecKey, fakeIssuer, request, signed } from './jwt-support';

/** Runs the bundle as Lambda does: one process for many requests, with a clock that can be put forward. */
const INSTANCE = `
  const { createAuthorizer } = require(${JSON.stringify(join(__dirname, '../../assets/jwt-authorizer/index.js'))});
  const now = Date.now;
  let skew = 0;
  Date.now = () => now() + skew;
  let authorize;
  process.on('message', async ({ config, pass, request }) => {
    if (config) authorize = createAuthorizer(config, { allowHttp: true, log: () => {}, timeoutMillis: 1000 });
    if (pass) skew += pass;
    if (request) process.send(await authorize(request).then((it) => it.policyDocument.Statement[0].Effect, (e) => e.message));
  });
`;

const answerOf = (instance: ChildProcess) => new Promise((resolve) => instance.once('message', resolve));
const wait = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

test('a fetch that no request waits for outlives a freeze that is longer than its timeout', async () => {
  const [first, next] = [ecKey('first'), ecKey('next')];
  const issuer = await fakeIssuer('/', [first]);
  const instance = spawn(process.execPath, ['-e', INSTANCE], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const token = (key: typeof first) =>
    signed(key, { iss: issuer.issuer, aud: 'https://api.example.com', sub: 'x', exp: 1e11 });
  const ask = (key: typeof first) => {
    const answer = answerOf(instance);
    instance.send({ request: request(token(key)) });
    return answer;
  };
  try {
    instance.send({ config: configOf(issuer.issuer) });
    expect(await ask(first)).toBe('Allow');
    instance.send({ pass: 11 * 60_000 });
    issuer.keys = [next];
    let frozen = () => {};
    const isFrozen = new Promise<void>((resolve) => (frozen = resolve));
    issuer.answer = (path) => {
      // The answer goes to a process that does not run.
      if (path === '/keys') frozen();
      if (path === '/keys') instance.kill('SIGSTOP');
      return undefined;
    };
    const answer = ask(first);
    await isFrozen;
    issuer.answer = undefined;
    await wait(1_500);
    instance.kill('SIGCONT');
    expect(await answer).toBe('Allow');
    await wait(100);
    expect(await ask(next)).toBe('Allow');
    expect(issuer.fetched('/keys')).toBe(2);
  } finally {
    instance.kill('SIGKILL');
    await issuer.server.close();
  }
});
