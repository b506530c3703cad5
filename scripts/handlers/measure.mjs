// Writes the tables of docs/handlers.md: installs the packages of packages.json in a temporary folder, and runs each adapter on events
// of the local gateway. `npm run build` first; it needs npm, and is neither part of the tests nor of the package.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { written } from './page.mjs';

const NODE = '24.22.3';
const here = dirname(fileURLToPath(import.meta.url));
const page = join(here, '..', '..', 'docs', 'handlers.md');

const folder = mkdtempSync(join(tmpdir(), 'handlers-'));
try {
  const manifest = JSON.parse(readFileSync(join(here, 'packages.json'), 'utf8'));
  // Some adapters need Node.js 24.
  const runtime = `node-${process.platform}-${process.arch}`;
  const dependencies = { ...manifest.dependencies, [runtime]: NODE };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  for (const name of readdirSync(join(here, 'apps'))) copyFileSync(join(here, 'apps', name), join(folder, name));
  copyFileSync(join(here, 'schemas.mjs'), join(folder, 'schemas.mjs'));
  const result = join(folder, 'result.json');
  const node = join(folder, 'node_modules', runtime, 'bin', 'node');
  execFileSync(node, [join(here, 'run.mjs'), folder, result], { stdio: 'inherit' });
  const measured = JSON.parse(readFileSync(result, 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(page, written(readFileSync(page, 'utf8'), measured, manifest.dependencies, today));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
