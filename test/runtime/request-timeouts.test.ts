import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';

const ASSETS = join(__dirname, '..', '..', 'assets');
/** Time runs so many times faster, so that no test waits for the real limits. */
const FASTER = 100;
const FAST = `const real = setTimeout; globalThis.setTimeout = (work, millis, ...more) => real(work, millis / ${FASTER}, ...more);
  const began = Date.now(); const now = Date.now.bind(Date); Date.now = () => began + (now() - began) * ${FASTER};`;

let hung: Server;
let answers: Server;
const bodies: string[] = [];

beforeAll(async () => {
  hung = createServer(() => undefined);
  answers = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => (bodies.push(body), response.end()));
  });
  await Promise.all([hung, answers].map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))));
});

afterAll(() => {
  for (const server of [hung, answers]) {
    server.closeAllConnections();
    server.close();
  }
});

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function run(script: string): Promise<{ code: number; out: string }> {
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_ENDPOINT_URL: urlOf(hung),
    TABLE_NAME: 'connections',
    CALLBACK_URL: urlOf(hung),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', FAST + script], { env, timeout: 15_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, out: stdout + stderr }),
    );
  });
}

const event = (properties: object) =>
  JSON.stringify({
    ...{ RequestType: 'Create', RequestId: 'r', ResponseURL: `${urlOf(answers)}/put`, LogicalResourceId: 'L' },
    ...{ StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/S/1', ResourceType: 'Custom::X' },
    ResourceProperties: properties,
  });
const stage = {
  RestApiId: 'api',
  StageName: 'prod',
  CandidateDeploymentId: 'd2',
  StableDeploymentId: 'd1',
  PercentTraffic: 1,
};

test.each<[string, string, object, number]>([
  ['account-logging', 'handler', { CloudWatchRoleArn: 'arn:aws:iam::123456789012:role/logs' }, 2],
  ['stage-canary', 'plan', stage, 100],
  ['stage-canary', 'apply', stage, 100],
])(
  '%s, %s: a service that never answers is given up, and the request with it',
  async (asset, name, properties, minutes) => {
    bodies.length = 0;
    const bundle = JSON.stringify(join(ASSETS, asset, 'index.js'));
    // More time than the requests have: what ends it must be them. (The account is asked again until the time is over.)
    const context = `{ getRemainingTimeInMillis: () => ${minutes} * 60_000 }`;
    await run(`require(${bundle}).${name}(${event(properties)}, ${context}).then(() => process.exit(0));`);
    expect(bodies.map((body) => JSON.parse(body))).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringMatching(/TimeoutError|timed out|timeout/i) },
    ]);
  },
  20_000,
);

test('stage-canary, step: fails, so that the state machine repeats it', async () => {
  const bundle = JSON.stringify(join(ASSETS, 'stage-canary', 'index.js'));
  const state = JSON.stringify({
    restApiId: 'api',
    stageName: 'prod',
    alarms: [],
    steps: [],
    candidate: 'd2',
    stable: 'd1',
  });
  const { out } = await run(
    `require(${bundle}).step({ action: 'watch', state: ${state} }).catch(({ name }) => (console.log(name), process.exit(0)));`,
  );
  expect(out).toContain('TimeoutError');
}, 20_000);

test('apigw: tells it, with the exit code of a service that could not be reached', async () => {
  const cli = JSON.stringify(join(ASSETS, 'cli', 'apigw.js'));
  const { code, out } = await run(`process.argv = ['node', 'apigw', 'canary', 'status', 'orders']; require(${cli});`);
  expect(out).toMatch(/apigw: TimeoutError/);
  expect(code).toBe(3);
}, 20_000);
