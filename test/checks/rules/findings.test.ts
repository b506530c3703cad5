import { type Draft, findings, FORMAT, goodBody, goodHttpBody, goodHttpResources, goodResources } from '../support';
import { goodWebSocket, HTTP_FORMAT, type Json, WEBSOCKET_FORMAT } from '../support';

/** What findings say beyond the id of their rule, which the corpus holds. */
function found(good: () => Draft, change: (draft: Draft) => unknown): ReturnType<typeof findings> {
  const draft = good();
  change(draft);
  return findings(draft.template);
}
const severities = (good: () => Draft, change: (draft: Draft) => unknown): string[] =>
  found(good, change).map(({ id, severity }) => `${id} ${severity}`);
const remove = (draft: Draft, ...names: string[]): void => {
  names.forEach((name) => delete (draft.resources as Partial<Json>)[name]);
};
const saying = (text: string): string => expect.stringContaining(text) as string;
const open = { AuthorizationType: 'NONE', AuthorizerId: undefined, AuthorizationScopes: undefined };

describe('keys and places', () => {
  test('ALL-AUTH1 has the route as its key', () => {
    expect(found(goodResources, (draft) => draft.set('ListOrders', open))).toMatchObject([
      { id: 'ALL-AUTH1', severity: 'error', key: 'GET /orders', logicalId: 'ListOrders', path: 'Properties' },
    ]);
    const unsecured = (draft: Draft) => delete (draft.operation('get', '/orders') as Partial<Json>).security;
    expect(found(goodBody, unsecured)).toMatchObject([
      { key: 'GET /orders', logicalId: 'Api', path: 'Properties.Body.paths./orders.get' },
    ]);
  });

  test('HTTP-AUTH3 speaks in the place of ALL-AUTH1, and has the route as its key', () => {
    const change = (draft: Draft) => {
      draft.unset('FnPermission', 'SourceArn');
      draft.add('Other', 'AWS::ApiGatewayV2::Route', { ...draft.props('ListOrders'), ...open, RouteKey: '$default' });
    };
    expect(found(goodHttpResources, change).filter(({ id }) => id !== 'ALL-AUTH31')).toMatchObject([
      { id: 'HTTP-AUTH3', severity: 'error', key: '$default', logicalId: 'Other' },
    ]);
  });

  test('ALL-AUTH30 points to the variable', () => {
    const change = (draft: Draft) => draft.set('Stage', { StageVariables: { dbPassword: 'hunter2hunter2' } });
    expect(found(goodHttpResources, change)).toMatchObject([
      { path: 'Properties.StageVariables.dbPassword', key: 'dbPassword' },
    ]);
  });

  test('ALL-AUTH33 speaks of each function once, and names routes by their keys', () => {
    const rest = found(goodResources, (draft) => remove(draft, 'FnPermission'));
    expect(rest).toMatchObject([{ key: 'Fn', message: saying('GET /orders, POST /orders') }]);
    expect(found(goodWebSocket, (draft) => remove(draft, 'FnConnect', 'FnSendMessage'))).toMatchObject([
      { id: 'ALL-AUTH33', key: 'Fn', message: saying('$connect, sendMessage may not invoke Fn') },
    ]);
  });

  test('ALL-IAM1 tells the statement and the role', () => {
    const change = (draft: Draft) => {
      const Principal = { Service: ['apigateway.amazonaws.com'] };
      const trust = { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
      draft.set('Role', { AssumeRolePolicyDocument: trust });
      const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: ['sqs:*'], Resource: 'x' }] };
      draft.add('Policy', 'AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument });
    };
    expect(found(goodResources, change)).toMatchObject([
      { logicalId: 'Policy', path: 'Properties.PolicyDocument.Statement.0', message: saying('Role, ') },
    ]);
  });

  test('ALL-INT3 is found once a function', () => {
    expect(found(goodResources, (draft) => draft.set('Fn', { Timeout: 60 }))).toMatchObject([
      { id: 'ALL-INT3', severity: 'warning', message: expect.stringMatching(/29000 ms for Fn, .* 60 s \(as do/) },
    ]);
  });

  test('REST-DEP1 is found once a deployment', () => {
    const change = (draft: Draft) => delete (draft.resources.Deployment as Partial<Json>).DependsOn;
    expect(found(goodResources, change)).toMatchObject([
      { id: 'REST-DEP1', logicalId: 'Deployment', path: 'DependsOn', message: saying('and 1 more') },
    ]);
  });

  test('REST-THR6 says which stage and path', () => {
    const change = (draft: Draft) => Object.assign(draft.narrow, { ResourcePath: '/~1nowhere' });
    expect(found(goodResources, change)[0]).toMatchObject({
      message: saying('stage "prod" is for GET /nowhere'),
      logicalId: 'Stage',
      path: 'Properties.MethodSettings.1',
    });
  });

  test('V2-THR5 offers what was meant, and has the route as its key', () => {
    const few = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 };
    expect(found(goodWebSocket, (draft) => draft.set('Stage', { RouteSettings: { sendMesage: few } }))).toMatchObject([
      { id: 'V2-THR5', severity: 'error', key: 'sendMesage', message: saying('sendMessage') },
    ]);
  });

  test('OAS2 tells the operations of a scheme together', () => {
    const change = (draft: Draft) => {
      const nobody = { security: [{ nobody: [] }] };
      const any = { ...draft.operation('get', '/orders'), ...nobody };
      Object.assign(draft.body.paths['/orders'], { 'x-amazon-apigateway-any-method': any });
      for (const path of ['/orders', '/orders/{id}']) Object.assign(draft.operation('get', path), nobody);
    };
    expect(found(goodBody, change).filter(({ id }) => id === 'OAS2')).toMatchObject([
      { severity: 'warning', message: saying('GET /orders, ANY /orders, GET /orders/{id} uses') },
    ]);
  });

  test('ALL-OBS4 says what there is', () => {
    const change = (draft: Draft) => {
      const alarm = (id: string, MetricName: string, Dimensions: object[]) =>
        draft.add(id, 'AWS::CloudWatch::Alarm', { Namespace: 'AWS/ApiGateway', MetricName, Dimensions });
      alarm('Other', '5XXErrors', [{ Name: 'ApiName', Value: 'orders' }]);
      alarm('Third', '5xx', []);
    };
    expect(
      found(goodResources, change)
        .filter(({ id }) => id === 'ALL-OBS4')
        .map(({ message }) => message),
    ).toEqual([
      'Other uses 5XXErrors, which API Gateway does not send; did you mean 5XXError?',
      'Third uses 5xx with no dimension, but API Gateway sends it with ApiId or ApiId, Stage or ApiId, Method, Resource, Stage',
    ]);
  });
});

describe('severities', () => {
  test('WS-AUTH4 is sure of a route, and less so of an API without one', () => {
    const connect = (changes: object) => (draft: Draft) => draft.set('Connect', changes);
    expect(severities(goodWebSocket, connect(open))).toContain('WS-AUTH4 error');
    expect(severities(goodWebSocket, connect({ RouteKey: 'join', ...open }))).toContain('WS-AUTH4 warning');
  });

  test('HTTP-AUTH18 is less sure of the path of a discovery document', () => {
    const issued = (issuer: string) => (draft: Draft) => Object.assign(draft.scheme.jwtConfiguration, { issuer });
    expect(severities(goodHttpBody, issued('http://id.example.com'))).toEqual(['HTTP-AUTH18 error']);
    expect(severities(goodHttpBody, issued('https://id.example.com/.well-known/jwks.json'))).toEqual([
      'HTTP-AUTH18 warning',
    ]);
  });

  test('HTTP-LOG11 is less sure of OFF', () => {
    const change = (draft: Draft) => Object.assign(draft.stage.DefaultRouteSettings, { LoggingLevel: 'OFF' });
    expect(severities(goodHttpResources, change)).toEqual(['HTTP-LOG11 warning']);
  });

  test.each([
    ['REST', goodResources, FORMAT, ['latency', 'error'], ['latency', 'path']],
    ['HTTP', goodHttpResources, HTTP_FORMAT, ['latency', 'error'], ['latency', 'time']],
    ['WebSocket', goodWebSocket, WEBSOCKET_FORMAT, ['latency', 'error'], ['latency', 'route', 'event']],
  ])('ALL-LOG4 is a hint where only help is missing (%s)', (_, good, format, helpful, needed) => {
    const without = (names: string[]) => (draft: Draft) => {
      const fields = Object.entries(JSON.parse(format) as object).filter(([name]) => !names.includes(name));
      const Format = JSON.stringify(Object.fromEntries(fields));
      Object.assign(draft.stage.AccessLogSetting ?? draft.stage.AccessLogSettings, { Format });
    };
    expect(severities(good, without(helpful))).toEqual(['ALL-LOG4 info']);
    expect(severities(good, without(needed))).toEqual(['ALL-LOG4 warning']);
  });

  test.each([
    ['REGIONAL', 'warning'],
    ['EDGE', 'error'],
    [undefined, 'error'],
  ])('REST-INT1: over the quota on %s is an %s', (type, severity) => {
    const change = (draft: Draft) => {
      draft.set('Api', { EndpointConfiguration: type === undefined ? undefined : { Types: [type] } });
      Object.assign(draft.integration, { TimeoutInMillis: 60000 });
    };
    expect(found(goodResources, change).filter(({ id }) => id !== 'REST-NET6')).toMatchObject([
      { id: 'REST-INT1', severity, key: 'GET /orders/{id}' },
    ]);
  });

  test('REST-VAL3 hints at parameters of which none is required', () => {
    const listing = (RequestParameters: object) => (draft: Draft) => {
      draft.add('Parameters', 'AWS::ApiGateway::RequestValidator', {
        RestApiId: { Ref: 'Api' },
        ValidateRequestParameters: true,
      });
      draft.set('ListOrders', { RequestValidatorId: { Ref: 'Parameters' }, RequestParameters });
    };
    const page = { 'method.request.querystring.page': false };
    expect(severities(goodResources, listing(page))).toEqual(['REST-VAL3 info']);
    expect(severities(goodResources, listing({ ...page, 'method.request.header.X': true }))).toEqual([]);
  });
});
