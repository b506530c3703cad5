import { generateKeyPairSync, sign } from 'node:crypto';
import { type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { functionGuard, guarded, TestGateway, withFunction } from './support';

const NOW = 1_750_000_000_000;
const ISSUER = 'https://id.example.com/pool';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

function token(claims: object, { alg = 'RS256', kid = 'k1' } = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = NOW / 1000;
  const text = `${part({ alg, kid })}.${part({ iss: ISSUER, aud: 'app', iat: seconds, exp: seconds + 60, ...claims })}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

/** The bodies of real servers come in chunks. */
async function* chunks(text: string): AsyncIterable<Uint8Array> {
  for (const each of text) yield Buffer.from(each);
}

function issuer({ url }: HttpCall): HttpReply {
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'k1' };
  const json = url.endsWith('/.well-known/openid-configuration') ? { jwks_uri: `${ISSUER}/jwks` } : { keys: [key] };
  return { status: 200, headers: [], body: chunks(JSON.stringify(json)) };
}

const JWT = {
  AuthorizerType: 'JWT',
  IdentitySource: ['$request.header.Authorization'],
  JwtConfiguration: { Issuer: ISSUER, Audience: ['app', 'other'] },
};
const jwtGateway = (format = '2.0', guard: Record<string, unknown> = JWT) =>
  new TestGateway({
    ...{ guard, server: issuer, now: () => NOW },
    routes: {
      'GET /a': guarded('JWT', withFunction(format)),
      'GET /scoped': guarded('JWT', withFunction(format), { AuthorizationScopes: ['read', 'all'] }),
    },
  });
const bearer = (text: string) => [['Authorization', text]] as const;

describe('JWT authorizers', () => {
  test('let in, and bring claims as texts into the event', async () => {
    const gateway = jwtGateway();
    const claims = { groups: ['a', 'b c'], age: 7, ok: true, no: null, deep: { x: 1 } };
    expect((await gateway.send('GET', '/a', bearer(`Bearer ${token(claims)}`))).status).toBe(200);
    expect(gateway.events[0]).toHaveProperty('requestContext.authorizer', {
      jwt: {
        claims: {
          ...{ iss: ISSUER, aud: 'app', iat: '1750000000', exp: '1750000060' },
          ...{ groups: '[a b c]', age: '7', ok: 'true', deep: '{"x":1}' },
        },
        scopes: null,
      },
    });
  });

  test.each([
    [{ scope: 'write all' }, ['write', 'all']],
    [{ scp: ['read'], scope: 'write' }, ['read']],
  ])('take a token with the scopes %j', async (claims, scopes) => {
    const gateway = jwtGateway('1.0');
    expect((await gateway.send('GET', '/scoped', bearer(token(claims)))).status).toBe(200);
    expect(gateway.events[0]).toHaveProperty('requestContext.authorizer.scopes', scopes);
  });

  test.each([
    ['no scope', {}],
    ['another scope', { scope: 'write' }],
    ['a part of one', { scope: 'rea' }],
  ])('refuse a token with %s', async (_, claims) => {
    const { status, text, headers } = await jwtGateway().send('GET', '/scoped', bearer(token(claims)));
    expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
    expect(headers['www-authenticate']).toBe(
      'Bearer scope="read all" error="insufficient_scope" error_description="the token does not have a valid scope"',
    );
  });

  const invalid = (description: string) => `Bearer scope="" error="invalid_token" error_description="${description}"`;
  test.each([
    ['nothing', undefined, 'Bearer'],
    ['another audience', token({ aud: ['x'], client_id: 'app' }), invalid('the token does not have a valid audience')],
    ['another issuer', token({ iss: `${ISSUER}/` }), invalid('issuer does not match')],
    ['an old token', token({ exp: NOW / 1000 - 1 }), invalid('the token has expired')],
    ['a text', 'Bearer x', invalid('the token is malformed')],
    ['a changed token', `${token({}).slice(0, -6)}AAAAAA`, invalid('the signature is invalid')],
    ['no RSA', token({}, { alg: 'none' }), invalid('The algorithm none is not RSA')],
  ])('refuse %s', async (_, written, challenge) => {
    const gateway = jwtGateway();
    const { status, text, headers } = await gateway.send('GET', '/a', written === undefined ? [] : bearer(written));
    expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(headers['www-authenticate']).toBe(challenge);
    expect(gateway.events).toEqual([]);
  });

  test('read the token of a query, and let nobody in if the issuer cannot be reached', async () => {
    const guard = { ...JWT, IdentitySource: ['$request.querystring.t'] };
    expect((await jwtGateway('2.0', guard).send('GET', `/a?t=${token({})}`)).status).toBe(200);
    const routes = { 'GET /a': guarded('JWT', withFunction()) };
    const server = () => ({ status: 500, headers: [], body: Buffer.from('') });
    const gateway = new TestGateway({ guard, routes, server, now: () => NOW });
    expect((await gateway.send('GET', `/a?t=${token({})}`)).status).toBe(401);
  });
});

describe('Lambda authorizers', () => {
  const routes = { 'GET /a/{id}': guarded('CUSTOM', withFunction()), 'GET /b': guarded('CUSTOM', withFunction('1.0')) };
  const gatewayWith = (
    guard: Record<string, unknown>,
    auth: (event: Record<string, unknown>) => unknown,
    now = () => NOW,
  ) => new TestGateway({ guard: functionGuard(guard), routes, functions: { Auth: auth }, now });
  const policy = (Effect: string, Resource: unknown) => ({
    principalId: 'p1',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
    context: { list: ['x'] },
  });

  test('simple answers', async () => {
    const gateway = gatewayWith({ EnableSimpleResponses: true }, ({ headers }) => ({
      isAuthorized: (headers as Record<string, string>).authorization === 'yes',
      context: { deep: { x: [1] } },
    }));
    expect((await gateway.send('GET', '/a/1', bearer('yes'))).status).toBe(200);
    expect(gateway.events[0]).toHaveProperty('requestContext.authorizer', { lambda: { deep: { x: [1] } } });
    const { status, text } = await gateway.send('GET', '/a/1', bearer('no'));
    expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
  });

  test('policies', async () => {
    const arn = 'arn:aws:execute-api:eu-west-1:123456789012:abc/$default/GET';
    const gateway = gatewayWith({ AuthorizerResultTtlInSeconds: 60 }, () =>
      policy('Allow', [`${arn}/a/*`, `${arn}/b`]),
    );
    expect((await gateway.send('GET', '/a/1', bearer('x'))).status).toBe(200);
    expect((await gateway.send('GET', '/b', bearer('x'))).status).toBe(200);
    expect(gateway.authorizerEvents).toHaveLength(1);
    expect(gateway.events[1]).toHaveProperty('requestContext.authorizer', { list: ['x'], principalId: 'p1' });
    const other = gatewayWith({ AuthorizerResultTtlInSeconds: 60 }, () => policy('Allow', `${arn}/a/1`));
    const statuses = [];
    for (const id of [1, 2]) statuses.push((await other.send('GET', `/a/${id}`, bearer('x'))).status);
    expect(statuses).toEqual([200, 403]);
    const denied = gatewayWith({}, ({ routeArn }) => policy('Deny', routeArn));
    expect((await denied.send('GET', '/a/1', bearer('x'))).status).toBe(403);
  });

  test('the event of format 2.0', async () => {
    const gateway = gatewayWith(
      { EnableSimpleResponses: true, IdentitySource: ['$request.header.Authorization', '$context.routeKey'] },
      () => ({ isAuthorized: true }),
    );
    await gateway.send('GET', '/a/1?q=2', [...bearer('x'), ['cookie', 'c=1']]);
    expect(gateway.authorizerEvents[0]).toMatchObject({
      ...{ version: '2.0', type: 'REQUEST', identitySource: ['x', 'GET /a/{id}'], routeKey: 'GET /a/{id}' },
      ...{ rawPath: '/a/1', rawQueryString: 'q=2', cookies: ['c=1'], pathParameters: { id: '1' } },
      routeArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/$default/GET/a/1',
    });
    expect(gateway.authorizerEvents[0]).not.toHaveProperty('body');
  });

  test('the event of format 1.0', async () => {
    const guard = {
      AuthorizerPayloadFormatVersion: '1.0',
      IdentitySource: ['$request.header.Authorization', '$request.querystring.q'],
    };
    const gateway = gatewayWith(guard, ({ methodArn }) => policy('Allow', methodArn));
    expect((await gateway.send('GET', '/b?q=2', bearer('x'))).status).toBe(200);
    expect(gateway.authorizerEvents[0]).toMatchObject({
      ...{ version: '1.0', type: 'REQUEST', identitySource: 'x,2', authorizationToken: 'x,2', resource: '/b' },
      ...{ path: '/b', httpMethod: 'GET', queryStringParameters: { q: '2' }, pathParameters: {}, stageVariables: {} },
      methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/$default/GET/b',
    });
  });

  test.each([
    [
      'fails',
      () => {
        throw new Error('Unauthorized');
      },
    ],
    ['says nothing', () => null],
    ['answers in the form of policies', () => policy('Allow', '*')],
    ['has a text for a boolean', () => ({ isAuthorized: 'true' })],
  ])('a function that %s is a 500', async (_, auth) => {
    const { status, text } = await gatewayWith({ EnableSimpleResponses: true }, auth).send('GET', '/b', bearer('x'));
    expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('a source that is missing is a 401 without a call', async () => {
    const gateway = gatewayWith({ IdentitySource: ['$request.header.Authorization', '$request.querystring.q'] }, () =>
      policy('Allow', '*'),
    );
    for (const [target, headers] of [
      ['/b', bearer('x')],
      ['/b?q=', bearer('x')],
      ['/b?q=1', []],
    ] as const) {
      expect((await gateway.send('GET', target, headers)).status).toBe(401);
    }
    expect(gateway.authorizerEvents).toEqual([]);
  });

  test('decisions are kept for their time, by their sources, and only if the authorizer says so', async () => {
    let at = NOW;
    const guard = { EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 10 };
    const gateway = gatewayWith(
      guard,
      () => ({ isAuthorized: false }),
      () => at,
    );
    const calls = async (headers: ReturnType<typeof bearer>) => {
      const before = gateway.authorizerEvents.length;
      expect((await gateway.send('GET', '/b', headers)).status).toBe(403);
      return gateway.authorizerEvents.length - before;
    };
    expect([await calls(bearer('x')), await calls(bearer('x')), await calls(bearer('y'))]).toEqual([1, 0, 1]);
    at += 9_999;
    expect(await calls(bearer('x'))).toBe(0);
    at += 1;
    expect(await calls(bearer('x'))).toBe(1);
    const without = gatewayWith({ EnableSimpleResponses: true }, () => ({ isAuthorized: true }));
    for (const _ of [1, 2]) await without.send('GET', '/b', bearer('x'));
    expect(without.authorizerEvents).toHaveLength(2);
  });
});

test('AWS_IAM wants a signature, and does not look at it', async () => {
  const gateway = new TestGateway({
    routes: { 'GET /a': { integration: withFunction(), AuthorizationType: 'AWS_IAM' } },
  });
  const { status, text } = await gateway.send('GET', '/a', bearer('Bearer x'));
  expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
  const signed = 'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/eu-west-1/execute-api/aws4_request, Signature=0';
  expect((await gateway.send('GET', '/a', bearer(signed))).status).toBe(200);
  expect(gateway.events[0]).toHaveProperty('requestContext.authorizer.iam.accessKey', 'AKIAEXAMPLE');
  const query = 'X-Amz-Credential=AKIAQUERY%2F20260101&X-Amz-Signature=0';
  expect((await gateway.send('GET', `/a?${query}`)).status).toBe(200);
  expect(gateway.events[1]).toHaveProperty('requestContext.authorizer.iam.accessKey', 'AKIAQUERY');
});
