import { TYPES } from '../authoring/shapes/support';
import { Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  type IAuthorizerContext,
  type IHttpIntegrationContext,
  type IRestIntegrationContext,
  type IWebSocketIntegrationContext,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { propertiesOf, STRUCTS } from '../authoring/shapes/support';
import { type Json, templateOf, testApp } from '../support/stacks';
import * as factories from './factories';

/** A struct as another language gives it back: by value, with the properties that the assembly has and no other. */
function byValue<T extends object>(struct: string, given: T): T {
  const declared = STRUCTS.find(({ name }) => name === struct);
  if (!declared) throw new Error(`there is no ${struct}`);
  const all = propertiesOf(declared).map(({ name }) => [name, given[name as keyof T]] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined)) as T;
}

class RestWrapper extends RestIntegration {
  constructor(private readonly inner: RestIntegration) {
    super();
  }
  public bind(context: IRestIntegrationContext) {
    return byValue('RestIntegrationConfig', this.inner.bind(context));
  }
}
class HttpWrapper extends HttpIntegration {
  constructor(private readonly inner: HttpIntegration) {
    super();
  }
  public bind(context: IHttpIntegrationContext) {
    return byValue('HttpIntegrationConfig', this.inner.bind(context));
  }
}
class WebSocketWrapper extends WebSocketIntegration {
  constructor(private readonly inner: WebSocketIntegration) {
    super();
  }
  public bind(context: IWebSocketIntegrationContext) {
    return byValue('WebSocketIntegrationConfig', this.inner.bind(context));
  }
}
class RestAuthorizerWrapper extends RestAuthorizer {
  constructor(private readonly inner: RestAuthorizer) {
    super();
  }
  public bind(context: IAuthorizerContext) {
    return byValue('RestAuthorizerConfig', this.inner.bind(context));
  }
}
class HttpAuthorizerWrapper extends HttpAuthorizer {
  constructor(private readonly inner: HttpAuthorizer) {
    super();
  }
  public bind(context: IAuthorizerContext) {
    return byValue('HttpAuthorizerConfig', this.inner.bind(context));
  }
}
class WebSocketAuthorizerWrapper extends WebSocketAuthorizer {
  constructor(private readonly inner: WebSocketAuthorizer) {
    super();
  }
  public bind(context: IAuthorizerContext) {
    return byValue('WebSocketAuthorizerConfig', this.inner.bind(context));
  }
}

interface Subject<T> {
  readonly type: string;
  readonly holder: object;
  readonly makes: factories.Factories<T>;
  readonly wrap: (inner: T) => T;
  readonly gateway: (stack: Stack, subject: T, origins: string[]) => void;
}

const stages = { dev: { variables: { tenant: 'a' } }, prod: { variables: { tenant: 'b' } } };
const ORIGINS = ['https://a.example.com', 'https://b.example.com'];
// An object as it is goes with one origin only.
const originsFor = (factory: string) => (factory.startsWith('s3Get') ? ORIGINS.slice(1) : ORIGINS);

const rest = (stack: Stack, integration: RestIntegration, allowOrigins: string[], authorizer = RestAuthorizer.iam()) =>
  new RestGateway(stack, 'Api', {
    defaultAuthorizer: authorizer,
    webAcl: WebAcl.none('test'),
    cors: { allowOrigins },
    stages,
    routes: { 'PUT /x/{id}': { integration }, 'POST /y/{id}': { integration } },
  });
const http = (stack: Stack, integration: HttpIntegration, _origins?: string[], authorizer = HttpAuthorizer.iam()) =>
  new HttpGateway(stack, 'Api', {
    defaultAuthorizer: authorizer,
    cors: { allowOrigins: ORIGINS },
    stages,
    routes: { 'PUT /x/{id}': { integration }, 'POST /y/{id}': { integration } },
  });
const webSocket = (
  stack: Stack,
  integration: WebSocketIntegration,
  _origins?: string[],
  authorizer = WebSocketAuthorizer.iam(),
) => {
  const route = { integration, returnResponse: true };
  const connect = { integration: WebSocketIntegration.mock() };
  return new WebSocketGateway(stack, 'Api', {
    defaultAuthorizer: authorizer,
    stages,
    routes: { $connect: connect, a: route, b: route },
  });
};

const SUBJECTS = [
  {
    type: 'RestIntegration',
    holder: RestIntegration,
    makes: factories.REST,
    wrap: (inner: RestIntegration) => new RestWrapper(inner),
    gateway: rest,
  },
  {
    type: 'HttpIntegration',
    holder: HttpIntegration,
    makes: factories.HTTP,
    wrap: (inner: HttpIntegration) => new HttpWrapper(inner),
    gateway: http,
  },
  {
    type: 'WebSocketIntegration',
    holder: WebSocketIntegration,
    makes: factories.WEBSOCKET,
    wrap: (inner: WebSocketIntegration) => new WebSocketWrapper(inner),
    gateway: webSocket,
  },
  {
    type: 'RestAuthorizer',
    holder: RestAuthorizer,
    makes: factories.REST_AUTHORIZERS,
    wrap: (inner: RestAuthorizer) => new RestAuthorizerWrapper(inner),
    gateway: (stack: Stack, one: RestAuthorizer) => rest(stack, RestIntegration.mock(), ORIGINS, one),
  },
  {
    type: 'HttpAuthorizer',
    holder: HttpAuthorizer,
    makes: factories.HTTP_AUTHORIZERS,
    wrap: (inner: HttpAuthorizer) => new HttpAuthorizerWrapper(inner),
    gateway: (stack: Stack, one: HttpAuthorizer) =>
      http(stack, HttpIntegration.http('https://example.com/'), ORIGINS, one),
  },
  {
    type: 'WebSocketAuthorizer',
    holder: WebSocketAuthorizer,
    makes: factories.WEBSOCKET_AUTHORIZERS,
    wrap: (inner: WebSocketAuthorizer) => new WebSocketAuthorizerWrapper(inner),
    gateway: (stack: Stack, one: WebSocketAuthorizer) => webSocket(stack, WebSocketIntegration.mock(), ORIGINS, one),
  },
] as unknown as readonly Subject<object>[];

describe.each(SUBJECTS.map((subject) => [subject.type, subject] as const))('%s', (_, subject) => {
  const { holder, makes, wrap, gateway } = subject;

  test('every factory is here', () => {
    const statics = (TYPES.find(({ name }) => name === (holder as { readonly name?: string }).name)?.methods ?? [])
      .filter((method) => method.static)
      .map(({ name }) => name);
    expect(Object.keys(makes).sort()).toEqual(statics.sort());
  });

  const cases = Object.entries(makes).flatMap(([name, all]) =>
    all.map((make, index) => [`${name} ${index + 1}`, make] as const),
  );

  test.each(cases)(
    '%s: a class from outside that delegates to it makes the same template, to the letter',
    (name, make) => {
      const text = (wrapped: boolean) => {
        const stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
        const made = make(stack);
        gateway(stack, wrapped ? wrap(made) : made, originsFor(name));
        return JSON.stringify(templateOf(stack) as Json, null, 1);
      };
      expect(text(true)).toBe(text(false));
    },
  );
});
