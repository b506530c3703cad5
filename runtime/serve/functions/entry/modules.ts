import { existsSync, readFileSync } from 'node:fs';
import Module, { register } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NodeStart } from '../messages';
import { packageType } from './package-type';

type Resolve = (specifier: string, context: { readonly parentURL?: string }) => { readonly url: string };

/** `Module` has what its types do not tell. */
const internals = Module as unknown as {
  _extensions: Record<string, (module: { _compile(code: string, ...more: string[]): void }, file: string) => void>;
  /** Since Node.js 22.15. */
  registerHooks?(hooks: {
    resolve(specifier: string, context: { readonly parentURL?: string }, next: Resolve): ReturnType<Resolve>;
  }): void;
};

/** The same for `register`, which runs it in another thread: it starts slowly. */
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

/** Looks bare names up once more in the folders that stand for `NODE_PATH`, which Node.js leaves out for ES modules. */
function searchModules(folders: readonly string[]): void {
  const parents = folders.map((folder) => pathToFileURL(join(dirname(folder), 'x.js')).href);
  if (!internals.registerHooks) return register(`data:text/javascript,${encodeURIComponent(HOOK)}`, { data: parents });
  internals.registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|^[a-z]+:/i.test(specifier)) throw error;
        for (const parentURL of parents) {
          try {
            return next(specifier, { ...context, parentURL });
          } catch {
            // The next one may have it.
          }
        }
        throw error;
      }
    },
  });
}

/** Makes modules found as in Lambda, whatever is around the folder of the code. */
export function resolveModules({ taskRoot, modules }: NodeStart, isEsm: boolean): void {
  // Those above the code are found without help.
  const folders = modules.filter((one) => !taskRoot.startsWith(`${dirname(one)}${sep}`) && existsSync(one));
  if (isEsm && folders.length > 0) searchModules(folders);
  // "type": "module" of the project is not said of a bundle in its cdk.out.
  if (packageType(dirname(taskRoot), '') !== 'module') return;
  const original = internals._extensions['.js'];
  const own = `${taskRoot}${sep}`;
  internals._extensions['.js'] = (module, file) => {
    if (!file.startsWith(own) || packageType(dirname(file), taskRoot) !== undefined) return original(module, file);
    module._compile(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), file, 'commonjs');
  };
}
