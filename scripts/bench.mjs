// Builds bench/ into .cache/bench and runs it on the library as it is published, so that no TypeScript loader is measured.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { buildAssets } from './build-assets.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { against, start, serve } = parseArgs({
  options: { against: { type: 'string' }, start: { type: 'boolean' }, serve: { type: 'boolean' } },
  strict: false,
  allowPositionals: true,
}).values;

/** What the variants import is the library in the folder of the benchmark. */
const published = {
  name: 'published',
  setup(plugins) {
    plugins.onResolve({ filter: /^\.\.\/\.\.\/lib$/ }, () => ({ path: './library.js', external: true }));
  },
};

/** As it is compiled, and as it is minified. */
const BODY_LIMIT = /\bBODY_MAX_BYTES ?= ?\d[\d_e]*/g;

/** The gateway stops at 800 KB of Body, as a template would; the measurement goes on. */
function withoutBodyLimit(text) {
  return text.replace(BODY_LIMIT, 'BODY_MAX_BYTES=Infinity');
}

/** The published library of a checkout without that limit, in the folder of the benchmark of that checkout. */
function install(checkout) {
  const { main } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  if (!existsSync(join(checkout, main))) throw new Error(`${checkout} is not built: npm run build`);
  const [code] = main.split('/');
  const target = join(checkout, '.cache/bench');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(join(checkout, code), join(target, code), { recursive: true, filter: (file) => !file.endsWith('.ts') });
  for (const file of readdirSync(join(target, code), { recursive: true })) {
    const path = join(target, code, file);
    if (!/quotas\.js$|facts\.js$/.test(file)) continue;
    const text = readFileSync(path, 'utf8');
    if (text.search(BODY_LIMIT) < 0) throw new Error(`${file} has no BODY_MAX_BYTES to lift`);
    writeFileSync(path, withoutBodyLimit(text));
  }
  symlinkSync(join(checkout, 'assets'), join(target, 'assets'), 'junction');
  writeFileSync(join(target, 'package.json'), readFileSync(join(checkout, 'package.json')));
  writeFileSync(join(target, 'library.js'), `module.exports = require('./${main}');\n`);
  return target;
}

await buildAssets();
// Of another checkout, `--start` only runs the command.
const targets = [install(root), ...(against && !start && !serve ? [install(resolve(against))] : [])];
for (const outdir of targets)
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/main.ts', 'bench/run.ts', 'bench/checks/run.ts'],
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['aws-cdk-lib', 'constructs', 'ajv', 'ajv-draft-04'],
    resolveExtensions: ['.ts', '.js', '.json'],
    plugins: [published],
    logLevel: 'warning',
  });

const { status } = spawnSync(process.execPath, [join(root, '.cache/bench/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
