import * as fc from 'fast-check';
import { readModel } from '../../lib/template/reader/read';
import { placesIn, swapped } from '../support/places';
import { everything } from './everything';
import { check, deep, oddities, sourceOf } from './robustness-support';
import { goodBody, goodHttpBody, goodHttpResources, goodResources, goodWebSocket } from './support';

const FORMS: [string, unknown][] = [
  ['resources', goodResources().template],
  ['Body', goodBody().template],
  ['HTTP resources', goodHttpResources().template],
  ['HTTP Body', goodHttpBody().template],
  ['WebSocket', goodWebSocket().template],
  ['all kinds, with all that stands around them', everything().template],
];
const isAccepted = (template: unknown): boolean => check([sourceOf(template)]) >= 0;

test('every type of resource that the reader knows is in the templates', () => {
  const model = readModel(FORMS.map(([name, template]) => sourceOf(template, { file: name })));
  const empty = Object.entries(model).flatMap(([part, found]) => ((found as unknown[]).length === 0 ? [part] : []));
  // Layers, which no rule is about, resources whose API is not in the templates, what SAM rejects, and what is wrong with templates as a whole.
  const faults = ['circles', 'duplicateKeys', 'repeatedEvents', 'samFaults', 'untransformed'];
  expect(empty.sort()).toEqual(['apisInPart', 'detachedStages', 'detachedV2Stages', 'layers', ...faults].sort());
});

describe('what stands in the wrong place is no reason to stop', () => {
  test.each(FORMS)('%s', (_, template) => {
    let turn = 0;
    // Every second place: all of them with all values take a quarter of an hour.
    for (const place of placesIn(template).filter((_place, index) => index % 2 === 0)) {
      const odd = oddities(place[1] ?? 'Api');
      // The next place gets the next value, so that every value comes to many places.
      const value = odd[turn++ % odd.length];
      try {
        const previous = turn % 5 === 1 ? [sourceOf(template)] : [];
        check([sourceOf(swapped(template, place, value))], { exports: turn % 5 === 0, previous });
      } catch (error) {
        throw new Error(`${place.join('.')} := ${JSON.stringify(value)}`, { cause: error });
      }
    }
    expect(turn).toBeGreaterThan(70);
  });

  test('any JSON is a template, a resource, its properties, and a definition', () => {
    const types = [
      ...new Set(FORMS.flatMap(([, template]) => Object.values((template as { Resources: object }).Resources))),
    ].flatMap(({ Type }: { Type?: string }) => Type ?? []);
    const type = fc.constantFrom(...new Set(types));
    fc.assert(
      fc.property(type, fc.jsonValue(), fc.jsonValue(), (Type, json, more) => {
        isAccepted(json);
        isAccepted({ Resources: json, Outputs: more, Parameters: more, Mappings: more, Conditions: more });
        isAccepted({ Resources: { A: { Type, Properties: json, Metadata: more, DependsOn: more, Condition: more } } });
        for (const api of ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api']) {
          isAccepted({ Resources: { A: { Type: api, Properties: { Body: json } } } });
          isAccepted({ Resources: { A: { Type: api, Properties: { Body: { openapi: '3.0.1', paths: json } } } } });
          const operation = { 'x-amazon-apigateway-integration': json, security: more, responses: json };
          const body = { openapi: '3.0.1', paths: { '/a': { get: operation } }, components: more };
          isAccepted({ Resources: { A: { Type: api, Properties: { Body: body } } } });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('nor is depth', () => {
    const list = deep(20_000, (inner) => [inner]);
    const object = deep(20_000, (inner) => ({ a: inner }));
    const joins = deep(20_000, (inner) => ({ 'Fn::Join': ['', [inner]] }));
    for (const Value of [list, object, joins]) {
      const api = (Properties: object) => ({ Type: 'AWS::ApiGateway::RestApi', Properties });
      const operation = { parameters: Value, 'x-amazon-apigateway-integration': { type: 'aws', x: Value } };
      const sources = [
        sourceOf({
          Resources: {
            Api: api({ Body: { openapi: '3.0.1', paths: { '/a': { get: operation } }, x: Value }, Policy: Value }),
            Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: { openapi: '3.0.1', x: Value } } },
            Model: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: { Ref: 'Api' }, Schema: Value } },
            Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: Value, Policies: [Value] } },
            Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: Value } },
          },
          Outputs: { O: { Value, Export: { Name: Value } } },
        }),
      ];
      expect(() => check(sources, { exports: false, previous: sources })).not.toThrow();
    }
  });
});

describe('references in a circle end', () => {
  const stack = (Parameters: object) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { Parameters } });
  const output = (id: string) => ({ 'Fn::GetAtt': [id, 'Outputs.O'] });
  const stageNamed = (StageName: unknown) => ({ Type: 'AWS::ApiGateway::Stage', Properties: { StageName } });

  test('of resources, conditions, mappings, outputs and parents', () => {
    const circle = {
      Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { Condition: 'A' }, C: { 'Fn::If': ['C', 1, 2] } },
      Mappings: { M: { a: { b: { 'Fn::FindInMap': ['M', 'a', 'b'] } } } },
      Outputs: {
        O: { Value: { 'Fn::ImportValue': 'E' }, Export: { Name: 'E' } },
        P: { Export: { Name: { Ref: 'P' } } },
      },
      Resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', DependsOn: 'Stage', Properties: { Name: { Ref: 'Api' } } },
        Path: {
          Type: 'AWS::ApiGateway::Resource',
          Properties: { RestApiId: { Ref: 'Api' }, ParentId: { Ref: 'Other' }, PathPart: { Ref: 'Other' } },
        },
        Other: {
          Type: 'AWS::ApiGateway::Resource',
          Properties: { RestApiId: { Ref: 'Api' }, ParentId: { Ref: 'Path' } },
        },
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Path' }, HttpMethod: { Ref: 'Method' } },
        },
        Stage: {
          Type: 'AWS::ApiGateway::Stage',
          DependsOn: ['Api', 'Stage'],
          Properties: { RestApiId: { Ref: 'Api' }, StageName: { 'Fn::FindInMap': ['M', 'a', 'b'] } },
        },
        Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Alias' } } },
        Import: stageNamed({ 'Fn::ImportValue': 'E' }),
      },
    };
    expect(isAccepted(circle)).toBe(true);
  });

  test('of pointers inside of a definition', () => {
    const body = {
      openapi: '3.0.1',
      paths: {
        '/a': { $ref: '#/paths/~1b' },
        '/b': { $ref: '#/paths/~1a' },
        '/c': { get: { $ref: '#/paths/~1c/get' } },
      },
      components: {
        parameters: { P: { $ref: '#/components/parameters/P' } },
        schemas: { S: { $ref: '#/components/schemas/S' } },
        'x-amazon-apigateway-integrations': { i: { $ref: '#/components/x-amazon-apigateway-integrations/i' } },
      },
    };
    const operation = {
      parameters: [{ $ref: '#/components/parameters/P' }],
      requestBody: { $ref: '#/paths/~1d/get/requestBody' },
      'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/i' },
    };
    const Body = { ...body, paths: { ...body.paths, '/d': { get: operation } } };
    for (const Type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'])
      expect(isAccepted({ Resources: { Api: { Type, Properties: { Body } } } })).toBe(true);
  });

  test('of nested stacks that pass each other what they get, and of stacks that import each other', () => {
    const child = { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: { Ref: 'P' } } }, Resources: {} };
    const nested = (file: string, logicalId: string) =>
      sourceOf(child, { file, parent: { file: 'top.json', logicalId } });
    const top = {
      Resources: { A: stack({ P: output('B') }), B: stack({ P: output('A') }), S: stageNamed(output('A')) },
    };
    check([sourceOf(top, { file: 'top.json' }), nested('a.json', 'A'), nested('b.json', 'B')]);
    check([nested('a.json', 'A'), sourceOf(child, { file: 'top.json', parent: { file: 'a.json', logicalId: 'A' } })]);
    const importing = (one: string, other: string) => ({
      Resources: { S: stageNamed({ 'Fn::ImportValue': other }) },
      Outputs: { O: { Value: { 'Fn::ImportValue': other }, Export: { Name: one } } },
    });
    const both = [sourceOf(importing('a', 'b'), { file: 'a' }), sourceOf(importing('b', 'a'), { file: 'b' })];
    expect(check(both)).toBeGreaterThanOrEqual(0);
  });
});
