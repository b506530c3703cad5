// What users of Python, Java, .NET and Go get, made by jsii-pacmak and checked as far as programs of npm and Debian can.
//   node scripts/bindings.mjs [FOLDER WITH CODE THAT IS MADE ALREADY]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bin, root, run } from './install.mjs';
import { assembly } from './assembly.mjs';

const LANGUAGES = { python: '.py', java: '.java', dotnet: '.cs', go: '.go' };
const made = process.argv[2];
mkdirSync(join(root, '.cache'), { recursive: true });
const scratch = mkdtempSync(join(root, '.cache', 'bindings-'));
const code = made ? resolve(made) : join(scratch, 'code');

/** The files of one language. */
function sources(language) {
  const folder = join(code, language);
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(LANGUAGES[language]))
    .map((file) => join(folder, file));
}

/** The types that no file of a language declares. */
function undeclared(language, names) {
  const text = sources(language)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const declared = new Set(
    [...text.matchAll(/\b(?:class|enum|interface|type) (\w+)/g)].map(([, name]) => name.replace(/^I(?=[A-Z])/, '')),
  );
  return names.filter((name) => !declared.has(name.replace(/^I(?=[A-Z])/, '')));
}

/** Programs that are not everywhere, and whether continuous integration has them. */
const CHECKS = [
  {
    what: 'Python compiles',
    program: 'python3',
    needed: true,
    args: () => ['-m', 'compileall', '-q', '-f', join(code, 'python')],
  },
  {
    what: 'types of Python agree',
    program: 'mypy',
    needed: true,
    args: () => [
      ...['--ignore-missing-imports', '--follow-imports=silent', `--cache-dir=${join(scratch, 'mypy')}`],
      ...sources('python').filter((file) => file.endsWith('__init__.py') && !file.includes('_jsii')),
    ],
  },
  {
    // The jars of CDK are in no package of npm or Debian; the parser needs none.
    what: 'Java is parsed',
    program: 'javac',
    needed: true,
    args: () => ['-proc:none', '-XDshould-stop.ifNoError=PARSE', '-d', scratch, ...sources('java')],
  },
  { what: 'Go is parsed', program: 'gofmt', needed: false, args: () => ['-e', '-l', ...sources('go')] },
];

const failures = [];
try {
  if (!made) {
    const targets = Object.keys(LANGUAGES);
    run(bin('jsii-pacmak'), ['--code-only', '--no-npmignore', '--outdir', code, '--targets', ...targets]);
    const { types } = assembly(root);
    const names = Object.values(types).map(({ name }) => name);
    for (const language of targets)
      failures.push(...undeclared(language, names).map((name) => `${language}: ${name} is missing`));
  }
  for (const { what, program, needed, args } of CHECKS) {
    const { error, status, stdout, stderr } = spawnSync(program, args(), {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, MYPYPATH: join(root, 'scripts', 'stubs') },
    });
    if (error?.code === 'ENOENT') {
      console.log(`!! NOT CHECKED that ${what}: ${program} is not installed`);
      if (needed && process.env.CI) failures.push(`${program} must be installed where CI is set`);
    } else if (error ?? (status !== 0 || (program === 'gofmt' && stderr))) {
      failures.push(`not true that ${what}:\n${error ?? `${stdout}${stderr}`}`);
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
