import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';

const ONE_PATH = [
  ...['access', 'appendFile', 'chmod', 'createReadStream', 'createWriteStream', 'exists', 'lstat', 'mkdir', 'mkdtemp'],
  ...['open', 'opendir', 'readdir', 'readFile', 'readlink', 'realpath', 'rm', 'rmdir', 'stat', 'truncate', 'unlink'],
  ...['utimes', 'watch', 'writeFile'],
];
const TWO_PATHS = ['copyFile', 'cp', 'link', 'rename'];

type Method = (...given: unknown[]) => unknown;

/**
 * Functions of Lambda run in the folder of their code, and read files next to it by relative names. Threads share the
 * folder of their process, so names are made absolute.
 */
export function resolveRelativePaths(taskRoot: string): void {
  let folder = taskRoot;
  process.cwd = () => folder;
  process.chdir = (to) => {
    const next = resolve(folder, to);
    fs.readdirSync(next);
    folder = next;
  };
  const absolute = (given: unknown) => (typeof given === 'string' ? resolve(folder, given) : given);
  const patch = (owner: Record<string, unknown>, name: string, paths: number) => {
    const original = owner[name] as Method | undefined;
    if (typeof original !== 'function') return;
    const patched = function (this: unknown, ...given: unknown[]) {
      for (let i = 0; i < paths; i++) given[i] = absolute(given[i]);
      return original.apply(this, given);
    };
    // With `realpath.native`, and how `promisify` treats it.
    owner[name] = Object.defineProperties(patched, Object.getOwnPropertyDescriptors(original));
  };
  for (const [names, paths] of [
    [ONE_PATH, 1],
    [TWO_PATHS, 2],
  ] as const)
    for (const name of names) {
      patch(fs as never, name, paths);
      patch(fs as never, `${name}Sync`, paths);
      patch(fs.promises as never, name, paths);
    }
  syncBuiltinESMExports();
}
