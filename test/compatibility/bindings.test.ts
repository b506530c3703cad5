import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './surface';

const PYTHON = 'python/src/shop/__init__.py';
const WHOLE = {
  [PYTHON]: 'import jsii\n\nclass Shop(metaclass=jsii.JSIIMeta, jsii_type="shop.Shop"):\n    pass\n',
  'java/src/Shop.java': 'class Shop { aws.Unknown cdk() { return null; } }\n',
  'dotnet/Shop.cs': 'class Shop {}\n',
  'go/shop/Shop.go': 'package shop\n\ntype Shop struct{}\n',
};

/** Checks what jsii-pacmak might have made. */
function checked(files: Record<string, string>, env: Record<string, string | undefined> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bindings-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const script = join(ROOT, 'scripts', 'bindings.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], {
    encoding: 'utf8',
    env: { ...process.env, CI: undefined, ...env },
  });
  return { status, stdout, stderr };
}

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
/** Where it is not installed, `npm test` says so, and fails with CI=true. */
const where = (program: string) => (has(program) ? test : test.skip);

test('code that a program accepts passes', () => {
  expect(checked(WHOLE)).toMatchObject({ status: 0, stderr: '' });
});

test('a program that is missing is named, and an error where CI is set', () => {
  const named = ['python3', 'mypy', 'javac', 'gofmt'].map((program) => expect.stringContaining(`${program} is not`));
  const nothing = { PATH: '/nowhere' };
  const { status, stdout, stderr } = checked(WHOLE, nothing);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')).toEqual([...named, '']);
  expect(checked(WHOLE, { ...nothing, CI: 'true' })).toMatchObject({
    status: 1,
    stderr: ['python3', 'mypy', 'javac'].map((program) => `${program} must be installed where CI is set\n`).join(''),
  });
});

where('python3')('Python that does not compile is an error', () => {
  const { status, stderr } = checked({ ...WHOLE, [PYTHON]: 'class Shop:\ndef open(self): pass\n' });
  expect(status).toBe(1);
  expect(stderr).toContain('not true that Python compiles:');
});

where('mypy')('types of Python that do not agree are an error', () => {
  const { status, stderr } = checked({ ...WHOLE, [PYTHON]: 'class Shop:\n    def open(self) -> Door: ...\n' });
  expect(status).toBe(1);
  expect(stderr).toContain('Name "Door" is not defined');
});

where('javac')('Java that cannot be parsed is an error', () => {
  const { status, stderr } = checked({ ...WHOLE, 'java/src/Shop.java': 'class Shop { int open( { } }\n' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^not true that Java is parsed:\n.*Shop\.java:1: error: /m);
});
