import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { JsonSpot } from '../../lib/template/reader/json-spot';
import { codeOf, placeOf } from '../../lib/template/reader/place-of';
import { spotAt } from '../../lib/template/reader/spot';
import { readYaml } from '../../lib/template/reader/yaml';
import { readSources } from '../../runtime/cli/sources';

let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-places-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function written(files: Readonly<Record<string, unknown>>, name = Object.keys(files)[0]) {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return readSources([join(folder, name)]);
}

/** `file:line:column`, and the rest of that line. */
function placed(files: Readonly<Record<string, unknown>>, logicalId: string, ...path: string[]): string {
  const [source] = written(files);
  const place = placeOf(source, { template: source.file, logicalId, path });
  if (!place) return 'nowhere';
  const file = place.file.slice(folder.length + 1);
  const content = files[file];
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  return `${file}:${place.line}:${place.column} ${text.split('\n')[place.line - 1].slice(place.column - 1)}`;
}

/** The path to each value. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return inside.flatMap(([key, child]) => [[...path, key], ...pathsIn(child, [...path, key])]);
}

const parentOf = (value: unknown, path: readonly string[]): unknown =>
  path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown>)[key], value);

describe('each value of a file', () => {
  const key = fc.string({
    unit: fc.constantFrom('a', '"', '\\', '{', '}', '[', ',', ':', ' ', '\n', 'é'),
    maxLength: 5,
  });
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(1, -2.5, true, null, 'x', '"', '\\"', '}]', ''),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }));

  test('of JSON is found at its key, or where the item begins', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2), fc.constantFrom('', ' \n'), (value, indent, before) => {
        const text = before + JSON.stringify(value, null, indent);
        for (const path of pathsIn(value)) {
          const { spot, length } = spotAt(JsonSpot.root(text), path);
          const name = path[path.length - 1];
          const parent = parentOf(value, path);
          const begin = Array.isArray(parent)
            ? JSON.stringify(parent[Number(name)], null, indent)[0]
            : JSON.stringify(name);
          expect(length).toBe(path.length);
          expect(text.slice(spot.offset, spot.offset + begin.length)).toBe(begin);
        }
      }),
    );
  });

  test('of YAML is found at its key', () => {
    const plain = fc.dictionary(fc.stringMatching(/^k[a-z0-9]{1,4}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^k[a-z0-9]{1,4}$/), plain, { minKeys: 1, maxKeys: 4 }), (value) => {
        const text = stringify(value);
        const { root } = readYaml(text);
        for (const path of pathsIn(value).filter(({ length }) => length < 3)) {
          const { spot, length } = spotAt(root, path);
          expect(length).toBe(path.length);
          expect(text.slice(spot.offset)).toMatch(new RegExp(`^${path[path.length - 1]}:`));
        }
      }),
    );
  });
});

describe('a place of a template', () => {
  const yaml = [
    'Resources:',
    '  Api:',
    '    Type: AWS::ApiGateway::RestApi',
    '    Properties:',
    '      Name: shop',
    '      Tags: [{ Key: a }, { Key: b }]',
    '      Body: !If [Open, { paths: { /a: {} } }, { paths: { /b: { get: {} } } }]',
  ].join('\n');

  test.each([
    [['Properties', 'Name'], '5:7 Name: shop'],
    [['Properties', 'Tags', '1', 'Key'], '6:28 Key: b }]'],
    [['Properties', 'Body', 'paths', '/b', 'get'], '7:64 get: {} } } }]'],
    // What is not there is missed where it would be.
    [['Properties', 'Policy'], '4:5 Properties:'],
    [['Properties', 'Name', 'x'], '5:7 Name: shop'],
  ])('%j', (path, expected) => {
    expect(placed({ 't.yaml': yaml }, 'Api', ...path)).toBe(`t.yaml:${expected}`);
  });

  test('of a resource that is not there is the list of resources', () => {
    expect(placed({ 't.yaml': yaml }, 'Other')).toBe('t.yaml:1:1 Resources:');
  });

  test('is the same in JSON', () => {
    const json = { Resources: { Api: { Properties: { Name: 'shop', Tags: [{ Key: 'a' }] } } } };
    expect(placed({ 't.json': json }, 'Api', 'Properties', 'Tags', '0', 'Key')).toBe('t.json:8:13 "Key": "a"');
    expect(placed({ 't.json': `\ufeff${JSON.stringify(json)}` }, 'Api', 'Properties')).toMatch(/^t\.json:1:22 /);
  });

  test('of an alias is where the value is written', () => {
    const text = 'X: &x\n  Name: a\nResources:\n  Api:\n    Properties: *x\n  B:\n    Properties: { <<: *x, C: 1 }\n';
    expect(placed({ 't.yaml': text }, 'Api', 'Properties', 'Name')).toBe('t.yaml:2:3 Name: a');
    expect(placed({ 't.yaml': text }, 'B', 'Properties', 'Name')).toBe('t.yaml:2:3 Name: a');
    expect(placed({ 't.yaml': text }, 'B', 'Properties', 'C')).toBe('t.yaml:7:27 C: 1 }');
  });

  test('of what a loop makes is in the loop', () => {
    const loop = [
      'Transform: AWS::LanguageExtensions',
      'Resources:',
      '  Fn::ForEach::Kinds:',
      '    - Kind',
      '    - [Get, Put]',
      '    - ${Kind}:',
      '        Properties: {}',
      '      ${Kind}Stage:',
      '        Properties:',
      '          StageName: prod',
      '      Fn::ForEach::Inner:',
      '        - Part',
      '        - [a, b]',
      '        - ${Kind}&{Part}Deep:',
      '            Properties: { Name: x }',
    ].join('\n');
    expect(placed({ 't.yaml': loop }, 'Get')).toBe('t.yaml:6:7 ${Kind}:');
    expect(placed({ 't.yaml': loop }, 'PutStage', 'Properties', 'StageName')).toBe('t.yaml:10:11 StageName: prod');
    expect(placed({ 't.yaml': loop }, 'GetaDeep', 'Properties', 'Name')).toBe('t.yaml:15:27 Name: x }');
  });
});

describe('a definition in a file of its own', () => {
  const template = (body: unknown) => ({
    Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'x', Body: body } } },
  });
  const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: './docs/api.yaml' } } };

  test('is named with its own lines, what stands beside it with those of the template', () => {
    const files = {
      't.json': template({ ...include, info: { title: 'x' } }),
      'docs/api.yaml': 'openapi: 3.0.1\npaths:\n  /a:\n    get: {}\n',
    };
    const body = ['Properties', 'Body'];
    expect(placed(files, 'Api', ...body, 'paths', '/a', 'get')).toBe('docs/api.yaml:4:5 get: {}');
    expect(placed(files, 'Api', ...body, 'info', 'title')).toBe('t.json:15:13 "title": "x"');
    expect(placed(files, 'Api', 'Properties', 'Name')).toBe('t.json:6:9 "Name": "x",');
  });
});

describe('the code of an app', () => {
  const stack = (trace: readonly string[], assigned: readonly string[] = []) => ({
    'out/manifest.json': {
      artifacts: {
        Shop: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'Shop.template.json' },
          metadata: {
            '/Shop/Api/Resource': [
              { type: 'aws:cdk:logicalId', data: 'Api' },
              { type: 'aws:cdk:creationStack', data: trace },
              { type: 'aws:cdk:propertyAssignment', data: { propertyName: 'Policy', stackTrace: assigned } },
            ],
          },
        },
      },
    },
    'out/Shop.template.json': { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} } } },
  });
  const code = (files: ReturnType<typeof stack>, ...path: string[]) => {
    const [source] = written(files, 'out');
    return codeOf(source, { template: source.file, logicalId: 'Api', path });
  };
  const trace = [
    '...new RestApi2 in aws-cdk-lib...',
    'new X (/app/node_modules/x/index.js:1:2)',
    'process (node:internal/x:3:4)',
    'new Shop (/app/lib/shop.ts:12:5)',
    '<anonymous> (/app/bin/app.ts:3:1)',
  ];

  test('is the innermost line of the app that created the resource', () => {
    expect(code(stack(trace), 'Properties', 'Name')).toEqual({ file: '/app/lib/shop.ts', line: 12, column: 5 });
    expect(code(stack(['at file:///app/lib/a%20b.ts:7:8']), 'Properties')).toEqual({
      file: '/app/lib/a b.ts',
      line: 7,
      column: 8,
    });
  });

  test('is the line that set the property, if there is one', () => {
    const files = stack(trace, ['f (/app/lib/policy.ts:4:2)']);
    expect(code(files, 'Properties', 'Policy', 'Statement')?.file).toBe('/app/lib/policy.ts');
    expect(code(files, 'Properties', 'Name')?.file).toBe('/app/lib/shop.ts');
  });

  test('is unknown if CDK wrote no line of the app', () => {
    expect(code(stack(trace.slice(0, 3)))).toBeUndefined();
    expect(code(stack(['(no user code in 10 frames)', ':1:2', 'a:b:c']))).toBeUndefined();
  });
});
