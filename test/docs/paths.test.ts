import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, documents, prose, read } from './documents';

/** Folders of the project that documents name; `assets/` is built. */
const PATH = /^(?:lib|runtime|test|scripts|bench|examples|docs|findings|\.github|\.ci)\/[\w./{},<>-]*$/;

/** `lib/{rest,http}/stage.ts` is two paths; `<area>` stands for any name, so what is before it must exist. */
function expanded(path: string): string[] {
  const [all, names] = /\{([^}]*)\}/.exec(path) ?? [];
  if (all !== undefined) return names.split(',').flatMap((name) => expanded(path.replace(all, name)));
  const [known] = path.split(/[^/]*</);
  return [known];
}

const missing = (paths: readonly string[]): string[] =>
  paths.flatMap(expanded).filter((path) => !existsSync(join(ROOT, path)));

const named = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, path]) => path);

describe('the table of changes in CONTRIBUTING.md', () => {
  const [, table = ''] = /^\| I want to [^\n]*\n\|[^\n]*\n((?:\|[^\n]*\n)+)/m.exec(read('CONTRIBUTING.md')) ?? [];
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, change, files]) => ({ change, files }));

  test('has the commonest changes, each once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
    expect(new Set(rows.map(({ change }) => change)).size).toBe(rows.length);
  });

  test.each(rows.map(({ change, files }) => [change, files]))(
    '%s: the files are there, a test among them',
    (_, files) => {
      const paths = named(files).filter((path) => PATH.test(path) || /^[\w-]+\.(md|json)$/.test(path));
      expect(paths.length).toBeGreaterThan(1);
      expect(missing(paths)).toEqual([]);
      expect(files).toMatch(/`test\/|\]\(#/);
    },
  );
});

test('files and folders that the documents name are there', () => {
  const broken = documents()
    // The CHANGELOG tells of what was.
    .filter((file) => file !== 'CHANGELOG.md')
    .flatMap((file) =>
      missing(named(prose(read(file))).filter((path) => PATH.test(path))).map((path) => `${file}: ${path}`),
    );
  expect(broken).toEqual([]);
});

test('a path that is not there is found', () => {
  expect(missing(['lib/{rest,none}/gateway.ts', 'test/<area>/<ID>.ts', 'none/<name>/stack.ts', 'docs/'])).toEqual([
    'lib/none/gateway.ts',
    'none/',
  ]);
});
