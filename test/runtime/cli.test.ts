import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnRestApi, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { version } from '../../package.json';
import { parseCloudFormationYaml } from '../../runtime/cli/cfn-yaml';
import { type CliIo } from '../../runtime/cli/io';
import { main } from '../../runtime/cli/main';

let folder: string;
let assembly: string;
const file = (name: string) => join(folder, name);

/** A stage and a method that more than one rule has something to say about. */
const OPEN_API = `
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: !Sub "shop" }
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders }
  GetOrders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: GET
      AuthorizationType: NONE
      Integration: { Type: HTTP, IntegrationHttpMethod: GET, Uri: "https://orders.example.com" }
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-cli-'));
  writeFileSync(file('open.yaml'), OPEN_API);
  writeFileSync(file('open.json'), JSON.stringify(parseCloudFormationYaml(OPEN_API)));
  writeFileSync(file('none.json'), JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
  writeFileSync(file('list.json'), '[1]');
  writeFileSync(file('broken.json'), '{ "Resources": ');
  writeFileSync(file('broken.yaml'), 'Resources:\n  A: !Reff B\n');
  const app = new App({ outdir: file('cdk.out') });
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1', account: '123456789012' } });
  const api = new RestApi(stack, 'Api', { restApiName: 'shop', deployOptions: { throttlingRateLimit: 50 } });
  api.root.addResource('orders').addResource('{id}').addMethod('GET', new MockIntegration());
  const body = {
    openapi: '3.0.1',
    info: { title: 'body', version: '1' },
    paths: Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [
        `/path${at}`,
        { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } },
      ]),
    ),
  };
  new CfnRestApi(stack, 'Body', { name: 'large', body });
  new CfnOutput(stack, 'Id', { value: api.restApiId });
  assembly = app.synth().directory;
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(argv: string[], more: Partial<CliIo> = {}) {
  let [out, err] = ['', ''];
  const io: CliIo = { stdout: (text) => (out += text), stderr: (text) => (err += text), color: false, ...more };
  const code = main(argv, io);
  return { code, out, err };
}

describe('usage', () => {
  test('--help and --version', () => {
    expect(run(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('apigw check ') });
    expect(run(['check', '-h'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit code') });
    expect(run(['--version'])).toEqual({ code: 0, err: '', out: `${version}\n` });
  });

  test.each([
    [[], 'no command given.'],
    [['chekc', 'x'], 'unknown command "chekc". Did you mean "check"?'],
    [['route', 'x'], 'unknown command "route". Did you mean "routes"?'],
    [['--json', 'canary', 'status'], 'unknown option "--json".'],
    [['canary'], '"canary" must come first: apigw canary …'],
    [
      ['launch', 'x'],
      'unknown command "launch". Available: check, routes, diff, openapi, docs, advise, adopt, rules, canary, deployed, serve.',
    ],
    [['constructor', 'x'], 'unknown command "constructor". Available:'],
    [['check'], '"apigw check" needs a cdk.out folder or a template, e.g. apigw check cdk.out'],
    [['check', 'x', '--fromat', 'json'], 'unknown option "--fromat". Did you mean "--format"?'],
    [
      ['check', 'x', '--zzz'],
      'unknown option "--zzz". Available: --api, --check, --clean, --config, --fail-on, --format, --framework, --output, --previous, --rule, --severity, --help, --version.',
    ],
    [['check', 'x', '--format'], "'--format <value>' argument missing"],
    [['check', 'x', '--format', 'jsn'], 'unknown format "jsn". Did you mean "json"?'],
    [['check', 'x', '--severity', 'wraning'], 'unknown severity "wraning". Did you mean "warning"?'],
    [['routes', 'x', '--severity', 'info'], '--severity is only an option of "apigw check".'],
    [['check', 'x', '--format=xml'], 'unknown format "xml". Available: table, json, sarif, junit, github.'],
  ])('%j', (argv, message) => {
    const { code, out, err } = run(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.startsWith('apigw: ')).toBe(true);
    expect(err).toContain(message);
  });

  test('what is wrong with a file is told in one line', () => {
    const failures = [
      ['nowhere.json', 'there is no file or folder "nowhere.json".'],
      [file('none/cdk.out'), /there is no file or folder ".*cdk\.out"\. Run "cdk synth" first\./],
      [folder, /no manifest\.json/],
      [file('list.json'), /list\.json: it is not a CloudFormation template: it has no "Resources"/],
      [file('broken.json'), /broken\.json:1:\d+: it is not valid JSON: the file ends where /],
      [file('broken.yaml'), /broken\.yaml:2:12: !Reff is not a CloudFormation function/],
    ] as const;
    for (const [path, message] of failures) {
      for (const command of ['check', 'routes']) {
        const { code, out, err } = run([command, path]);
        expect([code, out, err.trimEnd().split('\n').length]).toEqual([2, '', 1]);
        expect(err).toMatch(message);
      }
    }
  });
});

describe('check', () => {
  test('errors found: exit code 1, and each finding with place and fix', () => {
    const { code, out, err } = run(['check', file('open.yaml')], { columns: 100 });
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain(`shop (${file('open.yaml')})`);
    expect(out).toMatch(/│ error +│ ALL-AUTH1 /);
    expect(out).toMatch(/at GetOrders\.Properties/);
    expect(out).toMatch(/fix: /);
    expect(out).toMatch(/\d+ errors?.* in 1 REST API of 1 template\. Not shown: /);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const [{ fix }] = JSON.parse(run(['check', file('open.yaml'), '--format', 'json']).out);
    expect(out.replaceAll(/[│\s]/g, '')).toContain(fix.replaceAll(/\s/g, ''));
    expect(out).not.toContain('\u001b');
  });

  test('YAML and JSON say the same, most severe first', () => {
    const findings = ['open.yaml', 'open.json'].map((name) =>
      JSON.parse(run(['check', file(name), '--format', 'json']).out),
    );
    const plain = findings.map((list) =>
      list.map((one: object) => ({ ...one, template: '', file: '', line: 0, column: 0 })),
    );
    expect(plain[0]).toEqual(plain[1]);
    const auth = findings[0].find(({ id }: { id: string }) => id === 'ALL-AUTH1');
    expect(auth).toMatchObject({
      severity: 'error',
      logicalId: 'GetOrders',
      template: file('open.yaml'),
      path: expect.stringMatching(/^Properties/),
      message: expect.stringContaining('GET /orders'),
      title: expect.any(String),
      fix: expect.any(String),
      link: expect.stringMatching(/^https:/),
    });
    const rank = findings[0].map(({ severity }: { severity: string }) =>
      ['error', 'warning', 'info'].indexOf(severity),
    );
    expect(rank).toEqual([...rank].sort());
  });

  test('nothing to say: exit code 0', () => {
    expect(run(['check', file('none.json')])).toEqual({
      code: 0,
      err: '',
      out: 'No findings in 0 APIs of 1 template.\n',
    });
    expect(run(['check', file('none.json'), '--format=json'])).toEqual({ code: 0, err: '', out: '[]\n' });
  });

  describe('--severity', () => {
    const severities = (...options: string[]): string[] => {
      const { out } = run(['check', file('open.yaml'), '--format', 'json', ...options]);
      return [...new Set((JSON.parse(out) as { severity: string }[]).map(({ severity }) => severity))];
    };

    test('says what is shown', () => {
      expect(severities('--severity', 'error')).toEqual(['error']);
      expect(severities()).toEqual(['error', 'warning']);
      expect(severities('--severity', 'warning')).toEqual(['error', 'warning']);
      expect(severities('--severity', 'info')).toEqual(['error', 'warning', 'info']);
    });

    test('does not hide that there is more, nor change the exit code', () => {
      const { code, out } = run(['check', file('open.yaml')]);
      expect(out).toMatch(/ Not shown: \d+ infos? \(--severity info\)\.\n$/);
      const all = run(['check', file('open.yaml'), '--severity', 'info']);
      expect(all.out).not.toContain('Not shown');
      expect(all.out).toMatch(/\d+ infos? in 1 REST API/);
      const worst = run(['check', file('open.yaml'), '--severity', 'error']);
      expect(worst.out).toMatch(/ Not shown: \d+ warnings?, \d+ infos? \(--severity info\)\.\n$/);
      expect([code, all.code, worst.code]).toEqual([1, 1, 1]);
    });
  });

  test('a cloud assembly, several paths at once, the same one twice', () => {
    const names = (argv: string[]) => {
      const found = JSON.parse(run(['check', '--format', 'json', ...argv]).out) as { template: string }[];
      return [...new Set(found.map(({ template }) => template))].sort();
    };
    expect(names([assembly])).toEqual(['Shop.template.json']);
    expect(names([assembly, assembly])).toEqual(['Shop.template.json']);
    expect(names([assembly, file('open.json'), file('open.json')])).toEqual(
      [join(assembly, 'Shop.template.json'), file('open.json')].sort(),
    );
  });

  test('colours the severity on a terminal only', () => {
    const { out } = run(['check', file('open.json')], { color: true, columns: 100 });
    expect(out).toContain('\u001b[31merror');
    const plain = run(['check', file('open.json')], { columns: 100 }).out;
    expect(out.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});

describe('routes', () => {
  test('lists routes, stages and template sizes', () => {
    const { code, out, err } = run(['routes', assembly], { columns: 160 });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('shop (Shop.template.json, ');
    expect(out).toContain('): 1 route, 1 stage\n');
    expect(out).toMatch(/│ GET +│ \/orders\/\{id\} +│ NONE +│ mock +│ – +│ 50\/s/);
    expect(out).toMatch(/│ prod +│ https:\/\/<api-id>\.execute-api\.eu-west-1\.amazonaws\.com\/prod /);
    expect(out).toMatch(/│ Shop\.template\.json +│ \d+ +│ \d+ +│/);
    expect(out).toContain('): 400 routes, 0 stages\n');
  });

  test('as JSON', () => {
    const { apis, templates } = JSON.parse(run(['routes', assembly, '--format', 'json']).out);
    expect(apis).toHaveLength(2);
    expect(apis.find(({ name }: { name: string }) => name === 'shop')).toMatchObject({
      template: 'Shop.template.json',
      logicalId: expect.stringMatching(/^Api/),
      form: 'resources',
      routes: [{ method: 'GET', path: '/orders/{id}', authorizer: 'NONE', integration: 'mock' }],
      stages: [{ name: 'prod' }],
    });
    expect(templates).toEqual([
      { file: 'Shop.template.json', resources: expect.any(Number), bytes: expect.any(Number) },
    ]);
  });

  test('no API, and one whose definition is elsewhere', () => {
    expect(run(['routes', file('none.json')]).out).toMatch(/^No API in 1 template\.\n/);
    const s3 = {
      Resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'b', Key: 'k' } } },
      },
    };
    writeFileSync(file('s3.json'), JSON.stringify(s3));
    expect(run(['routes', file('s3.json')]).out).toContain('its routes are unknown');
  });
});

describe('the bundled command', () => {
  const bundle = join(__dirname, '../../assets/cli/apigw.js');

  test('is an executable that ends with the code of the command', async () => {
    const result = await new Promise<{ code: unknown; stdout: string }>((resolve) =>
      execFile(process.execPath, [bundle, 'check', file('open.yaml')], (error, stdout) =>
        resolve({ code: error?.code, stdout }),
      ),
    );
    expect(result.code).toBe(1);
    expect(result.stdout).toBe(run(['check', file('open.yaml')]).out);
  });

  test('a reader that closes the pipe early is no error', async () => {
    const child = spawn(process.execPath, [bundle, 'routes', assembly], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});
