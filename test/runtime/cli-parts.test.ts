import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../runtime/cli/main';

let folder: string;
const file = (name: string) => join(folder, name);

const ROUTES = `
Parameters:
  RestApiId: { Type: String }
  RootId: { Type: String }
Resources:
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref RestApiId, ParentId: !Ref RootId, PathPart: orders }
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref RestApiId
      ResourceId: !Ref Orders
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: GET
        Uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:f/invocations
`;
const MAIN = `
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: shop }
  Routes:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nested/routes.yaml
      Parameters: { RestApiId: !Ref Api, RootId: !GetAtt Api.RootResourceId }
`;
const STAGE_ONLY = `
Resources:
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: { ApiId: !ImportValue shared-api, StageName: live }
`;
const PERMISSION_ONLY = {
  Resources: {
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'a.b' } },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Fn' },
        Principal: 'apigateway.amazonaws.com',
      },
    },
  },
};

const FILES = {
  'nested/routes.yaml': ROUTES,
  'main.yaml': MAIN,
  'stage.yaml': STAGE_ONLY,
  'permission.json': JSON.stringify(PERMISSION_ONLY),
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-parts-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(file(name)), { recursive: true });
    writeFileSync(file(name), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): { code: number; out: string } {
  let out = '';
  const stdout = (text: string) => void (out += text);
  return { code: main(args, { stdout, stderr: stdout, color: false }), out };
}

test('check judges what is in the file, and says what it did not see', () => {
  const { code, out } = run('check', file('nested/routes.yaml'));
  expect(code).toBe(1);
  expect(out).toContain('POST /<RootId>/orders invokes its function with GET');
  expect(out).toContain(`API by parameter RestApiId (${file('nested/routes.yaml')})`);
  expect(out).toContain('in parts of 1 REST API of 1 template.');
  expect(out).toContain(
    `Seen in part: 2 resources of the REST API by parameter RestApiId (${file('nested/routes.yaml')}); no given template has the API itself`,
  );
});

test('check joins the templates of nested stacks', () => {
  const { out } = run('check', file('nested/routes.yaml'), file('main.yaml'));
  expect(out).toContain('POST /orders invokes its function with GET');
  expect(out).toContain('in 1 REST API of 2 templates.');
  expect(out).not.toContain('Seen in part');
});

test('check says of what it could not judge at all', () => {
  expect(run('check', file('stage.yaml')).out).toContain(
    `1 resource of the API by import "shared-api" (${file('stage.yaml')}): no given template says whether`,
  );
});

test('check finds a permission for every API where there is none', () => {
  expect(run('check', file('permission.json')).out).toContain('any API of any account may invoke Fn');
});

test('routes shows what is in the file, and that there may be more', () => {
  const { out } = run('routes', file('nested/routes.yaml'));
  expect(out).toContain('API by parameter RestApiId');
  expect(out).toContain('/<RootId>/orders');
  expect(out).toContain('The API is not in the templates: it may have more routes and stages.');
});

test('openapi and advise are for whole APIs', () => {
  expect(run('openapi', file('nested/routes.yaml')).code).toBe(2);
  expect(run('advise', file('nested/routes.yaml')).out).not.toContain('RestApiId');
});
