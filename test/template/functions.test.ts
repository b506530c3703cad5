import { type LambdaFunction } from '../../lib/template/model/lambda';
import { UNKNOWN } from '../../lib/template/model/value';
import { att, modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const imported = { 'Fn::ImportValue': 'elsewhere' };
const functionOf = (properties: Record<string, unknown>): LambdaFunction =>
  modelOf({ Fn: resource('AWS::Lambda::Function', properties) }).functions[0];
const codeOf = (Code: unknown) => functionOf({ Code }).code;

describe('a function', () => {
  test('with all that is needed to run it', () => {
    const fn = functionOf({
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      PackageType: 'Zip',
      Environment: { Variables: { TABLE: ref('Table'), LEVEL: 'debug', PORT: 8080 } },
      Layers: ['arn:aws:lambda:us-east-1:1:layer:tools:3', ref('Layer')],
      MemorySize: '512',
      Architectures: ['arm64'],
      ReservedConcurrentExecutions: 0,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: ref('Logs') },
    });
    expect({
      handler: fn.handler,
      runtime: fn.runtime,
      packageType: fn.packageType,
      environment: fn.environment,
      layers: fn.layers,
      memorySize: fn.memorySize,
      architectures: fn.architectures,
      reserved: fn.reservedConcurrentExecutions,
      tracing: fn.tracingMode,
      logGroup: fn.logGroup,
    }).toEqual({
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      packageType: 'Zip',
      environment: { TABLE: '<Table>', LEVEL: 'debug', PORT: '8080' },
      layers: ['arn:aws:lambda:us-east-1:1:layer:tools:3', '<Layer>'],
      memorySize: 512,
      architectures: ['arm64'],
      reserved: 0,
      tracing: 'Active',
      logGroup: '<Logs>',
    });
  });

  test('of which nothing is said, or nothing can be known', () => {
    const none = functionOf({});
    expect([none.handler, none.environment, none.layers, none.memorySize, none.logGroup]).toEqual([
      undefined,
      {},
      [],
      undefined,
      undefined,
    ]);
    const hidden = functionOf({ Environment: imported, Layers: imported, MemorySize: imported });
    expect([hidden.environment, hidden.layers, hidden.memorySize]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  test('by what names its code', () => {
    expect(codeOf({ ZipFile: { 'Fn::Sub': 'exports.table = "${Table}"' } })).toEqual({
      kind: 'inline',
      source: 'exports.table = "<Table>"',
    });
    expect(codeOf({ S3Bucket: { 'Fn::Sub': 'assets-${AWS::Region}' }, S3Key: 'abc.zip' })).toEqual({
      kind: 's3',
      bucket: 'assets-<AWS::Region>',
      key: 'abc.zip',
    });
    expect(codeOf({ S3Key: 'abc.zip' })).toEqual({ kind: 's3', bucket: '<unknown>', key: 'abc.zip' });
    expect(codeOf({ ImageUri: 'repository:1' })).toEqual({ kind: 'image', uri: 'repository:1' });
    expect(codeOf('./src')).toEqual({ kind: 'local', path: './src' });
    for (const nothing of [undefined, {}, imported, []]) expect(codeOf(nothing)).toEqual({ kind: 'unknown' });
  });
});

test('aliases with their weights, versions and layers', () => {
  const { aliases, versions, layers } = modelOf({
    Fn: resource('AWS::Lambda::Function'),
    V2: resource('AWS::Lambda::Version', { FunctionName: ref('Fn') }),
    Live: resource('AWS::Lambda::Alias', {
      Name: 'live',
      FunctionName: ref('Fn'),
      FunctionVersion: att('V2', 'Version'),
      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '1', FunctionWeight: 0.1 }] },
    }),
    Odd: resource('AWS::Lambda::Alias', {
      Name: 'odd',
      FunctionName: 'elsewhere',
      FunctionVersion: '$LATEST',
      RoutingConfig: imported,
    }),
    Layer: resource('AWS::Lambda::LayerVersion', {
      LayerName: 'tools',
      Content: { S3Bucket: 'b', S3Key: 'layer.zip' },
      CompatibleRuntimes: ['nodejs22.x'],
    }),
  });
  const fn = { template: 'app.json', logicalId: 'Fn' };
  expect(aliases).toMatchObject([
    {
      name: 'live',
      target: { function: fn },
      version: '<V2.Version>',
      versionResource: { logicalId: 'V2' },
      weights: [{ version: '1', weight: 0.1 }],
    },
    { name: 'odd', target: { text: 'elsewhere' }, version: '$LATEST', weights: UNKNOWN },
  ]);
  expect(aliases[1].versionResource).toBeUndefined();
  expect(versions).toMatchObject([{ location: { logicalId: 'V2' }, target: { function: fn } }]);
  expect(layers).toMatchObject([
    { name: 'tools', content: { kind: 's3', key: 'layer.zip' }, compatibleRuntimes: ['nodejs22.x'] },
  ]);
});

describe('a function of SAM', () => {
  const sam = (resources: Record<string, unknown>, sections: Record<string, unknown> = {}) =>
    modelOf(resources, { Transform: 'AWS::Serverless-2016-10-31', ...sections });
  const codeIn = (properties: Record<string, unknown>, sections?: Record<string, unknown>) =>
    sam({ Fn: resource('AWS::Serverless::Function', properties) }, sections).functions[0].code;

  test('has the globals, and its own in addition', () => {
    const { functions } = sam(
      {
        Fn: resource('AWS::Serverless::Function', {
          Handler: 'index.handler',
          CodeUri: 'build/Fn',
          Layers: [ref('Own')],
          Environment: { Variables: { OWN: '1' } },
        }),
      },
      {
        Globals: {
          Function: {
            Runtime: 'nodejs22.x',
            MemorySize: 256,
            Tracing: 'Active',
            Layers: ['arn:shared'],
            Environment: { Variables: { ALL: ref('Table'), OWN: '0' } },
          },
        },
      },
    );
    expect(functions).toHaveLength(1);
    const [fn] = functions;
    expect(fn.handler).toBe('index.handler');
    expect(fn.runtime).toBe('nodejs22.x');
    expect(fn.memorySize).toBe(256);
    expect(fn.tracingMode).toBe('Active');
    expect(fn.layers).toEqual(['arn:shared', '<Own>']);
    expect(fn.environment).toEqual({ ALL: '<Table>', OWN: '1' });
    expect(fn.code).toEqual({ kind: 'local', path: 'build/Fn' });
  });

  test('names its code in each of the ways that SAM has', () => {
    expect(codeIn({ InlineCode: 'exports.x = 1', CodeUri: './ignored' })).toEqual({
      kind: 'inline',
      source: 'exports.x = 1',
    });
    expect(codeIn({ PackageType: 'Image', ImageUri: 'r:1' })).toEqual({ kind: 'image', uri: 'r:1' });
    const object = { kind: 's3', bucket: 'b', key: 'some/key.zip' };
    expect(codeIn({ CodeUri: 's3://b/some/key.zip?versionId=3' })).toEqual(object);
    expect(codeIn({ CodeUri: { Bucket: 'b', Key: 'some/key.zip' } })).toEqual(object);
    const parameters = { Parameters: { Source: { Type: 'String', Default: 'src' } } };
    expect(codeIn({ CodeUri: ref('Source') }, parameters)).toEqual({ kind: 'local', path: 'src' });
    expect(codeIn({})).toEqual({ kind: 'unknown' });
  });

  test('has layers of SAM', () => {
    const { layers } = sam({
      Layer: resource('AWS::Serverless::LayerVersion', { ContentUri: 'layer/', CompatibleRuntimes: ['nodejs22.x'] }),
    });
    expect(layers).toMatchObject([
      { name: 'Layer', content: { kind: 'local', path: 'layer/' }, compatibleRuntimes: ['nodejs22.x'] },
    ]);
  });
});
