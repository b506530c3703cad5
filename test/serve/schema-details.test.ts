import Ajv from 'ajv-draft-04';
import * as fc from 'fast-check';
import { type Json, type JsonObject } from '../../lib/serve/json';
import { detailsOf } from '../../runtime/serve/schema-details';
import { compileSchema } from '../../runtime/serve/schemas';

/** The wording is that of validation.properties in https://github.com/java-json-tools/json-schema-validator. */
const MESSAGES: ReadonlyArray<readonly [schema: JsonObject, value: Json, message: string]> = [
  [
    { items: [{}], additionalItems: false },
    [1, 2],
    'schema only allows 1 elements in array but instance has 2 elements',
  ],
  [
    { properties: { a: {} }, patternProperties: { '^x': {} }, additionalProperties: false },
    { z: 1, b: 2, a: 3, x1: 4 },
    'object instance has properties which are not allowed by the schema: ["b","z"]',
  ],
  [
    { allOf: [{ type: 'string' }, { type: 'integer' }, { minimum: 1 }] },
    2,
    'instance failed to match all required schemas (matched only 2 out of 3)',
  ],
  [
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
    1,
    'instance failed to match at least one required schema among 2',
  ],
  [
    { dependencies: { a: ['b', 'c'], d: ['e'] } },
    { a: 1, b: 2 },
    'property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["c"])',
  ],
  [{ enum: ['cat', 1, null] }, 'dog', 'instance value ("dog") not found in enum (possible values: ["cat",1,null])'],
  [{ maxItems: 1 }, [1, 2], 'array is too long: must have at most 1 elements but instance has 2 elements'],
  [{ maxLength: 2 }, 'a😀b', 'string "a😀b" is too long (length: 3, maximum allowed: 2)'],
  [{ maxProperties: 1 }, { a: 1, b: 2 }, 'object has too many properties (found 2 but schema requires at most 1)'],
  [{ maximum: 1.5 }, 2, 'numeric instance is greater than the required maximum (maximum: 1.5, found: 2)'],
  [{ maximum: 2, exclusiveMaximum: true }, 2, 'numeric instance is not strictly lower than the required maximum 2'],
  [{ minItems: 2 }, [], 'array is too short: must have at least 2 elements but instance has 0 elements'],
  [{ minLength: 2 }, 'a"', ''],
  [{ minLength: 3 }, 'a"', 'string "a"" is too short (length: 2, required minimum: 3)'],
  [{ minProperties: 1 }, {}, 'object has too few properties (found 0 but schema requires at least 1)'],
  [{ minimum: 25 }, 11, 'numeric instance is lower than the required minimum (minimum: 25, found: 11)'],
  [{ minimum: 2, exclusiveMinimum: true }, 2, 'numeric instance is not strictly greater than the required minimum 2'],
  [{ multipleOf: 0.1 }, 0.3, ''],
  [{ multipleOf: 3 }, 10, 'remainder of division is not zero (10 / 3)'],
  [{ not: { type: 'null' } }, null, 'instance matched a schema which it should not have'],
  [
    { oneOf: [{ type: 'integer' }, { minimum: 1 }] },
    2,
    'instance failed to match exactly one schema (matched 2 out of 2)',
  ],
  [{ pattern: '^\\d+$' }, 'x', 'ECMA 262 regex "^\\d+$" does not match input string "x"'],
  [{ pattern: '^[\\w-.]+$' }, 'a-.b', ''],
  [{ required: ['b', 'a', 'c'] }, { c: 1 }, 'object has missing required properties (["a","b"])'],
  [
    { type: 'number' },
    'x',
    'instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])',
  ],
  [
    { type: ['string', 'null'] },
    1.5,
    'instance type (number) does not match any allowed primitive type (allowed: ["null","string"])',
  ],
  [
    { uniqueItems: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    'array must not contain duplicate elements',
  ],
];

test.each(MESSAGES)('%j of %j', (schema, value, message) => {
  expect(compileSchema(schema)(value)).toEqual(message === '' ? [] : [message]);
});

test('several messages come in the order of their keywords', () => {
  const schema = { type: 'object', required: ['x'], maxProperties: 1, enum: [1] };
  expect(detailsOf(schema, { b: 1, c: 2 }).map((each) => each.split(' ').slice(0, 4).join(' '))).toEqual([
    ...['instance value ({"b":1,"c":2}) not', 'object has too many', 'object has missing required'],
  ]);
});

test('what is in a value is looked at if nothing is wrong with the value itself, fields by their names', () => {
  const schema: JsonObject = {
    ...{ type: 'object', required: ['id'], properties: { id: { type: 'integer' }, age: { minimum: 1 } } },
    additionalProperties: { type: 'array', items: { type: 'string' } },
  };
  expect(detailsOf(schema, { age: 0 })).toEqual(['object has missing required properties (["id"])']);
  expect(detailsOf(schema, { id: 'x', age: 0 })).toEqual([
    'numeric instance is lower than the required minimum (minimum: 1, found: 0)',
    'instance type (string) does not match any allowed primitive type (allowed: ["integer"])',
  ]);
  expect(detailsOf(schema, { id: 1, tags: ['a', 2] })).toEqual([
    'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
  ]);
});

test('references, and those that go round in a circle', () => {
  const node = { required: ['v'], properties: { next: { $ref: '#/definitions/a~1b' } } };
  const schema: JsonObject = { $ref: '#/definitions/a~1b', definitions: { 'a/b': node } };
  expect(detailsOf(schema, { v: 1, next: { v: 2, next: {} } })).toEqual([
    'object has missing required properties (["v"])',
  ]);
  const circle: JsonObject = { definitions: { a: { allOf: [{ $ref: '#/definitions/a' }] } }, $ref: '#/definitions/a' };
  expect(detailsOf(circle, 1)).toEqual([]);
  const wide: JsonObject = { allOf: [{ $ref: '#' }, { $ref: '#' }, { type: 'string' }] };
  expect(detailsOf(wide, 1)).toEqual(['instance failed to match all required schemas (matched only 2 out of 3)']);
  expect(detailsOf({ $ref: '#/definitions/none' }, 1)).toEqual([]);
  expect(detailsOf({ $ref: '#', definitions: {} }, 1)).toEqual([]);
});

test('something is wrong exactly if another validator says so', () => {
  const leaf = fc.constantFrom<JsonObject>(
    ...[{}, { type: 'string' }, { type: 'integer' }, { type: ['null', 'object'] }, { minimum: 1 }, { maxLength: 1 }],
    ...[{ enum: ['a', 1, null] }, { required: ['a'] }, { minItems: 1 }, { uniqueItems: true }, { pattern: 'a' }],
    ...[
      { multipleOf: 2 },
      { maximum: 1, exclusiveMaximum: true },
      { maxProperties: 1 },
      { dependencies: { a: ['b'] } },
    ],
  );
  const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ properties: fc.record({ a: tie('schema'), b: tie('schema') }), additionalProperties: fc.boolean() }),
      fc.record({ patternProperties: fc.record({ '^a': tie('schema') }), additionalProperties: tie('schema') }),
      fc.record({ items: tie('schema') }),
      fc.record({ items: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }), additionalItems: fc.boolean() }),
      fc
        .tuple(fc.constantFrom('allOf', 'anyOf', 'oneOf'), fc.array(tie('schema'), { minLength: 1, maxLength: 3 }))
        .map(([keyword, all]) => ({ [keyword]: all })),
      fc.record({ not: tie('schema') }),
      fc.record({ dependencies: fc.record({ a: tie('schema') }) }),
    ) as fc.Arbitrary<JsonObject>,
  }));
  const value = fc.jsonValue({ maxDepth: 2 }).chain((any) => {
    const parts = fc.constantFrom<unknown>(any, 'a', 'ab', 0, 1, 2, 1.5, null, true);
    return fc.oneof(parts, fc.dictionary(fc.constantFrom('a', 'b', 'ab'), parts), fc.array(parts, { maxLength: 3 }));
  }) as fc.Arbitrary<Json>;
  const ajv = new Ajv({ strict: false, logger: false });
  fc.assert(
    fc.property(schema, value, (one, given) => {
      expect(detailsOf(one, given).length > 0).toBe(!ajv.validate(one, given));
    }),
    { numRuns: 500 },
  );
});
