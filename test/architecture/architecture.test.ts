import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..', '..');

/** The folders of lib/, an import may only go down this list. Those of one line may not know each other. */
const LAYERS = [
  ['patterns', 'assertions'],
  ['rest', 'http', 'websocket'],
  ['gateway'],
  ['domain'],
  ['release'],
  ['operate'],
  ['usage-plans', 'openapi', 'jwt'],
  ['integrations', 'json-schema', 'stages'],
  ['document'],
  ['authoring'],
  ['serve'],
  ['checks'],
  ['diff'],
  ['template'],
  ['policies'],
  ['lookup'],
  ['facts'],
];

const slashes = (file: string) => file.replaceAll(sep, '/');

/** Folders that read templates, and create no construct. */
const READING = /^lib\/(serve|checks|diff|template|policies|lookup|facts)\//;

/** Sources of a folder, as paths from the root. */
function sources(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => slashes(join(folder, file)));
}

interface Import {
  readonly from: string;
  /** A path from the root, or the name of a package. */
  readonly to: string;
  readonly names: readonly string[];
}

/** What a source imports or exports again, types too. */
function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: Import[] = [];
  const add = (specifier: string, names: readonly string[]) => {
    const to = specifier.startsWith('.') ? resolveSource(file, specifier) : specifier;
    found.push({ from: file, to, names });
  };
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      const names =
        bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
          ? bindings.elements.map((e) => (e.propertyName ?? e.name).text)
          : ['*'];
      add(node.moduleSpecifier.text, names);
    }
    if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText(source) === 'require')
    ) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) add(argument.text, ['*']);
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
      add(node.argument.literal.text, ['*']);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function resolveSource(from: string, specifier: string): string {
  const base = resolve(ROOT, dirname(from), specifier);
  const file = [`${base}.ts`, join(base, 'index.ts'), base].find(
    (candidate) => existsSync(candidate) && !candidate.endsWith('/'),
  );
  return slashes(relative(ROOT, file ?? base));
}

const lib = sources('lib');
const runtime = sources('runtime');
const imports = [...lib, ...runtime].flatMap(importsOf);
const folderOf = (file: string) => /^lib\/([^/]+)\//.exec(file)?.[1];
const layerOf = (file: string) => LAYERS.findIndex((layer) => layer.includes(folderOf(file) ?? ''));
const show = ({ from, to }: Import) => `${from} → ${to}`;

describe('architecture', () => {
  test('the imports are seen', () => {
    expect(imports.map(show)).toContain('lib/rest/gateway-parts.ts → lib/document/spliced-body.ts');
    expect(imports.length).toBeGreaterThan(100);
  });

  test('every folder of lib has its layer', () => {
    expect(lib.filter((file) => file !== 'lib/index.ts' && layerOf(file) < 0)).toEqual([]);
  });

  test('imports go down the layers only', () => {
    const upward = imports.filter(({ from, to }) => {
      if (!from.startsWith('lib/') || from === 'lib/index.ts' || !to.startsWith('lib/')) return false;
      if (to === 'lib/index.ts') return true;
      return layerOf(to) < layerOf(from) || (layerOf(to) === layerOf(from) && folderOf(to) !== folderOf(from));
    });
    expect(upward.map(show)).toEqual([]);
  });

  test('there is no import cycle, types included', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const to of next.get(file) ?? []) visit(to, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of next.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test('reading creates no construct: of the CDK it knows the interface of plugins only', () => {
    const allowed = [
      'IPolicyValidationPlugin',
      'IPolicyValidationContext',
      'PolicyValidationPluginReport',
      'PolicyViolation',
      'PolicyViolatingResource',
      'Validations',
      'Stage',
      'Stack',
      'CfnElement',
      'CfnResource',
      'IConstruct',
    ];
    const reading = imports.filter(({ from }) => READING.test(from));
    const cdk = reading.filter(({ to }) => /^(aws-cdk-lib|constructs)/.test(to));
    expect(cdk.filter(({ from }) => !from.startsWith('lib/checks/')).map(show)).toEqual([]);
    expect(
      cdk
        .filter(({ to, names }) => to.includes('aws-cdk-lib/') || names.some((name) => !allowed.includes(name)))
        .map((i) => `${show(i)}: ${i.names.join(', ')}`),
    ).toEqual([]);
  });

  test('facts import nothing', () => {
    expect(imports.filter(({ from }) => from.startsWith('lib/facts/')).map(show)).toEqual([]);
  });

  test('what runs after synth knows the reading half and npm packages, not the constructs', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith('runtime/') &&
        ((to.startsWith('lib/') && !READING.test(to)) || /^(aws-cdk-lib|constructs)/.test(to)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('the CLI pulls in no construct library through the checks', () => {
    const reached = new Set<string>();
    const walk = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      imports.filter(({ from }) => from === file).forEach(({ to }) => walk(to));
    };
    runtime.forEach(walk);
    expect([...reached].filter((to) => /^(aws-cdk-lib|constructs)/.test(to))).toEqual([]);
  });

  test('the library has no dependency at run time but its peers and yaml, which is in assets', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const known = [...Object.keys(manifest.peerDependencies), 'yaml'];
    expect([manifest.dependencies, manifest.bundledDependencies]).toEqual([undefined, undefined]);
    const packages = imports.filter(
      ({ from, to }) =>
        from.startsWith('lib/') && !to.startsWith('lib/') && !to.startsWith('node:') && to !== 'package.json',
    );
    const foreign = packages.filter(({ to }) => !known.some((name) => to === name || to.startsWith(`${name}/`)));
    expect(foreign.map(show)).toEqual([]);
  });
});
