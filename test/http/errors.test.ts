import { App, Duration, Stack } from 'aws-cdk-lib';
import { Application, ConfigurationContent, Environment, HostedConfiguration } from 'aws-cdk-lib/aws-appconfig';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import {
  HttpAuthorizer,
  type HttpGatewayProps,
  HttpIntegration,
  HttpRequestParameter,
  HttpResponseParameter,
  HttpResponseValue,
  type HttpRouteOptions,
  RequestValue,
} from '../../lib';
import { templateOf } from '../support/stacks';
import { gateway } from './support';

const http = HttpIntegration.http('https://example.com/');
const stack = new Stack(new App(), 'Other');
const handler = Function.fromFunctionArn(stack, 'Handler', 'arn:aws:lambda:eu-west-1:111111111111:function:h');
const queue = Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:111111111111:q');
const bus = EventBus.fromEventBusArn(stack, 'Bus', 'arn:aws:events:eu-west-1:111111111111:event-bus/b');
const jwt = { issuer: 'https://x.example.com', audience: ['a'] };
const open = HttpAuthorizer.none('test');

const route = (options: Partial<HttpRouteOptions>, key = 'GET /x'): Partial<HttpGatewayProps> => ({
  routes: { [key]: { integration: http, ...options } },
});
const to = (integration: HttpIntegration, key?: string) => route({ integration }, key);
const routes = (...keys: string[]) => ({ routes: Object.fromEntries(keys.map((key) => [key, { integration: http }])) });
const mapped = (value: RequestValue, key?: string) =>
  to(
    HttpIntegration.http('https://x.example.com', {
      requestParameters: [HttpRequestParameter.overwriteHeader('a', value)],
    }),
    key,
  );
const answered = (status: string, ...changes: HttpResponseParameter[]) =>
  to(HttpIntegration.http('https://x.example.com', { responseParameters: { [status]: changes } }));
/** What no compiler lets through, but that of TypeScript. */
const untyped = (props: object) => props as Partial<HttpGatewayProps>;
const inStage = (options: object) => untyped({ stages: { prod: options } });

/** What is thrown where the gateway is made. */
const AT_ONCE: [string, Partial<HttpGatewayProps>, string][] = [
  [
    'no authorizer',
    { defaultAuthorizer: undefined },
    `HttpGateway 'Api': route "GET /": has no authorizer, and the gateway has no defaultAuthorizer; set one, or HttpAuthorizer.none('why it may be open') if everyone may call it`,
  ],
  [
    'scopes without token',
    route({ scopes: ['a'] }),
    `route "GET /x": scopes are checked by Cognito and JWT authorizers only; the route's authorizer has kind "iam"`,
  ],
  [
    'eleven scopes',
    route({ authorizer: HttpAuthorizer.jwt(jwt), scopes: Array.from({ length: 11 }, (_, i) => `s${i}`) }),
    'route "GET /x": has 11 scopes, and a route of an HTTP API takes 10; let the issuer give one scope for several of them',
  ],
  [
    'two authorizers of one name',
    {
      routes: {
        'GET /a': { integration: http, authorizer: HttpAuthorizer.jwt({ ...jwt, authorizerName: 'a' }) },
        'GET /b': { integration: http, authorizer: HttpAuthorizer.lambda(handler, { authorizerName: 'a' }) },
      },
    },
    'two different authorizers are both named "a"; give one of them another authorizerName',
  ],
  ['no path', routes('GET'), 'route "GET": must be a method and a path with one space between: write "METHOD /path"'],
  [
    'an unknown method',
    routes('GETT /a'),
    'route "GETT /a": "GETT" is not a method that a route takes. Did you mean "GET"?',
  ],
  ['a path without slash', routes('GET a'), 'the path must start with "/" after the method: "GET /a"'],
  [
    'the default route with a method',
    routes('ANY $default'),
    'route "ANY $default": the route that takes what no other route does is "$default" alone, without a method and a path',
  ],
  ['the default route as a path', routes('/$default'), 'is "$default" alone, without a method and a path'],
  [
    'the same path under two names',
    routes('GET /a/{id}', 'POST /a/{key}'),
    'route "POST /a/{key}": "/a/{key}" and "/a/{id}" are one path to callers, and one document has it once; use the same names: "POST /a/{id}"',
  ],
  [
    'a name that is taken',
    {
      routes: {
        'GET /a': { integration: http, operationName: 'get' },
        'GET /b': { integration: http, operationName: 'get' },
      },
    },
    'route "GET /b": operationName "get" is also that of route "GET /a"; each route needs its own',
  ],
  [
    'allowOpenCatchAll elsewhere',
    route({ allowOpenCatchAll: true }),
    'route "GET /x": allowOpenCatchAll is for $default and ANY /{proxy+}, which match what no other route does',
  ],
  ['no rate', route({ throttle: { rateLimit: 0, burstLimit: 1 } }), 'throttle.rateLimit must be more than 0'],
  [
    'credentials with *',
    { cors: { allowOrigins: ['*'], allowCredentials: true } },
    `HttpGateway 'Api': cors: allowCredentials cannot go with the origin "*": browsers reject the response`,
  ],
  ['no stage', { stages: {} }, 'stages is empty, so nothing would serve the API; remove it for one stage "$default"'],
  [
    'a stage with a space',
    { stages: { 'a b': {} } },
    'the name "a b" must be 1 to 128 of A-Z a-z 0-9 _ -, or "$default"',
  ],
  ['two stages of one name', { stages: { a: {}, b: { stageName: 'a' } } }, 'two stages are both named "a"'],
  ['a variable with a space', inStage({ variables: { a: 'b c' } }), 'variable "a": the value "b c" must be'],
  ['a name that is too long', { apiName: 'x'.repeat(129) }, 'apiName must be 1 to 128 characters'],
  [
    'redeployOn where every stage deploys automatically',
    { redeployOn: ['a'] },
    'redeployOn is for stages with autoDeploy: false, but every stage deploys automatically',
  ],
  [
    '31 seconds',
    to(HttpIntegration.lambda(handler, { timeout: Duration.seconds(31) })),
    'route "GET /x": the timeout is 31 s, but an HTTP API ends every request after 30 s; respond at once and work in the background, or use RestGateway, whose quota can be raised',
  ],
  [
    '49 milliseconds',
    to(HttpIntegration.http('https://x.example.com', { timeout: Duration.millis(49) })),
    'the timeout must be at least 50 ms, got: 49 ms',
  ],
  ['a relative URL', to(HttpIntegration.http('/x')), 'the URL "/x" must be absolute'],
  [
    'a variable that the route has not',
    to(HttpIntegration.http('https://x.example.com/{id}')),
    'the URL has "{id}", which is not a path variable of the route. Add it to the path: "GET /x/{id}"',
  ],
  [
    'a variable of $default',
    to(HttpIntegration.http('https://x.example.com/{proxy}'), '$default'),
    'The route $default has none; use "ANY /{proxy+}" for the path',
  ],
  [
    'an unknown HTTP method',
    to(HttpIntegration.http('https://x.example.com', { method: 'GIT' })),
    'Did you mean "GET"?',
  ],
  [
    'a mapping of an unknown variable',
    mapped(RequestValue.path('id')),
    'reads "{id}", which is not a path variable of the route.',
  ],
  [
    'a text that is an expression',
    mapped(RequestValue.literal('$context.requestId')),
    'the text "$context.requestId" would be read as an expression of the request; remove "$" from it',
  ],
  [
    'a context variable with a dash',
    mapped(RequestValue.context('authorizer.my-key')),
    'the context variable "authorizer.my-key" has characters other than letters, digits, "." and "_", which mappings of HTTP APIs do not allow',
  ],
  [
    'a change made twice',
    to(
      HttpIntegration.http('https://x.example.com', {
        requestParameters: [HttpRequestParameter.removeHeader('A'), HttpRequestParameter.removeHeader('a')],
      }),
    ),
    'requestParameters has "remove:header.a" twice; each change is made once',
  ],
  [
    'no status code',
    answered('4XX', HttpResponseParameter.removeHeader('a')),
    'responseParameters has "4XX"; name status codes of the back end, 200 to 599, e.g. "404"',
  ],
  [
    'an answer that is an expression',
    answered('200', HttpResponseParameter.overwriteHeader('a', HttpResponseValue.literal('${x}'))),
    'the text "${x}" would be read as an expression of the request',
  ],
  [
    'a group that may be missing',
    to(HttpIntegration.sqs(queue, { messageGroupId: RequestValue.header('Tenant') })),
    `HttpGateway 'Api': route "GET /x": messageGroupId reads the header "Tenant", but an HTTP API rejects each request without it with 400, since its mappings have no defaults; use a value that every request has, e.g. RequestValue.requestId(), remove messageGroupId, or use RestGateway`,
  ],
  [
    'a name that may be missing',
    to(
      HttpIntegration.stepFunctionsStart(standardMachine(), { executionName: RequestValue.query('id') }),
      'GET /x/{no}',
    ),
    'executionName reads the query parameter "id", but an HTTP API rejects each request without it with 400, since its mappings have no defaults; use a value that every request has, e.g. RequestValue.requestId() or RequestValue.path("no"), remove executionName',
  ],
  [
    'a field that may be missing',
    to(
      HttpIntegration.stepFunctionsStartSync(machine('Express', StateMachineType.EXPRESS), {
        executionName: RequestValue.bodyField('$.id'),
      }),
    ),
    'executionName reads a field of the body, but an HTTP API rejects each request without it',
  ],
  [
    'a version that may be missing',
    to(configured({ clientConfigurationVersion: RequestValue.query('version') })),
    'clientConfigurationVersion reads the query parameter "version", but an HTTP API rejects each request without it with 400',
  ],
  [
    'deduplication of a standard queue',
    to(HttpIntegration.sqs(queue, { messageDeduplicationId: RequestValue.requestId() })),
    'messageDeduplicationId is for FIFO queues, and "Queue" is a standard queue; leave it out',
  ],
  [
    'a FIFO queue without group',
    to(HttpIntegration.sqs(Queue.fromQueueArn(stack, 'Fifo', 'arn:aws:sqs:eu-west-1:111111111111:q.fifo'))),
    'the queue "Fifo" is FIFO, and Amazon SQS rejects a message without a group there',
  ],
  [
    'the source of AWS',
    to(HttpIntegration.eventBridge(bus, { source: 'aws.x', detailType: RequestValue.literal('a') })),
    'source "aws.x" must be 1 to 256 characters that do not start with "aws."',
  ],
  [
    'no detail type',
    to(HttpIntegration.eventBridge(bus, { source: 'x', detailType: RequestValue.literal('') })),
    'detailType "" must be 1 to 128 characters',
  ],
  [
    'a standard machine that is waited for',
    to(HttpIntegration.stepFunctionsStartSync(standardMachine())),
    'the state machine "Standard" is STANDARD, and StartSyncExecution takes EXPRESS ones only; give it stateMachineType: StateMachineType.EXPRESS, or use stepFunctionsStart, which does not wait',
  ],
  [
    'a stage without function',
    { ...to(HttpIntegration.lambdaByStage({ dev: handler })), stages: { dev: {}, prod: {} } },
    'lambdaByStage has no function for the stage "prod"; every stage needs one',
  ],
];

function standardMachine() {
  return machine('Standard', StateMachineType.STANDARD);
}

function machine(id: string, stateMachineType: StateMachineType) {
  const own = new Stack(new App(), 'Machines');
  return new StateMachine(own, id, {
    stateMachineType,
    definitionBody: DefinitionBody.fromChainable(new Pass(own, 'Pass')),
  });
}

/** A configuration and its environment. */
function configured(options: { readonly clientConfigurationVersion?: RequestValue }) {
  const own = new Stack(new App(), 'Configurations');
  const application = new Application(own, 'App');
  const environment = new Environment(own, 'Env', { application });
  const content = ConfigurationContent.fromInlineJson('{}');
  return HttpIntegration.appConfig(new HostedConfiguration(own, 'Flags', { application, content }), {
    environment,
    ...options,
  });
}

test.each(AT_ONCE)('%s', (_, props, message) => {
  expect(() => gateway(props)).toThrow(message);
});

test('a route that is there already', () => {
  const { api } = gateway();
  expect(() => api.addRoute('GET /', { integration: http })).toThrow(
    'route "GET /": is defined twice; a route has one integration',
  );
});

describe('what only REST APIs have, for those whom no compiler tells', () => {
  test.each<[string, Partial<HttpGatewayProps>, string]>([
    [
      'webAcl',
      untyped({ webAcl: {} }),
      'AWS WAF protects REST APIs, not HTTP APIs. Put a CloudFront distribution with a web ACL of the scope CLOUDFRONT in front',
    ],
    ['usagePlans', untyped({ usagePlans: {} }), 'HTTP APIs have no API keys and no usage plans; use RestGateway'],
    ['apiKeys', untyped({ apiKeys: {} }), 'HTTP APIs have no API keys'],
    ['endpointType', untyped({ endpointType: 'EDGE' }), 'use RestGateway, or put CloudFront in front'],
    ['vpcEndpoints', untyped({ vpcEndpoints: [] }), 'HTTP APIs have one endpoint, Regional and public'],
    ['access', untyped({ access: [] }), 'without a resource policy'],
    [
      'gatewayResponses',
      untyped({ gatewayResponses: {} }),
      'HTTP APIs have a fixed format for their own error responses',
    ],
    ['binaryMediaTypes', untyped({ binaryMediaTypes: [] }), 'HTTP APIs pass bytes on unchanged'],
    ['minimumCompressionSize', untyped({ minimumCompressionSize: 1 }), 'HTTP APIs do not compress'],
    ['securityPolicy', untyped({ securityPolicy: 'x' }), 'accepts TLS 1.2'],
    ['documentationVersion', untyped({ documentationVersion: '1' }), 'HTTP APIs publish no documentation'],
    ['restApiName', untyped({ restApiName: 'x' }), 'the name of an API is apiName, in all kinds'],
    ['executionLog', untyped({ stages: { prod: { executionLog: {} } } }), 'HTTP APIs have no execution log'],
    ['request', route({ request: {} } as object), 'HTTP APIs do not validate requests'],
    ['cache', route({ cache: {} } as object), 'HTTP APIs have no cache; put CloudFront in front, or use RestGateway'],
    ['apiKeyRequired', route({ apiKeyRequired: true } as object), 'HTTP APIs have no API keys'],
    ['cache', inStage({ cache: {} }), 'HTTP APIs have no cache; put CloudFront in front'],
    ['tracing', inStage({ tracing: true }), 'HTTP APIs are not traced with AWS X-Ray'],
    ['executionLogging', inStage({ executionLogging: 'INFO' }), 'HTTP APIs have no execution log'],
    ['dataTrace', inStage({ dataTrace: true }), 'HTTP APIs have no execution log'],
    ['clientCertificate', inStage({ clientCertificate: {} }), 'HTTP APIs do not present a client certificate'],
    ['canary', inStage({ canary: {} }), 'shift the traffic of the functions with HttpIntegration.lambda'],
    ['cache', inStage({ routes: { 'GET /': { cache: true } } }), 'HTTP APIs have no cache'],
  ])('%s', (name, props, message) => {
    expect(() => gateway(props)).toThrow(new RegExp(`${name}: .*${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  });
});

test.each<[string, () => unknown]>([
  [
    'HttpIntegration.sqs: messageAttributes: HTTP APIs write values',
    () => HttpIntegration.sqs(queue, { messageAttributes: {} } as never),
  ],
  [
    'HttpIntegration.lambda: streamResponse: HTTP APIs do not stream',
    () => HttpIntegration.lambda(handler, { streamResponse: true } as never),
  ],
  [
    'HttpIntegration.sqs: contentTypes: HTTP APIs do not check the content type',
    () => HttpIntegration.sqs(queue, { contentTypes: [] } as never),
  ],
])('%s', (message, make) => {
  expect(make).toThrow(message);
});

/** What the finished gateway must hold. */
describe('at synth', () => {
  const several = Array.from({ length: 301 }, (_, i) => [
    `GET /r${i}`,
    { integration: HttpIntegration.http(`https://x.example.com/${i}`) },
  ]);

  test.each<[string, Partial<HttpGatewayProps>, string]>([
    ['no route', { routes: {} }, `HttpGateway 'Api': has no route; give it routes`],
    [
      '$default open beside authorized routes',
      { routes: { $default: { integration: http, authorizer: open }, 'GET /orders': { integration: http } } },
      `HttpGateway 'Api': route "$default": is open although other routes are not, e.g. "GET /orders", and matches every path and method that no other route names, including misspelled ones; give it an authorizer, or set allowOpenCatchAll: true`,
    ],
    [
      'ANY /{proxy+} open beside authorized routes',
      { routes: { 'ANY /{rest+}': { integration: http, authorizer: open }, 'GET /orders': { integration: http } } },
      'route "ANY /{rest+}": is open although other routes are not',
    ],
    [
      'settings of a route that is not there',
      { stages: { prod: { routes: { 'GET /x': {} } } } },
      `stage "prod": routes has "GET /x", which is not a route of the gateway. Did you mean "GET /"?`,
    ],
    [
      'a variable that is not there',
      { ...mapped(RequestValue.stageVariable('table')), stages: { prod: { variables: { tabel: 'x' } } } },
      'stage "prod": has no variable "table", which route "GET /x" reads. Did you mean "tabel"?',
    ],
    [
      'a variable where there is none',
      mapped(RequestValue.stageVariable('table')),
      'has no variable "table", which route "GET /x" reads. Set it: variables: { table: "…" }',
    ],
    [
      '301 integrations',
      { routes: Object.fromEntries(several) },
      'has 301 different integrations, but an HTTP API can have 300, which no quota raises',
    ],
  ])('%s', (_, props, message) => {
    const made = gateway(props);
    expect(() => templateOf(made.stack)).toThrow(message);
  });

  test('300 integrations are taken', () => {
    const made = gateway({ routes: Object.fromEntries(several.slice(0, 300)) });
    expect(() => templateOf(made.stack)).not.toThrow();
  });
});

describe('readers', () => {
  const { api } = gateway({ stages: { dev: {}, prod: { detailedMetrics: false } } });

  test.each<[string, () => unknown, string]>([
    ['url', () => api.url, `url is of the only stage, and there are 2; use urlForStage('dev')`],
    ['stage', () => api.stage('prd'), 'has no stage "prd". Did you mean "prod"?'],
    ['metrics of a route', () => api.route('GET /').metricCount(), `write route.onStage('dev')`],
    [
      'metrics that are off',
      () => api.stage('prod').route('GET /').metricCount(),
      'stage "prod" has no metrics of routes',
    ],
    ['a route that is not there', () => api.stage('dev').route('GET /x'), 'there is no route "GET /x" (yet).'],
    ['a grant of no route', () => api.grantExecute(handlerRole(), { routes: [] }), 'grantExecute: routes is empty'],
    ['a grant on no stage', () => api.grantExecute(handlerRole(), { stages: [] }), 'grantExecute: stages is empty'],
    ['a grant on a missing stage', () => api.grantExecute(handlerRole(), { stages: ['x'] }), 'there is no stage "x".'],
  ])('%s', (_, read, message) => {
    expect(read).toThrow(message);
  });

  test('a grant of a route that asks for no signature', () => {
    const other = gateway({ defaultAuthorizer: open }).api;
    expect(() => other.grantExecute(handlerRole(), { routes: ['GET /'] })).toThrow(
      'route "GET /" has an authorizer of kind "none", for which an IAM policy has no effect; give the route HttpAuthorizer.iam()',
    );
  });

  const handlerRole = () => Function.fromFunctionArn(new Stack(), 'F', 'arn:aws:lambda:eu-west-1:1:function:f');
});
