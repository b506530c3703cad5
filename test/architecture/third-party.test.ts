import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..');
const NOTICES = 'THIRD-PARTY-NOTICES.txt';
const notices = readFileSync(join(ROOT, NOTICES), 'utf8');
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));

/** What esbuild puts into a bundle of the source: asked here once more, whatever the build made of it. */
function packagesIn(source: string, external: string[] = []): string[] {
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    write: false,
    outdir: 'never',
    metafile: true,
    logLevel: 'silent',
    entryPoints: [source],
    resolveExtensions: ['.ts', '.js', '.json'],
    external,
  });
  const folders = Object.keys(metafile.inputs).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

describe('notices of what is bundled', () => {
  test.each([
    ['assets/cli/apigw.js', 'runtime/cli/apigw.ts', 'string-width'],
    ['assets/cli/live.js', 'runtime/cli/live.ts', '@smithy/core'],
    ['assets/jwt-authorizer/index.js', 'runtime/handlers/jwt-authorizer/index.ts', 'jose'],
  ])('name every package in %s, with its terms', (bundle, source, one) => {
    const packages = packagesIn(source, source.includes('handlers') ? ['@aws-sdk/*'] : []);
    expect(packages.map((folder) => manifestOf(folder).name)).toContain(one);
    for (const folder of packages) {
      const { name, version, license } = manifestOf(folder);
      const at = notices.indexOf(`${name} ${version} (${license}), in `);
      expect({ name, found: at >= 0 }).toEqual({ name, found: true });
      const files = notices.slice(at, notices.indexOf('\n', at));
      // Packages that few commands need are files beside it.
      expect(files).toMatch(new RegExp(`${name === one ? bundle : `${dirname(bundle)}/`}|assets/(yaml|core)/`));
      const text = notices.slice(at, notices.indexOf('-'.repeat(80), at));
      expect(text).toMatch(/Copyright|Permission is hereby granted|Apache License|Blue Oak/i);
    }
  });

  test('name what is compiled by ajv, what others have built in, and what is in a file of its own', () => {
    expect(notices).toMatch(/^ajv \S+ \(MIT\), in (?:assets\/serve\/index\.js, )?assets\/draft-04\/index\.js$/m);
    expect(notices).toMatch(
      /^ajv-draft-04 \S+ \(MIT\), in (?:assets\/serve\/index\.js, )?assets\/draft-04\/index\.js$/m,
    );
    expect(notices).toMatch(/^xmlbuilder \S+ \(MIT\), in assets\/cli\/junit-report-builder\.js$/m);
    expect(notices).toMatch(/^yaml \S+ \(ISC\), in assets\/yaml\/index\.js$/m);
  });

  test('are in the package', () => {
    // In a shell, since npm is a `.cmd` on Windows.
    const packed = execSync('npm pack --dry-run --json --ignore-scripts', { cwd: ROOT, stdio: 'pipe' });
    const [{ files }] = JSON.parse(packed.toString()) as [{ files: { path: string }[] }];
    expect(files.map(({ path }) => path)).toContain(NOTICES);
  });
});

describe('a package that is bundled', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'third-party-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The notices of a project with these packages, by a process of its own: the script is an ES module. */
  function noticesOf(packages: Record<string, { manifest: object; files?: Record<string, string> }>): string {
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    };
    write('package.json', '{}');
    for (const [name, { manifest, files = {} }] of Object.entries(packages)) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', ...manifest }));
      for (const [file, text] of Object.entries(files)) write(`node_modules/${name}/${file}`, text);
    }
    const script = `import { notices } from ${JSON.stringify(pathToFileURL(join(ROOT, 'scripts/third-party.mjs')))};
      process.stdout.write(notices(${JSON.stringify(folder)}, { 'out.js': ['src/a.ts', 'node_modules/a/index.js'] }));`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', stdio: 'pipe' });
  }

  test('is named with its licence, its notice, and what it depends on', () => {
    const text = noticesOf({
      a: {
        manifest: { license: 'MIT', dependencies: { b: '1' } },
        files: { 'LICENSE.md': 'text of a', NOTICE: 'made by A' },
      },
      b: { manifest: { license: 'ISC' }, files: { licence: 'text of b' } },
      c: { manifest: { license: 'MIT' } },
    });
    expect(text).toContain('a 1.0.0 (MIT), in out.js\n\ntext of a\n\nmade by A\n');
    expect(text).toContain('b 1.0.0 (ISC), in out.js\n\ntext of b\n');
    expect(text).not.toContain('c 1.0.0');
  });

  test.each([
    ['has no text', { license: 'MIT' }, 'node_modules/a has no text of its licence (MIT): it may not be shipped'],
    ['has no terms', {}, 'node_modules/a has no licence: it may not be shipped'],
    [
      'depends on what is not there',
      { license: 'MIT', dependencies: { b: '1' } },
      'b, on which node_modules/a depends',
    ],
  ])('and %s fails the build', (_, manifest, message) => {
    expect(() => noticesOf({ a: { manifest } })).toThrow(message);
  });

  test('takes the text of its repository where it has none', () => {
    const terms = { license: 'MIT', repository: { url: 'https://example.com/r' } };
    const b = { manifest: terms, files: { LICENSE: 'text of the repository' } };
    const text = noticesOf({ a: { manifest: { ...terms, dependencies: { b: '1' } } }, b });
    expect(text).toContain('a 1.0.0 (MIT), in out.js\nb 1.0.0 (MIT), in out.js\n\ntext of the repository\n');
    const other = { ...b, manifest: { ...terms, license: 'ISC' } };
    expect(() => noticesOf({ a: { manifest: { ...terms, dependencies: { b: '1' } } }, b: other })).toThrow(
      'no text of its licence',
    );
  });
});
