import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { NAME, type Packed, packed, ROOT } from './packed';

jest.setTimeout(60_000);

let library: Packed;
beforeAll(() => {
  library = packed();
  writeFileSync(join(library.home, 'shop.json'), JSON.stringify({ Resources: RESOURCES }));
});

const integration = {
  ...{ type: 'aws_proxy', httpMethod: 'POST' },
  uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${List.Arn}/invocations' },
};
const RESOURCES = {
  Orders: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: {
      Body: {
        openapi: '3.0.1',
        info: { title: 'orders' },
        paths: { '/orders': { get: { 'x-amazon-apigateway-integration': integration } } },
      },
    },
  },
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Orders' } } },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'Orders' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' },
  },
  List: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...{ Runtime: 'nodejs20.x', Handler: 'index.handler', Role: 'arn:aws:iam::111122223333:role/r' },
      Code: { ZipFile: "exports.handler = async () => ({ statusCode: 200, body: 'real' });" },
    },
  },
};

/** Two tests, as users write them for each runner. */
const program = (same: string, imports: string): string => `${imports}
const stub = { List: () => ({ statusCode: 200, body: 'stub' }) };
for (const [functions, expected] of [[undefined, 'real'], [stub, 'stub']]) {
  test('the function is ' + expected, async () => {
    const gateway = serve({ from: 'shop.json', functions });
    const { text, trace } = await gateway.request('GET /orders');
    ${same}(text, expected);
    ${same}(trace.step('integration') !== undefined, true);
    await gateway.close();
  });
}
`;

/** The output of a program; it ends by itself, so nothing keeps it alive. */
function run(file: string, text: string, ...args: string[]): string {
  writeFileSync(join(library.home, file), text);
  const options = { cwd: library.home, stdio: 'pipe', encoding: 'utf8', timeout: 30_000 } as const;
  return execFileSync(process.execPath, args, { ...options, env: { ...process.env, XDG_CACHE_HOME: library.home } });
}

test.each([
  [
    'app.test.cjs',
    `const test = require('node:test'); const assert = require('node:assert'); const { serve } = require('${NAME}/serve');`,
  ],
  [
    'app.test.mjs',
    `import test from 'node:test'; import assert from 'node:assert'; import { serve } from '${NAME}/serve';`,
  ],
])('tests of node:test use it: %s', (file, imports) => {
  const out = run(file, program('assert.strictEqual', imports), '--test', '--test-reporter=tap', file);
  expect(out).toContain('# pass 2\n');
  expect(out).toContain('# fail 0\n');
});

test('tests of jest use it', () => {
  const modules = join(library.home, 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', 'jest'), join(modules, 'jest'), 'junction');
  writeFileSync(join(library.home, 'package.json'), '{"name": "shop", "jest": {"testMatch": ["**/jest.test.js"]}}');
  const text = program('same', `const { serve } = require('${NAME}/serve'); const same = (a, b) => expect(a).toBe(b);`);
  const jest = require.resolve('jest/bin/jest');
  const report = join(library.home, 'report.json');
  run('jest.test.js', text, jest, '--ci', '--json', `--outputFile=${report}`, '--rootDir', library.home, '-i');
  expect(require(report)).toMatchObject({ numPassedTests: 2, numFailedTests: 0, success: true, openHandles: [] });
});

const consumer = `
import { serve, type LocalServer, type Reply, type ServeOptions, type FunctionStub } from '${NAME}/serve';

interface Event { readonly path: string }
const list = (event: Event) => ({ statusCode: 200, body: event.path });
const stub: FunctionStub = () => ({ statusCode: 200 });
const options: ServeOptions = {
  from: ['a.json', 'b.json'],
  functions: { List: list, Get: stub, Async: async () => ({ statusCode: 200 }) },
  backends: { 'https://api.example.com': ({ url }) => ({ status: 200, headers: [['X-Url', url]], body: new Uint8Array() }) },
  clock: { now: () => 0 },
};
export async function use(): Promise<number> {
  const server: LocalServer = serve(options);
  const reply: Reply = await server.request('GET /orders', { as: { sub: 'u1' }, apiKey: 'k', query: { a: ['1', '2'] } });
  const refused: string | undefined = reply.trace.step('validate')?.refused;
  const place = reply.trace.step('authorizer')?.because?.[0]?.logicalId;
  await server.close();
  return refused === place ? reply.status : reply.body.length;
}
`;

/** What the compiler says of a program of a user, without any @types. */
function diagnosticsOf(text: string, module: ts.ModuleKind): string[] {
  const file = join(library.home, module === ts.ModuleKind.CommonJS ? 'bundled.ts' : 'consumer.ts');
  writeFileSync(file, text);
  const isNode = module !== ts.ModuleKind.ESNext;
  const parsed = ts.createProgram([file], {
    ...{ strict: true, noEmit: true, types: [], lib: ['lib.es2022.d.ts'], target: ts.ScriptTarget.ES2022, module },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
    moduleResolution: isNode ? ts.ModuleResolutionKind.Node16 : ts.ModuleResolutionKind.Bundler,
  });
  return ts
    .getPreEmitDiagnostics(parsed)
    .map(({ messageText, file: at }) => `${at?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

test.each([ts.ModuleKind.Node16, ts.ModuleKind.ESNext])(
  'its types need neither those of Node.js nor of the DOM, with all that is strict (%p)',
  (module) => {
    expect(diagnosticsOf(consumer, module)).toEqual([]);
    expect(diagnosticsOf(consumer.replace("step('validate')", "step('validates')"), module).join()).toContain(
      '"validates"',
    );
  },
);

test('it loads neither the library, nor CDK, nor what only the command needs', () => {
  const text = `const { serve } = require('${NAME}/serve');
    const server = serve({ from: 'shop.json', functions: { List: () => ({ statusCode: 200 }) } });
    server.request('GET /orders').then(() => server.close()).then(() => console.log(Object.keys(require.cache).join('\\n')));`;
  const loaded = run('loads.js', text, 'loads.js').trim().split('\n');
  expect(loaded.map((file) => file.replaceAll('\\', '/').split('/').slice(-2).join('/')).slice(1)).toEqual([
    'serve/index.js',
    'core/index.js',
  ]);
});
