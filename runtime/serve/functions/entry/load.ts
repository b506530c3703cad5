import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NodeStart } from '../messages';
import { RuntimeError } from './errors';
import { resolveModules } from './modules';
import { packageType } from './package-type';

export type Handler = (...given: unknown[]) => unknown;

/**
 * Loads the handler as the runtime of Lambda does.
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export async function loadHandler(start: NodeStart): Promise<Handler> {
  const { handler, version } = start;
  if (handler.includes('..'))
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  const name = basename(handler);
  const dot = name.indexOf('.');
  if (dot < 0) throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  const folder = handler.slice(0, handler.length - name.length);
  const loaded = await loadModule(start, folder, name.slice(0, dot));
  const path = name.slice(dot + 1);
  const found = valueAt(loaded, path) ?? (version >= 24 ? valueAt(valueAt(loaded, 'default'), path) : undefined);
  if (!found) throw new RuntimeError('HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}

const valueAt = (owner: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at ? (at as Record<string, unknown>)[key] : undefined), owner);

async function loadModule(start: NodeStart, folder: string, name: string): Promise<unknown> {
  const { taskRoot } = start;
  const path = resolve(taskRoot, folder, name);
  const require = createRequire(join(taskRoot, sep));
  try {
    if (isFile(path)) return require(path);
    const isModule = isFile(`${path}.js`) && packageType(dirname(path), taskRoot) === 'module';
    const isEsm = isModule || (!isFile(`${path}.js`) && isFile(`${path}.mjs`));
    resolveModules(start, isEsm);
    if (isFile(`${path}.js`)) return isModule ? await imported(`${path}.js`) : require(`${path}.js`);
    if (isFile(`${path}.mjs`)) return await imported(`${path}.mjs`);
    if (isFile(`${path}.cjs`)) return require(`${path}.cjs`);
    return require(require.resolve(name, { paths: [taskRoot, join(taskRoot, folder)] }));
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', String(error), error.stack);
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'MODULE_NOT_FOUND')
      throw new RuntimeError('ImportModuleError', String(error));
    throw error;
  }
}

const imported = (path: string): Promise<unknown> => import(pathToFileURL(path).href);
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
