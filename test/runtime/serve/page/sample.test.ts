import * as fc from 'fast-check';
import { sampleOf } from '../../../../runtime/serve/page/sample';
import { compileSchema } from '../../../../runtime/serve/schemas';
import { type JsonObject } from '../../../../lib/serve/json';

const name = fc.constantFrom('id', 'item', 'count', 'a/b', '__proto__', 'constructor', '~');

/** Schemas as people write them for models; each can be met. */
const schema: fc.Arbitrary<JsonObject> = fc.letrec<{ node: JsonObject }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<JsonObject>(
      ...[
        { type: 'boolean' },
        { type: 'null' },
        {},
        { type: ['null', 'string'] },
        { enum: ['a', 'b'] },
        { enum: [{ a: 1 }] },
      ],
      ...['date-time', 'date', 'email', 'uri', 'ipv4', 'uuid', 'unheard'].map((format) => ({ type: 'string', format })),
    ),
    fc
      .tuple(fc.nat(30), fc.nat(30))
      .map(([least, more]) => ({ type: 'string', minLength: least, maxLength: least + more })),
    fc
      .tuple(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 2, max: 50 }),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('integer', 'number'),
      )
      .map(([minimum, range, exclusiveMinimum, exclusiveMaximum, type]) => ({
        type,
        minimum,
        maximum: minimum + range,
        exclusiveMinimum,
        exclusiveMaximum,
      })),
    fc.integer({ min: -20, max: 20 }).map((maximum) => ({ type: 'integer', maximum })),
    fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -20, max: 20 }))
      .map(([multipleOf, minimum]) => ({ type: 'integer', multipleOf, minimum })),
    fc
      .tuple(tie('node'), fc.nat(3), fc.nat(3))
      .map(([items, minItems, more]) => ({ type: 'array', items, minItems, maxItems: minItems + more })),
    fc
      .tuple(fc.dictionary(name, tie('node'), { maxKeys: 3 }), fc.uniqueArray(name, { minLength: 1, maxLength: 2 }))
      .map(([properties, required]) => ({ type: 'object', properties: { ...properties }, required })),
    fc.tuple(tie('node')).map(([each]) => ({ anyOf: [each, { type: 'string' }] })),
  ),
})).node;

test('a sample fits the schema of the model', () => {
  fc.assert(
    fc.property(schema, (given) => {
      expect(compileSchema(given)(sampleOf(given) as never)).toEqual([]);
    }),
    { numRuns: 300, seed: 3 },
  );
});

test('references are followed, and those that go round end', () => {
  const tree = {
    ...{ $ref: '#/definitions/a~1b' },
    definitions: {
      'a/b': { type: 'object', required: ['name'], properties: { name: { type: 'string' }, next: { $ref: '#' } } },
    },
  };
  expect(sampleOf(tree)).toMatchObject({ name: 'text', next: { name: 'text' } });
  const endless = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } };
  expect(JSON.stringify(sampleOf(endless)).length).toBeLessThan(1000);
  expect(sampleOf({ $ref: '#' })).toEqual({});
  expect(sampleOf({ allOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { default: 'x' } } }] })).toEqual({
    a: 1,
    b: 'x',
  });
});

test.each([undefined, null, 'text', [], true])('%p is no schema, and gives an empty object', (given) => {
  expect(sampleOf(given)).toEqual({});
});
