import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// With `/` on Windows too, as the modules name each other.
import { dirname, join as joinPosix } from 'node:path/posix';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { accessorOf } from './accessor.mjs';

/**
 * Links CommonJS modules of lib/, as TypeScript emits them, into a few files.
 *
 * A module becomes a function that runs once, when something of it is used first: `gateway_1.stageOf(x)` becomes
 * `$4x2k9$().stageOf(x)`. So does a package: of aws-cdk-lib no module is loaded that nothing needs. One file for
 * all would be parsed for a REST API as for the rest; a file for each module costs half a millisecond to find and open.
 */
export class Linker {
  /** Module → its text, references replaced, and the modules and packages that it refers to. */
  modules = new Map();

  /**
   * @param checkedBy the names of what a module exports that is to be guarded, and the module that guards it
   * @param bundled package → file of it beside the linked ones
   * @param fileOf module → file, without its extension
   */
  constructor(root, { checkedBy, bundled, fileOf }) {
    this.root = root;
    this.checkedBy = checkedBy;
    this.bundled = bundled;
    this.fileOf = (module) => `${fileOf(module)}.js`;
    this.version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  }

  /** File and accessor of a module, which is linked with all that it refers to. */
  entry(module) {
    this.add(module);
    return [`./${this.fileOf(module)}`, accessorOf(module)];
  }

  /**
   * File → text.
   *
   * @param isRun whether a module runs soon after its file is loaded: V8 then compiles it at once and does not look through it first
   * @param onRun what a module does when it runs, besides
   */
  files(isRun = () => false, onRun = () => '') {
    const byFile = new Map();
    for (const module of [...this.modules.keys()].sort()) {
      const file = this.fileOf(module);
      byFile.set(file, [...(byFile.get(file) ?? []), module]);
    }
    const texts = (modules) => modules.map((module) => this.module(module, isRun(module), onRun(module)));
    return Object.fromEntries([...byFile].map(([file, modules]) => [file, this.file(file, modules, texts(modules))]));
  }

  add(module) {
    if (this.modules.has(module)) return;
    const linked = this.linked(module);
    this.modules.set(module, linked);
    for (const used of linked.uses) if (!isPackage(used)) this.add(used);
  }

  linked(module) {
    const source = readFileSync(join(this.root, 'lib', `${module}.js`), 'utf8');
    const uses = new Set();
    const references = {};
    const refer = (from) => {
      const used = from.startsWith('.') ? joinPosix(dirname(module), from) : from;
      uses.add(used);
      return `ref__${accessorOf(used)}__`;
    };
    const text = source
      .replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n')
      .replace(/^"use strict";\n/, '')
      .replace(/^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\n/m, '')
      // Names of exports for a reader of the file: nobody reads these.
      .replace(/^(?:exports\.\w+ = )+void 0;\n/gm, '')
      .replace(/require\(["']\.\.\/\.\.\/package\.json["']\)/, JSON.stringify({ version: this.version }))
      .replace(/^(?:const|var) (\w+) = (?:__importStar\()?require\("([^"]+)"\)\)?;$/gm, (_, name, from) => {
        references[name] = refer(from);
        return '';
      })
      .replace(/^__exportStar\(require\("([^"]+)"\), exports\);$/gm, (_, from) =>
        this.passedOn(module, from, references, refer),
      )
      // Where the module was: files of the package are found from there.
      .replaceAll('__dirname', `(__dirname + ${JSON.stringify(`/../lib/${dirname(module)}`)})`);
    const wrong = /^.*\brequire\(["']\..*$|^.*\b__import(?:Star|Default)\(.*$/m.exec(withoutHelpers(text));
    if (wrong) throw new Error(`lib/${module}.js has an import of a form that this script does not know: ${wrong[0]}`);
    // esbuild knows which of the names are local ones; a name of a module is replaced by one that stands nowhere else.
    const { code } = transformSync(this.withPackages(withoutComments(withoutHelpers(text)), module), {
      define: references,
      target: 'node20',
      legalComments: 'none',
    });
    const linked = code
      .replace(/\bnew ref__([\w$]+)__((?:\.\w+)+)/g, 'new ($1()$2)')
      .replace(/\bref__([\w$]+)__/g, '$1()');
    const checked = this.checkedBy(module);
    if (checked) uses.add(checked.guard);
    return { text: linked, uses, checked };
  }

  /** What a function requires when it runs, with the quotation marks of the source. @throws on what the package does not have */
  withPackages(text, module) {
    return text.replace(/\brequire\((["'])([^"']+)\1\)/g, (_, quote, from) => {
      if (!isPackage(from) && !this.bundled[from])
        throw new Error(
          `lib/${module}.js requires "${from}", which is not in the package; add it to scripts/build-assets.mjs`,
        );
      return `require("${this.bundled[from] ?? from}")`;
    });
  }

  /** `export * from`: a getter for each name, so that a module still runs when something of it is used. */
  passedOn(module, from, references, refer) {
    const source = readFileSync(join(this.root, 'lib', `${joinPosix(dirname(module), from)}.js`), 'utf8');
    const names = new Set([...source.matchAll(/\bexports(?:\.|, ")(\w+)(?= = |", \{)/g)].map(([, name]) => name));
    names.delete('__esModule');
    if (/^__exportStar\(/m.test(source)) throw new Error(`lib/${module}.js passes on ${from}, which does the same`);
    const variable = `from_${from.replace(/\W/g, '_')}`;
    references[variable] = refer(from);
    return [...names]
      .map((name) => `Object.defineProperty(exports, "${name}", { enumerable: true, get: () => ${variable}.${name} });`)
      .join('\n');
  }

  file(file, modules, texts) {
    const used = new Set(modules.flatMap((module) => [...this.modules.get(module).uses]));
    const foreign = [...used].filter((one) => isPackage(one) || this.fileOf(one) !== file).sort();
    const text = [
      '"use strict";\n',
      ...foreign.map((one) =>
        accessor(one, isPackage(one) ? `require("${one}")` : `require("./${this.fileOf(one)}").${accessorOf(one)}()`),
      ),
      ...texts,
      `module.exports = { ${modules.map(accessorOf).join(', ')} };\n`,
    ].join('');
    const names = [...foreign, ...modules].map(accessorOf);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new Error(`two modules in bundle/${file} would be called ${twice}`);
    return text;
  }

  module(module, isRun, onRun) {
    const { text, checked } = this.modules.get(module);
    const name = accessorOf(module);
    // With a bracket before it, V8 compiles a function with what is around it.
    const [before, after] = isRun
      ? [`const ${name}m = (function(exports) {`, '});']
      : [`function ${name}m(exports) {`, '}'];
    const guard = checked
      ? `\n    ${accessorOf(checked.guard)}().guardCalls({ ${checked.names.map((one) => `${one}: ${name}e.${one}`).join(', ')} }, require("./index.js"));`
      : '';
    return `
// lib/${module}.ts
let ${name}e;
function ${name}() {
  if (${name}e === undefined) {
    ${name}m(${name}e = {});${guard}
  }
  return ${name}e;
}
${before}
${onRun}${text}${after}
`;
  }
}

const isPackage = (name) => /^(node:|aws-cdk-lib|constructs)/.test(name);

/** The folder of a module, in lib/. */
export const folderOf = (module) => module.split('/')[0];

/** Of the file of another folder, or of a package. */
const accessor = (name, load) => `let ${accessorOf(name)}e;
function ${accessorOf(name)}() {
  return ${accessorOf(name)}e ??= ${load};
}
`;

/** What TypeScript emits for `import * as` and `export *`, which nothing uses any more. */
const withoutHelpers = (text) =>
  text
    .replace(/^var __(?:createBinding|setModuleDefault|importStar) = [^]*?^\}\)(?:\(\))?\)?;$/gm, '')
    .replace(/^var __exportStar = [^]*?^\};$/gm, '');

/** esbuild leaves those of class members. */
function withoutComments(text) {
  const source = ts.createSourceFile('module.js', text, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  return ts.createPrinter({ removeComments: true }).printFile(source);
}
