import { readModel } from '../../lib/template/reader/read';
import { type ReadOptions } from '../../lib/template/reader/parameter-values';
import { UNKNOWN } from '../../lib/template/model/value';
import { ref, resource, source } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const PARAMETERS = {
  Level: { Type: 'String', Default: 'info' },
  Memory: { Type: 'Number', Default: 128 },
  Kinds: { Type: 'CommaDelimitedList', Default: 'arm64' },
  Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/secret' },
  Table: { Type: 'String' },
};
const FN = resource('AWS::Lambda::Function', {
  MemorySize: ref('Memory'),
  Architectures: ref('Kinds'),
  Environment: {
    Variables: { LEVEL: ref('Level'), NAME: { 'Fn::Sub': 'x-${Table}' }, SECRET: ref('Secret') },
  },
});

function functionWith(options: ReadOptions, template: Record<string, unknown> = { Resources: { Fn: FN } }) {
  const [{ environment, memorySize, architectures }] = readModel(
    [source({ Parameters: PARAMETERS, ...template })],
    [],
    options,
  ).functions;
  return { ...(environment as object), memorySize, architectures };
}

describe('parameters', () => {
  test('are references if nothing is said', () => {
    expect(functionWith({})).toEqual({
      LEVEL: '<Level>',
      NAME: 'x-<Table>',
      SECRET: '<Secret>',
      memorySize: 128,
      architectures: UNKNOWN,
    });
  });

  test('have the values that are given', () => {
    const parameters = { Level: 'debug', Memory: '512', Kinds: 'arm64,x86_64', Table: '', Secret: 's', Other: 'x' };
    expect(functionWith({ parameters })).toEqual({
      LEVEL: 'debug',
      NAME: 'x-',
      SECRET: 's',
      memorySize: 512,
      architectures: ['arm64', 'x86_64'],
    });
  });

  test('have their defaults in a deployment, but for those in a parameter store', () => {
    expect(functionWith({ asDeployed: true, parameters: { Memory: '256' } })).toEqual({
      LEVEL: 'info',
      NAME: 'x-<Table>',
      SECRET: '<Secret>',
      memorySize: 256,
      architectures: ['arm64'],
    });
  });

  test('are taken by SAM too', () => {
    const sam = {
      Transform: 'AWS::Serverless-2016-10-31',
      Parameters: { Source: { Type: 'String', Default: 'src' } },
      Resources: { Fn: resource('AWS::Serverless::Function', { CodeUri: ref('Source') }) },
    };
    const [{ code }] = readModel([source(sam)], [], { parameters: { Source: 'build' } }).functions;
    expect(code).toEqual({ kind: 'local', path: 'build' });
  });

  test('of a nested stack are what its parent passes, else what is given', () => {
    const child = {
      Parameters: { Level: { Type: 'String', Default: 'a' }, Table: { Type: 'String', Default: 'b' } },
      Resources: { Fn: FN },
    };
    const Nested = resource('AWS::CloudFormation::Stack', { Parameters: { Level: ref('Level') } });
    const sources = [
      source({ Parameters: PARAMETERS, Resources: { Nested } }),
      source(child, { file: 'child.json', parent: { file: 'app.json', logicalId: 'Nested' } }),
    ];
    const [{ environment }] = readModel(sources, [], { parameters: { Level: 'given', Table: 'given' } }).functions;
    expect(environment).toMatchObject({ LEVEL: 'given', NAME: 'x-given' });
    const [passed] = readModel(sources, [], { parameters: { Table: 'given' } }).functions;
    expect(passed.environment).toMatchObject({ LEVEL: '<app.json#Level>', NAME: 'x-given' });
  });

  test('are listed', () => {
    const { parameters } = readModel([source({ Parameters: PARAMETERS })], [], { parameters: { Table: 'orders' } });
    expect(parameters.map(({ name, type, ...more }) => `${name} ${type} ${more.default ?? '-'}`).join()).toBe(
      'Level String info,Memory Number 128,Kinds CommaDelimitedList arm64,' +
        'Secret AWS::SSM::Parameter::Value<String> /secret,Table String orders',
    );
    const missing = readModel([source({ Parameters: PARAMETERS })]).parameters.at(-1);
    expect(missing).toEqual({ template: 'app.json', name: 'Table', type: 'String', isPassed: false });
  });
});

describe('resources under a condition', () => {
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] },
      IsElsewhere: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] },
    },
    Resources: {
      Always: resource('AWS::Lambda::Function'),
      Prod: resource('AWS::Lambda::Function', {}, { Condition: 'IsProd' }),
      Elsewhere: resource('AWS::Lambda::Function', {}, { Condition: 'IsElsewhere' }),
    },
  };
  const namesWith = (options: ReadOptions) =>
    readModel([source(template)], [], options).functions.map(({ location }) => location.logicalId);

  test('are all there if nothing is said', () => {
    expect(namesWith({})).toEqual(['Always', 'Prod', 'Elsewhere']);
    expect(namesWith({ parameters: { Stage: 'dev' } })).toEqual(['Always', 'Prod', 'Elsewhere']);
  });

  test('are left out of a deployment if the condition does not hold', () => {
    expect(namesWith({ asDeployed: true })).toEqual(['Always', 'Elsewhere']);
    expect(namesWith({ asDeployed: true, parameters: { Stage: 'prod' } })).toEqual(['Always', 'Prod', 'Elsewhere']);
  });
});

test('properties of whichever resource can be read', () => {
  const resources = { Queue: resource('AWS::SQS::Queue', { QueueName: { 'Fn::Sub': '${AWS::StackName}-q' } }) };
  const model = readModel([source({ Resources: resources }, { stackName: 'orders' })]);
  const queue = { template: 'app.json', logicalId: 'Queue' };
  expect(model.textOf(queue, 'QueueName')).toEqual('<AWS::StackName>-q');
  expect(model.textOf(queue, 'Other')).toBeUndefined();
  expect(model.textOf({ template: 'none.json', logicalId: 'Queue' }, 'QueueName')).toBeUndefined();
  expect(model.templates).toMatchObject([{ stackName: 'orders' }]);
});
