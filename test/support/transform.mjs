// Compiles TypeScript for jest. Types are not looked at: `npm test` does that once for all files.
import { createHash } from 'node:crypto';
import { transformSync, version } from 'esbuild';

const OPTIONS = {
  loader: 'ts',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'external',
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { alwaysStrict: true, useDefineForClassFields: true } },
};
const SALT = `${version}\0${JSON.stringify(OPTIONS)}\0`;

export default {
  canInstrument: false,
  getCacheKey: (source, path) => createHash('sha1').update(`${SALT}${path}\0${source}`).digest('hex'),
  process(source, path) {
    const { code, map } = transformSync(source, { ...OPTIONS, sourcefile: path });
    return { code, map };
  },
};
