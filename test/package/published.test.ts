import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as sources from '../../lib';
import { NAME, type Packed, packed, run } from './packed';

let library: Packed;
beforeAll(() => (library = packed()));

const exported = sources as unknown as Record<string, unknown>;

/** One API of each kind, as a user of the package or of the sources defines it. */
function define(cdk: object, services: object, library: object, outdir: string): void {
  const { App: AnApp, Stack: AStack } = cdk as { App: typeof App; Stack: typeof Stack };
  const {
    Function: AFunction,
    Code: ACode,
    Runtime: ARuntime,
    Queue: AQueue,
  } = services as {
    Function: typeof LambdaFunction;
    Code: typeof Code;
    Runtime: typeof Runtime;
    Queue: typeof Queue;
  };
  const of = library as typeof sources;
  const app = new AnApp({ outdir, builtinCloudFormationValidation: false, analyticsReporting: false });
  const stack = new AStack(app, 'Shop');
  const code = ACode.fromInline('exports.handler = async () => ({});');
  const fn = new AFunction(stack, 'Fn', { code, handler: 'index.handler', runtime: ARuntime.NODEJS_22_X });
  const jwt = of.RestAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['shop'] });
  new of.RestGateway(stack, 'Rest', {
    stages: { prod: {} },
    webAcl: of.WebAcl.managed({ rateLimit: 2000 }),
    cors: { allowOrigins: ['https://shop.example.com'] },
    routes: {
      'POST /jobs': { integration: of.RestIntegration.sqs(new AQueue(stack, 'Jobs')), authorizer: jwt },
      'POST /orders': {
        integration: of.RestIntegration.lambda(fn),
        authorizer: jwt,
        request: { body: of.JsonSchema.fromObject({ type: 'object', required: ['sku'] }) },
      },
    },
  });
  new of.HttpGateway(stack, 'Http', {
    routes: { 'GET /orders': { integration: of.HttpIntegration.lambda(fn), authorizer: of.HttpAuthorizer.iam() } },
  });
  const store = new of.ConnectionStore(stack, 'Store');
  const chat = new of.WebSocketGateway(stack, 'Chat', {
    routes: {
      $connect: { integration: store.connectIntegration(), authorizer: of.WebSocketAuthorizer.iam() },
      $default: { integration: of.WebSocketIntegration.lambda(fn) },
    },
  });
  new of.ConnectionBroadcaster(stack, 'Broadcaster', { store, gateway: chat });
  app.synth();
}

const start = `
  const { App, Stack } = require('aws-cdk-lib');
  const app = new App({ outdir: 'cdk.out', builtinCloudFormationValidation: false, analyticsReporting: true,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Shop');
  const library = require('${NAME}');`;

/** The message of what is thrown. */
const thrown = 'const thrown = (call) => { try { call(); } catch (error) { return error.message; } };';

test('an import loads the index, and neither the library nor CDK', () => {
  const loaded = run<string[]>(library, `require('${NAME}'); tell(Object.keys(require.cache));`);
  expect(loaded.map((file) => file.replaceAll('\\', '/').split('/').slice(-2).join('/')).slice(1)).toEqual([
    'bundle/index.js',
  ]);
});

/** What a small gateway loads: files of the library, and services of CDK. */
function loadedBy(gateway: string): { readonly files: readonly string[]; readonly services: readonly string[] } {
  const loaded = run<string[]>(
    library,
    `${start}
    ${gateway}
    app.synth();
    tell(Object.keys(require.cache).map((file) => file.replaceAll('\\\\', '/')));`,
  );
  const of = (pattern: RegExp) => [...new Set(loaded.flatMap((file) => pattern.exec(file)?.[1] ?? []))].sort();
  return {
    files: of(/bundle\/([\w-]+)\.js$/),
    services: of(/\/aws-cdk-lib\/(aws-[\w-]+)\/lib\/[\w-]+\.generated\.js$/),
  };
}

const ROUTE = (kind: string, integration: string) =>
  `{ integration: library.${kind}Integration.${integration}, authorizer: library.${kind}Authorizer.iam() }`;

test('a small REST API loads four files, nothing of the other kinds, and no service of CDK that it has not', () => {
  const { files, services } = loadedBy(
    `new library.RestGateway(stack, 'Api', { stages: { prod: {} }, webAcl: library.WebAcl.none('test'),
      routes: { 'GET /a': ${ROUTE('Rest', "lambda(new (require('aws-cdk-lib/aws-lambda').Function)(stack, 'Fn', { handler: 'index.handler', runtime: require('aws-cdk-lib/aws-lambda').Runtime.NODEJS_24_X, code: require('aws-cdk-lib/aws-lambda').Code.fromInline('//') }))")} } });`,
  );
  expect(files).toEqual(['checks', 'checks-rest', 'core', 'index', 'rest']);
  expect(services).toContain('aws-apigateway');
  const unused = ['aws-wafv2', 'aws-apigatewayv2', 'aws-cloudwatch', 'aws-stepfunctions', 'aws-route53', 'aws-ec2'];
  expect(unused.filter((service) => services.includes(service))).toEqual([]);
});

test.each([
  ['Rest', `'GET /a': ${ROUTE('Rest', 'mock()')}`, ['http', 'websocket']],
  ['Http', `'GET /a': ${ROUTE('Http', "http('https://example.com')")}`, ['rest', 'websocket']],
  ['WebSocket', `$connect: ${ROUTE('WebSocket', 'mock()')}`, ['rest', 'http']],
])('a %s gateway loads nothing of the other kinds', (kind, routes, others) => {
  const { files } = loadedBy(
    `new library.${kind}Gateway(stack, 'Api', { stages: { prod: {} }, routes: { ${routes} } });`,
  );
  const foreign = [...others.flatMap((one) => [one, `${one}-more`]), 'patterns', 'release', 'openapi'];
  expect(files).toEqual(expect.arrayContaining([kind.toLowerCase(), 'core', 'checks']));
  expect(files.filter((file) => foreign.includes(file))).toEqual([]);
});

test('it exports the same as the sources: names, classes by their names and with their metadata, values of enumerations', () => {
  const kinds = Object.entries(exported).map(([name, value]) => [name, typeof value] as const);
  const values = Object.fromEntries(Object.entries(exported).filter(([, value]) => typeof value === 'object'));
  const told = run<{ kinds: unknown; values: unknown; classes: Record<string, { name: string; rtti?: object }> }>(
    library,
    `const library = require('${NAME}');
    const all = Object.entries(library);
    const classes = all.filter(([, value]) => typeof value === 'function');
    tell({
      kinds: Object.fromEntries(all.map(([name, value]) => [name, typeof value])),
      values: Object.fromEntries(all.filter(([, value]) => typeof value === 'object')),
      classes: Object.fromEntries(classes.map(([name, of]) =>
        [name, { name: of.name, rtti: Object.hasOwn(of, Symbol.for('jsii.rtti')) && of[Symbol.for('jsii.rtti')] }])),
    });`,
  );
  expect(told.kinds).toEqual(Object.fromEntries(kinds));
  expect(told.values).toEqual(JSON.parse(JSON.stringify(values)));
  const names = kinds.filter(([, kind]) => kind === 'function').map(([name]) => name);
  expect(names.length).toBeGreaterThan(30);
  const { version } = JSON.parse(readFileSync(join(library.folder, 'package.json'), 'utf8')) as { version: string };
  expect(told.classes).toEqual(
    Object.fromEntries(names.map((name) => [name, { name, rtti: { fqn: `${NAME}.${name}`, version } }])),
  );
});

test('an ES module imports it by name', () => {
  const program = `import { RestGateway, CacheSize } from '${NAME}'; tell([RestGateway.name, typeof CacheSize]);`;
  expect(run(library, program, 'app.mjs')).toEqual(['RestGateway', 'object']);
});

test('its templates and assets are those of the sources', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'sources-'));
  define({ App, Stack }, { Function: LambdaFunction, Code, Runtime, Queue }, sources, outdir);
  const packedOut = join(library.home, 'shop.out');
  run(
    library,
    `(${define.toString()})(require('aws-cdk-lib'), { ...require('aws-cdk-lib/aws-lambda'), ...require('aws-cdk-lib/aws-sqs') }, require('${NAME}'),
      ${JSON.stringify(packedOut)}); tell(true);`,
  );
  for (const file of ['Shop.template.json', 'Shop.assets.json', 'manifest.json'])
    expect([file, readFileSync(join(packedOut, file), 'utf8')]).toEqual([
      file,
      readFileSync(join(outdir, file), 'utf8'),
    ]);
  const { files } = JSON.parse(readFileSync(join(packedOut, 'Shop.assets.json'), 'utf8')) as {
    files: Record<string, { source: { path: string } }>;
  };
  const assets = Object.values(files).map(({ source }) => source.path);
  expect(assets.length).toBeGreaterThan(2);
  expect(assets.filter((path) => !existsSync(join(packedOut, path)))).toEqual([]);
});

test('it checks arguments as the sources do, also of classes and enumerations that nobody loaded', () => {
  const told = run<string[]>(
    library,
    `${start} ${thrown}
    const api = new library.RestGateway(stack, 'Api', { stages: { prod: {} } });
    tell([
      thrown(() => new library.HttpGateway(stack, 'A', { stages: { prod: { throttling: 1 } } })),
      thrown(() => new library.RestGateway(stack, 'B', { endpointType: 'EDGY' })),
      thrown(() => library.RestIntegration.mock('yes')),
      thrown(() => api.addUsagePlan('free', { rate: 1 })),
      thrown(() => new library.ApiGatewayChecks({ profil: 1 })),
    ]);`,
  );
  const stack = new Stack();
  const api = new sources.RestGateway(stack, 'Api', { stages: { prod: {} } });
  const message = (call: () => unknown): string => {
    try {
      call();
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing was thrown';
  };
  expect(told).toEqual([
    message(() => new sources.HttpGateway(stack, 'A', { stages: { prod: { throttling: 1 } } } as never)),
    message(() => new sources.RestGateway(stack, 'B', { endpointType: 'EDGY' } as never)),
    message(() => sources.RestIntegration.mock('yes' as never)),
    message(() => api.addUsagePlan('free', { rate: 1 } as never)),
    message(() => new sources.ApiGatewayChecks({ profil: 1 } as never)),
  ]);
  expect(told[1]).toContain('must be one of RestEndpointType');
});

test('instances are those of the exported classes, and users extend them', () => {
  const told = run<unknown>(
    library,
    `${start}
    class Own extends library.RestIntegration { bind() { return { type: library.IntegrationType.MOCK, 
      requestTemplates: { 'application/json': '{"statusCode": 200}' }, responses: [{ statusCode: 200 }] }; } }
    class Team extends library.RestGateway {}
    const gateway = new Team(stack, 'Api', { stages: { prod: {} }, routes: {
      'GET /own': { integration: new Own(), authorizer: library.RestAuthorizer.iam() } } });
    const stage = app.synth().getStackByName('Shop').template;
    tell([library.RestIntegration.mock() instanceof library.RestIntegration, gateway instanceof library.RestGateway,
      JSON.stringify(stage).includes('"/own"')]);`,
  );
  expect(told).toEqual([true, true, true]);
});

test('it reads YAML with the reader that it contains', () => {
  const document =
    'openapi: 3.0.3\ninfo: { title: Shop, version: "1" }\npaths: { /orders: { get: { responses: {} } } }\n';
  const routes = run<string[]>(
    library,
    `require('node:fs').writeFileSync('shop.yaml', ${JSON.stringify(document)});${start}
    const api = library.RestGateway.fromOpenApi(stack, 'Api', {
      definition: library.OpenApiDefinition.fromFile('shop.yaml'),
      defaultIntegration: library.RestIntegration.mock(),
      defaultAuthorizer: library.RestAuthorizer.iam(),
    });
    tell(Object.keys(stack.resolve(api.cfnApi.body).paths));`,
  );
  expect(routes).toEqual(['/orders']);
});

test('a finding shows the line of the user', () => {
  run(
    library,
    `${start}
    new library.RestGateway(stack, 'Api', {
      stages: { prod: {} },
      routes: { 'GET /a': { integration: library.RestIntegration.mock(), authorizer: library.RestAuthorizer.iam() } },
    });
    app.synth();
    tell(true);`,
  );
  const report = JSON.parse(readFileSync(join(library.home, 'cdk.out/validation-report.json'), 'utf8'));
  const [{ violations }] = report.pluginReports.filter(
    ({ pluginName }: { pluginName: string }) => pluginName === 'ApiGateway',
  );
  const found = violations.find(({ ruleName }: { ruleName: string }) => ruleName === 'REST-WAF1');
  const program = readFileSync(join(library.home, 'app.js'), 'utf8').split('\n');
  const line = program.findIndex((text) => text.includes('new library.RestGateway(')) + 1;
  expect(found.violatingConstructs[0].stackTraces.join('\n')).toContain(`app.js:${line}:`);
});

test('its files are no interface', () => {
  const told = run<string[]>(
    library,
    `tell(['lib/rest/gateway', 'bundle/rest.js', 'lib/index.js'].map((file) => {
      try { require('${NAME}/' + file); } catch (error) { return error.code; } }));`,
  );
  expect(told).toEqual([
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
  ]);
});
