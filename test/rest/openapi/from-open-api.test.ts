import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lazy } from 'aws-cdk-lib';
import { stringify } from 'yaml';
import { OpenApiDefinition, RestAuthorizer, RestIntegration } from '../../../lib';
import { type Json, templateOf } from '../../support/stacks';
import { document, errorOf, JSON_BODY, made, OK } from './support';

describe('operations', () => {
  const pets = document(
    {
      '/pets': {
        parameters: [
          { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
          { $ref: '#/components/parameters/Limit' },
        ],
        get: {
          operationId: 'listPets',
          summary: 'All pets',
          parameters: [{ name: 'limit', in: 'query', required: true, schema: { type: 'integer' } }],
          ...OK,
        },
        post: { operationId: 'createPet', ...JSON_BODY({ $ref: '#/components/schemas/Pet' }) },
      },
      '/pets/{id}': {
        get: { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], ...OK },
      },
      '/files/{proxy+}': { get: OK },
    },
    {
      info: { title: 'Pets', description: 'All of them', version: '3' },
      components: {
        parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
        schemas: {
          Pet: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, owner: { $ref: '#/components/schemas/Owner' } },
          },
          Owner: {
            type: 'object',
            properties: { pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } },
          },
          Unused: { type: 'object' },
        },
      },
    },
  );

  test('become routes with parameters, bodies, names and models', () => {
    const { body, warnings } = made(pets);
    expect(warnings).toEqual({});
    expect(body.info).toEqual({ title: 'Pets', description: 'All of them', version: '1.0' });
    expect(Object.keys(body.paths)).toEqual(['/files/{proxy+}', '/pets', '/pets/{id}']);
    expect(body.paths['/pets'].get).toMatchObject({
      operationId: 'listPets',
      summary: 'All pets',
      'x-amazon-apigateway-request-validator': 'parameters',
    });
    const names = (operation: Json) => operation.parameters.map((one: Json) => [one.in, one.name, one.required]);
    expect(names(body.paths['/pets'].get)).toEqual([
      ['query', 'limit', true],
      ['header', 'X-Trace', true],
    ]);
    expect(names(body.paths['/pets'].post)).toEqual([
      ['query', 'limit', false],
      ['header', 'X-Trace', true],
    ]);
    expect(body.paths['/pets'].post).toMatchObject({
      'x-amazon-apigateway-request-validator': 'body-and-parameters',
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
    });
    expect(body.components.schemas).toEqual({
      Owner: { type: 'object', properties: { pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } } },
      Pet: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, owner: { $ref: '#/components/schemas/Owner' } },
      },
    });
  });

  test('YAML and JSON files are read alike', () => {
    const [yaml, json] = [join(tmpdir(), 'pets.yaml'), join(tmpdir(), 'pets.json')];
    writeFileSync(yaml, stringify(pets));
    writeFileSync(json, JSON.stringify(pets));
    const bodies = [yaml, json].map((path) => OpenApiDefinition.fromFile(path)._document);
    expect(bodies[0]).toEqual(pets);
    expect(bodies[1]).toEqual(pets);
  });

  test('take the integration that is given by operationId, or by method and path', () => {
    const { body } = made(pets, {
      integrations: {
        listPets: RestIntegration.mock({ statusCode: 201 }),
        'GET /pets/{id}': RestIntegration.mock({ statusCode: 202 }),
      },
    });
    const status = (path: string, method: string) =>
      body.paths[path][method]['x-amazon-apigateway-integration'].responses.default.statusCode;
    expect([status('/pets', 'get'), status('/pets/{id}', 'get'), status('/pets', 'post')]).toEqual([
      '201',
      '202',
      '200',
    ]);
  });

  test('without an integration are named, all of them; so are names that stand for nothing', () => {
    const message = errorOf(pets, {
      defaultIntegration: undefined,
      integrations: { listPet: RestIntegration.mock(), 'GET /files/{proxy+}': RestIntegration.mock() },
      authorizers: { 'GET /pet': RestAuthorizer.iam() },
    });
    expect(message).toContain(
      "#/paths/~1pets/post has no integration; add one: integrations: { 'createPet': RestIntegration.… }",
    );
    expect(message).toContain("#/paths/~1pets~1{id}/get has no integration; add one: integrations: { 'GET /pets/{id}'");
    expect(message).toContain(
      'integrations has "listPet", which is not an operation of the document. Did you mean "listPets"?',
    );
    expect(message).toContain(
      'authorizers has "GET /pet", which is not an operation of the document. Did you mean "GET /pets"?',
    );
    expect(message).not.toContain('files');
    const twice = { listPets: RestIntegration.mock(), 'GET /pets': RestIntegration.mock() };
    expect(errorOf(pets, { integrations: twice })).toContain(
      'integrations has both "listPets" and "GET /pets", which are the same operation',
    );
  });

  test('the rest of a gateway is as ever, and name and description may be given', () => {
    const { stack, body } = made(pets, {
      apiName: 'other',
      cors: { allowOrigins: ['https://a.example'] },
      stages: { dev: {}, prod: {} },
    });
    expect(body.info.title).toBe('other');
    expect(body.paths['/pets'].options).toBeDefined();
    expect(
      Object.values<Json>(templateOf(stack).Resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Stage'),
    ).toHaveLength(2);
  });
});

describe('what API Gateway cannot take', () => {
  test.each([
    [{ swagger: '2.0', paths: {} }, 'is Swagger 2.0; convert it to OpenAPI 3.0 first'],
    [{ openapi: '3.1.0', paths: {} }, 'is OpenAPI 3.1.0, but API Gateway accepts 3.0.x. Convert it to 3.0'],
    [{ openapi: '4.0.0', paths: {} }, 'Write openapi: "3.0.3"'],
    [{ openapi: 3, paths: {} }, 'has no "openapi"'],
    [{ openapi: '3.0.0' }, 'has no "paths" object'],
  ])('%j', (given, message) => {
    expect(() => OpenApiDefinition.fromObject(given)).toThrow(message);
  });

  test('what is not JSON', () => {
    const circle: Json = { openapi: '3.0.3', paths: {} };
    const token = { openapi: '3.0.3', paths: {}, info: { title: Lazy.any({ produce: () => 'x' }) } };
    expect(() => OpenApiDefinition.fromObject(token)).toThrow('contains a token that is not text');
    circle.paths = circle;
    expect(() => OpenApiDefinition.fromObject(circle)).toThrow('is not JSON: Converting circular structure');
  });

  test('files that cannot be read', () => {
    const broken = join(tmpdir(), 'broken.yaml');
    writeFileSync(broken, 'a: [1\nb: 2');
    expect(() => OpenApiDefinition.fromFile(broken)).toThrow(/broken\.yaml': is neither JSON nor YAML: .*line \d/);
    expect(() => OpenApiDefinition.fromFile('nowhere.yaml')).toThrow('cannot be read');
  });

  test.each<[string, Json, string]>([
    ['a method', { '/a': { trace: OK } }, '#/paths/~1a/trace is not a method of a REST API'],
    ['a path character', { '/a b': { get: OK } }, '#/paths/~1a b cannot be served by a REST API: "a b" has characters'],
    ['a partial variable', { '/a/{b}.json': { get: OK } }, 'a path variable must be the whole segment'],
    [
      'two variables',
      { '/a/{b}': { get: OK }, '/a/{c}/d': { get: OK } },
      '"{c}" and "{b}" are two path variables under "/a"',
    ],
    ['one path twice', { '/a': { get: OK }, '/a/': { get: OK } }, 'is defined twice'],
    [
      'an extension of API Gateway',
      { '/a': { get: { ...OK, 'x-amazon-apigateway-integration': {} } } },
      '#/paths/~1a/get/x-amazon-apigateway-integration is an extension of API Gateway',
    ],
    [
      'an unknown parameter',
      { '/a/{b}': { get: { parameters: [{ name: 'c', in: 'path', required: true }] } } },
      '#/paths/~1a~1{b}/get/parameters/0 is the path parameter "c", but "/a/{b}" has no {c}',
    ],
    [
      'a place',
      { '/a': { get: { parameters: [{ name: 'c', in: 'body' }] } } },
      '#/paths/~1a/get/parameters/0/in is "body"; allowed: path, query, header, cookie',
    ],
    [
      'a reference that leads nowhere',
      { '/a': { post: JSON_BODY({ $ref: '#/components/schemas/Pat' }) } },
      '#/paths/~1a/post/requestBody/content/application~1json/schema/$ref is "#/components/schemas/Pat", which does not exist. Did you mean "#/components/schemas/Pet"?',
    ],
    [
      'a reference to a file',
      { '/a': { post: JSON_BODY({ $ref: 'pet.yaml' }) } },
      'is "pet.yaml", which is outside the document',
    ],
    [
      'a circle of references',
      { '/a': { get: { parameters: [{ $ref: '#/components/parameters/A' }] } } },
      'which refers only to itself',
    ],
    [
      'an operationId twice',
      { '/a': { get: { operationId: 'x' } }, '/b': { get: { operationId: 'x' } } },
      '#/paths/~1b/get/operationId is "x", as is that of GET /a',
    ],
    [
      'a keyword that is none',
      { '/a': { post: JSON_BODY({ type: 'object', requird: ['b'] }) } },
      '#/paths/~1a/post/requestBody/content/application~1json/schema/requird is not a keyword of draft-04',
    ],
    [
      'a keyword in a component',
      { '/a': { post: JSON_BODY({ $ref: '#/components/schemas/Bad' }) } },
      '#/components/schemas/Bad/properties/a/type is "strin", but must be one of',
    ],
  ])('%s', (_, paths, message) => {
    const components = {
      parameters: { A: { $ref: '#/components/parameters/A' } },
      schemas: { Pet: { type: 'object' }, Bad: { properties: { a: { type: 'strin' } } } },
    };
    expect(errorOf(document(paths, { components }))).toContain(message);
  });

  test('everything wrong is said at once', () => {
    const message = errorOf(document({ '/a b': { get: OK }, '/c': { trace: OK } }));
    expect(message).toMatch(/^RestGateway 'Api': OpenAPI definition: 2 problems:/);
  });
});
