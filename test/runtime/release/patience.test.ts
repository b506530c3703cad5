import { type CustomResourceEvent } from '../../../runtime/handlers/shared/custom-resource';
import { patient } from '../../../runtime/handlers/shared/patience';
import { apply } from '../../../runtime/handlers/stage-canary/apply';
import { plan } from '../../../runtime/handlers/stage-canary/plan';
import { type FakeAnswer } from '../../support/fake-http';
import { accessDenied } from '../../support/fake-aws/errors';
import { World } from './world';

const STEPS = [
  { percent: 10, seconds: 120 },
  { percent: 50, seconds: 60 },
];
const json = (__type: string): FakeAnswer => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify({ __type, message: 'not yet' }),
});

async function deployed(): Promise<World> {
  const world = new World();
  world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
  await world.deploy({ code: 'A', steps: STEPS, alarms: ['errors'] });
  return world;
}

test.each<[string, RegExp, FakeAnswer]>([
  ['the stage', /^GET .*stages/, accessDenied],
  ['the patch', /^PATCH/, accessDenied],
  ['reading the ledger', /GetParameter/, json('AccessDeniedException')],
  ['writing the ledger', /PutParameter/, json('AccessDeniedException')],
  ['the state machine', /StartExecution/, json('AccessDeniedException')],
  ['a role that a service does not know yet', /GetParameter/, json('UnrecognizedClientException')],
])('a deployment waits while IAM does not show the policy yet: %s', async (_, match, answer) => {
  const world = await deployed();
  const began = world.aws.clock;
  world.aws.scripted.push({ match, answer }, { match, answer });
  await world.deploy({ code: 'B', steps: STEPS, alarms: ['errors'] });
  expect(world.shown()).toBe('A + B 10%');
  expect(world.aws.clock - began).toBe(3_000);
  expect(world.aws.machines.executions.size).toBe(1);
});

test('what is denied for good ends after a minute, or before the invocation does', async () => {
  const world = await deployed();
  const { event } = world.stack.sent.at(-1)!;
  const { aws } = world;
  const clock = { now: aws.now, sleep: async (millis: number) => void (aws.clock += millis) };
  const handlers = { plan: plan(aws.clients(), clock), apply: apply({ clients: aws.clients(), ...clock }) };
  for (const handler of Object.values(handlers)) {
    for (const [allowed, most] of [
      [Infinity, 60_000],
      [10_000, 10_000],
    ]) {
      aws.scripted.length = 0;
      for (let count = 0; count < 40; count++) aws.scripted.push({ match: /./, answer: accessDenied });
      const began = aws.clock;
      const again: CustomResourceEvent = { ...event, RequestId: `again-${allowed}` };
      await expect(handler(again, began + allowed)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringMatching(/is not authorized .* \(tried for \d+ s\)$/),
      });
      const waited = aws.clock - began;
      expect(waited).toBeLessThanOrEqual(most);
      expect(waited).toBeGreaterThan(most / 2);
    }
  }
  expect(world.shown()).toBe('A');
});

test('nothing else is repeated', async () => {
  let calls = 0;
  const send = async () => {
    calls++;
    throw Object.assign(new Error('gone'), { name: 'NotFoundException' });
  };
  const { client } = patient({ client: { send } }, { deadline: Infinity, now: Date.now });
  await expect((client.send as (command: unknown) => Promise<unknown>)({})).rejects.toThrow('gone');
  expect(calls).toBe(1);
});
