import { Stack } from 'aws-cdk-lib';
import { HttpAuthorizer, HttpGateway, type HttpGatewayProps, HttpIntegration } from '../../../lib';
import { sourceOf } from '../../../lib/template/reader/assembly';
import { document, OK } from '../../rest/openapi/support';
import { openApiProblems } from '../../support/openapi-oracle';
import { fn, type Json, templateOf, testApp } from '../../support/stacks';
import { exportsOf, roundTrip } from '../../template/openapi/support';
import { errorOf, made } from './support';

const METHODS = ['get', 'put', 'post', 'delete', 'head', 'patch'];
const ANY = 'x-amazon-apigateway-any-method';
/** `/$default` as "apigw openapi --clean" writes it. */
const defaultRoute = (operation: Json = OK, methods = METHODS): Json => ({
  '/$default': Object.fromEntries(methods.map((method) => [method, operation])),
});
const withIds = (id: string): Json =>
  Object.fromEntries(
    METHODS.map((one) => [one, { ...OK, operationId: `${id}${one[0].toUpperCase()}${one.slice(1)}` }]),
  );

describe('what the library makes of a gateway comes back as it was', () => {
  const cleanOf = (props: (stack: Stack) => Partial<HttpGatewayProps>): Json => {
    const stack = new Stack(testApp(), 'S');
    new HttpGateway(stack, 'Api', { defaultAuthorizer: HttpAuthorizer.iam(), routes: {}, ...props(stack) });
    return exportsOf([sourceOf('S.template.json', templateOf(stack), 0)])[0].clean.document;
  };
  const lambda = (stack: Stack, id: string) => ({ integration: HttpIntegration.lambda(fn(stack, id)) });

  test.each<[string, (stack: Stack) => Partial<HttpGatewayProps>]>([
    ['a greedy variable', (stack) => ({ routes: { 'GET /api/{proxy+}': lambda(stack, 'F') } })],
    [
      'a default route, CORS and preflights',
      (stack) => ({
        cors: { allowOrigins: ['https://app.example.com'] },
        routes: { $default: { ...lambda(stack, 'D'), operationName: 'all' }, 'GET /a': lambda(stack, 'A') },
      }),
    ],
    [
      'ANY',
      (stack) => ({ routes: { 'ANY /a/{id}': { ...lambda(stack, 'F'), operationName: 'a', summary: 'All of it' } } }),
    ],
  ])('%s', async (_, props) => {
    const clean = cleanOf(props);
    expect(await openApiProblems(clean)).toEqual([]);
    expect(JSON.stringify(clean)).not.toContain('options');
    expect(roundTrip(clean, 'http')).toEqual(clean);
  });
});

test('the operations of /$default are one route, which the key "$default" names', () => {
  const { body } = made(document({ '/a': { get: OK }, ...defaultRoute() }), {
    integrations: { $default: HttpIntegration.http('https://rest.example.com/') },
  });
  expect(Object.keys(body.paths['/$default'])).toEqual([ANY]);
  expect(body.paths['/$default'][ANY].isDefaultRoute).toBe(true);
  const { $ref } = body.paths['/$default'][ANY]['x-amazon-apigateway-integration'];
  expect(body.components['x-amazon-apigateway-integrations'][$ref.split('/')[3]].uri).toBe('https://rest.example.com/');
});

test('its id is what the ids of the operations have in common', () => {
  const idOf = (item: Json) => made(document({ '/$default': item })).body.paths['/$default'][ANY].operationId;
  expect(idOf(withIds('rest'))).toBe('rest');
  expect(idOf({ ...withIds('rest'), put: { ...OK, operationId: 'other' } })).toBe('restGet');
  expect(idOf(defaultRoute()['/$default'])).toBeUndefined();
});

test('it is open if its own entry says so, and not by way of a scheme', () => {
  const paths = { '/a': { get: OK }, ...defaultRoute() };
  const none = HttpAuthorizer.none('public');
  expect(
    made(document(paths), { authorizers: { $default: none } }).body.paths['/$default'][ANY].security,
  ).toBeUndefined();
  const schemes = { securitySchemes: { open: { type: 'http', scheme: 'bearer' } } };
  const secured = { '/a': { get: OK }, ...defaultRoute({ ...OK, security: [{ open: [] }] }) };
  expect(errorOf(document(secured, { components: schemes }), { authorizers: { open: none } })).toContain(
    'allowOpenCatchAll',
  );
});

test.each<[string, Json, string]>([
  [
    'a method is missing',
    defaultRoute(OK, METHODS.slice(0, 4)),
    '#/paths/~1$default cannot be served by an HTTP API: the route that takes what no other route does is "$default" alone, ' +
      'without a method and a path, and takes every method; add head, patch, or use another path',
  ],
  [
    'the operations differ',
    { '/$default': { ...defaultRoute()['/$default'], get: { ...OK, summary: 'Reads' } } },
    '#/paths/~1$default is one route, "$default", so all of its operations need the same security, summary and description',
  ],
])('is an error if %s', (_, paths, message) => {
  expect(errorOf(document(paths))).toContain(message);
});
