import { BackendError } from '../../../lib/serve/backends';
import { type JsonObject } from '../../../lib/serve/json';
import { type ApiUnderTest, TestApi } from './support';

const apiWith = (test: Partial<ApiUnderTest>): TestApi =>
  new TestApi({ routes: { ask: { to: 'Fn' } }, functions: { Fn: () => ({ statusCode: 200, body: 'told' }) }, ...test });

const failure = (message: string): object =>
  expect.objectContaining({ message, connectionId: expect.any(String), requestId: expect.any(String) });

const parsed = (messages: readonly string[]): unknown[] => messages.map((each) => JSON.parse(each));

describe('a message', () => {
  test('comes as an event without headers', async () => {
    const api = apiWith({});
    const client = await api.client({ 'User-Agent': 'cli' });
    const connectedAt = api.now;
    api.now += 5000;
    await client.say('{"action": "ask"}');
    expect(api.eventOf('Fn')).toEqual({
      requestContext: {
        ...{ routeKey: 'ask', eventType: 'MESSAGE', messageDirection: 'IN', stage: 'prod', apiId: 'abc123' },
        ...{ connectedAt, requestTimeEpoch: api.now, requestTime: '30/Nov/2026:12:00:05 +0000' },
        ...{ domainName: 'localhost:3001', connectionId: client.connection.id },
        ...{ requestId: expect.any(String), extendedRequestId: expect.any(String), messageId: expect.any(String) },
        identity: { userAgent: 'cli', sourceIp: '192.0.2.7' },
      },
      body: '{"action": "ask"}',
      isBase64Encoded: false,
    });
  });

  test('has ids of its own', async () => {
    const api = apiWith({});
    const client = await api.client();
    await client.say({ action: 'ask' });
    await client.say({ action: 'ask' });
    const ids = api.events.map(({ event }) => (event.requestContext as JsonObject).messageId);
    expect(new Set(ids).size).toBe(2);
  });

  test('is answered only if the route has a response', async () => {
    for (const twoWay of [false, true]) {
      const api = apiWith({ routes: { ask: { to: 'Fn', twoWay } } });
      const client = await api.client();
      const trace = await client.say({ action: 'ask' });
      expect(client.messages).toEqual(twoWay ? ['told'] : []);
      expect(trace).toMatchObject({ method: 'MESSAGE', route: 'ask', status: 200 });
    }
  });

  test('is answered with the body whatever the status is, and not at all with an empty one', async () => {
    const answers = [{ statusCode: 500, body: 'broken' }, { statusCode: 200 }];
    const api = apiWith({ routes: { ask: { to: 'Fn', twoWay: true } }, functions: { Fn: () => answers.shift() } });
    const client = await api.client();
    await client.say({ action: 'ask' });
    await client.say({ action: 'ask' });
    expect(client.messages).toEqual(['broken']);
  });

  test('to no route is an error, and the connection stays', async () => {
    const api = apiWith({});
    const client = await api.client();
    const trace = await client.say({ action: 'leave' });
    expect(client.messages[0]).toMatch(/^{"message": "Forbidden", "connectionId":"[\w=-]+", "requestId":"[\w=-]+"}$/);
    expect(JSON.parse(client.messages[0])).toMatchObject({ connectionId: client.connection.id });
    expect(trace).toMatchObject({
      status: 403,
      steps: [{}, { stage: 'route', refused: 'DEFAULT_4XX' }, { stage: 'gatewayResponse' }],
    });
    await client.say({ action: 'ask' });
    expect(api.countOf('Fn')).toBe(1);
  });

  test('to a function that fails is an error, on one-way routes too', async () => {
    const fails = (): never => {
      throw new Error('secret');
    };
    for (const Fn of [fails, () => 'text', () => null]) {
      const client = await apiWith({ functions: { Fn } }).client();
      await client.say({ action: 'ask' });
      expect(parsed(client.messages)).toEqual([failure('Internal server error')]);
      expect(client.messages[0]).not.toContain('secret');
    }
  });

  test('to a back end that takes too long is an error', async () => {
    const Fn = (): never => {
      throw new BackendError('timeout', 'late');
    };
    const client = await apiWith({ functions: { Fn } }).client();
    await client.say({ action: 'ask' });
    expect(parsed(client.messages)).toEqual([failure('Endpoint request timed out')]);
  });

  test('that finds a fault of the gateway is an error, and the trace has the fault', async () => {
    const to = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', IntegrationUri: 'https://backend.test' };
    const server = (): never => {
      throw new Error('a bug');
    };
    const client = await apiWith({ routes: { ask: { to } }, server }).client();
    const trace = await client.say({ action: 'ask' });
    expect(parsed(client.messages)).toEqual([failure('Internal server error')]);
    expect(trace?.steps.at(-1)?.note).toMatch(
      /^API_CONFIGURATION_ERROR: status 500; The local gateway failed: Error: a bug/,
    );
  });

  test('is throttled', async () => {
    const api = apiWith({ stage: { RouteSettings: { ask: { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 1 } } } });
    const client = await api.client();
    await client.say({ action: 'ask' });
    await client.say({ action: 'ask' });
    expect(parsed(client.messages)).toEqual([failure('Too Many Requests')]);
    api.now += 500;
    await client.say({ action: 'ask' });
    expect([api.countOf('Fn'), client.messages.length]).toEqual([2, 1]);
  });
});

describe('the models of a route', () => {
  const model = (Name: string, required: string): object => ({
    Type: 'AWS::ApiGatewayV2::Model',
    Properties: {
      ApiId: { Ref: 'Api' },
      Name,
      ContentType: 'application/json',
      Schema: { type: 'object', required: [required] },
    },
  });
  const apiChecked = (RequestModels: object): TestApi =>
    apiWith({
      routes: { $default: { to: 'Fn', ModelSelectionExpression: '$request.body.kind', RequestModels } },
      more: { Short: model('Short', 'text'), Long: model('Long', 'texts') },
    });

  test.each([
    [{ kind: 'short', text: 'a' }, true],
    [{ kind: 'short', texts: [] }, false],
    [{ kind: 'long', texts: [] }, true],
    [{ kind: 'long' }, false],
    [{ kind: 'other', texts: [] }, false],
    ['words', false],
  ])('check %j: %s', async (message, isGood) => {
    const api = apiChecked({ short: 'Short', long: 'Long' });
    const client = await api.client();
    await client.say(message);
    expect(api.countOf('Fn')).toBe(isGood ? 1 : 0);
    expect(parsed(client.messages)).toEqual(isGood ? [] : [failure('Bad request body')]);
  });

  test('may have a default', async () => {
    const api = apiChecked({ short: 'Short', $default: 'Long' });
    const client = await api.client();
    for (const message of [{ kind: 'x', texts: [] }, { texts: [] }]) await client.say(message);
    expect(api.countOf('Fn')).toBe(2);
    await client.say({ kind: 'x' });
    expect(api.countOf('Fn')).toBe(2);
  });

  test('that no expression selects do not check', async () => {
    const api = apiWith({
      routes: { $default: { to: 'Fn', RequestModels: { $default: 'Short' } } },
      more: { Short: model('Short', 'text') },
    });
    await (await api.client()).say({ a: 1 });
    expect(api.countOf('Fn')).toBe(1);
  });
});
