import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AjvDraft04 from 'ajv-draft-04';
import { App, Validations } from 'aws-cdk-lib';
import { REPAIRS } from '../../../lib/rest/openapi/repairs';
import { type Json } from '../../support/stacks';
import { document, JSON_BODY, made, OK } from './support';

const schemasOf = (given: Json) => made(given).body.components.schemas;

describe('what is repaired', () => {
  test('parameters', () => {
    const parameters = [
      { name: 'session', in: 'cookie', required: true },
      { name: 'filter', in: 'query', style: 'deepObject', required: true },
      { name: 'point', in: 'query', schema: { $ref: '#/components/schemas/Point' } },
      { name: 'plain', in: 'query', explode: false, schema: { type: 'object' } },
      { name: 'a b', in: 'query' },
      { name: 'Authorization', in: 'header', required: true },
      { name: 'id', in: 'path', required: true, style: 'matrix' },
      { name: 'id', in: 'query' },
      { name: 'plain', in: 'header' },
    ];
    const { body, warnings } = made(
      document(
        { '/a/{id}/': { get: { parameters, ...OK } } },
        { components: { schemas: { Point: { type: 'object' } } } },
      ),
    );
    expect(body.paths['/a/{id}'].get.parameters.map(({ name }: Json) => name)).toEqual(['id', 'plain']);
    const place = '#/paths/~1a~1{id}~1/get/parameters';
    expect(warnings).toEqual({
      Cookies: `${place}/0 (session)`,
      QueryObjects: `${place}/1 (filter), ${place}/2 (point)`,
      ParameterNames: `${place}/4 (a b), ${place}/7 (id), ${place}/8 (plain)`,
      HeadersOfHttp: `${place}/5 (Authorization)`,
      PathStyles: `${place}/6`,
      TrailingSlashes: '#/paths/~1a~1{id}~1',
    });
  });

  test('bodies', () => {
    const content = {
      'text/csv': { schema: { type: 'string' } },
      'application/vnd.a+json': { schema: { type: 'object' } },
      'application/json; charset=utf-8': { schema: { type: 'array' } },
    };
    const { body, warnings } = made(
      document({
        '/a': {
          post: { requestBody: { content }, ...OK },
          get: { requestBody: { required: true, content }, ...OK },
          put: { requestBody: { required: true, content: { 'application/json': { schema: {} } } }, ...OK },
        },
      }),
    );
    expect(body.paths['/a'].post.requestBody.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/PostABody' } },
    });
    expect([body.paths['/a'].get.requestBody, body.paths['/a'].put.requestBody]).toEqual([undefined, undefined]);
    expect(warnings).toEqual({
      BodyOfGet: '#/paths/~1a/get/requestBody',
      BodyType:
        '#/paths/~1a/post/requestBody/content/text~1csv, #/paths/~1a/post/requestBody/content/application~1vnd.a+json',
      OptionalBody: '#/paths/~1a/post/requestBody',
    });
  });

  test('schemas', () => {
    const properties = {
      id: { type: 'integer', format: 'int64', readOnly: true },
      name: { type: 'string', nullable: true, maxLength: 3, example: 'Rex', default: 'x', 'x-internal': true },
      kind: { $ref: '#/components/schemas/Kind', description: 'ok', nullable: true },
      age: { type: 'number', exclusiveMinimum: 0, minimum: -5, exclusiveMaximum: 50, maximum: 20 },
      nullable: { type: 'string' },
      made: { $ref: '#/components/schemas/Made' },
    };
    const schemas = {
      Pet: {
        type: 'object',
        discriminator: { propertyName: 'kind' },
        required: ['id', 'name', 'made', 'name'],
        properties,
      },
      Kind: { type: 'string', enum: ['dog'] },
      Made: { type: 'string', readOnly: true },
    };
    const { body, warnings } = made(
      document({ '/a': { post: JSON_BODY({ $ref: '#/components/schemas/Pet' }) } }, { components: { schemas } }),
    );
    const model = body.components.schemas.Pet;
    expect(model).toEqual({
      type: 'object',
      required: ['name'],
      properties: {
        id: { type: 'integer' },
        name: { maxLength: 3 },
        kind: { $ref: '#/components/schemas/Kind' },
        age: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 20 },
        nullable: { type: 'string' },
        made: { $ref: '#/components/schemas/Made' },
      },
    });
    const place = '#/components/schemas/Pet/properties';
    expect(warnings).toEqual({
      Annotations: ['example', 'default', 'x-internal'].map((key) => `${place}/name/${key}`).join(', '),
      Discriminator: '#/components/schemas/Pet/discriminator',
      ExclusiveBounds: `${place}/age/exclusiveMinimum, ${place}/age/exclusiveMaximum`,
      Formats: `${place}/id/format`,
      Nullable: `${place}/name/nullable`,
      ReadOnly: `#/components/schemas/Pet/required (id), #/components/schemas/Pet/required (made), ${place}/id/readOnly, #/components/schemas/Made/readOnly`,
      RefSiblings: `${place}/kind/nullable`,
    });
    const validate = new AjvDraft04({ strict: false }).compile({
      ...model,
      properties: { ...model.properties, kind: {}, made: {} },
    });
    expect(
      [{ name: null }, { name: 'Rex', age: 20 }, { name: 'long' }, {}, { name: 'Rex', age: 0 }].map((value) =>
        validate(value),
      ),
    ).toEqual([true, true, false, false, false]);
  });

  test.each<[string, Json, boolean]>([
    ['allOf', { allOf: [{ type: 'string' }] }, false],
    ['oneOf', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, false],
    ['anyOf', { anyOf: [{ type: 'string' }] }, false],
    ['enum', { enum: ['a', 'b'] }, false],
    ['an alternative that may be null', { oneOf: [{ type: 'string', nullable: true }, { type: 'integer' }] }, true],
  ])('nullable beside %s has no meaning without a type, and is reported', (_, part, isNullAllowed) => {
    const schema = { type: 'object', properties: { name: { nullable: true, ...part } } };
    const { body, warnings } = made(document({ '/a': { post: JSON_BODY(schema) } }));
    expect(warnings.Nullable).toMatch(/\/name\/nullable \(no "type" next to it, so it has no meaning\)/);
    const [model] = Object.values<Json>(body.components.schemas);
    const validate = new AjvDraft04({ strict: false }).compile(model);
    expect([validate({ name: 'a' }), validate({ name: null })]).toEqual([true, isNullAllowed]);
  });

  test.each<[string, Json, unknown[], unknown[]]>([
    [
      'that may be null',
      { type: 'string', nullable: true, enum: ['a', 'b', null] },
      ['a', 'b', null],
      ['c', 1, true, {}, []],
    ],
    ['without a type', { enum: ['a', null] }, ['a', null], ['b', 1, {}]],
    ['with only null', { nullable: true, enum: [null] }, [null], ['a', 1, [], false]],
    ['that may not be null', { type: 'string', enum: ['a', null] }, ['a'], [null, 'b']],
    ['that nothing fits', { type: 'string', enum: [null] }, [], ['a', null, 1]],
    ['beside allOf', { allOf: [{ maxLength: 1 }], enum: ['a', 'bb', null] }, ['a', null], ['bb', 'c']],
  ])('an enum %s is written without null', (_, part, right, wrong) => {
    const schema = { type: 'object', properties: { name: part } };
    const { body, warnings } = made(document({ '/a': { post: JSON_BODY(schema) } }));
    expect(warnings.Nullable).toContain('/name/enum');
    expect(JSON.stringify(body)).not.toContain('null');
    const validate = new AjvDraft04({ strict: false }).compile(Object.values<Json>(body.components.schemas)[0]);
    expect(right.filter((name) => !validate({ name }))).toEqual([]);
    expect(wrong.filter((name) => validate({ name }))).toEqual([]);
  });

  test.each([{}, { description: 'anything' }])(
    'nullable without anything that could refuse null is left out: %j',
    (part) => {
      const schema = { type: 'object', properties: { name: { nullable: true, ...part } } };
      expect(made(document({ '/a': { post: JSON_BODY(schema) } })).warnings).toEqual({});
    },
  );

  test('model names', () => {
    const schemas = {
      'pet-item': {
        type: 'object',
        properties: {
          next: { $ref: '#/components/schemas/pet-item' },
          tag: { $ref: '#/components/schemas/Tag/properties/name' },
        },
      },
      PetItem: { type: 'string' },
      Tag: { properties: { name: { type: 'string' } } },
    };
    const { body, warnings } = made(
      document(
        {
          '/a': { post: JSON_BODY({ $ref: '#/components/schemas/pet-item' }) },
          '/b': { post: JSON_BODY({ $ref: '#/components/schemas/PetItem' }) },
        },
        { components: { schemas } },
      ),
    );
    expect(Object.keys(body.components.schemas)).toEqual(['PetItem', 'PetItem2', 'TagPropertiesName']);
    expect(body.components.schemas.PetItem2.properties.next).toEqual({ $ref: '#/components/schemas/PetItem2' });
    expect(warnings.ModelNames).toContain('#/components/schemas/pet-item (PetItem2)');
  });

  test('a model that is only another name, and an inline one whose name is taken', () => {
    const schemas = {
      Alias: { $ref: '#/components/schemas/Pet' },
      Pet: { type: 'object' },
      PostBBody: { type: 'string' },
    };
    expect(
      schemasOf(
        document(
          {
            '/a': { post: JSON_BODY({ $ref: '#/components/schemas/Alias' }) },
            '/b': { post: JSON_BODY({ type: 'array' }) },
          },
          { components: { schemas } },
        ),
      ),
    ).toEqual({
      Alias: { type: 'object' },
      PostBBody2: { type: 'array' },
    });
  });
});

test('every repair is listed in docs/openapi.md, and no other', () => {
  const docs = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'openapi.md'), 'utf8');
  const listed = [...docs.matchAll(/^\| `OpenApi-(\w+)`/gm)].map(([, kind]) => kind);
  expect(listed).toEqual(Object.keys(REPAIRS));
});

test('a repair that is all right is acknowledged', () => {
  const given = document({ '/a/': { get: OK } });
  const shown = (acknowledged: boolean) => {
    const { api, stack } = made(given);
    const reason = 'callers know';
    if (acknowledged) Validations.of(api).acknowledge({ id: 'Annotation::OpenApi-TrailingSlashes', reason });
    const { messages } = App.of(stack)!.synth({ force: true }).getStackArtifact(stack.artifactId);
    return messages.filter(({ entry }) => String(entry.data).includes('OpenAPI definition')).length;
  };
  expect([shown(false), shown(true)]).toEqual([1, 0]);
});
