import * as path from 'node:path';
import { type Files } from './files';
import { type LocalAsset } from '../model/lambda';
import { type Dict, isDict, own } from './scope';
import { type Artifacts } from './source';

/**
 * The artifacts of a template on disk.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/assets.html
 */
export class ArtifactsOnDisk implements Artifacts {
  private assets?: ReadonlyMap<string, string>;

  /**
   * @param file the template's own
   * @param rootFile that of the top-level stack, whose manifest knows the assets
   * @param files what may be read
   */
  constructor(
    private readonly file: string,
    private readonly rootFile: string,
    private readonly files: Files,
  ) {}

  public inS3(key: unknown, noted: unknown): LocalAsset {
    this.assets ??= assetsOf(this.rootFile, this.files);
    const known = (typeof key === 'string' ? this.assets.get(key) : undefined) ?? this.assets.get(hashIn(key) ?? '');
    if (known !== undefined) return this.there(known);
    if (typeof noted === 'string') return this.beside(noted);
    return { problem: 'it is in S3, and no asset manifest next to the template has a file for it' };
  }

  public beside(written: string): LocalAsset {
    return this.there(path.resolve(path.dirname(this.file), written));
  }

  private there(found: string): LocalAsset {
    try {
      this.files.checkThere(found);
      return { path: found };
    } catch (error) {
      return { problem: `"${found}" cannot be used: ${(error as Error).message}` };
    }
  }
}

/** The files of the asset manifest next to a top-level template: hash, or key in S3 → path on disk. */
export function assetsOf(rootFile: string, read: Files): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  const manifest = rootFile.replace(/\.template\.json$/, '.assets.json');
  const text = manifest === rootFile ? undefined : read.textIfReadable(manifest);
  const files = own(json(text), 'files');
  for (const [hash, asset] of isDict(files) ? Object.entries(files) : []) {
    const source = own(own(asset, 'source'), 'path');
    if (typeof source !== 'string') continue;
    const onDisk = path.resolve(path.dirname(rootFile), source);
    assets.set(hash, onDisk);
    const destinations = own(asset, 'destinations');
    for (const destination of isDict(destinations) ? Object.values(destinations) : []) {
      const key = own(destination, 'objectKey');
      if (typeof key === 'string') assets.set(key, onDisk);
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
