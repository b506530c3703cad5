import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { accountLogging } from '../../runtime/handlers/account-logging/handler';
import { retryKindOf } from '../../runtime/handlers/account-logging/retry';
import { type CustomResourceEvent } from '../../runtime/handlers/shared/custom-resource';
import { type FakeApiGateway, fakeApiGateway } from '../support/fake-aws/account';
import { accessDenied, apiGatewayError, roleNotReady, throttled, unavailable } from '../support/fake-aws/errors';
import { fakeServer } from '../support/fake-http';

const OURS = 'arn:aws:iam::123456789012:role/ours';
const OLD = 'arn:aws:iam::123456789012:role/path/old';
const FOREIGN = 'arn:aws:iam::123456789012:role/foreign';
const SET_OURS = `PATCH [{"op":"replace","path":"/cloudwatchRoleArn","value":"${OURS}"}]`;
const MINUTES_4 = 240_000;

let api: FakeApiGateway;
let client: APIGatewayClient;
let clock: number;
let waits: number[];

beforeEach(async () => {
  api = await fakeApiGateway();
  client = new APIGatewayClient({
    region: 'eu-west-1',
    endpoint: api.url,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
  clock = 0;
  waits = [];
});

afterEach(async () => {
  client.destroy();
  await api.close();
});

function run(type: CustomResourceEvent['RequestType'], wanted: unknown = OURS, old?: unknown) {
  const event: CustomResourceEvent = {
    RequestType: type,
    ResponseURL: 'http://unused.invalid',
    StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders/1',
    RequestId: 'request',
    ResourceType: 'Custom::ApiGatewayAccountLogging',
    LogicalResourceId: 'Logging',
    ResourceProperties: { CloudWatchRoleArn: wanted },
    OldResourceProperties: old === undefined ? undefined : { CloudWatchRoleArn: old },
  };
  const sleep = async (millis: number) => {
    waits.push(millis);
    clock += millis;
  };
  return accountLogging({ client, sleep, now: () => clock, random: () => 0 })(event, MINUTES_4);
}

const set = { data: { CloudWatchRoleArn: OURS, Status: 'set' } };
const kept = (role: string) => ({ data: { CloudWatchRoleArn: role, Status: 'kept' } });

describe('which role the account ends up with', () => {
  test.each([
    ['Create', 'no role', undefined, undefined, set, OURS],
    ['Create', 'an empty role', '', undefined, set, OURS],
    ['Create', 'a foreign role', FOREIGN, undefined, kept(FOREIGN), FOREIGN],
    ['Create', 'our role already', OURS, undefined, kept(OURS), OURS],
    ['Update', 'the role set before', OLD, OLD, set, OURS],
    ['Update', 'a foreign role', FOREIGN, OLD, kept(FOREIGN), FOREIGN],
    ['Update', 'no role', undefined, OLD, set, OURS],
    ['Update', 'our role, unchanged', OURS, OURS, kept(OURS), OURS],
  ] as const)('%s with %s', async (type, _name, before, old, outcome, after) => {
    api.role = before;
    await expect(run(type, OURS, old)).resolves.toEqual(outcome);
    expect(api.role).toBe(after);
    expect(api.asked()).toEqual(outcome === set ? ['GET', SET_OURS, 'GET'] : ['GET']);
    expect(waits).toEqual([]);
  });

  test('OldResourceProperties count on Update only', async () => {
    api.role = OLD;
    await expect(run('Create', OURS, OLD)).resolves.toEqual(kept(OLD));
  });

  test.each([undefined, OURS, FOREIGN])('Delete asks nothing, whatever the role is (%s)', async (role) => {
    api.role = role;
    await expect(run('Delete')).resolves.toEqual({});
    await expect(run('Delete', 'nonsense')).resolves.toEqual({});
    expect(api.asked()).toEqual([]);
    expect(api.role).toBe(role);
  });

  test.each([undefined, '', 42, 'ours', 'arn:aws:iam::123456789012:user/ours'])('refuses the role %p', async (role) => {
    await expect(run('Create', role === undefined ? null : role)).rejects.toThrow(
      'CloudWatchRoleArn must be the ARN of an IAM role, e.g. "arn:aws:iam::123456789012:role/name", not',
    );
    expect(api.asked()).toEqual([]);
  });
});

describe('trying again', () => {
  test('waits while IAM does not show the role yet, and reads the account before each try', async () => {
    api.scripted.PATCH.push(roleNotReady, roleNotReady);
    await expect(run('Create')).resolves.toEqual(set);
    expect(api.asked()).toEqual(['GET', SET_OURS, 'GET', SET_OURS, 'GET', SET_OURS, 'GET']);
    expect(waits).toEqual([5_000, 10_000]);
  });

  test('gives up on a role that API Gateway goes on refusing, and says what the role needs', async () => {
    api.scripted.PATCH.push(...Array<typeof roleNotReady>(50).fill(roleNotReady));
    await expect(run('Create')).rejects.toThrow(
      /Could not give API Gateway the CloudWatch role .*ours \(tried for 1\d\d s\): BadRequestException: The role ARN .*must trust apigateway\.amazonaws\.com/,
    );
    expect(clock).toBeLessThanOrEqual(150_000);
    expect(api.asked().length).toBeGreaterThan(8);
  });

  test('waits out the rate of UpdateAccount, one request in 20 seconds', async () => {
    api.scripted.PATCH.push(throttled, throttled, throttled);
    await expect(run('Create')).resolves.toEqual(set);
    expect(waits).toEqual([20_000, 25_000, 25_000]);
  });

  test('waits as long as the service asks for', async () => {
    api.scripted.PATCH.push(apiGatewayError(429, 'LimitExceededException', 'Rate exceeded', { 'retry-after': '40' }));
    await expect(run('Create')).resolves.toEqual(set);
    expect(waits).toEqual([40_000]);
  });

  test('stops at the deadline when throttled all the time', async () => {
    api.scripted.PATCH.push(...Array<typeof throttled>(50).fill(throttled));
    await expect(run('Create')).rejects.toThrow(/tried for 2\d\d s\): TooManyRequestsException.*deploy again/);
    expect(clock).toBeLessThanOrEqual(MINUTES_4);
  });

  test('keeps the role that another stack set while this one waited', async () => {
    api.scripted.PATCH.push(throttled);
    let patches = 0;
    api.before = (method) => {
      if (method === 'PATCH') patches++;
      if (method === 'GET' && patches === 1) api.role = FOREIGN;
    };
    await expect(run('Create')).resolves.toEqual(kept(FOREIGN));
    expect(api.asked()).toEqual(['GET', SET_OURS, 'GET']);
  });

  test.each([
    ['500', unavailable],
    ['503 without a body', { status: 503 }],
  ])('repeats after %s, on reading and on writing', async (_name, answer) => {
    api.scripted.GET.push(answer);
    api.scripted.PATCH.push(answer);
    await expect(run('Create')).resolves.toEqual(set);
    expect(api.asked()).toEqual(['GET', 'GET', SET_OURS, 'GET', SET_OURS, 'GET']);
    expect(waits).toEqual([2_000, 4_000]);
  });

  test('a write that was taken though its answer was an error is seen', async () => {
    api.before = (method) => {
      if (method === 'PATCH') api.role = OURS;
    };
    api.scripted.PATCH.push(unavailable);
    await expect(run('Create')).resolves.toEqual(kept(OURS));
    expect(api.asked()).toEqual(['GET', SET_OURS, 'GET']);
  });

  test('AccessDenied is repeated only as long as a new policy may take, then told with the action', async () => {
    api.scripted.GET.push(accessDenied);
    await expect(run('Create')).resolves.toEqual(set);
    api.role = undefined;
    clock = 0;
    api.scripted.GET.push(...Array<typeof accessDenied>(20).fill(accessDenied));
    await expect(run('Create')).rejects.toThrow(/AccessDeniedException: .*not authorized to perform: apigateway:GET/);
    expect(clock).toBeLessThanOrEqual(30_000);
  });

  test.each([
    apiGatewayError(400, 'BadRequestException', 'Invalid patch path'),
    apiGatewayError(409, 'ConflictException', 'Unable to complete operation'),
    apiGatewayError(404, 'NotFoundException', 'no account'),
  ])('fails at once on what no waiting heals (%#)', async (answer) => {
    api.scripted.PATCH.push(answer);
    await expect(run('Create')).rejects.toThrow(/^Could not give API Gateway the CloudWatch role .*Exception: /);
    expect(waits).toEqual([]);
    expect(api.asked()).toEqual(['GET', SET_OURS]);
  });
});

describe('reading back', () => {
  test('is patient with a service that shows the role later', async () => {
    let gets = 0;
    api.before = (method) => {
      if (method === 'GET') gets++;
      api.forgetful = true;
      if (gets === 3) api.role = OURS;
    };
    await expect(run('Create')).resolves.toEqual(set);
    expect(api.asked()).toEqual(['GET', SET_OURS, 'GET', 'GET']);
  });

  test('fails when the role never shows', async () => {
    api.forgetful = true;
    await expect(run('Create')).rejects.toThrow('but the account still shows none. Deploy again.');
    expect(api.asked()).toEqual(['GET', SET_OURS, 'GET', 'GET', 'GET', 'GET', 'GET']);
  });

  test('tells the role of a stack that overwrote ours', async () => {
    let patched = false;
    api.before = (method) => {
      if (method === 'GET' && patched) api.role = FOREIGN;
      if (method === 'PATCH') patched = true;
    };
    await expect(run('Create')).resolves.toEqual(kept(FOREIGN));
  });
});

test.each(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN'])('%s is worth another try', (code) => {
  expect(retryKindOf(Object.assign(new Error('socket hang up'), { code }))).toBe('unavailable');
  expect(retryKindOf(new Error('socket hang up'))).toBeUndefined();
});

test('the bundle answers CloudFormation, over a connection that is cut at first', async () => {
  const cloudFormation = await fakeServer(() => ({ status: 200 }));
  try {
    api.scripted.GET.push('reset');
    const event = {
      RequestType: 'Create',
      ResponseURL: `${cloudFormation.url}/put?signature=s3cret`,
      StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders/1',
      RequestId: 'request',
      LogicalResourceId: 'Logging',
      ResourceProperties: { CloudWatchRoleArn: OURS },
    };
    const bundle = join(__dirname, '../../assets/account-logging/index.js');
    const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 60000 })`;
    const env = {
      PATH: process.env.PATH,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL: api.url,
    };
    const stdout = await new Promise<string>((resolve, reject) =>
      execFile(process.execPath, ['-e', script], { env }, (error, out) => (error ? reject(error) : resolve(out))),
    );
    expect(api.asked()).toEqual(['GET', 'GET', SET_OURS, 'GET']);
    expect(api.seen[0].headers.authorization).toContain('/eu-west-1/apigateway/aws4_request');
    expect(cloudFormation.seen).toHaveLength(1);
    expect(JSON.parse(cloudFormation.seen[0].body)).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'orders.Logging',
      StackId: event.StackId,
      RequestId: 'request',
      LogicalResourceId: 'Logging',
      Data: { CloudWatchRoleArn: OURS, Status: 'set' },
    });
    expect(stdout).toBe('{"requestType":"Create","logicalId":"Logging","status":"SUCCESS"}\n');
  } finally {
    await cloudFormation.close();
  }
}, 20_000);
