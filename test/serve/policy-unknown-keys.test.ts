import { evaluatePolicy, type PolicyRequest } from '../../lib/serve/policy';
import { type Json } from '../../lib/serve/json';

const resource = 'arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/stock';
const asked = (more: Partial<PolicyRequest> = {}): PolicyRequest => ({
  ...{ action: 'execute-api:Invoke', resource, conditions: { 'aws:vpcsourceip': '10.0.0.1' } },
  isUnknown: (key) => key === 'aws:sourcevpce',
  ...more,
});
const statement = (Effect: string, Condition?: Json): Json => ({
  ...{ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
  ...(Condition === undefined ? {} : { Condition }),
});
const decide = (statements: readonly Json[], request = asked()) =>
  evaluatePolicy({ Statement: [...statements] }, request, true);

describe('a condition on what is not known', () => {
  const other = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } };
  const own = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };

  test('denies nobody', () => {
    expect(decide([statement('Allow'), statement('Deny', other)])).toEqual({
      ...{ decision: 'allow', statement: 0 },
      assumed: ['aws:SourceVpce'],
    });
  });

  test('keeps nobody out', () => {
    expect(decide([statement('Allow', own)])).toMatchObject({ decision: 'allow', assumed: ['aws:SourceVpce'] });
  });

  test('does not count where another one decides', () => {
    const outside = { NotIpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } };
    expect(decide([statement('Allow'), statement('Deny', { ...other, ...outside })])).toEqual({
      ...{ decision: 'allow', statement: 0 },
    });
    const request = asked({ conditions: { 'aws:vpcsourceip': '192.0.2.1' } });
    expect(decide([statement('Allow'), statement('Deny', outside)], request).decision).toBe('explicitDeny');
  });

  test('is one of something that is missing, where the request does not have it', () => {
    const request = asked({ isUnknown: () => false });
    expect(decide([statement('Allow'), statement('Deny', other)], request).decision).toBe('explicitDeny');
    expect(decide([statement('Allow', own)], request).decision).toBe('implicitDeny');
  });
});
