import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, read } from './documents';

// The tables are measured outside the tests: `node scripts/handlers/measure.mjs`.
const page = read('docs/handlers.md');
const measured = new Map(
  [...page.matchAll(/<!-- measured: (\S+) -->\n([^]*?)<!-- end -->/g)].map(([, id, text]) => [id, text]),
);
const source = (name: string): string => readFileSync(join(ROOT, 'scripts', 'handlers', name), 'utf8');

test('each question has a table, and each table is filled', () => {
  const questions = [...source('questions.mjs').matchAll(/\{ id: '(\S+)'/g)].map(([, id]) => id);
  expect(questions.length).toBeGreaterThan(10);
  expect([...measured.keys()].sort()).toEqual([...questions, 'versions', 'schemas', 'socket'].sort());
  for (const text of measured.values()) expect(text.match(/^\| /gm)?.length).toBeGreaterThan(2);
});

test('the tables are those of the pinned versions', () => {
  const { dependencies } = JSON.parse(source('packages.json')) as { dependencies: Record<string, string> };
  const versions = measured.get('versions') ?? '';
  const rows = [...versions.matchAll(/^\| (\S+)\s+\| (\d\S*)\s+\| (.*?)\s+\|$/gm)];
  expect(rows.length).toBe(readdirSync(join(ROOT, 'scripts', 'handlers', 'apps')).length - 2);
  for (const [, name, version, others] of rows) {
    expect([name, dependencies[name]]).toEqual([name, version]);
    for (const other of others.split(', ').filter((each) => each !== '')) {
      const [library, ofLibrary] = other.split(' ');
      expect([library, dependencies[library]]).toEqual([library, ofLibrary]);
    }
  }
});
