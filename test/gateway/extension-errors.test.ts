import { Duration, Stack } from 'aws-cdk-lib';
import {
  AuthorizerType,
  HttpAuthorizer,
  type HttpAuthorizerConfig,
  HttpGateway,
  HttpIntegration,
  type HttpIntegrationConfig,
  type IHttpIntegrationContext,
  type IIntegrationContext,
  IntegrationType,
  type IRestIntegrationContext,
  RestAuthorizer,
  type RestAuthorizerConfig,
  RestGateway,
  RestIntegration,
  type RestIntegrationConfig,
  WebAcl,
  WebSocketAuthorizer,
  type WebSocketAuthorizerConfig,
  WebSocketGateway,
  WebSocketIntegration,
  type WebSocketIntegrationConfig,
} from '../../lib';
import { fn, testApp } from '../support/stacks';

const { AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK } = IntegrationType;
const URL = 'https://example.com/';
const SNS = 'arn:aws:apigateway:eu-west-1:sns:action/Publish';
const ROLE = 'arn:aws:iam::111122223333:role/x';
const OK = { statusCode: 200 };
const stackOf = () => new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });

class MyRest extends RestIntegration {
  constructor(private readonly made: (context: IRestIntegrationContext) => unknown) {
    super();
  }
  public bind(context: IRestIntegrationContext) {
    return this.made(context) as RestIntegrationConfig;
  }
}
class MyHttp extends HttpIntegration {
  constructor(private readonly made: (context: IHttpIntegrationContext) => unknown) {
    super();
  }
  public bind(context: IHttpIntegrationContext) {
    return this.made(context) as HttpIntegrationConfig;
  }
}
class MyWebSocket extends WebSocketIntegration {
  constructor(private readonly made: (context: IIntegrationContext) => unknown) {
    super();
  }
  public bind(context: IIntegrationContext) {
    return this.made(context) as WebSocketIntegrationConfig;
  }
}
class RestRule extends RestAuthorizer {
  constructor(private readonly config: unknown) {
    super();
  }
  public bind() {
    return this.config as RestAuthorizerConfig;
  }
}
class HttpRule extends HttpAuthorizer {
  constructor(private readonly config: unknown) {
    super();
  }
  public bind() {
    return this.config as HttpAuthorizerConfig;
  }
}
class WebSocketRule extends WebSocketAuthorizer {
  constructor(private readonly config: unknown) {
    super();
  }
  public bind() {
    return this.config as WebSocketAuthorizerConfig;
  }
}

const rest = (integration: RestIntegration, authorizer: RestAuthorizer = RestAuthorizer.iam(), stack = stackOf()) =>
  new RestGateway(stack, 'Api', {
    defaultAuthorizer: authorizer,
    webAcl: WebAcl.none('test'),
    routes: { 'GET /x/{id}': { integration } },
  });
const http = (integration: HttpIntegration, authorizer: HttpAuthorizer = HttpAuthorizer.iam(), stack = stackOf()) =>
  new HttpGateway(stack, 'Api', { defaultAuthorizer: authorizer, routes: { 'GET /x/{id}': { integration } } });
const webSocket = (
  integration: WebSocketIntegration,
  authorizer: WebSocketAuthorizer = WebSocketAuthorizer.iam(),
  stack = stackOf(),
) =>
  new WebSocketGateway(stack, 'Api', {
    defaultAuthorizer: authorizer,
    routes: { $connect: { integration: WebSocketIntegration.mock() }, send: { integration } },
  });

describe('what an integration of a REST API returns', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'returns nothing; return a RestIntegrationConfig'],
    ['a text', 'x', 'returns "x"; return a RestIntegrationConfig'],
    ['a list', [], 'returns []; return a RestIntegrationConfig'],
    ['no type', { uri: URL }, 'type is missing; pass an IntegrationType'],
    ['another type', { type: 'LAMBDA' }, 'type must be one of IntegrationType, got: "LAMBDA"'],
    ['an unknown prop', { type: MOCK, requestTemplate: '{}' }, 'requestTemplate: templates are chosen by content type'],
    ['no uri', { type: AWS, responses: [OK] }, 'uri is missing; AWS calls a back end'],
    ['a uri of a mock', { type: MOCK, uri: URL }, 'uri: MOCK calls no back end; remove it'],
    ['a URL for a service', { type: AWS, uri: URL }, `uri "${URL}" must be arn:<partition>:apigateway:`],
    ['a number for a URL', { type: HTTP_PROXY, uri: 42 }, 'uri must be a string, got: 42'],
    ['a relative URL', { type: HTTP_PROXY, uri: '/x' }, 'the URL "/x" must be absolute'],
    ['a method', { type: HTTP_PROXY, uri: URL, method: 'FETCH' }, 'method "FETCH" is not an HTTP method'],
    ['an open brace', { type: HTTP_PROXY, uri: `${URL}{id}` }, 'uri has "{id}", which has no value'],
    ['credentials', { type: AWS, uri: SNS, credentials: 'admin' }, 'credentials "admin" must be the ARN of a role'],
    [
      'templates of a proxy',
      { type: HTTP_PROXY, uri: URL, requestTemplates: {} },
      'requestTemplates: is not for HTTP_PROXY',
    ],
    ['responses of a proxy', { type: AWS_PROXY, uri: SNS, responses: [OK] }, 'responses: is not for AWS_PROXY'],
    ['no responses', { type: AWS, uri: SNS }, 'has no default response'],
    ['two defaults', { type: AWS, uri: SNS, responses: [OK, OK] }, 'two responses have no selectionPattern'],
    ['a status', { type: MOCK, responses: [{ statusCode: 99 }] }, 'statusCode must be a whole number from 100 to 599'],
    [
      'an override',
      { type: MOCK, responses: [{ statusCode: 200, statusOverrides: [1] }] },
      'statusOverrides must be a whole number from 100 to 599, got: 1',
    ],
    ['streams of a service', { type: AWS, uri: SNS, streamResponse: true }, 'streamResponse is not for AWS'],
    ['a timeout', { type: HTTP_PROXY, uri: URL, timeout: Duration.millis(10) }, 'the timeout must be at least 50 ms'],
    [
      'a destination',
      { type: HTTP_PROXY, uri: URL, requestParameters: { 'X-A': "'a'" } },
      'requestParameters has "X-A"; write integration.request.header.X',
    ],
    [
      'a source',
      { type: HTTP_PROXY, uri: URL, requestParameters: { 'integration.request.header.A': 'a' } },
      'requestParameters: integration.request.header.A has the value "a"; write method.request.header.X',
    ],
    [
      'a path variable',
      { type: HTTP_PROXY, uri: URL, requestParameters: { 'integration.request.header.A': 'method.request.path.di' } },
      'reads method.request.path.di, but the route has no such path variable. Allowed: id.',
    ],
    [
      'what templates read',
      { type: MOCK, responses: [OK], templateParameters: ['X-A'] },
      'templateParameters has "X-A"; write method.request.header.X',
    ],
    [
      'a target without link',
      { type: HTTP_PROXY, uri: URL, integrationTarget: SNS },
      'integrationTarget: requires connectionId',
    ],
    ['an empty reason', { type: HTTP, uri: URL, insecureSkipVerification: ' ' }, 'insecureSkipVerification is empty'],
    ['a member', { type: MOCK, responses: [OK], extension: { type: 'aws' } }, 'extension has "type", which the config'],
  ])('%s: the error says the class', (_, returned, message) => {
    expect(() => rest(new MyRest(() => returned))).toThrow(
      `RestGateway 'Api': route "GET /x/{id}": MyRest.bind: ${message}`,
    );
  });
});

describe('what an integration of an HTTP API returns', () => {
  test.each<[string, unknown, string]>([
    ['a type of other kinds', { type: AWS, uri: SNS }, 'type AWS is not for HTTP APIs; use HTTP_PROXY or AWS_PROXY'],
    [
      'templates',
      { type: HTTP_PROXY, uri: URL, requestTemplates: {} },
      'requestTemplates: HTTP APIs have no templates',
    ],
    ['a subtype without role', { type: AWS_PROXY, subtype: 'SQS-ReceiveMessage' }, 'subtype needs credentials'],
    [
      'a subtype',
      { type: AWS_PROXY, subtype: 'sqs', credentials: ROLE },
      'subtype "sqs" must be a service and its action',
    ],
    [
      'a path variable',
      { type: HTTP_PROXY, uri: `${URL}{di}` },
      'reads "{di}", which is not a path variable of the route. Allowed: id.',
    ],
    [
      'a change',
      { type: HTTP_PROXY, uri: URL, requestParameters: { A: 'b' } },
      'requestParameters has "A"; write e.g. append:header.X',
    ],
    [
      'a status',
      { type: HTTP_PROXY, uri: URL, responseParameters: { ok: {} } },
      'responseParameters has "ok"; name status codes',
    ],
    [
      'a name without link',
      { type: HTTP_PROXY, uri: URL, secureServerName: 'x' },
      'secureServerName: requires connectionId',
    ],
    ['a timeout', { type: HTTP_PROXY, uri: URL, timeout: Duration.seconds(31) }, 'the timeout is 31 s'],
  ])('%s: the error says the class', (_, returned, message) => {
    expect(() => http(new MyHttp(() => returned))).toThrow(`route "GET /x/{id}": MyHttp.bind: ${message}`);
  });
});

describe('what an integration of a WebSocket API returns', () => {
  test.each<[string, unknown, string]>([
    ['no uri', { type: HTTP_PROXY }, 'uri is missing'],
    [
      'two templates',
      { type: MOCK, requestTemplate: '', requestTemplates: {} },
      'has requestTemplate and requestTemplates',
    ],
    [
      'templates alone',
      { type: MOCK, requestTemplates: { a: '' } },
      'requestTemplates and templateSelectionExpression go together',
    ],
    ['no responses', { type: MOCK, requestTemplate: '{}' }, 'has no default response'],
    [
      'a header of a message',
      { type: HTTP_PROXY, uri: URL, requestParameters: { 'integration.request.header.A': 'route.request.header.A' } },
      'route.request.header.A is available only when a client connects',
    ],
    ['a name with a slash', { type: HTTP_PROXY, uri: URL, sharedAs: 'a/b' }, 'sharedAs "a/b" is a part of an id'],
    [
      'a property',
      { type: HTTP_PROXY, uri: URL, properties: { IntegrationUri: '' } },
      'properties has "IntegrationUri"',
    ],
  ])('%s: the error says the class', (_, returned, message) => {
    expect(() => webSocket(new MyWebSocket(() => returned))).toThrow(`route "send": MyWebSocket.bind: ${message}`);
  });

  test('of one name, two that differ', () => {
    const one = (uri: string) => new MyWebSocket(() => ({ type: HTTP_PROXY, uri, sharedAs: 'one' }));
    const api = webSocket(one(URL));
    expect(() => api.addRoute('b', { integration: one(URL) })).not.toThrow();
    expect(() => api.addRoute('c', { integration: one('https://b.example.com/') })).toThrow(
      'two different integrations are both shared as "one"',
    );
  });
});

describe('what an integration asks of the gateway', () => {
  const config = { type: HTTP_PROXY, uri: URL };
  test.each<[string, (context: IRestIntegrationContext) => unknown, string]>([
    [
      'a wildcard',
      (c) => c.grantService('sns', [{ actions: ['sns:*'], resources: ['*'] }]),
      'actions has "sns:*"; write one',
    ],
    [
      'no resource',
      (c) => c.grantService('sns', [{ actions: ['sns:Publish'], resources: [] }]),
      'a permission needs actions',
    ],
    ['no service', (c) => c.grantService('', []), 'service "" must be the name'],
    ['no permission', (c) => c.grantService('sns', undefined as never), 'permissions is missing'],
    ['a stage', (c) => void c.setStageVariable('prd', 'a', 'b'), 'there is no stage "prd". Did you mean "prod"?'],
    ['a variable', (c) => void c.setStageVariable('prod', 'a b', 'b'), 'variable "a b": a name must be'],
    ['a function of a stage', (c) => c.grantInvoke(fn(c.scope, 'Fn'), 'prd'), 'there is no stage "prd"'],
  ])('%s', (_, ask, message) => {
    expect(() =>
      rest(
        new MyRest((context) => {
          ask(context);
          return config;
        }),
      ),
    ).toThrow(message);
  });

  test('an integration of the library takes no other context', () => {
    const inner = RestIntegration.http(URL);
    expect(() => rest(new MyRest(() => inner.bind({} as never)))).toThrow(
      'RestIntegration.bind: requires the context that the gateway created',
    );
  });
});

describe('what authorizers return', () => {
  const { NONE, IAM, JWT, TOKEN, REQUEST, COGNITO } = AuthorizerType;
  const named = { authorizerName: 'a' };
  const handler = fn(stackOf(), 'Decide');
  const off = RestIntegration.mock();
  const jwt = { ...named, type: JWT, issuer: 'https://login.example.com/', audience: ['a'] };
  test.each<[string, unknown, string]>([
    ['open without reason', { type: NONE }, 'the reason is empty'],
    ['a reason that is none', { type: IAM, reason: 'x' }, 'reason: is why a route is open'],
    ['no name', { type: TOKEN, handler }, 'authorizerName is missing'],
    ['a wrong name', { type: TOKEN, handler, authorizerName: 'a b' }, 'authorizerName "a b" must be 1 to 128'],
    ['no function', { ...named, type: REQUEST }, 'handler is missing; type REQUEST needs it'],
    ['a function of a JWT', { ...jwt, handler }, 'handler: is not for type JWT'],
    [
      'no key of callers',
      { ...named, type: REQUEST, handler, resultsCacheTtl: Duration.minutes(1) },
      'identitySources is empty while decisions are cached',
    ],
    ['a source', { ...named, type: REQUEST, handler, identitySources: ['X'] }, 'the identity source "X" must be'],
    ['no pools', { ...named, type: COGNITO, userPools: [] }, 'userPools is empty'],
    ['no audience', { ...jwt, audience: [] }, 'audience is empty'],
    ['an issuer', { ...jwt, issuer: 'http://x' }, 'issuer "http://x" must begin with https://'],
    ['a long time', { ...jwt, resultsCacheTtl: Duration.hours(2) }, 'resultsCacheTtl must be 0 to 3600 seconds'],
  ])('REST: %s', (_, config, message) => {
    expect(() => rest(off, new RestRule(config))).toThrow(`route "GET /x/{id}": RestRule.bind: ${message}`);
  });

  test.each<[string, unknown, string]>([
    [
      'a type of other kinds',
      { ...named, type: TOKEN, handler },
      'type TOKEN is not for HTTP APIs. Allowed: NONE, IAM, JWT, REQUEST',
    ],
    [
      'no key of callers',
      { ...named, type: REQUEST, handler, resultsCacheTtl: Duration.minutes(1) },
      'identitySources is empty while',
    ],
    [
      'several places',
      { ...jwt, identitySources: ['$request.header.A', '$request.header.B'] },
      'identitySource ["$request.header.A"',
    ],
  ])('HTTP: %s', (_, config, message) => {
    expect(() => http(HttpIntegration.http(URL), new HttpRule(config))).toThrow(`HttpRule.bind: ${message}`);
  });

  test.each<[string, unknown, string]>([
    [
      'kept decisions',
      { ...named, type: REQUEST, handler, resultsCacheTtl: Duration.minutes(1) },
      'resultsCacheTtl: a WebSocket API asks once',
    ],
    ['a source', { ...named, type: REQUEST, handler, identitySources: ['X'] }, 'the identity source "X" must be'],
    ['nowhere', { ...jwt, tokenSources: [] }, 'tokenSources is empty'],
  ])('WebSocket: %s', (_, config, message) => {
    expect(() => webSocket(WebSocketIntegration.mock(), new WebSocketRule(config))).toThrow(
      `WebSocketRule.bind: ${message}`,
    );
  });

  test('two that differ have two names', () => {
    const api = rest(off, new RestRule(jwt));
    const other = new RestRule({ ...jwt, audience: ['b'] });
    expect(() => api.addRoute('GET /y', { integration: off, authorizer: other })).toThrow(
      'two different authorizers are both named "a"',
    );
  });

  test('a class of another kind is refused by its name, by whichever copy of the library it is made', () => {
    expect(() => rest(new MyHttp(() => ({})) as never)).toThrow(
      'its integration is a MyHttp, which REST APIs do not accept',
    );
    expect(() => http(HttpIntegration.http(URL), new RestRule({}) as never)).toThrow(
      'is a RestRule, which HTTP APIs do not',
    );
  });
});
