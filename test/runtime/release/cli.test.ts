import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type AwsClients } from '../../../runtime/cli/aws';
import { liveMain } from '../../../runtime/cli/live-main';
import { type LiveIo } from '../../../runtime/cli/live-io';
import { printLedger } from '../../../runtime/live/ledger';
import { ledgerName } from '../../../runtime/live/ledger-store';
import { accessDenied } from '../../support/fake-aws/errors';
import { World } from './world';

const FORMAT =
  '{"requestId":"$context.requestId","status":"$context.status","responseLatency":"$context.responseLatency"}';
const GROUP = '/aws/vendedlogs/apis/orders';

let world: World;

beforeEach(async () => {
  world = new World();
  world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
  await world.deploy({ code: 'A', alarms: ['errors'] });
  world.stack.live().accessLogSettings = {
    destinationArn: `arn:aws:logs:eu-west-1:123456789012:log-group:${GROUP}`,
    format: FORMAT,
  };
  await world.deploy({ code: 'B', alarms: ['errors'] });
});

async function run(argv: string, more: Partial<LiveIo> = {}, words: readonly string[] = []) {
  let [out, err] = ['', ''];
  const { aws } = world;
  const io: LiveIo = {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
    now: aws.now,
    sleep: async (millis) => void (aws.clock += millis),
    ...more,
  };
  const all = [...argv.split(' ').filter(Boolean), ...words];
  const code = await liveMain(all, io, () => aws.clients() as AwsClients);
  return { code, out, err };
}

const STAYS =
  'Keep `canary` in the app until a fixed version is deployed: a deployment without it gives the rejected deployment to all callers.\n';
const A = () => world.stack.deploymentOf('A');
const B = () => world.stack.deploymentOf('B');
const writes = () =>
  world.aws.calls.filter((call) => /^(PATCH|POST|DELETE|PUT)|PutParameter|StartExecution/.test(call)).length;

describe('status', () => {
  test('shows both sides, their errors and latency from the access logs, alarms and age', async () => {
    const lines = (count: number, status: number, latency: number) => Array(count).fill({ status, latency });
    world.aws.logs.groups.set(GROUP, [...lines(98, 200, 20), ...lines(2, 404, 30)]);
    world.aws.logs.groups.set(`${GROUP}/Canary`, [...lines(6, 200, 40), ...lines(2, 502, 900)]);
    world.aws.clock += 600_000;
    const { code, out } = await run('canary status orders --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      api: { name: 'orders', id: world.stack.apiId },
      stage: 'prod',
      state: 'canary',
      stable: { deployment: A(), description: 'A', created: '2026-01-01T00:00:00.000Z' },
      canary: { deployment: B(), percent: 10, ageSeconds: 600 },
      alarms: [{ name: 'errors', state: 'OK' }],
      health: {
        stable: { requests: 100, errors5xx: 0, errors4xx: 2, p50: 20, p99: 30 },
        canary: { requests: 8, errors5xx: 2, errors4xx: 0, p50: 40, p99: 900 },
      },
      drift: [],
    });
    const text = (await run('canary status orders')).out;
    expect(text).toContain(`orders (${world.stack.apiId}), stage prod: canary, for 10 min`);
    expect(text).toMatch(/│ canary\s*│ d3\s*│ 10 %\s*│ 2026-\S+\s*│ 8\s*│ 25\.0 %\s*│ 0\.0 %\s*│ 40 ms\s*│ 900 ms/);
    expect(text).toContain('Requests: in the last 10 min\nAlarms: errors OK\n');
    // What can be done is there to be copied, the safer one first.
    const at = `${world.stack.apiId} --stage prod`;
    const next = [`  apigw canary rollback ${at}`, `  apigw canary promote ${at} --deployment ${B()}`];
    expect(text).toContain(['Next, to roll it back or to promote it to all callers:', ...next, ''].join('\n'));
  });

  test.each([
    [399, 0, 0],
    [400, 1, 0],
    [499, 1, 0],
    [500, 0, 1],
    [599, 0, 1],
    [600, 0, 0],
  ])('counts a status of %i as 4xx %i times and as 5xx %i times', async (status, errors4xx, errors5xx) => {
    world.aws.logs.groups.set(GROUP, [{ status, latency: 1 }]);
    const { out } = await run('canary status orders --json');
    expect(JSON.parse(out).health.stable).toMatchObject({ requests: 1, errors4xx, errors5xx });
  });

  test('tells whether a run of the state machine moves the canary', async () => {
    const steps = [
      { percent: 10, seconds: 600 },
      { percent: 50, seconds: 600 },
    ];
    await world.deploy({ code: 'C', alarms: ['errors'], steps, onActiveCanary: 'replace' });
    // Others of the same machine run too, and a page of them tells nothing.
    const { machines } = world.aws;
    const [[name, { machine, input }]] = machines.executions;
    machines.pageSize = 1;
    machines.executions.set('d1-other', { machine, input, running: true });
    machines.executions.delete(name);
    machines.executions.set(name, { machine, input, running: true });
    const status = async () => ({
      text: (await run('canary status orders')).out,
      json: JSON.parse((await run('canary status orders --json')).out),
    });
    expect(await status()).toMatchObject({
      text: expect.stringContaining('stage prod: canary, for 0 s, moved by the state machine\n'),
      json: { progressive: true, run: { state: 'running' } },
    });
    machines.executions.get(name)!.running = false;
    machines.executions.set(`${name}-2`, { machine, input, running: true });
    expect(await status()).toMatchObject({ json: { progressive: true, run: { state: 'running' } } });
    machines.executions.get(`${name}-2`)!.running = false;
    const ended = await status();
    expect(ended.json).toMatchObject({ progressive: false, run: { state: 'ended' } });
    expect(ended.text).not.toContain('moved by');
    expect(ended.text).toContain(
      'Not monitored: the state machine execution has ended, and the canary stays as it is.\n',
    );
    const at = `${world.stack.apiId} --stage prod`;
    expect(ended.text).toContain(
      `Next, to roll it back, to restart its steps, or to promote it to all callers:\n  apigw canary rollback ${at}\n  apigw canary retry ${at}\n`,
    );
    world.aws.scripted.push({ match: /ListExecutions/, answer: accessDenied });
    expect((await run('canary status orders')).out).toMatch(
      /It is unknown whether the state machine moves it: AccessDeniedException: /,
    );
  });

  test('the commands to copy reach the same account, Region and endpoint', async () => {
    const words = ['--profile', "it's ops", '--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:4566'];
    const { out } = await run('canary status orders', {}, words);
    expect(out).toContain(
      `  apigw canary rollback ${world.stack.apiId} --stage prod --profile 'it'\\''s ops' --region eu-west-1 --endpoint-url http://127.0.0.1:4566\n`,
    );
    expect(out).toContain(`--deployment ${B()} --profile`);
  });

  test('while an alarm rings, tells why, and offers the way back alone', async () => {
    world.aws.alarms.alarms.set('errors', { state: 'ALARM', since: world.aws.clock });
    const { out } = await run('canary status orders');
    expect(out).toContain('Alarms: errors ALARM\n  errors: errors is ALARM\n');
    expect(out).toContain(
      `Next, because an alarm is in ALARM state:\n  apigw canary rollback ${world.stack.apiId} --stage prod\n`,
    );
    expect(out).not.toContain('canary promote');
  });

  test('tells what was done last, and by whom', async () => {
    await world.rollBack();
    await world.retry();
    expect((await run('canary status orders')).out).toMatch(
      /Last: {2}2026-\S+ rejected d3, by cli\n {7}2026-\S+ retried d3, by cli\n {7}2026-\S+ started d3 at 10 %, by cli\n/,
    );
  });

  test('lives without log groups, and without JSON in them', async () => {
    expect(JSON.parse((await run('canary status orders --json')).out).health.canary).toEqual({
      requests: 0,
      errors5xx: 0,
      errors4xx: 0,
    });
    world.stack.live().accessLogSettings!.format = '$context.requestId $context.status';
    expect((await run('canary status orders')).out).toContain(
      'Error rate not available: the access log is not JSON with $context.status.',
    );
  });

  test.each([
    ['the stable side moved back', () => world.edit('replace', '/deploymentId', A()), /promotion was undone/, true],
    [
      'the canary taken off',
      () => world.edit('remove', '/canarySettings'),
      /removed manually; the next deployment/,
      false,
    ],
    [
      'another share',
      () => world.edit('replace', '/canarySettings/percentTraffic', '33'),
      /gets 33 % .* left 10 %/,
      false,
    ],
    [
      'another canary',
      () =>
        world.edit('replace', '/canarySettings/deploymentId', world.aws.gateway.createDeployment(world.stack.apiId)),
      /was not started by the app/,
      false,
    ],
  ])('tells what was done by hand: %s', async (_name, edit, drift, isPromoted) => {
    if (isPromoted) await world.promote('B');
    edit();
    expect((await run('canary status orders')).out).toMatch(drift);
  });
});

describe('promote, rollback, retry', () => {
  test('promote names what it promotes, asks, and does it once', async () => {
    expect(await run('canary promote orders --yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining(`The live canary is ${B()}.`),
    });
    expect(await run(`canary promote orders --deployment ${A()}x --yes`)).toMatchObject({
      code: 1,
      err: `apigw: ${A()}x is not the canary of "prod": that is ${B()}. Nothing was changed.\n`,
    });
    expect(await run(`canary promote orders --deployment ${B()}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('use --yes'),
    });
    const before = writes();
    const confirm = jest.fn().mockResolvedValueOnce(false).mockResolvedValue(true);
    expect(await run(`canary promote orders --deployment ${B()}`, { confirm })).toMatchObject({ code: 1 });
    expect(writes()).toBe(before);
    world.mayServe('B');
    expect(await run(`canary promote orders --deployment ${B()} --json`, { confirm })).toMatchObject({ code: 0 });
    expect(confirm).toHaveBeenCalledWith(`Promote ${B()}? All callers of "prod" get it instead of ${A()}.`);
    expect(world.shown()).toBe('B');
    expect(await run(`canary promote orders --deployment ${B()} --yes`)).toMatchObject({
      code: 0,
      out: `prod serves ${B()} to all callers.\n`,
    });
  });

  test('promote refuses while an alarm rings, unless forced', async () => {
    world.aws.alarms.alarms.set('errors', { state: 'ALARM', since: world.aws.clock });
    const refused = await run(`canary promote orders --deployment ${B()} --yes`);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('In alarm: errors (errors is ALARM). Nothing was changed'),
    });
    world.mayServe('B');
    expect((await run(`canary promote orders --deployment ${B()} --yes --force`)).code).toBe(0);
  });

  test('promote refuses where an alarm is gone, or the ledger does not tell which there are', async () => {
    const promote = `canary promote orders --deployment ${B()} --yes`;
    world.aws.alarms.alarms.clear();
    expect(await run(promote)).toMatchObject({
      code: 1,
      err: 'apigw: The alarm errors no longer exists. Nothing was changed; --force promotes anyway.\n',
    });
    const { config, ...rest } = world.ledger();
    const lost = { ...rest, config: { ...config!, alarms: undefined } };
    world.aws.parameters.put(ledgerName(world.stack.ref), printLedger(lost));
    expect(await run(promote)).toMatchObject({
      code: 1,
      err: expect.stringContaining('The ledger has lost the alarms of this stage'),
    });
    expect(world.shown()).toBe('A + B 10%');
    world.mayServe('B');
    expect((await run(`${promote} --force`)).code).toBe(0);
  });

  test('a promotion that was cut short is shown, and is not rejected by a rollback', async () => {
    world.mayServe('B');
    const copy = (from: string, path: string) => ({ op: 'copy', from, path });
    world.aws.gateway.updateStage(world.stack.apiId, 'prod', [copy('/canarySettings/deploymentId', '/deploymentId')]);
    expect((await run('canary status orders')).out).toContain('stage prod: promotion unfinished');
    expect(await run('canary rollback orders --yes --json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('"promoted"'),
    });
    expect([world.shown(), world.ledger().rejected]).toEqual(['B', []]);
  });

  test('a canary of what the stage serves anyway is no promotion: the rollback before it stays the last word', async () => {
    await run('canary rollback orders --yes');
    world.edit('replace', '/canarySettings/deploymentId', A());
    expect(await run('canary rollback orders --yes --json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('"unchanged"'),
    });
    expect([world.shown(), world.ledger().rejected, world.ledger().state]).toEqual(['A', [B()], 'rejected']);
    expect((await run('canary status orders')).out).toContain('stage prod: rejected');
  });

  test('rollback, twice, and retry', async () => {
    expect(await run('canary rollback orders --deployment d99 --yes')).toMatchObject({ code: 1 });
    expect(await run('canary rollback orders --yes')).toMatchObject({
      code: 0,
      out: `prod serves ${A()} to all callers.\n${STAYS}`,
    });
    expect(await run('canary rollback orders --yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing to roll back'),
    });
    expect((await run('canary status orders')).out).toContain(
      `${STAYS}Next: deploy a fixed version, or start the same one again:\n  apigw canary retry ${world.stack.apiId} --stage prod\n`,
    );
    expect(await run('canary retry orders --percent 5 --yes')).toMatchObject({
      code: 0,
      out: `prod gives 5 % of the traffic to ${B()}.\n`,
    });
    expect(await run('canary retry orders --deployment d99 --yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Another canary'),
    });
  });

  test('what was rejected is not promoted: a rollback that was cut short is finished or taken back first', async () => {
    for (let call = 3; world.ledger().rejected.length === 0; call++) {
      world.aws.crashAt = { call: world.aws.calls.length + call, side: 'after' };
      await run('canary rollback orders --yes');
    }
    world.aws.crashAt = undefined;
    expect(world.shown()).toBe('A + B 10%');
    expect((await run('canary status orders')).out).toContain('rollback unfinished');
    expect(await run(`canary promote orders --deployment ${B()} --yes`)).toMatchObject({
      code: 1,
      err: expect.stringContaining('was rejected and is being removed'),
    });
    expect((await run('canary rollback orders --yes')).code).toBe(0);
    expect(world.shown()).toBe('A');
  });
});

test('prune keeps what stages, canaries, CloudFormation and the app use, and waits between two deletions', async () => {
  const old = ['x', 'y', 'z'].map((name) => world.aws.gateway.createDeployment(world.stack.apiId, name));
  const { code, out } = await run('canary prune orders --keep 1 --yes --json');
  expect(code).toBe(0);
  const { deleted, kept } = JSON.parse(out);
  expect(deleted).toHaveLength(2);
  expect(old).toEqual(expect.arrayContaining(deleted));
  expect(kept).toEqual(
    expect.arrayContaining([
      { deployment: A(), why: 'stable on prod' },
      { deployment: B(), why: 'canary of prod' },
    ]),
  );
  expect(world.aws.clock - Date.UTC(2026, 0, 1)).toBe(5_000);
});

test('prune keeps what CloudFormation may go back to after a promotion', async () => {
  await world.promote('B');
  const { kept, deleted } = JSON.parse((await run('canary prune orders --keep 0 --yes --json')).out);
  expect(deleted).toEqual([]);
  expect(kept).toContainEqual({ deployment: A(), why: 'CloudFormation may roll back to it on prod' });
});

test('watch shows each change and tells by its exit code how it ended', async () => {
  let rounds = 0;
  const sleep = async () => {
    if (++rounds === 2) world.edit('replace', '/canarySettings/percentTraffic', '50');
    if (rounds === 3) await world.promote('B');
  };
  const { code, out } = await run('canary watch orders', { sleep });
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.slice(25))).toEqual([
    `canary: ${A()} + ${B()} at 10 %`,
    `canary: ${A()} + ${B()} at 50 %`,
    `stable: ${B()}`,
    '',
  ]);
  await world.deploy({ code: 'C' });
  expect((await run('canary watch orders', { sleep: async () => void (await world.rollBack()) })).code).toBe(1);
  await world.deploy({ code: 'D' });
  expect(await run('canary watch orders --timeout 60')).toMatchObject({
    code: 1,
    err: expect.stringContaining('still live after 60 s'),
  });
});

describe('which stage', () => {
  test('by id, by the output of a stack, by a URL in an output', async () => {
    const { apiId } = world.stack;
    const state = async (argv: string) => JSON.parse((await run(`canary status ${argv} --json`)).out).api.id;
    expect(await state(apiId)).toBe(apiId);
    world.aws.stacks.stacks.set('shop', [{ key: 'Canary', value: `${apiId}/prod`, description: 'apigw canary' }]);
    expect(await state('--stack shop')).toBe(apiId);
    world.aws.stacks.stacks.set('l2', [
      { key: 'Endpoint', value: `https://${apiId}.execute-api.eu-west-1.amazonaws.com/prod/` },
    ]);
    expect(await state('--stack l2')).toBe(apiId);
  });

  test.each([
    ['canary', 2, 'no canary command given.'],
    ['canary stauts orders', 2, 'unknown canary command "stauts". Did you mean "status"?'],
    ['canary status', 2, 'no API given. Specify its name or id, or use --stack <name>.'],
    ['canary status order', 2, 'there is no REST API "order" in this account and Region. Did you mean "orders"?'],
    ['canary status --stack none', 2, 'there is no stack "none" in this account and Region.'],
    ['canary status orders --stage dev', 1, 'has no stage "dev"'],
    ['canary status orders --regoin x', 2, 'unknown option "--regoin". Did you mean "--region"?'],
    ['canary retry orders --percent 101', 2, '--percent must be a number from 0 to 100, not "101".'],
    ['canary status orders more', 2, 'only one API is allowed, not "orders", "more".'],
  ])('%s', async (argv, code, message) => {
    expect(await run(argv)).toMatchObject({ code, out: '', err: expect.stringContaining(message) });
  });

  test('several stages or APIs are not guessed', async () => {
    world.aws.gateway.createStage(world.stack.apiId, 'dev', A());
    expect((await run('canary status orders')).code).toBe(0);
    await world.rollBack();
    expect((await run('canary status orders')).err).toContain(
      'has several stages: choose one with --stage: prod, dev.',
    );
    world.aws.gateway.createRestApi('orders');
    expect((await run('canary status orders')).err).toContain('several APIs have the name "orders": specify the id');
  });

  test('what AWS refuses is told, with exit code 3', async () => {
    world.aws.scripted.push({ match: /^GET \/restapis\?/, answer: accessDenied });
    expect(await run('canary status orders-api')).toMatchObject({
      code: 3,
      err: expect.stringContaining('AccessDeniedException: User: '),
    });
  });
});

test('the bundle talks to an endpoint', async () => {
  const server = await world.aws.serve();
  try {
    const bundle = join(__dirname, '../../../assets/cli/apigw.js');
    const argv = [
      bundle,
      'canary',
      'rollback',
      'orders',
      '--yes',
      '--region',
      'eu-west-1',
      '--endpoint-url',
      server.url,
    ];
    const env = { PATH: process.env.PATH, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
    const [stdout, stderr] = await new Promise<string[]>((resolve, reject) =>
      execFile(process.execPath, argv, { env }, (error, out, err) => (error ? reject(error) : resolve([out, err]))),
    );
    expect([stdout, stderr]).toEqual([`prod serves ${A()} to all callers.\n${STAYS}`, '']);
    expect(server.seen[0].headers.authorization).toContain('/eu-west-1/apigateway/aws4_request');
    expect(world.shown()).toBe('A');
  } finally {
    await server.close();
  }
}, 20_000);
