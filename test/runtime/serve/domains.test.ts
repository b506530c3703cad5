import { type HeaderFields } from '../../../lib/serve/exchange';
import { apiLines } from '../../../runtime/serve/banner';
import { LocalGateway } from '../../../runtime/serve/local-gateway';
import { notEmulated } from '../../../runtime/serve/not-emulated';

type Loose = Record<string, unknown>;

const of = (Type: string, Properties: Loose): Loose => ({ Type: `AWS::${Type}`, Properties });
const ref = (id: string): Loose => ({ Ref: id });
const uri = (fn: string): Loose => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations`,
});

/** A REST API whose paths are all proxied. */
const rest = (id: string, stages: readonly string[], more: Loose = {}): Loose => ({
  [id]: of('ApiGateway::RestApi', { Name: id, ...more }),
  [`${id}Path`]: of('ApiGateway::Resource', {
    ...{ RestApiId: ref(id), ParentId: { 'Fn::GetAtt': [id, 'RootResourceId'] }, PathPart: '{proxy+}' },
  }),
  ...Object.fromEntries(
    [ref(`${id}Path`), { 'Fn::GetAtt': [id, 'RootResourceId'] }].map((ResourceId, index) => [
      `${id}Any${index}`,
      of('ApiGateway::Method', {
        ...{ RestApiId: ref(id), ResourceId, HttpMethod: 'ANY', AuthorizationType: 'NONE' },
        Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri(`${id}Fn`) },
      }),
    ]),
  ),
  [`${id}Fn`]: of('Lambda::Function', {}),
  [`${id}Deployment`]: of('ApiGateway::Deployment', { RestApiId: ref(id) }),
  ...Object.fromEntries(
    stages.map((StageName) => [
      `${id}${StageName}`,
      of('ApiGateway::Stage', { RestApiId: ref(id), DeploymentId: ref(`${id}Deployment`), StageName }),
    ]),
  ),
});

const http = (id: string, stages: readonly string[]): Loose => ({
  [id]: of('ApiGatewayV2::Api', { Name: id, ProtocolType: 'HTTP' }),
  [`${id}Fn`]: of('Lambda::Function', {}),
  [`${id}Integration`]: of('ApiGatewayV2::Integration', {
    ...{ ApiId: ref(id), IntegrationType: 'AWS_PROXY', IntegrationUri: uri(`${id}Fn`), PayloadFormatVersion: '2.0' },
  }),
  [`${id}Route`]: of('ApiGatewayV2::Route', {
    ...{ ApiId: ref(id), RouteKey: 'GET /pets/{id}', Target: { 'Fn::Sub': `integrations/\${${id}Integration}` } },
  }),
  ...Object.fromEntries(
    stages.map((StageName, index) => [
      `${id}Stage${index}`,
      of('ApiGatewayV2::Stage', { ApiId: ref(id), StageName, AutoDeploy: true }),
    ]),
  ),
});

const domain = (DomainName: string, more: Loose = {}): Loose => of('ApiGatewayV2::DomainName', { DomainName, ...more });
const mapping = (ApiId: string, Stage: unknown, ApiMappingKey?: string, DomainName: unknown = ref('Domain')): Loose =>
  of('ApiGatewayV2::ApiMapping', { ApiId: ref(ApiId), DomainName, Stage, ...(ApiMappingKey ? { ApiMappingKey } : {}) });

class Played {
  public readonly events: { readonly fn: string; readonly event: Loose }[] = [];
  public readonly gateway: LocalGateway;

  constructor(resources: Loose) {
    const names = Object.keys(resources).filter((name) => name.endsWith('Fn'));
    const play = (fn: string) => (event: never) => {
      this.events.push({ fn, event });
      return { statusCode: 200, body: fn };
    };
    this.gateway = new LocalGateway({
      read: () => [{ file: 'app.json', template: { Resources: resources } as never, bytes: 0 }],
      functions: Object.fromEntries(names.map((name) => [name, play(name)])),
    });
  }

  /** Through the port of the first API. */
  public async get(host: string, target: string, headers: HeaderFields = []): Promise<string> {
    const { answer } = await this.gateway.handle(this.gateway.apis[0], {
      ...{ method: 'GET', target, body: new Uint8Array(), sourceIp: '10.0.0.1' },
      headers: [['Host', host], ...headers],
    });
    return `${answer.status} ${Buffer.from(answer.body as Uint8Array).toString('utf8')}`;
  }

  public get event(): Loose {
    return this.events[this.events.length - 1].event;
  }

  public get context(): Loose {
    return this.event.requestContext as Loose;
  }
}

const FORBIDDEN = '403 {"message":"Forbidden"}';

describe('API mappings', () => {
  const played = new Played({
    ...rest('Orders', ['prod', 'test']),
    ...http('Pets', ['$default', 'live']),
    Domain: domain('API.example.com'),
    Root: mapping('Orders', ref('Ordersprod')),
    Deep: mapping('Orders', 'test', 'shop/v2'),
    PetsKey: mapping('Pets', '$default', 'shop'),
    PetsLive: mapping('Pets', 'live', 'live/pets'),
  });

  test('the longest base path that fits chooses API and stage, whatever the port', async () => {
    expect(await played.get('api.example.com:3000', '/shop/v2/a/b')).toBe('200 OrdersFn');
    expect([played.event.path, played.context.stage, played.event.pathParameters]).toEqual([
      ...['/shop/v2/a/b', 'test', { proxy: 'a/b' }],
    ]);
    expect(await played.get('API.EXAMPLE.COM', '/shop/pets/7')).toBe('200 PetsFn');
    expect(await played.get('api.example.com', '/shop/v2x')).toBe('404 {"message":"Not Found"}');
    expect(await played.get('api.example.com', '/shopping')).toBe('200 OrdersFn');
    expect(played.context.stage).toBe('prod');
  });

  test('a REST API gets paths with the base path and without the stage', async () => {
    await played.get('api.example.com', '/shop/v2');
    expect(played.event).toMatchObject({ path: '/shop/v2', resource: '/', headers: { Host: 'api.example.com' } });
    expect(played.context).toMatchObject({ path: '/shop/v2', domainName: 'api.example.com', domainPrefix: 'api' });
    expect(played.context).not.toHaveProperty('customDomain');
    await played.get('api.example.com', '/x?y=1');
    expect(played.event).toMatchObject({ path: '/x', queryStringParameters: { y: '1' } });
    expect(played.context).toMatchObject({ path: '/x', stage: 'prod' });
  });

  test('and so does an HTTP API, in rawPath', async () => {
    await played.get('api.example.com', '/shop/pets/a%20b');
    expect(played.event).toMatchObject({ rawPath: '/shop/pets/a b', pathParameters: { id: 'a b' } });
    expect(played.context).toMatchObject({
      ...{ routeKey: 'GET /pets/{id}', stage: '$default', domainName: 'api.example.com' },
      http: { path: '/shop/pets/a b' },
    });
    await played.get('api.example.com', '/live/pets/pets/7');
    expect(played.event).toMatchObject({ rawPath: '/live/pets/pets/7', requestContext: { stage: 'live' } });
  });

  test('any other host goes to the API of the port, with its stage in the path', async () => {
    expect(await played.get('localhost:3000', '/prod/x')).toBe('200 OrdersFn');
    expect([played.event.path, played.context.path, played.context.domainName]).toEqual(['/x', '/prod/x', 'localhost']);
    expect(await played.get('other.example.com', '/x')).toBe(FORBIDDEN);
  });

  test('the banner names them', () => {
    const [orders] = played.gateway.apis;
    const shown = apiLines({ api: orders, url: 'http://localhost:3000', access: {} }, played.gateway);
    expect(shown).toEqual(
      expect.arrayContaining([
        '  api.example.com (by its Host header), the stage prod',
        '  api.example.com/shop/v2 (by its Host header), the stage test',
      ]),
    );
  });
});

test('base path mappings of the first version; without a stage the path names it', async () => {
  const basePath = (more: Loose) => of('ApiGateway::BasePathMapping', { DomainName: ref('Domain'), ...more });
  const played = new Played({
    ...rest('Orders', ['prod', 'test']),
    Domain: of('ApiGateway::DomainName', { DomainName: 'api.example.com' }),
    Named: basePath({ RestApiId: ref('Orders'), BasePath: 'v1', Stage: 'prod' }),
    Open: basePath({ RestApiId: ref('Orders'), BasePath: 'any' }),
  });
  expect(await played.get('api.example.com', '/v1/x')).toBe('200 OrdersFn');
  expect(await played.get('api.example.com', '/any/test/x')).toBe('200 OrdersFn');
  expect([played.event.path, played.context.path, played.context.stage]).toEqual([
    ...['/any/test/x', '/any/test/x', 'test'],
  ]);
  expect(await played.get('api.example.com', '/any/none/x')).toBe(FORBIDDEN);
  expect(await played.get('api.example.com', '/x')).toBe(FORBIDDEN);
});

test('a domain that is not in the templates, and one for all names of a level', async () => {
  const played = new Played({
    ...rest('Orders', ['prod']),
    Elsewhere: mapping('Orders', 'prod', undefined, 'api.elsewhere.com'),
    Star: domain('*.example.com'),
    All: mapping('Orders', 'prod', 'v1', ref('Star')),
  });
  expect(await played.get('api.elsewhere.com', '/x')).toBe('200 OrdersFn');
  expect(await played.get('a.example.com', '/v1/x')).toBe('200 OrdersFn');
  expect([played.context.domainName, played.context.domainPrefix]).toEqual(['a.example.com', 'a']);
  expect(await played.get('a.b.example.com', '/v1/x')).toBe(FORBIDDEN);
});

describe('routing rules', () => {
  const rule = (Priority: number, api: string, conditions: readonly Loose[], StripBasePath?: boolean): Loose =>
    of('ApiGatewayV2::RoutingRule', {
      ...{ DomainNameArn: { 'Fn::GetAtt': ['Domain', 'DomainNameArn'] }, Priority, Conditions: conditions },
      Actions: [
        {
          InvokeApi: { ApiId: ref(api), Stage: 'prod', ...(StripBasePath === undefined ? {} : { StripBasePath }) },
        },
      ],
    });
  const header = (Header: string, ValueGlob: string): Loose => ({ MatchHeaders: { AnyOf: [{ Header, ValueGlob }] } });
  const path = (...AnyOf: string[]): Loose => ({ MatchBasePaths: { AnyOf } });
  const played = (RoutingMode: string, more: Loose): Played =>
    new Played({
      ...rest('One', ['prod']),
      ...rest('Two', ['prod']),
      ...rest('Three', ['prod']),
      ...{ Domain: domain('pets.example.com', { RoutingMode }), ...more },
    });
  // The first example of https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules-examples.html
  const RULES = {
    Zzz: rule(50, 'Two', [header('Accept', 'image/webp'), header('Pet', 'Dog-*'), path('PetStoreShopper')]),
    Abc: rule(10, 'One', [header('Hello', 'World')]),
    Efg: rule(100, 'Three', []),
  };
  const dog = [
    ['Pet', 'Dog-Bella'],
    ['accept', 'image/webp'],
  ] as const;

  test('in the order of their priorities, all conditions must hold', async () => {
    const all = played('ROUTING_RULE_ONLY', RULES);
    const get = (target: string, headers: HeaderFields = []) => all.get('pets.example.com', target, headers);
    expect(await get('/', [['hello', 'World']])).toBe('200 OneFn');
    expect(await get('/PetStoreShopper', [...dog, ['Hello', 'World']])).toBe('200 OneFn');
    expect(await get('/PetStoreShopper/x', dog)).toBe('200 TwoFn');
    expect(all.event.path).toBe('/PetStoreShopper/x');
    expect(await get('/', [])).toBe('200 ThreeFn');
    expect(await get('/petstoreshopper', dog)).toBe('200 ThreeFn');
    expect(await get('/PetStoreShopper', [['Pet', 'Cat'], dog[1]])).toBe('200 ThreeFn');
    expect(await get('/', [['Hello', 'world']])).toBe('200 ThreeFn');
  });

  test.each([
    ['*json', 'application/json', true],
    ['*json', 'application/json,text/xml', false],
    ['*json*', 'application/json,text/xml', true],
    ['app*', 'application/json', true],
    ['app*', 'xapp', false],
    ['*', 'x', true],
    ['a?c', 'abc', false],
  ])('the value %s and %s: %s', async (glob, value, expected) => {
    const all = played('ROUTING_RULE_ONLY', { Rule: rule(1, 'One', [header('Accept', glob)]) });
    const answer = await all.get('pets.example.com', '/', [['Accept', value]]);
    expect(answer).toBe(expected ? '200 OneFn' : '404 {"message":"Not Found"}');
  });

  test('the base path goes if the rule strips it', async () => {
    const rules = { Strip: rule(1, 'One', [path('a/b')], true), Keep: rule(2, 'Two', [path('c')], false) };
    const all = played('ROUTING_RULE_ONLY', rules);
    expect(await all.get('pets.example.com', '/a/b/x')).toBe('200 OneFn');
    expect(all.event.pathParameters).toEqual({ proxy: 'x' });
    expect(await all.get('pets.example.com', '/c/x')).toBe('200 TwoFn');
    expect(all.event.pathParameters).toEqual({ proxy: 'c/x' });
  });

  test('the mode says whether rules, mappings or both count', async () => {
    const more = { Abc: RULES.Abc, Mapping: mapping('Two', 'prod') };
    const answers = async (mode: string) => {
      const all = played(mode, more);
      return [await all.get('pets.example.com', '/', [['Hello', 'World']]), await all.get('pets.example.com', '/')];
    };
    expect(await answers('ROUTING_RULE_THEN_API_MAPPING')).toEqual(['200 OneFn', '200 TwoFn']);
    expect(await answers('ROUTING_RULE_ONLY')).toEqual(['200 OneFn', '404 {"message":"Not Found"}']);
    expect(await answers('API_MAPPING_ONLY')).toEqual(['200 TwoFn', '200 TwoFn']);
  });
});

describe('without the endpoint of the API', () => {
  const closed = { DisableExecuteApiEndpoint: true };
  const mapped = { Domain: domain('api.example.com'), Root: mapping('Orders', 'prod') };

  test('only its domain leads to it', async () => {
    const played = new Played({ ...rest('Orders', ['prod'], closed), ...mapped });
    expect(await played.get('localhost', '/prod/x')).toBe(FORBIDDEN);
    expect(await played.get('api.example.com', '/x')).toBe('200 OrdersFn');
    expect(notEmulated(played.gateway.model)).toEqual([]);
  });

  test('it stays open if no domain does, with a note', async () => {
    const played = new Played(rest('Orders', ['prod'], closed));
    expect(await played.get('localhost', '/prod/x')).toBe('200 OrdersFn');
    expect(notEmulated(played.gateway.model).map(({ what }) => what)).toEqual([
      'The endpoint is disabled and no custom domain of the templates leads to the API, so it is served anyway',
    ]);
  });
});

test('clients of a WebSocket API connect through the domain', async () => {
  const played = new Played({
    Chat: of('ApiGatewayV2::Api', {
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.a',
    }),
    Stage: of('ApiGatewayV2::Stage', { ApiId: ref('Chat'), StageName: 'prod' }),
    ChatFn: of('Lambda::Function', {}),
    Integration: of('ApiGatewayV2::Integration', {
      ...{ ApiId: ref('Chat'), IntegrationType: 'AWS_PROXY', IntegrationMethod: 'POST', IntegrationUri: uri('ChatFn') },
    }),
    Connect: of('ApiGatewayV2::Route', {
      ...{ ApiId: ref('Chat'), RouteKey: '$connect', Target: { 'Fn::Sub': 'integrations/${Integration}' } },
    }),
    Domain: domain('ws.example.com'),
    Mapping: mapping('Chat', 'prod', 'chat'),
  });
  const request = {
    ...{ method: 'GET', target: '/chat', body: new Uint8Array(), sourceIp: '10.0.0.1' },
    headers: [['Host', 'ws.example.com']] as const,
  };
  const found = played.gateway.socketsOf(played.gateway.apis[0], request);
  const socket = { send: () => undefined, close: () => undefined };
  const handshake = await found?.gateway.connect(request, found.prefix, socket, found.mapped);
  expect(handshake?.kind).toBe('open');
  expect(played.context).toMatchObject({ domainName: 'ws.example.com', stage: 'prod' });
  expect(played.gateway.socketsOf(played.gateway.apis[0], { ...request, target: '/other' })).toBeUndefined();
});
