import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// With `/` on Windows too, as the imports have it.
import { dirname, join as joinPosix } from 'node:path/posix';

/** The declarations that index.d.ts refers to, and those that they refer to: what a compiler or an editor reads. */
export function declarationsOf(folder) {
  const found = new Set(['index.d.ts']);
  for (const file of found) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, from, imported] of text.matchAll(/\bfrom '(\.[^']+)'|\bimport\("(\.[^"]+)"\)/g))
      found.add(`${joinPosix(dirname(file), from ?? imported)}.d.ts`);
  }
  return [...found].sort();
}
