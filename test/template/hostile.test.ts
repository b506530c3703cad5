import * as fc from 'fast-check';
import { describeRoutes, describeStages } from '../../lib/template/describe/rest';
import { describeV2Routes, describeV2Stages } from '../../lib/template/describe/v2';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { placesIn, swapped } from '../support/places';
import { openApi3 } from './bodies';
import { httpOpenApi } from './http-openapi';
import { resources } from './orders-resources';
import { ref, resource } from './source-of';
import { v2Resources } from './v2-resources';

type Loose = Record<string, unknown>;

/** A template in which every resource type and most body keys occur, so that what is swapped in is also read. */
const template: Loose = {
  Resources: { ...resources, Spec: resource('AWS::ApiGateway::RestApi', { Body: openApi3 }) },
  Parameters: { Env: { Type: 'String' } },
  Outputs: { Url: { Value: ref('Api'), Export: { Name: 'Url' } } },
  Mappings: { M: { a: { b: 'c' } } },
};

const v2Template: Loose = {
  Resources: { ...v2Resources, HttpSpec: resource('AWS::ApiGatewayV2::Api', { Body: httpOpenApi }) },
  Parameters: { Env: { Type: 'String' } },
};

function readAll(sources: unknown): void {
  const model = readModel(sources as TemplateSource[]);
  for (const api of [...model.restApis]) {
    describeRoutes(api);
    describeStages(api);
    api.stages.forEach((stage) => stage.reaches({ template: 'app.json', logicalId: 'Fn' }));
  }
  for (const api of [...model.httpApis, ...model.webSocketApis]) {
    describeV2Routes(api);
    describeV2Stages(api);
    [...api.stages, ...api.deployments].forEach((one) => one.reaches({ template: 'app.json', logicalId: 'Fn' }));
  }
  model.detachedStages.forEach((stage) => stage.reaches({ template: 'app.json', logicalId: 'Fn' }));
}

const read = (odd: unknown): void => readAll([{ file: 'app.json', template: odd, bytes: 0 }]);

const places = placesIn(template);
const v2Places = placesIn(v2Template);

const intrinsics = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.constantFrom('Api', 'Fn', 'a.b', '', '__proto__'),
    tie('call'),
  ),
  call: fc
    .tuple(
      fc.constantFrom(
        'Ref',
        ...['GetAtt', 'Join', 'Sub', 'Select', 'Split', 'If', 'FindInMap', 'ImportValue', 'GetStackOutput'].map(
          (name) => `Fn::${name}`,
        ),
      ),
      fc.oneof(tie('value'), fc.array(tie('value'), { maxLength: 4 })),
    )
    .map(([name, argument]) => ({ [name]: argument })),
}));

describe('a template of the wrong shape', () => {
  const oddities: unknown[] = [
    null,
    true,
    0,
    -1,
    1e400,
    '',
    'x',
    [],
    [null],
    [[]],
    {},
    { Ref: 1 },
    { Ref: 'AWS::NoValue' },
  ];
  const more: unknown[] = [
    { 'Fn::GetAtt': [] },
    { 'Fn::Join': null },
    { 'Fn::Sub': [] },
    { __proto__: null, toString: 1 },
  ];

  test('is read without an error, whatever stands in whatever place', () => {
    expect(places.length).toBeGreaterThan(500);
    expect(v2Places.length).toBeGreaterThan(400);
    const all = [...oddities, ...more];
    for (const [whole, at] of [
      [template, places],
      [v2Template, v2Places],
    ] as const) {
      at.forEach((place, index) => {
        expect(() => read(swapped(whole, place, all[index % all.length]))).not.toThrow();
      });
    }
  });

  test('is read without an error for random JSON and random intrinsics in any place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue(), intrinsics.value, intrinsics.call),
        (place, odd) => {
          read(swapped(template, place, odd));
        },
      ),
      { numRuns: 250 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...v2Places),
        fc.oneof(fc.jsonValue(), intrinsics.value, intrinsics.call),
        (place, odd) => {
          read(swapped(v2Template, place, odd));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('keys of the prototype are keys like others', () => {
    const keys = '{"__proto__":{"Type":"AWS::ApiGateway::RestApi"},"constructor":{"Type":"AWS::ApiGateway::RestApi"}}';
    const model = readModel([{ file: 'a', template: { Resources: JSON.parse(keys) as never }, bytes: 0 }]);
    expect(model.restApis.map(({ location }) => location.logicalId)).toEqual(['__proto__', 'constructor']);
    const variables = JSON.parse('{"__proto__":{"polluted":true},"a":"b"}') as Loose;
    const Stage = resource('AWS::ApiGateway::Stage', { Variables: variables, StageName: ref('constructor') });
    const [stage] = readModel([{ file: 'a', template: { Resources: { Stage } } as never, bytes: 0 }]).detachedStages;
    expect(Object.keys(stage.variables)).toEqual(['__proto__', 'a']);
    expect('polluted' in (stage.variables as Loose)).toBe(false);
  });

  test('is read without an error however deep it is', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 50_000; i++) {
      deep = i % 2 === 0 ? { 'Fn::Join': ['', [deep]] } : { a: deep };
    }
    let joins: unknown = 'x';
    for (let i = 0; i < 50_000; i++) {
      joins = { 'Fn::If': ['C', joins, 'x'] };
    }
    for (const odd of [deep, joins]) {
      const Stage = resource('AWS::ApiGateway::Stage', { StageName: odd, Variables: odd });
      const Api = resource('AWS::ApiGateway::RestApi', { Body: odd, Name: odd });
      const Http = resource('AWS::ApiGatewayV2::Api', { Body: odd, Name: odd, CorsConfiguration: odd, Target: odd });
      const Route = resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Http'), RouteKey: odd, Target: odd });
      expect(() => read({ Resources: { Stage, Api, Http, Route } })).not.toThrow();
    }
  });

  test('a long chain of resources is read', () => {
    const Resources: Loose = { Api: resource('AWS::ApiGateway::RestApi') };
    for (let i = 0; i < 20_000; i++) {
      Resources[`R${i}`] = resource('AWS::ApiGateway::Resource', {
        RestApiId: ref('Api'),
        PathPart: 'x',
        ParentId: ref(`R${i + 1}`),
      });
    }
    Resources.Get = resource('AWS::ApiGateway::Method', { RestApiId: ref('Api'), ResourceId: ref('R0') });
    expect(() => read({ Resources })).not.toThrow();
  });
});

describe('functions that double what is in them at each of 60 levels', () => {
  const LEVELS = 60;
  const nested = (wrap: (inner: unknown) => unknown): unknown =>
    [...Array(LEVELS).keys()].reduce<unknown>((inner) => wrap(inner), 'x');
  const before = (level: number): Loose => ({ 'Fn::FindInMap': ['M', `k${level - 1}`, 'v'] });
  const twice = (a: unknown, b: unknown): Loose => ({ 'Fn::Sub': ['${A}${B}', { A: a, B: b }] });

  test.each<[string, unknown]>([
    ['a variable', nested((inner) => ({ 'Fn::Sub': ['${A}${A}', { A: inner }] }))],
    [
      'a variable in a branch',
      nested((inner) => ({ 'Fn::If': ['C', { 'Fn::Sub': ['${A}${A}', { A: inner }] }, 'y'] })),
    ],
    [
      'an element of a list',
      nested((inner) => ({ 'Fn::Select': [0, { 'Fn::Split': [',', { 'Fn::Sub': ['${A},${A}', { A: inner }] }] }] })),
    ],
    ['a value of a mapping', before(LEVELS)],
  ])('%s is evaluated once', (_, Name) => {
    const values = [...Array(LEVELS).keys()].map((level) => [
      `k${level}`,
      { v: level > 0 ? twice(before(level), before(level)) : 'x' },
    ]);
    const Mappings = { M: Object.fromEntries(values) as Loose };
    const Conditions = { C: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] } };
    read({
      Transform: 'AWS::LanguageExtensions',
      Mappings,
      Conditions,
      Resources: { Api: resource('AWS::ApiGateway::RestApi', { Name }) },
    });
  });

  test('a text that is short enough is known in full', () => {
    const Name = [1, 2, 3].reduce<unknown>((inner) => ({ 'Fn::Sub': ['${A}${A}', { A: inner }] }), 'x');
    const Resources = { Api: resource('AWS::ApiGateway::RestApi', { Name }) };
    expect(readModel([{ file: 'app.json', template: { Resources }, bytes: 0 }]).restApis[0].name).toBe('xxxxxxxx');
  });
});

describe('sources of the wrong shape', () => {
  const nested = (file: string, parent: string) => ({
    file,
    template: {
      Parameters: { P: { Type: 'String' } },
      Resources: { S: resource('AWS::ApiGateway::Stage', { StageName: ref('P') }) },
    },
    bytes: 0,
    parent: { file: parent, logicalId: 'S' },
  });

  test('parents in a circle, or not there, are read', () => {
    expect(() => readAll([nested('a', 'b'), nested('b', 'a')])).not.toThrow();
    expect(() => readAll([nested('a', 'a'), nested('c', 'none')])).not.toThrow();
    expect(readModel([]).restApis).toEqual([]);
  });
});
