import { builtinModules } from 'node:module';
import { join } from 'node:path/posix';
import ts from 'typescript';
import { type Packed, packed, read } from './packed';
import { assemblyIn } from '../support/assembly';

let library: Packed;
beforeAll(() => (library = packed()));

test('the package has at most 1.6 MB, and 7 MB when it is installed', () => {
  expect(library.bytes).toBeLessThanOrEqual(1_600_000);
  expect(library.unpackedBytes).toBeLessThanOrEqual(7_000_000);
  // A package with nothing in it would pass.
  expect(library.unpackedBytes).toBeGreaterThan(3_000_000);
});

test('it has the code that was linked, not the modules it was linked from, their maps or other packages', () => {
  const scripts = library.files.filter((file) => file.endsWith('.js'));
  expect(scripts.filter((file) => !/^(bundle\/[\w-]+|assets\/[\w-]+\/[\w-]+)\.js$/.test(file))).toEqual([]);
  expect(scripts).toEqual(expect.arrayContaining(['bundle/index.js', 'bundle/rest.js', 'assets/yaml/index.js']));
  expect(scripts.filter((file) => /^\/\/# sourceMappingURL=/m.test(read(library, file)))).toEqual([]);
  expect(library.files.filter((file) => /\.map$|node_modules|API\.md|^(test|scripts|runtime)\//.test(file))).toEqual(
    [],
  );
});

test('its code requires only files of the package, its peers and modules of Node.js', () => {
  const { peerDependencies } = JSON.parse(read(library, 'package.json')) as { peerDependencies: object };
  const scripts = library.files.filter((file) => file.startsWith('bundle/'));
  // A long line continues in the next one, in a string too.
  const codeOf = (file: string) => read(library, file).replaceAll('\\\n', '');
  const required = scripts.flatMap((file) =>
    [...codeOf(file).matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) =>
      name.startsWith('.') ? join(file, '..', name) : name,
    ),
  );
  expect(required).toContain('assets/yaml/index.js');
  const known = [...library.files, ...builtinModules.map((name) => `node:${name}`)];
  const isPeer = (name: string) => Object.keys(peerDependencies).some((peer) => `${name}/`.startsWith(`${peer}/`));
  expect(required.filter((name) => !known.includes(name) && !isPeer(name))).toEqual([]);
});

test('V8 reads every script as text of one byte per character', () => {
  const wide = /[^\u0000-\u00ff]/;
  expect(library.files.filter((file) => file.endsWith('.js') && wide.test(read(library, file)))).toEqual([]);
});

// Node.js prints the line that threw an uncaught error: of a whole module it would hide the message.
test('the lines of the library are short', () => {
  const scripts = library.files.filter((file) => file.startsWith('bundle/'));
  const lines = scripts.flatMap((file) => read(library, file).split('\n'));
  expect(lines.length).toBeGreaterThan(5_000);
  expect(lines.filter((line) => line.length > 500)).toEqual([]);
});

test('it has each declaration that a compiler reads, and no other', () => {
  const declarations = library.files.filter((file) => file.endsWith('.d.ts'));
  const imports = new Map(
    declarations.map((file) => [
      file,
      ts
        .preProcessFile(read(library, file))
        .importedFiles.map(({ fileName }) => fileName)
        .filter((name) => name.startsWith('.'))
        .map((name) => `${join(file, '..', name)}.d.ts`),
    ]),
  );
  const referred = new Set([
    'lib/index.d.ts',
    'assets/routes/index.d.ts',
    'assets/serve/index.d.ts',
    ...[...imports.values()].flat(),
  ]);
  expect([...referred].sort()).toEqual([...declarations].sort());
  expect(declarations).toContain('lib/rest/gateway-props.d.ts');
});

test('each type of the assembly has its declaration where jsii looks for it', () => {
  const { types } = assemblyIn(library.folder) as { types: Record<string, { symbolId: string; name: string }> };
  const lost = Object.values(types).filter(({ symbolId, name }) => {
    const [file] = symbolId.split(':');
    return !library.files.includes(`${file}.d.ts`) || !new RegExp(`\\b${name}\\b`).test(read(library, `${file}.d.ts`));
  });
  expect(Object.keys(types).length).toBeGreaterThan(200);
  expect(lost.map(({ name }) => name)).toEqual([]);
});
