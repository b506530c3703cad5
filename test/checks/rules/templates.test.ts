import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/reader/read';
import { type Draft, findings, goodBody, goodHttpResources, goodResources, ids, keeps, source } from '../support';
import { type Json } from '../support';

const remove = (draft: Draft, name: string): boolean => delete (draft.resources as Partial<Json>)[name];

describe('several templates', () => {
  test.each([
    ['the same Region', 'eu-west-1', ['REST-LOG13']],
    ['another Region', 'us-east-1', []],
    ['a Region that nobody knows', undefined, []],
  ])('REST-LOG13: a stack beside it in %s', (_, region, expected) => {
    const env = { account: '123456789012', region: 'eu-west-1' };
    const draft = goodResources();
    const other = { Resources: { Account: draft.resources.Account, Role: draft.resources.Role } };
    const model = readModel([
      source(draft.template, 'a.json', env),
      source(other, 'b.json', region === undefined ? {} : { ...env, region }),
    ]);
    expect(ids(runRules(model))).toEqual(expected);
  });

  test('ALL-OBS3 tells the APIs of the templates apart', () => {
    const [watched, other] = [goodHttpResources(), goodHttpResources()];
    remove(other, 'Failures');
    expect(findings(watched.template, other.template)).toMatchObject([
      { id: 'ALL-OBS3', logicalId: 'Api', template: 'cdk.out/t1.template.json' },
    ]);
  });

  test('ALL-IAM1 says nothing of a policy whose role is elsewhere', () => {
    const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: ['sqs:*'], Resource: 'x' }] };
    const Policy = { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument } };
    expect(findings({ Resources: { Policy } })).toEqual([]);
  });

  test('ALL-AUTH33: the functions of other stacks count too', () => {
    const draft = goodResources();
    const { Fn, FnPermission, ...api } = draft.resources;
    const there = {
      Resources: { Fn, FnPermission },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Export: { Name: 'FnArn' } } },
    };
    const before = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/';
    const uri = { 'Fn::Join': ['', [before, { 'Fn::ImportValue': 'FnArn' }, '/invocations']] };
    for (const method of ['ListOrders', 'CreateOrder', 'GetOrder']) {
      api[method].Properties.Integration.Uri = uri as unknown as Json;
    }
    delete FnPermission.Properties.SourceArn as unknown;
    Object.assign(FnPermission.Properties, { SourceAccount: '123456789012' });
    expect(ids(findings({ Resources: api }, there))).toEqual([]);
    Object.assign(FnPermission.Properties, { Principal: 'events.amazonaws.com' });
    expect(ids(findings({ Resources: api }, there))).toEqual(['ALL-AUTH33']);
  });
});

describe('sizes', () => {
  test('OAS4: a definition of more than 6 MB', () => {
    const found = (megabytes: number): string[] => {
      const draft = goodBody();
      draft.body.info.description = 'x'.repeat(megabytes * 1024 * 1024) as unknown as Json;
      return ids(findings(draft.template));
    };
    expect(found(7)).toContain('OAS4');
    expect(found(5)).not.toContain('OAS4');
  });

  keeps('REST-AUTH29', 'a policy of just the length', {
    both: (draft) => {
      const policy = (size: number): void => {
        const StringEquals = { 'aws:SourceVpce': 'vpce-1' };
        const allow = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
        const Statement = [{ ...allow, Condition: { StringEquals }, Sid: 'x'.repeat(size) }];
        draft.set('Api', { Policy: { Version: '2012-10-17', Statement } });
      };
      draft.set('Api', { EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'] } });
      policy(0);
      policy(8192 - JSON.stringify(draft.props('Api').Policy).length);
    },
  });

  // /orders and /orders/{id} are there already.
  const withPaths = (...paths: string[]): Draft => {
    const draft = goodBody();
    draft.unset('FnPermission', 'SourceArn');
    draft.set('FnPermission', { SourceAccount: { Ref: 'AWS::AccountId' } });
    paths.forEach((name) => Object.assign(draft.body.paths, { [name]: { get: draft.operation('get', '/orders') } }));
    return draft;
  };
  const named = (count: number, name: (at: number) => string) => [...Array(count).keys()].map(name);

  test.each([
    [250, []],
    [251, ['info']],
    [300, ['info']],
    [301, ['warning']],
  ])('ALL-ROUTE8: %i resources', (count, severities) => {
    const draft = withPaths(...named(count - 2, (at) => `/r${at}`));
    expect(findings(draft.template)).toMatchObject(severities.map((severity) => ({ id: 'ALL-ROUTE8', severity })));
  });

  test('ALL-ROUTE8 counts the resources between, and none twice', () => {
    const draft = withPaths(...named(198, (at) => `/r${at}`), ...named(50, (at) => `/deep/d${at}/leaf`));
    expect(findings(draft.template)).toMatchObject([{ message: expect.stringContaining('301 resources') as string }]);
  });
});
