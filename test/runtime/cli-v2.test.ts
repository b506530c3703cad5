import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModel } from '../../lib/template/reader/read';
import { main } from '../../runtime/cli/main';
import { goodHttpBody, goodHttpResources, goodWebSocket } from '../checks/support';
import { openApiViolations } from '../support/openapi-schema';
import { source } from '../template/source-of';
import { httpOpenApi } from '../template/http-openapi';
import { v2Resources } from '../template/v2-resources';

let folder: string;
const file = (name: string) => join(folder, `${name}.json`);
const full = { Resources: v2Resources, Parameters: { Env: { Type: 'String' } } };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apigw-v2-'));
  const spec = {
    Resources: { ...v2Resources, Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: httpOpenApi } } },
  };
  const open = goodHttpResources();
  open.set('ListOrders', { AuthorizationType: 'NONE', AuthorizerId: undefined });
  const templates = {
    resources: goodHttpResources().template,
    body: goodHttpBody().template,
    chat: goodWebSocket().template,
    open: open.template,
    full,
    spec,
  };
  for (const [name, template] of Object.entries(templates)) writeFileSync(file(name), JSON.stringify(template));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const code = main(argv, {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    color: false,
    columns: 160,
  });
  return { code, out, err };
}

describe('routes', () => {
  test('lists the routes and stages of an HTTP API', () => {
    const { code, out } = run('routes', file('resources'));
    expect(code).toBe(0);
    expect(out).toContain('Api): 3 routes, 1 stage\n');
    expect(out).toMatch(/│ route +│ authorizer +│ integration +│ throttle +│/);
    expect(out).toMatch(/│ GET \/orders\/\{id\} +│ jwt users \[orders\/read\] +│ lambda Fn +│ 100\/s, burst 50 +│/);
    expect(out).toMatch(/│ \$default +│ https:\S+\.amazonaws\.com\/ +│ automatic +│ 1000\/s, burst 500 +│ access +│/);
  });

  test('lists the routes and stages of a WebSocket API', () => {
    const { out } = run('routes', file('chat'));
    expect(out).toMatch(/│ \$connect +│ lambda authorizer tokens +│ lambda Fn +│ 1000\/s, burst 500 +│/);
    expect(out).toMatch(/│ prod +│ wss:\S+\/prod +│ explicit +│ 1000\/s, burst 500 +│ access \+ execution ERROR +│/);
  });

  test('as JSON, with the kind of each API', () => {
    const { apis } = JSON.parse(run('routes', file('full'), '--format', 'json').out) as { apis: object[] };
    expect(apis).toMatchObject([
      { kind: 'http', name: 'orders', routes: { length: 5 } },
      { kind: 'http', name: 'quick' },
      { kind: 'websocket', name: 'chat', routes: [{ route: '$connect' }, { route: 'sendMessage' }] },
    ]);
  });
});

describe('check', () => {
  test('counts APIs by their kind', () => {
    expect(run('check', file('resources'))).toMatchObject({
      code: 0,
      out: 'No findings in 1 HTTP API of 1 template.\n',
    });
    expect(run('check', file('chat'), file('body')).out).toBe(
      'No findings in 1 HTTP API and 1 WebSocket API of 2 templates.\n',
    );
  });

  test('names the API of a finding', () => {
    const { code, out } = run('check', file('open'));
    expect(code).toBe(1);
    expect(out).toContain(`orders (${file('open')})\n`);
    expect(out).toContain('ALL-AUTH1');
  });
});

describe('openapi', () => {
  const documentOf = (name: string, ...rest: string[]) =>
    JSON.parse(run('openapi', file(name), ...rest).out) as Record<string, never>;
  const routesIn = (template: object) =>
    readModel([source(template as never)]).httpApis[0].routes.map(
      ({ routeKey, authorizationType, scopes, operationId }) => [routeKey, authorizationType, scopes, operationId],
    );

  test.each(['resources', 'body', 'full', 'spec'])('is a valid document, in full and clean (%s)', (name) => {
    const api = name === 'full' || name === 'spec' ? ['--api', 'orders'] : [];
    expect(openApiViolations(documentOf(name, ...api))).toEqual([]);
    expect(openApiViolations(documentOf(name, ...api, '--clean'))).toEqual([]);
  });

  test('read again is the same API', () => {
    const again = (document: unknown) =>
      routesIn({ Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: document } } } });
    const routes = [
      ['GET /orders', 'JWT', ['orders/read'], undefined],
      ['POST /orders', 'JWT', ['orders/write'], undefined],
      ['GET /orders/{id}', 'JWT', ['orders/read'], undefined],
    ];
    expect(again(documentOf('resources'))).toEqual(routes);
    expect(again(documentOf('body'))).toEqual(routes);
  });

  test('keeps CORS and the default route in full, and only the route in a clean document', () => {
    const document = documentOf('full', '--api', 'orders');
    expect(document).toMatchObject({
      'x-amazon-apigateway-cors': { allowOrigins: ['https://app.example.com'], maxAge: 600 },
      paths: { '/$default': { 'x-amazon-apigateway-any-method': { isDefaultRoute: true } } },
    });
    const clean = documentOf('full', '--api', 'orders', '--clean');
    expect(JSON.stringify(clean)).not.toMatch(/x-amazon/);
    expect(Object.keys(clean.paths['/$default'] as object)).toEqual(['get', 'put', 'post', 'delete', 'head', 'patch']);
    expect(clean).toMatchObject({
      components: {
        securitySchemes: {
          users: {
            type: 'openIdConnect',
            openIdConnectUrl: 'https://issuer.example.com/.well-known/openid-configuration',
          },
        },
      },
    });
  });

  test('of a WebSocket API there is none', () => {
    expect(run('openapi', file('chat'))).toMatchObject({
      code: 2,
      err: 'apigw: there is no REST or HTTP API in the templates.\n',
    });
  });
});
