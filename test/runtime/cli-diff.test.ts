import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { main } from '../../runtime/cli/main';

let folder: string;
const file = (name: string) => join(folder, name);

const api = (routes: string, more = '') => `
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: "shop | \`x\`"
      ${more}
      Body:
        openapi: 3.0.1
        components: { securitySchemes: { iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 } } }
        paths:
${routes}`;
const route = (path: string, security = '[{ iam: [] }]', timeout = '29000') =>
  `          ${path}: { get: { security: ${security}, x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: "https://example.com", timeoutInMillis: ${timeout} } } }\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-diff-'));
  const two = route('/a') + route('/b');
  writeFileSync(file('two.yaml'), api(two));
  writeFileSync(file('same.yaml'), `# later\n${api(two)}`);
  writeFileSync(file('one.yaml'), api(route('/a')));
  writeFileSync(file('open.yaml'), api(route('/a', '[]') + route('/b', '[]')));
  writeFileSync(file('text.yaml'), api(route('/a', undefined, "'29000'") + route('/b')));
  writeFileSync(file('broken.yaml'), 'Resources:\n  A: !Reff B\n');
  for (const [name, path] of [
    ['before.out', 'orders'],
    ['after.out', 'items'],
  ]) {
    const app = new App({ outdir: file(name) });
    const rest = new RestApi(new Stack(app, 'Shop'), 'Api');
    rest.root.addResource(path).addMethod('GET', new MockIntegration());
    rest.root.addMethod('GET', new MockIntegration());
    app.synth();
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = main(['diff', ...argv], {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
    columns: 200,
  });
  return { code, out: out.replaceAll(folder, ''), err: err.replaceAll(folder, '') };
}

test('templates that say the same', () => {
  expect(run(file('two.yaml'), file('same.yaml'))).toEqual({
    code: 0,
    out: 'No change that callers see.\n',
    err: '',
  });
});

test('a route that is gone breaks callers, with its place in the old template', () => {
  const { code, out } = run(file('two.yaml'), file('one.yaml'));
  expect(code).toBe(1);
  expect(out).toContain('│ breaks callers │ route GET /b');
  expect(out).toMatch(/at \/two\.yaml:13:\d+/);
  expect(out).toMatch(/\n1 change: 1 breaking\n$/);
  expect(run(file('one.yaml'), file('two.yaml'))).toMatchObject({ code: 0 });
});

test('what is opened, or unknown, fails only where that is asked for', () => {
  const [opened, unknown] = [
    [file('two.yaml'), file('open.yaml')],
    [file('two.yaml'), file('text.yaml')],
  ];
  expect(run(...opened)).toMatchObject({ code: 0, out: expect.stringContaining('2 changes: 2 opening') });
  expect(run(...opened, '--fail-on', 'opening')).toMatchObject({ code: 1 });
  expect(run(...opened, '--fail-on', 'unknown')).toMatchObject({ code: 0 });
  expect(run(...unknown)).toMatchObject({ code: 0, out: expect.stringContaining('"29000"') });
  expect(run(...unknown, '--fail-on', 'opening', '--fail-on', 'unknown')).toMatchObject({ code: 1 });
});

test('routes of which the same is said are one row', () => {
  const { out } = run(file('two.yaml'), file('open.yaml'));
  expect(out.match(/anyone can call it/g)).toHaveLength(1);
  expect(out).toContain('route GET /a');
  expect(out).toContain('route GET /b');
});

test('json has all of each change', () => {
  const { code, out } = run(file('two.yaml'), file('one.yaml'), '--format', 'json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    summary: { breaking: 1, opening: 0, unknown: 0, harmless: 0 },
    changes: [
      {
        ...{ class: 'breaking', change: 'removed', api: 'shop | `x`', kind: 'route', subject: 'GET /b' },
        ...{ why: 'callers get an error', side: 'before', place: expect.stringMatching(/^\/two\.yaml:13:\d+$/) },
        ...{ template: expect.stringMatching(/one\.yaml$/), logicalId: 'Api', path: 'Properties.Body.paths./b.get' },
      },
    ],
  });
});

test('markdown is a table in which names are code', () => {
  const { out } = run(file('two.yaml'), file('open.yaml'), '--format', 'markdown');
  expect(out.split('\n').slice(0, 7)).toEqual([
    '### API changes',
    '',
    '#### `` shop | `x` ``',
    '',
    '| callers | what | before | after | because |',
    '| --- | --- | --- | --- | --- |',
    '| **opens** | `route GET /a`<br>`route GET /b`<br>`authorization` | `AWS_IAM` | `NONE` | `anyone can call it` |',
  ]);
});

test('a backslash before a pipe ends no cell, and shows nothing of Markdown', () => {
  const name = (text: string) =>
    `Resources: { Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: '${text}' } } }`;
  writeFileSync(file('plain.yaml'), name('a|b'));
  writeFileSync(file('odd.yaml'), name('*é* <b>\\| @x'));
  const { out } = run(file('plain.yaml'), file('odd.yaml'), '--format', 'markdown');
  expect(out).toContain(
    '| `a\\|b` | <code>&#42;é&#42; &#60;b&#62;&#92;&#124; &#64;x</code> | `callers do not see it` |',
  );
});

test('assemblies are compared stack by stack', () => {
  const { code, out } = run(file('before.out'), file('after.out'), '--format', 'json');
  const { changes } = JSON.parse(out) as { changes: { change: string; subject: string }[] };
  expect(code).toBe(1);
  expect(changes.map(({ change, subject }) => `${change} ${subject}`)).toEqual([
    'removed GET /orders',
    'added GET /items',
  ]);
});

test.each([
  [['one.yaml'], '"apigw diff" needs two folders or templates, e.g. apigw diff deployed.out cdk.out'],
  [['one.yaml', 'two.yaml', 'open.yaml'], '"apigw diff" needs two folders or templates'],
  [['one.yaml', 'none.yaml'], 'there is no file or folder "'],
  [['one.yaml', 'broken.yaml'], 'apigw: '],
  [['one.yaml', 'two.yaml', '--fail-on', 'open'], 'unknown class "open". Available: breaking, opening'],
  [['one.yaml', 'two.yaml', '--format', 'sarif'], 'unknown format "sarif". Available: table, json, markdown.'],
  [['one.yaml', 'two.yaml', '--rule', 'x'], '--rule is only an option of "apigw check".'],
])('wrong usage: %j', (argv, message) => {
  const { code, out, err } = run(...argv.map((one) => (one.endsWith('.yaml') ? file(one) : one)));
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(message);
});

test('--fail-on is an option of this command only', () => {
  let err = '';
  const io = { stdout: () => undefined, stderr: (text: string) => (err += text), color: false };
  expect(main(['check', file('one.yaml'), '--fail-on', 'opening'], io)).toBe(2);
  expect(err).toContain('--fail-on is only an option of "apigw diff".');
});
