import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname, join as joinPosix, relative } from 'node:path/posix';
import ts from 'typescript';

/**
 * What the first bundle and others have in common, and what of it the rest of them imports.
 *
 * @param metafiles those of esbuild, one for each bundle
 * @returns module of ours → the names that modules outside of the core import from it; all of them, with none too
 */
export function sharedModules(root, metafiles) {
  const [first, ...others] = metafiles.map(({ outputs }) => Object.keys(Object.values(outputs)[0].inputs));
  const isShared = (file) => /^(lib|runtime)\/.*\.ts$/.test(file) && others.some((each) => each.includes(file));
  const shared = new Map(
    first
      .filter(isShared)
      .sort()
      .map((file) => [file, new Set()]),
  );
  const outside = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).filter((file) => !shared.has(file)));
  for (const file of outside) {
    if (!file.endsWith('.ts') || file.includes('node_modules')) continue;
    for (const { module, names } of importsOf(file, readFileSync(join(root, file), 'utf8')))
      for (const name of names) shared.get(module)?.add(name);
  }
  return shared;
}

/** The values that a module imports from files, or passes on. */
function importsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => {
    const from = statement.moduleSpecifier?.text;
    if (!from?.startsWith('.')) return [];
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : statement;
    if (!clause || clause.isTypeOnly || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
    const bindings = ts.isImportDeclaration(statement) ? clause.namedBindings : clause.exportClause;
    const module = `${joinPosix(dirname(file), from)}.ts`;
    if (!bindings?.elements) throw new Error(`${file} imports all of ${from}; name what it needs`);
    const elements = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
    return [{ module, names: elements.map(({ name, propertyName }) => (propertyName ?? name).text) }];
  });
}

/** As the modules name each other, on Windows too. */
const slashes = (path) => path.replaceAll('\\', '/');

/** What a name is called in the core. */
const exported = (index, name) => `_${index}_${name}`;

/** The entry of the core. */
export const coreEntry = (shared) =>
  [...shared]
    .map(([file, names], index) => {
      const list = [...names].map((name) => `${name} as ${exported(index, name)}`).join(', ');
      return names.size === 0 ? '' : `export { ${list} } from ${JSON.stringify(`./${file}`)};`;
    })
    .join('\n');

/**
 * Plugin of esbuild that takes shared modules from the core: the bundles have them once on the disk, and once in a process
 * that loads both, so that models and symbols of the one are those of the other.
 *
 * @param core the file of the core, from the root
 */
export function fromCore(shared, core) {
  const indexes = new Map([...shared.keys()].map((file, index) => [file, index]));
  return {
    name: 'shared-core',
    setup(plugins) {
      const path = relative(dirname(plugins.initialOptions.outfile), core);
      plugins.onResolve({ filter: /^\./ }, ({ path: from, importer, kind, resolveDir }) => {
        if (kind === 'entry-point' || importer.includes('node_modules')) return undefined;
        const file = `${relative(slashes(plugins.initialOptions.absWorkingDir), joinPosix(slashes(resolveDir), from))}.ts`;
        return indexes.has(file) ? { path: file, namespace: 'shared-core' } : undefined;
      });
      plugins.onResolve({ filter: /.*/, namespace: 'shared-core' }, (found) => ({ path: found.path, external: true }));
      plugins.onLoad({ filter: /.*/, namespace: 'shared-core' }, ({ path: file }) => {
        const names = [...shared.get(file)];
        const parts = names.map((name) => `${exported(indexes.get(file), name)}: ${name}`).join(', ');
        const load = `require(${JSON.stringify(path.startsWith('.') ? path : `./${path}`)})`;
        return { contents: `const { ${parts} } = ${load};\nexport { ${names.join(', ')} };`, loader: 'js' };
      });
    },
  };
}
