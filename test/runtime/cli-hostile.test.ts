import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { CHECK_FORMATS } from '../../runtime/cli/io';
import { main } from '../../runtime/cli/main';
import { json, line, visible } from '../../runtime/cli/shown';

/** Named pipes, `bash` and folders as standard input are not there, or differ, on Windows. */
const posix = process.platform === 'win32' ? test.skip : test;

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-hostile-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = main(argv, { stdout: (text) => (out += text), stderr: (text) => (err += text), color: false });
  return { code, out, err };
}

/** All that a terminal, or the runner of a build, obeys. */
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const COMMANDS = [/^\s*::\w/m, /##\[/, /##vso\[/, /##teamcity\[/];

/** A template whose every name is the text. */
function named(text: string): string {
  const body = {
    openapi: '3.0.1',
    info: { title: text, version: text },
    paths: {
      [`/${text}`]: {
        get: { operationId: text, security: [{ [text]: [] }], 'x-amazon-apigateway-integration': { type: 'mock' } },
      },
    },
    components: { schemas: { [text]: { description: text } } },
  };
  const api = (Properties: object) => ({ Type: 'AWS::ApiGateway::RestApi', Properties });
  return JSON.stringify({
    Resources: {
      [text]: api({ Name: text, Body: body }),
      [`${text}Deployment`]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: text } } },
      [`${text}Stage`]: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: { Ref: text },
          DeploymentId: { Ref: `${text}Deployment` },
          StageName: text,
          Variables: { [text]: text },
        },
      },
    },
  });
}

const TEXTS = [
  'x\n::error title=pwn::injected',
  '::error title=pwn::injected',
  ' \u3000::set-output name=a::b',
  'a##[error]pwn',
  'a##vso[task.setvariable variable=a]b',
  '##teamcity[buildStatus]',
  'a\u001b[31mred\u001b]0;title\u0007',
  'a\r\nb\tc\u0000',
  'a\u009b31m\u0085\u2028\u2029',
  'a\u202eb\u2066',
  'half \ud800 of one',
];

describe.each(TEXTS.map((text) => [JSON.stringify(text), text]))('a template that names everything %s', (_, text) => {
  const commands: readonly (readonly string[])[] = [
    ...CHECK_FORMATS.map((format) => ['check', '--severity', 'info', '--format', format]),
    ['routes'],
    ['routes', '--format', 'json'],
    ['advise'],
    ['advise', '--format', 'json'],
    ['adopt'],
    ['adopt', '--format', 'json'],
    ['openapi'],
    ['openapi', '--format', 'yaml'],
    ['openapi', '--api', 'nobody'],
  ];
  test.each(commands.map((words) => [words.join(' '), words] as const))('apigw %s writes it as data', (_, words) => {
    writeFileSync(file('named.json'), named(text));
    const { out, err } = run(...words, file('named.json'));
    const told = out + err;
    expect(told.length).toBeGreaterThan(20);
    expect(told).not.toMatch(OBEYED);
    // Commands that the format is made of are its own: each is for a finding.
    const lines = words.includes('github') ? [] : COMMANDS.filter((command) => command.test(told));
    expect(lines).toEqual([]);
    if (words.includes('github'))
      for (const one of told.trim().split('\n'))
        expect(one).toMatch(/^::(error|warning|notice) file=[^,]*,line=\d+,col=\d+,title=[^,]*::/);
    // What programs read says the same as before.
    if (words.join(' ') === 'routes --format json') expect(JSON.parse(out).apis[0].name).toBe(text);
    if (words.join(' ') === 'openapi --format yaml') expect(parse(out).info.title).toBe(text);
  });
});

test('any text is one line that is harmless, and JSON says what it said', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visible(text);
      expect(shown).not.toMatch(OBEYED);
      expect(shown).not.toContain('\n');
      expect(COMMANDS.filter((command) => command.test(line(text)))).toEqual([]);
      expect(visible(shown)).toBe(shown);
      expect(json({ [text]: text })).not.toMatch(OBEYED);
      expect(JSON.parse(json([text]))).toEqual(JSON.parse(JSON.stringify([text])));
    }),
  );
});

test('SARIF names files as URIs, and takes any text', () => {
  mkdirSync(file('a b#?%'), { recursive: true });
  const template = file('a b#?%/ü[1].json');
  writeFileSync(template, named('SARIF_BUILDER_INVALID'));
  const { out } = run('check', '--format', 'sarif', template);
  const [{ results, artifacts }] = JSON.parse(out).runs;
  const { uri } = results[0].locations[0].physicalLocation.artifactLocation;
  expect(uri).toMatch(/\/a%20b%23%3F%25\/%C3%BC%5B1%5D\.json$/);
  expect(artifacts).toMatchObject([{ location: { uri } }]);
  expect(new URL(uri, 'file:///').pathname).toBe(uri);
});

describe('a cloud assembly that names files outside of itself', () => {
  const SECRET = 'TOPSECRET=1';
  const stack = (properties: object, more: object = {}) => ({
    artifacts: { S: { type: 'aws:cloudformation:stack', properties, ...more } },
  });
  const nested = (path: string) => ({
    Resources: { N: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': path } } },
  });
  const hash = 'a'.repeat(64);

  function check(manifest: object, files: Record<string, unknown> = {}) {
    const dir = file('cdk.out');
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
    writeFileSync(file('secret.txt'), SECRET);
    symlinkSync(file('secret.txt'), join(dir, 'link.json'));
    for (const [name, content] of Object.entries({ 'manifest.json': manifest, ...files }))
      writeFileSync(join(dir, name), JSON.stringify(content));
    return run('check', dir);
  }

  test.each<[string, { manifest: object; files?: Record<string, unknown> }]>([
    ['as a template', { manifest: stack({ templateFile: '../secret.txt' }) }],
    ['as a template, by its whole path', { manifest: stack({ templateFile: '../../../../../../../dev/zero' }) }],
    ['as a template, by a link', { manifest: stack({ templateFile: 'link.json' }) }],
    [
      'as metadata',
      {
        manifest: stack({ templateFile: 't.json' }, { additionalMetadataFile: '../secret.txt' }),
        files: { 't.json': {} },
      },
    ],
    [
      'as another assembly',
      {
        manifest: { artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: '../outside' } } } },
      },
    ],
    [
      'as a nested stack',
      { manifest: stack({ templateFile: 't.template.json' }), files: { 't.template.json': nested('../secret.txt') } },
    ],
    [
      'as a nested stack on a device',
      { manifest: stack({ templateFile: 't.json' }), files: { 't.json': nested('/dev/zero') } },
    ],
    [
      'as an asset',
      {
        manifest: stack({ templateFile: 't.template.json' }),
        files: {
          't.template.json': {
            Resources: {
              N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://s3/${hash}.json` } },
            },
          },
          't.assets.json': { files: { [hash]: { source: { path: '../secret.txt' } } } },
        },
      },
    ],
  ])('%s is refused, nothing of them is shown', (_, { manifest, files }) => {
    mkdirSync(file('outside'), { recursive: true });
    writeFileSync(file('outside/manifest.json'), SECRET);
    const { code, out, err } = check(manifest, files);
    expect(code).toBe(2);
    expect(out).not.toContain('TOPSEC');
    expect(err).toMatch(/cannot be read \(it is outside ".*cdk\.out"\)/);
    expect(err).not.toContain('TOPSEC');
  });

  test('as a definition leaves the API unknown', () => {
    const text = '{"openapi":"3.0.1","paths":{"/secret":{"get":{"x-amazon-apigateway-integration":{"type":"mock"}}}}}';
    writeFileSync(file('api.json'), text);
    const api = (Location: string) => ({
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } } } },
    });
    const Resources = { A: api('../api.json'), B: api(file('api.json')) };
    check(stack({ templateFile: 't.json' }), { 't.json': { Resources } });
    const { out } = run('routes', file('cdk.out'));
    expect(out.match(/The definition is not in the template/g)).toHaveLength(2);
    expect(out).not.toContain('/secret');
  });

  test('reads what an assembly inside of another names in the outer one', () => {
    check({ artifacts: {} }, { 'shared.json': { Resources: {} } });
    const inner = file('cdk.out/assembly-Prod');
    mkdirSync(inner);
    writeFileSync(join(inner, 'manifest.json'), JSON.stringify(stack({ templateFile: '../shared.json' })));
    expect(run('check', inner)).toMatchObject({ code: 0, err: '' });
  });

  posix('a pipe in it does not make anybody wait', () => {
    check(stack({ templateFile: 'pipe.json' }));
    execFileSync('mkfifo', [file('cdk.out/pipe.json')]);
    const bundle = join(__dirname, '../../assets/cli/apigw.js');
    const { status, signal, stderr } = spawnSync(process.execPath, [bundle, 'check', file('cdk.out')], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect({ status, signal }).toEqual({ status: 2, signal: null });
    expect(stderr).toContain('it is not a regular file');
  });
});

describe('output that cannot be written', () => {
  const bundle = join(__dirname, '../../assets/cli/apigw.js');
  const full = existsSync('/dev/full') ? test : test.skip;

  full.each([
    ['a template with errors', ['check', 'named.json'], 1],
    ['a template without', ['routes', 'named.json'], 1],
    ['an error', ['check', 'gone.json'], 2],
  ])('is an error of its own: %s', (_, words, descriptor) => {
    writeFileSync(file('named.json'), named('a'));
    const device = openSync('/dev/full', 'w');
    const stdio = ['ignore', descriptor === 1 ? device : 'pipe', descriptor === 2 ? device : 'pipe'] as never;
    const { status, stderr } = spawnSync(process.execPath, [bundle, ...words], {
      cwd: folder,
      stdio,
      encoding: 'utf8',
    });
    closeSync(device);
    expect(status).toBe(4);
    if (descriptor === 1) expect(stderr).toMatch(/^apigw: the output could not be written in full: ENOSPC[^\n]*\n$/);
  });

  posix('a reader that has seen enough changes nothing', () => {
    writeFileSync(file('named.json'), named('a'.repeat(200_000)));
    const command = `"${process.execPath}" "${bundle}" check named.json | head -c 1 > /dev/null; echo \${PIPESTATUS[0]}`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' });
  });
});

posix('what cannot be read from standard input is told by its name', () => {
  const descriptor = openSync(folder, 'r');
  try {
    const bundle = join(__dirname, '../../assets/cli/apigw.js');
    const { status, stderr } = spawnSync(process.execPath, [bundle, 'routes', '-'], {
      encoding: 'utf8',
      stdio: [descriptor, 'pipe', 'pipe'],
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^apigw: standard input: it cannot be read: EISDIR: [^\n]+\n$/) as string,
    });
  } finally {
    closeSync(descriptor);
  }
});
