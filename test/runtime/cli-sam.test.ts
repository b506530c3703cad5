import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../runtime/cli/main';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs22.x, Handler: index.handler, CodeUri: src }
Resources:
  OrdersApi:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: Users
        AddDefaultAuthorizerToCorsPreflight: false
        Authorizers: { Users: { UserPoolArn: !GetAtt Pool.Arn } }
  Specified:
    Type: AWS::Serverless::Api
    Properties: { StageName: prod, DefinitionUri: openapi.yaml }
  Pool: { Type: AWS::Cognito::UserPool }
  OrdersFunction:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 60
      Events:
        GetOrder: { Type: Api, Properties: { RestApiId: !Ref OrdersApi, Path: '/orders/{id}', Method: get } }
        Open: { Type: Api, Properties: { RestApiId: !Ref OrdersApi, Path: /open, Method: get, Auth: { Authorizer: NONE } } }
        Web: { Type: HttpApi, Properties: { Path: /web, Method: get } }
  Connection:
    Type: AWS::Serverless::Connector
    Properties: { Source: { Id: OrdersFunction }, Destination: { Id: Pool }, Permissions: [Read] }
`;
const DEFINITION = `
openapi: 3.0.1
info: { title: spec, version: "1" }
paths:
  /from-file:
    get: { x-amazon-apigateway-integration: { type: mock } }
`;

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-sam-'));
  file = join(folder, 'template.yaml');
  writeFileSync(file, TEMPLATE);
  writeFileSync(join(folder, 'openapi.yaml'), DEFINITION);
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = main(argv, {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
    columns: 160,
  });
  return { code, out, err };
}

test('check finds what is wrong, under the API and at the event', () => {
  const { code, out } = run('check', file);
  expect(code).toBe(1);
  expect(out).toContain('in 2 REST APIs and 1 HTTP API of 1 template.');
  expect(out).toMatch(/ALL-AUTH1 .*GET \/open has no authorization/);
  expect(out).toContain('at OrdersFunction.Properties.Events.Open');
  expect(out).toContain('at OrdersApi');
  expect(out).not.toMatch(/at (ServerlessHttpApi|OrdersApiprodStage|OrdersApiDeployment)/);
});

test('check reads a definition beside the template', () => {
  const findings = JSON.parse(run('check', '--format', 'json', file).out) as { logicalId: string; message: string }[];
  expect(findings.filter(({ logicalId }) => logicalId === 'Specified').map(({ message }) => message)).toContainEqual(
    expect.stringContaining('GET /from-file has no authorization'),
  );
});

test('routes lists the routes of events', () => {
  const { code, out } = run('routes', file);
  expect(code).toBe(0);
  expect(out).toMatch(/│ GET +│ \/orders\/\{id\} +│ cognito Users +│ lambda OrdersFunction +│/);
  expect(out).toMatch(/│ GET \/web +│ NONE +│ lambda OrdersFunction +│/);
  expect(out).toMatch(/│ prod +│ https:\S+/);
});

test('openapi writes the document that SAM makes, and advise judges it', () => {
  const document = JSON.parse(run('openapi', file, '--api', 'OrdersApi').out) as { paths: object };
  expect(Object.keys(document.paths)).toEqual(['/orders/{id}', '/open']);
  expect(run('advise', file).out).toContain('OrdersApi');
});
