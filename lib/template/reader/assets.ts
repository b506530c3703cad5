import * as path from 'node:path';
import { type Files } from './files';
import { type Dict, isDict, own } from './scope';

/** The files of the asset manifest next to a top-level template: hash → path on disk. */
export function assetsOf(rootFile: string, read: Files): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  const manifest = rootFile.replace(/\.template\.json$/, '.assets.json');
  const text = manifest === rootFile ? undefined : read.textIfReadable(manifest);
  const files = own(json(text), 'files');
  for (const [hash, asset] of isDict(files) ? Object.entries(files) : []) {
    const source = own(own(asset, 'source'), 'path');
    if (typeof source === 'string') {
      assets.set(hash, path.resolve(path.dirname(rootFile), source));
    }
  }
  return assets;
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The hash of the asset that a bucket key, or an expression that makes one, names. */
export function hashIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    return /([0-9a-f]{64})(\.\w+)?$/.exec(value)?.[1];
  }
  if (typeof value !== 'object' || value === null || depth > 10) {
    return undefined;
  }
  for (const inner of Object.values(value as Dict)) {
    const hash = hashIn(inner, depth + 1);
    if (hash !== undefined) {
      return hash;
    }
  }
  return undefined;
}
