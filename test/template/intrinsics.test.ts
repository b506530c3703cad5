import { readModel } from '../../lib/template/reader/read';
import { isLiteral, type Text } from '../../lib/template/model/text';
import { UNKNOWN } from '../../lib/template/model/value';
import { att, invocation, modelOf, ref, resource, source } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

type Loose = Record<string, unknown>;

const PLACEHOLDERS = {
  Fn: resource('AWS::Lambda::Function', { FunctionName: 'orders' }),
  Group: resource('AWS::Logs::LogGroup'),
};

/** What a value comes to as a Value and as a Text, read through two properties of a stage. */
function evaluate(value: unknown, sections: Loose = {}, more = {}): { value: unknown; text: Text | undefined } {
  const stage = resource('AWS::ApiGateway::Stage', { StageName: value, ClientCertificateId: value });
  const { detachedStages } = modelOf({ ...PLACEHOLDERS, Stage: stage }, sections, more);
  return { value: detachedStages[0].stageName, text: detachedStages[0].clientCertificateId };
}

const PARAMETERS = { Parameters: { Env: { Type: 'String', Default: 'dev' } } };
const MAPPINGS = { Mappings: { Sizes: { 'eu-west-1': { size: 'big' }, dev: { size: 'small' } } } };

describe('intrinsics', () => {
  test.each<[string, unknown, unknown]>([
    ['a literal', 'prod', 'prod'],
    ['a number', 12, '12'],
    ['Join of literals', { 'Fn::Join': ['-', ['a', 'b', 1]] }, 'a-b-1'],
    ['Join without AWS::NoValue', { 'Fn::Join': ['-', ['a', ref('AWS::NoValue'), 'b']] }, 'a-b'],
    ['Sub without variables', { 'Fn::Sub': 'plain' }, 'plain'],
    ['Sub with variables', { 'Fn::Sub': ['${a}-${b}', { a: 'x', b: { 'Fn::Join': ['', ['y', 'z']] } }] }, 'x-yz'],
    ['Sub with an escape', { 'Fn::Sub': 'a:${!stageVariables.alias}' }, 'a:${stageVariables.alias}'],
    ['stage variables in a plain string', '${stageVariables.alias}', '${stageVariables.alias}'],
    ['Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    ['Select with a numeric string', { 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    ['Select of Split', { 'Fn::Select': [2, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'c'],
    [
      'Select before an undecidable Split',
      { 'Fn::Select': [0, { 'Fn::Split': ['/', { 'Fn::Sub': 'a/${Group}/b' }] }] },
      'a',
    ],
    ['Join of Split', { 'Fn::Join': ['+', { 'Fn::Split': ['/', 'a/b'] }] }, 'a+b'],
    ['If with equal branches', { 'Fn::If': ['C', 'x', { 'Fn::Join': ['', ['x']] }] }, 'x'],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', 'dev', 'size'] }, 'small'],
    ['FindInMap by region', { 'Fn::FindInMap': ['Sizes', ref('AWS::Region'), 'size'] }, 'big'],
    ['FindInMap with a default', { 'Fn::FindInMap': ['Sizes', 'no', 'size', { DefaultValue: 'mid' }] }, 'mid'],
  ])('%s is known', (_, value, expected) => {
    expect(evaluate(value, { ...PARAMETERS, ...MAPPINGS }, { region: 'eu-west-1' })).toEqual({
      value: expected,
      text: expected,
    });
  });

  test.each<[string, unknown, string]>([
    ['Ref', ref('Fn'), '<Fn>'],
    ['Ref of a pseudo parameter', ref('AWS::Region'), '<AWS::Region>'],
    ['Ref of a parameter without a default', ref('NoDefault'), '<NoDefault>'],
    ['GetAtt', att('Fn', 'Arn'), '<Fn.Arn>'],
    ['GetAtt with a dot', { 'Fn::GetAtt': 'Fn.Arn' }, '<Fn.Arn>'],
    ['Join', { 'Fn::Join': ['/', ['a', ref('Fn'), 'b']] }, 'a/<Fn>/b'],
    ['Sub', { 'Fn::Sub': 'x-${AWS::Region}-${Fn}-${Fn.Arn}' }, 'x-<AWS::Region>-<Fn>-<Fn.Arn>'],
    ['If', { 'Fn::If': ['C', 'x', 'y'] }, '<unknown>'],
    ['If with an absent branch', { 'Fn::If': ['C', 'x', ref('AWS::NoValue')] }, '<unknown>'],
    ['a transform', { 'Fn::Transform': { Name: 'x' } }, '<unknown>'],
    ['Select out of range', { 'Fn::Select': [5, ['a']] }, '<unknown>'],
    ['Select of a Split of a reference', { 'Fn::Select': [1, { 'Fn::Split': ['-', ref('Env')] }] }, '<unknown>'],
    [
      'Select behind an undecidable Split',
      { 'Fn::Select': [1, { 'Fn::Split': ['-', { 'Fn::Join': ['', ['a-', ref('Fn'), '-b']] }] }] },
      '<unknown>',
    ],
    [
      'Select behind a name that may hold slashes',
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::Sub': 'a/${Group}/b' }] }] },
      '<unknown>',
    ],
    ['an import from elsewhere', { 'Fn::ImportValue': 'Nowhere' }, '<unknown>'],
    ['an unmapped key', { 'Fn::FindInMap': ['Sizes', ref('Env'), 'size'] }, '<unknown>'],
    ['a list', ['a'], '<unknown>'],
    ['a dynamic reference', '{{resolve:secretsmanager:x}}', '<unknown>'],
    ['a dynamic reference inside', 'a-{{resolve:ssm:/x}}-b', 'a-<unknown>-b'],
  ])('%s is unknown as a value', (_, value, text) => {
    expect(evaluate(value, { ...PARAMETERS, ...MAPPINGS })).toEqual({ value: UNKNOWN, text });
    expect(isLiteral(evaluate(value, { ...PARAMETERS, ...MAPPINGS }).text)).toBe(false);
  });

  test.each<[string, object, unknown]>([
    ['a text', { Type: 'String', Default: 'dev' }, 'dev'],
    ['a number', { Type: 'Number', Default: 29 }, '29'],
    ['an identifier', { Type: 'AWS::EC2::VPC::Id', Default: 'vpc-1' }, 'vpc-1'],
    ['nothing', { Type: 'String' }, UNKNOWN],
    ['an empty text, which is a gap to fill', { Type: 'String', Default: '' }, UNKNOWN],
    ['a list', { Type: 'CommaDelimitedList', Default: 'a,b' }, UNKNOWN],
    ['the name of another value', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }, UNKNOWN],
  ])('a parameter comes to its default, and its text stays a reference: %s', (_, declared, value) => {
    const read = evaluate(ref('P'), { Parameters: { P: declared } });
    expect(read.value).toBe(value);
    expect(String(read.text)).toBe('<P>');
  });

  test('an alias and a version are taken apart as the ARNs that they are', () => {
    const piece = (index: number, id: string) => ({ 'Fn::Select': [index, { 'Fn::Split': [':', ref(id)] }] });
    const { functions } = modelOf({
      ...PLACEHOLDERS,
      Version: resource('AWS::Lambda::Version', { FunctionName: att('Fn', 'Arn') }),
      Live: resource('AWS::Lambda::Alias', { FunctionName: ref('Fn'), Name: 'live' }),
      Named: resource('AWS::Lambda::Alias', { FunctionName: ref('Fn'), Name: ref('Name') }),
      Away: resource('AWS::Lambda::Alias', { FunctionName: 'elsewhere', Name: 'live' }),
      Probe: resource('AWS::Lambda::Function', {
        Environment: {
          Variables: {
            // As CDK writes the name of an alias.
            NAME: { 'Fn::Join': ['', [piece(6, 'Live'), ':live']] },
            ALIAS: piece(7, 'Live'),
            SERVICE: piece(2, 'Version'),
            FUNCTION: piece(6, 'Version'),
            VERSION: piece(7, 'Version'),
            NAMED: piece(6, 'Named'),
            AWAY: piece(6, 'Away'),
          },
        },
      }),
    });
    expect(functions[1].environment).toEqual({
      NAME: '<Fn>:live',
      ALIAS: 'live',
      SERVICE: 'lambda',
      FUNCTION: '<Fn>',
      VERSION: '<Version.Version>',
      NAMED: '<unknown>',
      AWAY: '<unknown>',
    });
  });

  test('the function name is cut out of its ARN', () => {
    const name = { 'Fn::Select': [6, { 'Fn::Split': [':', att('Fn', 'Arn')] }] };
    expect(evaluate(name).text).toEqual('<Fn>');
  });

  test('circles end', () => {
    const child = (template: string, parameter: unknown) =>
      source(
        { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: ref('P') } }, Resources: {} },
        { file: template, parent: { file: 'app.json', logicalId: String(parameter) } },
      );
    const nested = (id: string) => resource('AWS::CloudFormation::Stack', { Parameters: { P: att(id, 'Outputs.O') } });
    const top = source({
      Resources: {
        A: nested('B'),
        B: nested('A'),
        Stage: resource('AWS::ApiGateway::Stage', { StageName: att('A', 'Outputs.O') }),
      },
    });
    expect(readModel([top, child('a.json', 'A'), child('b.json', 'B')]).detachedStages[0].stageName).toBe(UNKNOWN);
    expect(
      evaluate(
        { 'Fn::ImportValue': 'E' },
        { Outputs: { E: { Value: { 'Fn::ImportValue': 'E' }, Export: { Name: 'E' } } } },
      ).value,
    ).toBe(UNKNOWN);
  });

  test('a circle that doubles ends too', () => {
    const again = { 'Fn::ImportValue': 'E' };
    const Outputs = { E: { Value: { 'Fn::Join': ['', [again, again]] }, Export: { Name: 'E' } } };
    expect(evaluate(again, { Outputs }).text).toEqual('<unknown><unknown>');
  });

  test('a string that doubles with every step is given up', () => {
    const Outputs: Loose = { O0: { Value: ref('AWS::Region'), Export: { Name: 'E0' } } };
    for (let i = 1; i < 40; i++) {
      const before = { 'Fn::ImportValue': `E${i - 1}` };
      Outputs[`O${i}`] = { Value: { 'Fn::Join': ['', [before, 'x', before]] }, Export: { Name: `E${i}` } };
    }
    expect(evaluate({ 'Fn::ImportValue': 'E39' }, { Outputs }).value).toBe(UNKNOWN);
    expect(evaluate({ 'Fn::ImportValue': 'E1' }, { Outputs }).text).toEqual('<AWS::Region>x<AWS::Region>');
  });
});

describe('functions', () => {
  const resources = {
    ...PLACEHOLDERS,
    Live: resource('AWS::Lambda::Alias', { FunctionName: ref('Fn'), FunctionVersion: '1', Name: 'live' }),
    Named: resource('AWS::Lambda::Alias', { FunctionName: ref('Fn'), FunctionVersion: '1', Name: ref('Env') }),
    V1: resource('AWS::Lambda::Version', { FunctionName: ref('Fn') }),
  };
  const fn = { template: 'app.json', logicalId: 'Fn' };
  const targetOf = (target: unknown, suffix?: string) => {
    const Auth = resource('AWS::ApiGateway::Authorizer', {
      RestApiId: ref('Api'),
      AuthorizerUri: invocation(target, suffix),
    });
    const Api = resource('AWS::ApiGateway::RestApi', { Name: 'x' });
    const model = modelOf({ ...resources, Auth, Api }, PARAMETERS, { region: 'eu-west-1', account: '123456789012' });
    return model.restApis[0].authorizers[0].lambda;
  };

  test.each<[string, unknown, string | undefined, unknown]>([
    ['its ARN', att('Fn', 'Arn'), undefined, { text: '<Fn.Arn>', function: fn }],
    ['its ARN, streamed', att('Fn', 'Arn'), '/response-streaming-invocations', { text: '<Fn.Arn>', function: fn }],
    [
      'its ARN and an alias',
      att('Fn', 'Arn'),
      ':live/invocations',
      { text: '<Fn.Arn>', function: fn, qualifier: 'live' },
    ],
    [
      'its ARN and a stage variable',
      att('Fn', 'Arn'),
      ':${stageVariables.alias}/invocations',
      { text: '<Fn.Arn>', function: fn, qualifier: '${stageVariables.alias}' },
    ],
    ['an alias', ref('Live'), undefined, { text: '<Fn>', function: fn, qualifier: 'live' }],
    [
      'an alias whose name is a reference',
      ref('Named'),
      undefined,
      { text: '<Fn>', function: fn, qualifier: '<Named>' },
    ],
    ['a version', ref('V1'), undefined, { text: '<Fn>', function: fn, qualifier: '<V1>' }],
    [
      'a literal ARN',
      'arn:aws:lambda:eu-west-1:123456789012:function:orders:3',
      undefined,
      { text: 'arn:aws:lambda:eu-west-1:123456789012:function:orders', function: fn, qualifier: '3' },
    ],
    [
      'a literal ARN of another account',
      'arn:aws:lambda:eu-west-1:999999999999:function:orders',
      undefined,
      { text: 'arn:aws:lambda:eu-west-1:999999999999:function:orders' },
    ],
    [
      'an ARN around its name',
      { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}' },
      undefined,
      { text: 'arn:aws:lambda:<AWS::Region>:<AWS::AccountId>:function:<Fn>', function: fn },
    ],
    [
      'a function named by a stage variable',
      'arn:aws:lambda:eu-west-1:123456789012:function:${stageVariables.fn}',
      undefined,
      { text: 'arn:aws:lambda:eu-west-1:123456789012:function:${stageVariables.fn}' },
    ],
  ])('are found by %s', (_, target, suffix, expected) => {
    expect(targetOf(target, suffix)).toEqual(expected);
  });

  test('aliases in a circle end', () => {
    const Loop = resource('AWS::Lambda::Alias', { FunctionName: ref('Loop'), Name: 'x' });
    const Permission = resource('AWS::Lambda::Permission', { FunctionName: ref('Loop') });
    expect(modelOf({ Loop, Permission }).permissions[0].target?.function).toBeUndefined();
  });

  test('no function is found in a URI of another service', () => {
    const Auth = resource('AWS::ApiGateway::Authorizer', {
      RestApiId: ref('Api'),
      AuthorizerUri: 'https://x/functions/y/invocations',
    });
    expect(
      modelOf({ Auth, Api: resource('AWS::ApiGateway::RestApi') }).restApis[0].authorizers[0].lambda,
    ).toBeUndefined();
  });

  test('a function is the same through an export, a nested stack and a stack output', () => {
    const permission = (FunctionName: unknown) => resource('AWS::Lambda::Permission', { FunctionName });
    const home = source(
      {
        Resources: { Fn: resource('AWS::Lambda::Function') },
        Outputs: {
          Exported: { Value: att('Fn', 'Arn'), Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Fn' } } },
        },
      },
      { file: 'home.json', stackName: 'Home', region: 'eu-west-1' },
    );
    const away = source(
      { Resources: {}, Outputs: { X: { Value: 'wrong', Export: { Name: 'Home:Fn' } } } },
      { file: 'away.json', stackName: 'Home', region: 'us-east-1' },
    );
    const user = source(
      {
        Resources: {
          Direct: permission({ 'Fn::ImportValue': 'Home:Fn' }),
          Output: permission({ 'Fn::GetStackOutput': { StackName: 'Home', OutputName: 'Exported' } }),
          Child: resource('AWS::CloudFormation::Stack', { Parameters: { Fn: { 'Fn::ImportValue': 'Home:Fn' } } }),
          Back: permission(att('Child', 'Outputs.Fn')),
        },
      },
      { file: 'user.json', region: 'eu-west-1' },
    );
    const child = source(
      {
        Parameters: { Fn: { Type: 'String' }, Size: { Type: 'Number', Default: 3 } },
        Resources: { Passed: permission(ref('Fn')), Default: permission(ref('Size')) },
        Outputs: { Fn: { Value: ref('Fn') } },
      },
      { file: 'child.json', parent: { file: 'user.json', logicalId: 'Child' } },
    );
    const { permissions } = readModel([away, home, user, child]);
    const byId = Object.fromEntries(permissions.map((one) => [one.location.logicalId, one.target]));
    const expected = { text: '<home.json#Fn.Arn>', function: { template: 'home.json', logicalId: 'Fn' } };
    expect(byId).toEqual({
      Direct: expected,
      Output: expected,
      Back: expected,
      Passed: expected,
      Default: { text: '3' },
    });
  });
});
