import { type HttpCall } from '../../../lib/serve/backends';
import { type Call, describeExample, preflights, SIGNED } from './support';

const [PAGE, ADMIN] = ['https://app.example.com', 'https://admin.example.com'];
const READER = { as: { token_use: 'access', scope: 'orders/read' } };
const WRITER = { as: { token_use: 'access', scope: 'orders/write' } };
const SIGNER = { headers: SIGNED };
const [GOOD, BAD, BARRED] = ['a', 'b', 'c'].map((letter) => letter.repeat(32));
const ORDER = { customer: 'ABCD1234', lines: [{ sku: 's', count: 1 }] };

/** For all of the stage, since a decision is kept for a while. */
const policy = (Effect: string, methodArn: string): object => ({
  principalId: 'partner',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn.replace(/\/GET\/.*/, '/*') }],
  },
});

/** Lets one in, throws another out as the examples do, and forbids the rest. */
function decide(token: string | undefined, methodArn: string): object {
  if (token === BAD) throw new Error('Unauthorized');
  return policy(token === GOOD ? 'Allow' : 'Deny', methodArn);
}

const asked: HttpCall[] = [];
const catalogue = (call: HttpCall) => {
  asked.push(call);
  return { status: 200, headers: [['Content-Type', 'text/plain'] as const], body: Buffer.from(call.url) };
};

const untoken: readonly Call[] = [
  { status: 401, by: 'authorizer', gets: { message: 'Unauthorized' } },
  { as: { token_use: 'access', scope: 'orders/admin' }, status: 401, by: 'authorizer' },
];
const partner = (token: string) => ({ headers: { 'X-Partner-Token': token } });
const tenant = (token: string) => ({ headers: { Authorization: token }, query: { tenant: 't' } });

describe.each([
  ['dev', 'catalogue.dev.example.com', { burst: 10, every: 50, by: 'throttle' }],
  ['prod', 'catalogue.example.com', { burst: 100, every: 5, by: 'throttle' }],
] as const)('of the stage %s', (stage, host, ofSearch) => {
  describeExample('orders-rest', {
    serve: {
      stage,
      functions: {
        PartnerAuthorizerE9928BBD: ({ authorizationToken, methodArn }: Record<string, string>) =>
          decide(authorizationToken, methodArn),
        TenantAuthorizer2F8B6248: ({ headers, methodArn }: { headers: Record<string, string>; methodArn: string }) =>
          decide(headers.Authorization, methodArn),
      } as never,
      backends: { [`https://${host}`]: catalogue },
    },
    generated: {
      texts: { '^[A-Z0-9]{8}$': ORDER.customer },
      as: (scheme, scopes) => {
        if (scheme === 'sigv4') return SIGNER;
        if (/partner/i.test(scheme)) return partner(GOOD);
        if (/tenant/i.test(scheme)) return tenant(GOOD);
        return { as: { token_use: 'access', scope: scopes.join(' ') } };
      },
    },
    routes: {
      'GET /orders': [
        { ...READER, at: 'GET /orders?customer=c', status: 200, gets: '"/orders"' },
        ...untoken.map((call) => ({ ...call, at: 'GET /orders?customer=c' })),
        {
          ...{ ...READER, status: 400, by: 'validate' },
          gets: { message: 'Missing required request parameters: [customer]' },
        },
      ],
      'POST /orders': [
        {
          ...{ ...WRITER, body: ORDER, headers: { 'Idempotency-Key': 'k' }, status: 200, gets: '"/orders"' },
          limit: { burst: 100, every: 20, by: 'throttle' },
        },
        ...untoken,
        { ...WRITER, body: ORDER, status: 400, by: 'validate' },
        {
          ...{ ...WRITER, body: { ...ORDER, lines: [{ sku: 's' }] }, headers: { 'Idempotency-Key': 'k' }, status: 400 },
          ...{
            by: 'validate',
            gets: /^\{"message":"Invalid request body","detail":"\[.*missing required properties.*count/,
          },
        },
      ],
      'GET /orders/{id}': [{ ...READER, status: 200, gets: '"/orders/1"' }, ...untoken],
      'GET /orders/{id}/events': [{ ...READER, status: 200, gets: '"/orders/1/events"' }, ...untoken],
      'GET /partners/{id}': [
        { ...partner(GOOD), status: 200, gets: '"/partners/1"' },
        { status: 401, by: 'authorizer', gets: { message: 'Unauthorized' } },
        { ...partner('short'), status: 401, by: 'authorizer' },
        { ...partner(BAD), status: 401, by: 'authorizer' },
        { ...partner(BARRED), status: 403, by: 'authorizer' },
      ],
      'GET /tenants/{id}': [
        { ...tenant(GOOD), status: 200, gets: '"/tenants/1"' },
        { headers: { Authorization: GOOD }, status: 401, by: 'authorizer', gets: { message: 'Unauthorized' } },
        { ...tenant(BAD), status: 401, by: 'authorizer' },
        { ...tenant(BARRED), status: 403, by: 'authorizer' },
      ],
      'GET /search': [{ ...READER, status: 200, gets: '"/search"', limit: ofSearch }, ...untoken],
      'ANY /catalogue/{proxy+}': [
        { ...SIGNER, at: 'GET /catalogue/a/b?x=1', status: 200, gets: `https://${host}/v1/a/b?x=1` },
        { ...SIGNER, at: 'DELETE /catalogue/a', status: 200, gets: `https://${host}/v1/a` },
        { status: 403, by: 'authorizer', gets: { message: 'Missing Authentication Token' } },
      ],
      'GET /health': [
        {
          ...{ headers: { Origin: ADMIN }, status: 200, gets: { status: 'ok' } },
          with: {
            'access-control-allow-origin': ADMIN,
            'access-control-allow-credentials': 'true',
            'access-control-expose-headers': 'X-Request-Id',
          },
        },
        {
          headers: { Origin: 'https://evil.example' },
          status: 200,
          with: { 'access-control-allow-origin': undefined },
        },
      ],
      ...preflights(PAGE, [
        ...['/orders', '/orders/{id}', '/orders/{id}/events', '/partners/{id}', '/tenants/{id}', '/search'],
        ...['/catalogue/{proxy+}', '/health'],
      ]),
    },
    more: (around) => {
      test('a refusal says when to come again, and whose page may read it', async () => {
        around.clock.at += 60_000;
        const headers = { Authorization: `Bearer ${around.server.token(READER.as)}`, Origin: PAGE };
        for (let n = 0; n < ofSearch.burst; n += 1) await around.server.request('GET /search', { headers });
        const refused = await around.server.request('GET /search', { headers });
        expect([refused.status, refused.header('retry-after')]).toEqual([429, '1']);
        around.clock.at += 60_000;
      });

      test('the alias of the stage answers a search', async () => {
        const { trace } = await around.server.request('GET /search', READER);
        expect(JSON.stringify(trace.step('integration'))).toContain(stage);
      });
    },
  });
});
