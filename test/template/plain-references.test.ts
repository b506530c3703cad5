import fc from 'fast-check';
import { readModel } from '../../lib/template/reader/read';
import { rule } from '../../lib/checks/rules/deployment/ALL-DEP25-reference-inside-api';
import { att, ref, source } from './source-of';

type Resources = Record<string, { readonly Type: string; readonly Properties?: unknown }>;

const told = (resources: Resources): string[] =>
  [...rule.check(readModel([source({ Resources: resources })]))]
    .map(({ location, message, severity }) => JSON.stringify([location, message, severity]))
    .sort();

/** The same references, written so that only their value tells what they are. */
const wrapped = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(wrapped);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  const isReference = keys.length === 1 && ['Ref', 'Fn::GetAtt'].includes(keys[0]);
  // Nothing, where a text of nothing would be one.
  if (isReference && Object.values(value)[0] === 'AWS::NoValue') return value;
  if (isReference) return { 'Fn::Join': ['', [value]] };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, wrapped(one)]));
};

const ids = [
  'Api',
  'Other',
  'Http',
  'Part',
  'Item',
  'Auth',
  'Valid',
  'Deploy',
  'Get',
  'Route',
  'Back',
  'Link',
  'Nobody',
];
const target = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('Api', 'Http').map(ref) },
  { weight: 4, arbitrary: fc.constantFrom(...ids).map(ref) },
  { weight: 2, arbitrary: fc.constantFrom('Api', 'Other', 'Http', 'Part').map((id) => att(id, 'RootResourceId')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(att('Api', 'Arn'), ref('AWS::NoValue'), null, 'a1b2c3d4e5', 'Part', 7),
  },
);
const properties = (...names: string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(names.map((name) => [name, target])), { requiredKeys: [] });
const resource = (Type: string, ...names: string[]) =>
  fc.option(properties(...names), { nil: undefined, freq: 20 }).map((Properties) => ({ Type, Properties }));
const template = fc.record({
  Api: fc.constant({ Type: 'AWS::ApiGateway::RestApi', Properties: {} }),
  Other: fc.constant({ Type: 'AWS::ApiGateway::RestApi' }),
  Http: fc.constant({ Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } }),
  Part: resource('AWS::ApiGateway::Resource', 'RestApiId', 'ParentId'),
  Item: resource('AWS::ApiGateway::Resource', 'RestApiId', 'ParentId', 'ApiId'),
  Auth: resource('AWS::ApiGateway::Authorizer', 'RestApiId'),
  Valid: resource('AWS::ApiGateway::RequestValidator', 'RestApiId'),
  Deploy: resource('AWS::ApiGateway::Deployment', 'RestApiId'),
  Get: fc
    .tuple(
      properties('RestApiId', 'ResourceId', 'AuthorizerId', 'RequestValidatorId'),
      fc.option(properties('ConnectionId')),
      fc.option(fc.record({ 'application/json': target })),
    )
    .map(([own, Integration, RequestModels]) => ({
      Type: 'AWS::ApiGateway::Method',
      Properties: { ...own, ...(Integration && { Integration }), ...(RequestModels && { RequestModels }) },
    })),
  Route: resource('AWS::ApiGatewayV2::Route', 'ApiId', 'AuthorizerId', 'RestApiId'),
  Back: resource('AWS::ApiGatewayV2::Integration', 'ApiId', 'ConnectionId'),
  Link: fc.constant({ Type: 'AWS::ApiGateway::VpcLink', Properties: {} }),
});

test('what is wrong with a reference does not depend on how it is written', () => {
  let wrong = 0;
  fc.assert(
    fc.property(template, (resources) => {
      const plain = told(resources as Resources);
      wrong += plain.length;
      expect(plain).toEqual(told(wrapped(resources) as Resources));
    }),
    { numRuns: 500 },
  );
  expect(wrong).toBeGreaterThan(500);
});
