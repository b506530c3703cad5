import { RestAuthorizer } from '../../../lib';
import { type Json } from '../../support/stacks';
import { document, errorOf, OK } from './support';

const op = (more: Json) => ({ '/a': { get: { ...OK, ...more } } });

describe('what is no OpenAPI document says where', () => {
  test.each<[string, Json, string]>([
    [
      'the document',
      'openapi: 3.0.3',
      'OpenApiDefinition: is not an object; an OpenAPI document has "openapi", "info" and "paths"',
    ],
    ['an operation', document({ '/a': { get: 'yes' } }), '#/paths/~1a/get is not an object'],
    [
      'a path item',
      document({ '/a': { $ref: '#/components/x' }, '/b': { get: OK } }, { components: { x: 1 } }),
      '#/components/x is not an object',
    ],
    ['an operationId', document(op({ operationId: 1 })), '#/paths/~1a/get/operationId is not text'],
    ['the list of parameters', document(op({ parameters: {} })), '#/paths/~1a/get/parameters is not a list'],
    [
      'the name of a parameter',
      document(op({ parameters: [{ in: 'query' }] })),
      '#/paths/~1a/get/parameters/0/name is not text',
    ],
    ['the list of requirements', document(op({ security: {} })), '#/paths/~1a/get/security is not a list'],
    [
      'the schema of a body',
      document({ '/a': { post: { ...OK, requestBody: { content: { 'application/json': { schema: 1 } } } } } }),
      '#/paths/~1a/post/requestBody/content/application~1json/schema is not an object',
    ],
  ])('%s', (_, given, message) => {
    expect(errorOf(given)).toContain(message);
  });

  test('a name that is an operation and a security scheme', () => {
    const securitySchemes = { both: { type: 'http', scheme: 'basic' } };
    const given = document(op({ operationId: 'both', security: [{ both: [] }] }), { components: { securitySchemes } });
    expect(errorOf(given, { authorizers: { both: RestAuthorizer.iam() } })).toContain(
      'authorizers has "both", which is both an operationId and a security scheme; for the operation, use its method and path',
    );
  });
});
