import { RULES } from '../../../lib/checks/registry';
import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/reader/read';
import { resourcesOf } from '../corpus/bases';
import { patched, type Value } from '../corpus/patch';
import { source } from '../support';

type Loose = Record<string, unknown>;

const WATCHED = RULES.filter(({ id }) => ['ALL-AUTH1', 'REST-AUTH2', 'HTTP-AUTH3'].includes(id));

/** What is found at GET /orders, open, with these properties of the API. */
function found(api: Loose, method: Loose = {}, others: Loose = {}): string[] {
  const open = { AuthorizationType: 'NONE', AuthorizerId: null, ...method };
  const change = { Api: { Properties: api }, ListOrders: { Properties: open }, ...others } as Value;
  const model = readModel([source({ Resources: patched(resourcesOf('rest-raw'), change) })]);
  return runRules(model, WATCHED).map(({ severity, message }) => `${severity}: ${message}`);
}

const allow = (more: Loose = {}): Loose => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
  ...more,
});
const deny = (Condition: unknown): Loose => ({ ...allow({ Condition }), Effect: 'Deny' });
const policy = (...Statement: unknown[]): Loose => ({ Policy: { Version: '2012-10-17', Statement } });
const types = (...Types: unknown[]): Loose => ({ EndpointConfiguration: { Types } });

const ANYONE = ['error: GET /orders has no authorization: anyone can call it'];
const BY_POLICY = ['info: GET /orders has no authorization: only the resource policy decides who can call it'];

describe('that anyone can call a route is said of routes that anyone can call', () => {
  test.each<[string, Loose]>([
    ['no policy', {}],
    ['a policy for everybody', policy(allow())],
    ['one that is a text', { Policy: JSON.stringify({ Statement: [allow()] }) }],
    ['one for the whole internet', policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0'] } } }))],
    ['one that shuts some out', policy(allow(), deny({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))],
    ['one that wants TLS', policy(allow(), deny({ Bool: { 'aws:SecureTransport': 'false' } }))],
    ['one for this route', policy(allow({ Resource: 'execute-api:/*/GET/orders' }))],
    ['one for all but another', policy({ ...allow(), Resource: undefined, NotResource: 'execute-api:/*/POST/*' })],
  ])('%s', (_, api) => {
    expect(found(api)).toEqual(ANYONE);
  });

  test.each<[string, Loose]>([
    ['principals', policy(allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/caller' } }))],
    ['addresses', policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }))],
    ['a Deny for other addresses', policy(allow(), deny({ NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))],
    ['a Deny for other networks', policy(allow(), deny({ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }))],
    ['a Deny for others', policy(allow(), { ...deny({}), Principal: undefined, NotPrincipal: { AWS: 'x' } })],
    ['other routes', policy(allow({ Resource: 'execute-api:/*/GET/health' }))],
    ['what only the deployment knows', { Policy: { Ref: 'Policy' } }],
    ['a statement that only the deployment knows', policy(allow(), { Ref: 'Statement' })],
    ['a condition that only the deployment knows', policy(allow({ Condition: { Ref: 'Condition' } }))],
    [
      'a Deny that a condition decides on',
      policy(allow(), { 'Fn::If': ['C', deny({ NotIpAddress: { 'aws:SourceIp': 'x' } }), { Ref: 'AWS::NoValue' }] }),
    ],
  ])('a policy that names %s', (_, api) => {
    expect(found(api)).toEqual(BY_POLICY);
  });

  test('a private API', () => {
    const said = ['info: GET /orders has no authorization: anyone who reaches the private API can call it'];
    expect(found(types('PRIVATE'))).toEqual(said);
    expect(found({ ...types('PRIVATE'), ...policy(allow()) })).toEqual(said);
  });

  test('an API that is private if the deployment says so', () => {
    const said = ['warning: GET /orders has no authorization: anyone who reaches the API can call it'];
    expect(found(types({ Ref: 'Type' }))).toEqual(said);
  });

  describe('an API without its default endpoint', () => {
    const OFF = { DisableExecuteApiEndpoint: true };
    const domain = (properties: Loose = {}): Loose => ({
      Type: 'AWS::ApiGateway::DomainName',
      Properties: { DomainName: 'orders.example.com', ...properties },
    });
    const trust = domain({ MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem' } });
    const mapping = (id: string): Loose => ({
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: id }, Stage: { Ref: 'Stage' } },
    });
    const through = { Trusted: trust, ToTrusted: mapping('Trusted') };
    const elsewhere = { ...through, ToElsewhere: mapping('Elsewhere') };
    const other = { ...through, Open: domain(), ToOpen: mapping('Open') };
    const UNTOLD = ['warning: GET /orders has no authorization: anyone who reaches the API can call it'];
    const TRUSTED = [
      'info: GET /orders has no authorization: anyone with a client certificate that the trust store accepts can call it',
    ];

    test.each<[string, Loose, Loose, string[]]>([
      ['behind mutual TLS', OFF, through, TRUSTED],
      ['behind two domains, one of them open', OFF, other, ANYONE],
      ['behind two domains, one of them elsewhere', OFF, elsewhere, UNTOLD],
      ['whose domains are elsewhere', OFF, {}, UNTOLD],
      ['if the deployment says so', { DisableExecuteApiEndpoint: { 'Fn::ImportValue': 'off' } }, through, UNTOLD],
      ['behind mutual TLS, beside the default endpoint', {}, through, ANYONE],
    ])('%s', (_, api, others, said) => {
      expect(found(api, {}, others)).toEqual(said);
    });
  });

  test('an HTTP API behind mutual TLS, and a route of it that takes all paths', () => {
    const change = {
      Api: { Properties: { DisableExecuteApiEndpoint: true } },
      ListOrders: { Properties: { AuthorizationType: 'NONE', AuthorizerId: null, AuthorizationScopes: null } },
      Rest: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: { Ref: 'Api' }, RouteKey: '$default', Target: 'integrations/a' },
      },
      Trusted: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: { DomainName: 'a.example.com', MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem' } },
      },
      ToTrusted: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'Trusted' }, Stage: { Ref: 'Stage' } },
      },
    } as Value;
    const model = readModel([source({ Resources: patched(resourcesOf('http-raw'), change) })]);
    expect(runRules(model, WATCHED).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'info: GET /orders has no authorization: anyone with a client certificate that the trust store accepts can call it',
      'info: $default is guarded only by mutual TLS, and matches every path and method that no other route has',
    ]);
  });

  test.each<[string, unknown, string[]]>([
    [
      'blocks others',
      { Block: {} },
      ['warning: GET /orders has no authorization: only the web ACL decides who can call it'],
    ],
    ['allows others', { Allow: {} }, ANYONE],
    ['is elsewhere in part', { 'Fn::ImportValue': 'action' }, ANYONE],
  ])('a stage with a web ACL that %s', (_, DefaultAction, said) => {
    const others = {
      Waf: { Properties: { WebACLArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] } } },
      WebAcl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'REGIONAL', DefaultAction } },
    };
    expect(found({}, {}, others)).toEqual(said);
  });

  test('a mock, which nothing is behind', () => {
    const said = ['warning: GET /orders has no authorization: anyone can get what the mock returns'];
    expect(found({}, { Integration: { Type: 'MOCK' } })).toEqual(said);
    expect(found({}, { Integration: { Type: { Ref: 'Type' } } })).toEqual(ANYONE);
  });

  test('with an API key', () => {
    const keyed = (api: Loose): string[] => found(api, { ApiKeyRequired: true });
    expect(keyed({})).toEqual(['error: GET /orders is guarded only by an API key']);
    expect(keyed(types('PRIVATE'))).toEqual(['info: GET /orders is guarded only by an API key and the network']);
    expect(keyed(policy(allow({ Principal: { AWS: 'x' } })))).toEqual([
      'info: GET /orders is guarded only by an API key and the resource policy',
    ]);
  });
});
