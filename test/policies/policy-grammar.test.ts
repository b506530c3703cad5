import { policyFaults } from '../../lib/policies/policy-grammar';

const STATEMENT = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const faultsOf = (statement: object): string[] =>
  [...policyFaults({ Statement: [{ ...STATEMENT, ...statement }] })].map(
    ({ path, message, isSuspect }) => `${path.join('.')} ${message}${isSuspect === true ? ' (suspect)' : ''}`,
  );
const compared = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });

test.each([
  ['nothing more', {}],
  ['no resource: it is then about the API', { Resource: undefined }],
  ['wildcards in the action', { Action: ['execute-api:*', '*', 'execute-api:Inv?ke'] }],
  ['the action in another case', { Action: 'Execute-Api:invoke' }],
  [
    'resources by ARN',
    { Resource: ['*', 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/a', 'arn:aws-cn:*'] },
  ],
  [
    'principals',
    { Principal: { AWS: ['123456789012', 'arn:aws:sts::123456789012:assumed-role/a/b', '*'], Service: 'a' } },
  ],
  ['operators with their affixes', compared('ForAnyValue:StringEqualsIgnoreCaseIfExists', 'aws:PrincipalOrgID', 'o-1')],
  ['an operator in another case', compared('notipaddress', 'AWS:SOURCEIP', '10.0.0.0/8')],
  ['an address alone, and one of version 6', compared('IpAddress', 'aws:SourceIp', ['203.0.113.7', '2001:db8::/32'])],
  ['a pattern of endpoints', compared('StringLike', 'aws:SourceVpce', 'vpce-*')],
  ['a key of a tag', compared('StringEquals', 'aws:PrincipalTag/team', 'a')],
  ['a key that no other is near', compared('StringEquals', 'aws:EntirelyNewAndDifferent', 'a')],
  ['a key of the service', compared('StringEquals', 'execute-api:viaDomainArn', 'a')],
  [
    'functions everywhere',
    { Effect: { Ref: 'E' }, Principal: { Ref: 'P' }, Action: { Ref: 'A' }, Resource: { Ref: 'R' } },
  ],
  ['a range from elsewhere', compared('IpAddress', 'aws:SourceIp', [{ Ref: 'Range' }, { 'Fn::Sub': '${Base}/8' }])],
])('a policy may have %s', (_, statement) => {
  expect(faultsOf(statement)).toEqual([]);
});

test.each([
  ['Statement.0.Effect', { Effect: 'ALLOW' }, 'there are Allow and Deny'],
  ['Statement.0', { Effect: undefined }, 'without Effect'],
  ['Statement.0', { Principal: undefined }, 'without Principal'],
  ['Statement.0.NotAction', { NotAction: 'execute-api:Invoke' }, 'both Action and NotAction'],
  ['Statement.0.Principal', { Principal: '123456789012' }, '{ "AWS": "123456789012" }'],
  ['Statement.0.Principal.AWS', { Principal: { AWS: '12345' } }, 'an account id of 12 digits'],
  ['Statement.0.Principal.aws', { Principal: { aws: '*' } }, 'did you mean AWS?'],
  ['Statement.0.Action', { Action: 'execute-api:Invok' }, 'did you mean execute-api:Invoke?'],
  ['Statement.0.Action', { Action: 'apigateway:GET' }, 'not an action of an API'],
  ['Statement.0.Resource', { Resource: 'execute-api/*' }, 'not a route of an API'],
  ['Statement.0.Conditions', { Conditions: {} }, 'did you mean Condition?'],
  ['Statement.0.Condition', { Condition: 'aws:SourceIp' }, 'not a map of operators'],
  ['Statement.0.Condition.IpAdress', compared('IpAdress', 'aws:SourceIp', '10.0.0.0/8'), 'did you mean IpAddress?'],
  [
    'Statement.0.Condition.IpAddress.aws:SourceIp',
    compared('IpAddress', 'aws:SourceIp', '10.0.0/8'),
    'not an address range',
  ],
  [
    'Statement.0.Condition.IpAddress.aws:SourceIp',
    compared('IpAddress', 'aws:SourceIp', '::1/129'),
    'not an address range',
  ],
  [
    'Statement.0.Condition.StringEquals.aws:SourceVpc',
    compared('StringEquals', 'aws:SourceVpc', 'vpce-1'),
    'begin with vpc-',
  ],
  ['Statement.0.Condition.StringEquals.SourceIp', compared('StringEquals', 'SourceIp', 'a'), 'write e.g. aws:SourceIp'],
  ['Statement.0.Condition.Bool.aws:SecureTransprt', compared('Bool', 'aws:SecureTransprt', 'true'), '(suspect)'],
  ['Statement.0.Condition.StringLike.aws:SourceIp', compared('StringLike', 'aws:SourceIp', '10.0.0.0/8'), '(suspect)'],
])('at %s a policy has a fault: %j', (place, statement, message) => {
  const found = faultsOf(statement);
  expect(found).toHaveLength(1);
  expect(found[0].slice(0, found[0].indexOf(' '))).toBe(place);
  expect(found[0]).toContain(message);
});

test('a policy is read from a text too, and what is no policy is told', () => {
  const messages = (policy: unknown) => [...policyFaults(policy)].map(({ message }) => message);
  expect(messages(JSON.stringify({ Version: '2012-10-17', Statement: STATEMENT }))).toEqual([]);
  expect(messages('{')).toEqual(['is a text that is not JSON']);
  expect(messages({ Version: '2012-10-17' })).toEqual(['has no Statement']);
  expect(messages({ Version: '2012', Statement: [] })).toEqual([
    'has the Version "2012"; there are 2012-10-17 and 2008-10-17',
  ]);
  expect(messages({ 'Fn::If': ['A', {}, {}] })).toEqual([]);
});
