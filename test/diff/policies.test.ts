import { resource } from '../template/source-of';
import { between, type Loose, sourceWith } from './shop';

const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const DENY = { ...ALLOW, Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } };
const ACCOUNT = { AWS: 'arn:aws:iam::111111111111:root' };

const api = (statements: readonly Loose[] | undefined, more: Loose = {}) =>
  sourceWith({
    Api: resource('AWS::ApiGateway::RestApi', {
      Name: 'shop',
      Body: { openapi: '3.0.1', paths: {} },
      ...(statements && { Policy: { Version: '2012-10-17', Statement: statements } }),
      ...more,
    }),
  });

/** What a change of the policy means, and its reverse. */
const verdicts = (before: readonly Loose[] | undefined, after: readonly Loose[] | undefined, more?: Loose) => [
  between(api(before, more), api(after, more))
    .map((one) => one.class)
    .join(),
  between(api(after, more), api(before, more))
    .map((one) => one.class)
    .join(),
];

test.each<[string, readonly Loose[] | undefined, readonly Loose[] | undefined, string, string]>([
  ['a policy', undefined, [ALLOW, DENY], 'breaking', 'opening'],
  ['one more Allow', [DENY], [DENY, ALLOW], 'opening', 'breaking'],
  ['one more Deny', [ALLOW], [DENY, ALLOW], 'breaking', 'opening'],
  ['Allow and Deny more', [], [DENY, ALLOW], 'unknown', 'unknown'],
  ['a condition of an Allow', [ALLOW], [{ ...ALLOW, Condition: DENY.Condition }], 'breaking', 'opening'],
  ['a condition of a Deny', [DENY], [{ ...ALLOW, Effect: 'Deny' }], 'breaking', 'opening'],
  [
    'another condition',
    [DENY],
    [{ ...DENY, Condition: { Bool: { 'aws:SecureTransport': false } } }],
    'unknown',
    'unknown',
  ],
  ['a resource more', [{ ...ALLOW, Resource: ['a'] }], [{ ...ALLOW, Resource: ['a', 'b'] }], 'opening', 'breaking'],
  ['other resources', [{ ...ALLOW, Resource: ['a', 'c'] }], [{ ...ALLOW, Resource: ['a', 'b'] }], 'unknown', 'unknown'],
  ['everyone', [{ ...ALLOW, Principal: ACCOUNT }], [ALLOW], 'opening', 'breaking'],
  ['the same everyone', [{ ...ALLOW, Principal: { AWS: '*' } }], [ALLOW], '', ''],
  ['Deny instead of Allow', [ALLOW], [{ ...ALLOW, Effect: 'Deny' }], 'breaking', 'opening'],
  ['two things', [ALLOW], [{ ...ALLOW, Principal: ACCOUNT, Resource: 'a' }], 'unknown', 'unknown'],
  [
    'order, ids and lists of one',
    [ALLOW, DENY],
    [
      { ...DENY, Sid: 'D' },
      { ...ALLOW, Action: [ALLOW.Action] },
    ],
    '',
    '',
  ],
])('%s', (_, before, after, there, back) => {
  expect(verdicts(before, after)).toEqual([there, back]);
});

test('a private API without a policy refuses everyone', () => {
  expect(verdicts(undefined, [ALLOW], { EndpointConfiguration: { Types: ['PRIVATE'] } })).toEqual([
    'opening',
    'breaking',
  ]);
});

test('a policy in the document, and as a text, is the same as the property', () => {
  const policy = { Version: '2012-10-17', Statement: [ALLOW] };
  const inBody = api(undefined, { Body: { openapi: '3.0.1', paths: {}, 'x-amazon-apigateway-policy': policy } });
  expect(between(inBody, api([ALLOW]))).toEqual([]);
  expect(between(inBody, api(undefined, { Policy: JSON.stringify(policy) }))).toEqual([]);
  const [change] = between(inBody, api([{ ...ALLOW, Principal: ACCOUNT }]));
  expect(change).toMatchObject({ class: 'breaking', aspect: 'policy', before: 'Allow *' });
});

test('a policy of which nothing is known', () => {
  const [one, other] = ['a', 'b'].map((name) => api(undefined, { Policy: { 'Fn::ImportValue': name } }));
  expect(between(one, one)).toEqual([]);
  expect(between(one, other)).toMatchObject([{ class: 'unknown', aspect: 'policy' }]);
});
