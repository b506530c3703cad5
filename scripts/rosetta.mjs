// What the documents show as TypeScript, and the examples of the public surface, compiled and translated into the other languages.
// TypeScript looks at each of them anew, a second each: `npm test` does so with the README alone, and compiles all in one go.
//   node scripts/rosetta.mjs [--show] [DOCUMENT …]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, environment, root } from './install.mjs';
import { assembly } from './assembly.mjs';

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

/** The documentation of types and members that has an example. */
const examplesOf = (types) =>
  Object.values(types)
    .flatMap((type) => [type, ...['methods', 'properties', 'members'].flatMap((each) => type[each] ?? [])])
    .flatMap(({ docs }) => (docs?.example === undefined ? [] : [docs]));

mkdirSync(join(root, '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, '.cache', 'rosetta-'));
try {
  // A package whose readme is all documents: rosetta looks for snippets nowhere else.
  const documents =
    chosen.length > 0 ? chosen : ['README.md', ...readdirSync(join(root, 'docs')).map((file) => join('docs', file))];
  const markdown = documents.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const own = assembly(root);
  const examples = examplesOf(own.types);
  if (chosen.length > 0) for (const docs of examples.splice(0)) delete docs.example;
  for (const docs of examples) docs.custom = { ...docs.custom, exampleMetadata: 'fixture=example' };
  writeFileSync(join(folder, '.jsii'), JSON.stringify({ ...own, readme: { markdown } }));
  // What is around an example: a stack, and all names of the library.
  const names = Object.values(own.types).map(({ name }) => name);
  const around = readFileSync(join(root, 'scripts', 'example.ts-fixture'), 'utf8').replace('NAMES', names.join(', '));
  mkdirSync(join(folder, 'rosetta'));
  writeFileSync(join(folder, 'rosetta', 'example.ts-fixture'), around);
  writeFileSync(join(folder, 'package.json'), readFileSync(join(root, 'package.json')));
  // Programs import the package by its name.
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', own.name), 'junction');

  const args = ['extract', '--strict', '--directory', folder, folder];
  const { error, status, stdout, stderr } = spawnSync(bin('jsii-rosetta'), args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: environment(),
  });
  if (error) throw error;
  const { snippets } = JSON.parse(readFileSync(join(folder, '.jsii.tabl.json'), 'utf8'));
  const programs = Object.values(snippets);
  const shown = new Set([...markdown.match(/^```ts\n[^]*?^```$/gm), ...examples.map(({ example }) => example)]).size;
  console.log(`${programs.length} programs and examples of ${shown} are translated`);
  if (process.argv.includes('--show'))
    for (const { translations } of programs) console.log(`\n${translations.python.source}`);
  if (status !== 0) console.error(`${stdout}${stderr}`);
  process.exitCode = status === 0 && programs.length >= shown ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
