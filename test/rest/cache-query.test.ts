import { type Stack } from 'aws-cdk-lib';
import { type RestGatewayProps, RestAuthorizer, RestIntegration } from '../../lib';
import { findings } from '../checks/support';
import { bodyOf, fn, gateway, templateOf } from '../support/stacks';

type Routes = NonNullable<RestGatewayProps['routes']>;

const stages = { prod: { cache: {} } };

function made(routeOf: (stack: Stack) => Partial<Routes[string]> & Pick<Routes[string], 'integration'>) {
  const { stack, api } = gateway({ stages });
  api.addRoute('GET /search', { cache: { perCaller: false }, ...routeOf(stack) });
  const found = findings(templateOf(stack))
    .filter(({ id }) => id === 'REST-CACHE10')
    .map(({ message }) => message);
  const acknowledged: Record<string, string> = Object.assign(
    {},
    ...api.cfnApi.node.metadata
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .map(({ data }) => data as object),
  );
  return { stack, found, acknowledged };
}

const ID = 'ApiGateway::REST-CACHE10[GET-/search]';
const PROXIES = {
  lambda: (stack: Stack) => RestIntegration.lambda(fn(stack, 'Search')),
  http: () => RestIntegration.http('https://search.example.com/'),
};

describe.each(Object.entries(PROXIES))('a cached route to a proxy (%s)', (_, proxy) => {
  test('that declares no query parameter is told so', () => {
    const { found, acknowledged } = made((stack) => ({ integration: proxy(stack) }));
    expect(found).toEqual([
      'GET /search is cached by stage "prod", and its back end receives all query parameters outside the cache key: ' +
        'requests that differ only in these get the same response',
    ]);
    expect(Object.keys(acknowledged)).not.toContain(ID);
  });

  test('with a header in the key alone too', () => {
    const { found } = made((stack) => ({
      integration: proxy(stack),
      cache: { perCaller: false, headers: ['Accept'] },
    }));
    expect(found).toHaveLength(1);
  });

  test('has the parameters that it declares in its key', () => {
    const { stack, found } = made((scope) => ({
      integration: proxy(scope),
      request: { query: { q: true, page: false } },
    }));
    expect(bodyOf(stack).paths['/search'].get['x-amazon-apigateway-integration'].cacheKeyParameters).toEqual([
      'method.request.querystring.page',
      'method.request.querystring.q',
    ]);
    expect(found).toEqual([]);
  });

  test('may say that nothing of the query is read', () => {
    const { acknowledged } = made((stack) => ({ integration: proxy(stack), request: { query: {} } }));
    expect(acknowledged[ID]).toBe('The route says request: { query: {} }: its back end reads nothing of the query.');
  });
});

test('a parameter that tells callers apart does not stand for what the back end reads', () => {
  const { found } = made((stack) => ({
    integration: PROXIES.lambda(stack),
    authorizer: RestAuthorizer.lambda(fn(stack, 'Auth'), {
      identitySources: ['method.request.querystring.token'],
    }),
    cache: {},
  }));
  expect(found).toHaveLength(1);
});

test('a route that is not cached says nothing of its query', () => {
  const { found, acknowledged } = made((stack) => ({
    integration: PROXIES.lambda(stack),
    request: { query: {} },
    cache: undefined,
  }));
  expect(found).toEqual([]);
  expect(Object.keys(acknowledged)).not.toContain(ID);
});
