import { Duration, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import * as fc from 'fast-check';
import { JsonSchema, RestAuthorizer, RestGateway, RestIntegration, type RestRouteOptions, WebAcl } from '../../lib';
import { sourceOf } from '../../lib/template/reader/assembly';
import { type Method } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { isKnown } from '../../lib/template/model/value';
import { fn, templateOf, testApp } from '../support/stacks';

const AUTHORIZERS = ['none', 'iam', 'cognito', 'token', 'request'] as const;
const INTEGRATIONS = ['lambda', 'stream', 'http', 'mock', 'byStage'] as const;

const route = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'ANY'),
  segments: fc.array(
    fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9._:$-]{1,6}$/).filter((text) => !/^(\.\.?$|:)/.test(text)),
      fc.constant('{}'),
    ),
    { maxLength: 4 },
  ),
  greedy: fc.boolean(),
  authorizer: fc.constantFrom(...AUTHORIZERS),
  integration: fc.constantFrom(...INTEGRATIONS),
  body: fc.boolean(),
  query: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.boolean(), { maxKeys: 2 }),
  headers: fc.dictionary(fc.stringMatching(/^X-[A-Z][a-z]{1,4}$/), fc.boolean(), { maxKeys: 2 }),
  scopes: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 2 }),
  apiKey: fc.boolean(),
  timeout: fc.option(fc.integer({ min: 50, max: 29_000 }), { nil: undefined }),
});
type Route = typeof route extends fc.Arbitrary<infer T> ? T : never;

/** A legal path: one name for the variable at each depth, the last one greedy by choice. */
function pathOf({ segments, greedy }: Route): string {
  const last = segments.length - 1;
  return '/' + segments.map((s, i) => (s === '{}' ? `{v${i}${greedy && i === last ? '+' : ''}}` : s)).join('/');
}

/** The routes by key; what could not stand beside an earlier one is left out. */
function distinct(routes: readonly Route[]): Map<string, Route> {
  const byKey = new Map<string, Route>();
  const greedy = new Map<string, string>();
  for (const one of routes) {
    const path = pathOf(one);
    const [parent, last] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
    const clash = path
      .split('/')
      .slice(1)
      .some((segment, i, all) => {
        const at = '/' + all.slice(0, i).join('/');
        return segment.startsWith('{') && greedy.has(at) && greedy.get(at) !== segment;
      });
    if (clash) continue;
    path
      .split('/')
      .slice(1)
      .forEach((segment, i, all) => segment.startsWith('{') && greedy.set('/' + all.slice(0, i).join('/'), segment));
    if (last.startsWith('{')) greedy.set(parent === '' ? '/' : parent, last);
    if (!byKey.has(`${one.method} ${path}`)) byKey.set(`${one.method} ${path}`, one);
  }
  return byKey;
}

test('what the gateway renders, the reader reads back', () => {
  fc.assert(
    fc.property(fc.array(route, { minLength: 1, maxLength: 8 }), (routes) => {
      const stack = new Stack(testApp(), 'Stack');
      const handler = fn(stack, 'Handler');
      const byKey = distinct(routes);
      const authorizers = {
        none: RestAuthorizer.none('test'),
        iam: RestAuthorizer.iam(),
        cognito: RestAuthorizer.cognito({ userPools: [new UserPool(stack, 'Users')] }),
        token: RestAuthorizer.lambdaToken(handler, { authorizerName: 'token' }),
        request: RestAuthorizer.lambda(handler, {
          authorizerName: 'request',
          identitySources: ['method.request.querystring.t'],
        }),
      };
      const options = (one: Route): RestRouteOptions => {
        const timeout = one.timeout === undefined ? undefined : Duration.millis(one.timeout);
        const integrations = {
          lambda: RestIntegration.lambda(handler, { timeout }),
          stream: RestIntegration.lambda(handler, { timeout, streamResponse: true }),
          http: RestIntegration.http('https://back.example.com/x', { timeout }),
          mock: RestIntegration.mock({ statusCode: 204 }),
          byStage: RestIntegration.lambdaByStage({ prod: handler }, { timeout, variableName: 'fn' }),
        };
        return {
          integration: integrations[one.integration],
          authorizer: authorizers[one.authorizer],
          scopes: one.authorizer === 'cognito' ? one.scopes : undefined,
          apiKeyRequired: one.apiKey,
          request: {
            query: one.query,
            headers: one.headers,
            body: one.body ? JsonSchema.fromObject({ type: 'object' }) : undefined,
          },
        };
      };
      new RestGateway(stack, 'Api', {
        webAcl: WebAcl.none('test'),
        usagePlans: [...byKey.values()].some(({ apiKey }) => apiKey) ? { all: {} } : undefined,
        routes: Object.fromEntries([...byKey].map(([key, one]) => [key, options(one)])),
      });
      const [api] = readModel([sourceOf('Stack.template.json', templateOf(stack), 0)]).restApis;
      expect(api.methods.map(keyOf).sort()).toEqual([...byKey.keys()].sort());
      for (const method of api.methods)
        expectSame(method, byKey.get(keyOf(method))!, pathOf(byKey.get(keyOf(method))!));
    }),
    { numRuns: 60 },
  );
});

function keyOf(method: Method): string {
  return `${String(method.httpMethod)} ${method.path}`;
}

function expectSame(method: Method, one: Route, path: string): void {
  const types = { none: undefined, iam: 'AWS_IAM', cognito: 'COGNITO_USER_POOLS', token: 'CUSTOM', request: 'CUSTOM' };
  const authorization =
    isKnown(method.authorizationType) && method.authorizationType !== 'NONE' ? method.authorizationType : undefined;
  expect(authorization).toBe(types[one.authorizer]);
  const names = { none: undefined, iam: undefined, cognito: 'cognito-Users', token: 'token', request: 'request' };
  expect(isKnown(method.authorizer) ? method.authorizer.key : undefined).toBe(names[one.authorizer]);
  expect(method.scopes).toEqual(one.authorizer === 'cognito' ? [...one.scopes].sort() : []);
  expect(method.apiKeyRequired).toBe(one.apiKey);

  const variables = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => [`method.request.path.${name}`, true]);
  const query = Object.entries(one.query).map(([name, required]) => [`method.request.querystring.${name}`, required]);
  const headers = Object.entries(one.headers).map(([name, required]) => [`method.request.header.${name}`, required]);
  const parameters = Object.fromEntries([...variables, ...query, ...headers]);
  expect(method.requestParameters).toEqual(parameters);
  expect(Object.keys(method.requestModels)).toEqual(one.body ? ['application/json'] : []);
  const required = Object.values(parameters).includes(true);
  const validator = isKnown(method.validator) ? method.validator : undefined;
  expect([validator?.validateBody ?? false, validator?.validateParameters ?? false]).toEqual([one.body, required]);

  const { integration } = method;
  if (!isKnown(integration)) throw new Error('the integration is unknown');
  const kinds = { lambda: 'AWS_PROXY', stream: 'AWS_PROXY', http: 'HTTP_PROXY', mock: 'MOCK', byStage: 'AWS_PROXY' };
  expect(integration.type).toBe(kinds[one.integration]);
  expect(integration.timeoutInMillis).toBe(one.integration === 'mock' ? undefined : one.timeout);
  expect(integration.responseTransferMode).toBe(one.integration === 'stream' ? 'STREAM' : undefined);
  if (one.integration === 'http') expect(integration.uri).toBe('https://back.example.com/x');
  if (one.integration === 'lambda') expect(integration.lambda?.function?.logicalId).toMatch(/^Handler/);
  if (one.integration === 'byStage') expect(String(integration.uri)).toContain('${stageVariables.fn}');
}
