// Installs what package-lock.json names, where it is not there yet. Plain Node: nothing else may be needed before it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');

/** Runs a command of the project, shown as it goes; throws where it fails. Scripts of packages are run by this Node. */
export function run(command, args, env = {}) {
  const [file, ...before] = command.startsWith(modules) ? [process.execPath, command] : [command];
  const result = spawnSync(file, [...before, ...args], { cwd: root, stdio: 'inherit', env: environment(env) });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    console.error(`\n${command} ${args.join(' ')} failed with exit code ${result.status ?? result.signal}.`);
    process.exit(result.status || 1);
  }
}

/**
 * The script of a program of a package. Not node_modules/.bin: on Windows that holds `.cmd` files, which Node starts in
 * a shell only (nodejs/node#52681).
 */
export function bin(name) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(devDependencies)) {
    const { bin: programs = {} } = JSON.parse(readFileSync(join(modules, dependency, 'package.json'), 'utf8'));
    const script = typeof programs === 'string' ? { [dependency]: programs }[name] : programs[name];
    if (script) return join(modules, dependency, script);
  }
  throw new Error(`no package of devDependencies has a program "${name}"`);
}

/** What the programs of jsii are run with. */
export function environment(env = {}) {
  return {
    ...process.env,
    // jsii runs on Node 20 as well, and would print a banner of fifteen lines on each call without it.
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    ...env,
  };
}

/** Bundles and compiles what the library needs to synthesize, unless that has been done. */
export function compileMissing() {
  if (['.jsii', 'assets/serve/index.js'].every((file) => existsSync(join(root, file)))) return;
  compile();
}

export function compile() {
  console.log('Compiling …');
  run(process.execPath, ['scripts/build-assets.mjs']);
  run(bin('jsii'), ['--silence-warnings=reserved-word']);
  run(process.execPath, ['scripts/build-shapes.mjs']);
}

/** `npm ci`, unless the lock file says what is installed already. */
export function installMissing() {
  const installed = join(modules, '.package-lock.json');
  if (existsSync(installed) && sameVersions(installed)) return;
  console.log('Installing dependencies (npm ci) …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // `npm test` says which script npm itself is; by hand it is the one on the path.
  const npm = process.env.npm_execpath;
  if (npm) run(process.execPath, [npm, ...args]);
  else run('npm', args);
}

function sameVersions(installed) {
  const versions = (file) => {
    const { packages } = JSON.parse(readFileSync(file, 'utf8'));
    return new Map(Object.entries(packages).map(([name, { version, optional }]) => [name, { version, optional }]));
  };
  const there = versions(installed);
  for (const [name, { version, optional }] of versions(join(root, 'package-lock.json'))) {
    if (name === '' || (optional && !there.has(name))) continue;
    if (there.get(name)?.version !== version) return false;
  }
  return true;
}
