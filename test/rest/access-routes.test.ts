import { isDeepStrictEqual } from 'node:util';
import { App, Aws, Lazy, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, ArnPrincipal, Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { RestAccess, RestAuthorizer, RestEndpointType, type RestGatewayProps, RestIntegration } from '../../lib';
import { gateway, type Json } from '../support/stacks';

const mock = RestIntegration.mock();
const elsewhere = new Stack(new App(), 'Elsewhere');
const handler = Function.fromFunctionArn(elsewhere, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:h');
const pool = UserPool.fromUserPoolId(elsewhere, 'Pool', 'eu-west-1_a');
const endpoint = (vpcEndpointId: string) =>
  InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(elsewhere, vpcEndpointId, { vpcEndpointId, port: 443 });

const open = { integration: mock, authorizer: RestAuthorizer.none('test') };
const signed = { integration: mock, authorizer: RestAuthorizer.iam() };
const users = { integration: mock, authorizer: RestAuthorizer.cognito({ userPools: [pool] }) };
const decided = { integration: mock, authorizer: RestAuthorizer.lambdaToken(handler) };

const WHOLE = 'execute-api:/*';
const everyone = { Action: 'execute-api:Invoke', Effect: 'Allow', Principal: '*', Resource: WHOLE };

function statements(access: RestAccess[], props: Partial<RestGatewayProps> = {}): Json[] {
  const { stack, api } = gateway({ routes: { 'GET /open': open }, access, ...props });
  return stack.resolve(api.cfnApi.policy).Statement;
}

describe('routes that differ in who may call them', () => {
  const fromSomewhere = [RestAccess.denyIpRanges(['203.0.113.0/24'])];
  const allows = (routes: RestGatewayProps['routes'], more: Partial<RestGatewayProps> = {}) =>
    statements(fromSomewhere, { routes, ...more }).filter(
      ({ Effect, Principal }: Json) => Effect === 'Allow' && Principal === '*',
    );
  const isUnsigned = { Null: { 'aws:PrincipalArn': 'true' } };

  test('tells open routes from signed ones by the method, else by a condition', () => {
    expect(allows({ 'ANY /status': open, 'POST /status': signed, 'DELETE /status': signed })).toEqual([
      {
        ...everyone,
        Resource: ['GET', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'].map((method) => `execute-api:/*/${method}/status`),
      },
    ]);
    expect(allows({ 'GET /items/{id}': open, 'GET /items/{id}/cost': signed, 'GET /health': users })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/GET/health' },
      { ...everyone, Resource: 'execute-api:/*/GET/items/*', Condition: isUnsigned },
    ]);
    expect(allows({ 'GET /{proxy+}': open, 'GET /items': signed })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/GET/*', Condition: isUnsigned },
    ]);
  });

  test('tells open routes from those of a Lambda authorizer by their patterns', () => {
    // A more specific route answers its own paths.
    expect(allows({ 'GET /items/special': open, 'GET /items/{id}': decided })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/GET/items/special' },
    ]);
    expect(allows({ 'GET /items/{id}/picture': open, 'GET /items/{id}': decided })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/GET/items/*/picture' },
    ]);
    // `/items/` goes to `/items`, and the root is a path that ends in a slash.
    expect(allows({ 'GET /items/{id}': open, 'GET /items': decided })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/GET/items/?*' },
    ]);
    expect(allows({ 'GET /{proxy+}': open, 'GET /': decided })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/GET/?*' },
    ]);
    // `/files/GET/health` is a file.
    const stages = { prod: {}, dev: {} };
    expect(allows({ 'GET /health': open, 'ANY /files/{proxy+}': decided }, { stages })).toEqual([
      { ...everyone, Resource: ['execute-api:/dev/GET/health', 'execute-api:/prod/GET/health'] },
    ]);
  });

  test('names preflights one by one where a route of the user answers OPTIONS', () => {
    const cors = { allowOrigins: ['https://app.example.com'] };
    const routes = { 'GET /a': decided, 'GET /b/{id}': decided, 'OPTIONS /c': decided };
    expect(allows(routes, { cors })).toEqual([
      { ...everyone, Resource: ['execute-api:/*/OPTIONS/a', 'execute-api:/*/OPTIONS/b/*'] },
    ]);
    expect(allows({ 'GET /a': decided, 'ANY /b': decided }, { cors })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/OPTIONS/*' },
    ]);
  });

  test('leaves routes with a JWT authorizer to the function, which says no as well as yes', () => {
    const jwt = RestAuthorizer.jwt({ issuer: 'https://issuer.example.com', audience: ['a'] });
    expect(allows({ 'GET /{proxy+}': open, 'GET /me': { integration: mock, authorizer: jwt } })).toEqual([
      { ...everyone, Resource: 'execute-api:/*/GET/*' },
    ]);
  });

  const inseparable = (routes: RestGatewayProps['routes'], more: Partial<RestGatewayProps> = {}) => {
    const { api } = gateway({ access: fromSomewhere, ...more, routes: {} });
    for (const [key, options] of Object.entries(routes ?? {})) api.addRoute(key, options);
    return api.node.validate();
  };

  test('refuses what no pattern can tell apart, with both names', () => {
    const routes = { 'GET /users/{id}': open, 'GET /users/{id}/invoices': decided };
    expect(inseparable(routes)).toEqual([
      `RestGateway 'Api': access allows everyone to call route "GET /users/{id}", but every pattern of a resource policy that matches its requests ` +
        'also matches some of route "GET /users/{id}/invoices"; requests that the Lambda authorizer there neither allows nor denies would be allowed. Give one of them ' +
        'its own first path segment or gateway, or both the same authorizer; or, if the function always returns an explicit Allow or ' +
        'Deny, write the Allow yourself: RestAccess.fromStatements',
    ]);
    expect(inseparable({ 'ANY /{proxy+}': users, 'GET /me': decided })).toEqual([
      expect.stringContaining('route "ANY /{proxy+}", but every pattern'),
    ]);
    const cors = { allowOrigins: ['https://app.example.com'] };
    expect(inseparable({ 'GET /a/{id}': decided, 'OPTIONS /a/{id}/b': decided }, { cors })).toEqual([
      expect.stringContaining('the preflight "OPTIONS /a/{id}", but every pattern'),
    ]);
    expect(inseparable(routes, { access: [] })).toEqual([]);
    const allow = new PolicyStatement({
      principals: [new StarPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: ['execute-api:/*'],
    });
    expect(inseparable(routes, { access: [RestAccess.fromStatements([allow])] })).toEqual([]);
  });

  test('never allows what it could not tell apart', () => {
    const { api, stack } = gateway({ access: fromSomewhere, routes: {} });
    api.addRoute('GET /users/{id}', open);
    api.addRoute('GET /users/{id}/invoices', decided);
    api.addRoute('GET /health', open);
    expect(stack.resolve(api.cfnApi.policy).Statement[0]).toEqual({
      ...everyone,
      Resource: 'execute-api:/*/GET/health',
    });
  });

  test('is made of the routes that are there at last', () => {
    const { api, stack } = gateway({ access: fromSomewhere, routes: { 'GET /a': open } });
    const first = () => stack.resolve(api.cfnApi.policy).Statement[0];
    expect(first()).toEqual(everyone);
    api.addRoute('GET /b', signed);
    expect(first()).toEqual({ ...everyone, Resource: 'execute-api:/*/GET/a' });
  });
});

describe('the fence of a private API', () => {
  const own = (effect: Effect, conditions?: Record<string, object>, more = {}) =>
    RestAccess.fromStatements([
      new PolicyStatement({
        effect,
        principals: [new AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: [WHOLE],
        conditions,
        ...more,
      }),
    ]);
  const role = { principals: [new ArnPrincipal('arn:aws:iam::111111111111:role/r')] };
  const isPrivate = { endpointType: RestEndpointType.PRIVATE, vpcEndpoints: [endpoint('vpce-1'), endpoint('vpce-2')] };
  const fence = {
    Action: 'execute-api:Invoke',
    Effect: 'Deny',
    Principal: '*',
    Resource: WHOLE,
    Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } },
  };
  const isFenced = (part: RestAccess) => statements([part], isPrivate).some((one) => isDeepStrictEqual(one, fence));
  const vpce = { 'aws:SourceVpce': ['vpce-9'] };

  test.each<[string, RestAccess, boolean]>([
    ['a Deny of some', own(Effect.DENY, undefined, role), true],
    ['an Allow of one role', own(Effect.ALLOW, undefined, role), true],
    ['an Allow of addresses', own(Effect.ALLOW, { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } }), true],
    ['a Deny of one endpoint', own(Effect.DENY, { StringEquals: vpce }), true],
    ['a Deny for one role', own(Effect.DENY, { StringNotEquals: vpce }, role), true],
    ['a Deny on one path', own(Effect.DENY, { StringNotEquals: vpce }, { resources: ['execute-api:/*/GET/a'] }), true],
    [
      'a Deny that spares others',
      own(Effect.DENY, { StringNotEquals: { ...vpce, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      true,
    ],
    [
      'a Deny under two conditions',
      own(Effect.DENY, { StringNotEquals: vpce, IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } }),
      true,
    ],
    [
      'a Deny of another action',
      own(Effect.DENY, { StringNotEquals: vpce }, { actions: ['execute-api:ManageConnections'] }),
      true,
    ],
    [
      'a Deny of another API',
      own(
        Effect.DENY,
        { StringNotEquals: vpce },
        { resources: ['arn:aws:execute-api:eu-west-1:111111111111:a1b2c3/*'] },
      ),
      true,
    ],
    [
      'a fence of endpoints, by the ARN of all APIs',
      own(Effect.DENY, { StringNotEquals: vpce }, { resources: ['arn:aws:execute-api:eu-west-1:111111111111:*/*'] }),
      false,
    ],
    [
      'a fence of endpoints, by an ARN with a reference',
      own(
        Effect.DENY,
        { StringNotEquals: vpce },
        {
          resources: [`arn:aws:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${Lazy.string({ produce: () => 'id' })}/*`],
        },
      ),
      false,
    ],
    ['a fence of endpoints', own(Effect.DENY, { StringNotEquals: vpce }), false],
    ['a fence of VPCs', own(Effect.DENY, { StringNotEquals: { 'AWS:sourceVpc': ['vpc-9'] } }), false],
    ['an Allow through endpoints', own(Effect.ALLOW, { StringEquals: vpce }), false],
  ])('stays or goes with %s', (_, part, stays) => {
    expect(isFenced(part)).toBe(stays);
  });

  test('takes in what each Allow of the user names, whatever else is allowed', () => {
    const denials = (parts: RestAccess[]) =>
      statements(parts, isPrivate)
        .filter(({ Effect: effect }) => effect === 'Deny')
        .map(({ Condition }) => Condition);
    const through = own(Effect.ALLOW, { StringEquals: vpce });
    const inVpc = own(Effect.ALLOW, { StringEquals: { 'AWS:sourcevpc': 'vpc-9' } });
    const all = (ids: string[], more = {}) => [{ StringNotEquals: { 'aws:SourceVpce': ids, ...more } }];
    expect(denials([through])).toEqual(all(['vpce-1', 'vpce-2', 'vpce-9']));
    expect(denials([through, RestAccess.allowAccounts(['222222222222'])])).toEqual(all(['vpce-1', 'vpce-2', 'vpce-9']));
    expect(denials([through, inVpc])).toEqual(all(['vpce-1', 'vpce-2', 'vpce-9'], { 'aws:SourceVpc': ['vpc-9'] }));
    expect(denials([through, own(Effect.ALLOW)])).toEqual(all(['vpce-1', 'vpce-2']));
  });

  test('is asked for where a Deny is all there is', () => {
    const make = (part: RestAccess) => () => gateway({ endpointType: RestEndpointType.PRIVATE, access: [part] });
    expect(make(own(Effect.DENY, undefined, role))).toThrow(
      'a private API is reached through VPC endpoints, but none is given',
    );
    expect(make(own(Effect.DENY, { StringNotEquals: vpce }))).not.toThrow();
    expect(make(own(Effect.ALLOW, undefined, role))).not.toThrow();
  });
});
