import * as fc from 'fast-check';
import { type Call, type Identity, verdict, type Word } from '../../support/resource-policy';
import { signedHeaders } from '../signing';
import { POOL_ARN, poolDocument, POOL_NOW, poolToken } from '../pool-tokens';
import { ACCOUNT, API_ID, functionGuard, type Loose, method, policyOf, proxied, REGION, TestGateway } from './support';

const ARN = `arn:aws:execute-api:${REGION}:********1111:${API_ID}/prod/GET/x`;

const statement = (effect: string, more: Loose = {}): Loose => ({
  ...{ Effect: effect, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
  ...more,
});
const policy = (...statements: readonly Loose[]): Loose => ({ Policy: { Statement: statements } });

const NOW = 1_700_000_000_000;
const signedBy = (key: string): ReadonlyArray<readonly [string, string]> => [
  [
    'Authorization',
    `AWS4-HMAC-SHA256 Credential=${key}/20231114/x/execute-api/aws4_request, SignedHeaders=host, Signature=0`,
  ],
];

test('without an authorizer the policy must allow, and says what is refused', async () => {
  const silent = new TestGateway({
    methods: { 'GET /x': proxied() },
    api: policy(statement('Allow', { Resource: 'x' })),
  });
  const { status, text, headers } = await silent.send('GET', '/x');
  expect([status, headers['x-amzn-errortype']]).toEqual([403, 'AccessDeniedException']);
  expect(text).toBe(
    `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${ARN}"}`,
  );
  const denying = new TestGateway({
    methods: { 'GET /x': proxied() },
    api: policy(statement('Allow'), statement('Deny')),
  });
  expect((await denying.send('GET', '/x')).text).toContain(`${ARN} with an explicit deny"}`);
  expect(denying.events).toEqual([]);
});

describe('with a function', () => {
  const guarded = (Authorizer: Word, ...statements: readonly Loose[]) =>
    new TestGateway({
      methods: { 'GET /x': method(proxied(), { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } }) },
      ...{ guard: functionGuard(), api: statements.length > 0 ? policy(...statements) : {} },
      functions: { Auth: () => policyOf(Authorizer, {}, Authorizer === 'Neither' ? 'x' : '*') },
    });
  const token = [['Authorization', 't']] as const;

  test('an explicit deny of the policy goes first: the function is not called', async () => {
    const gateway = guarded('Allow', statement('Deny'));
    expect(await gateway.send('GET', '/x', token)).toMatchObject({ status: 403 });
    expect(gateway.authorizerEvents).toEqual([]);
  });

  test('a policy that says nothing leaves it to the function', async () => {
    const silent = statement('Allow', { Resource: 'execute-api:/other/*' });
    expect((await guarded('Allow', silent).send('GET', '/x', token)).status).toBe(200);
    const { status, text } = await guarded('Neither', silent).send('GET', '/x', token);
    expect([status, text]).toEqual([403, '{"Message":"User is not authorized to access this resource"}']);
  });

  test('a policy that allows is enough if the function says nothing, and not if it denies', async () => {
    const gateway = guarded('Neither', statement('Allow'));
    const { status, steps } = await gateway.send('GET', '/x', token);
    expect(status).toBe(200);
    expect(steps.find(({ stage }) => stage === 'authorizer')?.note).toBe(
      'The policy of the authorizer neither allows nor denies it; the resource policy allows it',
    );
    const denied = await guarded('Deny', statement('Allow')).send('GET', '/x', token);
    expect(denied.text).toBe('{"Message":"User is not authorized to access this resource with an explicit deny"}');
  });
});

describe('with IAM', () => {
  const open = (...statements: readonly Loose[]) =>
    new TestGateway({
      methods: { 'GET /x': method(proxied(), { AuthorizationType: 'AWS_IAM' }) },
      api: statements.length > 0 ? policy(...statements) : {},
    });

  test('callers of the account need no word of the policy; the context names them', async () => {
    const gateway = open(statement('Allow', { Principal: { AWS: 'arn:aws:iam::222222222222:root' } }));
    expect((await gateway.send('GET', '/x', signedBy('OWN'))).status).toBe(200);
    expect((gateway.lastEvent.requestContext as Loose).identity).toMatchObject({
      ...{ accessKey: 'OWN', accountId: ACCOUNT, caller: 'OWN', user: 'OWN' },
      userArn: `arn:aws:iam::${ACCOUNT}:user/OWN`,
    });
  });

  test('a statement about the caller is found, and the answer names them', async () => {
    const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:user/OWN` };
    const { status, text } = await open(statement('Deny', { Principal })).send('GET', '/x', signedBy('OWN'));
    expect([status, text]).toEqual([
      403,
      `{"Message":"User: arn:aws:iam::${ACCOUNT}:user/OWN is not authorized to perform: execute-api:Invoke on resource: ${ARN} with an explicit deny"}`,
    ]);
    expect((await open(statement('Deny', { Principal })).send('GET', '/x', signedBy('BEA'))).status).toBe(200);
  });

  test('who is not signed is not asked about', async () => {
    expect((await open(statement('Allow')).send('GET', '/x')).text).toBe('{"message":"Missing Authentication Token"}');
  });
});

describe('with a user pool', () => {
  const pooled = (...statements: readonly Loose[]) =>
    new TestGateway({
      methods: {
        'GET /x': method(proxied(), { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Guard' } }),
      },
      guard: {
        ...{ Name: 'guard', Type: 'COGNITO_USER_POOLS', ProviderARNs: [POOL_ARN] },
        IdentitySource: 'method.request.header.Authorization',
      },
      ...{ api: policy(...statements), now: () => POOL_NOW, server: ({ url }) => ({ body: poolDocument(url) }) },
    });
  const token = [['Authorization', poolToken()]] as const;

  test('the token is looked at first, and then the policy must allow', async () => {
    expect((await pooled(statement('Allow')).send('GET', '/x', token)).status).toBe(200);
    expect((await pooled(statement('Deny')).send('GET', '/x')).text).toBe('{"message":"Unauthorized"}');
    const silent = await pooled(statement('Allow', { Resource: 'x' })).send('GET', '/x', token);
    expect([silent.status, silent.text]).toEqual([403, expect.stringContaining('User: anonymous is not authorized')]);
    expect((await pooled(statement('Deny')).send('GET', '/x', token)).text).toContain('with an explicit deny');
  });
});

test('the decisions are those of the tables of AWS', async () => {
  const accounts = [ACCOUNT, '222222222222'];
  const one = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.constantFrom<unknown>(
      '*',
      { AWS: '*' },
      ...accounts.map((each) => ({ AWS: `arn:aws:iam::${each}:role/ann` })),
    ),
    Action: fc.constantFrom('execute-api:Invoke', '*'),
    Resource: fc.constantFrom('execute-api:/*', 'execute-api:/prod/GET/*', 'execute-api:/prod/POST/*'),
    Condition: fc.constantFrom<Loose>(
      {},
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/24'] } },
      { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/24'] } },
      { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } },
      { Null: { 'aws:PrincipalArn': 'true' } },
    ),
  });
  const words = fc.constantFrom<Word>('Allow', 'Neither', 'Deny');
  await fc.assert(
    fc.asyncProperty(
      fc.option(fc.array(one, { minLength: 1, maxLength: 3 })),
      fc.constantFrom('NONE', 'AWS_IAM', 'CUSTOM'),
      words,
      fc.constantFrom('10.0.0.1', '10.0.1.1'),
      fc.constantFrom(...accounts),
      async (statements, authorization, word, sourceIp, accountId) => {
        const identity: Identity = { account: accountId, arn: `arn:aws:iam::${accountId}:role/ann` };
        const call: Call = { stage: 'prod', method: 'GET', path: '/x', sourceIp, identity };
        const expected = verdict(statements ? { Statement: statements } : undefined, call, {
          authorization: authorization as 'NONE',
          // What the policies of a caller say is not known here: they are taken to allow.
          word: authorization === 'AWS_IAM' ? 'Allow' : word,
        });
        const properties = authorization === 'CUSTOM' ? { AuthorizerId: { Ref: 'Guard' } } : {};
        const gateway = new TestGateway({
          methods: { 'GET /x': method(proxied(), { AuthorizationType: authorization, ...properties }) },
          ...{ guard: functionGuard(), api: statements ? policy(...(statements as Loose[])) : {} },
          functions: { Auth: () => policyOf(word, {}, word === 'Neither' ? 'x' : '*') },
          ...{
            now: () => NOW,
            credentials: [{ accessKeyId: 'ANN', secretAccessKey: 's', accountId, userArn: identity.arn }],
          },
        });
        const signer = { accessKeyId: 'ANN', secretAccessKey: 's' };
        const toSign = { method: 'GET', target: '/prod/x', at: NOW };
        const headers =
          authorization === 'AWS_IAM' ? await signedHeaders(toSign, signer) : ([['Authorization', 't']] as const);
        const { status } = await gateway.send('GET', '/x', headers, '', sourceIp);
        expect(status === 200 ? 'Allow' : 'Deny').toBe(expected);
      },
    ),
    { numRuns: 300 },
  );
});
