import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { resource } from '../../template/source-of';
import { endAll, folderWith, Served } from './served';
import { fn, mock, PRINTS_TABLE, proxied, restApi, template } from './shop';

jest.setTimeout(30_000);

interface Seen {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const closing: (() => void)[] = [];
afterEach(async () => {
  await endAll();
  closing.splice(0).forEach((close) => close());
});

/** A server that remembers its requests. */
async function fake(reply: string, headers: Record<string, string> = {}): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method, url, headers: given } = request;
      seen.push({ method, url, headers: given, body });
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(reply);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const environment = (Variables: object) => ({ Environment: { Variables } });
const prints = template(
  {
    List: fn(PRINTS_TABLE, environment({ TABLE: { Ref: 'Table' } })),
    Get: fn(PRINTS_TABLE, environment({ TABLE: 'own' })),
  },
  restApi({ 'GET /list': proxied('List'), 'GET /get': proxied('Get') }),
);
const shop = { Parameters: { Table: { Type: 'String' } }, ...prints };

test('--parameter-overrides are the values of parameters', async () => {
  const served = new Served(['shop.json', '--port', '0', '--parameter-overrides', 'Table=a=b'], folderWith(shop));
  expect(await (await fetch(`${await served.url()}/list`)).text()).toBe('a=b');
  await served.end();
});

test('--env-vars are for one function, or for all that declare the variable', async () => {
  const home = folderWith(shop);
  writeFileSync(join(home, 'env.json'), JSON.stringify({ Get: { TABLE: 'mine' }, Parameters: { TABLE: 'shared' } }));
  const served = new Served(['shop.json', '--port', '0', '--env-vars', 'env.json'], home);
  const url = await served.url();
  expect(await (await fetch(`${url}/list`)).text()).toBe('shared');
  expect(await (await fetch(`${url}/get`)).text()).toBe('mine');
  expect(served.out).not.toContain('No value for');
  await served.end();
});

test('--env-vars with the name of no function is reported', async () => {
  const home = folderWith(shop);
  writeFileSync(join(home, 'env.json'), JSON.stringify({ Lits: { TABLE: 'mine' } }));
  const served = new Served(['shop.json', '--port', '0', '--env-vars', 'env.json'], home);
  await served.says(/^--env-vars: no function has the logical id or name "Lits"; there is List, Get\.$/);
  await served.end();
});

test('--backend replaces a server of the template', async () => {
  const { url: backend, seen } = await fake('{"from": "here"}');
  const uri = 'https://api.example.com/v1/orders';
  const operation = { 'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri } };
  const served = new Served(
    ['shop.json', '--port', '0', '--backend', `https://api.example.com=${backend}/`],
    folderWith(template(restApi({ 'GET /orders': operation }))),
  );
  expect(await (await fetch(`${await served.url()}/orders`)).json()).toEqual({ from: 'here' });
  expect(seen.map(({ method, url }) => [method, url])).toEqual([['GET', '/v1/orders']]);
  await served.end();
});

const queue = template(
  restApi({
    'POST /jobs': {
      responses: { 200: { description: 'ok' } },
      'x-amazon-apigateway-integration': {
        ...{ type: 'aws', httpMethod: 'POST', credentials: 'arn:aws:iam::111122223333:role/r' },
        uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:sqs:path/111122223333/jobs' },
        requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
        requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
        responses: { default: { statusCode: 200 } },
      },
    },
  }),
);

const post = (url: string): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"sku":"a"}' });

test.each([['sqs='], ['']])('--endpoint-url %s… gets signed calls of services', async (service) => {
  const { url, seen } = await fake('{"SendMessageResponse": {}}');
  const served = new Served(['shop.json', '--port', '0', '--endpoint-url', `${service}${url}`], folderWith(queue));
  expect((await post(`${await served.url()}/jobs`)).status).toBe(200);
  expect(seen.map(({ method, url: path, body }) => [method, path, body])).toEqual([
    ['POST', '/111122223333/jobs', 'Action=SendMessage&MessageBody=%7B%22sku%22%3A%22a%22%7D'],
  ]);
  expect(seen[0].headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/us-east-1\/sqs\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/,
  );
  expect(seen[0].headers['x-amz-date']).toMatch(/^\d{8}T\d{6}Z$/);
  await served.end();
});

test('without an endpoint no service is called, and the log says what to do', async () => {
  const served = new Served(
    ['shop.json', '--port', '0', '--endpoint-url', 'sns=http://127.0.0.1:9'],
    folderWith(queue),
  );
  expect((await post(`${await served.url()}/jobs`)).status).toBe(500);
  await served.says(/--endpoint-url sqs=http:\/\/localhost:4566.*--allow-aws/);
  await served.end();
});

test('--lambda-endpoint calls a function with the Invoke API', async () => {
  const reply = JSON.stringify({ statusCode: 201, body: 'from elsewhere' });
  const { url: endpoint, seen } = await fake(reply);
  const elsewhere = template(
    {
      Image: resource('AWS::Lambda::Function', {
        PackageType: 'Image',
        Code: { ImageUri: 'repo:1' },
        FunctionName: 'img',
      }),
    },
    restApi({ 'GET /image': proxied('Image') }),
  );
  const served = new Served(
    ['shop.json', '--port', '0', '--lambda-endpoint', `Image=${endpoint}`],
    folderWith(elsewhere),
  );
  const response = await fetch(`${await served.url()}/image`);
  expect([response.status, await response.text()]).toEqual([201, 'from elsewhere']);
  expect(seen[0].url).toBe('/2015-03-31/functions/img/invocations');
  expect(JSON.parse(seen[0].body)).toMatchObject({ httpMethod: 'GET', path: '/image' });
  await served.end();
});

test('--trace adds a line of JSON for each request, with its steps', async () => {
  const home = folderWith(template(restApi({ 'GET /orders': mock() })));
  const served = new Served(['shop.json', '--port', '0', '--trace', 'trace.ndjson'], home);
  const url = await served.url();
  await fetch(`${url}/orders?a=1`);
  await fetch(`${url}/none`);
  await served.says(/^GET \/prod\/none 403/);
  await served.end();
  const lines = readFileSync(join(home, 'trace.ndjson'), 'utf8').trimEnd().split('\n');
  const traces = lines.map(
    (line) => JSON.parse(line) as { status: number; target: string; steps: { stage: string }[] },
  );
  expect(traces.map(({ status, target }) => [status, target])).toEqual([
    [200, '/prod/orders?a=1'],
    [403, '/prod/none'],
  ]);
  expect(traces[0].steps.map(({ stage }) => stage)).toContain('integration');
});

test('--seed makes the choice of a canary the same in each run', async () => {
  const both = '{"canary": "$stageVariables.canary"}';
  const canary = template(restApi({ 'GET /which': mock(both) }));
  const { Resources } = canary as { Resources: Record<string, { Properties: object }> };
  Object.assign(Resources.OrdersStage.Properties, {
    Variables: { canary: 'no' },
    CanarySetting: {
      PercentTraffic: 50,
      StageVariableOverrides: { canary: 'yes' },
      DeploymentId: { Ref: 'OrdersDeployment' },
    },
  });
  const runOf = async (seed: string): Promise<string> => {
    const served = new Served(['shop.json', '--port', '0', '--seed', seed], folderWith(canary));
    const url = await served.url();
    let found = '';
    for (let index = 0; index < 16; index++)
      found += (await (await fetch(`${url}/which`)).text()).includes('yes') ? 'y' : 'n';
    await served.end();
    return found;
  };
  const [first, again, other] = [await runOf('1'), await runOf('1'), await runOf('2')];
  expect(first).toMatch(/y.*n|n.*y/);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
