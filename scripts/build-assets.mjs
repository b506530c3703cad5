// Bundles runtime/ into assets/: Lambda handlers (the AWS SDK stays out, the Lambda runtime has it) and the apigw command with its page;
// and compiles the meta-schema of draft-04 to a function.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import standaloneCode from 'ajv/dist/standalone/index.js';
import AjvDraft04 from 'ajv-draft-04';
import { build } from 'esbuild';
import ts from 'typescript';
import { buildPage } from './build-page.mjs';
import { lazyPackages } from './lazy-packages.mjs';
import { coreEntry, fromCore, sharedModules } from './shared-core.mjs';
import { writeNotices } from './third-party.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Mostly the code of others. Packages written as ES modules ask where they are; what tells them is only in their files. */
const PACKAGE = {
  target: 'node20',
  minify: true,
  define: { 'import.meta': 'importMeta' },
  inject: ['scripts/stubs/import-meta.js'],
};

/** Of the SDK's ES modules, only what is used gets in: half of its clients, and a tenth of its signer. */
const SHAKEN = { mainFields: ['module', 'main'] };

/** Packages that few runs of `apigw` or synths need, each in a file of its own. */
const PACKAGES = {
  yaml: 'assets/yaml/index.js',
  'junit-report-builder': 'assets/cli/junit-report-builder.js',
  'node-sarif-builder': 'assets/cli/node-sarif-builder.js',
  tinyglobby: 'assets/cli/tinyglobby.js',
};

/** What `apigw` shares with the others: the reader of templates and the rules. */
const CORE = 'assets/core/index.js';

/** Modules of Node.js that take a millisecond or more to load, and that few templates need. */
const MODULES = { 'node:crypto': undefined, 'node:net': undefined, 'node:url': undefined, 'node:v8': undefined };

export async function buildAssets() {
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    legalComments: 'none',
    // Characters of one byte: V8 reads such a file in half the time.
    charset: 'ascii',
    // Sources only: a compiled lib/index.js next to its .ts must never be bundled in its stead.
    resolveExtensions: ['.ts', '.js', '.json'],
    logLevel: 'warning',
    metafile: true,
  };
  const inputs = {};
  const bundle = async (options) => {
    const { metafile, outputFiles } = await build({ ...common, ...options, write: false });
    for (const { path, contents } of outputFiles) replaceFile(path, contents);
    inputs[options.outfile] = Object.keys(metafile.inputs);
  };
  for (const [name, outfile] of Object.entries(PACKAGES)) {
    await bundle({ ...PACKAGE, entryPoints: [name], outfile });
  }
  const handlers = join(root, 'runtime/handlers');
  for (const name of existsSync(handlers) ? readdirSync(handlers) : []) {
    if (!existsSync(join(handlers, name, 'index.ts'))) continue;
    await bundle({
      target: 'node22',
      // Names are kept, and lines short: traces of stacks still tell places.
      minifyWhitespace: true,
      minifySyntax: true,
      lineLimit: 120,
      external: ['@aws-sdk/*'],
      entryPoints: [`runtime/handlers/${name}/index.ts`],
      outfile: `assets/${name}/index.js`,
    });
    const machine = join(handlers, name, 'machine.json');
    if (existsSync(machine)) copyFileSync(machine, join(root, 'assets', name, 'machine.json'));
  }
  // The command, the local gateway and what calls AWS, without what they share: that is a file of its own.
  const programs = {
    command: {
      target: 'node20',
      banner: { js: '#!/usr/bin/env node' },
      minify: true,
      // Traces of stacks still tell places.
      lineLimit: 4000,
      entryPoints: ['runtime/cli/apigw.ts'],
      outfile: 'assets/cli/apigw.js',
    },
    gateway: {
      ...PACKAGE,
      ...SHAKEN,
      entryPoints: ['runtime/serve/index.ts'],
      outfile: 'assets/serve/index.js',
    },
    // The SDK is in here, and apigw.js loads it for the commands that need it.
    live: {
      ...PACKAGE,
      ...SHAKEN,
      // The SDK tells its errors and commands by the names of classes.
      keepNames: true,
      // The SDK loads it in browsers only.
      external: ['bowser'],
      entryPoints: ['runtime/cli/live.ts'],
      outfile: 'assets/cli/live.js',
    },
  };
  const lazy = { command: { ...PACKAGES, ...MODULES }, gateway: PACKAGES, live: PACKAGES };
  const metafiles = await Promise.all(
    Object.entries(programs).map(async ([name, options]) => {
      const plugins = [lazyPackages(root, lazy[name])];
      return (await build({ ...common, ...options, plugins, write: false })).metafile;
    }),
  );
  const shared = sharedModules(root, metafiles);
  await bundle({
    target: 'node20',
    minify: true,
    lineLimit: 4000,
    stdin: { contents: coreEntry(shared), resolveDir: root },
    plugins: [lazyPackages(root, lazy.command)],
    outfile: CORE,
  });
  for (const [name, options] of Object.entries(programs))
    await bundle({ ...options, plugins: [fromCore(shared, CORE), lazyPackages(root, lazy[name])] });
  if (existsSync(join(root, SOURCES.serve))) {
    // Runs in the thread or process of each function, so it is small and loads nothing.
    await bundle({
      target: 'node20',
      minifyWhitespace: true,
      lineLimit: 120,
      entryPoints: [SOURCES.serve],
      outfile: 'assets/serve/node-function.js',
    });
    writeServeTypes();
    const python = join(root, dirname(SOURCES.serve), 'python.py');
    replaceFile(join(root, 'assets/serve/python-function.py'), readFileSync(python));
  }
  // Types for TypeScript, and functions that give back what they get.
  await bundle({ target: 'node20', entryPoints: [SOURCES.routes], outfile: 'assets/routes/index.js' });
  emitTypes(SOURCES.routes, join(root, 'assets', 'routes'), join(root, dirname(SOURCES.routes)));
  await bundle({
    target: 'node20',
    minify: true,
    lineLimit: 4000,
    stdin: { contents: draft04Validator(), resolveDir: root },
    outfile: 'assets/draft-04/index.js',
  });
  // What ajv has compiled is made of its own code, and of the schema that comes with it.
  inputs['assets/draft-04/index.js'].push('node_modules/ajv-draft-04/package.json');
  await buildPage(root);
  writeNotices(root, inputs);
}

/** Writes a file whole: threads and processes that start at the same time read the earlier one, or this one. */
function replaceFile(path, contents) {
  const draft = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

/** What `lib/json-schema/draft04.ts` calls: compiling it at each synth, and loading ajv for it, would take 50 ms. */
function draft04Validator() {
  const ajv = new AjvDraft04.default({
    strict: false,
    allErrors: true,
    validateFormats: false,
    code: { source: true },
  });
  const compiled = ajv.getSchema('http://json-schema.org/draft-04/schema#');
  if (!compiled) throw new Error('ajv-draft-04 does not know its own meta-schema');
  return standaloneCode.default(ajv, compiled);
}

/** The declarations of a source and of what it imports, as TypeScript emits them. */
function emitTypes(source, outDir, rootDir) {
  const program = ts.createProgram([join(root, source)], {
    ...{ declaration: true, emitDeclarationOnly: true, skipLibCheck: true, strict: true, outDir, rootDir },
    ...{ module: ts.ModuleKind.Node20, target: ts.ScriptTarget.ES2022, types: ['node'] },
  });
  program.emit();
}

/** The declarations of `cdk-apigateway-constructs/serve`. */
function writeServeTypes() {
  emitTypes('runtime/serve/types.ts', join(root, 'assets', 'serve', 'types'), root);
  writeFileSync(
    join(root, 'assets', 'serve', 'index.d.ts'),
    "import { type Serve } from './types/runtime/serve/types';\n\nexport * from './types/runtime/serve/types';\nexport declare const serve: Serve;\n",
  );
}

/** Sources of what is no handler. */
const SOURCES = {
  cli: 'runtime/cli/apigw.ts',
  core: 'lib/template/reader/read.ts',
  'draft-04': 'lib/json-schema/draft04.ts',
  routes: 'runtime/routes/index.ts',
  serve: 'runtime/serve/functions/entry/node.ts',
  shapes: 'scripts/build-shapes.mjs',
  yaml: 'lib/template/reader/yaml.ts',
};

/** Removes what has no source any more; what has one is overwritten in place, so that a test run at the same time still finds it. */
function removeStale() {
  const assets = join(root, 'assets');
  for (const name of existsSync(assets) ? readdirSync(assets) : []) {
    const source = SOURCES[name] ?? `runtime/handlers/${name}/index.ts`;
    if (!existsSync(join(root, source))) rmSync(join(assets, name), { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  removeStale();
  await buildAssets();
}
