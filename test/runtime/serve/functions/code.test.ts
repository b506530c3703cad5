import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { cacheFolder } from '../../../../runtime/serve/functions/code';
import { answerOf, folderOf, functionOf, invocationOf, parsed, runnerOf } from './support';
import { zipOf } from './zip';

describe('where handlers are found', () => {
  const ONE = 'exports.handler = async () => "commonjs"';
  const ESM = 'const kind = await Promise.resolve("module"); export const handler = async () => kind;';

  test.each<[string, string, Record<string, string>, string]>([
    ['index.js', 'index.handler', { 'index.js': ONE }, 'commonjs'],
    ['index.mjs', 'index.handler', { 'index.mjs': ESM }, 'module'],
    ['index.cjs', 'index.handler', { 'index.cjs': ONE }, 'commonjs'],
    ['index.js of a module', 'index.handler', { 'index.js': ESM, 'package.json': '{"type":"module"}' }, 'module'],
    ['a folder', 'src/app.handler', { 'src/app.js': ONE }, 'commonjs'],
    [
      'a folder within a module',
      'src/deep/app.handler',
      { 'src/deep/app.js': ESM, 'package.json': '{"type":"module"}' },
      'module',
    ],
    [
      'an object',
      'index.api.v1.handler',
      { 'index.js': 'exports.api = { v1: { handler: async () => "nested" } }' },
      'nested',
    ],
    ['js before mjs', 'index.handler', { 'index.js': ONE, 'index.mjs': ESM }, 'commonjs'],
    ['a package', 'pkg.handler', { 'node_modules/pkg/index.js': ONE }, 'commonjs'],
  ])('in %s', async (_where, handler, files, value) => {
    expect((await answerOf(files, { handler })).value).toBe(value);
  });

  test('"type": "module" above the code is not said of it', async () => {
    const app = folderOf({
      'package.json': '{"type":"module"}',
      'cdk.out/asset.1/index.js': 'exports.handler = async () => require("./more")',
      'cdk.out/asset.1/more.js': 'module.exports = "more"',
    });
    expect((await answerOf({ kind: 'path', path: join(app, 'cdk.out/asset.1') })).value).toBe('more');
  });

  test.each([
    ['../index.handler', 'Runtime.MalformedHandlerName', /is not a valid handler name/],
    ['index', 'Runtime.MalformedHandlerName', /^Bad handler$/],
    ['other.handler', 'Runtime.ImportModuleError', /^Error: Cannot find module 'other'/],
    ['index.nothing.handler', 'Runtime.HandlerNotFound', /^index\.nothing\.handler is undefined or not exported$/],
  ])('%s is an error', async (handler, errorType, message) => {
    const { value } = await answerOf({ 'index.js': ONE }, { handler });
    expect(value).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) });
  });

  test('a missing package of an ES module is an error too', async () => {
    const { kind, value } = await answerOf({ 'index.mjs': 'import "nowhere"; export const handler = 1' });
    expect({ kind, value }).toMatchObject({
      kind: 'error',
      value: { errorMessage: expect.stringContaining("Cannot find package 'nowhere'") },
    });
  });

  test.each([
    ['as CommonJS', 'cjs', 'index.js'],
    ['as an ES module', 'esm', 'index.mjs'],
  ] as const)('in a bundle of esbuild %s', async (_what, format, file) => {
    const source = folderOf({
      'app.ts':
        'import { greet } from "./greet"; export const handler = async (event: { name: string }): Promise<string> => greet(event.name);',
      'greet.ts': 'export const greet = (name: string): string => `Hello ${name}`;',
    });
    const out = folderOf();
    buildSync({
      entryPoints: [join(source, 'app.ts')],
      bundle: true,
      platform: 'node',
      format,
      outfile: join(out, file),
    });
    expect((await answerOf({ kind: 'path', path: out }, {}, { name: 'you' })).value).toBe('Hello you');
  });
});

test.each([{ isolate: false }, { isolate: true }])(
  'NODE_OPTIONS of the function hold: source maps, %j',
  async (way) => {
    const source = folderOf({
      'app.ts': 'interface A {}\n\n\nexport const handler = async () => { throw new Error("mapped") };',
    });
    const out = folderOf();
    buildSync({
      entryPoints: [join(source, 'app.ts')],
      bundle: true,
      platform: 'node',
      sourcemap: true,
      outfile: join(out, 'index.js'),
    });
    const environment = { NODE_OPTIONS: '--enable-source-maps' };
    const { value } = await answerOf({ kind: 'path', path: out }, { environment }, {}, way);
    expect((value as { trace: string[] }).trace[1]).toMatch(/app\.ts:4:/);
  },
);

test.each([{ isolate: false }, { isolate: true }])('what Lambda switches off in Node.js is off, %j', async (way) => {
  const esm = { 'index.js': 'export const handler = async () => 1' };
  const nested = {
    'index.js': 'exports.handler = async () => require("./esm.mjs").one',
    'esm.mjs': 'export const one = 1',
  };
  const NODE_OPTIONS = '--experimental-require-module --experimental-detect-module';
  const value = async (files: Record<string, string>, more = {}) => (await answerOf(files, more, {}, way)).value;
  expect(await value(esm)).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError' });
  expect(await value(nested)).toMatchObject({
    errorType: 'Error',
    errorMessage: expect.stringMatching(/require\(\) of ES Module/),
  });
  expect(await value(esm, { environment: { NODE_OPTIONS } })).toBe(1);
  expect(await value(nested, { environment: { NODE_OPTIONS } })).toBe(1);
  expect(await value(esm, { runtime: 'nodejs24.x' })).toBe(1);
});

test('options that Node.js does not know are told', async () => {
  const environment = { NODE_OPTIONS: '--no-such-option' };
  const { kind, value, logs } = await answerOf({ 'index.js': '' }, { environment });
  expect(kind).toMatch(/^(refused|error)$/);
  expect(JSON.stringify([value, logs])).toMatch(/NODE_OPTIONS/);
});

describe('code that is no folder', () => {
  test('inline code is index.js, which is no ES module', async () => {
    const inline = (source: string) => answerOf({ kind: 'inline', source });
    expect((await inline('exports.handler = async () => require("node:path").basename(__filename)')).value).toBe(
      'index.js',
    );
    expect((await inline('export const handler = async () => 1')).value).toMatchObject({
      errorType: 'Runtime.UserCodeSyntaxError',
    });
  });

  test('archives are unpacked once, by their content', async () => {
    const archive = zipOf([
      { name: 'lib/' },
      { name: 'lib/one.js', content: 'module.exports = 1' },
      { name: 'index.js', content: 'exports.handler = async () => require("./lib/one")' },
    ]);
    const cache = folderOf();
    const paths = ['a.zip', 'b.zip'].map((name) => join(folderOf({ [name]: archive }), name));
    for (const path of paths) expect((await answerOf({ kind: 'path', path }, {}, {}, { cache })).value).toBe(1);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('a changed archive is unpacked after a restart, and what was refused is tried again', async () => {
    const archive = (text: string) => zipOf([{ name: 'index.js', content: `exports.handler = async () => "${text}"` }]);
    const path = join(folderOf({ 'a.zip': 'no archive yet' }), 'a.zip');
    const target = functionOf({ kind: 'path', path }, { id: 'Fn' });
    const runner = runnerOf();
    const call = async () => parsed(await runner.invoke(target, invocationOf(target))).value;
    expect(await call()).toBe(`the code of Fn cannot be unpacked: ${path}: it is not a zip archive`);
    writeFileSync(path, archive('one'));
    expect(await call()).toBe('one');
    writeFileSync(path, archive('two'));
    await runner.restart(['Fn']);
    expect(await call()).toBe('two');
  });

  test('links in archives are made', async () => {
    const archive = zipOf([
      { name: 'real.js', content: 'exports.handler = async () => "linked"' },
      { name: 'index.js', content: 'real.js', mode: 0o120777 },
    ]);
    const path = join(folderOf({ 'a.zip': archive }), 'a.zip');
    expect((await answerOf({ kind: 'path', path })).value).toBe('linked');
  });

  test('nothing is left of an archive that cannot be unpacked', async () => {
    const cache = folderOf();
    const path = join(folderOf({ 'a.zip': zipOf([{ name: 'ok' }, { name: 'bad', content: 'x', crc: 5 }]) }), 'a.zip');
    const { kind, value } = await answerOf({ kind: 'path', path }, { id: 'Fn' }, {}, { cache });
    expect({ kind, value }).toEqual({
      kind: 'refused',
      value: `the code of Fn cannot be unpacked: ${path}: "bad" is damaged`,
    });
    expect(readdirSync(cache)).toEqual([]);
  });

  test('a file is never written through a link', async () => {
    const entries = [
      { name: 'd', content: 'e', mode: 0o120777 },
      { name: 'd/x', content: 'x' },
    ];
    const path = join(folderOf({ 'a.zip': zipOf(entries) }), 'a.zip');
    const { kind, value } = await answerOf({ kind: 'path', path });
    expect(kind).toBe('refused');
    expect(value).toMatch(/EEXIST/);
  });

  test('archives of the zip program are read', async () => {
    const folder = folderOf({ 'index.js': 'exports.handler = async () => "zipped"' });
    try {
      execFileSync('zip', ['-q', 'a.zip', 'index.js'], { cwd: folder });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    expect((await answerOf({ kind: 'path', path: join(folder, 'a.zip') })).value).toBe('zipped');
  });

  test("the cache is the user's own", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/c', LOCALAPPDATA: '/c' })).toMatch(/cdk-apigateway-constructs.functions$/);
  });
});

describe('layers', () => {
  const layer = (name: string, folder = 'nodejs/node_modules') => ({
    [`${folder}/${name}/index.js`]: `module.exports = ${JSON.stringify(`${folder} ${name}`)}`,
    [`${folder}/${name}/package.json`]: '{}',
  });

  test.each([
    ['CommonJS', { 'index.js': 'exports.handler = async () => [require("one"), require("two")]' }],
    [
      'an ES module',
      { 'index.mjs': 'import one from "one"; import two from "two"; export const handler = async () => [one, two]' },
    ],
  ])('are where %s finds packages, those of the version first', async (_what, files) => {
    const layers = [
      folderOf({ ...layer('one'), ...layer('two') }),
      folderOf(layer('two', 'nodejs/node20/node_modules')),
    ];
    const { value } = await answerOf(files, { layers });
    expect(value).toEqual(['nodejs/node_modules one', 'nodejs/node20/node_modules two']);
  });

  test('packages of the function itself come first', async () => {
    const files = {
      'index.js': 'exports.handler = async () => require("one")',
      'node_modules/one/index.js': 'module.exports = "own"',
    };
    expect((await answerOf(files, { layers: [folderOf(layer('one'))] })).value).toBe('own');
  });

  test('may be archives', async () => {
    const archive = zipOf(Object.entries(layer('one')).map(([name, content]) => ({ name, content })));
    const layers = [join(folderOf({ 'layer.zip': archive }), 'layer.zip')];
    const { value } = await answerOf({ 'index.js': 'exports.handler = async () => require("one")' }, { layers });
    expect(value).toBe('nodejs/node_modules one');
  });

  test('that are gone are told', async () => {
    const { kind, value } = await answerOf({ 'index.js': '' }, { id: 'Fn', layers: ['/nowhere'] });
    expect({ kind, value }).toEqual({
      kind: 'refused',
      value: 'the code of a layer of Fn does not exist: /nowhere; run cdk synth again',
    });
  });

  test('their programs are on the PATH', async () => {
    const folder = folderOf({ 'bin/tool': '' });
    const { value } = await answerOf(
      { 'index.js': 'exports.handler = async () => process.env.PATH' },
      { layers: [folder] },
    );
    expect(String(value).split(process.platform === 'win32' ? ';' : ':')[0]).toBe(join(folder, 'bin'));
  });

  test('packages that Lambda brings along are those of the project', async () => {
    const project = folderOf(layer('@aws-sdk/client-x', 'node_modules'));
    const files = { 'index.mjs': 'import x from "@aws-sdk/client-x"; export const handler = async () => x' };
    expect((await answerOf(files, {}, {}, { project })).value).toBe('node_modules @aws-sdk/client-x');
  });
});

describe('environment', () => {
  const ENV = { 'index.js': 'exports.handler = async () => process.env' };
  const environment = {
    PATH: process.env.PATH,
    HOME: '/home/me',
    SECRET_OF_MINE: 'x',
    AWS_ACCESS_KEY_ID: 'mine',
    AWS_PROFILE: 'prod',
    NODE_OPTIONS: '--frozen-intrinsics',
  };

  test.each([{ isolate: false }, { isolate: true }])(
    'has what Lambda defines and no more of this machine: %j',
    async (way) => {
      const { value, target } = await answerOf(ENV, { environment: { TABLE: 'Orders' } }, {}, { environment, ...way });
      const folder = target.code.kind === 'path' ? realpathSync(target.code.path) : '';
      expect(value).toMatchObject({
        TABLE: 'Orders',
        HOME: '/home/me',
        TZ: ':UTC',
        LANG: 'en_US.UTF-8',
        AWS_REGION: 'eu-west-1',
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
        AWS_LAMBDA_FUNCTION_NAME: target.name,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: target.logGroupName,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: 'index.handler',
        _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      });
      expect(Object.keys(value as object)).not.toEqual(expect.arrayContaining(['SECRET_OF_MINE']));
      expect(value).not.toHaveProperty('AWS_PROFILE');
      expect(value).not.toHaveProperty('NODE_OPTIONS');
    },
  );

  test('has the credentials of this machine if they are wanted', async () => {
    const { value } = await answerOf(ENV, {}, {}, { environment, credentials: 'inherit' });
    expect(value).toMatchObject({ AWS_ACCESS_KEY_ID: 'mine', AWS_PROFILE: 'prod' });
    expect(value).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
  });

  test('changes of one sandbox are not seen by the gateway', async () => {
    await answerOf({ 'index.js': 'process.env.LEAKED = "1"; exports.handler = async () => 1' });
    expect(process.env.LEAKED).toBeUndefined();
  });
});

test('changed code is run after a restart', async () => {
  const target = functionOf({ 'index.js': 'exports.handler = async () => "old"' });
  const runner = runnerOf();
  const call = async () => parsed(await runner.invoke(target, invocationOf(target))).value;
  expect(await call()).toBe('old');
  if (target.code.kind === 'path')
    writeFileSync(join(realpathSync(target.code.path), 'index.js'), 'exports.handler = async () => "new"');
  expect(await call()).toBe('old');
  await runner.restart(['Another']);
  expect(await call()).toBe('old');
  await runner.restart([target.id]);
  expect(await call()).toBe('new');
});
