import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import * as fc from 'fast-check';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  HttpRouteGroup,
  type HttpRouteOptions,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  RestRouteGroup,
  type RestRouteOptions,
  WebAcl,
} from '../../lib';
import { fn, type Json, testApp } from '../support/stacks';

/** What a group or a route of the property says; `authorizer` is the name of one. */
interface Said {
  readonly authorizer?: string;
  readonly scopes?: string[];
  readonly throttle?: { rateLimit: number; burstLimit: number };
  readonly apiKeyRequired?: boolean;
  readonly query?: Record<string, boolean>;
  readonly headers?: Record<string, boolean>;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly said: Said;
}

/** A group of the property. */
interface Tree {
  readonly prefix: string;
  readonly said: Said;
  readonly routes: readonly Route[];
  readonly groups: readonly Tree[];
  /** Whether its routes are added after it is in the gateway. */
  readonly late: boolean;
}

const SCOPED = ['users', 'staff'];
const said = (isRest: boolean): fc.Arbitrary<Said> =>
  fc.record(
    {
      authorizer: fc.constantFrom('users', 'staff', 'iam', 'open'),
      scopes: fc.constantFrom(['a/read'], ['a/read', 'a/write']),
      throttle: fc.record({ rateLimit: fc.integer({ min: 1, max: 9 }), burstLimit: fc.integer({ min: 1, max: 9 }) }),
      ...(isRest && {
        apiKeyRequired: fc.boolean(),
        query: fc.dictionary(fc.constantFrom('page', 'size', 'sort'), fc.boolean()),
        headers: fc.dictionary(fc.constantFrom('X-One', 'X-Two', 'X-Three'), fc.boolean()),
      }),
    },
    { requiredKeys: [] },
  );

/** Segments are words, so that each path has one meaning; what clashes is in tests of its own. */
const segments = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 });
const path = segments.map((all) => `/${all.join('/')}`);

function tree(isRest: boolean, depth = 2): fc.Arbitrary<Tree> {
  return fc.record({
    prefix: path,
    said: said(isRest),
    routes: fc.array(fc.record({ method: fc.constantFrom('GET', 'POST', 'ANY'), path, said: said(isRest) }), {
      maxLength: 3,
    }),
    groups: depth === 0 ? fc.constant([]) : fc.array(tree(isRest, depth - 1), { maxLength: 2 }),
    late: fc.boolean(),
  });
}

/** The oracle: the routes of a tree with all that applies to each, in the order in which a gateway gets them. */
function flattened(root: Tree): ReadonlyMap<string, Said> {
  const atOnce: [string, Said][] = [];
  const later: [string, Said][] = [];
  const visit = ({ prefix, said: own, routes, groups, late }: Tree, outer: readonly Said[], above: string) => {
    const levels = [...outer, own];
    const base = prefix === '/' ? above : above + prefix;
    const flat = routes.map((route): [string, Said] => [keyOf(route, base), effective([...levels, route.said])]);
    if (!late) atOnce.push(...flat);
    for (const group of groups) visit(group, levels, base);
    if (late) later.push(...flat);
  };
  visit(root, [], '');
  return new Map([...atOnce, ...later]);
}

const keyOf = ({ method, path: own }: Route, base: string) => `${method} ${base + (own === '/' ? '' : own) || '/'}`;

/** Outer levels first. */
function effective(levels: readonly Said[]): Said {
  const all: { -readonly [K in keyof Said]: Said[K] } = {};
  for (const level of levels) {
    if (level.authorizer !== undefined) delete all.scopes;
    const { query, headers, ...rest } = level;
    Object.assign(all, rest);
    if (query) all.query = { ...all.query, ...query };
    if (headers) all.headers = { ...all.headers, ...headers };
  }
  return all;
}

/** The tree without routes whose key is taken, and without scopes that no authorizer checks. */
function legal(root: Tree): Tree {
  const keys = new Set<string>();
  const visit = (one: Tree, outer: readonly Said[], above: string): Tree => {
    const base = one.prefix === '/' ? above : above + one.prefix;
    const levels = [...outer, one.said];
    const routes = one.routes.filter((route) => {
      const key = keyOf(route, base);
      const { authorizer = 'users', scopes } = effective([...levels, route.said]);
      if (keys.has(key) || (scopes && !SCOPED.includes(authorizer))) return false;
      keys.add(key);
      return true;
    });
    return { ...one, routes, groups: one.groups.map((group) => visit(group, levels, base)) };
  };
  return visit(root, [], '');
}

/** A kind of API, as the property builds it. */
interface Kind<O> {
  readonly options: (stack: Stack) => (said: Said) => Partial<O>;
  readonly integration: (stack: Stack) => Pick<Json, 'integration'>;
  readonly group: (props: object) => { addRoute(key: string, options: O): void };
  readonly gateway: (stack: Stack, props: object) => { addRoute(key: string, options: O): unknown };
}

const withRequest = ({ query, headers, ...rest }: Omit<Said, 'authorizer'>) => ({
  ...rest,
  ...((query || headers) && { request: { ...(query && { query }), ...(headers && { headers }) } }),
});

const rest: Kind<RestRouteOptions> = {
  options: (stack) => {
    const authorizers = {
      users: RestAuthorizer.cognito({ userPools: [new UserPool(stack, 'Users')], authorizerName: 'users' }),
      staff: RestAuthorizer.cognito({ userPools: [new UserPool(stack, 'Staff')], authorizerName: 'staff' }),
      iam: RestAuthorizer.iam(),
      open: RestAuthorizer.none('public'),
    };
    return ({ authorizer, ...others }) => ({
      ...withRequest(others),
      ...(authorizer !== undefined && { authorizer: authorizers[authorizer as keyof typeof authorizers] }),
    });
  },
  integration: (stack) => ({ integration: RestIntegration.lambda(fn(stack, 'Handler')) }),
  group: (props) => new RestRouteGroup(props),
  gateway: (stack, props) =>
    new RestGateway(stack, 'Api', { webAcl: WebAcl.none('test'), usagePlansElsewhere: 'a test', ...props }),
};

const http: Kind<HttpRouteOptions> = {
  options: () => {
    const jwt = (authorizerName: string) =>
      HttpAuthorizer.jwt({ authorizerName, issuer: `https://${authorizerName}.example.com/`, audience: ['orders'] });
    const authorizers = {
      users: jwt('users'),
      staff: jwt('staff'),
      iam: HttpAuthorizer.iam(),
      open: HttpAuthorizer.none('public'),
    };
    return ({ authorizer, ...others }) => ({
      ...others,
      ...(authorizer !== undefined && { authorizer: authorizers[authorizer as keyof typeof authorizers] }),
    });
  },
  integration: (stack) => ({ integration: HttpIntegration.lambda(fn(stack, 'Handler')) }),
  group: (props) => new HttpRouteGroup(props),
  gateway: (stack, props) => new HttpGateway(stack, 'Api', props),
};

/** Both templates of a tree: of groups, and of the routes that the oracle makes of them. */
function templates<O>(kind: Kind<O>, root: Tree): [Json, Json] {
  const made = (build: (stack: Stack) => void) => {
    const stack = new Stack(testApp(), 'Stack');
    build(stack);
    return Template.fromStack(stack).toJSON();
  };
  const prepared = (stack: Stack) => {
    const options = kind.options(stack);
    const integration = kind.integration(stack);
    const route = (of: Said) => ({ ...options(of), ...integration }) as O;
    return { options, route, defaultAuthorizer: (options({ authorizer: 'users' }) as Json).authorizer };
  };
  const grouped = made((stack) => {
    const { options, route, defaultAuthorizer } = prepared(stack);
    const later: (() => void)[] = [];
    const groupOf = ({ prefix, said: own, routes, groups, late }: Tree): object => {
      const entries = routes.map((one) => [`${one.method} ${one.path}`, route(one.said)] as const);
      const group = kind.group({
        prefix,
        ...options(own),
        groups: groups.map(groupOf),
        ...(late ? {} : { routes: Object.fromEntries(entries) }),
      });
      if (late) later.push(() => entries.forEach(([key, of]) => group.addRoute(key, of)));
      return group;
    };
    kind.gateway(stack, { defaultAuthorizer, routeGroups: [groupOf(root)] });
    later.forEach((add) => add());
  });
  const flat = made((stack) => {
    const { route, defaultAuthorizer } = prepared(stack);
    const routes = [...flattened(root)].map(([key, of]) => [key, route(of)] as const);
    kind.gateway(stack, { defaultAuthorizer, routes: Object.fromEntries(routes) });
  });
  return [grouped, flat];
}

describe.each([
  ['RestRouteGroup', rest as Kind<unknown>, true],
  ['HttpRouteGroup', http as Kind<unknown>, false],
] as const)('%s', (_, kind, isRest) => {
  test('a tree of groups has the template of its routes written out', () => {
    const seen = { routes: 0, nested: 0 };
    fc.assert(
      fc.property(tree(isRest).map(legal), (root) => {
        const count = flattened(root).size;
        fc.pre(count > 0);
        const [grouped, flat] = templates(kind, root);
        expect(grouped).toEqual(flat);
        expect(JSON.stringify(grouped).includes('x-amazon-apigateway-integration')).toBe(true);
        seen.routes += count;
        seen.nested += root.groups.length;
      }),
      { numRuns: 40 },
    );
    expect(seen.routes).toBeGreaterThan(60);
    expect(seen.nested).toBeGreaterThan(10);
  });
});
