// `import.meta` of packages that are written as ES modules, in a bundle that is none.
import { pathToFileURL } from 'node:url';

export const importMeta = {
  get url() {
    return pathToFileURL(__filename).href;
  },
};
