const manifest = require('../../package.json') as { readonly version: string };

/** Version of this library. */
export const LIBRARY_VERSION: string = manifest.version;
