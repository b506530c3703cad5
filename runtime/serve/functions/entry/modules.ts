import { readFileSync } from 'node:fs';
import Module, { register } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NodeStart } from '../messages';
import { packageType } from './package-type';

/** `Module` has what its types do not tell. */
const internals = Module as unknown as {
  _extensions: Record<string, (module: { _compile(code: string, ...more: string[]): void }, file: string) => void>;
};

/** Looks bare names up once more in the folders that stand for `NODE_PATH`, which Node.js leaves out for ES modules. */
const HOOK = `
let parents = [];
export const initialize = (given) => { parents = given; };
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|^[a-z]+:/i.test(specifier)) throw error;
    for (const parentURL of parents)
      try { return await next(specifier, { ...context, parentURL }); } catch {}
    throw error;
  }
}`;

/** Makes modules found as in Lambda, whatever is around the folder of the code. */
export async function resolveModules({ taskRoot, modules }: NodeStart, isEsm: boolean): Promise<void> {
  if (modules.length > 0 && isEsm)
    register(`data:text/javascript,${encodeURIComponent(HOOK)}`, {
      data: modules.map((folder) => pathToFileURL(join(dirname(folder), 'x.js')).href),
    });
  // "type": "module" of the project is not said of a bundle in its cdk.out.
  if (packageType(dirname(taskRoot), '') !== 'module') return;
  const original = internals._extensions['.js'];
  const own = `${taskRoot}${sep}`;
  internals._extensions['.js'] = (module, file) => {
    if (!file.startsWith(own) || packageType(dirname(file), taskRoot) !== undefined) return original(module, file);
    module._compile(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), file, 'commonjs');
  };
}
