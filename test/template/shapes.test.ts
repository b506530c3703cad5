import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCE_PROPERTIES } from '../../lib/facts/resource-properties';
import { SAM_EVENTS, SAM_PROPERTIES } from '../../lib/facts/sam-properties';
import { type OddProperty } from '../../lib/template/model/shapes';
import { readModel } from '../../lib/template/reader/read';
import { type Field, type Fields, fieldsOf, type Shape } from '../../lib/template/shapes/grammar';
import { source } from '../checks/support';

const ROOT = join(__dirname, '..', '..');

/** The grammar, written anew out of what was read. */
const written = (fields: Fields): string => [...fields].map(([name, field]) => fieldText(name, field)).join(' ');

function fieldText(name: string, { shape, isRequired, isLoose }: Field): string {
  const type = shapeText(shape);
  return `${name}${isRequired ? '!' : ''}${type === 's' ? '' : `:${isLoose ? '~' : ''}${type}`}`;
}

function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      if (shape.values) return `<${shape.values.join('|')}>`;
      return shape.max === undefined ? 's' : `s${shape.min}-${shape.max}`;
    case 'list':
      return `[${shapeText(shape.of)}]`;
    case 'map':
      return `{${shapeText(shape.of)}}`;
    case 'object':
      return `${shape.orText === true ? '?' : ''}(${written(shape.fields)})`;
    default:
      return { boolean: 'b', number: 'n', any: 'j' }[shape.kind];
  }
}

const odd = (template: object): readonly OddProperty[] =>
  readModel([source(template)]).gatewayResources.flatMap((resource) => resource.odd);

/** `Path fault`, in the order of the template. */
const faults = (template: object): string[] =>
  odd(template).map(({ location, fault, name }) => `${location.logicalId} ${location.path.join('.')} ${name} ${fault}`);

const one = (Type: string, Properties: object, more: object = {}) => ({
  Resources: { A: { Type, Properties } },
  ...more,
});

describe('the grammar of properties', () => {
  const all = [
    ...Object.entries(RESOURCE_PROPERTIES),
    ...Object.entries(SAM_PROPERTIES),
    ...Object.entries(SAM_EVENTS).flatMap(([type, events]) =>
      Object.entries(events).map(([event, text]) => [`${type} ${event}`, text] as const),
    ),
  ];

  test.each(all)('of %s is read whole', (_, text) => {
    expect(written(fieldsOf(text))).toBe(text);
  });

  test('is what the specification of aws-cdk says', () => {
    const file = join(ROOT, 'lib/facts/resource-properties.ts');
    const code = `import { resourceProperties } from ${JSON.stringify(join(ROOT, 'scripts/resource-properties.mjs'))}; process.stdout.write(resourceProperties());`;
    const made = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(made === readFileSync(file, 'utf8') ? '' : 'run: node scripts/resource-properties.mjs').toBe('');
  });
});

describe('what does not fit', () => {
  test('is found at its place, however deep', () => {
    expect(
      faults(
        one('AWS::ApiGateway::Method', {
          RestApiId: 'a',
          ResourceId: 'b',
          Integration: { Type: 'MOCK', IntegrationResponses: [{ StatusCode: '200', Templates: {} }] },
        }),
      ),
    ).toEqual([
      'A Properties.Integration.IntegrationResponses.0.Templates Templates unknown',
      'A Properties HttpMethod missing',
    ]);
  });

  test('of a map or a list of the wrong kind is found once', () => {
    expect(faults(one('AWS::ApiGatewayV2::Api', { Name: 'a', Tags: [{ Key: 'a', Value: 'b' }] }))).toEqual([
      'A Properties.Tags Tags type',
    ]);
  });

  test.each([
    ['a reference', { Ref: 'Other' }],
    ['an import', { 'Fn::ImportValue': 'cors' }],
    ['an unknown condition', { 'Fn::If': ['C', 'a', 'b'] }],
    ['a secret', '{{resolve:ssm:cors}}'],
    ['nothing', { Ref: 'AWS::NoValue' }],
  ])('is not judged where it is %s', (_, CorsConfiguration) => {
    expect(faults(one('AWS::ApiGatewayV2::Api', { Name: 'a', CorsConfiguration }))).toEqual([]);
  });

  test('is decided as far as a condition is', () => {
    const Conditions = { Yes: { 'Fn::Equals': ['a', 'a'] } };
    const value = (yes: unknown, no: unknown) => ({ 'Fn::If': ['Yes', yes, no] });
    const api = (CorsConfiguration: unknown) =>
      one('AWS::ApiGatewayV2::Api', { Name: 'a', CorsConfiguration }, { Conditions });
    expect(faults(api(value({}, '*')))).toEqual([]);
    expect(faults(api(value('*', {})))).toEqual(['A Properties.CorsConfiguration CorsConfiguration type']);
  });

  test('is not judged where a macro or a loop may change it', () => {
    const properties = { Name: 'a', Owner: 'b' };
    expect(faults(one('AWS::ApiGateway::RestApi', properties))).toEqual(['A Properties.Owner Owner unknown']);
    expect(faults(one('AWS::ApiGateway::RestApi', properties, { Transform: 'Owners' }))).toEqual([]);
    expect(
      faults(one('AWS::ApiGateway::RestApi', properties, { Transform: ['AWS::LanguageExtensions'] })),
    ).toHaveLength(1);
    expect(faults(one('AWS::ApiGateway::RestApi', { ...properties, 'Fn::ForEach::X': [] }))).toEqual([]);
  });

  test('is not known to be refused where the specification has JSON', () => {
    const RouteSettings = { 'GET /a': { ThrottlingRate: 1 } };
    expect(odd(one('AWS::ApiGatewayV2::Stage', { ApiId: 'a', StageName: 'b', RouteSettings }))).toMatchObject([
      { name: 'ThrottlingRate', isRefused: false },
    ]);
  });
});

describe('SAM', () => {
  const Transform = 'AWS::Serverless-2016-10-31';

  test('is read as it is written', () => {
    const template = {
      Transform,
      Resources: {
        Api: { Type: 'AWS::Serverless::Api', Properties: { Auth: { DefaultAuthoriser: 'a' }, Cors: "'*'" } },
        Http: { Type: 'AWS::Serverless::HttpApi', Properties: { AutoDeploy: true, CorsConfiguration: true } },
        Fn: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            Handler: 'a.b',
            Events: {
              Get: { Type: 'Api', Properties: { Path: '/a', Methods: 'get' } },
              Timer: { Type: 'Schedule', Properties: { Anything: 1 } },
            },
          },
        },
      },
    };
    expect(faults(template).sort()).toEqual([
      'Api Properties StageName missing',
      'Api Properties.Auth.DefaultAuthoriser DefaultAuthoriser unknown',
      'Fn Properties.Events.Get.Properties Method missing',
      'Fn Properties.Events.Get.Properties.Methods Methods unknown',
      'Http Properties.AutoDeploy AutoDeploy unknown',
    ]);
  });

  test('makes resources that nobody wrote, which are not judged', () => {
    const template = {
      Transform,
      Resources: { Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod' } } },
    };
    expect(readModel([source(template)]).gatewayResources.map(({ type }) => type)).toEqual(['AWS::Serverless::Api']);
  });
});
