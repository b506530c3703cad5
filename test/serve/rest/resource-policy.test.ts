import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../runtime/serve/library';
import { type LocalServer, type RequestOptions } from '../../../runtime/serve/types';
import { att, ref, resource } from '../../template/source-of';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
const servers: LocalServer[] = [];
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true });
});

const HERE = '192.0.2.7';
const SIGNED = { headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/1/r/s/aws4_request, Signature=0' } };
const method = (path: string, more: object): object =>
  resource('AWS::ApiGateway::Method', {
    ...{ RestApiId: ref('Api'), ResourceId: ref(path), HttpMethod: 'GET', AuthorizationType: 'NONE', ...more },
    MethodResponses: [{ StatusCode: '200' }],
    Integration: {
      ...{ Type: 'MOCK', RequestTemplates: { 'application/json': '{"statusCode": 200}' } },
      IntegrationResponses: [{ StatusCode: '200' }],
    },
  });
const authorizer = (Type: string, more: object): object =>
  resource('AWS::ApiGateway::Authorizer', { RestApiId: ref('Api'), Name: Type, Type, ...more });
const statement = (Effect: string, Condition?: object): object => ({
  ...{ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
  ...(Condition && { Condition }),
});
const FROM_HERE = { IpAddress: { 'aws:SourceIp': HERE } };

/** An API with a method of each kind of authorization behind a resource policy. */
function served(statements: readonly object[], api: object = {}): LocalServer {
  const paths = ['Open', 'Signed', 'User', 'Token'];
  const uri =
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:Fn/invocations';
  const file = join(folder, `${servers.length}.json`);
  const Resources = {
    Api: resource('AWS::ApiGateway::RestApi', { Name: 'api', Policy: { Statement: statements }, ...api }),
    Stage: resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName: 'prod' }),
    Pool: resource('AWS::Cognito::UserPool', {}),
    Fn: resource('AWS::Lambda::Function', { FunctionName: 'Fn', Code: { ZipFile: '' } }),
    ByPool: authorizer('COGNITO_USER_POOLS', {
      ProviderARNs: [att('Pool', 'Arn')],
      IdentitySource: 'method.request.header.Authorization',
    }),
    ByFunction: authorizer('TOKEN', { AuthorizerUri: uri, IdentitySource: 'method.request.header.Authorization' }),
    ...Object.fromEntries(
      paths.map((path) => [
        path,
        resource('AWS::ApiGateway::Resource', {
          RestApiId: ref('Api'),
          ParentId: att('Api', 'RootResourceId'),
          PathPart: path,
        }),
      ]),
    ),
    GetOpen: method('Open', {}),
    GetSigned: method('Signed', { AuthorizationType: 'AWS_IAM' }),
    GetUser: method('User', { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: ref('ByPool') }),
    GetToken: method('Token', { AuthorizationType: 'CUSTOM', AuthorizerId: ref('ByFunction') }),
  };
  writeFileSync(file, JSON.stringify({ Resources }));
  const Fn = ({ methodArn }: { methodArn: string }): object => ({
    principalId: 'p',
    policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: methodArn }] },
  });
  const server = serve({ from: file, functions: { Fn } });
  servers.push(server);
  return server;
}

async function refusedBy(server: LocalServer, path: string, options: RequestOptions = {}): Promise<string | undefined> {
  const { trace } = await server.request(`GET /${path}`, { sourceIp: HERE, ...options });
  return trace.steps.find(({ refused }) => refused !== undefined)?.stage;
}

describe('the resource policy', () => {
  test('is asked before a function, and after a signature or a user pool', async () => {
    const server = served([statement('Deny')]);
    const known: Record<string, RequestOptions> = {
      Open: {},
      Signed: SIGNED,
      User: { as: {} },
      Token: { headers: { Authorization: 't' } },
    };
    for (const [path, options] of Object.entries(known))
      expect([path, await refusedBy(server, path, options)]).toEqual([path, 'resourcePolicy']);
    expect(await Promise.all(Object.keys(known).map((path) => refusedBy(server, path)))).toEqual([
      ...['resourcePolicy', 'authorizer', 'authorizer', 'resourcePolicy'],
    ]);
  });

  test('need not allow what a caller or a function is allowed otherwise', async () => {
    const server = served([statement('Allow', { IpAddress: { 'aws:SourceIp': '198.51.100.1' } })]);
    expect(await refusedBy(server, 'Open')).toBe('resourcePolicy');
    expect(await refusedBy(server, 'User', { as: {} })).toBe('resourcePolicy');
    expect(await refusedBy(server, 'Signed', SIGNED)).toBeUndefined();
    expect(await refusedBy(server, 'Token', { headers: { Authorization: 't' } })).toBeUndefined();
  });

  test('of a public API sees the address of the client', async () => {
    const server = served([statement('Allow', FROM_HERE)]);
    expect(await refusedBy(server, 'Open')).toBeUndefined();
    expect(await refusedBy(server, 'Open', { sourceIp: '198.51.100.1' })).toBe('resourcePolicy');
  });

  test('of a private API lets in what nothing here knows, and says so', async () => {
    const own = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } };
    const outside = { NotIpAddress: { 'aws:VpcSourceIp': '192.0.2.0/24' } };
    const statements = [statement('Allow'), statement('Deny', own), statement('Deny', outside)];
    const server = served(statements, { EndpointConfiguration: { Types: ['PRIVATE'] } });
    const { status, trace } = await server.request('GET /Open', { sourceIp: HERE });
    expect([status, trace.step('resourcePolicy')?.note]).toEqual([
      200,
      'Statement 0 allows it; not known here, and taken as right: aws:SourceVpce',
    ]);
    expect(await refusedBy(server, 'Open', { sourceIp: '198.51.100.1' })).toBe('resourcePolicy');
    expect(await refusedBy(served(statements), 'Open')).toBe('resourcePolicy');
  });

  test('does not know the organization of who signs, and that nobody signs', async () => {
    const server = served([
      statement('Allow'),
      statement('Deny', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
    ]);
    expect(await refusedBy(server, 'Signed', SIGNED)).toBeUndefined();
    expect(await refusedBy(server, 'Open')).toBe('resourcePolicy');
  });
});
