// What the documents show as TypeScript, and the examples of the public surface, compiled and translated into the other languages.
//   node scripts/rosetta.mjs [--show]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, environment, root } from './install.mjs';

mkdirSync(join(root, '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, '.cache', 'rosetta-'));
try {
  // A package whose readme is all documents: rosetta looks for snippets nowhere else.
  const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((file) => join('docs', file))];
  const markdown = documents.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const assembly = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
  writeFileSync(join(folder, '.jsii'), JSON.stringify({ ...assembly, readme: { markdown } }));
  writeFileSync(join(folder, 'package.json'), readFileSync(join(root, 'package.json')));
  // Programs import the package by its name.
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', assembly.name), 'junction');

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
  const shown = new Set(markdown.match(/^```ts\n[^]*?^```$/gm)).size;
  console.log(`${programs.length} programs, of ${shown} in the documents`);
  if (process.argv.includes('--show'))
    for (const { translations } of programs) console.log(`\n${translations.python.source}`);
  if (status !== 0) console.error(`${stdout}${stderr}`);
  process.exitCode = status === 0 && programs.length >= shown ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
