import { type HttpCall } from '../../../lib/serve/backends';
import { type ApiUnderTest, functionUri, type RouteUnderTest, TestApi } from './support';

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const bodyOf = ({ body }: HttpCall): string => Buffer.from(body).toString('utf8');

const apiTo = (to: object, route: Partial<RouteUnderTest> = {}, test: Partial<ApiUnderTest> = {}): TestApi =>
  new TestApi({ routes: { $default: { to: to as never, ...route } }, ...test });

async function answersOf(api: TestApi, message: unknown): Promise<string[]> {
  const client = await api.client();
  await client.say(message);
  return client.messages;
}

const http = { IntegrationType: 'HTTP', IntegrationMethod: 'PUT', IntegrationUri: 'https://backend.test/rooms' };
const twoWay = { twoWay: true, responses: { $default: {} } };

describe('an HTTP back end', () => {
  test('gets what the template makes of a message', async () => {
    const template =
      '{"said": $input.json(\'$.word\'), "by": "$context.connectionId", "$context.routeKey": $input.body.length(), "team": "$stageVariables.team"}';
    const api = apiTo(
      { ...http, RequestTemplates: { $default: template }, TemplateSelectionExpression: '\\$default' },
      {},
      { stageVariables: { team: 'blue' } },
    );
    const client = await api.client();
    await client.say('{"word":"hello"}');
    expect(api.calls[0]).toMatchObject({ method: 'PUT', url: 'https://backend.test/rooms' });
    expect(JSON.parse(bodyOf(api.calls[0]))).toEqual({
      said: 'hello',
      by: client.connection.id,
      $default: 16,
      team: 'blue',
    });
  });

  test('has its template selected by the message', async () => {
    const RequestTemplates = { one: '1', two: '2', '\\$default': '0' };
    const api = apiTo({ ...http, RequestTemplates, TemplateSelectionExpression: '${request.body.kind}' });
    const client = await api.client();
    for (const kind of ['two', 'one', 'three']) await client.say({ kind });
    await client.say('words');
    expect(api.calls.map(bodyOf)).toEqual(['2', '1', '0', '0']);
  });

  test.each([
    ['WHEN_NO_MATCH', { a: '1' }, true],
    ['WHEN_NO_TEMPLATES', { a: '1' }, false],
    ['WHEN_NO_TEMPLATES', {}, true],
    ['NEVER', {}, false],
  ])('gets a message without a template by %s with %j: %s', async (PassthroughBehavior, RequestTemplates, passes) => {
    const api = apiTo({ ...http, PassthroughBehavior, RequestTemplates, TemplateSelectionExpression: 'b' });
    const messages = await answersOf(api, 'words');
    expect(api.calls.map(bodyOf)).toEqual(passes ? ['words'] : []);
    expect(messages.map((each) => JSON.parse(each).message)).toEqual(passes ? [] : ['Unsupported Media Type']);
  });

  test('gets mapped headers, query and path', async () => {
    const RequestParameters = {
      'integration.request.header.X-Connection': 'context.connectionId',
      'integration.request.header.X-Word': 'route.request.body.word',
      'integration.request.header.X-None': 'route.request.body.none',
      'integration.request.querystring.team': 'stageVariables.team',
      'integration.request.path.room': "'blue'",
    };
    const api = apiTo(
      { ...http, IntegrationUri: 'https://backend.test/{room}', RequestParameters },
      {},
      { stageVariables: { team: 'a b' } },
    );
    const client = await api.client();
    await client.say({ word: 'hi' });
    const [{ url, headers }] = api.calls;
    expect(url).toBe('https://backend.test/blue?team=a%20b');
    expect(Object.fromEntries(headers)).toMatchObject({ 'X-Connection': client.connection.id, 'X-Word': 'hi' });
    expect(Object.fromEntries(headers)).not.toHaveProperty('X-None');
  });

  test('gets headers and query of a handshake by mapping', async () => {
    const RequestParameters = {
      'integration.request.header.X-Token': 'route.request.querystring.token',
      'integration.request.header.X-Own': 'route.request.header.Own',
    };
    const api = new TestApi({ routes: { $connect: { to: { ...http, RequestParameters } } } });
    await api.client({ own: 'a' }, '/prod?token=b');
    expect(Object.fromEntries(api.calls[0].headers)).toMatchObject({ 'X-Token': 'b', 'X-Own': 'a' });
    expect(bodyOf(api.calls[0])).toBe('');
  });

  test('keeps a client out of which it wants nothing', async () => {
    const api = new TestApi({ routes: { $connect: { to: http } }, server: () => ({ status: 403 }) });
    expect((await api.client()).refusal.status).toBe(403);
  });

  test.each([
    [200, 'fine: 7'],
    [404, 'no: 404'],
    [503, 'what'],
  ])('has its answer with status %d mapped', async (status, expected) => {
    const template = (text: string): Record<string, unknown> => ({
      ResponseTemplates: { '\\$default': text },
      TemplateSelectionExpression: '\\$default',
    });
    const responses = {
      $default: template('what'),
      '/2\\d\\d/': template("fine: $input.path('$.n')"),
      '/4\\d\\d/': {
        ResponseTemplates: { 404: 'no: 404', $default: 'no' },
        TemplateSelectionExpression: '${integration.response.statuscode}',
      },
    };
    const api = apiTo(http, { twoWay: true, responses }, { server: () => ({ status, body: json({ n: 7 }) }) });
    expect(await answersOf(api, {})).toEqual([expected]);
  });

  test('is an error to the client if no response fits', async () => {
    const api = apiTo(http, { responses: { '/2\\d\\d/': {} } }, { server: () => ({ status: 500 }) });
    expect((await answersOf(api, {})).map((each) => JSON.parse(each).message)).toEqual(['Internal server error']);
  });

  test('is no error without any responses, unless the client waits for one', async () => {
    const server = () => ({ status: 500 });
    expect(await answersOf(apiTo(http, {}, { server }), {})).toEqual([]);
    expect(await answersOf(apiTo(http, { twoWay: true }, { server }), {})).toHaveLength(1);
  });

  test('as a proxy gets the message, and its answer is the answer', async () => {
    const server = (call: HttpCall) => ({ status: 418, body: Buffer.from(`<${bodyOf(call)}>`) });
    const api = apiTo({ ...http, IntegrationType: 'HTTP_PROXY' }, { twoWay: true }, { server });
    expect(await answersOf(api, 'words')).toEqual(['<words>']);
  });

  test('takes base64 of clients as bytes, and gives bytes as base64', async () => {
    const api = apiTo(
      { ...http, ContentHandlingStrategy: 'CONVERT_TO_BINARY' },
      { twoWay: true, responses: { $default: { ContentHandlingStrategy: 'CONVERT_TO_TEXT' } } },
      { server: ({ body }) => ({ body }) },
    );
    expect(await answersOf(api, '/wD+')).toEqual(['/wD+']);
    expect([...api.calls[0].body]).toEqual([255, 0, 254]);
  });
});

describe('a function behind templates', () => {
  const aws = { IntegrationType: 'AWS', IntegrationMethod: 'POST', IntegrationUri: functionUri('Fn') };
  const responses = {
    $default: { ResponseTemplates: { $default: "ok $input.path('$.n')" } },
    '/.*missing.*/': { ResponseTemplates: { $default: "error: $input.path('$.errorMessage')" } },
  };

  test('is called with what the template makes, and answered by the error message', async () => {
    const Fn = ({ n }: { n?: unknown }): object => {
      if (n === undefined) throw new Error('n is missing');
      return { n };
    };
    const RequestTemplates = { $default: '#set($n = $input.json(\'$.n\'))#if($n != \'""\'){"n": $n}#else{}#end' };
    const api = apiTo({ ...aws, RequestTemplates }, { twoWay: true, responses }, { functions: { Fn } });
    const client = await api.client();
    await client.say({ n: 3 });
    await client.say({});
    expect(client.messages).toEqual(['ok 3', 'error: n is missing']);
  });
});

describe('a mock', () => {
  const mock = { IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode": 200}' } };

  test('answers by its response', async () => {
    const responses = { $default: { ResponseTemplates: { $default: '{"pong": "$context.connectionId"}' } } };
    const api = apiTo(mock, { twoWay: true, responses });
    const client = await api.client();
    await client.say('ping');
    expect(client.messages).toEqual([`{"pong": "${client.connection.id}"}`]);
  });

  test('may have a template for JSON and no expression', async () => {
    const RequestTemplates = { 'application/json': '{"statusCode": 403}' };
    const api = new TestApi({ routes: { $connect: { to: { ...mock, RequestTemplates } } } });
    expect((await api.client()).refusal.status).toBe(403);
  });

  test('without a template lets clients in', async () => {
    const api = new TestApi({ routes: { $connect: { to: { IntegrationType: 'MOCK' } } } });
    expect((await api.client()).handshake.kind).toBe('open');
  });

  test('whose template gives no status is an error', async () => {
    expect(await answersOf(apiTo({ ...mock, RequestTemplates: { $default: 'x' } }, twoWay), {})).toHaveLength(1);
  });
});

describe('an AWS service', () => {
  test('gets an action with its parameters as JSON', async () => {
    const to = {
      ...{ IntegrationType: 'AWS', IntegrationMethod: 'POST', TemplateSelectionExpression: '\\$default' },
      IntegrationUri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem',
      RequestTemplates: { $default: '{"Item": {"id": {"S": "$context.connectionId"}}}' },
    };
    const api = new TestApi({ routes: { $connect: { to, responses: { '/2\\d\\d/': {} } } } });
    const client = await api.client();
    const [call] = api.calls;
    expect(call.service).toEqual({ name: 'dynamodb', region: 'eu-west-1', action: 'PutItem' });
    expect(Object.fromEntries(call.headers)).toMatchObject({ 'X-Amz-Target': 'DynamoDB_20120810.PutItem' });
    expect(JSON.parse(bodyOf(call))).toEqual({ Item: { id: { S: client.connection.id } } });
  });

  test('that fails keeps the client out', async () => {
    const to = { IntegrationType: 'AWS', IntegrationUri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem' };
    const api = new TestApi({
      routes: { $connect: { to, responses: { '/2\\d\\d/': {} } } },
      server: () => ({ status: 400, body: json({ __type: 'ValidationException' }) }),
    });
    expect((await api.client()).refusal.status).toBe(500);
  });
});
