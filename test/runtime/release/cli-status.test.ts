import { type AwsClients } from '../../../runtime/cli/aws';
import { liveMain } from '../../../runtime/cli/live-main';
import { type LiveIo } from '../../../runtime/cli/live-io';
import { accessDenied } from '../../support/fake-aws/errors';
import { World } from './world';

let world: World;

beforeEach(async () => {
  world = new World();
  world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
  await world.deploy({ code: 'A', alarms: ['errors'] });
  world.stack.live().accessLogSettings = {
    destinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:orders',
    format: '{"status":"$context.status"}',
  };
  await world.deploy({ code: 'B', alarms: ['errors'] });
});

async function run(argv: string) {
  let [out, err] = ['', ''];
  const { aws } = world;
  const io: LiveIo = {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
    now: aws.now,
    sleep: async (millis) => void (aws.clock += millis),
  };
  const code = await liveMain(argv.split(' '), io, () => aws.clients() as AwsClients);
  return { code, out, err };
}

const A = () => world.stack.deploymentOf('A');
const B = () => world.stack.deploymentOf('B');

test.each<[string, RegExp, object, RegExp]>([
  [
    'alarms',
    /DescribeAlarms/,
    { alarms: [{ name: 'errors', state: 'UNKNOWN', reason: expect.stringContaining('AccessDeniedException: ') }] },
    /Alarms: errors UNKNOWN\n {2}errors: AccessDeniedException: /,
  ],
  [
    'access logs',
    /StartQuery/,
    { health: { unknown: expect.stringContaining('AccessDeniedException: ') } },
    /Error rate not available: AccessDeniedException: /,
  ],
  [
    'the ledger',
    /GetParameter/,
    { alarms: [], unknown: [{ what: expect.stringContaining('(the ledger)') }] },
    /Not available: alarms, rejected deployments and earlier actions \(the ledger\): AccessDeniedException: /,
  ],
  [
    'the list of deployments',
    /^GET \/restapis\/[^/]+\/deployments\?/,
    { unknown: [{ what: 'when the deployments were created' }] },
    /Not available: when the deployments were created: AccessDeniedException: /,
  ],
])('shows the stage to whoever may not read %s, and says what is not known', async (_, match, json, text) => {
  const deny = () => world.aws.scripted.push({ match, answer: accessDenied });
  deny();
  const told = await run('canary status orders --json');
  expect({ code: told.code, err: told.err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(told.out)).toMatchObject({
    state: 'canary',
    stable: { deployment: A() },
    canary: { deployment: B(), percent: 10 },
    ...json,
  });
  deny();
  expect((await run('canary status orders')).out).toMatch(text);
});
