import { type ApiUnderTest, functionUri, TestApi } from './support';

const ok = (): object => ({ statusCode: 200 });
const authorizer = (properties: object = {}): Record<string, object> => ({
  Auth: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ...{ ApiId: { Ref: 'Api' }, Name: 'Auth', AuthorizerType: 'REQUEST', AuthorizerUri: functionUri('Guard') },
      ...properties,
    },
  },
});
const guarded = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Auth' } };
const policy = (Effect: string, more: object = {}) => ({
  ...{ principalId: 'ann', context: { level: 3, admin: true }, ...more },
  policyDocument: { Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: '*' }] },
});

const apiWith = (test: Partial<ApiUnderTest>): TestApi =>
  new TestApi({ routes: { $connect: { to: 'Hello' } }, functions: { Hello: ok }, ...test });

describe('a client that connects', () => {
  test('is let in without a $connect route, and without an integration of it', async () => {
    for (const routes of [{}, { $connect: {} }] as ApiUnderTest['routes'][]) {
      expect((await apiWith({ routes }).client()).handshake).toMatchObject({ kind: 'open', trace: { status: 101 } });
    }
  });

  test('is announced with headers and query', async () => {
    const api = apiWith({ stageVariables: { team: 'blue' } });
    const headers = { host: 'chat.test', Own: 'a', 'User-Agent': 'cli', Connection: 'Upgrade', Upgrade: 'websocket' };
    const client = await api.client(headers, '/prod?room=red&room=green&x=%20');
    const event = api.eventOf('Hello');
    expect(event).toEqual({
      headers: expect.objectContaining({ Host: 'chat.test', Own: 'a', 'X-Forwarded-For': '192.0.2.7' }),
      multiValueHeaders: expect.objectContaining({ Own: ['a'], 'X-Forwarded-Port': ['3001'] }),
      queryStringParameters: { room: 'green', x: ' ' },
      multiValueQueryStringParameters: { room: ['red', 'green'], x: [' '] },
      stageVariables: { team: 'blue' },
      requestContext: {
        ...{ routeKey: '$connect', eventType: 'CONNECT', messageDirection: 'IN', stage: 'prod', apiId: 'abc123' },
        ...{ connectedAt: api.now, requestTimeEpoch: api.now, requestTime: '30/Nov/2026:12:00:00 +0000' },
        ...{ domainName: 'localhost:3001', connectionId: client.connection.id },
        ...{ requestId: expect.stringMatching(/^[\w-]{15}=$/), extendedRequestId: expect.any(String) },
        identity: { userAgent: 'cli', sourceIp: '192.0.2.7' },
      },
      isBase64Encoded: false,
    });
    expect(Object.keys(event.headers as object)).not.toContain('Upgrade');
    const { requestId, extendedRequestId } = event.requestContext as Record<string, unknown>;
    expect(extendedRequestId).toBe(requestId);
  });

  test.each([401, 403, 500])('gets the status %d of the function, and is not let in', async (statusCode) => {
    const api = apiWith({ functions: { Hello: () => ({ statusCode, body: 'secret' }) } });
    const client = await api.client();
    expect(client.refusal).toMatchObject({ status: statusCode, text: '' });
    expect(api.gateway.open.size).toBe(0);
  });

  test('is refused with 502 by a function that fails, and by one that answers nonsense', async () => {
    const fails = (): never => {
      throw new Error('no');
    };
    for (const Hello of [fails, () => 'text', () => ({ statusCode: 'x' }), () => null]) {
      const { refusal } = await apiWith({ functions: { Hello } }).client();
      expect(refusal.status).toBe(502);
      expect(JSON.parse(refusal.text)).toEqual({
        ...{ message: 'Internal server error', connectionId: expect.any(String), requestId: expect.any(String) },
      });
    }
  });

  test('gets the subprotocol that the function chose', async () => {
    const headers = { 'sec-websocket-protocol': 'chat.v2' };
    const client = await apiWith({ functions: { Hello: () => ({ statusCode: 200, headers }) } }).client();
    expect(client.handshake).toMatchObject({ headers: [['Sec-WebSocket-Protocol', 'chat.v2']] });
  });

  test('can connect to the stage only', async () => {
    const api = apiWith({});
    expect((await api.client({}, '/prod/')).handshake.kind).toBe('open');
    expect((await api.client({}, '/prod/room')).refusal).toMatchObject({ status: 403 });
    expect(api.countOf('Hello')).toBe(1);
  });

  test('must have the parameters that the route requires', async () => {
    const RequestParameters = {
      'route.request.querystring.room': { Required: true },
      'route.request.header.X-Id': { Required: false },
    };
    const api = apiWith({ routes: { $connect: { to: 'Hello', RequestParameters } } });
    expect((await api.client()).refusal).toMatchObject({ status: 400, text: expect.stringContaining('[room]') });
    expect((await api.client({}, '/prod?room=a')).handshake.kind).toBe('open');
  });

  test('is throttled by the settings of the route, else by those of the stage', async () => {
    const DefaultRouteSettings = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 };
    const RouteSettings = { $connect: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } };
    const api = apiWith({ stage: { DefaultRouteSettings, RouteSettings } });
    expect((await api.client()).handshake.kind).toBe('open');
    expect((await api.client()).refusal).toMatchObject({ status: 429 });
    api.now += 1000;
    expect((await api.client()).handshake.kind).toBe('open');
  });
});

describe('the authorizer', () => {
  const IdentitySource = ['route.request.header.Auth', 'route.request.querystring.room'];
  const apiGuarded = (Guard: () => unknown, source: object = { IdentitySource }): TestApi =>
    apiWith({
      routes: { $connect: { to: 'Hello', ...guarded }, $default: { to: 'Hello' }, $disconnect: { to: 'Hello' } },
      more: authorizer(source),
      functions: { Hello: ok, Guard },
    });

  test('is not asked if an identity source is missing or empty', async () => {
    const api = apiGuarded(() => policy('Allow'));
    for (const [headers, target] of [
      [{}, '/prod?room=a'],
      [{ Auth: 'x' }, '/prod'],
      [{ Auth: '' }, '/prod?room=a'],
    ] as const) {
      expect((await api.client(headers, target)).refusal).toMatchObject({ status: 401 });
    }
    expect(api.events).toEqual([]);
  });

  test('is asked once for each connection, and its context goes to all events', async () => {
    const api = apiGuarded(() => policy('Allow'));
    const client = await api.client({ auth: 'x' }, '/prod?room=a');
    expect(api.eventOf('Guard')).toMatchObject({
      ...{ type: 'REQUEST', methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/$connect' },
      headers: { auth: 'x', Upgrade: 'websocket', Connection: 'upgrade' },
      queryStringParameters: { room: 'a' },
      stageVariables: {},
      requestContext: { eventType: 'CONNECT', connectionId: client.connection.id },
    });
    const context = { principalId: 'ann', level: '3', admin: 'true' };
    expect(api.eventOf('Hello')).toMatchObject({ requestContext: { authorizer: context } });
    await client.say('hi');
    expect(api.eventOf('Hello')).toMatchObject({ requestContext: { eventType: 'MESSAGE', authorizer: context } });
    await client.connection.closed();
    expect(api.eventOf('Hello')).toMatchObject({ requestContext: { eventType: 'DISCONNECT', authorizer: context } });
    await api.client({ auth: 'x' }, '/prod?room=a');
    expect(api.countOf('Guard')).toBe(2);
  });

  test.each<[string, () => unknown, number, string]>([
    ['denies', () => policy('Deny'), 403, 'User is not authorized to access this resource with an explicit deny'],
    [
      'allows something else',
      () => ({ ...policy('Allow'), policyDocument: { Statement: [] } }),
      403,
      'User is not authorized to access this resource',
    ],
    [
      'says Unauthorized',
      () => {
        throw new Error('Unauthorized');
      },
      401,
      'Unauthorized',
    ],
  ])('that %s keeps the client out', async (_, guard, status, message) => {
    const api = apiGuarded(guard, {});
    const { refusal } = await api.client();
    expect(refusal.status).toBe(status);
    expect(JSON.parse(refusal.text)).toMatchObject({ message });
    expect(api.countOf('Hello')).toBe(0);
  });

  test('that fails is an internal error', async () => {
    for (const guard of [() => ({ principalId: 'x' }), () => 'no']) {
      expect((await apiGuarded(guard, {}).client()).refusal.status).toBe(500);
    }
  });

  test('AWS_IAM takes signed requests', async () => {
    const api = apiWith({ routes: { $connect: { to: 'Hello', AuthorizationType: 'AWS_IAM' } } });
    const { refusal } = await api.client();
    expect(refusal).toMatchObject({ status: 403, text: expect.stringContaining('Missing Authentication Token') });
    const Authorization = 'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261130/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=ab';
    expect((await api.client({ Authorization })).handshake.kind).toBe('open');
    expect(api.eventOf('Hello')).toMatchObject({ requestContext: { identity: { accessKey: 'AKIAEXAMPLE' } } });
    expect((await api.client({}, '/prod?X-Amz-Credential=AKIAQUERY%2Fx&X-Amz-Signature=ab')).handshake.kind).toBe('open');
  });
});

describe('an API key', () => {
  const plan = (Quota?: object): Record<string, object> => ({
    Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, Value: 'twenty-characters-long' } },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }], ...(Quota ? { Quota } : {}) },
    },
    Use: {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
    },
  });
  const key = { 'x-api-key': 'twenty-characters-long' };

  test('is asked for in the header', async () => {
    const api = apiWith({ routes: { $connect: { to: 'Hello', ApiKeyRequired: true } }, more: plan() });
    expect((await api.client()).refusal).toMatchObject({ status: 403, text: expect.stringContaining('"Forbidden"') });
    expect((await api.client({ 'x-api-key': 'other' })).refusal.status).toBe(403);
    expect((await api.client(key)).handshake.kind).toBe('open');
    expect(api.eventOf('Hello')).toMatchObject({ requestContext: { identity: { apiKeyId: 'Key' } } });
  });

  test('has a quota', async () => {
    const more = plan({ Limit: 1, Period: 'DAY' });
    const api = apiWith({ routes: { $connect: { to: 'Hello', ApiKeyRequired: true } }, more });
    expect((await api.client(key)).handshake.kind).toBe('open');
    expect((await api.client(key)).refusal).toMatchObject({ status: 429 });
  });

  test('may be chosen by the authorizer', async () => {
    const api = apiWith({
      api: { ApiKeySelectionExpression: '$context.authorizer.usageIdentifierKey' },
      routes: { $connect: { to: 'Hello', ApiKeyRequired: true, ...guarded } },
      more: { ...plan(), ...authorizer() },
      functions: { Hello: ok, Guard: () => policy('Allow', { usageIdentifierKey: key['x-api-key'] }) },
    });
    expect((await api.client()).handshake.kind).toBe('open');
  });
});
