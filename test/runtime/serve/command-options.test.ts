import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { endAll, folder, folderWith, Served } from './served';
import { chat, http, mock, restApi, template } from './shop';

jest.setTimeout(30_000);
afterEach(endAll);

const SHOP = template(restApi({ 'GET /orders': mock() }), chat, http);

test.each([
  [['--prot', '1'], 'unknown option "--prot". Did you mean "--port"?'],
  [['--port', '99999'], '--port 99999: a whole number from 0 to 65535 is needed.'],
  [['--port', 'no'], '--port no: a whole number from 0 to 65535 is needed.'],
  [['--port'], "Option '--port <value>' argument missing"],
  [['--issuer', 'auth0'], '--issuer auth0: the only one is local.'],
  [['--parameter-overrides', 'Table'], '--parameter-overrides Table: write it as <name>=<value>.'],
  [['--backend', 'http://localhost:8080'], '--backend http://localhost:8080: write it as <origin>=<URL>'],
  [['--backend', 'api.example.com=http://localhost'], '--backend api.example.com=http://localhost: api.example.com is'],
  [['--backend', 'https://api.example.com=local'], 'local is not an http or https URL'],
  [['--endpoint-url', 'sqs=localhost:4566'], '--endpoint-url sqs=localhost:4566: localhost:4566 is not an http or'],
  [['--lambda-endpoint', 'nowhere'], '--lambda-endpoint nowhere: nowhere is not an http or https URL'],
  [['--env-vars', 'none.json'], '--env-vars none.json: '],
  [['--env-vars', 'list.json'], '--env-vars list.json: an object is needed, e.g. {"MyFunction": {"TABLE": "local"}}'],
  [['--inspect', 'x='], '--inspect x=: write a port, or <function>=<port>.'],
  [['--seed', '1.5'], '--seed 1.5: a whole number'],
  [['--api', 'Bills'], '--api: There is no API "Bills"; there is Orders (rest, "orders")'],
  [['--allow-aws'], '--allow-aws needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment'],
  [['none.json'], 'there is no file or folder "none.json".'],
  [['empty.json'], '"empty.json": no API with a stage is in these templates.'],
  [['broken.json'], 'broken.json'],
  [['--synth', 'true', '--no-watch'], '--synth needs to watch: leave out --no-watch.'],
  [['--trace', 'none/trace.ndjson'], '--trace none/trace.ndjson: '],
])('%p is wrong', async (args, message) => {
  const home = folderWith(SHOP);
  writeFileSync(join(home, 'empty.json'), '{"Resources": {}}');
  writeFileSync(join(home, 'list.json'), '[]');
  writeFileSync(join(home, 'broken.json'), '{"Resources": ');
  const env = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const path = args[0].endsWith('.json') ? [] : ['shop.json'];
  const port = args.includes('--port') ? [] : ['--port', '0'];
  const served = new Served([...path, ...port, ...args], home, env);
  expect(await served.ended()).toBe(2);
  expect(served.err).toContain(`apigw: `);
  expect(served.err).toContain(message);
  expect(served.out).toBe('');
});

test('without a path it is cdk.out, and what to do is said if that is not there', async () => {
  const served = new Served([], folder());
  expect(await served.ended()).toBe(2);
  expect(served.err).toBe('apigw: there is no file or folder "cdk.out". Run "cdk synth" first.\n');
});

test('a port that is taken is named', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as AddressInfo;
  const served = new Served(['shop.json', '--port', String(port)], folderWith(SHOP));
  expect(await served.ended()).toBe(2);
  expect(served.err).toContain(`port ${port} of 127.0.0.1 is taken; choose another with --port`);
  other.close();
});

test('--help lists each option, and ends with 0', async () => {
  const served = new Served(['--help'], folder());
  expect(await served.ended()).toBe(0);
  expect(served.out).toContain('apigw serve [<cdk.out | template>...]');
  for (const option of ['api', 'port', 'host', 'parameter-overrides', 'env-vars', 'lambda-endpoint', 'endpoint-url'])
    expect(served.out).toContain(`--${option} <`);
  for (const option of ['allow-aws', 'backend', 'issuer', 'synth', 'no-watch', 'no-page', 'trace', 'strict', 'isolate'])
    expect(served.out).toContain(`--${option} `);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0, with an open connection too', async (signal) => {
  const served = new Served(['shop.json', '--port', '0', '--api', 'orders'], folderWith(SHOP));
  const url = await served.url();
  await fetch(`${url}/orders`);
  expect(await served.end(signal)).toBe(0);
  expect(served.err).toBe('');
});
