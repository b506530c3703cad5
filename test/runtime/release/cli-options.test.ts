import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsClients, type AwsOptions } from '../../../runtime/cli/aws';
import { CANARY_COMMANDS } from '../../../runtime/cli/canary';
import { type LiveIo } from '../../../runtime/cli/live-io';
import { LIVE_USAGE, liveMain } from '../../../runtime/cli/live-main';
import { World } from './world';

let world: World;

beforeEach(async () => {
  world = new World();
  await world.deploy({ code: 'A' });
  await world.deploy({ code: 'B' });
});

async function run(argv: string, more: Partial<LiveIo> = {}) {
  let [out, err] = ['', ''];
  const asked: AwsOptions[] = [];
  const io: LiveIo = {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
    now: world.aws.now,
    sleep: async (millis) => void (world.aws.clock += millis),
    ...more,
  };
  const connect = (options: AwsOptions) => {
    asked.push(options);
    return world.aws.clients() as AwsClients;
  };
  const code = await liveMain(argv.split(' '), io, connect);
  return { code, out, err, asked };
}

const A = () => world.stack.deploymentOf('A');
const B = () => world.stack.deploymentOf('B');

test.each(['canary status orders', 'deployed TEMPLATE --id API'])(
  '%s: Region, profile and endpoint go to AWS',
  async (argv) => {
    const folder = mkdtempSync(join(tmpdir(), 'options-'));
    const template = join(folder, 't.json');
    writeFileSync(
      template,
      JSON.stringify({ Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} } } }),
    );
    const words = argv.replace('TEMPLATE', template).replace('API', world.stack.apiId);
    const { asked } = await run(`${words} --profile ops --region eu-west-1 --endpoint-url http://127.0.0.1:4566`);
    rmSync(folder, { recursive: true });
    expect(asked).toEqual([{ profile: 'ops', region: 'eu-west-1', endpointUrl: 'http://127.0.0.1:4566' }]);
    expect((await run('canary status orders')).asked).toEqual([{}]);
  },
);

describe('--json is one object for programs, whatever the command', () => {
  const parsed = async (argv: string) => {
    const { code, out, err } = await run(`${argv} orders --json --yes`);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out);
  };

  test('promote, rollback, retry: how it ended, and what is live now', async () => {
    expect(await parsed('canary rollback')).toEqual({
      outcome: 'rolledBack',
      stable: A(),
      canary: null,
      recorded: true,
    });
    expect(await parsed('canary rollback')).toMatchObject({ outcome: 'unchanged' });
    expect(await parsed('canary retry --percent 5')).toMatchObject({
      outcome: 'retried',
      canary: { deployment: B(), percent: 5 },
    });
    world.mayServe('B');
    expect(await parsed(`canary promote --deployment ${B()}`)).toMatchObject({ outcome: 'promoted', stable: B() });
  });

  test('prune: what is gone and what stays, and why', async () => {
    const old = world.aws.gateway.createDeployment(world.stack.apiId, 'x');
    const { deleted, kept } = await parsed('canary prune --keep 0');
    expect(deleted).toEqual([old]);
    expect(kept.map(({ deployment }: { deployment: string }) => deployment).sort()).toEqual([A(), B()].sort());
  });

  test('watch: one status a line', async () => {
    const { code, out } = await run('canary watch orders --json', { sleep: async () => void (await world.rollBack()) });
    expect(code).toBe(1);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ state, canary }) => [state, canary?.percent])).toEqual([
      ['canary', 10],
      ['rejected', undefined],
    ]);
  });
});

test('every command that writes asks first, and writes nothing without a yes', async () => {
  world.aws.gateway.createDeployment(world.stack.apiId, 'x');
  const questions: string[] = [];
  const confirm = async (question: string) => {
    questions.push(question);
    return false;
  };
  const before = JSON.stringify([world.stack.live(), world.ledger()]);
  for (const argv of [`promote --deployment ${B()}`, 'rollback', 'prune --keep 0']) {
    expect(await run(`canary ${argv} orders`, { confirm })).toMatchObject({
      code: 1,
      err: 'apigw: Nothing was changed.\n',
    });
    expect(await run(`canary ${argv} orders`)).toMatchObject({ code: 2, err: expect.stringContaining('use --yes') });
  }
  expect(JSON.stringify([world.stack.live(), world.ledger()])).toBe(before);
  await world.rollBack();
  expect(await run('canary retry orders', { confirm })).toMatchObject({ code: 1 });
  expect(questions).toEqual([
    `Promote ${B()}? All callers of "prod" get it instead of ${A()}.`,
    `Roll back ${B()}? All callers of "prod" get ${A()}.`,
    expect.stringMatching(/^Delete d\d+ of 3 deployments\?$/),
    'Start the canary of the last deployment on "prod" again?',
  ]);
});

test('watch looks as often as it is told', async () => {
  const sleeps: number[] = [];
  const sleep = async (millis: number) => {
    sleeps.push(millis);
    world.aws.clock += millis;
  };
  expect((await run('canary watch orders --interval 20 --timeout 60', { sleep })).code).toBe(1);
  expect(sleeps).toEqual([20_000, 20_000, 20_000]);
});

test.each(['0', '0.5', '86401', '3000000'])(
  'watch does not look every %s s: that is without a pause',
  async (given) => {
    const calls = world.aws.calls.length;
    expect(await run(`canary watch orders --interval ${given} --timeout 9000000`)).toMatchObject({
      code: 2,
      err: `apigw: --interval must be a number of seconds from 1 to 86400, not "${given}".\n`,
    });
    expect(world.aws.calls).toHaveLength(calls);
  },
);

test('the help names every command and option, and the options of one are not those of the other', async () => {
  expect(await run('canary --help')).toMatchObject({ code: 0, out: LIVE_USAGE });
  for (const command of CANARY_COMMANDS) expect(LIVE_USAGE).toContain(`apigw canary ${command} `);
  expect(await run('canary status orders --id x')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--id is only an option of "apigw deployed".'),
  });
});

test('the bundle takes credentials and Region from a profile', async () => {
  const server = await world.aws.serve();
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  const [credentials, config] = ['credentials', 'config'].map((name) => join(folder, name));
  writeFileSync(credentials, '[ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = example\n');
  writeFileSync(config, '[profile ops]\nregion = eu-central-1\n');
  try {
    const bundle = join(__dirname, '../../../assets/cli/apigw.js');
    const argv = [bundle, 'canary', 'status', 'orders', '--json', '--profile', 'ops', '--endpoint-url', server.url];
    const env = { PATH: process.env.PATH, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: config };
    const stdout = await new Promise<string>((resolve, reject) =>
      execFile(process.execPath, argv, { env }, (error, out) => (error ? reject(error) : resolve(out))),
    );
    expect(JSON.parse(stdout)).toMatchObject({ stage: 'prod', state: 'canary' });
    const { authorization } = server.seen[0].headers;
    expect(authorization).toMatch(/Credential=AKIAOPS\/\d+\/eu-central-1\/apigateway\/aws4_request/);
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
}, 30_000);
