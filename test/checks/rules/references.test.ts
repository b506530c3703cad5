import { readModel } from '../../../lib/template/reader/read';
import { type Finding } from '../../../lib/checks/rule';
import { runRules } from '../../../lib/checks/run';
import { goodResources, source } from '../support';

type Dict = Record<string, unknown>;

const STATEMENT = { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' };

describe('what a trust policy says about API Gateway', () => {
  const trust = (policy: unknown) =>
    readModel([
      source({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy } } } }),
    ]).roles[0].trustsApiGateway;

  test.each<[string, unknown]>([
    ['one statement', { Statement: STATEMENT }],
    ['a list', { Statement: [{ ...STATEMENT, Principal: { Service: 'lambda.amazonaws.com' } }, STATEMENT] }],
    ['another case of the action', { Statement: { ...STATEMENT, Action: ['STS:assumerole'] } }],
    ['every action', { Statement: { ...STATEMENT, Action: '*' } }],
    ['everyone', { Statement: { ...STATEMENT, Principal: '*' } }],
  ])('it trusts: %s', (_, policy) => {
    expect(trust(policy)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['another service', { Statement: { ...STATEMENT, Principal: { Service: ['lambda.amazonaws.com'] } } }],
    ['another name of the service', { Statement: { ...STATEMENT, Principal: { Service: 'apigateway.amazon.com' } } }],
    ['an account', { Statement: { ...STATEMENT, Principal: { AWS: '123456789012' } } }],
    ['another action', { Statement: { ...STATEMENT, Action: 'sts:TagSession' } }],
    ['a denial', { Statement: { ...STATEMENT, Effect: 'Deny' } }],
    ['nothing', { Statement: [] }],
  ])('it does not: %s', (_, policy) => {
    expect(trust(policy)).toBe(false);
  });

  test.each<[string, unknown]>([
    ['no policy', undefined],
    ['a parameter', { Ref: 'Policy' }],
    ['a service that a parameter names', { Statement: { ...STATEMENT, Principal: { Service: { Ref: 'Service' } } } }],
    ['everyone but', { Statement: { Effect: 'Allow', NotPrincipal: { AWS: '1' }, Action: 'sts:AssumeRole' } }],
    ['statements of a condition', { Statement: { 'Fn::If': ['A', STATEMENT, { Ref: 'B' }] } }],
  ])('it is unknown: %s', (_, policy) => {
    expect(typeof trust(policy)).toBe('symbol');
  });
});

describe('names across templates', () => {
  const stack = (name: string, Resources: Dict, more: object = {}) => source({ Resources, ...more }, `${name}.json`);
  const found = (findings: readonly Finding[], id: string) => findings.filter((finding) => finding.id === id);

  test('the order of two stacks is not that of resources', () => {
    const { template } = goodResources();
    const api = stack('api', template.Resources as Dict, {
      Outputs: { Id: { Value: { Ref: 'Api' }, Export: { Name: 'api-id' } } },
    });
    const plans = stack('plans', {
      Other: {
        Type: 'AWS::ApiGateway::UsagePlan',
        Properties: { ApiStages: [{ ApiId: { 'Fn::ImportValue': 'api-id' }, Stage: 'prod' }] },
      },
    });
    const findings = runRules(readModel([api, plans]));
    expect(found(findings, 'ALL-DEP23')).toEqual([]);
    expect(found(findings, 'ALL-DEP24')).toEqual([]);
  });

  test('a stage that is in none of them is reported with those that are', () => {
    const draft = goodResources();
    draft.add('Other', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: 'live' }] });
    expect(found(runRules(readModel([source(draft.template)])), 'ALL-DEP24').map(({ message }) => message)).toEqual([
      'Other names the stage "live", which Api does not have; the templates define prod',
    ]);
  });
});
