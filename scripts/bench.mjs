// Builds bench/ into .cache/bench and runs it, so that no TypeScript loader is part of what is measured.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildAssets } from './build-assets.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The gateway stops at 800 KB of Body, as a template would; the measurement goes on. */
const withoutBodyLimit = {
  name: 'without-body-limit',
  setup(plugins) {
    plugins.onLoad({ filter: /lib\/facts\/quotas\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const limit = /BODY_MAX_BYTES = [\d_]+/;
      if (!limit.test(source)) throw new Error(`${path} has no BODY_MAX_BYTES to lift`);
      return { contents: source.replace(limit, 'BODY_MAX_BYTES = Infinity'), loader: 'ts' };
    });
  },
};

/** Where the library looks for the code of its Lambda functions: `../assets` of a file of its own. */
const assetsBesideLibrary = {
  name: 'assets-beside-library',
  setup(plugins) {
    plugins.onLoad({ filter: /\/lib\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes('__dirname')) return undefined;
      return { contents: source.replaceAll('__dirname', JSON.stringify(dirname(path))), loader: 'ts' };
    });
  },
};

// The gateway stages the code of its account logging from there.
await buildAssets();

await build({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts', 'bench/run.ts', 'bench/checks/run.ts'],
  outdir: '.cache/bench',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['aws-cdk-lib', 'constructs', 'ajv', 'ajv-draft-04'],
  resolveExtensions: ['.ts', '.js', '.json'],
  plugins: [withoutBodyLimit, assetsBesideLibrary],
  logLevel: 'warning',
});

const { status } = spawnSync(process.execPath, [join(root, '.cache/bench/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
