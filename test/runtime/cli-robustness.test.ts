import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { main } from '../../runtime/cli/main';
import { everything } from '../checks/everything';
import { goodBody } from '../checks/support';
import { deep } from '../checks/robustness-support';

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-robust-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, path: string) {
  let [out, err] = ['', ''];
  const io = { stdout: (text: string) => void (out += text), stderr: (text: string) => void (err += text) };
  const code = main([command, path, ...(command === 'check' ? ['--format', 'json'] : [])], { ...io, color: false });
  return { code, out, err };
}

/** What the command says of a file: findings, or one line that names it. */
function read(name: string, content: string | Buffer, command = 'check') {
  writeFileSync(file(name), content);
  const { code, out, err } = run(command, file(name));
  if (code === 2) {
    expect(err).toMatch(/^apigw: [^\n]+\n$/);
    expect(err).toContain(name);
  } else {
    expect([0, 1]).toContain(code);
    expect(err).toBe('');
    if (command === 'check') expect(Array.isArray(JSON.parse(out))).toBe(true);
  }
  return { code, err };
}

/** An assembly with this manifest and these files. */
function assembly(manifest: unknown, files: Record<string, unknown> = {}) {
  const dir = file('cdk.out');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
  const text = (content: unknown) => (typeof content === 'string' ? content : JSON.stringify(content));
  for (const [name, content] of Object.entries({ 'manifest.json': manifest, ...files }))
    writeFileSync(join(dir, name), text(content));
  const { code, err } = run('check', dir);
  if (code === 2) expect(err).toMatch(/^apigw: [^\n]+\n$/);
  return { code, err };
}

const manifestOf = (...templates: string[]) => ({
  artifacts: Object.fromEntries(
    templates.map((templateFile, i) => [`S${i}`, { type: 'aws:cloudformation:stack', properties: { templateFile } }]),
  ),
});

describe('a template that is cut off', () => {
  const template = everything().template;
  test.each([
    ['min.json', JSON.stringify(template), 211],
    ['pretty.json', JSON.stringify(template, null, 2), 997],
    ['body.json', JSON.stringify(goodBody().template), 211],
    ['cut.yaml', stringify(template), 431],
  ])('%s is an error that names it, or what is left of it', (name, text, step) => {
    const codes = new Set<number>();
    for (let end = 0; end < text.length; end += step) codes.add(read(name, text.slice(0, end)).code);
    expect(codes).toContain(2);
    // All of JSON ends with its last brace.
    if (name.endsWith('.json')) expect([...codes]).toEqual([2]);
    expect(read(name, text).code).not.toBe(2);
  });
});

describe('a file that is no template', () => {
  test.each<[string, string | Buffer, string]>([
    ['empty.json', '', 'it has no "Resources"'],
    ['comment.yaml', '# nothing\n', 'it has no "Resources"'],
    ['text.yaml', 'just text', 'it has no "Resources"'],
    ['list.json', '{"Resources":[]}', 'it has no "Resources"'],
    ['binary.yaml', Buffer.from([0, 1, 2, 255, 254, 7]), 'it has no "Resources"'],
    [
      'utf16.json',
      Buffer.from('{"Resources":{}}', 'utf16le'),
      'utf16.json:1:2: it is not valid JSON: expected a key in double quotes',
    ],
    ['two.yaml', 'Resources: {}\n---\nResources: {}\n', 'two.yaml:2:1: a template is one document'],
    ['tab.yaml', 'Resources:\n\tA: b\n', 'tab.yaml:2:1: Tabs are not allowed'],
    ['nowhere.yaml', 'Resources: *nope\n', 'nope'],
    ['merge.yaml', 'Resources: { <<: 5 }\n', 'Merge'],
    ['self.yaml', 'Resources: &r\n  A: *r\n', 'self.yaml:2:6: *r is inside of what it stands for'],
    ['deep.json', JSON.stringify({ Resources: deep(1500, (a) => ({ a })) }), 'nested deeper than 1000 levels'],
    ['deep.yaml', `Resources: {A: ${'['.repeat(5000)}${']'.repeat(5000)}}`, 'is nested too deep'],
  ])('%s', (name, content, message) => {
    expect(read(name, content)).toMatchObject({ code: 2, err: expect.stringContaining(message) as string });
  });

  test('aliases that grow without end are refused before they do', () => {
    const level = (_: unknown, i: number) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]`;
    const laughs = ['a0: &a0 [x]', ...Array.from({ length: 12 }, level), 'Resources: { Api: *a12 }'].join('\n');
    expect(read('laughs.yaml', laughs)).toMatchObject({ code: 2, err: expect.stringContaining('alias') as string });
  });

  test('any number of aliases is read, up to 16 MB of what they stand for', () => {
    const uses = (number: number) =>
      Array.from({ length: number }, (_, i) => `  R${i}: { Type: x, Tags: *t }`).join('\n');
    expect(read('aliases.yaml', `Tags: &t [{Key: a, Value: b}]\nResources:\n${uses(5000)}`).code).toBe(0);
    const large = `Tags: &t ${'x'.repeat(100_000)}\nResources:\n${uses(200)}`;
    expect(read('large-aliases.yaml', large)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /large-aliases.yaml:\d+:\d+: with its aliases written out, the document is longer than 16 MB/,
      ) as string,
    });
  });

  test('what is odd and harmless is read', () => {
    expect(read('mark.json', '\ufeff{"Resources":{}}').code).toBe(0);
    expect(read('mark.yaml', '\ufeffResources: {}').code).toBe(0);
    expect(read('keys.yaml', 'Resources:\n  ? [a, b]\n  : {Type: x}\n  1: {Type: y}\n  null: 4\n').code).toBe(0);
    expect(read('anchor.yaml', 'Resources:\n  A: &a { Type: x }\n  B: *a\n').code).toBe(0);
    expect(read('proto.json', '{"Resources":{"__proto__":{"Type":"AWS::ApiGateway::RestApi"}}}').code).toBe(1);
  });

  test('every command reads a definition as deep as a template may be', () => {
    const body = { openapi: '3.0.1', paths: {}, 'x-a': deep(900, (a) => ({ a })) };
    const text = JSON.stringify({ Resources: { A: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body } } } });
    for (const command of ['check', 'routes', 'openapi', 'advise', 'adopt'])
      expect(read('definition.json', text, command).code).not.toBe(2);
  });
});

describe('a cloud assembly that is broken', () => {
  const template = (resources: object) => ({ Resources: resources });
  const nested = (at: string) => ({ Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': at } });

  test.each<[string, unknown, string]>([
    ['empty', '', 'manifest.json:1:1: it is not valid JSON'],
    ['cut off', '{"artif', 'manifest.json:1:2: it is not valid JSON: the string has no end'],
    ['a list', [], 'is not the manifest of a cloud assembly'],
    ['null', 'null', 'is not the manifest of a cloud assembly'],
    ['without artifacts that can be told', { artifacts: 5 }, 'is not the manifest of a cloud assembly'],
    ['of a template that is gone', manifestOf('gone.json'), 'gone.json: it cannot be read'],
    ['of a folder in place of a template', manifestOf('.'), 'cannot be read'],
    ['of a template that is a list', manifestOf('list.json'), 'list.json: it is not a CloudFormation template'],
    [
      'of a template that is cut off',
      manifestOf('cut.json'),
      'cut.json:1:14: it is not valid JSON: the file ends where a value is expected',
    ],
    [
      'of an assembly that is gone',
      { artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: 'gone' } } } },
      'contains no manifest.json',
    ],
  ])('a manifest %s', (_, manifest, message) => {
    const files = { 'list.json': [], 'cut.json': '{"Resources":' };
    expect(assembly(manifest, files)).toMatchObject({ code: 2, err: expect.stringContaining(message) as string });
  });

  test('odd artifacts are left out', () => {
    const stack = { type: 'aws:cloudformation:stack' };
    const metadata = { '/a': 5, '/b': [5, null, { type: 'aws:cdk:acknowledged-rules', data: 5 }] };
    const artifacts = {
      ...{ a: null, b: 5, c: { ...stack, properties: null }, d: { ...stack, properties: { templateFile: 5 } } },
      e: { ...stack, properties: { templateFile: 't.json' }, environment: 5, displayName: 5, metadata },
    };
    expect(assembly({ artifacts }, { 't.json': template({}) })).toEqual({ code: 0, err: '' });
  });

  test('an assembly in itself, and a nested template in itself, are read once', () => {
    const itself = { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } };
    const { artifacts } = manifestOf('t.template.json');
    const twice = template({ A: nested('t.template.json'), B: nested('t.template.json') });
    expect(assembly({ artifacts: { ...artifacts, itself } }, { 't.template.json': twice })).toEqual({
      code: 0,
      err: '',
    });
    const [a, b] = [template({ A: nested('b.json'), B: nested('b.json') }), template({ A: nested('t.template.json') })];
    expect(assembly({ artifacts }, { 't.template.json': a, 'b.json': b })).toEqual({ code: 0, err: '' });
  });

  test('nested templates that are no files are left out, broken ones are named', () => {
    const hash = 'a'.repeat(64);
    const byUrl = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://s3/${hash}.json` } };
    const resources = { A: nested('.'), C: nested('a\0b'), D: byUrl };
    const files = { 't.assets.json': { files: { [hash]: { source: { path: '.' } } } } };
    const manifest = manifestOf('t.template.json');
    expect(assembly(manifest, { ...files, 't.template.json': template(resources) })).toEqual({ code: 0, err: '' });
    expect(assembly(manifest, { 't.template.json': template({ A: nested('n.json') }), 'n.json': '{' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('n.json:1:2: it is not valid JSON') as string,
    });
  });
});

describe('a definition that is elsewhere', () => {
  const api = (location: unknown) => ({
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: location } } } },
  });
  const formsOf = (locations: unknown[]): string[] => {
    const resources = Object.fromEntries(locations.map((location, i) => [`Api${i}`, api(location)]));
    mkdirSync(file('out'), { recursive: true });
    writeFileSync(file('elsewhere.template.json'), JSON.stringify({ Resources: resources }));
    const { out, code } = run('routes', file('elsewhere.template.json'));
    expect(code).toBe(0);
    return out.split('\n').filter((line) => line.startsWith('Api') || line.startsWith('The definition'));
  };

  test('is unknown where it is missing, no file, too large, or no JSON', () => {
    writeFileSync(file('huge.json'), '{');
    truncateSync(file('huge.json'), 9 * 1024 * 1024);
    writeFileSync(file('cut-off.json'), '{"openapi": ');
    writeFileSync(file('binary.json'), Buffer.from([123, 0, 255]));
    writeFileSync(file('number.yaml'), '5');
    writeFileSync(file('circle.yaml'), 'openapi: 3.0.1\npaths: &p\n  /a: *p\n');
    writeFileSync(file('abyss.json'), `{"openapi":"3.0.1","paths":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`);
    const names = [
      'gone',
      'out',
      'huge.json',
      'cut-off.json',
      'binary.json',
      'number.yaml',
      'circle.yaml',
      'abyss.json',
    ];
    const locations = [...names, '/dev/zero', 'a\0b', 'x'.repeat(5000), 'number.yaml/x', '', null, 5, { Ref: 'A' }, []];
    const told = formsOf(locations);
    expect(told.filter((line) => line.startsWith('The definition'))).toHaveLength(locations.length);
  });

  test('is read from beside the template, as SAM writes it', () => {
    mkdirSync(file('beside'), { recursive: true });
    const integration = '{"x-amazon-apigateway-integration":{"type":"mock"}}';
    writeFileSync(file('beside/api.json'), `{"openapi":"3.0.1","paths":{"/a":{"get":${integration}}}}`);
    expect(formsOf(['beside/api.json', './out/../beside/api.json', file('beside/api.json')])).toEqual([
      expect.stringContaining(': 1 route, '),
      expect.stringContaining(': 1 route, '),
      expect.stringContaining(': 1 route, '),
    ]);
  });
});

test('five megabytes are read and checked', () => {
  const operation = (i: number) => ({
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    responses: { 200: { description: 'ok' } },
    'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri: `https://example.com/${i}/{id}` },
  });
  const paths = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`/o${i}/{id}`, { get: operation(i) }]));
  const Body = { openapi: '3.0.1', paths };
  const text = JSON.stringify({ Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } } } });
  expect(text.length).toBeGreaterThan(5e6);
  expect(read('large.json', text).code).toBe(1);
});
