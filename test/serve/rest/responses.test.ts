import { BackendError } from '../../../lib/serve/backends';
import { type Loose, mappedFunction, method, mock, proxied, resource, server, TestGateway } from './support';

const response = (ResponseType: string, more: Loose): Loose =>
  resource('GatewayResponse', { RestApiId: { Ref: 'Api' }, ResponseType, ...more });

describe('gateway responses', () => {
  const methods = { 'GET /x': method(mock(), { ApiKeyRequired: true }), 'GET /bad': server('HTTP', 'nowhere') };

  test('the one of the type goes before that of the class of the status', async () => {
    const gateway = new TestGateway({
      methods,
      resources: {
        Any: response('DEFAULT_4XX', { ResponseTemplates: { 'application/json': 'any' } }),
        Key: response('INVALID_API_KEY', { StatusCode: '418', ResponseTemplates: { 'application/json': 'key' } }),
        Fault: response('DEFAULT_5XX', { StatusCode: '599', ResponseTemplates: { 'text/plain': 'fault' } }),
      },
    });
    expect(await gateway.send('GET', '/x')).toMatchObject({ status: 418, text: 'key' });
    expect(await gateway.send('GET', '/none')).toMatchObject({ status: 403, text: 'any' });
    expect(await gateway.send('GET', '/bad')).toMatchObject({
      ...{ status: 599, text: 'fault', headers: { 'content-type': 'text/plain' } },
    });
  });

  test('templates and headers read the request, the context and the error', async () => {
    const gateway = new TestGateway({
      methods,
      stage: { Variables: { team: 'blue' } },
      resources: {
        Any: response('DEFAULT_4XX', {
          ResponseParameters: {
            'gatewayresponse.header.Static': "'a,b'",
            'gatewayresponse.header.Asked': 'method.request.header.Own',
            'gatewayresponse.header.Page': 'method.request.querystring.page',
            'gatewayresponse.header.Team': 'stageVariables.team',
            'gatewayresponse.header.Missing': 'method.request.header.None',
          },
          ResponseTemplates: {
            'application/json':
              '{"m":$context.error.messageString,"t":"$context.error.responseType","p":"$input.params(\'page\')","s":"${stageVariables.team}","x":"#set($a=1)$context.httpMethod"}',
          },
        }),
      },
    });
    const { json, headers } = await gateway.send('GET', '/none?page=2', [['own', 'mine']]);
    expect(json).toEqual({
      ...{
        m: 'Missing Authentication Token',
        t: 'MISSING_AUTHENTICATION_TOKEN',
        p: '2',
        s: 'blue',
        x: '#set($a=1)GET',
      },
    });
    expect(headers).toMatchObject({ static: 'a,b', asked: 'mine', page: '2', team: 'blue' });
    expect(headers).not.toHaveProperty('missing');
  });

  test('the template is chosen by what the client accepts', async () => {
    const templates = { 'application/json': 'json', 'application/xml': 'xml' };
    const gateway = new TestGateway({
      methods,
      resources: { Any: response('DEFAULT_4XX', { ResponseTemplates: templates }) },
    });
    const textFor = async (accept: string) => (await gateway.send('GET', '/none', [['Accept', accept]])).text;
    expect([await textFor('application/xml'), await textFor('text/html'), await textFor('*/*')]).toEqual([
      ...['xml', 'json', 'json'],
    ]);
  });
});

describe('stage variables', () => {
  test('are in URIs, functions, templates and mappings', async () => {
    const gateway = new TestGateway({
      stage: { Variables: { host: 'back.test', fn: 'live', place: 'here', 'odd-name': 'odd' } },
      methods: {
        'GET /http': server('HTTP_PROXY', 'http://${stageVariables.host}/${stageVariables.place}', {
          RequestParameters: { 'integration.request.header.Place': 'stageVariables.place' },
        }),
        'GET /none': server('HTTP_PROXY', 'http://back.test/x${stageVariables.none}'),
        'GET /fn': mappedFunction([{ StatusCode: '200' }], {
          Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:Named-${stageVariables.fn}:v1/invocations',
        }),
        'GET /mock': mock('$stageVariables.place $stageVariables.get("odd-name") $stageVariables.none.'),
      },
    });
    await gateway.send('GET', '/http');
    expect(gateway.calls[0].url).toBe('http://back.test/here');
    expect(gateway.calls[0].headers).toContainEqual(['Place', 'here']);
    await gateway.send('GET', '/none');
    expect(gateway.calls[1].url).toBe('http://back.test/x');
    await gateway.send('GET', '/fn');
    expect(gateway.invocations[0]).toMatchObject({
      ...{ target: 'arn:aws:lambda:eu-west-1:1:function:Named-live:v1', qualifier: 'v1' },
    });
    expect((await gateway.send('GET', '/mock')).text).toBe('here odd .');
  });
});

describe('mappings', () => {
  test('bring everything of a request to a back end', async () => {
    const gateway = new TestGateway({
      methods: {
        'POST /p/{id}': server('HTTP', 'http://b.test/{to}', {
          IntegrationHttpMethod: 'PUT',
          RequestParameters: {
            'integration.request.path.to': 'method.request.path.id',
            'integration.request.querystring.q': 'method.request.querystring.a',
            'integration.request.querystring.all': 'method.request.multivaluequerystring.a',
            'integration.request.header.One': 'method.request.header.own',
            'integration.request.header.Many': 'method.request.multivalueheader.own',
            'integration.request.header.Static': "'s'",
            'integration.request.header.Deep': 'method.request.body.a.b',
            'integration.request.header.Stage': 'context.stage',
            'integration.request.header.None': 'method.request.header.none',
          },
        }),
      },
    });
    await gateway.send(
      'POST',
      '/p/7?a=1&a=2',
      [
        ['own', 'x'],
        ['own', 'y'],
      ],
      '{"a":{"b":[1,"2"]}}',
    );
    const [{ method: verb, url, headers }] = gateway.calls;
    expect([verb, url]).toEqual(['PUT', 'http://b.test/7?q=2&all=1&all=2']);
    const values = (name: string): string[] => headers.filter(([each]) => each === name).map(([, value]) => value);
    expect(['One', 'Many', 'Static', 'Deep', 'Stage', 'None'].map(values)).toEqual([
      ...[['y'], ['x,y'], ['s'], ['[1,"2"]'], ['prod'], []],
    ]);
  });

  test('bring headers and parts of the body of an answer to the client', async () => {
    const gateway = new TestGateway({
      methods: {
        'GET /x': server('HTTP', 'http://b.test', {
          IntegrationResponses: [
            {
              StatusCode: '404',
              SelectionPattern: '4\\d\\d',
              ResponseParameters: {
                'method.response.header.Own': 'integration.response.header.theirs',
                'method.response.header.Id': 'integration.response.body.items[1].id',
                'method.response.header.Static': "'s'",
              },
              ResponseTemplates: { 'application/json': "$input.path('$.items').size() of $input.params('q')" },
            },
            { StatusCode: '200' },
          ],
        }),
      },
      server: () => ({ status: 404, headers: [['Theirs', 't']], body: '{"items":[{"id":1},{"id":2}]}' }),
    });
    const { status, text, headers } = await gateway.send('GET', '/x?q=all');
    expect([status, text]).toEqual([404, '2 of all']);
    expect(headers).toMatchObject({ own: 't', id: '2', static: 's' });
    expect(headers).not.toHaveProperty('theirs');
  });
});

describe('what goes wrong', () => {
  const failing = (error: () => unknown, integration: Loose = proxied()) =>
    new TestGateway({
      methods: { 'GET /x': integration },
      functions: { Fn: error },
      server: error as never,
    });
  const raise = (kind: 'timeout' | 'connection' | 'refused') => () => {
    throw new BackendError(kind, 'why');
  };

  test.each([
    ['a function in time', raise('timeout'), proxied(), 504, 'Endpoint request timed out'],
    ['a server in time', raise('timeout'), server('HTTP_PROXY', 'http://b.test'), 504, 'Endpoint request timed out'],
    [
      'a server at all',
      raise('connection'),
      server('HTTP', 'http://b.test'),
      504,
      'Network error communicating with endpoint',
    ],
    ['what this gateway may call', raise('refused'), server('HTTP', 'http://b.test'), 500, 'Internal server error'],
    ['an answer that is an object', () => 'text', proxied(), 502, 'Internal server error'],
    ['a status', () => ({ statusCode: 'two' }), proxied(), 502, 'Internal server error'],
    ['a body that is text', () => ({ statusCode: 200, body: {} }), proxied(), 502, 'Internal server error'],
    [
      'an answer',
      () => {
        throw new Error('broken');
      },
      proxied(),
      502,
      'Internal server error',
    ],
    ['a URL', () => ({}), server('HTTP', 'http://{missing}.test'), 500, 'Internal server error'],
    [
      'a status of a mock',
      () => ({}),
      mock('', { RequestTemplates: { 'application/json': '{"statusCode": "x"}' } }),
      500,
      'Internal server error',
    ],
  ])('there is not %s', async (_, error, integration, status, message) => {
    const { status: found, json } = await failing(error, integration).send('GET', '/x');
    expect([found, json]).toEqual([status, { message }]);
  });

  test('the error of a function chooses a response by the whole of its message', async () => {
    const responses = [
      { StatusCode: '200' },
      { StatusCode: '404', SelectionPattern: 'Not found: .*' },
      { StatusCode: '500', SelectionPattern: '(\\n|.)+' },
    ];
    const statusFor = async (message: string): Promise<number> => {
      const integration = mappedFunction(responses, { RequestTemplates: { 'application/json': '{}' } });
      const fail = (): never => {
        throw new Error(message);
      };
      return (await failing(fail, integration).send('GET', '/x')).status;
    };
    expect([await statusFor('Not found: x'), await statusFor('x Not found: x'), await statusFor('a\nb')]).toEqual([
      ...[404, 500, 500],
    ]);
  });

  test('an answer to HEAD has no body', async () => {
    const gateway = new TestGateway({ methods: { 'ANY /x': mock('text') } });
    expect(await gateway.send('HEAD', '/x')).toMatchObject({ status: 200, text: '' });
  });

  test('a stage that is not there', async () => {
    const { status, text, steps } = await new TestGateway({ methods: { 'GET /x': mock() } }).sendTo('GET', '/none/x');
    expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
    expect(steps[0].note).toBe('The path has to begin with a stage: /prod');
  });
});
