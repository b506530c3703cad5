import {
  App,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  type CfnResource,
  Fn,
  NestedStack,
  Stack,
} from 'aws-cdk-lib';
import { CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { UNKNOWN } from '../../lib/template/model/value';
import { runRules } from '../../lib/checks/run';
import { modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

type Loose = Record<string, unknown>;

const SECTIONS = {
  Transform: ['AWS::LanguageExtensions'],
  Parameters: { Env: { Type: 'String', Default: 'dev' }, Zones: { Type: 'CommaDelimitedList' } },
  Mappings: { Sizes: { 'eu-west-1': { size: 'big', list: ['a', 'b'] }, '123456789012': { size: 'own' } } },
  Conditions: {
    Here: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] },
    Elsewhere: { 'Fn::Not': [{ Condition: 'Here' }] },
    OnParameter: { 'Fn::Equals': [ref('Env'), 'prod'] },
    Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'OnParameter' }] },
    Neither: { 'Fn::And': [{ Condition: 'Elsewhere' }, { Condition: 'OnParameter' }] },
    Either: { 'Fn::Or': [{ Condition: 'OnParameter' }, { Condition: 'Here' }] },
    Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
    Odd: { 'Fn::Equals': 5 },
  },
};
const PLACE = { region: 'eu-west-1', account: '123456789012' };
const iff = (condition: string) => ({ 'Fn::If': [condition, 'yes', 'no'] });

/** What a value comes to, and its text. */
function evaluate(value: unknown, more: Partial<TemplateSource> = PLACE): unknown[] {
  const Stage = resource('AWS::ApiGateway::Stage', { StageName: value, ClientCertificateId: value });
  const [stage] = modelOf({ Group: resource('AWS::Logs::LogGroup'), Stage }, SECTIONS, more).detachedStages;
  return [stage.stageName, stage.clientCertificateId];
}

describe('is known', () => {
  test.each<[string, unknown, string]>([
    ['FindInMap by account', { 'Fn::FindInMap': ['Sizes', ref('AWS::AccountId'), 'size'] }, 'own'],
    [
      'FindInMap of keys that are joined',
      { 'Fn::FindInMap': ['Sizes', { 'Fn::Join': ['-', ['eu', 'west', 1]] }, 'size'] },
      'big',
    ],
    ['Select of FindInMap', { 'Fn::Select': ['1', { 'Fn::FindInMap': ['Sizes', ref('AWS::Region'), 'list'] }] }, 'b'],
    [
      'Select of Split of Sub',
      { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Sub': ['${a}:x', { a: 'y' }] }] }] },
      'x',
    ],
    ['Length of a list', { 'Fn::Length': ['a', 'b', ref('Group')] }, '3'],
    ['Length of a mapped list', { 'Fn::Length': { 'Fn::FindInMap': ['Sizes', ref('AWS::Region'), 'list'] } }, '2'],
    ['Length of Split', { 'Fn::Length': { 'Fn::Split': ['|', 'a|b|c|d'] } }, '4'],
    [
      'ToJsonString',
      { 'Fn::ToJsonString': { a: '$context.requestId', b: [1, true, 'x"y'], c: ref('AWS::NoValue'), d: { e: {} } } },
      '{"a":"$context.requestId","b":[1,true,"x\\"y"],"d":{"e":{}}}',
    ],
    ['If on a Region', iff('Here'), 'yes'],
    ['If on what does not hold', iff('Elsewhere'), 'no'],
    [
      'If on Not, And and Or as far as they are decided',
      { 'Fn::Join': ['', [iff('Neither'), iff('Either')]] },
      'noyes',
    ],
  ])('%s', (_, value, expected) => {
    expect(evaluate(value)).toEqual([expected, expected]);
  });

  test('a reference inside of ToJsonString, as a text', () => {
    const value = { 'Fn::ToJsonString': { group: ref('Group'), url: { 'Fn::Sub': 'https://${Env}"' } } };
    expect(evaluate(value)).toEqual([UNKNOWN, '{"group":"<Group>","url":"https://<Env>\\""}']);
  });
});

describe('is unknown, and no rule fires on it', () => {
  test.each<[string, unknown]>([
    ['If on a parameter', iff('OnParameter')],
    ['If on a parameter and more', iff('Both')],
    ['If on a condition that is not there', iff('Gone')],
    ['If on a condition in a circle', iff('Circle')],
    ['If on an odd condition', iff('Odd')],
    ['Length of a parameter', { 'Fn::Length': ref('Zones') }],
    ['Length behind an undecidable Split', { 'Fn::Length': { 'Fn::Split': ['-', { 'Fn::Sub': 'a-${Env}' }] } }],
    [
      'ToJsonString of what cannot be told',
      { 'Fn::ToJsonString': { a: { 'Fn::ImportValue': 'x' }, b: { 'Fn::GetAZs': '' } } },
    ],
    ['FindInMap without a Region', { 'Fn::FindInMap': ['Gone', ref('AWS::Region'), 'size'] }],
    ['Base64', { 'Fn::Base64': 'x' }],
    ['Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }],
    ['GetAZs', { 'Fn::GetAZs': '' }],
    ['a loop over a parameter', { 'Fn::ForEach::A': ['I', ref('Zones'), { '${I}': 'x' }], b: 'x' }],
  ])('%s', (_, value) => {
    expect(evaluate(value)).toEqual([UNKNOWN, '<unknown>']);
  });

  test('If and FindInMap on a Region that nobody knows', () => {
    expect(evaluate(iff('Here'), {})[0]).toBe(UNKNOWN);
    expect(evaluate({ 'Fn::FindInMap': ['Sizes', ref('AWS::Region'), 'size'] }, {})[0]).toBe(UNKNOWN);
  });
});

describe('loops', () => {
  const method = (HttpMethod: unknown) => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: ref('Api'), ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod },
  });
  const routesOf = (resources: Loose, sections: Loose = SECTIONS) =>
    modelOf(
      { Api: resource('AWS::ApiGateway::RestApi', { Name: 'x' }), ...resources },
      sections,
    ).restApis[0].methods.map(({ location, httpMethod, operationId }) => [location.logicalId, httpMethod, operationId]);

  test('are written out, in keys, references and texts', () => {
    const one = { ...method(ref('Verb')).Properties, OperationName: { 'Fn::Sub': 'do-${Verb}' } };
    const loop = ['Verb', ['GET', 'PUT'], { '${Verb}Method': { Type: 'AWS::ApiGateway::Method', Properties: one } }];
    expect(routesOf({ 'Fn::ForEach::Verbs': loop })).toEqual([
      ['GETMethod', 'GET', 'do-GET'],
      ['PUTMethod', 'PUT', 'do-PUT'],
    ]);
  });

  test('inside of each other, with letters and digits alone in ids', () => {
    const inner = ['Path', ['a.b'], { 'M&{Path}${Verb}': method(ref('Verb')) }];
    const outer = ['Verb', ['GET', 'PUT'], { 'Fn::ForEach::Paths': inner }];
    expect(routesOf({ 'Fn::ForEach::Verbs': outer }).map(([id]) => id)).toEqual(['MabGET', 'MabPUT']);
  });

  test('in a definition and in outputs', () => {
    const operation = { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } };
    const paths = { '/x': operation, 'Fn::ForEach::Paths': ['Name', ['a', 'b'], { '/${Name}': operation }] };
    const Body = { openapi: '3.0.1', paths };
    const Outputs = { 'Fn::ForEach::O': ['N', ['P'], { '${N}': { Value: '${N}rod', Export: { Name: 'out-${N}' } } }] };
    const Stage = resource('AWS::ApiGateway::Stage', { StageName: { 'Fn::ImportValue': 'out-P' } });
    const model = modelOf({ Api: resource('AWS::ApiGateway::RestApi', { Body }), Stage }, { ...SECTIONS, Outputs });
    expect(model.restApis[0].methods.map(({ path }) => path)).toEqual(['/x', '/a', '/b']);
    expect(model.detachedStages[0].stageName).toBe('Prod');
  });

  test('over what the template does not say, or without the transform, are left out', () => {
    const loop = (list: unknown) => ({ 'Fn::ForEach::V': ['V', list, { 'M${V}': method(ref('V')) }] });
    expect(routesOf(loop(ref('Zones')))).toEqual([]);
    expect(routesOf(loop(['GET']), {})).toEqual([]);
    expect(routesOf({ 'Fn::ForEach::V': 5, 'Fn::ForEach::W': ['W', [1], {}] })).toEqual([]);
    const endless = (depth: number): Loose =>
      depth === 0 ? { 'M${V}': {} } : { [`Fn::ForEach::L${depth}`]: ['V', Array(10).fill('a'), endless(depth - 1)] };
    expect(routesOf(endless(9))).toEqual([]);
    const paths = { 'Fn::ForEach::P': ['P', ref('Zones'), { '/${P}': {} }], '/x': {} };
    const Api = resource('AWS::ApiGateway::RestApi', { Body: { openapi: '3.0.1', paths }, Name: 'x' });
    const model = modelOf({ Api }, SECTIONS);
    expect(model.restApis[0].methods).toEqual([]);
    expect(runRules(model).filter(({ message }) => message.includes('ForEach'))).toEqual([]);
  });
});

describe('across the stacks of one app', () => {
  /** Names of the stages, by stack. */
  const stagesOf = (build: (app: App) => void) => {
    const app = new App();
    build(app);
    const [{ stages }] = readModel(readAssembly(app.synth().directory)).restApis;
    return Object.fromEntries(stages.map((stage) => [stage.location.logicalId, stage.stageName]));
  };
  const env = { region: 'eu-west-1', account: '123456789012' };
  const stage = (scope: Stack, id: string, stageName: string) =>
    new CfnStage(scope, id, { restApiId: 'imported', stageName });

  test('an export is what the other stack says, of its own Region and account', () => {
    const found = stagesOf((app) => {
      const home = new Stack(app, 'Home', { env });
      home.exportValue('prod', { name: 'StageName' });
      stage(new Stack(app, 'User', { env }), 'Same', Fn.importValue('StageName'));
      stage(new Stack(app, 'Far', { env: { ...env, region: 'us-east-1' } }), 'Far', Fn.importValue('StageName'));
    });
    expect(found).toEqual({ Same: 'prod', Far: UNKNOWN });
  });

  test('a nested stack gets parameters and gives outputs', () => {
    const found = stagesOf((app) => {
      const top = new Stack(app, 'Top', { env });
      const sizes = new CfnMapping(top, 'Sizes', { mapping: { 'eu-west-1': { name: 'west' } } });
      const here = new CfnCondition(top, 'Here', {
        expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1'),
      });
      const nested = (id: string, Name: string): string => {
        const inner = new NestedStack(top, id, { parameters: { Name } });
        const { valueAsString: value } = new CfnParameter(inner, 'Name');
        stage(inner, `In${id}`, value);
        new CfnOutput(inner, 'Out', { value: Fn.join('-', [value, 'out']) });
        const { logicalId } = inner.nestedStackResource as CfnResource;
        return Fn.getAtt(logicalId, 'Outputs.Out').toString();
      };
      const out = nested('Mapped', sizes.findInMap(Fn.ref('AWS::Region'), 'name'));
      stage(top, 'Out', out);
      nested('Chosen', Fn.conditionIf(here.logicalId, 'a', 'b').toString());
      nested('Passed', out);
    });
    expect(found).toEqual({ Out: 'west-out', InMapped: 'west', InChosen: 'a', InPassed: 'west-out' });
  });
});
