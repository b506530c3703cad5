import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endAll, folder, Served, until } from './served';
import { fn, mock, proxied, restApi, template } from './shop';

jest.setTimeout(60_000);
afterEach(endAll);

/** Counts the calls of one environment. */
const counting = (name: string) =>
  `let calls = 0; exports.handler = async () => ({ statusCode: 200, body: '${name}' + ++calls });`;

const HASHES = { List: 'a'.repeat(64), Get: 'b'.repeat(64) };
const code = (hash: string) => ({ Code: { S3Bucket: 'assets', S3Key: `${hash}.zip` } });
const shop = (more: object = {}, listHash = HASHES.List) =>
  template(restApi({ 'GET /list': proxied('List'), 'GET /get': proxied('Get'), ...more }), {
    List: fn('', code(listHash)),
    Get: fn('', code(HASHES.Get)),
  });

/** Writes an assembly, as a synth does: templates first, the manifest last. */
function assemble(home: string, content: object | string, hashes: Readonly<Record<string, string>> = HASHES): void {
  const out = join(home, 'cdk.out');
  mkdirSync(out, { recursive: true });
  for (const [name, hash] of Object.entries(hashes)) {
    mkdirSync(join(out, `asset.${hash}`), { recursive: true });
    writeFileSync(join(out, `asset.${hash}`, 'index.js'), counting(name.toLowerCase()));
  }
  writeTemplate(out, content);
  const files = Object.fromEntries(
    Object.values(hashes).map((hash) => [
      hash,
      { source: { path: `asset.${hash}`, packaging: 'zip' }, destinations: { here: { objectKey: `${hash}.zip` } } },
    ]),
  );
  writeFileSync(join(out, 'Shop.assets.json'), JSON.stringify({ version: '36.0.0', files }));
  const properties = { templateFile: 'Shop.template.json' };
  const artifacts = { Shop: { type: 'aws:cloudformation:stack', properties } };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts }));
}

const writeTemplate = (out: string, content: object | string): void =>
  writeFileSync(join(out, 'Shop.template.json'), typeof content === 'string' ? content : JSON.stringify(content));

const text = async (url: string): Promise<string> => (await fetch(url)).text();
const status = async (url: string): Promise<number> => (await fetch(url)).status;

async function started(args: readonly string[] = []): Promise<{ home: string; served: Served; url: string }> {
  const home = folder();
  assemble(home, shop());
  const served = new Served(['--port', '0', ...args], home);
  return { home, served, url: await served.url() };
}

test('a changed template is served, and functions that did not change stay warm', async () => {
  const { home, served, url } = await started();
  expect([await text(`${url}/list`), await text(`${url}/list`), await text(`${url}/get`)]).toEqual([
    ...['list1', 'list2', 'get1'],
  ]);
  expect(await status(`${url}/health`)).toBe(403);
  const from = Date.now();
  writeTemplate(join(home, 'cdk.out'), shop({ 'GET /health': mock() }));
  await until(async () => (await status(`${url}/health`)) === 200);
  // The target is 300 ms; other tests run on the same cores.
  expect(Date.now() - from).toBeLessThan(3000);
  await served.says(/^Reloaded in \d+ ms$/);
  expect([await text(`${url}/list`), await text(`${url}/get`)]).toEqual(['list3', 'get2']);
});

test('a function with new code restarts alone', async () => {
  const { home, served, url } = await started();
  await Promise.all([text(`${url}/list`), text(`${url}/get`)]);
  const List = 'c'.repeat(64);
  assemble(home, shop({}, List), { List, Get: HASHES.Get });
  await served.says(/^Reloaded in \d+ ms; .*List.* restarted$/);
  await until(async () => (await text(`${url}/list`)) === 'list1');
  expect(served.out).toMatch(/restarted$/m);
});

test('code that is edited in place restarts its function only, without a reload', async () => {
  const { home, served, url } = await started();
  await Promise.all([text(`${url}/list`), text(`${url}/get`)]);
  writeFileSync(join(home, 'cdk.out', `asset.${HASHES.List}`, 'index.js'), counting('new'));
  await served.says(/^List restarted in \d+ ms$/);
  expect([await text(`${url}/list`), await text(`${url}/get`)]).toEqual(['new1', 'get2']);
  expect(served.out).not.toContain('Reloaded');
  // In a folder that was not there at the start.
  mkdirSync(join(home, 'cdk.out', `asset.${HASHES.Get}`, 'deep', 'er'), { recursive: true });
  await served.says(/^Get restarted/);
  writeFileSync(join(home, 'cdk.out', `asset.${HASHES.Get}`, 'deep', 'er', 'x.js'), '');
  await served.says(/^Get restarted/, 2);
});

test('a broken template keeps the API, and says so once; the next one is served', async () => {
  const { home, served, url } = await started();
  writeTemplate(join(home, 'cdk.out'), '{"Resources": ');
  await served.says(/^Not reloaded, and the APIs are served as they were: .*Shop\.template\.json/);
  expect(await text(`${url}/get`)).toBe('get1');
  writeTemplate(join(home, 'cdk.out'), shop({ 'GET /health': mock() }));
  await served.says(/^Reloaded/);
  expect([await status(`${url}/health`), await text(`${url}/get`)]).toEqual([200, 'get2']);
});

test('cdk.out may be deleted and written again, more than once', async () => {
  const { home, served, url } = await started();
  for (const path of ['/one', '/two']) {
    rmSync(join(home, 'cdk.out'), { recursive: true });
    await served.says(/^Not reloaded, .*no file or folder "cdk\.out"/, path === '/one' ? 1 : 2);
    expect(await status(`${url}${path}`)).toBe(403);
    assemble(home, shop({ [`GET ${path}`]: mock() }));
    await until(async () => (await status(`${url}${path}`)) === 200);
    expect(await status(`${url}${path}`)).toBe(200);
  }
  await until(async () => (await text(`${url}/get`)) === 'get1');
  writeFileSync(join(home, 'cdk.out', `asset.${HASHES.Get}`, 'index.js'), counting('again'));
  await until(async () => (await text(`${url}/get`)).startsWith('again'));
  expect(await text(`${url}/get`)).toMatch(/^again/);
});

test('a single template that an editor replaces is read again, each time', async () => {
  const home = folder();
  const file = join(home, 'shop.json');
  const save = (path: string): void => {
    writeFileSync(`${file}.tmp`, JSON.stringify(template(restApi({ [`GET ${path}`]: mock() }))));
    renameSync(`${file}.tmp`, file);
  };
  save('/zero');
  const served = new Served(['shop.json', '--port', '0'], home);
  const url = await served.url();
  for (const path of ['/one', '/two', '/three']) {
    save(path);
    await until(async () => (await status(`${url}${path}`)) === 200);
    expect(await status(`${url}${path}`)).toBe(200);
  }
  expect(await status(`${url}/zero`)).toBe(403);
});

test('an API that is new gets a port, and goes on with the next reload', async () => {
  const { home, served, url } = await started();
  const write = (path: string): void => {
    const bills = restApi({ [`GET ${path}`]: mock() }, 'Bills', 'bills');
    writeTemplate(join(home, 'cdk.out'), { Resources: { ...shop().Resources, ...bills } });
  };
  write('/bills');
  await served.says(/^bills \(Bills\) is new:$/);
  await until(async () => (await served.urls()).length > 1);
  const [, added] = await served.urls();
  expect([await status(`${added}/bills`), await text(`${url}/get`)]).toEqual([200, 'get1']);
  write('/more');
  await until(async () => (await status(`${added}/more`)) === 200);
  expect([await status(`${added}/more`), await status(`${added}/bills`)]).toEqual([200, 403]);
  expect(served.out.match(/is new/g)).toHaveLength(1);
});

test('an API that is new is not served beside those that --api names', async () => {
  const { home, served } = await started(['--api', 'Orders']);
  const bills = restApi({ 'GET /bills': mock() }, 'Bills', 'bills');
  writeTemplate(join(home, 'cdk.out'), { Resources: { ...shop().Resources, ...bills } });
  await served.says(/^Reloaded/);
  expect(served.out).not.toContain('is new');
});

test('a definition beside a single template is read again, also after it was broken', async () => {
  const home = folder();
  const save = (text: string): void => writeFileSync(join(home, 'api.json'), text);
  const document = (path: string) =>
    JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'shop', version: '1' },
      paths: {
        [path]: {
          get: {
            responses: { 200: { description: '' } },
            'x-amazon-apigateway-integration': {
              type: 'mock',
              requestTemplates: { 'application/json': '{"statusCode": 200}' },
              responses: { default: { statusCode: '200' } },
            },
          },
        },
      },
    });
  const Api = { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', DefinitionUri: 'api.json' } };
  const Transform = 'AWS::Serverless-2016-10-31';
  writeFileSync(join(home, 'shop.json'), JSON.stringify({ Transform, Resources: { Api } }));
  save(document('/one'));
  const served = new Served(['shop.json', '--port', '0'], home);
  const url = await served.url();
  expect(await status(`${url}/one`)).toBe(200);
  save('{"openapi": ');
  await until(() => /^(Not r|R)eloaded/m.test(`${served.out}\n${served.err}`));
  save(document('/two'));
  await until(async () => (await status(`${url}/two`)) === 200);
  expect(await status(`${url}/two`)).toBe(200);
});

test('--no-watch serves what was there at the start', async () => {
  const { home, served, url } = await started(['--no-watch']);
  writeTemplate(join(home, 'cdk.out'), shop({ 'GET /health': mock() }));
  await new Promise((done) => setTimeout(done, 500));
  expect(await status(`${url}/health`)).toBe(403);
  expect(served.out).not.toContain('Reloaded');
});
