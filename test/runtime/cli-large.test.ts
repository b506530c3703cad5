import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMS } from '../../bench/checks/forms';
import { withFindings } from '../../bench/cli/found';
import { CHECK_FORMATS } from '../../runtime/cli/io';
import { table } from '../../runtime/cli/table';
import { textLines } from '../../scripts/fragment-text';

const BUNDLE = join(__dirname, '../../assets/cli/apigw.js');
/** The slowest takes a second; only what does not end takes as long as this. */
const FOREVER = 60_000;
const ROUTES = 300;

const COMMANDS: readonly (readonly string[])[] = [
  ...CHECK_FORMATS.map((format) => ['check', '--severity', 'info', '--format', format]),
  ['routes'],
  ['routes', '--format', 'json'],
  ['advise'],
  ['advise', '--format', 'json'],
  ['openapi'],
  ['openapi', '--format', 'yaml'],
  ['openapi', '--clean', '--format', 'yaml'],
];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-large-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(FORMS)(`%s with ${ROUTES} routes that have findings`, (form) => {
  test.each(COMMANDS.map((words) => [words.join(' '), words] as const))('apigw %s ends', (_, words) => {
    const file = join(folder, `${form}.json`);
    writeFileSync(file, JSON.stringify(withFindings(form, ROUTES)));
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...words, file], {
      encoding: 'utf8',
      timeout: FOREVER,
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(signal).toBeNull();
    if (words[0] === 'openapi' && form === 'websocket') {
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: expect.stringContaining('no REST or HTTP API') as string,
      });
      return;
    }
    expect({ status, stderr }).toEqual({ status: words[0] === 'check' ? 1 : 0, stderr: '' });
    if (words[0] === 'advise' && !form.startsWith('rest')) return;
    // Each route is told, in every format.
    const name = form === 'websocket' ? /message(\d+)\b/g : /\br(\d+)\/\{id\}/g;
    expect(new Set([...stdout.matchAll(name)].map(([, index]) => index)).size).toBe(ROUTES);
  });
});

test('a table looks at each line of a cell once to paint it, however many there are', () => {
  for (const lines of [10, 1000]) {
    const cell = Array.from({ length: lines }, (_, index) => `line ${index}`);
    const painted: string[] = [];
    const made = table({ columns: 80 }, ['a', 'b'], [['x', cell]], (text, column) => {
      if (column === 1) painted.push(text);
      return text;
    });
    expect(painted).toEqual(cell);
    expect(made.split('\n')).toHaveLength(lines + 5);
  }
});

test('a word that is longer than any terminal is cut once a line', () => {
  const word = 'x'.repeat(1_000_000);
  const made = table({ columns: 80 }, ['a'], [[word]]);
  expect(made.replaceAll(/[^x]/g, '')).toBe(word);
});

test('a template of the documentation is written line by line', () => {
  const { Resources } = withFindings('rest-resources', ROUTES);
  const lines = textLines(Resources as never);
  expect(lines.filter((line) => line.includes('AWS::ApiGateway::Method'))).toHaveLength(ROUTES);
});
