import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLAGS } from '../../runtime/cli/optimize-less';

const [major] = process.versions.node.split('.');

/** Names of what V8 knows: it takes `-` and `_` alike. */
const known = (): string[] =>
  [...execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' }).matchAll(/^ +--([\w-]+)/gm)].map(
    ([, name]) => name.replaceAll('_', '-'),
  );

test('the flags for this version of Node.js are flags of its V8', () => {
  const names = known();
  expect(names.length).toBeGreaterThan(100);
  for (const flag of FLAGS[major] ?? []) {
    const [, name] = /^--([\w-]+)=\d+$/.exec(flag) ?? [];
    expect(names).toContain(name);
  }
});

const COMMAND = join(__dirname, '../../assets/cli/apigw.js');

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-large-'));
  const api = (index: number) => ({
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: `orders-${index}`.padEnd(60, 'x'), ProtocolType: 'HTTP' },
  });
  const Resources = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`Api${index}`, api(index)]));
  file = join(folder, 'template.json');
  writeFileSync(file, JSON.stringify({ Resources }));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a large template is read without a word about them', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND, 'check', file], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toContain('500 HTTP APIs');
});

test('a command that runs on is optimized as usual', () => {
  const spy = join(folder, 'spy.cjs');
  writeFileSync(spy, `require('node:v8').setFlagsFromString = (flag) => console.error('V8 gets', flag);`);
  const flagsOf = (command: string): string[] => {
    const { stderr } = spawnSync(process.execPath, ['--require', spy, COMMAND, command, file], { encoding: 'utf8' });
    return [...stderr.matchAll(/^V8 gets (.+)$/gm)].map(([, flag]) => flag);
  };
  expect(flagsOf('check')).toEqual(FLAGS[major] ?? []);
  expect(flagsOf('serve')).toEqual([]);
});
