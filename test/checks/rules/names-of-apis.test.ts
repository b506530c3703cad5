import { findings, ids } from '../support';

type Loose = Record<string, unknown>;

const resource = (Type: string, Properties: Loose) => ({ Type, Properties });
const ref = (Ref: string) => ({ Ref });
const SUB_URI = 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations';

/** Whether the rule says that something belongs to another API, if the two are named so. */
type Case = readonly [what: string, one: unknown, other: unknown, isFound: boolean];

const CASES: readonly Case[] = [
  ['one parameter', ref('ApiId'), ref('ApiId'), false],
  ['two parameters, which may be one API', ref('ApiId'), ref('OtherId'), false],
  ['a parameter and an import', ref('ApiId'), { 'Fn::ImportValue': 'api' }, false],
  ['an API of the template and a parameter', ref('Api'), ref('ApiId'), false],
  ['two ids', 'abc123', 'def456', true],
  ['an API of the template and an id', ref('Api'), 'abc123', true],
];

const foundIn = (resources: Loose): string[] => ids(findings({ Resources: resources }));

describe('what belongs to another API', () => {
  test.each(CASES)('of %s: a deployment', (_, one, other, isFound) => {
    const found = foundIn({
      Api: resource('AWS::ApiGateway::RestApi', { Name: 'x' }),
      Deployed: resource('AWS::ApiGateway::Deployment', { RestApiId: other }),
      Stage: resource('AWS::ApiGateway::Stage', { RestApiId: one, StageName: 'a', DeploymentId: ref('Deployed') }),
    });
    expect(found.includes('REST-DEP4')).toBe(isFound);
  });

  test.each(CASES)('of %s: an authorizer', (_, one, other, isFound) => {
    const found = foundIn({
      Api: resource('AWS::ApiGateway::RestApi', { Name: 'x' }),
      Users: resource('AWS::ApiGateway::Authorizer', { RestApiId: other, Type: 'TOKEN' }),
      Get: resource('AWS::ApiGateway::Method', { RestApiId: one, HttpMethod: 'GET', AuthorizerId: ref('Users') }),
    });
    expect(found.includes('ALL-AUTH9')).toBe(isFound);
  });

  test.each(CASES)('of %s: an integration', (_, one, other, isFound) => {
    const found = foundIn({
      Api: resource('AWS::ApiGatewayV2::Api', { Name: 'x', ProtocolType: 'HTTP' }),
      Call: resource('AWS::ApiGatewayV2::Integration', { ApiId: other, PayloadFormatVersion: '2.0' }),
      Get: resource('AWS::ApiGatewayV2::Route', {
        ApiId: one,
        RouteKey: 'GET /orders',
        Target: { 'Fn::Sub': 'integrations/${Call}' },
      }),
    });
    expect(found.includes('V2-ROUTE10')).toBe(isFound);
  });
});

describe('a permission for an API that is elsewhere', () => {
  const withSource = (tail: string, api: unknown = ref('ApiId'), named = '${ApiId}') => ({
    Fn: resource('AWS::Lambda::Function', {}),
    Permission: resource('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: ref('Fn'),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Sub': `arn:aws:execute-api:us-east-1:111122223333:${named}${tail}` },
    }),
    Orders: resource('AWS::ApiGatewayV2::Route', {
      ApiId: api,
      RouteKey: 'GET /orders',
      Target: { 'Fn::Sub': 'integrations/${Call}' },
    }),
    Call: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: api,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::Sub': SUB_URI },
      PayloadFormatVersion: '2.0',
    }),
  });

  test.each([
    ['/*/GET/orders', false],
    ['/*/*', false],
    ['/*/GET/users', true],
  ])('is compared with its routes: %s', (tail, isFound) => {
    expect(foundIn(withSource(tail)).includes('ALL-AUTH33')).toBe(isFound);
  });

  test.each<[string, unknown, string, boolean]>([
    ['the same id', 'abc123', 'abc123', false],
    ['the id of another API that is here too', 'abc123', 'def456', true],
    ['the id of an API that is not here', 'abc123', 'ghi789', true],
    ['a parameter, which may be that id', 'abc123', '${ApiId}', false],
    ['an id, which may be that parameter', ref('ApiId'), 'def456', false],
  ])('is for %s', (_, api, named, isFound) => {
    const Other = resource('AWS::ApiGatewayV2::Route', { ApiId: 'def456', RouteKey: 'GET /users' });
    const Third = resource('AWS::ApiGatewayV2::Route', { ApiId: ref('ApiId'), RouteKey: 'GET /users' });
    expect(foundIn({ ...withSource('/*/*', api, named), Other, Third }).includes('ALL-AUTH33')).toBe(isFound);
  });
});

test('two methods of one path under the same resource of an API that is elsewhere are one route', () => {
  const method = (logicalId: string, ResourceId: unknown) => ({
    [logicalId]: resource('AWS::ApiGateway::Method', { RestApiId: ref('ApiId'), ResourceId, HttpMethod: 'GET' }),
  });
  const both = (one: unknown, other: unknown) => foundIn({ ...method('A', one), ...method('B', other) });
  expect(both(ref('RootId'), ref('RootId'))).toContain('REST-ROUTE1');
  expect(both('abc', 'abc')).toContain('REST-ROUTE1');
  expect(both(ref('RootId'), ref('OtherId'))).not.toContain('REST-ROUTE1');
  expect(both({ 'Fn::If': ['A', 'a', 'b'] }, { 'Fn::If': ['B', 'a', 'b'] })).not.toContain('REST-ROUTE1');
});
