import { Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  HttpRouteGroup,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  RestRouteGroup,
  WebAcl,
} from '../../lib';
import { bodyOf, type Json, testApp } from '../support/stacks';

/** The least of each kind, for what both do in the same words. */
const KINDS = [
  {
    name: 'Rest',
    Group: RestRouteGroup,
    route: (more: object = {}) => ({ integration: RestIntegration.http('https://example.com/'), ...more }) as Json,
    gateway: (props: object) => new RestGateway(new Stack(testApp(), 'Stack'), 'Api', props) as Json,
    iam: RestAuthorizer.iam(),
    open: RestAuthorizer.none('a probe'),
    other: () => new HttpRouteGroup(),
  },
  {
    name: 'Http',
    Group: HttpRouteGroup,
    route: (more: object = {}) => ({ integration: HttpIntegration.http('https://example.com/'), ...more }) as Json,
    gateway: (props: object) => new HttpGateway(new Stack(testApp(), 'Stack'), 'Api', props) as Json,
    iam: HttpAuthorizer.iam(),
    open: HttpAuthorizer.none('a probe'),
    other: () => new RestRouteGroup(),
  },
] as const;

describe.each(KINDS.map((kind) => [`${kind.name}RouteGroup`, kind] as const))('%s', (name, kind) => {
  const { route, iam, gateway } = kind;
  const Group = kind.Group as new (props?: object) => Json;
  const mounted = (...groups: object[]) => gateway({ defaultAuthorizer: iam, routeGroups: groups });
  const HERE = /\(test\/gateway\/route-groups\.test\.ts:\d+:\d+\)/.source;

  test('a key that two groups have is an error that names both places', () => {
    const orders = new Group({
      prefix: '/shop',
      groups: [new Group({ prefix: '/orders', routes: { 'GET /': route() } })],
    });
    const more = new Group({ prefix: '/shop/orders', routes: { 'GET /': route() } });
    expect(() => mounted(orders, more)).toThrow(
      new RegExp(
        `^${kind.name}Gateway 'Api': group "/shop/orders": route "GET /shop/orders": is defined twice; a route has one integration\\. ` +
          `First: group "/shop/orders" ${HERE}; again: group "/shop/orders" ${HERE}$`,
      ),
    );
  });

  test('a key that a group and the gateway have is one too, whoever comes first', () => {
    const group = new Group({ prefix: '/orders' });
    const api = gateway({ defaultAuthorizer: iam, routes: { 'GET /orders': route() }, routeGroups: [group] });
    expect(() => group.addRoute('GET /', route())).toThrow(
      new RegExp(`First: routes of the gateway; again: group "/orders" ${HERE}$`),
    );
    group.addRoute('GET /{id}', route());
    expect(() => api.addRoute('GET /orders/{id}', route())).toThrow(
      new RegExp(`First: group "/orders" ${HERE}; again: addRoute ${HERE}$`),
    );
  });

  test('a variable that two groups call differently is an error that names both', () => {
    const a = new Group({ prefix: '/orders/{id}', routes: { 'GET /': route() } });
    const b = new Group({ prefix: '/orders/{key}', routes: { 'POST /': route() } });
    expect(() => mounted(a, b)).toThrow(
      new RegExp(`First: group "/orders/{id}" ${HERE}; again: group "/orders/{key}" ${HERE}$`),
    );
  });

  test('an option that does not exist is an error, of the group and of its routes', () => {
    expect(() => new Group({ prefix: '/orders', throtle: {} })).toThrow(
      `${name} "/orders": has no option "throtle". Did you mean "throttle"?`,
    );
    const spread = { throtle: { rateLimit: 1, burstLimit: 1 } };
    expect(() => new Group({ prefix: '/orders', routes: { 'GET /': route(spread) } })).toThrow(
      `${name} "/orders": route "GET /": has no option "throtle". Did you mean "throttle"?`,
    );
    expect(() => new Group({ prefix: '/orders' }).addRoute('GET /', route(spread))).toThrow(
      'has no option "throtle". Did you mean "throttle"?',
    );
  });

  test('a group of another kind of API is an error', () => {
    expect(() => mounted(kind.other())).toThrow(/routeGroups\[0\] must be/);
    expect(() => new Group({ groups: [kind.other()] })).toThrow(/groups\[0\] must be/);
  });

  test.each([
    ['orders', 'the prefix must start with "/": "/orders"'],
    ['GET /orders', 'the prefix is a path without a method, which each route has: "/orders"'],
    ['/orders/', 'the path must not end in "/", which API Gateway drops: "/orders"'],
    ['/a//b', 'the path has an empty segment'],
    ['/{proxy+}', 'the greedy variable of the prefix takes all the rest of the path, so no route can be below it'],
    ['/:id', '"/{id}"'],
  ])('the prefix %p is refused', (prefix, message) => {
    expect(() => new Group({ prefix })).toThrow(`${name} "${prefix}": `);
    expect(() => new Group({ prefix })).toThrow(message);
  });

  test('a wrong key is reported with its group', () => {
    expect(() => mounted(new Group({ prefix: '/orders', routes: { 'GET id': route() } }))).toThrow(
      'group "/orders": route "GET id": the path must start with "/" after the method: "GET /id"',
    );
    expect(() => mounted(new Group({ prefix: '/a/{id}', routes: { 'GET /{id}': route() } }))).toThrow(
      'route "GET /a/{id}/{id}": the path variable "{id}" is in the path twice',
    );
  });

  test('a group cannot contain itself', () => {
    const inner = new Group({ prefix: '/b' });
    const outer = new Group({ prefix: '/a', groups: [inner] });
    expect(() => inner.addGroup(outer)).toThrow(`${name} "/b": a group cannot contain itself; add another group`);
    expect(() => inner.addGroup(inner)).toThrow('a group cannot contain itself');
  });

  test('a group may be in several gateways, and under several prefixes', () => {
    const orders = new Group({ prefix: '/orders' });
    const [a, b] = [
      mounted(new Group({ prefix: '/v1', groups: [orders] }), new Group({ prefix: '/v2', groups: [orders] })),
      mounted(orders),
    ];
    orders.addRoute('GET /{id}', route());
    expect([a.route('GET /v1/orders/{id}').key, a.route('GET /v2/orders/{id}').key]).toHaveLength(2);
    expect(b.route('GET /orders/{id}').key).toBe('GET /orders/{id}');
  });

  test('a group protects routes of a gateway without a default authorizer', () => {
    const group = new Group({ authorizer: kind.open, routes: { 'GET /health': route() } });
    const api = gateway({ routeGroups: [group] });
    expect(api.route('GET /health').key).toBe('GET /health');
    expect(() => gateway({ routeGroups: [new Group({ prefix: '/a', routes: { 'GET /': route() } })] })).toThrow(
      'group "/a": route "GET /a": has no authorizer',
    );
  });
});

test('$default of an HTTP API is in no prefix', () => {
  const route = { integration: HttpIntegration.http('https://example.com/') };
  const api = (group: HttpRouteGroup) =>
    new HttpGateway(new Stack(testApp(), 'Stack'), 'Api', {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routeGroups: [group],
    });
  expect(() => api(new HttpRouteGroup({ prefix: '/a', routes: { $default: route } }))).toThrow(
    'HttpRouteGroup "/a": route "$default": takes what no other route of the API does, so it cannot have the prefix "/a"; write "ANY /{proxy+}" for the rest below the prefix',
  );
  expect(api(new HttpRouteGroup({ routes: { $default: route } })).route('$default').key).toBe('$default');
});

test('headers of the request are joined whatever their case', () => {
  const group = new RestRouteGroup({
    request: { headers: { 'X-Tenant': true, 'x-trace': false, 'X-Other': false } },
    routes: {
      'GET /': {
        integration: RestIntegration.mock(),
        request: { headers: { 'x-tenant': false, 'X-Trace': true }, query: { page: true } },
      },
    },
  });
  const stack = new Stack(testApp(), 'Stack');
  new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routeGroups: [group],
  });
  const { parameters } = bodyOf(stack).paths['/'].get;
  expect(parameters.map(({ name, required }: Json) => [name, required])).toEqual([
    ['page', true],
    ['X-Other', false],
    ['X-Trace', true],
    ['x-tenant', false],
  ]);
});
