import { createHash, randomUUID } from 'node:crypto';
import { type Stats } from 'node:fs';
import { chmod, mkdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LocalFunction } from '../../../lib/serve/functions';
import { readZip } from './unzip';

/** Where the code of a function is to be run. */
export interface PreparedCode {
  readonly taskRoot: string;
  readonly layers: readonly string[];
}

/** A function that cannot be run here; the message says what to do instead. */
export class NotRunnable extends Error {}

/** The folders with the code: folders are used in place, and everything else is put into a cache by its content. */
export async function prepareCode(target: LocalFunction, cache: string): Promise<PreparedCode> {
  const { code, id, layers } = target;
  if (code.kind === 'elsewhere')
    throw new NotRunnable(
      `${id} cannot be run here (${code.reason}); run it yourself and pass --lambda-endpoint ${id}=http://localhost:9000`,
    );
  return {
    taskRoot:
      code.kind === 'inline' ? await inlineFolder(target, code.source, cache) : await folderOf(id, code.path, cache),
    layers: await Promise.all(layers.map((layer) => folderOf(`a layer of ${id}`, layer, cache))),
  };
}

/** CloudFormation writes inline code to index.js, as CommonJS, or to index.py. */
async function inlineFolder({ runtime = '' }: LocalFunction, source: string, cache: string): Promise<string> {
  const files: Record<string, string> = runtime.startsWith('python')
    ? { 'index.py': source }
    : { 'index.js': source, 'package.json': '{"type":"commonjs"}' };
  return once(cache, hashOf(JSON.stringify(files)), async (folder) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  });
}

async function folderOf(what: string, path: string, cache: string): Promise<string> {
  const found = await stat(path).catch((): Stats | undefined => undefined);
  if (!found) throw new NotRunnable(`the code of ${what} does not exist: ${path}; run cdk synth again`);
  // As modules see it.
  if (found.isDirectory()) return realpath(path);
  try {
    const archive = await readFile(path);
    return await once(cache, hashOf(archive), (folder) => unpack(archive, folder));
  } catch (error) {
    throw new NotRunnable(`the code of ${what} cannot be unpacked: ${path}: ${(error as Error).message}`);
  }
}

async function unpack(archive: Buffer, folder: string): Promise<void> {
  const entries = readZip(archive);
  for (const entry of entries) {
    const path = join(folder, entry.path);
    if (entry.kind === 'folder') await mkdir(path, { recursive: true });
    if (entry.kind !== 'file') continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, entry.bytes());
    await chmod(path, entry.mode === 0 ? 0o644 : entry.mode | 0o600);
  }
  // Last, so that no file is written through a link.
  for (const entry of entries) {
    if (entry.kind !== 'link') continue;
    await mkdir(dirname(join(folder, entry.path)), { recursive: true });
    await symlink(entry.target, join(folder, entry.path));
  }
}

const hashOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex').slice(0, 32);

/** A folder of the cache, made whole or not at all. */
async function once(cache: string, name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name);
  if (await exists(folder)) return realpath(folder);
  const draft = join(cache, `.${name}-${randomUUID()}`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    await make(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was faster.
    if (!(await exists(folder))) throw error;
  }
  return realpath(folder);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The user's folder for what can be made again. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const local = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  const fallback = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
  return join(local || join(homedir(), ...fallback), 'cdk-apigateway-constructs', 'functions');
}
