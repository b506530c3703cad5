import { App, Lazy, Stack } from 'aws-cdk-lib';
import { EndpointAccessMode, IpAddressType, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Vpc, type VpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import {
  AnyPrincipal,
  ArnPrincipal,
  Effect,
  PolicyStatement,
  Role,
  ServicePrincipal,
  StarPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import {
  RestAccess,
  RestAuthorizer,
  RestEndpointType,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
} from '../../lib';
import { gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

const mock = RestIntegration.mock();
const elsewhere = new Stack(new App(), 'Elsewhere');
const handler = Function.fromFunctionArn(elsewhere, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:h');
const pool = UserPool.fromUserPoolArn(
  elsewhere,
  'Pool',
  'arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_a',
);
const vpc = Vpc.fromVpcAttributes(elsewhere, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
const endpoint = (id: string) => {
  const known = elsewhere.node.tryFindChild(id) as InterfaceVpcEndpoint | undefined;
  return (
    known ?? InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(elsewhere, id, { vpcEndpointId: id, port: 443 })
  );
};

const open = { integration: mock, authorizer: RestAuthorizer.none('test') };
const signed = { integration: mock, authorizer: RestAuthorizer.iam() };
const users = { integration: mock, authorizer: RestAuthorizer.cognito({ userPools: [pool] }) };
const decided = { integration: mock, authorizer: RestAuthorizer.lambdaToken(handler) };

const INVOKE = { Action: 'execute-api:Invoke' };
const WHOLE = 'execute-api:/*';
const everyone = { ...INVOKE, Effect: 'Allow', Principal: '*', Resource: WHOLE };
const denial = (Condition: object) => ({ ...INVOKE, Effect: 'Deny', Principal: '*', Resource: WHOLE, Condition });
const isSigned = { Null: { 'aws:PrincipalArn': 'false' } };
const root = (account: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::${account}:root` });
const ownAccount = { ...INVOKE, Effect: 'Allow', Principal: { AWS: root('${AWS::AccountId}') }, Resource: WHOLE };

function policyOf(props: Partial<RestGatewayProps>): Json {
  const { Body, Policy } = resource(templateOf(gateway(props).stack), 'AWS::ApiGateway::RestApi').Properties;
  // In the document, which is deployed, and in the property, where a diff shows who is let in.
  expect(Policy).toEqual(Body['x-amazon-apigateway-policy']);
  return Policy;
}
const statements = (access: RestAccess[], more: Partial<RestGatewayProps> = {}) =>
  policyOf({ routes: { 'GET /open': open }, access, ...more }).Statement;

const isPrivate = { endpointType: RestEndpointType.PRIVATE, vpcEndpoints: [endpoint('vpce-1'), endpoint('vpce-2')] };
const fence = denial({ StringNotEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } });

describe('the resource policy', () => {
  test('is not there unless something asks for it', () => {
    expect(policyOf({})).toBeUndefined();
    expect(policyOf({ access: [] })).toBeUndefined();
  });

  test.each<[string, RestAccess[], Partial<RestGatewayProps>, Json[]]>([
    [
      'only from addresses',
      [RestAccess.onlyIpRanges(['203.0.113.0/24', '2001:db8::/32', '203.0.113.0/24'])],
      {},
      [everyone, denial({ NotIpAddress: { 'aws:SourceIp': ['2001:db8::/32', '203.0.113.0/24'] } })],
    ],
    [
      'not from addresses',
      [RestAccess.denyIpRanges(['203.0.113.7'])],
      {},
      [everyone, denial({ IpAddress: { 'aws:SourceIp': ['203.0.113.7'] } })],
    ],
    [
      'parts of one kind add up',
      [RestAccess.onlyIpRanges(['203.0.113.1']), RestAccess.onlyIpRanges(['203.0.113.2', '203.0.113.1'])],
      {},
      [everyone, denial({ NotIpAddress: { 'aws:SourceIp': ['203.0.113.1', '203.0.113.2'] } })],
    ],
    ['a private API', [], isPrivate, [everyone, fence]],
    [
      'addresses in a VPC',
      [RestAccess.onlyIpRanges(['10.0.0.0/8'])],
      isPrivate,
      [everyone, denial({ NotIpAddress: { 'aws:VpcSourceIp': ['10.0.0.0/8'] } }), fence],
    ],
    [
      'VPCs in place of endpoints',
      [RestAccess.onlyVpcs([vpc])],
      isPrivate,
      [everyone, denial({ StringNotEquals: { 'aws:SourceVpc': ['vpc-1'] } })],
    ],
    [
      'endpoints by hand',
      [RestAccess.onlyVpcEndpoints([endpoint('vpce-3')])],
      isPrivate,
      [everyone, denial({ StringNotEquals: { 'aws:SourceVpce': ['vpce-3'] } })],
    ],
    [
      'denials of VPCs and endpoints',
      [RestAccess.denyVpcs([vpc]), RestAccess.denyVpcEndpoints([endpoint('vpce-3')])],
      isPrivate,
      [
        everyone,
        fence,
        denial({ StringEquals: { 'aws:SourceVpc': ['vpc-1'] } }),
        denial({ StringEquals: { 'aws:SourceVpce': ['vpce-3'] } }),
      ],
    ],
  ])('%s', (_, access, props, expected) => {
    expect(statements(access, props)).toEqual(expected);
  });

  test('lets in by name who needs it, and leaves signed and Lambda-authorized routes to their own policies', () => {
    const routes = {
      'GET /open/{id}': open,
      'ANY /mine/{proxy+}': users,
      'GET /signed': signed,
      'GET /decided': decided,
    };
    const access = [RestAccess.onlyIpRanges(['203.0.113.0/24'])];
    const [allow, own, deny, ...others] = statements(access, { routes });
    expect(allow).toEqual({ ...everyone, Resource: ['execute-api:/*/*/mine/*', 'execute-api:/*/GET/open/*'] });
    expect(own).toEqual(ownAccount);
    expect(deny.Effect).toBe('Deny');
    expect(others).toEqual([]);
    const [preflights] = statements(access, {
      routes: { 'GET /signed': signed },
      cors: { allowOrigins: ['https://a.b'] },
    });
    expect(preflights).toEqual({ ...everyone, Resource: 'execute-api:/*/OPTIONS/*' });
    expect(statements(access, { routes: { 'GET /decided': decided } })).toEqual([deny]);
    expect(statements(access, { routes: { 'GET /signed': signed } })).toEqual([ownAccount, deny]);
  });

  test('knows identities of other accounts', () => {
    const routes = { 'GET /signed': signed, 'GET /open': open };
    const others = {
      StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } },
    };
    const [, , accounts, allowOrg, ...rest] = statements(
      [RestAccess.allowAccounts(['222222222222', '111111111111']), RestAccess.allowOrganization('o-a1b2c3d4e5')],
      { routes },
    );
    expect(accounts).toEqual({
      ...INVOKE,
      Effect: 'Allow',
      Resource: WHOLE,
      Principal: { AWS: [root('111111111111'), root('222222222222')] },
    });
    expect(allowOrg).toEqual({ ...everyone, Condition: others });
    expect(rest).toEqual([]);
    const [, , again, only] = statements([RestAccess.onlyOrganization('o-a1b2c3d4e5')], { routes });
    expect(again).toEqual(allowOrg);
    const notIn = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    // `/signed/` goes to the same route.
    expect(only).toEqual({ ...denial(notIn), Resource: ['execute-api:/*/GET/signed', 'execute-api:/*/GET/signed/'] });
    const nobody = statements([RestAccess.onlyOrganization('o-a1b2c3d4e5')], { routes: { 'GET /open': open } });
    expect(nobody.at(-1)).toEqual(denial({ ...notIn, ...isSigned }));
    const below = { 'GET /items/{id}': signed, 'GET /items/{id}/picture': open };
    const [, , , whole] = statements([RestAccess.onlyOrganization('o-a1b2c3d4e5')], { routes: below });
    expect(whole).toEqual(denial({ ...notIn, ...isSigned }));
    const cors = { allowOrigins: ['https://app.example.com'] };
    const beside = { routes: { 'GET /a': signed, 'ANY /b': signed }, cors };
    expect(statements([RestAccess.onlyOrganization('o-a1b2c3d4e5')], beside).at(-1).Resource).toEqual(
      ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT']
        .flatMap((method) => [`execute-api:/*/${method}/b`, `execute-api:/*/${method}/b/`])
        .concat('execute-api:/*/GET/a', 'execute-api:/*/GET/a/')
        .sort(),
    );
    const [, , all] = statements([RestAccess.onlyOrganization('o-a1b2c3d4e5')], { routes: { 'GET /signed': signed } });
    expect(all).toEqual(denial(notIn));
  });

  test('knows principals', () => {
    const role = new ArnPrincipal('arn:aws:iam::111111111111:role/r');
    const found = statements(
      [RestAccess.allowPrincipals([role]), RestAccess.denyPrincipals([role, new AnyPrincipal()])],
      { routes: { 'GET /signed': signed } },
    );
    expect(found.slice(1)).toEqual([
      { ...INVOKE, Effect: 'Allow', Principal: { AWS: role.arn }, Resource: WHOLE },
      { ...INVOKE, Effect: 'Deny', Principal: { AWS: [role.arn, '*'] }, Resource: WHOLE },
    ]);
    const beside = { routes: { 'GET /signed': signed, 'GET /open': open } };
    const [, , ...kept] = statements([RestAccess.allowPrincipals([new StarPrincipal()])], beside);
    expect(kept).toEqual([{ ...everyone, Resource: ['execute-api:/*/GET/signed', 'execute-api:/*/GET/signed/'] }]);
  });

  test('takes statements of the user: with an Allow in place of its own, else beside', () => {
    const of = (effect: Effect) =>
      new PolicyStatement({
        effect,
        principals: [new ArnPrincipal('arn:aws:iam::111111111111:role/r')],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/prod/*'],
      });
    const own = { ...INVOKE, Principal: { AWS: 'arn:aws:iam::111111111111:role/r' }, Resource: 'execute-api:/prod/*' };
    expect(statements([RestAccess.fromStatements([of(Effect.ALLOW)])])).toEqual([{ ...own, Effect: 'Allow' }]);
    expect(statements([RestAccess.fromStatements([of(Effect.DENY)])])).toEqual([everyone, { ...own, Effect: 'Deny' }]);
    const byHand = { endpointType: RestEndpointType.PRIVATE, access: [RestAccess.fromStatements([of(Effect.ALLOW)])] };
    expect(policyOf(byHand).Statement).toEqual([{ ...own, Effect: 'Allow' }]);
  });

  test('of references is resolved, and tokens are not judged', () => {
    const app = testApp();
    const network = new Stack(app, 'Network');
    const own = new VpcEndpointOf(network).endpoint;
    const stack = new Stack(app, 'Stack');
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const text = (value: string) => Lazy.string({ produce: () => value });
    new RestGateway(stack, 'Api', {
      endpointType: RestEndpointType.PRIVATE,
      vpcEndpoints: [own],
      access: [
        RestAccess.allowPrincipals([role]),
        RestAccess.allowAccounts([text('account')]),
        RestAccess.allowOrganization(text('org')),
        RestAccess.onlyIpRanges([text('range')]),
      ],
      routes: { 'GET /signed': signed },
    });
    const template = templateOf(stack);
    const imported = { 'Fn::ImportValue': expect.stringContaining('Network:ExportsOutput') };
    const api = resource(template, 'AWS::ApiGateway::RestApi').Properties;
    expect(api.EndpointConfiguration).toEqual({
      Types: ['PRIVATE'],
      IpAddressType: 'dualstack',
      VpcEndpointIds: [imported],
    });
    expect(api.Body.servers).toEqual([
      { url: '/', 'x-amazon-apigateway-endpoint-configuration': { vpcEndpointIds: [imported] } },
    ]);
    const conditions = api.Body['x-amazon-apigateway-policy'].Statement.map((statement: Json) => statement.Condition);
    expect(conditions).toContainEqual({ StringNotEquals: { 'aws:SourceVpce': [imported] } });
    expect(conditions).toContainEqual({ NotIpAddress: { 'aws:VpcSourceIp': ['range'] } });
    expect(JSON.stringify(api.Body)).toContain(
      `{"Fn::GetAtt":["${ids(template, 'AWS::IAM::Role').find((id) => /^Role/.test(id))}","Arn"]}`,
    );
  });

  test('is deployed when it changes', () => {
    const deployment = (access: RestAccess[]) =>
      ids(templateOf(gateway({ access }).stack), 'AWS::ApiGateway::Deployment')[0];
    const one = deployment([RestAccess.onlyIpRanges(['203.0.113.1'])]);
    expect(deployment([RestAccess.onlyIpRanges(['203.0.113.1'])])).toBe(one);
    expect(deployment([RestAccess.onlyIpRanges(['203.0.113.2'])])).not.toBe(one);
    expect(deployment([])).not.toBe(one);
  });
});

/** A VPC with an endpoint of execute-api. */
class VpcEndpointOf {
  public readonly endpoint: VpcEndpoint;

  constructor(stack: Stack) {
    const own = new Vpc(stack, 'Vpc', { natGateways: 0 });
    this.endpoint = own.addInterfaceEndpoint('Api', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });
  }
}

describe('a private API', () => {
  const made = gateway({ ...isPrivate, webAcl: undefined });
  const template = templateOf(made.stack);
  const api = resource(template, 'AWS::ApiGateway::RestApi').Properties;

  test('is dual-stack, with the TLS policy of its kind, and imported as what it is', () => {
    expect(api).toMatchObject({
      EndpointConfiguration: { Types: ['PRIVATE'], IpAddressType: 'dualstack', VpcEndpointIds: ['vpce-1', 'vpce-2'] },
      Parameters: { endpointConfigurationTypes: 'PRIVATE' },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'BASIC',
    });
  });

  test('has no finding of ours, nor a web ACL', () => {
    const found = runRules(readModel([{ file: 'Stack.template.json', template, bytes: 0 }]));
    const worth = found.filter(({ id, severity }) => id !== 'ALL-AUTH1' && severity !== 'info');
    expect(worth).toEqual([]);
    expect(ids(template, 'AWS::WAFv2::WebACLAssociation')).toEqual([]);
    const acknowledged = made.api
      .cfnStage('prod')
      .node.metadata.flatMap(({ data }) => Object.keys((data ?? {}) as object));
    expect(acknowledged).toContain('AwsSolutions::AwsSolutions-APIG3');
  });

  test('may be strict', () => {
    const { stack } = gateway({ ...isPrivate, endpointAccessMode: EndpointAccessMode.STRICT });
    expect(resource(templateOf(stack), 'AWS::ApiGateway::RestApi').Properties.EndpointAccessMode).toBe('STRICT');
  });
});

test('a public API may be dual-stack, and says nothing of VPC endpoints', () => {
  const { stack } = gateway({ ipAddressType: IpAddressType.DUAL_STACK });
  const { EndpointConfiguration, Parameters, Body } = resource(
    templateOf(stack),
    'AWS::ApiGateway::RestApi',
  ).Properties;
  expect(EndpointConfiguration).toEqual({ Types: ['REGIONAL'], IpAddressType: 'dualstack' });
  expect([Parameters, Body.servers]).toEqual([undefined, undefined]);
});

const access = (...parts: RestAccess[]): Partial<RestGatewayProps> => ({ access: parts });

describe('what is wrong is said', () => {
  test.each<[string, Partial<RestGatewayProps>, string]>([
    [
      'a private API without a way in',
      { endpointType: RestEndpointType.PRIVATE },
      `RestGateway 'Api': a private API is reached through VPC endpoints, but none is given, so every call would be rejected; give vpcEndpoints: [interface endpoint of execute-api], or access: [RestAccess.onlyVpcs([vpc])]`,
    ],
    [
      'addresses are no way in',
      { endpointType: RestEndpointType.PRIVATE, ...access(RestAccess.onlyIpRanges(['10.0.0.0/8'])) },
      'but none is given, so every call would be rejected',
    ],
    [
      'VPC endpoints of a public API',
      { vpcEndpoints: [endpoint('vpce-1')] },
      'vpcEndpoints are for private APIs, but this one is REGIONAL; set endpointType: RestEndpointType.PRIVATE, or remove them',
    ],
    [
      'IPv4 only',
      { ...isPrivate, ipAddressType: IpAddressType.IPV4 },
      'ipAddressType of a private API must be DUAL_STACK, got: IPV4; remove it',
    ],
    [
      'VPCs of a public API',
      access(RestAccess.onlyVpcs([vpc])),
      'access names VPCs, through which only private APIs can be reached, but this one is REGIONAL; set endpointType: RestEndpointType.PRIVATE, or name IP ranges',
    ],
    [
      'VPC endpoints that may reach an edge',
      { endpointType: RestEndpointType.EDGE, ...access(RestAccess.denyVpcEndpoints([endpoint('vpce-1')])) },
      'access names VPC endpoints, through which only private APIs can be reached, but this one is EDGE',
    ],
    [
      'private addresses of a public API',
      access(RestAccess.onlyIpRanges(['203.0.113.0/24', '10.1.0.0/16'])),
      'access names 10.1.0.0/16, a private range, but callers of a REGIONAL API have public addresses; name the public address of their NAT gateway or proxy',
    ],
    [
      'a TLS policy of another kind',
      { ...isPrivate, securityPolicy: SecurityPolicy.TLS12_PFS_2025_EDGE },
      'securityPolicy SecurityPolicy_TLS12_PFS_2025_EDGE is for edge-optimized APIs, but this one is private',
    ],
  ])('%s', (_, props, message) => {
    expect(() => gateway(props)).toThrow(message);
  });

  const statement = (props: ConstructorParameters<typeof PolicyStatement>[0]) => () =>
    RestAccess.fromStatements([new PolicyStatement(props)]);
  test.each<[string, () => RestAccess, string]>([
    [
      'no range',
      () => RestAccess.onlyIpRanges([]),
      'RestAccess.onlyIpRanges: cidrs is empty; name at least one, or remove this part',
    ],
    ['no VPC', () => RestAccess.denyVpcs([]), 'RestAccess.denyVpcs: vpcs is empty'],
    ['no endpoint', () => RestAccess.onlyVpcEndpoints([]), 'RestAccess.onlyVpcEndpoints: endpoints is empty'],
    ['no account', () => RestAccess.allowAccounts([]), 'RestAccess.allowAccounts: accountIds is empty'],
    ['no principal', () => RestAccess.denyPrincipals([]), 'RestAccess.denyPrincipals: principals is empty'],
    ['no statement', () => RestAccess.fromStatements([]), 'RestAccess.fromStatements: statements is empty'],
    [
      'a short account',
      () => RestAccess.allowAccounts(['12345']),
      'RestAccess.allowAccounts: an account ID must be twelve digits, e.g. "123456789012", got: "12345"',
    ],
    [
      'an ARN as organization',
      () => RestAccess.allowOrganization('arn:aws:organizations::1:organization/o-a1b2c3d4e5'),
      'RestAccess.allowOrganization: an organization ID must be "o-" and 10 to 32 characters of a-z 0-9, e.g. "o-a1b2c3d4e5", got: "arn:',
    ],
    [
      'a unit as organization',
      () => RestAccess.onlyOrganization('ou-ab12-11111111'),
      'RestAccess.onlyOrganization: an organization ID must be "o-"',
    ],
    [
      'a statement without principal',
      statement({ actions: ['execute-api:Invoke'], resources: ['*'] }),
      'RestAccess.fromStatements: A PolicyStatement used in a resource-based policy must specify at least one IAM principal.',
    ],
    [
      'a statement without resource',
      statement({ actions: ['execute-api:Invoke'], principals: [new AnyPrincipal()] }),
      `RestAccess.fromStatements: A PolicyStatement used in a resource-based policy must specify at least one resource. The whole API is resources: ['execute-api:/*']`,
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.0/33',
    '256.0.0.1',
    '10.0.0.0/',
    'example.com',
    '2001:db8::/129',
    '1.2.3.4/24/8',
    '::ffff/x',
  ])('%j is no range', (cidr) => {
    expect(() => RestAccess.denyIpRanges([cidr])).toThrow(
      `RestAccess.denyIpRanges: "${cidr}" is not an IP address or range; write e.g. "203.0.113.7", "203.0.113.0/24" or "2001:db8::/32"`,
    );
  });

  test.each(['0.0.0.0/0', '::/0', '8.8.8.8', '172.32.0.0/12', '10.0.0.0/7', '2600::/12', '192.169.0.0/16'])(
    '%s can be seen on the internet',
    (cidr) => {
      expect(() => gateway(access(RestAccess.onlyIpRanges([cidr])))).not.toThrow();
    },
  );

  test.each(['172.31.0.0/16', '192.168.1.1', '127.0.0.1', '169.254.0.0/16', '100.64.0.0/10', 'fd00::/8', 'fe80::1'])(
    '%s cannot',
    (cidr) => {
      expect(() => gateway(access(RestAccess.onlyIpRanges([cidr])))).toThrow(`access names ${cidr}, a private range`);
    },
  );

  test('a policy that is too long, references not counted', () => {
    const ranges = (count: number) =>
      Array.from({ length: count }, (_, index) => `203.0.${index % 256}.${Math.floor(index / 256)}`);
    const tooLong = gateway(access(RestAccess.onlyIpRanges(ranges(600))));
    expect(() => tooLong.app.synth()).toThrow(
      /the resource policy from access is \d{4,5} characters long, but API Gateway allows 8192; join IP ranges, or move them to an IP set of the web ACL/,
    );
    const references = ranges(600).map((range) => Lazy.string({ produce: () => range.slice(0, 1) }));
    expect(() => gateway(access(RestAccess.onlyIpRanges(references))).app.synth()).not.toThrow();
  });
});
