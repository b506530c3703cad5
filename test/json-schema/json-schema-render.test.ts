import Ajv from 'ajv-draft-04';
import fc from 'fast-check';
import { Owner } from '../../lib/authoring/errors';
import { JsonSchema } from '../../lib/json-schema/json-schema';
import { ModelRegistry } from '../../lib/json-schema/registry';

type Json = { [key: string]: unknown };

const ORDER = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'Order',
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'string', pattern: '^[0-9a-f]{8}$' },
    // Names of properties are no keywords.
    default: { type: 'string' },
    $ref: { type: 'string' },
    example: { enum: [{ $ref: '#/definitions/line' }, 'a'] },
    lines: { type: 'array', items: { $ref: '#/definitions/order-line' } },
    parent: { $ref: '#', description: 'the order that this one replaces' },
    payment: { oneOf: [{ $ref: '#/definitions/Card' }, { type: 'object', additionalProperties: false }] },
  },
  definitions: {
    'order-line': {
      type: 'object',
      properties: { sku: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/definitions/order-line' } } },
    },
    Card: { type: 'object', required: ['number'], properties: { number: { type: 'string', minLength: 12 } } },
  },
};

describe('as models of an OpenAPI document', () => {
  test('definitions become models of their own, and references point to them', () => {
    const { definitions, title, type, required, properties } = ORDER;
    const root = { title, type, required, properties };
    expect(JsonSchema.fromObject(ORDER)._render('PostOrders')).toEqual({
      name: 'PostOrders',
      schemas: {
        PostOrders: {
          ...root,
          properties: {
            ...root.properties,
            lines: { type: 'array', items: { $ref: '#/components/schemas/PostOrdersOrderLine' } },
            parent: { ...root.properties.parent, $ref: '#/components/schemas/PostOrders' },
            payment: { oneOf: [{ $ref: '#/components/schemas/PostOrdersCard' }, root.properties.payment.oneOf[1]] },
          },
        },
        PostOrdersOrderLine: {
          type: 'object',
          properties: {
            sku: { type: 'string' },
            parts: { type: 'array', items: { $ref: '#/components/schemas/PostOrdersOrderLine' } },
          },
        },
        PostOrdersCard: definitions.Card,
      },
    });
  });

  test("the user's name wins; a schema that only refers is not a model that only refers", () => {
    const schema = { $ref: '#/definitions/A', definitions: { A: { $ref: '#/definitions/B' }, B: { type: 'string' } } };
    expect(JsonSchema.fromObject(schema, { modelName: 'Name' })._render('Other')).toEqual({
      name: 'Name',
      schemas: { Name: { type: 'string' }, NameA: { type: 'string' }, NameB: { type: 'string' } },
    });
  });

  test('a registry holds each schema once, and no name twice', () => {
    const registry = new ModelRegistry();
    const owner = (route: string) => new Owner(`RestGateway 'Api': route "${route}"`);
    const order = JsonSchema.fromObject(ORDER, { modelName: 'Order' });
    const unnamed = JsonSchema.fromObject({ type: 'string' });
    expect(registry.add(order, 'PostOrders', owner('POST /orders'))).toBe('Order');
    expect(registry.add(unnamed, 'PostNames', owner('POST /names'))).toBe('PostNames');
    expect(registry.add(unnamed, 'PutNames', owner('PUT /names'))).toBe('PostNames');
    const same = JsonSchema.fromObject(ORDER, { modelName: 'Order' });
    expect(registry.add(same, 'X', owner('PUT /orders'))).toBe('Order');
    expect(Object.keys(registry.schemas)).toEqual(['Order', 'OrderCard', 'OrderOrderLine', 'PostNames']);
    const clash = JsonSchema.fromObject({ type: 'object' }, { modelName: 'OrderCard' });
    expect(() => registry.add(clash, 'X', owner('PUT /cards'))).toThrow(
      `RestGateway 'Api': route "PUT /cards": the model "OrderCard" is a different schema in RestGateway 'Api': route "POST /orders"; give one`,
    );
  });
});

describe('whatever is accepted', () => {
  const names = fc.constantFrom('a', 'b', 'c', '$ref', 'default', '__proto__', 'a/b', 'items');
  const definitions = ['Leaf', 'order-line', 'a/b', 'Ünï 1'];
  const encode = (name: string) => encodeURIComponent(name.replace(/~/g, '~0').replace(/\//g, '~1'));
  const refs = ['#', ...definitions.map((name) => `#/definitions/${encode(name)}`)];
  const record = (values: fc.Arbitrary<unknown>) =>
    fc.array(fc.tuple(names, values), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));

  const { schema: part } = fc.letrec<{ schema: Json }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom<Json[]>(
        { type: 'string' },
        { type: 'integer', minimum: 2 },
        { enum: [true, 1, 'a'] },
        { type: 'boolean' },
      ),
      fc.constantFrom(...refs).map(($ref): Json => ({ properties: { a: { $ref } } })),
      record(tie('schema')).map((properties) => ({ type: 'object', properties, required: ['a'] })),
      record(tie('schema')).map((properties) => ({ properties, additionalProperties: false })),
      record(tie('schema')).map((dependencies) => ({ dependencies })),
      tie('schema').map((items) => ({ type: 'array', items })),
      fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((items) => ({ items, additionalItems: items[0] })),
      fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
      tie('schema').map((not) => ({ not })),
    ),
  }));
  const schema = fc.tuple(part, ...definitions.map(() => part)).map(([root, ...parts]): Json => ({
    ...root,
    definitions: Object.fromEntries(definitions.map((name, index) => [name, parts[index]])),
  }));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom(null, true, 1, 2, 'a', 'b'),
      record(tie('value')),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  const compile = (given: Json, name?: string) => {
    const ajv = new Ajv({ strict: false, validateSchema: false, logger: false });
    if (name === undefined) return ajv.compile(given);
    return ajv.addSchema(given, 'doc').compile({ $ref: `doc#/components/schemas/${name}` });
  };

  test('judges every value as before, once its definitions are models', () => {
    let verdicts = 0;
    let accepted = 0;
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 8, maxLength: 8 }), (given, values) => {
        const { name, schemas } = JsonSchema.fromObject(given)._render('Model');
        expect(Object.keys(schemas)).toHaveLength(definitions.length + 1);
        const before = compile(given);
        const after = compile({ components: { schemas } }, name);
        for (const candidate of values) {
          expect(after(candidate)).toBe(before(candidate));
          verdicts++;
          if (after(candidate)) accepted++;
        }
      }),
      { numRuns: 200, seed: 4 },
    );
    // Both verdicts must occur, or the comparison says nothing.
    expect(accepted).toBeGreaterThan(verdicts / 10);
    expect(accepted).toBeLessThan((verdicts * 9) / 10);
  });
});
