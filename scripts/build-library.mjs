// Links the modules that jsii has compiled into what is published: files of bundle/ in which a module runs when something of
// it is used first, grouped by what uses them; and bundle/index.js, whose exports do the same. Nothing is left of lib/ in the
// package but the declarations that the public ones refer to.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { declarationsOf } from './declarations.mjs';
import { filesOf, firstModules } from './first-modules.mjs';
import { Linker } from './linker.mjs';
import { assembly } from './assembly.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (file) => readFileSync(join(root, file), 'utf8');

/** Export → module that it comes from, in order. */
function exportsOf(index) {
  const modules = new Map(
    [...index.matchAll(/^(?:var|const) (\w+) = require\("\.\/([^"]+)"\);$/gm)].map(([, name, module]) => [
      name,
      module,
    ]),
  );
  const found = new Map();
  for (const [, name, from] of index.matchAll(
    /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.\1; \} \}\);$/gm,
  ))
    found.set(name, modules.get(from));
  const declared = [...index.matchAll(/\bexports\.(\w+)(?= = )/g)].map(([, name]) => name);
  const lost = declared.filter((name) => found.get(name) === undefined);
  if (declared.length === 0 || lost.length > 0 || declared.length !== found.size)
    throw new Error(`lib/index.js has exports of a form that this script does not know: ${lost.join(', ')}`);
  return found;
}

/** Like the index files of aws-cdk-lib: an export is a getter that becomes the value. */
function lazyIndex(entries) {
  const lines = entries.map(
    ([name, file, accessor]) =>
      `lazy(${JSON.stringify(name)}, () => require(${JSON.stringify(file)}).${accessor}().${name});`,
  );
  return `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
// What Node.js reads of it if an ES module imports it by name.
${entries.map(([name]) => `exports.${name} = `).join('')}void 0;
function lazy(name, load) {
  const define = (rest) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, ...rest });
  define({
    get() {
      const value = load();
      define({ value });
      return value;
    },
  });
}
${lines.join('\n')}
`;
}

/** Names stay, since constructs and traces of stacks show them, and lines are short: Node.js prints that of an uncaught error. */
const compact = (text) =>
  transformSync(text, {
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    charset: 'ascii',
    target: 'node20',
  }).code;

export function buildLibrary() {
  const { name, types } = assembly(root);
  const isClass = (exported) => types[`${name}.${exported}`]?.kind === 'class';
  const found = exportsOf(read('lib/index.js'));
  const guarded = new Map();
  for (const [exported, module] of found)
    if (isClass(exported)) guarded.set(module, [...(guarded.get(module) ?? []), exported]);
  const checkedBy = (module) => {
    const names = guarded.get(module);
    // As lib/index.ts does for all of them.
    return names && { guard: 'authoring/shapes/guard', names };
  };
  const link = (fileOf, ...how) => {
    const linker = new Linker(root, { checkedBy, bundled: { yaml: '../assets/yaml/index.js' }, fileOf });
    const entries = [...found].map(([exported, module]) => [exported, ...linker.entry(module)]);
    return { ...linker.files(...how), 'index.js': lazyIndex(entries) };
  };
  const { fileOf, isFirst } = filesOf(firstModules(root, link));
  const files = link(fileOf, isFirst);
  mkdirSync(join(root, 'bundle'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, 'bundle', file), compact(text));
  for (const file of readdirSync(join(root, 'bundle'))) if (!(file in files)) rmSync(join(root, 'bundle', file));
  // Of the declarations, npm packs those that are named.
  const declarations = declarationsOf(join(root, 'lib'));
  writeFileSync(
    join(root, 'lib', '.npmignore'),
    ['*', '!*/', ...declarations.map((file) => `!/${file}`), ''].join('\n'),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildLibrary();
