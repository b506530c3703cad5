import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenApiDefinition } from '../../../lib';
import { errorOf as httpErrorOf, made as httpMade } from '../../http/openapi/support';
import { type Json } from '../../support/stacks';
import { document, errorOf, JSON_BODY, made, OK } from './support';

const greedy = (name: string): Json =>
  document({
    '/api/{proxy+}': { get: { ...OK, parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }] } },
  });

test.each(['proxy', 'proxy+'])('the variable of {proxy+} may be called "%s"', (name) => {
  expect(Object.keys(made(greedy(name)).body.paths)).toEqual(['/api/{proxy+}']);
  expect(httpMade(greedy(name)).warnings).toEqual({});
});

describe('x-greedy', () => {
  const item = {
    get: { ...OK, parameters: [{ name: 'proxy', in: 'path', required: true, schema: { type: 'string' } }] },
  };

  test('says that a variable is greedy', () => {
    const given = document({ '/api/{proxy}': { 'x-greedy': true, ...item }, '/b/{proxy}': item });
    expect(Object.keys(made(given).body.paths)).toEqual(['/api/{proxy+}', '/b/{proxy}']);
    expect(Object.keys(httpMade(given).body.paths)).toEqual(['/api/{proxy+}', '/b/{proxy}']);
  });

  test('may be beside the plus, and says nothing if it is not true', () => {
    const given = document({
      '/api/{proxy+}': { 'x-greedy': true, ...item },
      '/b/{proxy}': { 'x-greedy': 'yes', ...item },
    });
    expect(Object.keys(made(given).body.paths)).toEqual(['/api/{proxy+}', '/b/{proxy}']);
  });

  test('is wrong if the path does not end with a variable', () => {
    const given = document({ '/api/{proxy}/files': { 'x-greedy': true, ...item } });
    const message = '#/paths/~1api~1{proxy}~1files/x-greedy is true, but the path does not end with a variable';
    expect(errorOf(given)).toContain(message);
    expect(httpErrorOf(given)).toContain(message);
  });
});

test.each(['prox', 'proxy++', 'proxy-'])('but not "%s"', (name) => {
  const message = `is the path parameter "${name}", but "/api/{proxy+}" has no {${name}}`;
  expect(errorOf(greedy(name))).toContain(message);
  expect(httpErrorOf(greedy(name))).toContain(message);
});

describe('the version', () => {
  test.each(['3.0', '3.0.1', '3.0.3-rc1'])('may be %s', (openapi) => {
    expect(() => OpenApiDefinition.fromObject({ openapi, paths: {} })).not.toThrow();
  });

  test.each(['3', '3.00', '3.1', '3.0.', '13.0'])('may not be %s', (openapi) => {
    expect(() => OpenApiDefinition.fromObject({ openapi, paths: {} })).toThrow(`is OpenAPI ${openapi}, but`);
  });

  test('needs no quotation marks in YAML', () => {
    const read = (version: string) => {
      const file = join(tmpdir(), `version-${process.pid}.yaml`);
      writeFileSync(file, `openapi: ${version}\ninfo: { title: a, version: 1.0 }\npaths: {}\n`);
      return OpenApiDefinition.fromFile(file);
    };
    expect(() => read('3.0')).not.toThrow();
    expect(() => read('3.1')).toThrow('is OpenAPI 3.1, but API Gateway accepts 3.0.x');
  });
});

describe('what begins with x-amazon-', () => {
  const schema = { type: 'object', properties: { 'x-amazon-id': { type: 'string' } } };

  test('may be the name of a property', () => {
    const { body } = made(document({ '/a': { post: JSON_BODY(schema) } }));
    expect(JSON.stringify(body.components.schemas)).toContain('"x-amazon-id":{"type":"string"}');
    const example = { example: { 'x-amazon-id': '1' } };
    expect(errorOf(document({ '/a': { post: JSON_BODY({ ...schema, ...example }) } }))).toBe('no error');
  });

  test.each<[Json, string]>([
    [{ post: JSON_BODY({ ...schema, 'x-amazon-id': 1 }) }, 'schema/x-amazon-id'],
    [{ post: JSON_BODY({ properties: { properties: { 'x-amazon-id': 1 } } }) }, 'properties/properties/x-amazon-id'],
    [{ get: OK, 'x-amazon-id': 1 }, '#/paths/~1a/x-amazon-id'],
  ])('and not an extension: %j', (item, place) => {
    expect(errorOf(document({ '/a': item }))).toContain(`${place} is an extension of API Gateway`);
  });
});

test('a REST API has no default route', () => {
  const item = { get: OK };
  expect(errorOf(document({ '/$default': item, '/a': item }))).toContain(
    '#/paths/~1$default cannot be served by a REST API: "/$default" is the route of an HTTP API for all that no other route takes, ' +
      'which a REST API does not have; write its operations under "/" and "/{proxy+}", or use HttpGateway',
  );
});
