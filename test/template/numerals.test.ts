import * as fc from 'fast-check';
import { Node } from '../../lib/template/reader/node';
import { parseJson } from '../../lib/template/reader/numerals';
import { App } from '../../lib/template/reader/scope';
import { readModel } from '../../lib/template/reader/read';
import { type CfnTemplate } from '../../lib/template/reader/source';
import { parseCloudFormationYaml } from '../../runtime/cli/cfn-yaml';

const source = (template: unknown) => ({ file: 'app', template: template as CfnTemplate, bytes: 0 });
const properties = (template: unknown): Node => {
  const [scope] = new App([source(template)]).scopes.values();
  return Node.properties(scope, 'A');
};

/** Spellings that JSON has, and those that YAML has besides. */
const json = fc.oneof(
  fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 0, max: 99 })).map(([a, b]) => `${a}.${b}0`),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 20 })).map(([a, b]) => `${a}e${b}`),
  fc.bigInt({ min: 10n ** 17n, max: 10n ** 30n }).map(String),
  fc.integer().map(String),
);
const yaml = fc.oneof(
  json,
  fc.integer({ min: 0, max: 0xffff }).map((value) => `0x${value.toString(16).toUpperCase()}`),
  fc.integer({ min: 1, max: 0o7777777777 }).map((value) => `0${value.toString(8).padStart(11, '0')}`),
  fc.integer({ min: 1000, max: 999999 }).map((value) => `${Math.floor(value / 1000)}_${value % 1000}`),
  fc.constantFrom('+7', '1.', '.50', '1.10', '012345678901', '2012-10-17', '2001-12-14T21:59:43.10-05:00', '1:30'),
);

/** Every way to a value, each of which leads to the text. */
const TEMPLATE = (text: string): string => `{
  "Parameters": {"P": {"Type": "String", "Default": ${text}}},
  "Mappings": {"M": {"a": {"b": ${text}}}},
  "Conditions": {"Same": {"Fn::Equals": [${text}, "${text}"]}},
  "Resources": {"A": {"Type": "T", "Properties": {
    "Plain": ${text},
    "List": [{"x": ${text}}, ${text}],
    "Join": {"Fn::Join": ["", ["v", ${text}]]},
    "Sub": {"Fn::Sub": ["v\${X}", {"X": ${text}}]},
    "Select": {"Fn::Select": [1, ["a", ${text}]]},
    "Map": {"Fn::FindInMap": ["M", "a", "b"]},
    "If": {"Fn::If": ["Same", ${text}, "other"]},
    "Either": {"Fn::If": ["Unknown", ${text}, ${text}]}
  }}}
}`;

function textsIn(template: unknown): unknown[] {
  const node = properties(template);
  const [first, second] = node.get('List').knownItems();
  const plain = [node.get('Plain'), first.get('x'), second];
  const others = ['Select', 'Map', 'If', 'Either'].map((name) => node.get(name));
  const joined = ['Join', 'Sub'].map((name) => String(node.get(name).string()).replace(/^v/, ''));
  return [...[...plain, ...others].map((one) => one.string()), ...joined];
}

describe('where a text is expected, a number is what was written', () => {
  test('in JSON, and elsewhere it is the number', () => {
    fc.assert(
      fc.property(json, (text) => {
        const template = parseJson(TEMPLATE(text));
        expect(new Set(textsIn(template))).toEqual(new Set([text]));
        expect(template).toEqual(JSON.parse(TEMPLATE(text)));
        expect(properties(template).get('Plain').number()).toBe(Number(text));
        expect(properties(template).get('Plain').written).toBe(Number(text));
      }),
    );
  });

  test('in YAML', () => {
    fc.assert(
      fc.property(yaml, (text) => {
        expect(new Set(textsIn(parseCloudFormationYaml(TEMPLATE(text))))).toEqual(new Set([text]));
      }),
    );
  });

  test('numbers of YAML 1.1 are the numbers that they are', () => {
    const numberOf = (text: string): unknown =>
      properties(parseCloudFormationYaml(TEMPLATE(text)))
        .get('Plain')
        .number();
    expect(['0x1F', '010', '1_000', '1.50', '+7', '2e3'].map(numberOf)).toEqual([31, 8, 1000, 1.5, 7, 2000]);
  });

  test('keys too: no account loses its zero', () => {
    const keys = ['1.0', '001234567012', '0x2', '012345678901'];
    const read = parseCloudFormationYaml(keys.map((key) => `${key}: a\n`).join(''));
    expect(Object.keys(read as object)).toEqual(keys);
  });

  test('what is in a text is left alone', () => {
    const text = '{"a": ": 1.0", "b": "[2.0, \\"3.0\\"]", "c": {"1.0": -1.50}}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });
});

describe('by way of SAM', () => {
  const versions = `
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Globals: {Api: {CacheClusterSize: 1.60}}
Resources:
  Http: {Type: AWS::Serverless::HttpApi, Properties: {StageName: 1.0, Auth: {Authorizers: {L: {AuthorizerPayloadFormatVersion: 2.0, FunctionArn: a}}}}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: 0x1, OpenApiVersion: 3.0, Variables: {v: 1.10}}}
  Body: {Type: AWS::Serverless::Api, Properties: {StageName: a, DefinitionBody: {openapi: 3.0, info: {version: 1.0}, paths: {}, components: {schemas: {M: {minimum: 1.0}}}}}}
  F:
    Type: AWS::Serverless::Function
    Properties: {Events: {E: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /, Method: GET, PayloadFormatVersion: 1.0}}}}
`;
  const model = readModel([source(parseCloudFormationYaml(versions))]);

  test('stages, versions and variables are what was written', () => {
    const [http] = model.httpApis;
    const [rest, body] = model.restApis;
    expect(http.stages[0].stageName).toBe('1.0');
    expect(http.authorizers[0].payloadFormatVersion).toBe('2.0');
    expect(http.integrations[0].payloadFormatVersion).toBe('1.0');
    expect(rest.stages[0]).toMatchObject({ stageName: '0x1', cacheClusterSize: '1.60', variables: { v: '1.10' } });
    expect([rest.openApiVersion, body.openApiVersion]).toEqual(['3.0', '3.0']);
  });

  test('a schema keeps its numbers', () => {
    expect(model.restApis[1].models[0].schema).toEqual({ minimum: 1 });
  });
});
