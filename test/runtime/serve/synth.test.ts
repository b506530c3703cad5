import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endAll, folder, Served, until } from './served';
import { mock, restApi, template } from './shop';

jest.setTimeout(60_000);
afterEach(endAll);

const QUIET = 700;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Makes the template out of paths.txt; `also` is what else it does. */
const synthOf = (ms: number, also = '') => `
  const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
  appendFileSync('cdk.out/runs.txt', 'run\\n');
  const paths = readFileSync('paths.txt', 'utf8').split('\\n').filter(Boolean);
  ${also}
  setTimeout(() => {
    const template = JSON.parse(readFileSync('cdk.out/base.txt', 'utf8'));
    const api = template.Resources.Orders.Properties.Body;
    const [any] = Object.values(api.paths);
    for (const path of paths) api.paths[path] = any;
    writeFileSync('cdk.out/shop.template.json', JSON.stringify(template));
  }, ${ms});
`;

interface Project {
  readonly home: string;
  readonly served: Served;
  readonly url: string;
  runs(): number;
  /** Waits until nothing has run for a while. */
  settled(): Promise<number>;
}

async function started(ms: number, also = ''): Promise<Project> {
  const home = folder();
  const out = join(home, 'cdk.out');
  mkdirSync(out);
  const base = JSON.stringify(template(restApi({ 'GET /base': mock() })));
  writeFileSync(join(out, 'base.txt'), base);
  writeFileSync(join(out, 'shop.template.json'), base);
  const manifest = {
    version: '36.0.0',
    artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.template.json' } } },
  };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(home, 'paths.txt'), '');
  writeFileSync(join(home, 'synth.js'), synthOf(ms, also));
  const served = new Served(['--port', '0', '--synth', 'node synth.js', '--trace', 'trace.ndjson'], home);
  const url = await served.url();
  const log = join(out, 'runs.txt');
  const runs = (): number => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0);
  const settled = async (): Promise<number> => {
    for (let before = -1; before !== runs(); await pause(QUIET + ms)) before = runs();
    return runs();
  };
  return { home, served, url, runs, settled };
}

test('it runs once for a burst of changes, and what it makes is served', async () => {
  const { home, url, settled } = await started(0);
  mkdirSync(join(home, 'src'));
  for (const path of ['/a', '/b', '/c']) {
    appendFileSync(join(home, 'paths.txt'), `${path}\n`);
    writeFileSync(join(home, 'src', `${path.slice(1)}.ts`), '');
  }
  await until(async () => (await fetch(`${url}/c`)).status === 200);
  expect((await fetch(`${url}/c`)).status).toBe(200);
  expect(await settled()).toBe(1);
});

test('changes while it runs start it once more when it has ended', async () => {
  const { home, url, runs, settled } = await started(600);
  appendFileSync(join(home, 'paths.txt'), '/a\n');
  await until(() => runs() === 1);
  for (const path of ['/b', '/c', '/d']) {
    appendFileSync(join(home, 'paths.txt'), `${path}\n`);
    await pause(120);
  }
  expect(runs()).toBe(1);
  expect(await settled()).toBe(2);
  expect((await fetch(`${url}/d`)).status).toBe(200);
});

test('files that it writes among the sources do not start it endlessly', async () => {
  const writes =
    "writeFileSync('generated.ts', String(Math.random())); mkdirSync('dist', { recursive: true }); writeFileSync('dist/a.js', '');";
  const { home, served, settled } = await started(0, writes);
  appendFileSync(join(home, 'paths.txt'), '/a\n');
  await served.says(/^The command itself writes generated\.ts: /);
  expect(await settled()).toBe(2);
  appendFileSync(join(home, 'paths.txt'), '/b\n');
  await until(() => false, 300);
  expect(await settled()).toBe(3);
  // Between runs it is a source as any other.
  appendFileSync(join(home, 'generated.ts'), '//');
  await until(() => false, 300);
  expect(await settled()).toBe(4);
});

test('requests, packages and hidden files do not start it', async () => {
  const { home, url, settled } = await started(0);
  for (const name of ['node_modules', '.git', 'coverage']) {
    mkdirSync(join(home, name));
    writeFileSync(join(home, name, 'x.js'), '');
  }
  writeFileSync(join(home, '.paths.txt.swp'), '');
  writeFileSync(join(home, 'paths.txt~'), '');
  await fetch(`${url}/base`);
  await until(() => existsSync(join(home, 'trace.ndjson')));
  expect(await settled()).toBe(0);
});

test('a command that fails is reported, and the API stays', async () => {
  const { home, served, url } = await started(0, "if (paths.includes('/bad')) process.exit(3);");
  appendFileSync(join(home, 'paths.txt'), '/bad\n');
  await served.says(/^"node synth\.js" ended with exit code 3; the APIs are served as they were\.$/);
  expect((await fetch(`${url}/base`)).status).toBe(200);
  writeFileSync(join(home, 'paths.txt'), '/good\n');
  await until(async () => (await fetch(`${url}/good`)).status === 200);
  expect((await fetch(`${url}/good`)).status).toBe(200);
});
