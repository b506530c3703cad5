import { changed, moves, ref, renamed, resource, REST, told, without } from './support';

test('nothing moves where nothing changes', () => {
  expect(moves(REST, REST)).toEqual([]);
});

describe('a resource that is in the template no more', () => {
  test.each([
    'Stage',
    'Key',
    'Plan',
    'PlanKey',
    'Domain',
    'Certificate',
    'Mapping',
    'Log',
    'Acl',
    'Association',
    'Api',
  ])('%s is lost', (id) => {
    expect(told(REST, without(REST, id))).toContain(`lost ${id}`);
  });

  test('is not lost if it is retained', () => {
    for (const DeletionPolicy of ['Retain', 'RetainExceptOnCreate']) {
      const before = { ...REST, Log: { ...REST.Log, DeletionPolicy } };
      expect(told(before, without(before, 'Log'))).toEqual([]);
    }
  });

  test('is unknown if a condition decides whether it is there', () => {
    const Conditions = { IsProd: { 'Fn::Equals': [ref('Level'), 'prod'] } };
    const Parameters = { Level: { Type: 'String' } };
    const conditional = (Resources: object) => ({ Parameters, Conditions, Resources });
    const before = { ...REST, Log: { ...REST.Log, Condition: 'IsProd' } };
    expect(told(conditional(before), conditional(without(before, 'Log')))).toEqual(['unknown Log']);
    expect(told(conditional(before), conditional(renamed(REST, { Log: 'Renamed' })))).toEqual([
      'unknown Log',
      'unknown Renamed',
    ]);
  });

  test('a deployment is nothing that callers know', () => {
    expect(told(REST, renamed(REST, { Deployment: 'Deployment2' }))).toEqual([]);
  });
});

describe('a property whose change replaces the resource', () => {
  test('replaces what refers to it, and what refers to that, in any order', () => {
    const association = { WebACLArn: 'acl', ResourceArn: { 'Fn::Sub': '${Stage}' } };
    const resources = (ProtocolType: string, name: string) => ({
      Association: resource('AWS::WAFv2::WebACLAssociation', association),
      // Its name may have changed, too; that it is replaced follows from the API alone.
      Stage: resource('AWS::ApiGatewayV2::Stage', { StageName: ref(name), ApiId: ref('Api') }),
      Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType }),
    });
    const Parameters = { Old: { Type: 'String' }, New: { Type: 'String' } };
    const [before, after] = [resources('HTTP', 'Old'), resources('WEBSOCKET', 'New')];
    expect(told({ Parameters, Resources: before }, { Parameters, Resources: after }).sort()).toEqual([
      'replaced Api',
      'replaced Association',
      'replaced Stage',
    ]);
  });

  test.each([
    ['Key', { Name: 'other' }],
    ['Key', { Value: 'a-value-of-twenty-characters' }],
    ['Key', { Name: undefined }],
    ['Stage', { StageName: 'live' }],
    ['Log', { LogGroupName: '/other' }],
    ['Domain', { DomainName: 'www.example.com' }],
    ['Mapping', { BasePath: 'shop' }],
    ['Certificate', { SubjectAlternativeNames: ['www.example.com'] }],
    ['Acl', { Name: 'other' }],
  ])('%s with %j is replaced', (id, properties) => {
    const after = changed(REST, id, properties);
    expect(told(REST, after)).toContain(`replaced ${id}`);
    const [property] = Object.keys(properties);
    expect(moves(REST, after).find(({ kind }) => kind === 'replaced')?.what).toContain(`${property} changes from`);
  });

  test('what refers to it is replaced, too', () => {
    const found = told(REST, changed(REST, 'Key', { Name: 'other' }));
    expect(found).toEqual(['replaced Key', 'replaced PlanKey']);
  });

  test('other properties replace nothing', () => {
    const after = changed(changed(REST, 'Plan', { UsagePlanName: 'gold' }), 'Stage', { Description: 'x' });
    expect(told(REST, after)).toEqual([]);
  });

  test('a value that only the deployment knows is unknown, never a replacement', () => {
    const Parameters = { Name: { Type: 'String' } };
    const after = { Parameters, Resources: changed(REST, 'Key', { Name: ref('Name') }) };
    expect(told({ Resources: REST }, after)).toEqual(['unknown Key']);
    expect(told(after, after)).toEqual([]);
  });

  test('a log group that is retained when it is replaced keeps its events', () => {
    const before = { ...REST, Log: { ...REST.Log, UpdateReplacePolicy: 'Retain' } };
    expect(told(before, changed(before, 'Log', { LogGroupName: '/other' }))).toEqual(['changes Log']);
  });

  test('a name that is written instead of a reference to it is the same', () => {
    expect(told(REST, changed(REST, 'Mapping', { DomainName: 'api.example.com' }))).toEqual([]);
    expect(told(REST, changed(REST, 'Mapping', { DomainName: 'www.example.com' }))).toContain('replaced Mapping');
  });

  test('a number in YAML is the text in JSON', () => {
    expect(told(changed(REST, 'Key', { Name: '7' }), changed(REST, 'Key', { Name: 7 }))).toEqual([]);
  });
});

describe('a name that is taken', () => {
  test.each([
    ['Stage', 'keep the logical id Stage, with adopt'],
    ['PlanKey', 'keep the logical id PlanKey, with adopt'],
    ['Log', 'keep the logical id Log, with adopt'],
    ['Domain', 'keep the logical id Domain, with adopt'],
    ['Mapping', 'keep the logical id Mapping, with adopt'],
    ['Acl', 'keep the logical id Acl, with adopt'],
  ])('%s under another logical id collides', (id, instead) => {
    const collision = moves(REST, renamed(REST, { [id]: 'Renamed' })).find(({ kind }) => kind === 'collides');
    expect(collision).toMatchObject({ logicalId: 'Renamed', instead });
  });

  test('a key without a value has none', () => {
    expect(told(REST, renamed(REST, { Key: 'Renamed' })).filter((one) => one.startsWith('collides'))).toEqual([]);
    const valued = changed(REST, 'Key', { Value: 'a-value-of-twenty-characters' });
    expect(told(valued, renamed(valued, { Key: 'Renamed' }))).toContain('collides Renamed');
  });

  test('a new API has names of its own', () => {
    const after = renamed(REST, { Api: 'Api2', Stage: 'Stage2', Plan: 'Plan2', PlanKey: 'PlanKey2' });
    const collisions = told(REST, after).filter((one) => one.startsWith('collides'));
    expect(collisions).toEqual([]);
  });

  test('is taken by a retained resource, too', () => {
    const before = { ...REST, Log: { ...REST.Log, DeletionPolicy: 'Retain' } };
    expect(told(before, renamed(before, { Log: 'Renamed' }))).toEqual(['collides Renamed']);
  });

  test('a mapping of another type has the same path', () => {
    const mapping = { DomainName: ref('Domain'), ApiId: ref('Api'), Stage: ref('Stage') };
    const after = { ...without(REST, 'Mapping'), NewMapping: resource('AWS::ApiGatewayV2::ApiMapping', mapping) };
    const [collision] = moves(REST, after);
    expect(collision).toMatchObject({ kind: 'collides', logicalId: 'NewMapping' });
    expect(collision.instead).toContain('adopt.basePathMappings of the domain, with Mapping');
  });

  test('a resource of another type under the same logical id is refused', () => {
    const mapping = { DomainName: ref('Domain'), ApiId: ref('Api'), Stage: ref('Stage') };
    const after = { ...REST, Mapping: resource('AWS::ApiGatewayV2::ApiMapping', mapping) };
    expect(moves(REST, after).map(({ kind, what }) => [kind, what])).toContainEqual([
      'collides',
      expect.stringContaining('CloudFormation cannot change the type of a resource'),
    ]);
  });

  test('a stage that a deployment created', () => {
    const before = {
      ...without(REST, 'Stage', 'Association', 'Mapping', 'Plan', 'PlanKey'),
      Deployment: resource('AWS::ApiGateway::Deployment', { RestApiId: ref('Api'), StageName: 'prod' }),
    };
    const { Deployment, Stage } = REST;
    const collision = moves(before, { ...before, Deployment, Stage }).find(({ kind }) => kind === 'collides');
    expect(collision).toMatchObject({ logicalId: 'Stage', instead: expect.stringContaining('cdk import') });
  });

  test('a record whose name ends in a dot is the same', () => {
    const record = (Name: string) => ({ HostedZoneId: 'Z1', Name, Type: 'A', TTL: 60, ResourceRecords: ['192.0.2.1'] });
    const before = { One: resource('AWS::Route53::RecordSet', record('api.example.com')) };
    const after = { Two: resource('AWS::Route53::RecordSet', record('api.example.com.')) };
    expect(told(before, after)).toEqual(['collides Two', 'lost One']);
  });
});

describe('a document in the place of resources', () => {
  const part = resource('AWS::ApiGateway::Resource', {
    RestApiId: ref('Api'),
    ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
    PathPart: 'orders',
  });
  const before = { ...changed(REST, 'Api', { Body: undefined }), Orders: part };

  test('loses the routes after the import', () => {
    expect(moves(before, REST)).toMatchObject([
      { kind: 'lost', logicalId: 'Api', what: expect.stringContaining('CloudFormation deletes Orders,') },
    ]);
  });

  test('loses nothing if they are retained, or the API is another one', () => {
    expect(told({ ...before, Orders: { ...part, DeletionPolicy: 'Retain' } }, REST)).toEqual([]);
    const other = told(before, renamed(REST, { Api: 'Api2', Stage: 'Stage2' }));
    expect(other.filter((one) => one === 'lost Api')).toHaveLength(1);
  });
});

describe('a log group of execution logs', () => {
  const group = resource('AWS::Logs::LogGroup', {
    LogGroupName: { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', ref('Api'), '/prod']] },
  });
  const logging = (LoggingLevel: unknown) =>
    changed(REST, 'Stage', { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel }] });

  test.each([
    ['ERROR', ['collides Group']],
    ['INFO', ['collides Group']],
    ['OFF', []],
  ])('after the level %s: %j', (level, expected) => {
    const before = logging(level);
    expect(told(before, { ...before, Group: group })).toEqual(expected);
  });

  test('after a level that only the deployment knows it may collide', () => {
    const Parameters = { Level: { Type: 'String' } };
    const Resources = logging(ref('Level'));
    expect(told({ Parameters, Resources }, { Parameters, Resources: { ...Resources, Group: group } })).toEqual([
      'unknown Group',
    ]);
  });

  test('of a new API, or one that was declared before, is free', () => {
    const before = { ...logging('ERROR'), Group: group };
    expect(told(before, before)).toEqual([]);
    const other = renamed(before, { Api: 'Api2', Stage: 'Stage2', Group: 'Group2' });
    expect(told(logging('ERROR'), other).filter((one) => /Group2/.test(one))).toEqual([]);
  });
});

describe('the role with which the account logs', () => {
  const before = {
    ...REST,
    Account: resource('AWS::ApiGateway::Account', { CloudWatchRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
    Role: resource('AWS::IAM::Role'),
  };

  test('is lost with the template, whatever becomes of the account resource', () => {
    expect(told(before, REST)).toEqual(['lost Role']);
    expect(told(before, without(before, 'Role'))).toEqual(['lost Role']);
  });

  test('is not lost if it remains or is retained', () => {
    expect(told(before, without(before, 'Account'))).toEqual([]);
    expect(told({ ...before, Role: { ...before.Role, DeletionPolicy: 'Retain' } }, REST)).toEqual([]);
  });

  test('another role is nothing of the account', () => {
    expect(told({ ...REST, Role: before.Role }, REST)).toEqual([]);
  });
});

describe('what callers of an API that remains notice', () => {
  test.each([
    [{ EndpointConfiguration: { Types: ['EDGE'] } }, 'the endpoint type changes from REGIONAL to EDGE'],
    [{ EndpointConfiguration: undefined }, 'the endpoint type changes from REGIONAL to EDGE'],
    [{ SecurityPolicy: undefined }, 'the security policy changes from TLS_1_2 to TLS_1_0'],
    [{ EndpointAccessMode: 'STRICT' }, 'the access mode changes from BASIC to STRICT'],
    [{ DisableExecuteApiEndpoint: true }, 'whether the default endpoint is disabled changes from false to true'],
  ])('%j', (properties, what) => {
    expect(moves(REST, changed(REST, 'Api', properties))).toMatchObject([{ kind: 'changes', what }]);
  });

  test('the default in other words is none', () => {
    const words = { DisableExecuteApiEndpoint: false, EndpointAccessMode: 'BASIC' };
    expect(told(REST, changed(REST, 'Api', words))).toEqual([]);
  });

  test('an unknown setting is none', () => {
    const Parameters = { Policy: { Type: 'String' } };
    const after = { Parameters, Resources: changed(REST, 'Api', { SecurityPolicy: ref('Policy') }) };
    expect(told({ Resources: REST }, after)).toEqual([]);
  });
});
