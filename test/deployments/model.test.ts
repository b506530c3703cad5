import { CloudFormation } from '../support/deployments/cloudformation';
import { type Properties, type Resource, type Template } from '../support/deployments/template';

const LOGS = 'AWS::Logs::LogGroup';
const TOPIC = 'AWS::SNS::Topic';

const logs = (LogGroupName?: unknown, more: Partial<Resource> = {}): Resource => ({
  Type: LOGS,
  Properties: { LogGroupName, RetentionInDays: 7 },
  ...more,
});
const topic = (Properties: Properties = {}, more: Partial<Resource> = {}): Resource => ({
  Type: TOPIC,
  Properties,
  ...more,
});
const template = (Resources: Template['Resources']): Template => ({ Resources });

const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const KEPT_IF_MADE = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

describe('a stack is created', () => {
  test('what fails is rolled back: all that was made goes', () => {
    const cloud = new CloudFormation();
    const it = template({ Logs: logs('/a'), Topic: topic() });
    expect(cloud.deploy('S', it, { at: 'Topic' })).toEqual({
      status: 'ROLLBACK_COMPLETE',
      failed: { logicalId: 'Topic', reason: 'failed as it was told to' },
    });
    expect(cloud.account.things.size).toBe(0);
    expect(cloud.deploy('S', it).status).toBe('CREATE_COMPLETE');
    expect(cloud.account.namesOf(LOGS)).toEqual(['/a']);
  });

  test('what is retained is left behind, and stands in the way of the next attempt', () => {
    const cloud = new CloudFormation();
    const it = template({ Logs: logs('/a', KEPT), Topic: topic() });
    cloud.deploy('S', it, { at: 'Topic' });
    expect(cloud.account.namesOf(LOGS)).toEqual(['/a']);
    expect(cloud.deploy('S', it)).toEqual({
      status: 'ROLLBACK_COMPLETE',
      failed: { logicalId: 'Logs', reason: 'AWS::Logs::LogGroup "/a" already exists' },
    });
  });

  test('what is retained except on create goes, and stays when the stack is deleted', () => {
    const cloud = new CloudFormation();
    const it = template({ Logs: logs('/a', KEPT_IF_MADE), Topic: topic() });
    cloud.deploy('S', it, { at: 'Topic' });
    expect(cloud.account.namesOf(LOGS)).toEqual([]);
    cloud.deploy('S', it);
    cloud.delete('S');
    expect(cloud.account.namesOf(LOGS)).toEqual(['/a']);
    expect(cloud.account.namesOf(TOPIC)).toEqual([]);
  });

  test('a resource that fails when it is there already is rolled back by its policy too', () => {
    for (const [policy, left] of [
      [KEPT, ['/a']],
      [KEPT_IF_MADE, []],
    ] as const) {
      const cloud = new CloudFormation();
      cloud.deploy('S', template({ Logs: logs('/a', policy) }), { at: 'Logs', how: 'unstable' });
      expect(cloud.account.namesOf(LOGS)).toEqual(left);
    }
  });

  test('what does not need the resource that fails is made before it, what needs it is not', () => {
    const cloud = new CloudFormation();
    const it = template({
      First: topic({ DisplayName: { 'Fn::Sub': '${Failing}' } }, KEPT),
      Failing: topic(),
      Last: topic({}, KEPT),
      Waits: topic({}, { ...KEPT, DependsOn: 'First' }),
    });
    cloud.deploy('S', it, { at: 'Failing' });
    expect(cloud.account.namesOf(TOPIC)).toEqual([expect.stringMatching(/^S-Last-/)]);
  });

  test('names that CloudFormation makes never collide, nor do equal templates in two stacks', () => {
    const cloud = new CloudFormation();
    const it = template({ Logs: logs(undefined, KEPT), Topic: topic() });
    for (const name of ['One', 'One', 'Two']) {
      cloud.deploy(name, it);
      if (name === 'One') cloud.delete('One');
    }
    expect(new Set(cloud.account.namesOf(LOGS)).size).toBe(3);
  });

  test('the name of another stack is taken as well, and that of somebody else', () => {
    const cloud = new CloudFormation();
    cloud.account.make(LOGS, '/b', { LogGroupName: '/b' });
    cloud.deploy('One', template({ Logs: logs('/a') }));
    for (const name of ['/a', '/b'])
      expect(cloud.deploy('Two', template({ Logs: logs(name) })).failed?.reason).toContain(`"${name}" already exists`);
  });

  test('functions are carried out: names by stack, by stack id and by other resources', () => {
    const cloud = new CloudFormation();
    const unique = {
      'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }],
    };
    const it: Template = {
      Parameters: { Stage: { Default: 'prod' } },
      Conditions: { No: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, Yes: { 'Fn::Not': [{ Condition: 'No' }] } },
      Resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi' },
        Joined: logs({ 'Fn::Join': ['', ['/', { Ref: 'AWS::StackName' }, '-', unique]] }),
        Sub: logs({ 'Fn::Sub': ['/${Api}/${own}/${!Api}', { own: { 'Fn::If': ['Yes', { Ref: 'Stage' }, 'x'] } }] }),
        Absent: { ...logs('/never'), Condition: 'No' },
        Made: logs({ 'Fn::If': ['No', '/never', { Ref: 'AWS::NoValue' }] }),
      },
    };
    cloud.deploy('S', it);
    const [joined, sub, made] = cloud.account.namesOf(LOGS);
    expect(joined).toMatch(/^\/S-\d{8}$/);
    expect(sub).toMatch(/^\/S-Api-\d+\/prod\/\$\{Api\}$/);
    expect(made).toMatch(/^S-Made-/);
  });
});

describe('a stack is updated', () => {
  const updated = (before: Template, after: Template, failure?: { at: string }, options = {}) => {
    const cloud = new CloudFormation(undefined, options);
    cloud.deploy('S', before);
    return { cloud, outcome: cloud.deploy('S', after, failure) };
  };

  test('what was added is rolled back by its policy, what was there before stays', () => {
    for (const [policy, left] of [
      [KEPT, ['/old', '/new']],
      [KEPT_IF_MADE, ['/old']],
      [{}, ['/old']],
    ] as const) {
      const old = { Old: logs('/old', policy) };
      const { cloud, outcome } = updated(
        template(old),
        template({ ...old, New: logs('/new', policy), Topic: topic() }),
        { at: 'Topic' },
      );
      expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(cloud.account.namesOf(LOGS)).toEqual(left);
    }
  });

  test('what is in the template no more goes at the end, by the policy that it had', () => {
    for (const [policy, left] of [
      [KEPT, ['/a']],
      [KEPT_IF_MADE, ['/a']],
      [{}, []],
    ] as const) {
      const { cloud } = updated(template({ Logs: logs('/a', policy), Topic: topic() }), template({ Topic: topic() }));
      expect(cloud.account.namesOf(LOGS)).toEqual(left);
    }
  });

  test('a change in place is taken back', () => {
    const after = template({
      Logs: { ...logs('/a'), Properties: { LogGroupName: '/a', RetentionInDays: 30 } },
      T: topic(),
    });
    const { cloud } = updated(template({ Logs: logs('/a') }), after, { at: 'T' });
    expect([...cloud.account.things].map(({ properties }) => properties)).toEqual([
      { LogGroupName: '/a', RetentionInDays: 7 },
    ]);
    expect(cloud.deploy('S', after).status).toBe('UPDATE_COMPLETE');
  });

  test('a replacement comes before the old one goes, which stays where UpdateReplacePolicy says so', () => {
    for (const [policy, left] of [
      [KEPT, ['/a', '/b']],
      [{ DeletionPolicy: 'Retain' }, ['/b']],
    ] as const) {
      const { cloud } = updated(template({ Logs: logs('/a', policy) }), template({ Logs: logs('/b', policy) }));
      expect(cloud.account.namesOf(LOGS)).toEqual(left);
    }
  });

  test('the new copy of a replacement that is rolled back goes or stays, as one reads the documentation', () => {
    const before = template({ Logs: logs('/a', KEPT_IF_MADE) });
    const after = template({ Logs: logs('/b', KEPT_IF_MADE), Topic: topic() });
    for (const [newCopies, left] of [
      ['DeletionPolicy', ['/a']],
      ['UpdateReplacePolicy', ['/a', '/b']],
    ] as const) {
      const { cloud } = updated(before, after, { at: 'Topic' }, { newCopies });
      expect(cloud.account.namesOf(LOGS)).toEqual(left);
      expect(cloud.refOf('S', 'Logs')).toBe('/a');
    }
  });

  test('a replacement under the same name is refused', () => {
    const named = (KmsMasterKeyId: string, FifoTopic: boolean) =>
      topic({ TopicName: 'fixed', KmsMasterKeyId, FifoTopic });
    const { outcome } = updated(template({ T: named('a', false) }), template({ T: named('b', true) }));
    expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('another logical id under the same name is refused: what is new comes before what is old goes', () => {
    const { outcome } = updated(template({ One: logs('/a') }), template({ Two: logs('/a') }));
    expect(outcome.failed).toEqual({ logicalId: 'Two', reason: 'AWS::Logs::LogGroup "/a" already exists' });
  });

  test('a version of a function whose code did not change since the last one exists', () => {
    const fn = (code: string): Resource => ({ Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: code } } });
    const version = (policy: Partial<Resource>): Resource => ({
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: { Ref: 'Fn' } },
      ...policy,
    });
    for (const [policy, retried] of [
      [KEPT, 'UPDATE_ROLLBACK_COMPLETE'],
      [KEPT_IF_MADE, 'UPDATE_COMPLETE'],
    ] as const) {
      const after = template({ Fn: fn('2'), V2: version(policy), Topic: topic() });
      const { cloud } = updated(template({ Fn: fn('1'), V1: version(policy) }), after, { at: 'Topic' });
      expect(cloud.deploy('S', after).status).toBe(retried);
    }
    const { outcome } = updated(
      template({ Fn: fn('1'), V1: version({}) }),
      template({ Fn: fn('1'), Other: version({}) }),
    );
    expect(outcome.failed?.logicalId).toBe('Other');
  });

  test('the new stack of the same name has another id than the one that was deleted', () => {
    const cloud = new CloudFormation();
    const it = template({ Logs: logs({ Ref: 'AWS::StackId' }, KEPT) });
    cloud.deploy('S', it);
    cloud.delete('S');
    expect(cloud.deploy('S', it).status).toBe('CREATE_COMPLETE');
  });

  test('an export that another stack uses neither goes nor changes', () => {
    const out = (Value: unknown): Template => ({
      ...template({ Topic: topic() }),
      Outputs: { Out: { Value, Export: { Name: 'key' } } },
    });
    const cloud = new CloudFormation();
    cloud.deploy('One', out('a'));
    cloud.deploy('Two', template({ Topic: topic({ DisplayName: { 'Fn::ImportValue': 'key' } }) }));
    for (const changed of [out('b'), template({ Topic: topic() })])
      expect(cloud.deploy('One', changed).failed?.reason).toBe('export key cannot be changed: stack Two uses it');
    cloud.delete('Two');
    expect(cloud.deploy('One', out('b')).status).toBe('UPDATE_COMPLETE');
  });
});

describe('what is no template is an error', () => {
  test('a reference to nothing, a circle, a failure at nothing', () => {
    const deploy = (it: Template, at?: string) => () => new CloudFormation().deploy('S', it, at ? { at } : undefined);
    expect(deploy(template({ Topic: topic({ DisplayName: { Ref: 'Nothing' } }) }))).toThrow('Nothing is referred to');
    expect(deploy(template({ A: topic({}, { DependsOn: 'B' }), B: topic({}, { DependsOn: ['A'] }) }))).toThrow(
      'Circular dependency between resources: A → B → A',
    );
    expect(deploy(template({ A: topic() }), 'B')).toThrow('the template has no B');
  });
});
