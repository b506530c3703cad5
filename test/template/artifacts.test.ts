import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { readAssembly, sourceOf } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';

let folder: string;
const file = (...names: string[]) => join(folder, ...names);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'artifacts-')));
  for (const name of ['code', 'layer']) {
    mkdirSync(file(name));
    writeFileSync(file(name, 'index.js'), `exports.handler = () => '${name}';`);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const settings = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler' };

function assembly(name: string, context?: Record<string, unknown>): string {
  const app = new App({ outdir: file(name), context });
  const stack = new Stack(app, 'Stack');
  const layer = new LayerVersion(stack, 'Layer', { code: Code.fromAsset(file('layer')) });
  new LambdaFunction(stack, 'Fn', { ...settings, code: Code.fromAsset(file('code')), layers: [layer] });
  new LambdaFunction(stack, 'Inline', { ...settings, code: Code.fromInline('exports.handler = 1') });
  new LambdaFunction(new NestedStack(stack, 'Nested'), 'Fn', { ...settings, code: Code.fromAsset(file('code')) });
  return app.synth().directory;
}

describe('assets of a cloud assembly', () => {
  test('are found by the manifest, in nested stacks too', () => {
    const { functions, layers } = readModel(readAssembly(assembly('plain.out')));
    const assets = [...functions, ...layers].map(({ location, asset }) => [
      location.logicalId.replace(/[0-9A-F]{8}$/, ''),
      asset && 'path' in asset ? readFileSync(join(asset.path, 'index.js'), 'utf8') : asset,
    ]);
    expect(assets).toEqual([
      ['Fn', "exports.handler = () => 'code';"],
      ['Inline', undefined],
      ['Fn', "exports.handler = () => 'code';"],
      ['Layer', "exports.handler = () => 'layer';"],
    ]);
  });

  test('are found by the metadata if the manifest is gone', () => {
    const dir = assembly('metadata.out', {
      'aws:cdk:enable-asset-metadata': true,
    });
    rmSync(join(dir, 'Stack.assets.json'));
    const [{ asset }] = readModel(readAssembly(dir)).functions;
    expect(asset).toEqual({ path: expect.stringMatching(/asset\.[0-9a-f]{64}$/) as unknown });
  });

  test('are not used if they are gone', () => {
    const dir = assembly('gone.out');
    const [{ asset }] = readModel(readAssembly(dir)).functions;
    const { path } = asset as { readonly path: string };
    rmSync(path, { recursive: true });
    expect(readModel(readAssembly(dir)).functions[0].asset).toEqual({
      problem: `"${path}" cannot be used: it does not exist`,
    });
  });

  test('are not used outside of the assembly, by a path or by a link', () => {
    const dir = assembly('outside.out');
    const manifest = join(dir, 'Stack.assets.json');
    const text = readFileSync(manifest, 'utf8');
    const problem = (path: string) => ({ problem: `"${path}" cannot be used: it is outside "${dir}"` });
    writeFileSync(manifest, text.replaceAll(/"path": "asset\.[^"]*"/g, '"path": "../code"'));
    expect(readModel(readAssembly(dir)).functions[0].asset).toEqual(problem(file('code')));
    symlinkSync(file('code'), join(dir, 'link'));
    writeFileSync(manifest, text.replaceAll(/"path": "asset\.[^"]*"/g, '"path": "link"'));
    expect(readModel(readAssembly(dir)).functions[0].asset).toEqual(problem(join(dir, 'link')));
  });
});

describe('code next to a template', () => {
  const assetIn = (code: unknown, where = file('template.json'), metadata?: Record<string, unknown>) => {
    const template = {
      Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: code }, Metadata: metadata } },
    };
    return readModel([sourceOf('template.json', template, 0, { path: where })]).functions[0].asset;
  };

  test('is found from the template on', () => {
    expect(assetIn('./code')).toEqual({ path: file('code') });
    expect(assetIn('code/index.js')).toEqual({ path: file('code', 'index.js') });
    const sam = {
      Transform: 'AWS::Serverless-2016-10-31',
      Globals: { Function: { CodeUri: 'code' } },
      Resources: { Fn: { Type: 'AWS::Serverless::Function', Properties: {} } },
    };
    const [{ asset }] = readModel([sourceOf('t.json', sam, 0, { path: file('t.json') })]).functions;
    expect(asset).toEqual({ path: file('code') });
  });

  test('may be in the folder where the command runs', () => {
    expect(assetIn('../code', file('plain.out', 'template.json'))).toMatchObject({
      problem: expect.stringContaining('it is outside') as unknown,
    });
    const directory = process.cwd();
    process.chdir(folder);
    try {
      expect(assetIn('../code', file('plain.out', 'template.json'))).toEqual({ path: file('code') });
    } finally {
      process.chdir(directory);
    }
  });

  test('is found by its key in S3, whatever a synthesizer calls the asset', () => {
    const files = { orders: { source: { path: 'code' }, destinations: { here: { objectKey: 'lambda/orders.zip' } } } };
    writeFileSync(file('Custom.assets.json'), JSON.stringify({ files }));
    expect(assetIn({ S3Bucket: 'b', S3Key: 'lambda/orders.zip' }, file('Custom.template.json'))).toEqual({
      path: file('code'),
    });
  });

  test('is not at hand if only the deployment knows it', () => {
    const problems = [
      [{ Ref: 'Path' }, 'its path is <Path>, which only the deployment knows'],
      [{ ImageUri: 'r:1' }, 'it is a container image'],
      [
        { S3Bucket: 'b', S3Key: 'code.zip' },
        'it is in S3, and no asset manifest next to the template has a file for it',
      ],
      [{ 'Fn::ImportValue': 'x' }, 'the template does not say which file it is'],
    ] as const;
    for (const [code, problem] of problems) expect(assetIn(code)).toEqual({ problem });
    expect(assetIn({ S3Key: 'x.zip' }, undefined, { 'aws:asset:path': 'code' })).toEqual({ path: file('code') });
  });

  test('is not at hand for a template that comes from no file', () => {
    const template = { Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: 'src' } } } };
    expect(readModel([sourceOf('t.json', template, 0)]).functions[0].asset).toEqual({
      problem: 'the template was not read from a file',
    });
  });
});
