import * as fs from 'node:fs';
import * as path from 'node:path';

/** No template, manifest or document comes near; devices that never end pass it at once. */
const MAX_BYTES = 100 * 1024 * 1024;

/**
 * The only way to files that a template or a cloud assembly names: regular files, of a size that can be read, and inside
 * the folders that may be read. An assembly may come from an untrusted source.
 */
export class Files {
  /** Those of this synth, which the app itself has written. */
  public static readonly ofThisSynth = new Files([]);

  /** Those of a cloud assembly, and of the one that it is part of: the assets of both are in the outer one. */
  public static ofAssembly(dir: string): Files {
    let outer = path.resolve(dir);
    for (
      let up = path.dirname(outer);
      up !== outer && isFile(path.join(up, 'manifest.json'));
      up = path.dirname(outer)
    ) {
      outer = up;
    }
    return new Files([outer]);
  }

  /** Those next to a template, and in the folder where the command runs. */
  public static besideTemplate(file: string): Files {
    return new Files([path.dirname(path.resolve(file)), process.cwd()]);
  }

  private readonly roots: readonly string[];

  private constructor(roots: readonly string[]) {
    this.roots = roots.map(real);
  }

  /** @throws if it is outside, not a regular file, too large, missing, or not readable */
  public text(file: string, maxBytes = MAX_BYTES): string {
    if (!this.isInside(file)) throw new Error(this.outside);
    // A pipe without a writer would block.
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    try {
      if (!fs.fstatSync(descriptor).isFile()) throw new Error('it is not a regular file');
      return textOf(descriptor, maxBytes);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  /** Undefined for what `text` throws for. */
  public textIfReadable(file: string, maxBytes?: number): string | undefined {
    try {
      return this.text(file, maxBytes);
    } catch {
      return undefined;
    }
  }

  /** Whether there is a regular file or a folder, which is only named and not read here. @throws with what is wrong if not */
  public checkThere(file: string): void {
    if (!this.isInside(file)) throw new Error(this.outside);
    const found = fs.statSync(file, { throwIfNoEntry: false });
    if (!found) throw new Error('it does not exist');
    if (!found.isFile() && !found.isDirectory()) throw new Error('it is neither a file nor a folder');
  }

  private get outside(): string {
    return `it is outside ${this.roots.map((root) => `"${root}"`).join(' and ')}`;
  }

  /** Whether the file, and what it links to, is in a folder that may be read. */
  public isInside(file: string): boolean {
    const at = real(file);
    const isIn = (root: string): boolean =>
      at === root || at.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
    return this.roots.length === 0 || this.roots.some(isIn);
  }
}

/** The content of a file or pipe that the user named on the command line. @throws if it does not end */
export function textOf(descriptor: number, maxBytes = MAX_BYTES): string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(1024 * 1024);
    const read = fs.readSync(descriptor, chunk, 0, chunk.length, null);
    if (read === 0) return Buffer.concat(chunks).toString('utf8');
    bytes += read;
    if (bytes > maxBytes) throw new Error(`it has more than ${Math.floor(maxBytes / 1024 / 1024)} MB`);
    chunks.push(chunk.subarray(0, read));
  }
}

/** A path that the user named on the command line: it may be a pipe (`<(cdk synth)`), and may be anywhere. @throws with its name */
export function textGiven(file: string): string {
  try {
    return textIn(file);
  } catch (error) {
    throw new Error(`"${file}" cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The same. @throws with what went wrong alone */
export function textIn(file: string): string {
  const descriptor = fs.openSync(file, 'r');
  try {
    return textOf(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Whether there is an ordinary file. Never throws. */
export function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The path without links; of what is not there, that of the nearest folder that is. */
function real(file: string): string {
  const resolved = path.resolve(file);
  try {
    return fs.realpathSync(resolved);
  } catch {
    const up = path.dirname(resolved);
    return up === resolved ? resolved : path.join(real(up), path.basename(resolved));
  }
}
