import Ajv from 'ajv-draft-04';
import * as fc from 'fast-check';
import { misfitOf } from '../../lib/diff/schema-fit';

type Schema = Record<string, unknown>;

const ajv = new Ajv({ strict: false, validateFormats: false });
const isValid = (schema: Schema, value: unknown): boolean => ajv.validate(schema, value);

const NAMES = ['a', 'b', 'c'];
const small = fc.integer({ min: 0, max: 3 });
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 3, 1.5, '', 'x', 'xy', 'xyz'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

/** Schemas of draft 4 that small values can tell from each other. */
const schemas = fc.letrec<{ schema: Schema }>((tie) => {
  const inner = tie('schema');
  const keyword = {
    type: fc.oneof(
      fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object'),
      fc.uniqueArray(fc.constantFrom('null', 'integer', 'number', 'string', 'object'), { minLength: 1, maxLength: 3 }),
    ),
    enum: fc.uniqueArray(fc.constantFrom<unknown>(null, true, 0, 1, 'x', 'xy'), { minLength: 1, maxLength: 4 }),
    minimum: small,
    maximum: small,
    multipleOf: fc.constantFrom(0.5, 1, 2, 3),
    minLength: small,
    maxLength: small,
    minItems: small,
    maxItems: small,
    uniqueItems: fc.boolean(),
    minProperties: small,
    maxProperties: small,
    required: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 }),
    properties: fc.dictionary(fc.constantFrom(...NAMES), inner, { maxKeys: 3 }),
    additionalProperties: fc.oneof(fc.boolean(), inner),
    patternProperties: fc.dictionary(fc.constantFrom('^a', 'b|c'), inner, { maxKeys: 1 }),
    items: fc.oneof(inner, fc.array(inner, { minLength: 1, maxLength: 2 })),
    not: inner,
    allOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
    anyOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
    oneOf: fc.array(inner, { minLength: 1, maxLength: 2 }),
  };
  const names = Object.keys(keyword) as (keyof typeof keyword)[];
  return {
    schema: fc.oneof(
      { maxDepth: 2 },
      fc.constant({}),
      fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }).chain((chosen) =>
        fc
          .record(Object.fromEntries(chosen.map((name) => [name, keyword[name] as fc.Arbitrary<unknown>])))
          .map((schema): Schema => {
            const isBounded = schema.minimum !== undefined;
            return isBounded ? { ...schema, exclusiveMinimum: true } : schema;
          }),
      ),
    ),
  };
}).schema;

test('what fits lets everything through that was valid', () => {
  let fits = 0;
  fc.assert(
    fc.property(schemas, schemas, fc.array(values, { minLength: 12, maxLength: 12 }), (before, after, samples) => {
      if (misfitOf(before, after)) return;
      fits++;
      for (const value of samples) expect(isValid(before, value) && !isValid(after, value)).toBe(false);
    }),
    { numRuns: 1500 },
  );
  expect(fits).toBeGreaterThan(100);
});

test('a schema fits itself, whatever the order of its keys', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const reversed = Object.fromEntries(Object.entries(schema).reverse());
      expect(misfitOf(schema, reversed)).toBeUndefined();
    }),
  );
});

const ITEM = { type: 'object', properties: { sku: { type: 'string' }, count: { type: 'integer' } } };

const PAIR = { type: 'object', properties: { sku: { type: ['string', 'boolean'] } } };

/** What is refused now, and a body that shows it. */
test.each<[string, Schema, Schema, unknown]>([
  ['sku of the body is required', ITEM, { ...ITEM, required: ['sku'] }, {}],
  ['sku cannot be boolean', PAIR, { type: 'object', properties: { sku: { type: 'string' } } }, { sku: true }],
  ['the body cannot be null or boolean or number or string or array', {}, { type: 'object' }, []],
  ['at least 3', { type: 'string' }, { type: 'string', minLength: 3 }, 'x'],
  ['at most 3 items', { type: 'array', maxItems: 4 }, { type: 'array', maxItems: 3 }, [1, 2, 3, 4]],
  ['at least 2', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 2 }, 1],
  ['more than 1', { type: 'integer', minimum: 1 }, { type: 'integer', minimum: 1, exclusiveMinimum: true }, 1],
  ['multiple of 5', { type: 'integer' }, { type: 'integer', multipleOf: 5 }, 3],
  ['must be different', { type: 'array' }, { type: 'array', uniqueItems: true }, [1, 1]],
  ['one of ["a"]', { type: 'string' }, { type: 'string', enum: ['a'] }, 'b'],
  ['other properties of the body', { type: 'object' }, { type: 'object', additionalProperties: false }, { x: 1 }],
  [
    'count is not allowed',
    ITEM,
    { type: 'object', properties: { sku: { type: 'string' } }, additionalProperties: false },
    { count: 1 },
  ],
  ['the body[] cannot be', { type: 'array' }, { type: 'array', items: { type: 'string' } }, [1]],
])('is sure that %s', (why, before, after, body) => {
  expect(isValid(before, body) && !isValid(after, body)).toBe(true);
  const found = misfitOf(before, after);
  expect(found).toMatchObject({ isSure: true });
  expect(found?.why.replaceAll('"sku"', 'sku')).toContain(why);
  expect(misfitOf(after, before)).toBeUndefined();
});

/** Whether these fit cannot be told, or not by this: they are possibly breaking. */
test.each<[Schema, Schema]>([
  [
    { type: 'string', pattern: '^a' },
    { type: 'string', pattern: '^[a]' },
  ],
  [{ oneOf: [{ type: 'string' }] }, { type: 'string' }],
  [{ not: { type: 'array' } }, { type: ['object', 'string', 'number', 'boolean', 'null'] }],
  [{ $ref: '#/definitions/a' }, { $ref: '#/definitions/b' }],
  [{ type: 'object' }, { type: 'object', dependencies: { a: ['b'] } }],
])('is not sure of %j and %j', (before, after) => {
  expect(misfitOf(before, after)).toMatchObject({ isSure: false });
});

test('an integer is a number, and a schema that is never valid refuses nothing more', () => {
  expect(misfitOf({ type: 'integer' }, { type: 'number' })).toBeUndefined();
  expect(misfitOf({ type: 'number' }, { type: 'integer' })).toMatchObject({ isSure: true });
  expect(misfitOf({ enum: ['a', 'b'] }, { enum: ['b', 'a', 'c'] })).toBeUndefined();
  expect(misfitOf({ enum: ['a', 'b'] }, { type: 'string' })).toBeUndefined();
});
