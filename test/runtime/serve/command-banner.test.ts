import { createServer } from 'node:net';
import { resource } from '../../template/source-of';
import { endAll, folderWith, Served } from './served';
import { chat, http, mock, restApi, template } from './shop';

jest.setTimeout(30_000);
afterEach(endAll);

const keyed = { ...mock(), security: [{ key: [] }] };
const components = { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } };
const orders = restApi({ 'POST /orders/{id}': keyed }, 'Orders', 'orders', { components });
const keys = {
  Key: resource('AWS::ApiGateway::ApiKey', { Enabled: true }),
  OtherKey: resource('AWS::ApiGateway::ApiKey', { Enabled: true, Value: 'of-another-api-0123456789' }),
  Plan: resource('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: { Ref: 'Orders' }, Stage: 'prod' }] }),
  PlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
    ...{ KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
  }),
};
const acl = {
  Acl: resource('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Orders}/stages/prod' },
    WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b',
  }),
};

/** Three ports in a row that were free a moment ago. */
async function freePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 30_000);
    const isFree = await Promise.all([0, 1, 2].map((index) => isFreePort(first + index)));
    if (isFree.every(Boolean)) return first;
  }
}

const isFreePort = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });

test('each API has a port, its URLs, its routes and a first request', async () => {
  const first = await freePorts();
  const served = new Served(
    ['shop.json', '--no-page', '--port', String(first)],
    folderWith(template(orders, keys, http, chat)),
  );
  await served.says(/wscat/);
  expect(served.out.slice(served.out.indexOf('orders (REST)'))).toBe(
    [
      'orders (REST)',
      `  http://localhost:${first}/prod`,
      '    POST    /orders/{id}  mock',
      '  API keys: local-key-of-Key',
      `  Try: curl -i -X POST -H "x-api-key: local-key-of-Key" -H "Content-Type: application/json" -d '{}' http://localhost:${first}/prod/orders/1`,
      '',
      'web (HTTP)',
      `  http://localhost:${first + 1}`,
      '    GET /me  http https://api.example.com/me',
      '  Tokens: those of https://login.example.com/; with --issuer local, this command signs some',
      `  Try: curl -i -H "Authorization: Bearer <token>" http://localhost:${first + 1}/me`,
      '',
      'chat (WebSocket)',
      `  ws://localhost:${first + 2}/prod`,
      `  Try: npx wscat -c ws://localhost:${first + 2}/prod`,
      '',
      '',
    ].join('\n'),
  );
  const url = `http://localhost:${first}/prod/orders/1`;
  const post = async (key: string) =>
    (
      await fetch(url, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: '{}',
      })
    ).status;
  expect([await post('local-key-of-Key'), await post('of-another-api-0123456789')]).toEqual([200, 403]);
  await served.end();
});

test('--api serves those that it names, in their order', async () => {
  const served = new Served(
    ['shop.json', '--port', '0', '--api', 'web', '--api', 'Orders'],
    folderWith(template(orders, keys, http, chat)),
  );
  await served.says(/^orders \(REST\)$/);
  expect(served.out).toMatch(/^web \(HTTP\)$[^]*^orders \(REST\)$/m);
  expect(served.out).not.toContain('WebSocket');
  await served.end();
});

test('errors of the checks come first, then what is not emulated, with its place', async () => {
  // Two variables under one parent fail when the API is deployed.
  const wrong = restApi({ 'GET /a/{b}': mock(), 'GET /a/{c}': mock() });
  const served = new Served(['shop.json', '--port', '0'], folderWith(template(wrong, acl)));
  await served.says(/^Not emulated:$/);
  expect(served.out).toMatch(/^The checks report (an|\d+) errors?; "apigw check" shows more:\n {2}[A-Z]+-[A-Z]+\d+: /);
  expect(served.out).toMatch(/\(shop\.json Orders\.Properties[^]*^orders \(REST\)$[^]*^Not emulated:$/m);
  expect(served.out).toContain('  The web ACL does not filter requests (shop.json Acl.Properties)\n');
  await served.end();
});

test('--strict ends with 1 if something is not emulated, and serves what is', async () => {
  const served = new Served(['shop.json', '--port', '0', '--strict'], folderWith(template(orders, acl)));
  expect(await served.ended()).toBe(1);
  expect(served.out).toBe('');
  expect(served.err).toContain('The web ACL does not filter requests (shop.json Acl.Properties)');
  const other = new Served(['shop.json', '--port', '0', '--strict'], folderWith(template(orders)));
  await other.says(/Try: curl/);
  expect(await other.end()).toBe(0);
});

test('--issuer local signs tokens that the API takes', async () => {
  const origin = 'https://api.example.com=http://127.0.0.1:9';
  const served = new Served(
    ['shop.json', '--port', '0', '--issuer', 'local', '--backend', origin],
    folderWith(template(http)),
  );
  await served.says(/^ {2}TOKEN=/);
  expect(served.out).toContain('-H "Authorization: Bearer $TOKEN"');
  const [, token = ''] = /TOKEN=(\S+)/.exec(served.out) ?? [];
  const url = `${await served.url()}/me`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { authorization: `Bearer ${token.slice(0, -8)}AAAAAAAA` } })).status).toBe(401);
  // The back end is not there, which the gateway gets to know only with a token.
  expect((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(503);
  await served.end();
});
