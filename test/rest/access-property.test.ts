import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { InterfaceVpcEndpoint, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, ArnPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { RestAccess, RestAuthorizer, RestEndpointType, RestIntegration } from '../../lib';
import {
  API_ACCOUNT,
  type Authorization,
  type Call,
  deployed,
  type Identity,
  type Verdict,
  verdict,
  type Word,
} from '../support/resource-policy';
import { gateway, type Json } from '../support/stacks';

const elsewhere = new Stack(new App(), 'Elsewhere');
const handler = Function.fromFunctionArn(elsewhere, 'Fn', `arn:aws:lambda:eu-west-1:${API_ACCOUNT}:function:h`);
const pool = UserPool.fromUserPoolId(elsewhere, 'Pool', 'eu-west-1_a');
const vpcs = ['vpc-1', 'vpc-2'].map((vpcId) =>
  Vpc.fromVpcAttributes(elsewhere, vpcId, { vpcId, availabilityZones: ['a'] }),
);
const endpoints = ['vpce-1', 'vpce-2', 'vpce-3'].map((id) =>
  InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(elsewhere, id, { vpcEndpointId: id, port: 443 }),
);

// What a route asks its callers for, as a user writes it.
const AUTHORIZERS = {
  open: () => RestAuthorizer.none('test'),
  cognito: () => RestAuthorizer.cognito({ userPools: [pool] }),
  lambda: () => RestAuthorizer.lambdaToken(handler),
  iam: () => RestAuthorizer.iam(),
};
type Kind = keyof typeof AUTHORIZERS;
const AUTHORIZATION: Record<Kind, Authorization> = {
  open: 'NONE',
  cognito: 'COGNITO_USER_POOLS',
  lambda: 'CUSTOM',
  iam: 'AWS_IAM',
};

const KEYS = [
  'GET /',
  'GET /items',
  'POST /items',
  'ANY /items',
  'OPTIONS /items',
  'GET /items/{id}',
  'ANY /items/{id}',
  'GET /items/special',
  'ANY /items/special',
  'GET /items/{id}/cost',
  'GET /items/{id}/cost/{part}',
  'ANY /items/{id}/{more+}',
  'GET /status',
  'ANY /status',
  'POST /status',
  'ANY /files/{proxy+}',
  'GET /files/{proxy+}',
  'GET /files/status',
  'GET /{proxy+}',
];
/** Paths that callers write: of all routes, and odd ones. */
const PATHS = [
  '/',
  '/items',
  '/items/7',
  '/items/special',
  '/items/7/cost',
  '/items/special/cost',
  '/items/7/cost/8',
  '/items/7/else',
  '/status',
  '/files/a',
  '/files/status',
  '/files/GET/status',
  '/files/a/OPTIONS/items',
  '/files/POST/status/GET/items/7',
  '/elsewhere',
];
const METHODS = ['GET', 'POST', 'DELETE', 'OPTIONS'];

const OWN: Identity = { account: API_ACCOUNT, arn: `arn:aws:iam::${API_ACCOUNT}:role/own` };
const OTHER: Identity = { account: '222222222222', arn: 'arn:aws:iam::222222222222:role/other' };
const ORGANIZATION = 'o-a1b2c3d4e5';
const IPS = ['203.0.113.5', '203.0.113.200', '198.51.100.9'];
const INSIDE = ['10.0.0.5', '10.0.0.200', '10.9.0.9'];

/** A part of `access`, and what it says. */
type Part =
  | { only: 'ip' | 'vpc' | 'vpcEndpoint'; values: string[] }
  | { deny: 'ip' | 'vpc' | 'vpcEndpoint'; values: string[] }
  | { accounts: string[] }
  | { organization: string; only: boolean }
  | { let: boolean; principals: string[] }
  | { statement: string };

const some = <T>(values: T[]) => fc.subarray(values, { minLength: 1 });
const parts = (isPrivate: boolean): fc.Arbitrary<Part> => {
  const ips = isPrivate ? ['10.0.0.0/24', '10.0.0.128/25'] : ['203.0.113.0/24', '203.0.113.128/25'];
  const everywhere: fc.Arbitrary<Part>[] = [
    fc.record({ only: fc.constant('ip' as const), values: some(ips) }),
    fc.record({ deny: fc.constant('ip' as const), values: some(ips) }),
    fc.record({ accounts: some([OTHER.account, API_ACCOUNT]) }),
    fc.record({ organization: fc.constant(ORGANIZATION), only: fc.boolean() }),
    fc.record({ let: fc.boolean(), principals: some([OWN.arn, OTHER.arn, '*']) }),
    fc.record({ statement: fc.constantFrom(OWN.arn, OTHER.arn) }),
  ];
  const inside: fc.Arbitrary<Part>[] = [
    fc.record({ only: fc.constant('vpc' as const), values: some(['vpc-1', 'vpc-2']) }),
    fc.record({ only: fc.constant('vpcEndpoint' as const), values: some(['vpce-1', 'vpce-2']) }),
    fc.record({ deny: fc.constant('vpc' as const), values: some(['vpc-1']) }),
    fc.record({ deny: fc.constant('vpcEndpoint' as const), values: some(['vpce-1']) }),
  ];
  return fc.oneof(...everywhere, ...(isPrivate ? inside : []));
};

function access(part: Part): RestAccess {
  const principal = (arn: string) => (arn === '*' ? new AnyPrincipal() : new ArnPrincipal(arn));
  if ('values' in part) {
    const { values } = part;
    const inVpcs = vpcs.filter(({ vpcId }) => values.includes(vpcId));
    const through = endpoints.filter(({ vpcEndpointId }) => values.includes(vpcEndpointId));
    const network = 'only' in part ? part.only : part.deny;
    if (network === 'ip') return 'only' in part ? RestAccess.onlyIpRanges(values) : RestAccess.denyIpRanges(values);
    if (network === 'vpc') return 'only' in part ? RestAccess.onlyVpcs(inVpcs) : RestAccess.denyVpcs(inVpcs);
    return 'only' in part ? RestAccess.onlyVpcEndpoints(through) : RestAccess.denyVpcEndpoints(through);
  }
  if ('accounts' in part) return RestAccess.allowAccounts(part.accounts);
  if ('organization' in part) {
    return part.only ? RestAccess.onlyOrganization(part.organization) : RestAccess.allowOrganization(part.organization);
  }
  if ('principals' in part) {
    const principals = part.principals.map(principal);
    return part.let ? RestAccess.allowPrincipals(principals) : RestAccess.denyPrincipals(principals);
  }
  const denial = new PolicyStatement({
    effect: Effect.DENY,
    principals: [principal(part.statement)],
    actions: ['execute-api:Invoke'],
    resources: ['execute-api:/*'],
  });
  return RestAccess.fromStatements([denial]);
}

interface Api {
  readonly isPrivate: boolean;
  readonly cors: boolean;
  readonly routes: Record<string, Kind>;
  readonly parts: Part[];
  /** Whether the last routes are added after the construct was made. */
  readonly later: boolean;
}

const apis: fc.Arbitrary<Api> = fc.boolean().chain((isPrivate) =>
  fc.record({
    isPrivate: fc.constant(isPrivate),
    cors: fc.boolean(),
    later: fc.boolean(),
    routes: fc
      .uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 6 })
      .filter((keys) => !(keys.some((key) => /\{id\}/.test(key)) && keys.some((key) => /items\/\{more/.test(key))))
      .chain((keys) =>
        fc
          .array(fc.constantFrom<Kind>('open', 'cognito', 'lambda', 'iam', 'iam'), {
            minLength: keys.length,
            maxLength: keys.length,
          })
          .map((kinds) => Object.fromEntries(keys.map((key, index) => [key, kinds[index]]))),
      ),
    parts: fc.array(parts(isPrivate), { minLength: 1, maxLength: 3 }),
  }),
);

/** The policy of such an API, in the document and in the property; or the errors. */
function make({ isPrivate, cors, routes, parts: some, later }: Api): { policy?: Json; errors: string[] } {
  const options = (kind: Kind) => ({ integration: RestIntegration.mock(), authorizer: AUTHORIZERS[kind]() });
  const entries = Object.entries(routes).map(([key, kind]) => [key, options(kind)] as const);
  const first = later ? Math.ceil(entries.length / 2) : entries.length;
  const { api, stack } = gateway({
    routes: Object.fromEntries(entries.slice(0, first)),
    access: some.map(access),
    cors: cors ? { allowOrigins: ['https://app.example.com'] } : undefined,
    stages: { prod: {}, dev: {} },
    ...(isPrivate ? { endpointType: RestEndpointType.PRIVATE, vpcEndpoints: endpoints.slice(0, 2) } : {}),
  });
  // Asked for early, it must not be kept.
  if (later) stack.resolve(api.cfnApi.body);
  for (const [key, one] of entries.slice(first)) api.addRoute(key, one);
  const errors = api.node.validate().filter((error) => error.includes('access allows everyone to call'));
  const policy = stack.resolve(api.cfnApi.body)['x-amazon-apigateway-policy'];
  expect(stack.resolve(api.cfnApi.policy)).toEqual(policy);
  return { policy: deployed(policy), errors };
}

const callers = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc.constantFrom(...PATHS),
  slash: fc.constantFrom('', '', '/'),
  stage: fc.constantFrom('prod', 'dev'),
  identity: fc.constantFrom(undefined, OWN, OTHER),
  organization: fc.constantFrom(undefined, ORGANIZATION, 'o-bbbbbbbbbb'),
  word: fc.constantFrom<Word | undefined>('Allow', 'Neither', 'Deny', undefined),
  address: fc.nat(2),
  vpc: fc.constantFrom('vpc-1', 'vpc-2', 'vpc-3'),
  vpcEndpoint: fc.constantFrom('vpce-1', 'vpce-2', 'vpce-3'),
});
type Caller = typeof callers extends fc.Arbitrary<infer T> ? T : never;

/** The route that answers: the most specific path, then the method; `preflight` where CORS answers. */
function answering({ routes, cors }: Api, method: string, path: string): Kind | 'preflight' | undefined {
  const rank = (key: string) =>
    key
      .slice(key.indexOf('/') + 1)
      .split('/')
      .map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0'))
      .join('');
  const source = (key: string) =>
    key
      .slice(key.indexOf('/'))
      .replace(/\/\{[^}]*\+\}$/, '/.+')
      .replace(/\{[^}]*\}/g, '[^/]+');
  const matching = Object.keys(routes).filter((key) => new RegExp(`^${source(key)}$`).test(path));
  const [best] = matching.map(rank).sort();
  const there = matching.filter((key) => rank(key) === best);
  const exact = there.find((key) => key.startsWith(`${method} `));
  if (exact) return routes[exact];
  if (there.length > 0 && cors && method === 'OPTIONS') return 'preflight';
  const any = there.find((key) => key.startsWith('ANY '));
  return any === undefined ? undefined : routes[any];
}

/** What the props say, in the words of their documentation. */
function promised(api: Api, caller: Caller, kind: Kind | 'preflight', call: Call): Verdict {
  const all = api.parts;
  const at = { ip: call.sourceIp, vpc: call.vpc ?? '', vpcEndpoint: call.vpcEndpoint ?? '' };
  const inRange = (range: string) =>
    at.ip.startsWith(range.replace(/\d+\/\d+$/, '')) && (range.endsWith('/24') || Number(at.ip.split('.')[3]) >= 128);
  const isAt = (network: keyof typeof at, values: string[]) =>
    network === 'ip' ? values.some(inRange) : values.includes(at[network]);
  const fenced = all.some((part) => 'values' in part && 'only' in part && part.only !== 'ip');
  const fence: Part[] = api.isPrivate && !fenced ? [{ only: 'vpcEndpoint', values: ['vpce-1', 'vpce-2'] }] : [];
  const networks = [...all, ...fence];
  for (const network of ['ip', 'vpc', 'vpcEndpoint'] as const) {
    const only = networks.flatMap((part) =>
      'values' in part && 'only' in part && part.only === network ? [part] : [],
    );
    if (only.length > 0 && !only.some(({ values }) => isAt(network, values))) return 'Deny';
    if (networks.some((part) => 'deny' in part && part.deny === network && isAt(network, part.values))) return 'Deny';
  }
  if (kind === 'open' || kind === 'preflight') return 'Allow';
  if (kind === 'cognito' || kind === 'lambda') return caller.word === 'Allow' ? 'Allow' : 'Deny';

  const { identity } = call;
  if (!identity || caller.word === undefined || caller.word === 'Deny') return 'Deny';
  const named = (part: Part) =>
    'principals' in part && (part.principals.includes(identity.arn) || part.principals.includes('*'));
  const denied = all.some(
    (part) =>
      ('statement' in part && part.statement === identity.arn) ||
      ('let' in part && !part.let && named(part)) ||
      ('organization' in part && part.only && part.organization !== identity.organization),
  );
  if (denied) return 'Deny';
  const allowed = all.some((part) => 'let' in part && part.let && named(part));
  if (identity.account === API_ACCOUNT) return allowed || caller.word === 'Allow' ? 'Allow' : 'Deny';
  const taken = all.some(
    (part) =>
      ('accounts' in part && part.accounts.includes(identity.account)) ||
      ('organization' in part && part.organization === identity.organization),
  );
  return (allowed || taken) && caller.word === 'Allow' ? 'Allow' : 'Deny';
}

function callOf({ isPrivate }: Api, caller: Caller): Call {
  const { method, stage, address, identity, organization } = caller;
  return {
    method,
    stage,
    path: caller.path === '/' ? '/' : caller.path + caller.slash,
    sourceIp: (isPrivate ? INSIDE : IPS)[address],
    identity: identity && { ...identity, organization },
    ...(isPrivate ? { vpc: caller.vpc, vpcEndpoint: caller.vpcEndpoint } : {}),
  };
}

test('policy and authorizer together let in whom the props let in, and nobody else', () => {
  let made = 0;
  let refused = 0;
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(apis, fc.array(callers, { minLength: 1, maxLength: 60, size: 'max' }), (api, several) => {
      const { policy, errors } = make(api);
      if (errors.length > 0) {
        refused++;
        expect(Object.values(api.routes)).toContain('lambda');
        expect(
          Object.values(api.routes).includes('open') || Object.values(api.routes).includes('cognito') || api.cors,
        ).toBe(true);
      } else made++;
      for (const caller of several) {
        const kind = answering(api, caller.method, caller.path);
        if (kind === undefined) continue;
        const call = callOf(api, caller);
        const authorization = kind === 'preflight' ? 'NONE' : AUTHORIZATION[kind];
        const word = kind === 'cognito' && caller.word !== 'Allow' ? undefined : caller.word;
        const is = verdict(policy, call, { authorization, word });
        const shouldBe = promised(api, caller, kind, call);
        // A policy names the paths of open routes without a slash at the end; what is wrong is refused anyway.
        const mayBeLess = call.path !== caller.path || errors.length > 0;
        const wrong = is !== shouldBe && !(mayBeLess && is === 'Deny');
        expect(wrong ? { call, kind, word, is, shouldBe, policy } : undefined).toBeUndefined();
        seen.set(`${kind} ${is}`, (seen.get(`${kind} ${is}`) ?? 0) + 1);
      }
    }),
    { numRuns: 200 },
  );
  // Nothing of this is idle.
  expect(made).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(2);
  for (const kind of [...Object.keys(AUTHORIZERS), 'preflight']) {
    for (const is of ['Allow', 'Deny'])
      expect([kind, is, (seen.get(`${kind} ${is}`) ?? 0) > 4]).toEqual([kind, is, true]);
  }
});
