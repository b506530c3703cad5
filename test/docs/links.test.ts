import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT, anchors, documents, prose, read } from './documents';

/** What is wrong with the relative links of a document, file and heading. */
function broken(file: string, text: string): string[] {
  return [...prose(text).matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].flatMap(([link, path, heading]) => {
    const target = path === '' ? file : posix.join(posix.dirname(file), path);
    if (!existsSync(join(ROOT, target))) return [`${file}: ${link} leads to no file`];
    if (heading === undefined || statSync(join(ROOT, target)).isDirectory()) return [];
    return anchors(target === file ? text : read(target)).has(heading) ? [] : [`${file}: ${link} leads to no heading`];
  });
}

test('links between the documents lead to files and headings that exist', () => {
  const files = documents();
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/jwt.md', 'docs/decisions/README.md']) {
    expect(files).toContain(file);
  }
  expect(files.flatMap((file) => broken(file, read(file)))).toEqual([]);
});

test('a link to a file, a heading or a heading of its own that is not there is found', () => {
  const text = [
    '# A title, and `code`',
    '[a](README.md) [b](#a-title-and-code) [c](docs/jwt.md#no-such-heading) [d](docs/none.md) [e](#none)',
    '```\n[f](none.md)\n```',
    '[g](https://example.com/#none)',
  ].join('\n');
  expect(broken('CONTRIBUTING.md', text)).toEqual([
    'CONTRIBUTING.md: ](docs/jwt.md#no-such-heading) leads to no heading',
    'CONTRIBUTING.md: ](docs/none.md) leads to no file',
    'CONTRIBUTING.md: ](#none) leads to no heading',
  ]);
});
