import { ref, resource } from '../template/source-of';
import { between, changed, type Loose, shop, sourceWith } from './shop';

const edited = (edit: (r: Loose) => void) => {
  const resources = shop();
  edit(resources);
  return sourceWith(resources);
};
const paths = (r: Loose): Loose => r.Api.Properties.Body.paths;
const OPEN = { 'x-amazon-apigateway-integration': { type: 'mock' } };
const SIGNED = { security: [{ iam: [] }], ...OPEN };

const seen = (before: ReturnType<typeof edited>, after: ReturnType<typeof edited>) =>
  between(before, after).map((one) => [one.class, one.change, one.subject, one.aspect ?? one.why].join(' | '));

test('the name of a path variable is nothing to callers', () => {
  const after = edited((r) => {
    paths(r)['/orders/{orderId}'] = paths(r)['/orders/{id}'];
    delete paths(r)['/orders/{id}'];
  });
  expect(seen(changed([]), after)).toEqual(['harmless | changed | DELETE /orders/{orderId} | path variables']);
});

describe('a route that another one stands in for', () => {
  const caught = (catchAll: Loose, more: Loose = {}) =>
    edited((r) => {
      paths(r)['/{proxy+}'] = { 'x-amazon-apigateway-any-method': catchAll };
      Object.assign(paths(r), more);
    });

  test('is not gone', () => {
    expect(seen(caught(OPEN, { '/a/b': { get: OPEN } }), caught(OPEN))).toEqual([
      'harmless | removed | GET /a/b | ANY /{proxy+} responds instead',
    ]);
  });

  test('opens if that is open', () => {
    const changes = seen(caught(OPEN, { '/a/b': { get: SIGNED } }), caught(OPEN));
    expect(changes).toContain('opening | changed | GET /a/b | authorization');
  });

  test('breaks if that is protected: preflight requests too', () => {
    const changes = seen(caught(SIGNED, { '/a': { options: OPEN } }), caught(SIGNED));
    expect(changes).toEqual([
      'breaking | changed | OPTIONS /a | authorization',
      'harmless | removed | OPTIONS /a | ANY /{proxy+} responds instead',
    ]);
  });

  test('opens if it is carved out of a protected one', () => {
    expect(seen(caught(SIGNED), caught(SIGNED, { '/a': { get: OPEN } }))).toEqual([
      'opening | changed | GET /a | authorization',
      'harmless | added | GET /a | ANY /{proxy+} responded before',
    ]);
  });

  test('is gone if it is the root, which no greedy path gets', () => {
    expect(seen(caught(OPEN, { '/': { get: OPEN } }), caught(OPEN))).toEqual([
      'breaking | removed | GET / | callers get an error',
    ]);
  });

  test('the most specific one answers', () => {
    const more = { '/a/{id}': { get: OPEN }, '/a/{rest+}': { get: OPEN }, '/{x}/b': { get: OPEN } };
    expect(seen(caught(OPEN, { ...more, '/a/b': { get: OPEN } }), caught(OPEN, more))).toEqual([
      'harmless | removed | GET /a/b | GET /a/{id} responds instead',
    ]);
  });

  test('in an HTTP API, a path that matches as a whole goes before a greedy one, whatever its beginning', () => {
    const route = (RouteKey: string) => resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Web'), RouteKey });
    const all = (r: Loose) => Object.assign(r, { Greedy: route('GET /a/{rest+}'), Whole: route('GET /{x}/b') });
    const before = edited((r) => Object.assign(all(r), { Own: route('GET /a/b') }));
    expect(seen(before, edited(all))).toEqual(['harmless | removed | GET /a/b | GET /{x}/b responds instead']);
    const rest = { '/a/{rest+}': { get: OPEN }, '/{x}/b': { get: OPEN } };
    expect(seen(caught(OPEN, { ...rest, '/a/b': { get: OPEN } }), caught(OPEN, rest))).toEqual([
      'harmless | removed | GET /a/b | GET /a/{rest+} responds instead',
    ]);
  });

  test('messages are caught by $default, handshakes are not', () => {
    const withDefault = (r: Loose) =>
      (r.ChatDefault = resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Chat'), RouteKey: '$default' }));
    const after = edited((r) => {
      withDefault(r);
      delete r.ChatSend;
      delete r.ChatConnect;
    });
    expect(seen(edited(withDefault), after)).toEqual([
      'breaking | removed | $connect | messages of this kind are not taken',
      'harmless | removed | send | $default responds instead',
    ]);
  });
});

describe('an API', () => {
  const renamed = (edit: (r: Loose) => void = () => undefined) => {
    const text = JSON.stringify(shop())
      .replaceAll(/"(Ref)":"Api"/g, '"$1":"Moved"')
      .replaceAll('${Api}', '${Moved}');
    const { Api: Moved, ...resources } = JSON.parse(text) as Loose;
    const all = { Moved, ...resources };
    edit({ ...all, Api: Moved });
    return sourceWith(all);
  };

  test('with another logical id is another API with another URL', () => {
    const changes = between(changed([]), renamed());
    expect(changes).toEqual([
      expect.objectContaining({ class: 'breaking', aspect: 'resource', before: 'rest API Api' }),
    ]);
  });

  test('whose URL no caller knows can be replaced', () => {
    const hidden = (r: Loose) => (r.Api.Properties.DisableExecuteApiEndpoint = true);
    expect(between(edited(hidden), renamed(hidden)).map((one) => one.class)).toEqual(['harmless']);
  });

  test('that is the only one on both sides is the same, whatever its name and id', () => {
    const only = (id: string, name: string) => {
      const Body = { openapi: '3.0.1', paths: { '/a': { get: OPEN } } };
      return sourceWith({ [id]: resource('AWS::ApiGateway::RestApi', { Name: name, Body }) });
    };
    expect(seen(only('A', 'a'), only('B', 'b'))).toEqual([
      'breaking | changed | REST API | resource',
      'harmless | changed | REST API | name',
    ]);
  });

  test('that is gone is one change, not one for each route', () => {
    const after = edited((r) => {
      for (const id of ['Web', 'Jwt', 'WebIntegration', 'WebRoute', 'WebStage']) delete r[id];
    });
    expect(seen(changed([]), after)).toEqual(['breaking | removed | HTTP API | its URL does not respond']);
  });

  test('of resources is the same as one of a document', () => {
    const integration = { Type: 'MOCK', RequestTemplates: { 'application/json': '{"statusCode":200}' } };
    const api = ref('Api');
    const ofResources = sourceWith({
      Api: resource('AWS::ApiGateway::RestApi', { Name: 'a' }),
      Orders: resource('AWS::ApiGateway::Resource', {
        RestApiId: api,
        ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        PathPart: 'orders',
      }),
      Get: resource('AWS::ApiGateway::Method', {
        ...{ RestApiId: api, ResourceId: ref('Orders'), HttpMethod: 'GET', AuthorizationType: 'AWS_IAM' },
        Integration: integration,
      }),
    });
    const get = {
      security: [{ iam: [] }],
      'x-amazon-apigateway-integration': {
        type: 'mock',
        requestTemplates: { 'application/json': '{"statusCode":200}' },
      },
    };
    const iam = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
    const ofDocument = sourceWith({
      Api: resource('AWS::ApiGateway::RestApi', {
        Name: 'a',
        Body: { openapi: '3.0.1', components: { securitySchemes: { iam } }, paths: { '/orders': { get } } },
      }),
    });
    expect(between(ofResources, ofDocument)).toEqual([]);
  });
});

test('throttles of routes of an HTTP API, and of those without their own', () => {
  const settings = (own: number | undefined, wide: number) =>
    edited((r) => {
      r.WebStage.Properties.DefaultRouteSettings = { ThrottlingRateLimit: wide };
      r.WebStage.Properties.RouteSettings =
        own === undefined ? {} : { 'GET /items/{id}': { ThrottlingRateLimit: own } };
    });
  const route = 'GET /items/{id} | rate limit in $default';
  expect(seen(settings(5, 9), settings(4, 9))).toEqual([`breaking | changed | ${route}`]);
  expect(seen(settings(5, 9), settings(undefined, 9))).toEqual([`harmless | changed | ${route}`]);
  // What a stage says of all its routes is one change.
  expect(seen(settings(undefined, 9), settings(undefined, 8))).toEqual(['breaking | changed | $default | rate limit']);
  expect(seen(settings(5, 9), settings(5, 8))).toEqual(['breaking | changed | $default | rate limit']);
});

test('a usage plan with a new name is the same plan', () => {
  expect(
    seen(
      changed([]),
      edited((r) => (r.Plan.Properties.UsagePlanName = 'pro')),
    ),
  ).toEqual([]);
});

test('events of SAM are routes, at their place in the source', () => {
  const events = (put: Loose): Loose => ({
    Get: { Type: 'Api', Properties: { Path: '/orders', Method: 'get' } },
    Put: { Type: 'Api', Properties: { Path: '/orders', Method: 'put', ...put } },
  });
  const app = (put: Loose) =>
    sourceWith(
      {
        Fn: resource('AWS::Serverless::Function', {
          ...{ Runtime: 'nodejs22.x', Handler: 'a.b', CodeUri: '.' },
          Events: events(put),
        }),
      },
      { Transform: 'AWS::Serverless-2016-10-31', Globals: { Api: { Auth: { DefaultAuthorizer: 'AWS_IAM' } } } },
    );
  expect(between(app({}), app({}))).toEqual([]);
  const [change, ...others] = between(app({}), app({ Auth: { Authorizer: 'NONE' } }));
  expect(others).toEqual([]);
  expect(change).toMatchObject({
    ...{ class: 'opening', subject: 'PUT /orders', aspect: 'authorization' },
    location: { logicalId: 'Fn', path: ['Properties', 'Events', 'Put'] },
  });
});
