// `npm run baseline`, at a release: the public surface that later changes are compared with, and an empty list of what breaks it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';
import { assembly } from './assembly.mjs';

const folder = join(root, 'test', 'compatibility');

/** What jsii-diff compares: types, members and their stability, and no text. */
function surface(value) {
  if (Array.isArray(value)) return value.map(surface);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'locationInModule' && key !== 'symbolId')
      .map(([key, each]) => [key, key === 'docs' ? judged(each) : surface(each)]),
  );
}

const judged = ({ stability, subclassable }) => ({ stability, subclassable });

const own = assembly(root);
const text = JSON.stringify({
  ...own,
  readme: undefined,
  dependencyClosure: undefined,
  types: surface(own.types),
});
writeFileSync(join(folder, 'baseline.json.gz'), gzipSync(text, { level: 9 }));

const named = join(folder, 'breaking.yaml');
const comments = readFileSync(named, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('#'));
writeFileSync(named, `${comments.join('\n')}\n[]\n`);
console.log(`The baseline is the public surface of ${own.name} ${own.version}.`);
