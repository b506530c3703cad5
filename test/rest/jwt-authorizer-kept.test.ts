import { Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { RestGateway, WebAcl } from '../../lib';
import { type AuthorizerResponse, decide } from '../../runtime/handlers/jwt-authorizer/policy';
import { gateway, type Json, templateOf, testApp } from '../support/stacks';
import { configOf, jwt, mock, routes, schemesOf } from './jwt-support';

/** Whether a policy lets a request through, as IAM reads it: `*` is anything, `?` one character, a Deny wins. */
function allows({ policyDocument }: AuthorizerResponse, arn: string): boolean {
  const matches = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
        .replaceAll('*', '[^]*')
        .replaceAll('?', '[^]')}$`,
    ).test(arn);
  const hit = policyDocument.Statement.filter(({ Resource }) => Resource.some(matches));
  return hit.some(({ Effect }) => Effect === 'Allow') && !hit.some(({ Effect }) => Effect === 'Deny');
}

/** The route that API Gateway picks: segment by segment the literal before the variable before the greedy one, then the method before ANY. */
function pick(keys: readonly string[], method: string, path: string): string | undefined {
  const rank = (route: string): string | undefined => {
    const [verb, template] = route.split(' ');
    const want = template.split('/').slice(1);
    const have = path.split('/').slice(1);
    const greedy = want.at(-1)?.endsWith('+}');
    if ((verb !== method && verb !== 'ANY') || (greedy ? have.length < want.length : have.length !== want.length))
      return undefined;
    if (!want.every((segment, i) => segment.startsWith('{') || segment === have[i])) return undefined;
    return (
      want.map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0')).join('') +
      (verb === 'ANY' ? 'B' : 'A')
    );
  };
  return keys
    .flatMap((key) => ((at) => (at === undefined ? [] : [[at, key] as const]))(rank(key)))
    .sort(([a], [b]) => (a < b ? -1 : 1))[0]?.[1];
}

describe('a decision that is kept', () => {
  const SCOPES = ['read', 'write', 'admin'];
  const segment = fc.constantFrom('orders', 'secret', '{id}');
  const path = fc.array(segment, { maxLength: 3 }).map((segments) => {
    const named = segments.map((one, i) => (one === '{id}' ? `{id${i}}` : one));
    return `/${named.join('/')}`;
  });
  const withGreedy = fc
    .tuple(path, fc.boolean())
    .map(([at, greedy]) => (greedy && !at.endsWith('}') ? `${at === '/' ? '' : at}/{rest+}` : at));
  const route = fc.record({
    key: fc.tuple(fc.constantFrom('GET', 'POST', 'ANY'), withGreedy).map(([method, at]) => `${method} ${at}`),
    scopes: fc.option(fc.uniqueArray(fc.constantFrom(...SCOPES), { maxLength: 2 }), { nil: undefined }),
  });
  const api = fc.record({
    scopes: fc.subarray(SCOPES, { maxLength: 1 }),
    routes: fc.uniqueArray(route, { selector: ({ key }) => key, minLength: 1, maxLength: 6 }),
  });
  const call = fc.record({
    method: fc.constantFrom('GET', 'POST'),
    path: fc
      .array(fc.constantFrom('orders', 'secret', '42', 'a*b'), { maxLength: 4 })
      .map((segments) => `/${segments.join('/')}`),
    token: fc.nat({ max: 2 }),
  });
  const tokens = fc.array(fc.subarray(SCOPES), { minLength: 3, maxLength: 3 });

  /** Serves calls as API Gateway does, with a cache by identity source; true where a call got through. */
  function serve(template: Json, keys: readonly string[], granted: readonly (readonly string[])[]) {
    const config = configOf(template);
    const { identitySource } = schemesOf(template)['jwt-login.example.com']['x-amazon-apigateway-authorizer'];
    const cache = new Map<string, AuthorizerResponse>();
    return (method: string, at: string, token: number): { route: string; through: boolean } | undefined => {
      const picked = pick(keys, method, at);
      if (picked === undefined) return undefined;
      const [, resourcePath] = picked.split(' ');
      const values: Record<string, string> = {
        'method.request.header.Authorization': String(token),
        'context.httpMethod': method,
        'context.resourcePath': resourcePath,
      };
      const identity = JSON.stringify((identitySource as string).split(', ').map((source) => values[source]));
      const methodArn = `arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod/${method}${at}`;
      const request = { methodArn, requestContext: { httpMethod: method, resourcePath } };
      const answer = cache.get(identity) ?? decide(request, { sub: 'x', scope: granted[token].join(' ') }, config);
      cache.set(identity, answer);
      return { route: picked, through: allows(answer, methodArn) };
    };
  }

  test('lets a call through if and only if the token has a scope of the route that it is for', () => {
    let decisions = 0;
    fc.assert(
      fc.property(
        api,
        tokens,
        fc.array(call, { minLength: 5, maxLength: 30 }),
        ({ scopes, routes: given }, granted, calls) => {
          const stack = new Stack(testApp(), 'Stack');
          const own = new RestGateway(stack, 'Api', {
            defaultAuthorizer: jwt({ scopes }),
            webAcl: WebAcl.none('test'),
          });
          const added = given.filter(({ key, scopes: of }) => {
            try {
              own.addRoute(key, { integration: mock, scopes: of });
              return true;
            } catch {
              return false;
            }
          });
          const template = { Resources: resolved(own) };
          const serves = serve(
            template,
            added.map(({ key }) => key),
            granted,
          );
          for (const { method, path: at, token } of calls) {
            const served = serves(method, at, token);
            if (!served) continue;
            const needed = added.find(({ key }) => key === served.route)?.scopes ?? scopes;
            expect({ ...served, at, granted: granted[token] }).toEqual({
              ...served,
              at,
              granted: granted[token],
              through: needed.length === 0 || needed.some((scope) => granted[token].includes(scope)),
            });
            decisions++;
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(decisions).toBeGreaterThan(100);
  });

  /** The two resources that are looked at, without a synthesis. */
  function resolved(own: RestGateway): Json {
    const stack = Stack.of(own);
    const fn = own.node.findAll().find(({ node }) => /\/Authorizer-[^/]*\/Resource$/.test(node.path)) as unknown as {
      environment: { variables: unknown };
    };
    const variables = stack.resolve(fn.environment.variables);
    return {
      Authorizer: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } },
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: stack.resolve(own.cfnApi.body) } },
    };
  }

  test('the trap: a wide pattern of one route does not open, nor shut, the narrow one beside it', () => {
    const routesOf = {
      'GET /orders/{id}': { scopes: ['read'] },
      'GET /orders/{id}/secret': { scopes: ['admin'] },
      'GET /orders/public': { scopes: [] },
      'ANY /{all+}': { scopes: ['write'] },
    };
    const template = templateOf(gateway({ defaultAuthorizer: jwt(), routes: routes(routesOf) }).stack);
    const serves = serve(template, Object.keys(routesOf), [['read'], ['admin'], []]);
    const through = (...call: [string, string, number]) => serves(...call)?.through;
    expect(through('GET', '/orders/1', 0)).toBe(true);
    expect(through('GET', '/orders/2', 0)).toBe(true);
    expect(through('GET', '/orders/1/secret', 0)).toBe(false);
    expect(through('GET', '/orders/1', 1)).toBe(false);
    expect(through('GET', '/orders/1/secret', 1)).toBe(true);
    expect(through('GET', '/orders/2/secret', 1)).toBe(true);
    expect(through('GET', '/orders/public', 2)).toBe(true);
    expect(through('GET', '/orders/1', 2)).toBe(false);
    expect(through('POST', '/orders/1', 0)).toBe(false);
  });
});
