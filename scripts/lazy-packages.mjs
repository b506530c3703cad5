import { createRequire } from 'node:module';
// With `/` on Windows too, as a bundle names its files.
import { dirname, relative } from 'node:path/posix';

/**
 * Plugin of esbuild that leaves packages out of a bundle: each is a file of its own, loaded when something of it is used
 * first. A module of Node.js can be one as well.
 *
 * @param files package → its file, from the root
 */
export function lazyPackages(root, files) {
  const require = createRequire(`${root}/`);
  return {
    name: 'lazy-packages',
    setup(plugins) {
      const from = dirname(plugins.initialOptions.outfile);
      // First: a getter that loads a module of Node.js means the module, not itself.
      plugins.onResolve({ filter: /.*/, namespace: 'lazy-packages' }, ({ path }) => ({ path, external: true }));
      plugins.onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
        path in files && kind !== 'entry-point' ? { path, namespace: 'lazy-packages' } : undefined,
      );
      plugins.onLoad({ filter: /.*/, namespace: 'lazy-packages' }, ({ path }) => {
        const load = `require("${path.startsWith('node:') ? path : fileFrom(from, files[path])}")`;
        const loaded = require(path);
        const lines = [
          'exports.__esModule = true;',
          // Kept: a document in YAML asks for the same few names for each of its nodes.
          `let loaded; const load = () => (loaded ??= ${load});`,
          'const getter = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });',
          `for (const name of ${JSON.stringify(Object.keys(loaded))}) getter(name, () => load()[name]);`,
          // The default import of a CommonJS module is the whole of it.
          ...(loaded.__esModule ? [] : [`getter('default', load);`]),
        ];
        return { contents: lines.join('\n'), loader: 'js' };
      });
    },
  };
}

/** As `require` takes it. */
function fileFrom(folder, file) {
  const path = relative(folder, file);
  return path.startsWith('.') ? path : `./${path}`;
}
