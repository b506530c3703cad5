import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HttpGateway, HttpIntegration, HttpAuthorizer, JsonSchema, RestAuthorizer, RestGateway } from '../../../lib';
import { RestIntegration, WebAcl } from '../../../lib';
import { serve } from '../../../runtime/serve/library';
import { type LocalServer, type ServeOptions } from '../../../runtime/serve/types';
import { resource } from '../../template/source-of';
import { folderWith } from './served';
import { fn, mock, proxied, restApi, template } from './shop';

jest.setTimeout(30_000);

const open: LocalServer[] = [];
const served = (options: ServeOptions): LocalServer => {
  const server = serve(options);
  open.push(server);
  return server;
};
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const webAcl = WebAcl.none('behind CloudFront');

/** Two stacks: one with two functions and two APIs, and one with an API. */
function stacks(): { app: App; shop: Stack; bills: Stack } {
  const app = new App();
  const shop = new Stack(app, 'Shop');
  const bills = new Stack(app, 'Bills');
  const code = Code.fromInline(`exports.handler = async () => ({ statusCode: 200, body: 'real' });`);
  const make = (id: string) =>
    new LambdaFunction(shop, id, { code, handler: 'index.handler', runtime: Runtime.NODEJS_20_X });
  const [list, create] = [make('ListOrders'), make('CreateOrder')];
  const body = JsonSchema.fromObject({ type: 'object', required: ['sku'] });
  new RestGateway(shop, 'Orders', {
    defaultAuthorizer: RestAuthorizer.cognito({ userPools: [new UserPool(shop, 'Users')], scopes: ['orders/read'] }),
    webAcl,
    routes: {
      'GET /orders': { integration: RestIntegration.lambda(list) },
      'POST /orders': { integration: RestIntegration.lambda(create), scopes: ['orders/write'], request: { body } },
    },
    stages: { prod: {}, dev: {} },
  });
  new HttpGateway(shop, 'Web', {
    defaultAuthorizer: HttpAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['web'] }),
    routes: { 'GET /me': { integration: HttpIntegration.http('https://api.example.com/me') } },
  });
  new RestGateway(bills, 'Api', {
    webAcl,
    routes: { 'GET /': { integration: RestIntegration.mock(), authorizer: RestAuthorizer.none('a test') } },
  });
  return { app, shop, bills };
}

describe('a stack', () => {
  const scope = 'orders/read orders/write';

  test('is synthesized, and its functions run', async () => {
    const server = served({ from: stacks().shop, api: 'Orders', stage: 'prod' });
    const reply = await server.request('GET /orders', { as: { scope } });
    expect([reply.status, reply.text]).toEqual([200, 'real']);
  });

  test.each(['Shop/ListOrders', '/Shop/ListOrders', 'Shop/ListOrders/Resource'])(
    'a stub stands for the function %s',
    async (path) => {
      const events: { requestContext: { authorizer: { claims: Record<string, string> } } }[] = [];
      const stub = (event: (typeof events)[number]) => {
        events.push(event);
        return { statusCode: 202, body: JSON.stringify(['stub']) };
      };
      const server = served({ from: stacks().shop, api: 'Shop/Orders', stage: 'prod', functions: { [path]: stub } });
      const reply = await server.request('GET /orders', { as: { sub: 'u1', scope } });
      expect([reply.status, reply.json]).toEqual([202, ['stub']]);
      expect(events[0].requestContext.authorizer.claims).toMatchObject({ sub: 'u1', scope });
      // The other one is not replaced.
      const created = await server.request('POST /orders', { as: { scope }, body: { sku: 'a' } });
      expect(created.text).toBe('real');
    },
  );

  test('the trace says which step refused a request, and why', async () => {
    const server = served({ from: stacks().shop, api: 'Orders', stage: 'dev' });
    const reply = await server.request('POST /orders', { as: { scope }, body: {} });
    expect([reply.status, reply.trace.step('validate')?.refused]).toEqual([400, 'BAD_REQUEST_BODY']);
    expect(reply.trace.step('integration')).toBeUndefined();
    const denied = await server.request('POST /orders', { as: { scope: 'orders/read' }, body: { sku: 'a' } });
    expect([denied.status, denied.trace.step('authorizer')?.note]).toEqual([
      401,
      expect.stringContaining('The token has none of the scopes orders/write'),
    ]);
    expect((await server.request('GET /orders')).status).toBe(401);
  });

  test('tokens are those of the issuer of the API, also if others have another one', async () => {
    const reply = { status: 200, headers: [], body: Buffer.from('me') };
    const server = served({ from: stacks().shop, api: 'Web', backends: { 'https://api.example.com': () => reply } });
    expect((await server.request('GET /me', { as: {} })).text).toBe('me');
    expect((await server.request('GET /me', { as: { aud: 'other' } })).status).toBe(401);
    expect((await server.request('GET /me', { as: { iss: 'https://other.example.com/' } })).status).toBe(401);
  });

  test('its only API is meant, whatever the other stacks of the app have', async () => {
    const { app, bills, shop } = stacks();
    expect((await served({ from: bills }).request('GET /')).status).toBe(200);
    expect(() => served({ from: shop })).toThrow(/^The templates have 2 APIs that can be served: /);
    expect(() => served({ from: app })).toThrow(/^The templates have 3 APIs that can be served: /);
  });
});

const shop = template(
  { List: fn(`exports.handler = async () => ({ statusCode: 200, body: 'real' })`) },
  restApi({ 'GET /list': proxied('List'), 'GET /mock': mock() }),
);

test.each([['Lits'], ['Shop/List'], ['prod']])('a stub for %s, which no function is called, is an error', (name) => {
  const from = join(folderWith(shop), 'shop.json');
  expect(() => served({ from, functions: { [name]: () => ({}) } })).toThrow(
    `functions: no function has the logical id, name or construct path "${name}"; there is List.`,
  );
});

test('a function that is not in the templates has a stub by its name', async () => {
  const uri =
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:legacy/invocations';
  const operation = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri } };
  const from = join(folderWith(template(restApi({ 'GET /old': operation }))), 'shop.json');
  const server = served({ from, functions: { legacy: () => ({ statusCode: 200, body: 'stub' }) } });
  expect((await server.request('GET /old')).text).toBe('stub');
});

test('templates in files, one or several, and folders', async () => {
  const home = folderWith(shop);
  writeFileSync(join(home, 'bills.json'), JSON.stringify(template(restApi({ 'GET /b': mock() }, 'Bills', 'bills'))));
  const [one, other] = [join(home, 'shop.json'), join(home, 'bills.json')];
  expect((await served({ from: one }).request('GET /mock')).status).toBe(200);
  expect((await served({ from: [one, other], api: 'bills' }).request('GET /b')).status).toBe(200);
  const { directory } = stacks().app.synth();
  expect((await served({ from: directory, api: 'Bills/Api' }).request('GET /')).status).toBe(200);
});

test('wrong names are errors at once', async () => {
  const from = join(folderWith(shop), 'shop.json');
  expect(() => served({ from, api: 'Order' })).toThrow('There is no API "Order"; there is Orders (rest, "orders").');
  expect(() => served({ from, stage: 'dev' })).toThrow('orders has no stage "dev"; choose one of prod.');
  expect(() => served({ from: 'none.json' })).toThrow('there is no file or folder "none.json".');
  const server = served({ from });
  await expect(server.request('GET /mock', { stage: 'dev' })).rejects.toThrow('orders has no stage "dev"');
  await expect(server.request('/mock')).rejects.toThrow('"/mock" is not a request; write for example "GET /orders".');
});

describe('the clock', () => {
  const keyed = { ...mock(), security: [{ key: [] }] };
  const components = { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } };
  const plan = (more: object) => ({
    Key: resource('AWS::ApiGateway::ApiKey', { Enabled: true }),
    Plan: resource('AWS::ApiGateway::UsagePlan', {
      ...{ ApiStages: [{ ApiId: { Ref: 'Orders' }, Stage: 'prod' }], ...more },
    }),
    PlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
      ...{ KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
    }),
  });
  let at = 0;
  beforeEach(() => (at = Date.UTC(2026, 0, 5, 12)));
  const clock = { now: () => at };
  const apiKey = 'local-key-of-Key';
  const withPlan = (more: object): LocalServer => {
    const api = restApi({ 'GET /orders': keyed }, 'Orders', 'orders', { components });
    return served({ from: join(folderWith(template(api, plan(more))), 'shop.json'), clock });
  };

  test('moves throttles', async () => {
    const server = withPlan({ Throttle: { RateLimit: 1, BurstLimit: 2 } });
    const status = async () => (await server.request('GET /orders', { apiKey })).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    at += 1000;
    expect([await status(), await status()]).toEqual([200, 429]);
    expect((await server.request('GET /orders')).status).toBe(403);
  });

  test('moves quotas', async () => {
    const server = withPlan({ Quota: { Limit: 2, Period: 'DAY' } });
    const status = async () => (await server.request('GET /orders', { apiKey })).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    at += 24 * 3_600_000;
    expect(await status()).toBe(200);
  });

  test('moves the TTL of authorizers, and the end of tokens', async () => {
    let calls = 0;
    const policy = (event: { methodArn: string }) => {
      calls++;
      const Statement = [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }];
      return { principalId: 'u', policyDocument: { Version: '2012-10-17', Statement } };
    };
    const scheme = {
      ...{ type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom' },
      'x-amazon-apigateway-authorizer': {
        ...{ type: 'token', authorizerResultTtlInSeconds: 60 },
        authorizerUri: {
          'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Check.Arn}/invocations',
        },
      },
    };
    const operation = { ...mock(), security: [{ check: [] }] };
    const api = restApi({ 'GET /orders': operation }, 'Orders', 'orders', {
      components: { securitySchemes: { check: scheme } },
    });
    const from = join(folderWith(template(api, { Check: fn('') })), 'shop.json');
    const server = served({ from, clock, functions: { Check: policy } });
    const get = async () => (await server.request('GET /orders', { headers: { authorization: 'a' } })).status;
    expect([await get(), await get(), calls]).toEqual([200, 200, 1]);
    at += 61_000;
    expect([await get(), calls]).toEqual([200, 2]);
  });
});

test('back ends are played by origin, and services by name', async () => {
  const http = (uri: unknown, type: string) => ({
    responses: { 200: { description: 'ok' } },
    'x-amazon-apigateway-integration': {
      ...{ type, httpMethod: 'POST', uri, credentials: 'arn:aws:iam::111122223333:role/r' },
      ...(type === 'aws' ? { responses: { default: { statusCode: 200 } } } : {}),
    },
  });
  const api = restApi({
    'POST /orders': http('https://api.example.com/v1/orders', 'http_proxy'),
    'POST /jobs': http({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:sqs:path/111122223333/jobs' }, 'aws'),
  });
  const calls: string[] = [];
  const play = ({ method, url }: { method: string; url: string }) => {
    calls.push(`${method} ${url}`);
    return { status: 200, headers: [['Content-Type', 'application/json']] as const, body: Buffer.from('{"ok":1}') };
  };
  const from = join(folderWith(template(api)), 'shop.json');
  const server = served({ from, backends: { 'https://api.example.com': play, 'aws:sqs': play } });
  expect((await server.request('POST /orders', { body: { a: 1 } })).json).toEqual({ ok: 1 });
  expect((await server.request('POST /jobs', { body: {} })).json).toEqual({ ok: 1 });
  expect(calls).toEqual([
    'POST https://api.example.com/v1/orders',
    expect.stringMatching(/^POST https:\/\/sqs\.us-east-1\.amazonaws\.com\/111122223333\/jobs/),
  ]);
});

test('it listens if a client needs a URL', async () => {
  const server = served({ from: join(folderWith(shop), 'shop.json') });
  const url = await server.listen();
  expect((await fetch(`${url}/prod/mock`)).status).toBe(200);
});
