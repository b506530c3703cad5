// Clients of exported documents: writes the OpenAPI document of a REST and an HTTP API, lets two public generators make clients of
// them, and compiles programs that use these. Not part of the tests, since both need an earlier compiler than this project has.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  JsonSchema,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
} from '../lib';
import { main } from '../runtime/cli/main';

const PACKAGES = [
  'openapi-typescript@7.13.0',
  'openapi-fetch@0.17.0',
  '@hey-api/openapi-ts@0.88.0',
  'typescript@5.9.3',
];

const folder = mkdtempSync(join(tmpdir(), 'clients-'));
const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', process.stderr, 'inherit'] });
};

/** What a program may and may not do with either client. */
const ORDERS = `
import createClient from 'openapi-fetch';
import type { paths } from './KIND';
import { getOrder, listOrders } from './KIND-client';

const client = createClient<paths>({ baseUrl: 'https://api.example.com' });

export async function withFetch(): Promise<string[]> {
  const { data, error } = await client.GET('/orders/{id}', { params: { path: { id: 'a' } } });
  if (error) return [error.message ?? ''];
  // @ts-expect-error no schema has it
  data.total;
  // @ts-expect-error the variable of the path is required
  await client.GET('/orders/{id}', {});
  // @ts-expect-error there is no such route
  await client.GET('/order');
  return (data.lines ?? []).map(({ sku }) => sku);
}

export async function withMethods(): Promise<string[]> {
  const { data } = await getOrder({ path: { id: 'a' } });
  // @ts-expect-error no schema has it
  data?.total;
  const all = await listOrders();
  return [...(data?.lines ?? []).map(({ sku }) => sku), ...(all.data ?? []).map(({ id }) => id)];
}
`;

function stackOf(kind: 'rest' | 'http'): Stack {
  const stack = new Stack(new App({ outdir: join(folder, 'cdk.out', kind) }), 'Shop');
  const line = { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } };
  const { Order, Orders, Problem } = JsonSchema.fromModels({
    Order: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, lines: { type: 'array', items: { $ref: '#/definitions/Line' } } },
    },
    Orders: { type: 'array', items: { $ref: '#/definitions/Order' } },
    Line: line,
    Problem: { type: 'object', properties: { message: { type: 'string' } } },
  });
  const problems = { 404: { body: Problem } };
  const get = { operationName: 'getOrder', responses: { 200: { body: Order }, ...problems } };
  const list = { operationName: 'listOrders', responses: { 200: { body: Orders } }, tags: ['orders'] };
  if (kind === 'rest') {
    const integration = RestIntegration.http('https://orders.example.com/{id}');
    new RestGateway(stack, 'Orders', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('no request is sent'),
      cors: { allowOrigins: ['https://app.example.com'] },
      routes: {
        'GET /orders': { integration: RestIntegration.mock(), ...list },
        'GET /orders/{id}': { integration, ...get },
      },
    });
  } else {
    const integration = HttpIntegration.http('https://orders.example.com');
    new HttpGateway(stack, 'Orders', {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: { 'GET /orders': { integration, ...list }, 'GET /orders/{id}': { integration, ...get } },
    });
  }
  return stack;
}

try {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', ...PACKAGES);
  for (const kind of ['rest', 'http'] as const) {
    const { directory } = (stackOf(kind).node.root as App).synth();
    let document = '';
    const told = (text: string): void => void process.stderr.write(text);
    const code = main(['openapi', directory, '--clean'], {
      stdout: (text) => void (document += text),
      stderr: told,
      color: false,
    });
    if (code !== 0) throw new Error(`apigw openapi ends with ${code}`);
    writeFileSync(join(folder, `${kind}.json`), document);
    run('npx', 'openapi-typescript', `${kind}.json`, '-o', `${kind}.ts`);
    run('npx', 'openapi-ts', '-i', `${kind}.json`, '-o', `${kind}-client`, '-c', '@hey-api/client-fetch');
    writeFileSync(join(folder, `use-${kind}.ts`), ORDERS.replaceAll('KIND', kind));
    const options = '--noEmit --strict --skipLibCheck --target es2022 --module esnext --moduleResolution bundler';
    run('npx', 'tsc', ...options.split(' '), `use-${kind}.ts`);
    process.stdout.write(`${kind}: both clients compile\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
