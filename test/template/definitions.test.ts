import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { ApiDefinition, CfnRestApi, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { readAssembly, sourceOf } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const OPENAPI = `
openapi: 3.0.1
info: { title: orders, version: "1" }
paths:
  /orders:
    get: { operationId: list, x-amazon-apigateway-integration: { type: mock } }
`;

let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'definitions-'));
  writeFileSync(file('openapi.yaml'), OPENAPI);
  writeFileSync(
    file('openapi.json'),
    '{"openapi":"3.0.1","paths":{"/a":{"get":{"x-amazon-apigateway-integration":{"type":"mock"}}}}}',
  );
  writeFileSync(file('broken.yaml'), 'paths: [');
});

afterAll(() => rmSync(folder, { recursive: true }));

function synthesized(build: (stack: Stack) => void, name: string) {
  const app = new App({ outdir: file(name) });
  build(new Stack(app, 'Stack'));
  return readModel(readAssembly(app.synth().directory)).restApis.map(({ form, methods, location }) => ({
    form,
    routes: methods.map(({ httpMethod, path }) => `${String(httpMethod)} ${path}`),
    template: location.template,
  }));
}

test('a definition that is an asset of the assembly is read from it', () => {
  const found = synthesized((stack) => {
    new SpecRestApi(stack, 'Api', { apiDefinition: ApiDefinition.fromAsset(file('openapi.yaml')) });
  }, 'asset.out');
  expect(found).toMatchObject([{ form: 'body', routes: ['GET /orders'] }]);
});

test('in a nested stack as well', () => {
  const found = synthesized((stack) => {
    const nested = new NestedStack(stack, 'Nested');
    new SpecRestApi(nested, 'Api', { apiDefinition: ApiDefinition.fromAsset(file('openapi.json')) });
  }, 'nested.out');
  expect(found).toMatchObject([{ form: 'body', routes: ['GET /a'] }]);
});

test('an included asset is the body, with what stands beside it', () => {
  const found = synthesized((stack) => {
    const asset = new Asset(stack, 'Definition', { path: file('openapi.yaml') });
    const body = {
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: asset.s3ObjectUrl } },
    };
    new CfnRestApi(stack, 'Api', { name: 'api' }).addPropertyOverride('Body', stack.resolve(body));
    // The same by the function of the CDK.
    new CfnRestApi(stack, 'Other', { body: Fn.transform('AWS::Include', { Location: asset.s3ObjectUrl }) });
  }, 'include.out');
  expect(found).toMatchObject([
    { form: 'body', routes: ['GET /orders'] },
    { form: 'body', routes: ['GET /orders'] },
  ]);
});

test('a definition that is not at hand leaves the API opaque', () => {
  const found = synthesized((stack) => {
    new CfnRestApi(stack, 'Elsewhere', { bodyS3Location: { bucket: 'b', key: 'definitions/api.yaml' } });
    new CfnRestApi(stack, 'Gone', { bodyS3Location: { bucket: 'b', key: `${'0'.repeat(64)}.yaml` } });
    const asset = new Asset(stack, 'Broken', { path: file('broken.yaml') });
    new CfnRestApi(stack, 'Broken-Api', { bodyS3Location: { bucket: asset.s3BucketName, key: asset.s3ObjectKey } });
  }, 'none.out');
  expect(found.map(({ form }) => form)).toEqual(['opaque', 'opaque', 'opaque']);
});

test('a path beside a template is read, an address is not', () => {
  const api = (body: object) => ({ Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body } });
  const include = (Location: string) => ({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } } });
  const template = {
    Resources: {
      A: api(include('openapi.yaml')),
      B: api(include('s3://bucket/openapi.yaml')),
      C: api(include('nowhere.yaml')),
      D: api({ 'Fn::Transform': { Name: 'Other' } }),
    },
  };
  const { restApis } = readModel([sourceOf('template.json', template, 0, { path: file('template.json') })]);
  expect(restApis.map(({ form }) => form)).toEqual(['body', 'opaque', 'opaque', 'opaque']);
});
