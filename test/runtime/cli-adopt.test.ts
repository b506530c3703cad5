import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';
import { type CliIo } from '../../runtime/cli/io';
import { main } from '../../runtime/cli/main';

let folder: string;
const file = (name: string) => join(folder, name);

function run(...argv: string[]): { out: string; err: string; code: number } {
  let [out, err] = ['', ''];
  const io: CliIo = { stdout: (text) => (out += text), stderr: (text) => (err += text), color: false, columns: 200 };
  const code = main(argv, io);
  return { out, err, code };
}

function synth(name: string, make: (stack: Stack) => void): void {
  const app = new App({ outdir: file(name), context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  make(new Stack(app, 'Shop'));
  app.synth();
}

const gateway = (stack: Stack, adopt?: object) =>
  void new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.none('test'),
    routes: { 'GET /orders': { integration: RestIntegration.mock() } },
    webAcl: WebAcl.none('test'),
    adopt,
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-adopt-'));
  synth('old', (stack) => new RestApi(stack, 'Api').root.addResource('orders').addMethod('GET', new MockIntegration()));
  synth('new', (stack) => gateway(stack));
  writeFileSync(file('none.json'), JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('prints the props to paste, and what to do before', () => {
  const { out, code } = run('adopt', file('old'));
  expect(code).toBe(0);
  expect(out).toMatch(
    /^\/\/ RestGateway in place of Api \(Shop\.template\.json, Api\w+\)\nadopt: \{ api: 'Api\w+', stages: \{ prod: 'ApiDeploymentStageprod\w+' \} \},\n/,
  );
  expect(out).toContain('\nendpointType: RestEndpointType.EDGE,\nsecurityPolicy: SecurityPolicy.TLS_1_0,\n');
  expect(out).toMatch(/First deploy the old template with DeletionPolicy: Retain on 2 resources/);
});

test('writes the same as JSON', () => {
  const [adoption] = JSON.parse(run('adopt', file('old'), '--format', 'json').out);
  expect(adoption).toMatchObject({ kind: 'rest', inPlace: true, template: 'Shop.template.json' });
  expect(Object.keys(adoption.adopt)).toEqual(['api', 'stages']);
});

test('the printed ids make a gateway that loses nothing but what the comment says', () => {
  const [{ adopt }] = JSON.parse(run('adopt', file('old'), '--format', 'json').out);
  synth('adopted', (stack) => gateway(stack, adopt));
  const { moves } = JSON.parse(run('adopt', file('old'), '--check', file('adopted'), '--format', 'json').out);
  const harm = moves.filter(({ kind }: { kind: string }) => kind !== 'changes');
  expect(harm.map(({ what }: { what: string }) => what)).toEqual([expect.stringContaining('after the import')]);
});

test('--check exits with 1 if something is lost, and says what and why', () => {
  const { out, code } = run('adopt', file('old'), '--check', file('new'));
  expect(code).toBe(1);
  expect(out).toMatch(/^3 resources of live APIs would be replaced, lost or in the way; 3 other changes\.\n/);
  expect(out).toMatch(/collides\s+│ ApiGateway::Stage\s+│ ApiStageprod\w+ is created while ApiDeploymentStageprod/);
});

test('--check exits with 0 if nothing is', () => {
  const { out, code } = run('adopt', file('new'), '--check', file('new'));
  expect([code, out]).toEqual([0, 'Nothing that callers or operators know is replaced, lost or in the way.\n']);
});

test('says which templates have no counterpart', () => {
  const { out } = run('adopt', file('old'), file('none.json'), '--check', file('new'));
  expect(out).toMatch(/Not compared: .*none\.json, which has no counterpart in the new templates\./);
});

test('says so if there is no API, and knows its option only', () => {
  expect(run('adopt', file('none.json')).out).toBe('No API in 1 template.\n');
  expect(run('routes', file('old'), '--check', file('new'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('--check is only an option of "apigw adopt".'),
  });
  expect(run('adopt', file('old'), '--check', file('nothing')).code).toBe(2);
});
