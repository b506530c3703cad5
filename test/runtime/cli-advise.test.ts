import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../runtime/cli/main';

let folder: string;

const TEMPLATE = `
Resources:
  Simple:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: simple
      EndpointConfiguration: { Types: [REGIONAL] }
      Body: { openapi: 3.0.1, info: { title: a, version: "1" }, paths: { /a: { get: { x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: https://example.com } } } } }
  Mocked:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: mocked
      Policy: { Version: 2012-10-17, Statement: [] }
      Body: { openapi: 3.0.1, info: { title: a, version: "1" }, paths: { /a: { get: { x-amazon-apigateway-integration: { type: mock } }, put: { x-amazon-apigateway-integration: { type: mock } } } } }
  Elsewhere:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: elsewhere, BodyS3Location: { Bucket: b, Key: k } }
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-advise-'));
  writeFileSync(join(folder, 'apis.yaml'), TEMPLATE);
  writeFileSync(join(folder, 'none.json'), '{"Resources":{}}');
});

afterAll(() => rmSync(folder, { recursive: true }));

function advise(...args: string[]): { code: number; out: string } {
  let out = '';
  const io = {
    stdout: (text: string) => void (out += text),
    stderr: (text: string) => void (out += text),
    color: false,
  };
  return { code: main(['advise', ...args], io), out };
}

test('each REST API gets a verdict, with its routes and what to use instead', () => {
  const { code, out } = advise(join(folder, 'apis.yaml'));
  expect(code).toBe(0);
  expect(out).toContain(
    'simple (' + join(folder, 'apis.yaml') + ', Simple): could be an HTTP API, $2.50 less per million requests.',
  );
  expect(out).toContain('Mocked): needs a REST API for the API as a whole and 2 of 2 routes.');
  expect(out).toMatch(/uses +│ a mock integration +│ a Lambda function/);
  expect(out).toMatch(/GET \/a[^]*PUT \/a/);
  expect(out).toContain('Elsewhere): the definition is not in the template, so this cannot be determined.');
});

test('the same for programs', () => {
  const [simple, mocked, elsewhere] = JSON.parse(advise('--format', 'json', join(folder, 'apis.yaml')).out);
  expect(simple).toMatchObject({ name: 'simple', logicalId: 'Simple', verdict: 'possible', savingPerMillion: 2.5 });
  expect(mocked).toMatchObject({ verdict: 'blocked', routes: 2, blockingRoutes: ['GET /a', 'PUT /a'] });
  expect(mocked.savingPerMillion).toBeUndefined();
  expect(elsewhere.verdict).toBe('unknown');
});

test('a template without REST APIs is said to have none', () => {
  expect(advise(join(folder, 'none.json'))).toEqual({ code: 0, out: 'No REST API in 1 template.\n' });
});

test('options of other commands are refused', () => {
  expect(advise('--severity', 'info', join(folder, 'none.json'))).toMatchObject({ code: 2 });
});
