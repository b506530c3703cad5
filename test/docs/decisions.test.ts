import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, read } from './documents';

const FILES = readdirSync(join(ROOT, 'docs/decisions'))
  .filter((file) => file !== 'README.md')
  .sort();

test('decisions are numbered from 1 on, each number once and without gaps', () => {
  expect(FILES.length).toBeGreaterThan(20);
  for (const file of FILES) expect(file).toMatch(/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md$/);
  expect(FILES.map((file) => Number(file.slice(0, 4)))).toEqual(FILES.map((_, index) => index + 1));
});

test('the index has each decision, in order, with the title and the status of its file', () => {
  const rows = [
    ...read('docs/decisions/README.md').matchAll(/^\| \[(\d{4})\]\(([^)]*)\) +\| (.*?) +\| .*? +\| (.*?) +\|$/gm),
  ];
  const files = FILES.map((file) => {
    const [, title, status] = /^# (.+)\n\nStatus: (.+)\n\n/.exec(read(`docs/decisions/${file}`)) ?? [];
    return { number: file.slice(0, 4), file, title, status };
  });
  expect(rows.map(([, number, file, title, status]) => ({ number, file, title, status }))).toEqual(files);
  for (const { status } of files) expect(status).toMatch(/^(accepted|superseded by \d{4})$/);
});
