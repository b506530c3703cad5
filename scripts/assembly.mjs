import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The jsii assembly of a package, wherever jsii has put it. */
export function assembly(folder) {
  const read = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
  if (read.schema !== 'jsii/file-redirect') return read;
  return JSON.parse(gunzipSync(readFileSync(join(folder, read.filename))).toString('utf8'));
}
