import { execFileSync, execSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');
export const NAME = 'cdk-apigateway-constructs';

/** The package as npm packs it, installed in a folder beside its peers. */
export interface Packed {
  readonly tarball: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
  /** The folder of a user, with `node_modules`. */
  readonly home: string;
  /** The installed package. */
  readonly folder: string;
  /** All its files, with `/`. */
  readonly files: readonly string[];
}

export function packed(): Packed {
  if (!existsSync(join(ROOT, 'bundle/index.js'))) throw new Error('the library is not compiled: npm run build');
  const home = mkdtempSync(join(tmpdir(), 'packed-'));
  // In a shell, since npm is a `.cmd` on Windows.
  const told = execSync(`npm pack --json --ignore-scripts --pack-destination "${home}"`, { cwd: ROOT, stdio: 'pipe' });
  const [{ filename, size, unpackedSize }] = JSON.parse(told.toString()) as [
    { filename: string; size: number; unpackedSize: number },
  ];
  const folder = join(home, 'node_modules', NAME);
  mkdirSync(folder, { recursive: true });
  const tarball = join(home, filename);
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
  for (const peer of ['aws-cdk-lib', 'constructs'])
    symlinkSync(join(ROOT, 'node_modules', peer), join(home, 'node_modules', peer), 'junction');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return { tarball, bytes: size, unpackedBytes: unpackedSize, home, folder, files };
}

export const read = ({ folder }: Packed, file: string): string => readFileSync(join(folder, file), 'utf8');

/** Runs a program of a user in a process of its own; it returns what the program passes to `tell`. */
export function run<T>({ home }: Packed, program: string, file = 'app.js'): T {
  const out = join(home, `${file}.json`);
  const tell = file.endsWith('.mjs')
    ? "import { writeFileSync } from 'node:fs';"
    : "const { writeFileSync } = require('node:fs');";
  writeFileSync(
    join(home, file),
    `${tell}\nconst tell = (value) => writeFileSync(${JSON.stringify(out)}, JSON.stringify(value));\n${program}`,
  );
  execFileSync(process.execPath, [file], { cwd: home, stdio: 'pipe' });
  return JSON.parse(readFileSync(out, 'utf8')) as T;
}
