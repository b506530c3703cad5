import { Conformer } from '../../../lib/template/openapi/conform';
import { Written } from '../../../lib/template/openapi/json';
import { Losses } from '../../../lib/template/openapi/losses';
import { References } from '../../../lib/template/openapi/references';
import { type Json } from '../../support/stacks';
import { exportOf } from './support';

const conformed = (kind: string, value: Json) => {
  const losses = new Losses();
  return { value: new Conformer(new References({}, losses), losses).value(kind, value, []), lost: losses.all };
};

test('a number has its spelling where OpenAPI has a text, and its value elsewhere', () => {
  const two = new Written(2, '2.0');
  expect(conformed('info', { title: 'a', version: two, 'x-price': two })).toEqual({
    value: { title: 'a', version: '2.0', 'x-price': 2 },
    lost: [],
  });
  const integration = { payloadFormatVersion: two, timeoutInMillis: two, requestParameters: { a: two } };
  expect(conformed('operation', { 'x-amazon-apigateway-integration': integration }).value).toMatchObject({
    'x-amazon-apigateway-integration': {
      payloadFormatVersion: '2.0',
      timeoutInMillis: 2,
      requestParameters: { a: '2.0' },
    },
  });
  expect(conformed('schema', { title: two, minimum: two, enum: [two], example: two }).value).toEqual({
    title: '2.0',
    minimum: 2,
    enum: [2],
    example: 2,
  });
});

test.each<[string, Json, Json, string]>([
  ['a text', { title: {} }, {}, 'must be a text, but is an object or a list'],
  ['a number', { minimum: 'low' }, {}, 'must be a number, but is "low"'],
  ['a flag', { nullable: 1 }, {}, 'must be true or false, but is 1'],
  ['a list', { allOf: 'x' }, {}, 'must be a list, but is "x"'],
  ['an object', { properties: ['x'] }, {}, 'must be an object, but is a list'],
  ['a type', { type: 'strin' }, {}, 'is "strin"; allowed: array, boolean, integer, number, object, string'],
  ['a length', { maxLength: -1 }, {}, 'must be a whole number from 0, but is -1'],
])('what is not %s is reported with what it is', (_, schema, expected, reason) => {
  const { value, lost } = conformed('schema', schema);
  expect(value).toEqual(expected);
  expect(lost).toEqual([{ place: `#/${Object.keys(schema)[0]}`, reason }]);
});

test('texts that stand for a number or a switch are taken as such', () => {
  expect(conformed('schema', { minimum: '1.5', nullable: 'true' })).toEqual({
    value: { minimum: 1.5, nullable: true },
    lost: [],
  });
});

test.each<[string, Json, Json]>([
  ['path', { style: 'form' }, { style: 'is "form"; in path it is matrix or label or simple' }],
  ['body', {}, { '': 'is in "body"; OpenAPI 3.0 has path, query, header and cookie' }],
  [
    'query',
    { schema: {}, content: { 'text/plain': {} } },
    { content: 'is next to "schema"; only one of the two is allowed' },
  ],
  [
    'query',
    { content: { 'text/plain': {}, 'text/html': {} } },
    { 'content/text~1html': 'is a second media type; only one is allowed' },
  ],
])('a parameter in %s: %j', (where, more, expected) => {
  const { lost } = conformed('parameter', { name: 'a', in: where, ...more });
  expect(Object.fromEntries(lost.map(({ place, reason }) => [place.replace(/^#\/?/, ''), reason]))).toEqual(expected);
});

test('a reference to something of another kind is left out, and reported', () => {
  const parameters = [{ $ref: '#/components/schemas/Order' }];
  const { full } = exportOf({
    openapi: '3.0.1',
    info: { title: 'a', version: '1' },
    paths: { '/a': { get: { parameters, responses: {} } } },
    components: { schemas: { Order: { type: 'object' } } },
  });
  expect(JSON.stringify(full.document)).not.toContain('#/components/schemas/Order');
  expect(full.losses).toEqual([
    {
      place: '#/paths/~1a/get/parameters/0/$ref',
      reason: 'is "#/components/schemas/Order", which is not in components.parameters',
    },
  ]);
});
