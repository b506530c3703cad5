import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceOf } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { type EnvironmentOverrides, localFunctions, strayOverrides } from '../../lib/serve/local-functions';
import { Resolver } from '../../lib/serve/resolve';
import { ref, resource } from '../template/source-of';

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'local-functions-')));
  for (const name of ['code', 'layer']) mkdirSync(join(folder, name));
});

afterAll(() => rmSync(folder, { recursive: true }));

function read(resources: Record<string, unknown>, overrides?: EnvironmentOverrides) {
  const path = join(folder, 'template.json');
  const model = readModel([sourceOf('template.json', { Resources: resources }, 0, { path })]);
  const resolver = new Resolver(model);
  return { functions: localFunctions(model, resolver, overrides), unresolved: resolver.unresolved };
}

const fn = (properties: Record<string, unknown> = {}) => resource('AWS::Lambda::Function', properties);

test('a function with everything resolved', () => {
  const { functions, unresolved } = read({
    Fn: fn({
      FunctionName: 'orders',
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      Code: './code',
      Layers: [ref('Layer')],
      MemorySize: 512,
      Timeout: 10,
      ReservedConcurrentExecutions: 2,
      Environment: { Variables: { TABLE: ref('Table'), LEVEL: 'info' } },
      LoggingConfig: { LogGroup: ref('Logs') },
    }),
    Layer: resource('AWS::Lambda::LayerVersion', { Content: 'layer' }),
    Table: resource('AWS::DynamoDB::Table', { TableName: 'orders-table' }),
    Logs: resource('AWS::Logs::LogGroup', { LogGroupName: '/orders' }),
  });
  expect(functions).toEqual([
    {
      id: 'Fn',
      logicalId: 'Fn',
      name: 'orders',
      arn: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
      version: '$LATEST',
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      code: { kind: 'path', path: join(folder, 'code') },
      layers: [join(folder, 'layer')],
      environment: { TABLE: 'orders-table', LEVEL: 'info' },
      memoryInMb: 512,
      timeoutInMs: 10_000,
      maxConcurrency: 2,
      logGroupName: '/orders',
    },
  ]);
  expect(unresolved).toEqual([]);
});

test('a function of which little is said has the defaults of the service', () => {
  expect(read({ Fn: fn() }).functions).toEqual([
    {
      id: 'Fn',
      logicalId: 'Fn',
      name: 'Fn',
      arn: 'arn:aws:lambda:us-east-1:111122223333:function:Fn',
      version: '$LATEST',
      code: { kind: 'elsewhere', reason: 'the template does not say which file it is' },
      layers: [],
      environment: {},
      memoryInMb: 128,
      timeoutInMs: 3000,
      logGroupName: '/aws/lambda/Fn',
    },
  ]);
});

test('code is inline, or elsewhere with the reason', () => {
  const codeOf = (Code: unknown) =>
    read({ Fn: fn({ Code }), Table: resource('AWS::DynamoDB::Table') }).functions[0].code;
  expect(codeOf({ ZipFile: { 'Fn::Sub': 'exports.table = "${Table}"' } })).toEqual({
    kind: 'inline',
    source: 'exports.table = "Table"',
  });
  expect(codeOf({ ImageUri: 'r:1' })).toEqual({ kind: 'elsewhere', reason: 'it is a container image' });
  expect(codeOf('./none')).toEqual({
    kind: 'elsewhere',
    reason: `"${join(folder, 'none')}" cannot be used: it does not exist`,
  });
});

test('layers that are not here are named', () => {
  const arn = 'arn:aws:lambda:us-east-1:1:layer:tools:3';
  const { functions, unresolved } = read({
    Fn: fn({ Layers: [arn, ref('Gone'), ref('Layer')] }),
    Gone: resource('AWS::Lambda::LayerVersion', { Content: { S3Bucket: 'b', S3Key: 'k' } }),
    Layer: resource('AWS::Lambda::LayerVersion', { Content: 'layer' }),
  });
  expect(functions[0].layers).toEqual([join(folder, 'layer')]);
  expect(unresolved).toEqual([
    { label: `the layer ${arn}`, where: 'Fn.Layers' },
    { label: 'the layer Gone', where: 'Fn.Layers' },
  ]);
});

describe('values of --env-vars', () => {
  const resources = {
    Fn: fn({ FunctionName: 'orders', Environment: { Variables: { A: { 'Fn::GetAtt': ['Gone', 'X'] }, B: 'b' } } }),
    Other: fn({ Environment: { Variables: { A: 'a' } } }),
  };
  const withValues = (overrides?: EnvironmentOverrides) => {
    const { functions, unresolved } = read(resources, overrides);
    return { environments: functions.map(({ environment }) => environment), unresolved };
  };

  test('are for one function, by its logical id or name, or for all that declare the variable', () => {
    expect(withValues({ Fn: { A: '1', C: 3 } }).environments).toEqual([{ A: '1', B: 'b', C: '3' }, { A: 'a' }]);
    expect(withValues({ orders: { B: true } }).environments[0].B).toBe('true');
    expect(withValues({ Parameters: { A: 'x', Z: 'z' } }).environments).toEqual([{ A: 'x', B: 'b' }, { A: 'x' }]);
    expect(withValues({ Parameters: { A: 'x' }, Fn: { A: 'y' } }).environments.map(({ A }) => A)).toEqual(['y', 'x']);
  });

  test('may have names that every object knows', () => {
    const { functions } = read({ Fn: fn({ Environment: { Variables: { constructor: 'a', toString: 'b' } } }) }, {});
    expect(functions[0].environment).toEqual({ constructor: 'a', toString: 'b' });
  });

  test('need no reference', () => {
    expect(withValues().unresolved).toEqual([{ label: 'Gone.X', where: 'Fn.Environment.A' }]);
    expect(withValues({ Fn: { A: '1' } }).unresolved).toEqual([]);
  });

  test('for no function are found', () => {
    const { functions } = read(resources);
    expect(strayOverrides({ Parameters: {}, Fn: {}, orders: {}, Other: {}, Fm: {} }, functions)).toEqual(['Fm']);
  });
});
