import {
  API_ACCOUNT,
  type Authorization,
  type Call,
  deployed,
  tableA,
  tableB,
  verdict,
  type Word,
} from './resource-policy';

const OTHER_ACCOUNT = '222222222222';
const alice = { account: OTHER_ACCOUNT, arn: `arn:aws:iam::${OTHER_ACCOUNT}:user/Alice` };
const bob = { account: OTHER_ACCOUNT, arn: `arn:aws:iam::${OTHER_ACCOUNT}:user/Bob` };
const own = { account: API_ACCOUNT, arn: `arn:aws:iam::${API_ACCOUNT}:role/own` };
const call = (more: Partial<Call> = {}): Call => ({
  stage: 'prod',
  method: 'GET',
  path: '/pets',
  sourceIp: '198.51.100.7',
  ...more,
});
const policy = (...statements: object[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((one) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: `arn:aws:execute-api:eu-west-1:${API_ACCOUNT}:api/*`,
    ...one,
  })),
});
const says: Record<Word, object> = {
  Allow: policy({}),
  Neither: policy({ Resource: 'execute-api:/prod/GET/elsewhere' }),
  Deny: policy({}, { Effect: 'Deny' }),
};
const WORDS: readonly Word[] = ['Allow', 'Neither', 'Deny'];
const all = WORDS.flatMap((one) => WORDS.map((other) => [one, other] as const));

describe('the tables of the developer guide', () => {
  // Rows in the order of the page: what the caller's side says, then what the resource policy says.
  const A = ['Allow', 'Allow', 'Deny', 'Allow', 'Deny', 'Deny', 'Deny', 'Deny', 'Deny'];
  const B = ['Allow', 'Deny', 'Deny', 'Deny', 'Deny', 'Deny', 'Deny', 'Deny', 'Deny'];

  test.each(all.map(([one, other], row) => [one, other, A[row], B[row]] as const))(
    '%s and %s: %s in one account, %s across',
    (word, resource, inOne, across) => {
      expect([tableA(word, resource), tableB(word, resource)]).toEqual([inOne, across]);
      const signed = { authorization: 'AWS_IAM', word } as const;
      expect(verdict(says[resource], call({ identity: own }), signed)).toBe(inOne);
      expect(verdict(says[resource], call({ identity: alice }), signed)).toBe(across);
      expect(verdict(says[resource], call(), { authorization: 'CUSTOM', word })).toBe(inOne);
    },
  );
});

describe('the flows of the developer guide', () => {
  test.each<[Authorization, Word | undefined, Record<Word, string>]>([
    ['NONE', undefined, { Allow: 'Allow', Neither: 'Deny', Deny: 'Deny' }],
    ['COGNITO_USER_POOLS', 'Allow', { Allow: 'Allow', Neither: 'Deny', Deny: 'Deny' }],
    ['COGNITO_USER_POOLS', undefined, { Allow: 'Deny', Neither: 'Deny', Deny: 'Deny' }],
    ['CUSTOM', undefined, { Allow: 'Deny', Neither: 'Deny', Deny: 'Deny' }],
    ['AWS_IAM', undefined, { Allow: 'Deny', Neither: 'Deny', Deny: 'Deny' }],
  ])('%s, %s', (authorization, word, expected) => {
    for (const resource of WORDS) {
      expect([resource, verdict(says[resource], call(), { authorization, word })]).toEqual([
        resource,
        expected[resource],
      ]);
    }
  });

  test('without a policy the authorizer alone decides, and no other account is let in', () => {
    expect(verdict(undefined, call(), { authorization: 'NONE' })).toBe('Allow');
    expect(verdict(undefined, call(), { authorization: 'CUSTOM', word: 'Allow' })).toBe('Allow');
    expect(verdict(undefined, call({ identity: own }), { authorization: 'AWS_IAM', word: 'Allow' })).toBe('Allow');
    expect(verdict(undefined, call({ identity: alice }), { authorization: 'AWS_IAM', word: 'Allow' })).toBe('Deny');
  });
});

describe('the examples of the developer guide', () => {
  const signed = { authorization: 'AWS_IAM', word: 'Allow' } as const;
  const open = { authorization: 'NONE' } as const;

  test('users of another account', () => {
    const Resource = [`arn:aws:execute-api:eu-west-1:${API_ACCOUNT}:api/stage/GET/pets`];
    const byName = policy({ Principal: { AWS: [alice.arn] }, Resource });
    const byAccount = policy({ Principal: { AWS: [OTHER_ACCOUNT] }, Resource });
    const at = { stage: 'stage' };
    expect(verdict(byName, call({ ...at, identity: alice }), signed)).toBe('Allow');
    expect(verdict(byName, call({ ...at, identity: bob }), signed)).toBe('Deny');
    expect(verdict(byName, call({ ...at, path: '/pets/7', identity: alice }), signed)).toBe('Deny');
    expect(verdict(byName, call({ ...at, method: 'POST', identity: alice }), signed)).toBe('Deny');
    expect(verdict(byAccount, call({ ...at, identity: bob }), signed)).toBe('Allow');
    expect(verdict(byAccount, call({ ...at, identity: bob }), { ...signed, word: 'Neither' })).toBe('Deny');
  });

  test('an account as principal of its own API asks for a policy of the identity all the same', () => {
    const root = policy({ Principal: { AWS: `arn:aws:iam::${API_ACCOUNT}:root` } });
    expect(verdict(root, call({ identity: own }), { ...signed, word: 'Neither' })).toBe('Deny');
    expect(verdict(root, call({ identity: own }), signed)).toBe('Allow');
    expect(
      verdict(policy({ Principal: { AWS: own.arn } }), call({ identity: own }), { ...signed, word: 'Neither' }),
    ).toBe('Allow');
  });

  test.each([
    ['aws:SourceIp', {}],
    ['aws:VpcSourceIp', { vpcEndpoint: 'vpce-1a2b3c4d' }],
  ])('denied addresses: %s', (key, through) => {
    const denied = policy(
      {},
      { Effect: 'Deny', Condition: { IpAddress: { [key]: ['192.0.2.0/24', '198.51.100.0/24', '2001:db8::/32'] } } },
    );
    expect(verdict(denied, call({ ...through }), open)).toBe('Deny');
    expect(verdict(denied, call({ ...through, sourceIp: '2001:db8::1' }), open)).toBe('Deny');
    expect(verdict(denied, call({ ...through, sourceIp: '203.0.113.1' }), open)).toBe('Allow');
  });

  test.each([
    ['aws:SourceVpc', 'vpc', 'vpc-1a2b3c4d'],
    ['aws:SourceVpce', 'vpcEndpoint', 'vpce-1a2b3c4d'],
  ])('one network only: %s', (key, through, id) => {
    const fenced = policy({}, { Effect: 'Deny', Condition: { StringNotEquals: { [key]: id } } });
    expect(verdict(fenced, call({ [through]: id }), open)).toBe('Allow');
    expect(verdict(fenced, call({ [through]: `${id}9` }), open)).toBe('Deny');
    expect(verdict(fenced, call(), open)).toBe('Deny');
    // With a Lambda authorizer the denial comes before the function, and nothing needs to be allowed.
    const deny = { ...fenced, Statement: fenced.Statement.slice(1) };
    expect(verdict(deny, call({ [through]: id }), { authorization: 'CUSTOM', word: 'Allow' })).toBe('Allow');
    expect(verdict(deny, call(), { authorization: 'CUSTOM', word: 'Allow' })).toBe('Deny');
  });
});

describe('conditions and patterns', () => {
  test('keys of the caller are there with IAM only', () => {
    const unsigned = policy({ Condition: { Null: { 'aws:PrincipalArn': 'true' } } });
    expect(verdict(unsigned, call(), { authorization: 'NONE' })).toBe('Allow');
    expect(verdict(unsigned, call({ identity: own }), { authorization: 'NONE' })).toBe('Allow');
    expect(verdict(unsigned, call({ identity: own }), { authorization: 'AWS_IAM', word: 'Neither' })).toBe('Deny');
    expect(verdict(unsigned, call(), { authorization: 'CUSTOM', word: 'Neither' })).toBe('Allow');
    const others = policy({}, { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } });
    expect(verdict(others, call(), { authorization: 'NONE' })).toBe('Deny');
    const member = { ...own, organization: 'o-1' };
    expect(verdict(others, call({ identity: member }), { authorization: 'AWS_IAM', word: 'Allow' })).toBe('Allow');
  });

  test('a star takes slashes, a question mark one character', () => {
    const at = (resource: string, path: string) =>
      verdict(policy({ Resource: `execute-api:/${resource}` }), call({ path }), { authorization: 'NONE' });
    expect(at('*/GET/a/*', '/a/b/c')).toBe('Allow');
    expect(at('*/GET/a/*', '/a/')).toBe('Allow');
    expect(at('*/GET/a/?*', '/a/')).toBe('Deny');
    expect(at('*/GET/a/?*', '/a/b')).toBe('Allow');
    expect(at('*/GET/health', '/files/GET/health')).toBe('Allow');
    expect(at('prod/GET/health', '/files/GET/health')).toBe('Deny');
  });

  test('what is not evaluated is an error', () => {
    const of = (statement: object) => () => verdict(policy(statement), call(), { authorization: 'NONE' });
    expect(of({ NotResource: 'x' })).toThrow('not evaluated: NotResource');
    expect(of({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })).toThrow('not evaluated: Bool');
    expect(() => deployed({ Ref: 'Vpc' })).toThrow('not known before the deployment: Vpc');
  });
});
