import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lazy, Token } from 'aws-cdk-lib';
import { JsonSchema } from '../../lib/json-schema/json-schema';

type Json = { [key: string]: unknown };

const errorOf = (schema: unknown, modelName?: string): string => {
  try {
    JsonSchema.fromObject(schema as Json, { modelName });
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

const ORDER = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'Order',
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'string', pattern: '^[0-9a-f]{8}$', format: 'uuid' },
    // Names of properties are no keywords, and data is no schema.
    default: { type: 'string' },
    $ref: { type: 'string' },
    nullable: { enum: [{ nullable: true, $ref: '#/nowhere' }, 'a'] },
    lines: { type: 'array', items: { $ref: '#/definitions/order-line' } },
    parent: { $ref: '#', description: 'the order that this one replaces' },
  },
  definitions: { 'order-line': { type: 'object', properties: { parts: { $ref: '#/definitions/order-line' } } } },
};

describe('what API Gateway refuses or loses is refused, with its place and what to write', () => {
  const at = (keyword: string, value: unknown, beside: Json = {}) => ({
    type: 'object',
    properties: { amount: { [keyword]: value, ...beside } },
  });
  const refused: [string, unknown, string][] = [
    ['exclusiveMinimum', 0, 'is a number, as in draft-06; in draft-04 write "minimum": 0, "exclusiveMinimum": true'],
    ['exclusiveMaximum', 5, 'is a number, as in draft-06; in draft-04 write "maximum": 5, "exclusiveMaximum": true'],
    ['const', 1, 'belongs to draft-06; write "enum" with one value'],
    [
      'nullable',
      true,
      'is a keyword of OpenAPI, which API Gateway does not support in a model: null would be rejected',
    ],
    ['readOnly', true, 'write a separate schema for requests'],
    ['default', 1, 'is not supported by API Gateway, which passes the body on unchanged'],
    ['example', 1, 'is rejected by API Gateway; write it in "description"'],
    ['examples', [1], 'belongs to draft-06, and API Gateway rejects it'],
    ['discriminator', { propertyName: 'kind' }, 'write "oneOf", each branch with an "enum" of one value'],
    ['$id', 'x', 'belongs to draft-06, and API Gateway rejects it; leave it out'],
    ['id', 'x', 'changes the base of references'],
    ['dependentRequired', { a: ['b'] }, 'belongs to draft 2019-09, and API Gateway rejects it; write "dependencies"'],
    ['if', {}, 'belongs to draft-07; write "anyOf"'],
    ['contains', {}, 'belongs to draft-06'],
    ['propertyNames', {}, 'write "patternProperties" with "additionalProperties": false'],
    ['x-tags', 1, 'is an extension, and API Gateway rejects unknown keywords. Leave it out.'],
    ['minumum', 1, 'is not a keyword of draft-04, and API Gateway rejects unknown keywords. Did you mean "minimum"?'],
    ['ref', '#/x', 'is the CDK spelling; write "$ref"'],
    ['required', true, 'is true, as in draft-03; in draft-04 the object around it has "required": ["amount"]'],
    ['required', [], 'is empty, which draft-04 does not allow; leave it out if nothing is required'],
    [
      'type',
      'strin',
      'is "strin", but must be one of array, boolean, integer, null, number, object, string. Did you mean "string"?',
    ],
    [
      'type',
      ['string', 'null'],
      'is ["string","null"], and null is not kept when API Gateway imports the API; leave out "type"',
    ],
    ['type', ['string', 'integer'], 'write "anyOf": [{"type":"string"},{"type":"integer"}]'],
    ['type', ['string'], 'is a list, which is not kept when API Gateway imports the API; write "string"'],
    ['type', 'null', 'is "null", which is not kept when API Gateway imports the API'],
    ['maxLength', '35', 'is "35", but must be integer in draft-04'],
    ['enum', ['A', 'A'], 'must NOT have duplicate items'],
    ['enum', ['A', null], 'has null, and CloudFormation rejects a template that has null anywhere; leave out "enum"'],
    ['enum', ['A', { b: [null] }], 'has null, and CloudFormation rejects'],
    ['pattern', '[', 'has "[", which is not a regular expression'],
    ['patternProperties', { '(': {} }, 'has "(", which is not a regular expression'],
    ['definitions', { a: {} }, 'is inside the schema; move it to the root'],
    ['$ref', '#/definitions/Amonut', 'is "#/definitions/Amonut", but #/definitions has no "Amonut".'],
    ['$ref', '#/components/schemas/Amount', `a reference must point to a schema in the root's "definitions"`],
    ['$ref', 'https://example.com/amount.json', 'is "https://example.com/amount.json"; a reference must point to'],
    ['$schema', 'https://json-schema.org/draft/2020-12/schema', 'but models use draft-04'],
  ];
  test.each(refused)('%s: %j', (keyword, value, text) => {
    const message = errorOf(at(keyword, value));
    expect(message).toMatch(new RegExp(`^JsonSchema: #/properties/amount/${keyword.replace('$', '\\$')} `));
    expect(message).toContain(text);
    expect(message).not.toContain('problems:');
  });

  test.each<[unknown, string]>([
    [{ properties: { a: true } }, 'JsonSchema: #/properties/a is true: such a schema belongs to draft-06; write {}'],
    [{ items: [{}, false] }, 'JsonSchema: #/items/1 is false: such a schema belongs to draft-06; write { "not": {} }'],
    [
      { properties: { a: { $ref: '#', minLength: 1 } } },
      'JsonSchema: #/properties/a/$ref makes draft-04 ignore its sibling keywords (minLength); write "allOf"',
    ],
    [
      { properties: { a: { $ref: '#/definitions/Cart' } }, definitions: { Card: {} } },
      'but #/definitions has no "Cart". Did you mean "Card"?',
    ],
    [{ definitions: { 'a-b': {}, AB: {} } }, '#/definitions/AB and #/definitions/a-b would both be model "…AB"'],
    [{ definitions: { '-': {} } }, '#/definitions/- has no letter or digit in its name'],
    [
      { definitions: { A: { $ref: '#/definitions/B' }, B: { $ref: '#/definitions/A' } } },
      '#/definitions/A refers only',
    ],
    [{ $ref: '#' }, 'JsonSchema: #/$ref refers only to itself'],
    [{ definitions: Lazy.any({ produce: () => ({}) }) }, '#/definitions is a token; its names must be known at synth'],
    [{ maximum: NaN }, 'JsonSchema: #/maximum is NaN; a schema consists of plain JSON values'],
    [{ enum: [new Date(0)] }, 'JsonSchema: #/enum/0 is a Date; a schema consists of plain JSON values'],
    [[{}], 'JsonSchema: the schema is a list; pass an object'],
    ['{}', 'JsonSchema: the schema is "{}"; pass an object'],
    [undefined, 'JsonSchema: the schema is undefined; pass an object'],
  ])('%j', (schema, text) => expect(errorOf(schema)).toContain(text));

  test('every problem is named at once, and once', () => {
    const schema = {
      type: 'objct',
      properties: { a: { minimum: 1, exclusiveMinimum: 0, nullable: true }, 'b/c': { enum: [] } },
    };
    expect(errorOf(schema, 'Order').split('\n')).toEqual([
      "JsonSchema 'Order': 4 problems:",
      expect.stringMatching(/^ {2}#\/properties\/a\/exclusiveMinimum is a number/),
      expect.stringMatching(/^ {2}#\/properties\/a\/nullable is a keyword of OpenAPI/),
      '  #/properties/b~1c/enum must NOT have fewer than 1 items in draft-04',
      expect.stringMatching(/^ {2}#\/type is "objct", but must be one of/),
    ]);
  });

  test('a schema that contains itself', () => {
    const schema: Json = { type: 'object' };
    schema.properties = { child: schema };
    expect(errorOf(schema)).toBe('JsonSchema: #/properties/child is circular: it refers back to #');
  });

  test('a modelName that only CloudFormation knows', () => {
    expect(errorOf({}, Lazy.string({ produce: () => 'Order' }))).toContain(
      'modelName must be known at synth: it is part of the API definition',
    );
  });

  test.each(['Order-Line', 'Größe', ''])('modelName %j', (modelName) => {
    expect(errorOf({}, modelName)).toContain(
      `modelName is "${modelName}"; the name of a model must consist of letters and digits`,
    );
  });

  test('a model over 400 KB; the limit is for each definition', () => {
    const big = (letter: string) => ({ enum: [letter.repeat(300_000)] });
    expect(errorOf({ allOf: [big('a'), big('b')] })).toMatch(
      /as model Model, has 6000\d\d bytes; API Gateway accepts 409600/,
    );
    expect(errorOf({ definitions: { a: big('a'), b: big('b') } })).toBe('accepted');
  });
});

describe('what is taken', () => {
  test('every kind of keyword of draft-04 that a model keeps', () => {
    expect(errorOf(ORDER, 'Order')).toBe('accepted');
    expect(errorOf({ minimum: 0, exclusiveMinimum: true, multipleOf: 0.5, not: { enum: [3, 'null'] } })).toBe(
      'accepted',
    );
    expect(
      errorOf({ additionalProperties: { type: 'number' }, dependencies: { a: ['b'], c: { required: ['d'] } } }),
    ).toBe('accepted');
    expect(errorOf({ $schema: 'http://json-schema.org/draft-04/schema' })).toBe('accepted');
  });

  test('what is documented as not checked is a warning', () => {
    const schema = {
      type: 'array',
      minItems: 1,
      items: [{ type: 'integer', format: 'int64', minimum: 0, exclusiveMinimum: true }],
      uniqueItems: true,
    };
    expect(JsonSchema.fromObject(schema)._warnings).toEqual([
      expect.stringContaining('JsonSchema: #/minItems: is documented as left out of request validation'),
      expect.stringContaining('JsonSchema: #/items: is a list: OpenAPI 3.0 has no such keyword'),
      expect.stringContaining('JsonSchema: #/items/0/format: "int64" is documented as not supported'),
      expect.stringContaining('JsonSchema: #/items/0/exclusiveMinimum: is documented as not supported'),
    ]);
    expect(JsonSchema.fromObject(ORDER)._warnings).toEqual([]);
  });

  test('tokens are left alone, wherever they are', () => {
    const part = Lazy.any({ produce: () => ({ type: 'string' }) });
    const schema = {
      type: Token.asString({ Ref: 'Type' }),
      maxLength: Token.asNumber({ Ref: 'Length' }),
      enum: [Token.asString({ Ref: 'Value' }), 'a'],
      properties: { a: part, b: { properties: Lazy.any({ produce: () => ({}) }) } },
      required: Token.asList({ Ref: 'Names' }),
    };
    const rendered = JsonSchema.fromObject(schema)._render('Order').schemas.Order;
    expect(rendered).toEqual(schema);
    expect((rendered.properties as Json).a).toBe(part);
    expect(Object.isFrozen(part)).toBe(false);
  });

  test('the schema is a copy that nobody can change', () => {
    const given = { type: 'object', properties: { a: { type: 'string' } } };
    const schema = JsonSchema.fromObject(given);
    given.properties.a.type = 'nonsense';
    expect(schema._schema).toEqual({ type: 'object', properties: { a: { type: 'string' } } });
    expect(() => ((schema._schema.properties as Json).b = {})).toThrow(TypeError);
  });

  test('a property may have any name', () => {
    const schema = JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }') as Json;
    expect(JSON.stringify(JsonSchema.fromObject(schema)._render('A').schemas.A)).toBe(JSON.stringify(schema));
  });
});

describe('fromFile', () => {
  const file = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'schema-')), 'order.json');
    writeFileSync(path, text);
    return path;
  };

  test('reads JSON', () => {
    const schema = JsonSchema.fromFile(file(JSON.stringify(ORDER)), { modelName: 'Order' });
    expect(schema._modelName).toBe('Order');
    expect(schema._schema).toEqual(ORDER);
  });

  test('errors name the file', () => {
    const broken = file('{ "type": ');
    expect(() => JsonSchema.fromFile(broken)).toThrow(`JsonSchema: ${broken}: is not JSON: `);
    const list = file('[]');
    expect(() => JsonSchema.fromFile(list)).toThrow(`JsonSchema: ${list}: the schema is a list`);
    const foreign = file('{ "const": 1 }');
    expect(() => JsonSchema.fromFile(foreign)).toThrow(`JsonSchema: ${foreign}: #/const belongs to draft-06`);
    expect(() => JsonSchema.fromFile('no/such.json')).toThrow(
      `JsonSchema: no/such.json: cannot be read: ENOENT: no such file or directory, open 'no/such.json'; a relative path is relative to ${process.cwd()}`,
    );
  });
});
