import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The jsii assembly of a package, which `.jsii` has or names. */
export function assemblyIn(folder: string): unknown {
  const read = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')) as { schema?: string; filename?: string };
  if (read.schema !== 'jsii/file-redirect') return read;
  return JSON.parse(gunzipSync(readFileSync(join(folder, String(read.filename)))).toString('utf8'));
}
