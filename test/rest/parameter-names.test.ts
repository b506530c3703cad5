import { RequestValue, type RestGatewayProps, RestIntegration, type RestRouteOptions } from '../../lib';
import { gateway } from '../support/stacks';

const route = (options: Partial<RestRouteOptions>): Partial<RestGatewayProps> => ({
  routes: { 'GET /x': { integration: RestIntegration.mock(), ...options } },
});

test.each<[string, Partial<RestGatewayProps>, string]>([
  [
    'a query parameter with brackets',
    route({ request: { query: { 'filter[a][b]': true } } }),
    '"filter[a][b]" cannot be the name of a query parameter that a method declares; allowed: A-Z a-z 0-9 : . _ $ -. Remove it, since a proxy integration gets it undeclared, or name it "filter.a.b"',
  ],
  [
    'a query parameter with the name of the path variable',
    { routes: { 'GET /a/{id}': { integration: RestIntegration.mock(), request: { query: { id: true } } } } },
    'route "GET /a/{id}": "id" is the name of a path variable and of a query parameter, but a method can use each name only once among path, query and headers; rename the path variable, or leave the query parameter out: a proxy integration gets it undeclared',
  ],
  [
    'a header with the name of a query parameter',
    route({ request: { query: { tenant: true }, headers: { tenant: false } } }),
    '"tenant" is the name of a query parameter and of a header, but a method can use each name only once among path, query and headers; rename one of them, or leave one out',
  ],
  [
    'a header of the cache key with the name of the path variable',
    {
      routes: {
        'GET /a/{id}': { integration: RestIntegration.mock(), cache: { headers: ['id'], perCaller: false } },
      },
    },
    '"id" is the name of a path variable and of a header',
  ],
  [
    'values of one name that an integration reads',
    {
      routes: {
        'GET /a/{id}': {
          integration: RestIntegration.aws({
            service: 'sqs',
            path: '/',
            iamActions: ['sqs:SendMessage'],
            resources: ['arn:aws:sqs:eu-west-1:111111111111:q'],
            requestParameters: {
              'integration.request.querystring.a': RequestValue.path('id'),
              'integration.request.querystring.b': RequestValue.query('id'),
            },
          }),
        },
      },
    },
    '"id" is the name of a path variable and of a query parameter',
  ],
])('%s', (_, props, message) => {
  expect(() => gateway(props)).toThrow(message);
});

test('names that differ in their case, and names of other routes, are no clash', () => {
  const request = { query: { Tenant: true }, headers: { tenant: true } };
  const integration = RestIntegration.mock();
  expect(() =>
    gateway({
      routes: {
        'GET /a': { integration, request },
        'GET /a/{id}': { integration },
        'GET /b': { integration, request: { query: { id: false, 'a:b.c_d$e-f': true } } },
      },
    }),
  ).not.toThrow();
});
