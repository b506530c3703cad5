import * as fs from 'node:fs';

/** Whether there is an ordinary file: no folder, and no device that never ends. Never throws. */
export function isFile(path: string): boolean {
  return bytesOf(path) !== undefined;
}

/** The size of an ordinary file; undefined where there is none, or nobody may look. */
export function bytesOf(path: string): number | undefined {
  try {
    const stats = fs.statSync(path);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}
