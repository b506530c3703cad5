import { Duration, Lazy } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib';
import { JsonSchema, RequestValue, WebSocketIntegration } from '../../lib';
import { templateOf } from '../support/stacks';
import { connect, gateway, mock } from './support';

type Props = Parameters<typeof gateway>[0];
const schema = JsonSchema.fromObject({ type: 'object' });
const handler = () =>
  Function.fromFunctionArn(new Stack(new App(), 'F'), 'F', 'arn:aws:lambda:eu-west-1:123456789012:function:f');
const on =
  (key: string, options: object = {}) =>
  () =>
    gateway({ routes: { [key]: { integration: mock, ...options } } });
const integrated = (key: string, integration: WebSocketIntegration, options: object = {}) =>
  on(key, { integration, ...options });

describe('route keys', () => {
  test.each<[string, RegExp]>([
    [
      '$conect',
      /^WebSocketGateway 'Api': route "\$conect": "\$" begins the names of the predefined routes only\. Did you mean "\$connect"\?/,
    ],
    [
      'GET /orders',
      /route "GET \/orders": is the route of a REST or HTTP API; messages have no method and no path: write the value/,
    ],
    ['', /route "": is empty, and no message would ever be routed to it/],
    [' send', /has white space around it; write "send"/],
    [Lazy.string({ produce: () => 'a' }), /the key of a route must be written out/],
  ])('%p', (key, message) => expect(on(key)).toThrow(message));

  test('twice', () => {
    const { api } = gateway();
    expect(() => api.addRoute('$connect', connect)).toThrow(
      /route "\$connect": is defined twice; a route has one integration/,
    );
  });
});

describe('routes', () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      'an answer on $connect',
      on('$connect', { returnResponse: true }),
      /returnResponse: a client that connects cannot receive messages yet/,
    ],
    [
      'an answer on $disconnect',
      on('$disconnect', { returnResponse: true }),
      /returnResponse: a client that is gone can no longer receive messages/,
    ],
    [
      'a body on $connect',
      on('$connect', { request: { body: schema } }),
      /request: a client that connects sends no body/,
    ],
    [
      'a body on $disconnect',
      on('$disconnect', { request: { body: schema } }),
      /request: a client that is gone sends no body/,
    ],
    [
      'a query on a message',
      on('send', { request: { query: { a: true } } }),
      /query and headers are there when a client connects/,
    ],
    [
      'a wrong header',
      on('$connect', { request: { headers: { 'a b': true } } }),
      /request\.headers has "a b", which is not the name of a header parameter/,
    ],
    ['a wrong query', on('$connect', { request: { query: { 'a b': true } } }), /request\.query has "a b"/],
    ['bodies alone', on('send', { request: { bodies: { a: schema } } }), /bodies needs a modelSelectionExpression/],
    [
      'an expression alone',
      on('send', { request: { modelSelectionExpression: '$request.body.a' } }),
      /modelSelectionExpression selects one of bodies, and there are none/,
    ],
    [
      'a wrong expression',
      on('send', { request: { bodies: { a: schema }, modelSelectionExpression: 'a' } }),
      /modelSelectionExpression "a" must be made of the message/,
    ],
    [
      'a body for all others',
      on('send', { request: { bodies: { $default: schema }, modelSelectionExpression: '$request.body.a' } }),
      /give that schema as body/,
    ],
    [
      'no throttle',
      on('send', { throttle: { rateLimit: 0, burstLimit: 1 } }),
      /throttle\.rateLimit must be more than 0/,
    ],
    [
      'scopes',
      on('$connect', { scopes: ['a'] }),
      /route "\$connect": scopes: scopes are checked when a client connects; set them on the authorizer/,
    ],
    ['a cache', on('send', { cache: {} }), /cache: messages are not cached/],
  ])('%s', (_name, make, message) => expect(make).toThrow(message));

  test('two models of one name', () => {
    const two = (name: string) => JsonSchema.fromObject({ type: name }, { modelName: 'Same' });
    const { api } = gateway();
    api.addRoute('a', { integration: mock, request: { body: two('object') } });
    expect(() => api.addRoute('b', { integration: mock, request: { body: two('array') } })).toThrow(
      /route "b": the model "Same" differs from the one in route "a"; give one of the two schemas another name/,
    );
  });
});

describe('integrations', () => {
  const aws = (options: object) =>
    WebSocketIntegration.aws({
      service: 'sqs',
      action: 'ListQueues',
      iamActions: ['sqs:ListQueues'],
      resources: ['*'],
      ...options,
    });
  const http = (url: string, options: object = {}) => WebSocketIntegration.http(url, options);
  const stored = (messageBody: RequestValue) => {
    const queueArn = 'arn:aws:sqs:eu-west-1:111111111111:q';
    return WebSocketIntegration.sqs(Queue.fromQueueArn(new Stack(new App(), 'S'), 'Q', queueArn), { messageBody });
  };
  const parameter = (value: RequestValue) =>
    http('https://a.b', { requestParameters: { 'integration.request.header.X': value } });

  test.each<[string, () => unknown, RegExp]>([
    [
      '31 s',
      integrated('send', WebSocketIntegration.lambda(handler(), { timeout: Duration.seconds(31) })),
      /route "send": the timeout is 31 s, but a WebSocket API waits 29 s at most, a quota that cannot be raised; let the back end work on in the background/,
    ],
    [
      '10 ms',
      integrated('send', http('https://a.b', { timeout: Duration.millis(10) })),
      /the timeout must be at least 50 ms, got: 10 ms/,
    ],
    [
      'a mock that tells nobody',
      integrated('send', WebSocketIntegration.mock({ body: '{}' })),
      /the body of the mock would not be sent; give the route returnResponse: true/,
    ],
    [
      'a mock that tells nobody on $connect',
      integrated('$connect', WebSocketIntegration.mock({ body: '{}' })),
      /would not be sent; remove it/,
    ],
    ['a relative URL', integrated('send', http('/a')), /the URL "\/a" must be absolute/],
    [
      'a method',
      integrated('send', http('https://a.b', { method: 'PSOT' })),
      /method "PSOT" is not an HTTP method\. Did you mean "POST"/,
    ],
    [
      'an open path',
      integrated('send', http('https://a.b/{room}')),
      /the URL has "\{room\}", which has no value; add requestParameters/,
    ],
    [
      'a wrong parameter',
      integrated('send', http('https://a.b', { requestParameters: { X: RequestValue.connectionId() } })),
      /requestParameters has "X"; write integration\.request\.header\.X/,
    ],
    [
      'a quote',
      integrated('send', parameter(RequestValue.literal("it's"))),
      /the literal for integration\.request\.header\.X has a single quote in it/,
    ],
    [
      'a path variable',
      integrated('send', parameter(RequestValue.path('id'))),
      /RequestValue\.path\("id"\): WebSocket APIs have no path variables; take a part of the message/,
    ],
    [
      'a query on a message',
      integrated('send', parameter(RequestValue.query('id'))),
      /RequestValue\.query\("id"\) is there when a client connects, and never again; have a Lambda authorizer answer it/,
    ],
    [
      'a header on a message',
      integrated('send', parameter(RequestValue.header('Id'))),
      /RequestValue\.header\("Id"\) is there when a client connects/,
    ],
    [
      'a body on $connect',
      integrated('$connect', parameter(RequestValue.bodyField('$.a'))),
      /reads the message, and a client that connects sends none/,
    ],
    [
      'a query in a template',
      integrated('$connect', stored(RequestValue.query('room'))),
      /^WebSocketGateway 'Api': route "\$connect": RequestValue\.query\("room"\) cannot be put into the call: templates of WebSocket APIs have no query and no headers\. Have a Lambda authorizer answer it as context \(RequestValue\.authorizerContext\("room"\)\), or connect through a Lambda function, which gets both \(WebSocketIntegration\.lambda\)$/,
    ],
    [
      'a header in a template',
      integrated('$connect', stored(RequestValue.header('Origin'))),
      /RequestValue\.header\("Origin"\) cannot be put into the call/,
    ],
    [
      'a message in a template of $connect',
      integrated('$connect', stored(RequestValue.bodyField('$.a'))),
      /reads the message, and a client that connects sends none; take RequestValue\.connectionId or \.authorizerContext$/,
    ],
    [
      'a message in a mapping of $connect',
      integrated('$connect', parameter(RequestValue.bodyField('$.a'))),
      /a client that connects sends none; take RequestValue\.query, \.header, \.connectionId or \.authorizerContext$/,
    ],
    [
      'a request template with parameters',
      integrated('$connect', aws({ requestTemplate: '{"a":"$!{input.params(\'a\')}"}' })),
      /the request template reads "\$!\{input\.params", and templates of WebSocket APIs have no query and no headers; on \$connect, map them with requestParameters \(RequestValue\.query, \.header\), or have a Lambda authorizer answer them as context \(\$context\.authorizer\.x\)$/,
    ],
    [
      'request templates with parameters',
      integrated(
        'send',
        aws({ requestTemplates: { a: '$input.params().header' }, templateSelectionExpression: '${request.body.a}' }),
      ),
      /the request template reads "\$input\.params"/,
    ],
    [
      'a response template with parameters',
      integrated('send', aws({ responses: [{ template: '$input.params("a")' }] })),
      /a response template reads "\$input\.params"/,
    ],
    [
      'a mock with parameters',
      integrated('send', WebSocketIntegration.mock({ body: '$input.params("a")' }), { returnResponse: true }),
      /the body of the mock reads "\$input\.params"/,
    ],
    [
      'a body on $disconnect',
      integrated('$disconnect', parameter(RequestValue.body())),
      /reads the message, and a client that is gone sends none/,
    ],
    [
      'both templates',
      integrated(
        'send',
        aws({ requestTemplate: 'a', requestTemplates: { a: 'a' }, templateSelectionExpression: '${request.body.a}' }),
      ),
      /has requestTemplate and requestTemplates; give one/,
    ],
    [
      'templates alone',
      integrated('send', aws({ requestTemplates: { a: 'a' } })),
      /requestTemplates and templateSelectionExpression go together/,
    ],
    [
      'a fixed expression',
      integrated('send', aws({ requestTemplates: { a: 'a' }, templateSelectionExpression: 'a' })),
      /templateSelectionExpression "a" must be made of the message/,
    ],
    [
      'a wildcard',
      integrated('send', aws({ iamActions: ['sqs:*'] })),
      /iamActions has "sqs:\*"; write one action with its service, without wildcards/,
    ],
    ['both kinds of calls', integrated('send', aws({ path: 'a' })), /set either action or path, not both/],
    [
      'no default response',
      integrated('send', aws({ responses: [{ selectionPattern: '200' }] })),
      /has no default response/,
    ],
    [
      'two responses for one status',
      integrated('send', aws({ responses: [{}, {}] })),
      /two responses are for "\$default", so one would never be sent/,
    ],
    [
      'a wrong pattern',
      integrated('send', aws({ responses: [{ selectionPattern: '(' }] })),
      /selectionPattern "\(" is not a regular expression/,
    ],
    [
      'the default as pattern',
      integrated('send', aws({ responses: [{ selectionPattern: '$default' }] })),
      /stands for the default response; remove it there/,
    ],
    [
      'template and templates',
      integrated('send', aws({ responses: [{ template: '', templates: {} }] })),
      /a response has template and templates/,
    ],
    [
      'templates of a response alone',
      integrated('send', aws({ responses: [{ templates: { a: '' } }] })),
      /templates and templateSelectionExpression go together/,
    ],
    [
      'a stage that is not there',
      integrated('send', WebSocketIntegration.lambdaByStage({ prd: handler() })),
      /lambdaByStage names the stage "prd", which the gateway does not have/,
    ],
  ])('%s', (_name, make, message) => expect(make).toThrow(message));
});

describe('the gateway', () => {
  test.each<[string, Props, RegExp]>([
    [
      'a selection that is no path of a message',
      { routeSelectionExpression: 'action' },
      /routeSelectionExpression "action" gives no route key/,
    ],
    [
      'a stage named $default',
      { stages: { $default: {} } },
      /stage "\$default": a stage named "\$default" is for HTTP APIs/,
    ],
    ['a stage named so', { stages: { prod: { stageName: '$default' } } }, /a stage named "\$default" is for HTTP APIs/],
    ['a wrong stage', { stages: { 'a b': {} } }, /stage "a b": the name "a b" must be 1 to 128 of A-Z a-z 0-9 _ -/],
    ['no stage', { stages: {} }, /stages is empty/],
    [
      'two stages of one name',
      { stages: { a: { stageName: 'x' }, b: { stageName: 'x' } } },
      /two stages are both named "x"/,
    ],
    [
      'a token as stage',
      { stages: { [Lazy.string({ produce: () => 'a' })]: {} } },
      /the key of a stage must be written out/,
    ],
    ['a wrong variable', { stages: { prod: { variables: { a: 'b c' } } } }, /variable "a": the value "b c" must be/],
    [
      'a wrong limit',
      { stages: { prod: { routes: { $connect: { throttle: { rateLimit: 0, burstLimit: 1 } } } } } },
      /routes\["\$connect"\]: throttle\.rateLimit must be/,
    ],
  ])('%s', (_name, props, message) => expect(() => gateway(props)).toThrow(message));

  test.each<[string, object, RegExp]>([
    [
      'cors',
      { cors: { allowOrigins: ['*'] } },
      /^WebSocketGateway 'Api': cors: browsers send no preflight for a WebSocket.*Origin header/,
    ],
    [
      'webAcl',
      { webAcl: {} },
      /webAcl: AWS WAF protects REST APIs, not WebSocket APIs\. Put a CloudFront distribution with a web ACL/,
    ],
    [
      'gatewayResponses',
      { gatewayResponses: {} },
      /gatewayResponses: WebSocket APIs have a fixed format for their own errors/,
    ],
    ['endpointType', { endpointType: 'EDGE' }, /endpointType: a WebSocket API is Regional/],
    ['access', { access: [] }, /access: WebSocket APIs have no resource policy/],
    ['restApiName', { restApiName: 'a' }, /the name of an API is apiName, in all kinds/],
    ['cache', { stages: { prod: { cache: {} } } }, /stage "prod": cache: messages are not cached/],
    ['tracing', { stages: { prod: { tracing: true } } }, /tracing: AWS X-Ray does not trace WebSocket APIs/],
  ])('%s is of other kinds', (_name, props, message) => expect(() => gateway(props as Props)).toThrow(message));

  test.each<[string, Props, RegExp]>([
    ['no route', { routes: {} }, /WebSocketGateway 'Api': has no route; give it routes/],
    [
      'no $connect',
      { routes: { send: { integration: mock } } },
      /has no route "\$connect", so there is no authorization and everyone may connect/,
    ],
    [
      'limits of a route that is not there',
      { stages: { prod: { routes: { sned: {} } } }, routes: { $connect: connect, send: { integration: mock } } },
      /stage "prod": routes has "sned", which is not a route of the gateway\. Did you mean "send"/,
    ],
    [
      'a variable that is not there',
      {
        routes: {
          $connect: connect,
          send: { integration: WebSocketIntegration.http('https://a.b/${stageVariables.x}') },
        },
      },
      /stage "prod": has no variable "x", which route "send" reads/,
    ],
  ])('at synth: %s', (_name, props, message) => {
    const { stack } = gateway(props);
    expect(() => templateOf(stack)).toThrow(message);
  });

  test('names that are not there', () => {
    const { api } = gateway();
    expect(() => api.cfnStage('prd')).toThrow(/has no stage "prd"\. Did you mean "prod"/);
    expect(() => api.usagePlan('a')).toThrow(/has no usage plan "a"/);
    expect(() => api.apiKey('a')).toThrow(/has no API key "a"/);
  });

  test('what a model may lose is a warning', () => {
    const { stack, api } = gateway();
    const odd = JsonSchema.fromObject({ type: 'array', items: [{ type: 'string' }] });
    api.addRoute('send', { integration: mock, request: { body: odd } });
    templateOf(stack);
    expect(JSON.stringify(api.cfnApi.node.metadata)).toContain('route \\"send\\"');
  });
});
