import * as fc from 'fast-check';
import { runRules } from '../../../lib/checks/run';
import { placesIn, swapped } from '../../support/places';
import { samCases } from './cases';
import { modelOfTemplate } from './comparable';

type Loose = Record<string, unknown>;

/** Reads it, and asks where everything was written. */
function read(template: unknown): void {
  const model = modelOfTemplate(template);
  const parts = [...model.restApis, ...model.httpApis, ...model.webSocketApis, ...model.permissions];
  parts.forEach(({ location }) => model.written(location));
  model.restApis.flatMap(({ methods }) => methods).forEach(({ location }) => model.written(location));
}

const ODD: unknown[] = [
  null,
  true,
  0,
  '',
  'x',
  [],
  [null],
  {},
  { Ref: 1 },
  { Ref: 'AWS::NoValue' },
  { 'Fn::If': [] },
  { 'Fn::If': null },
  { 'Fn::Sub': [] },
  { 'Fn::GetAtt': [1, {}] },
  JSON.parse('{"__proto__":{"Properties":{"Path":"/x"}},"constructor":1}') as unknown,
];

const all = samCases.flatMap(({ template }) => placesIn(template).map((place) => ({ template, place })));

test('whatever stands in whatever place, a template of SAM is read without an error', () => {
  expect(all.length).toBeGreaterThan(1000);
  // Of the many places that are alike each fourth.
  for (let index = 0; index < all.length; index += 4) {
    const { template, place } = all[index];
    expect(() => read(swapped(template, place, ODD[(index / 4) % ODD.length]))).not.toThrow();
  }
});

test('with random JSON too, and the rules take what comes of it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.oneof(fc.jsonValue(), fc.constantFrom(...ODD)),
      ({ template, place }, odd) => {
        const changed = swapped(template, place, odd);
        read(changed);
        runRules(modelOfTemplate(changed));
      },
    ),
    { numRuns: 80 },
  );
});

test('however deep it is', () => {
  let deep: unknown = 'x';
  for (let i = 0; i < 50_000; i++) deep = i % 2 === 0 ? { a: deep } : [deep];
  const { template } = samCases[0];
  const places = placesIn(template).filter(({ length }) => length > 2 && length < 6);
  for (const place of places) expect(() => read(swapped(template, place, deep))).not.toThrow();
});

test('a key of the prototype is a key like others', () => {
  const paths = JSON.parse('{"__proto__":{"get":{"x-amazon-apigateway-integration":{"type":"mock"}}}}') as Loose;
  const DefinitionBody = { swagger: '2.0', paths };
  const Api = { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', DefinitionBody, Cors: "'*'" } };
  const [{ methods }] = modelOfTemplate({ Transform: 'AWS::Serverless-2016-10-31', Resources: { Api } }).restApis;
  expect(methods.map(({ path, httpMethod }) => [path, httpMethod])).toEqual([
    ['__proto__', 'GET'],
    ['__proto__', 'OPTIONS'],
  ]);
});

test('a method of the name of the prototype changes no object but its own', () => {
  for (const [Type, id] of [
    ['Api', 'RestApiId'],
    ['HttpApi', 'ApiId'],
  ]) {
    const Events = { A: { Type, Properties: { Path: '/a', Method: '__proto__', [id]: { Ref: 'Api' } } } };
    const Api = { Type: `AWS::Serverless::${Type}`, Properties: { StageName: 'prod' } };
    const Fn = { Type: 'AWS::Serverless::Function', Properties: { Events } };
    read({ Transform: 'AWS::Serverless-2016-10-31', Resources: { Api, Fn } });
    expect(Object.keys(Object.prototype)).toEqual([]);
  }
});

test('texts that cannot be written are none, and loops are written out before', () => {
  const odd = { toString: 1 };
  const auth = { Authorizers: { A: {} }, DefaultAuthorizer: odd };
  const Paths = { '/a': { get: { responses: {} } } };
  for (const Type of ['Api', 'HttpApi']) {
    const DefinitionBody = { openapi: '3.0.1', paths: Paths };
    const Api = { Type: `AWS::Serverless::${Type}`, Properties: { StageName: 'prod', Auth: auth, DefinitionBody } };
    const Stack = { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['Api', odd] } } };
    expect(() => read({ Transform: 'AWS::Serverless-2016-10-31', Resources: { Api, Stack } })).not.toThrow();
  }
  const loop = ['Name', ['A', 'B'], { 'Api${Name}': { Type: 'AWS::Serverless::HttpApi', Properties: {} } }];
  const Transform = ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'];
  const { httpApis } = modelOfTemplate({ Transform, Resources: { 'Fn::ForEach::Apis': loop } });
  expect(httpApis.map(({ location }) => location.logicalId)).toEqual(['ApiA', 'ApiB']);
});
