import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kernel, standIn } from './kernel';
import { NAME, type Packed, packed } from './packed';
import { assemblyIn } from '../support/assembly';

let library: Packed;
let kernel: Kernel;

const create = async (fqn: string, args: unknown[], more: object = {}) =>
  kernel.call({ api: 'create', fqn, args, ...more });
const struct = (fqn: string, data: object) => ({ '$jsii.struct': { fqn, data } });
const own = (name: string) => `${NAME}.${name}`;
const call = async (fqn: string, method: string, args: unknown[]) =>
  (await kernel.call({ api: 'sinvoke', fqn, method, args })).result;

beforeAll(async () => {
  library = packed();
  const { version } = JSON.parse(readFileSync(join(library.folder, 'package.json'), 'utf8')) as { version: string };
  kernel = new Kernel();
  expect(await kernel.hello()).toMatch(/^@jsii\/runtime@/);
  for (const name of ['constructs', 'aws-cdk-lib']) await kernel.call({ api: 'load', ...standIn(name, library.home) });
  const loaded = await kernel.call({ api: 'load', name: NAME, version, tarball: library.tarball });
  expect(loaded).toMatchObject({ assembly: NAME, types: expect.any(Number) });
}, 120_000);

afterAll(() => kernel.end());

test('Python and Java create an API from structs, enumerations, static methods and a class of their own', async () => {
  const outdir = join(library.home, 'kernel.out');
  const app = await create('aws-cdk-lib.App', [
    struct('aws-cdk-lib.AppProps', { outdir, analyticsReporting: false, builtinCloudFormationValidation: false }),
  ]);
  const stack = await create('aws-cdk-lib.Stack', [app, 'Shop']);
  const authorizer = await call(own('RestAuthorizer'), 'iam', []);
  const mock = await call(own('RestIntegration'), 'mock', []);
  const mine = await create(own('RestIntegration'), [], { overrides: [{ method: 'bind', cookie: 'bind' }] });
  const bound: string[] = [];
  const route = (integration: unknown) => struct(own('RestRouteOptions'), { integration, authorizer });
  const gateway = await kernel.call(
    {
      api: 'create',
      fqn: own('RestGateway'),
      args: [
        stack,
        'Api',
        struct(own('RestGatewayProps'), {
          endpointType: { '$jsii.enum': `${own('RestEndpointType')}/EDGE` },
          stages: { '$jsii.map': { prod: struct(own('RestStageOptions'), {}) } },
          routes: { '$jsii.map': { 'GET /orders': route(mock), 'GET /mine': route(mine) } },
        }),
      ],
    },
    ({ invoke }) => {
      bound.push(String(invoke?.method));
      return struct(own('RestIntegrationConfig'), {
        type: { '$jsii.enum': `${own('IntegrationType')}/MOCK` },
        requestTemplates: { '$jsii.map': { 'application/json': '{"statusCode": 200}' } },
        responses: [struct(own('RestIntegrationResponse'), { statusCode: 200 })],
      });
    },
  );
  expect(bound).toEqual(['bind']);
  const { value: api } = await kernel.call({ api: 'get', objref: gateway, property: 'cfnApi' });
  expect(api).toMatchObject({ '$jsii.byref': expect.stringContaining('aws-cdk-lib.aws_apigateway.CfnRestApi@') });
  const { result: stage } = await kernel.call({ api: 'invoke', objref: gateway, method: 'stage', args: ['prod'] });
  expect(JSON.stringify(stage)).toContain(own('IRestStage'));
  await kernel.call({ api: 'invoke', objref: app, method: 'synth', args: [] });
  const template = readFileSync(join(outdir, 'Shop.template.json'), 'utf8');
  expect(template).toContain('"/orders"');
  expect(template).toContain('"/mine"');
  expect(template).toContain('"EDGE"');
});

test('a mistake is the same error as in TypeScript', async () => {
  const stack = await create('aws-cdk-lib.Stack', []);
  const integration = await call(own('HttpIntegration'), 'http', ['https://example.com']);
  const authorizer = await call(own('HttpAuthorizer'), 'iam', []);
  const routes = { '$jsii.map': { 'FETCH /': struct(own('HttpRouteOptions'), { integration, authorizer }) } };
  await expect(create(own('HttpGateway'), [stack, 'Api', struct(own('HttpGatewayProps'), { routes })])).rejects.toThrow(
    /^HttpGateway 'Api': .*FETCH/,
  );
});

test('every class and enumeration of the assembly is found', async () => {
  const { types } = assemblyIn(library.folder) as {
    types: Record<
      string,
      { fqn: string; kind: string; properties?: { name: string; static?: boolean; const?: boolean }[] }
    >;
  };
  const constants = Object.values(types).flatMap(({ fqn, kind, properties = [] }) =>
    kind === 'class' ? properties.filter((p) => p.static).map(({ name }) => ({ fqn, property: name })) : [],
  );
  expect(constants.length).toBeGreaterThan(20);
  for (const constant of constants) expect(await kernel.call({ api: 'sget', ...constant })).toHaveProperty('value');
});
