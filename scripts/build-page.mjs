// Bundles the page of `apigw serve` into one HTML file that asks nobody for anything.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const SOURCES = 'runtime/serve/page/browser';

export async function buildPage(root) {
  const bundled = await build({
    absWorkingDir: root,
    entryPoints: [`${SOURCES}/main.ts`, `${SOURCES}/style.css`],
    // The names of the outputs; nothing is written.
    outdir: 'page',
    write: false,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: ['chrome120', 'firefox120', 'safari17'],
    charset: 'ascii',
    minify: true,
    legalComments: 'none',
    resolveExtensions: ['.ts'],
    logLevel: 'warning',
  });
  const textOf = (ending) => bundled.outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  const html = readFileSync(join(root, SOURCES, 'page.html'), 'utf8');
  const page = ['script', 'style'].reduce((whole, tag) => {
    const text = textOf(tag === 'script' ? '.js' : '.css');
    if (text.includes(`</${tag}`)) throw new Error(`The ${tag} of the page would end itself`);
    return whole.replace(`<${tag}></${tag}>`, () => `<${tag}>${text}</${tag}>`);
  }, html);
  const file = join(root, 'assets/serve/page.html');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page);
}
