import { breaks, type Draft, findings, goodHttpResources, goodWebSocket, keeps, type Json } from '../support';

const open = { AuthorizationType: 'NONE', AuthorizerId: undefined, AuthorizationScopes: undefined };
const iam = { ...open, AuthorizationType: 'AWS_IAM' };
const unsecured = (draft: Draft): boolean => delete (draft.operation('get', '/orders') as Partial<Json>).security;
/** Another route of an HTTP API, with a permission for whatever it takes. */
const withRoute = (draft: Draft, key: string, security: object[] = []): void => {
  draft.unset('FnPermission', 'SourceArn');
  draft.set('FnPermission', { SourceAccount: '123456789012' });
  if (draft.body) {
    const [verb, path = '/$default'] = key.split(' ');
    const name = verb === 'ANY' || verb === '$default' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
    const operation = { ...draft.operation('get', '/orders'), security };
    Object.assign(draft.body.paths, { [path]: { [name]: operation } });
  } else {
    draft.add('Other', 'AWS::ApiGatewayV2::Route', {
      ...draft.props('ListOrders'),
      ...(security.length === 0 && open),
      RouteKey: key,
    });
  }
};
const both = (change: (draft: Draft) => void) => ({ httpResources: change, httpBody: change });

describe('who may call an HTTP API', () => {
  breaks('ALL-AUTH1', 'a route without authorization', {
    httpResources: (draft) => draft.set('ListOrders', open),
    httpBody: unsecured,
  });
  breaks(
    'ALL-AUTH1',
    'a route that takes a part of the paths',
    both((draft) => withRoute(draft, 'ANY /files/{proxy+}')),
  );
  breaks('ALL-AUTH1', 'a route whose OPTIONS no CORS configuration answers', {
    httpResources: (draft) => {
      draft.set('ListOrders', { ...open, RouteKey: 'OPTIONS /orders' });
      draft.unset('Api', 'CorsConfiguration');
    },
  });
  keeps(
    'ALL-AUTH1',
    'the unauthorized preflight of a CORS configuration',
    both((draft) => withRoute(draft, 'OPTIONS /{proxy+}')),
  );
  keeps('ALL-AUTH1', 'IAM', {
    httpResources: (draft) => draft.set('ListOrders', iam),
    httpBody: (draft) => {
      const sigv4 = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
      Object.assign(draft.body.components.securitySchemes, { iam: sigv4 });
      Object.assign(draft.operation('get', '/orders'), { security: [{ iam: [] }] });
    },
  });
  keeps('ALL-AUTH1', 'a type that only the deployment knows', {
    httpResources: (draft) => draft.set('ListOrders', { ...open, AuthorizationType: { Ref: 'Kind' } }),
    httpBody: (draft) => Object.assign(draft.operation('get', '/orders'), { security: { 'Fn::ImportValue': 'x' } }),
  });

  breaks(
    'HTTP-AUTH3',
    '$default that asks nobody',
    both((draft) => withRoute(draft, '$default')),
  );
  breaks(
    'HTTP-AUTH3',
    'a greedy path that asks nobody',
    both((draft) => withRoute(draft, 'ANY /{proxy+}')),
  );
  breaks('HTTP-AUTH3', 'the route that a target makes', {
    also: ['ALL-LOG1', 'ALL-THR1', 'HTTP-ROUTE18'],
    httpResources: (draft) => {
      draft.set('Api', { Target: { 'Fn::GetAtt': ['Fn', 'Arn'] } });
      draft.unset('FnPermission', 'SourceArn');
      draft.set('FnPermission', { SourceAccount: '123456789012' });
      delete (draft.resources as Partial<Json>).Stage;
    },
  });
  keeps('HTTP-AUTH3', 'catch-all routes with an authorizer', {
    // There is CORS, and no route for preflights.
    also: ['HTTP-CORS11'],
    ...both((draft) => {
      withRoute(draft, 'ANY /{proxy+}', [{ users: ['orders/read'] }]);
    }),
  });
  test('HTTP-AUTH3 speaks in the place of ALL-AUTH1, and has the route as its key', () => {
    const draft = goodHttpResources();
    withRoute(draft, '$default');
    expect(findings(draft.template)).toMatchObject([
      { id: 'HTTP-AUTH3', severity: 'error', key: '$default', logicalId: 'Other' },
    ]);
  });
});

describe('who may connect to a WebSocket API', () => {
  const send = (changes: object) => ({ webSocket: (draft: Draft) => draft.set('SendMessage', changes) });
  breaks('WS-AUTH4', '$connect that asks nobody', {
    also: ['ALL-AUTH22'],
    webSocket: (draft) => draft.set('Connect', open),
  });
  breaks('WS-AUTH4', 'an API without $connect', {
    also: ['ALL-AUTH22'],
    webSocket: (draft) => {
      delete (draft.resources as Partial<Json>).Connect;
      const deployment = draft.resources.Deployment as unknown as { DependsOn: string[] };
      deployment.DependsOn = deployment.DependsOn.filter((name) => name !== 'Connect');
    },
  });
  keeps('WS-AUTH4', 'IAM', {
    also: ['ALL-AUTH22'],
    webSocket: (draft) => draft.set('Connect', iam),
  });
  keeps('WS-AUTH4', 'a type that only the deployment knows', {
    webSocket: (draft) => draft.set('Connect', { AuthorizationType: { Ref: 'Kind' } }),
  });
  keeps('WS-AUTH4', 'a route whose key cannot be told', {
    also: ['ALL-AUTH22'],
    webSocket: (draft) => draft.set('Connect', { ...open, RouteKey: { 'Fn::ImportValue': 'key' } }),
  });
  test('WS-AUTH4 is sure of a route, and less so of an API without one', () => {
    const severityOf = (change: (draft: Draft) => void): string[] => {
      const draft = goodWebSocket();
      change(draft);
      return findings(draft.template).flatMap(({ id, severity, key }) =>
        id === 'WS-AUTH4' ? [`${severity} ${key ?? ''}`] : [],
      );
    };
    expect(severityOf((draft) => draft.set('Connect', open))).toEqual(['error $connect']);
    expect(severityOf((draft) => draft.set('Connect', { RouteKey: 'join', ...open }))).toEqual(['warning $connect']);
  });

  breaks(
    'WS-AUTH5',
    'an authorizer of a message',
    send({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } }),
  );
  breaks('WS-AUTH5', 'IAM of a message', send({ AuthorizationType: 'AWS_IAM' }));
  keeps('WS-AUTH5', 'NONE of a message', send({ AuthorizationType: 'NONE' }));
  keeps('WS-AUTH5', 'a type that only the deployment knows', send({ AuthorizationType: { Ref: 'Kind' } }));

  const jwt = {
    AuthorizerType: 'JWT',
    AuthorizerUri: undefined,
    JwtConfiguration: { Issuer: 'https://x.example', Audience: ['a'] },
  };
  breaks('WS-AUTH6', 'a JWT authorizer', {
    webSocket: (draft) => {
      draft.set('Authorizer', jwt);
      draft.set('Connect', { AuthorizationType: 'JWT' });
    },
  });
  breaks('WS-AUTH6', 'a route of that type', {
    webSocket: (draft) => draft.set('Connect', { AuthorizationType: 'JWT' }),
  });
  keeps('WS-AUTH6', 'a type of authorizer that only the deployment knows', {
    webSocket: (draft) => draft.set('Authorizer', { AuthorizerType: { Ref: 'Kind' } }),
  });
});

describe('route and authorizer', () => {
  breaks('ALL-AUTH7', 'a type without authorizer', {
    httpResources: (draft) => draft.unset('ListOrders', 'AuthorizerId'),
    webSocket: (draft) => {
      draft.unset('Connect', 'AuthorizerId');
      delete (draft.resources as Partial<Json>).Authorizer;
      delete (draft.resources as Partial<Json>).CheckPermission;
    },
  });
  breaks('ALL-AUTH7', 'an authorizer that is never asked', {
    httpResources: (draft) => draft.set('ListOrders', { AuthorizationType: 'AWS_IAM', AuthorizationScopes: undefined }),
    webSocket: (draft) => draft.set('Connect', { AuthorizationType: 'AWS_IAM' }),
  });
  keeps('ALL-AUTH7', 'an imported authorizer', {
    httpResources: (draft) => draft.set('ListOrders', { AuthorizerId: { 'Fn::ImportValue': 'shared' } }),
    webSocket: (draft) => draft.set('Connect', { AuthorizerId: { 'Fn::ImportValue': 'shared' } }),
  });

  breaks('ALL-AUTH8', 'a custom route with tokens', {
    httpResources: (draft) => draft.set('ListOrders', { AuthorizationType: 'CUSTOM', AuthorizationScopes: undefined }),
  });
  breaks('ALL-AUTH8', 'a token route with a function', {
    httpResources: (draft) => {
      draft.add('Function', 'AWS::ApiGatewayV2::Authorizer', {
        ApiId: { Ref: 'Api' },
        AuthorizerType: 'REQUEST',
        AuthorizerUri: { 'Fn::ImportValue': 'uri' },
        AuthorizerPayloadFormatVersion: '2.0',
      });
      draft.set('ListOrders', { AuthorizerId: { Ref: 'Function' } });
    },
  });
  keeps('ALL-AUTH8', 'an authorizer whose type only the deployment knows', {
    httpResources: (draft) => draft.set('Authorizer', { AuthorizerType: { Ref: 'Kind' } }),
    webSocket: (draft) => draft.set('Authorizer', { AuthorizerType: { Ref: 'Kind' } }),
  });

  const other = (draft: Draft, owner: unknown, protocol: string): void => {
    const expression = protocol === 'HTTP' ? {} : { RouteSelectionExpression: '$request.body.action' };
    draft.add('Other', 'AWS::ApiGatewayV2::Api', { Name: 'other', ProtocolType: protocol, ...expression });
    draft.add('OtherUsers', 'AWS::ApiGatewayV2::Authorizer', { ...draft.props('Authorizer'), ApiId: owner });
  };
  const forHttp = (owner: unknown) => (draft: Draft) => {
    other(draft, owner, 'HTTP');
    draft.set('GetOrder', { AuthorizerId: { Ref: 'OtherUsers' } });
  };
  const forWebSocket = (owner: unknown) => (draft: Draft) => {
    other(draft, owner, 'WEBSOCKET');
    draft.set('Connect', { AuthorizerId: { Ref: 'OtherUsers' } });
    delete (draft.resources as Partial<Json>).Authorizer;
  };
  const apart = { Ref: 'Other' };
  breaks('ALL-AUTH9', 'an authorizer of another HTTP API', { also: ['ALL-AUTH22'], httpResources: forHttp(apart) });
  breaks('ALL-AUTH9', 'an authorizer of another WebSocket API', {
    also: ['ALL-AUTH22', 'ALL-AUTH33'],
    webSocket: forWebSocket(apart),
  });
  keeps('ALL-AUTH9', 'a second authorizer of the same API', {
    httpResources: forHttp({ Ref: 'Api' }),
    webSocket: forWebSocket({ Ref: 'Api' }),
  });
  keeps('ALL-AUTH9', 'an authorizer whose API cannot be told', {
    httpResources: forHttp({ 'Fn::ImportValue': 'api' }),
    webSocket: forWebSocket({ 'Fn::ImportValue': 'api' }),
  });

  const scopes = (count: number): string[] => [...Array(count).keys()].map((at) => `orders/${at}`);
  breaks('ALL-AUTH21', 'scopes that nobody checks', {
    httpResources: (draft) => draft.set('ListOrders', { ...iam, AuthorizationScopes: ['a/b'] }),
    webSocket: (draft) => draft.set('Connect', { AuthorizationScopes: ['a/b'] }),
  });
  breaks('ALL-AUTH21', 'more scopes than a route takes', {
    httpResources: (draft) => draft.set('ListOrders', { AuthorizationScopes: scopes(11) }),
    httpBody: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [{ users: scopes(11) }] }),
  });
  keeps('ALL-AUTH21', 'as many scopes as a route takes', {
    httpResources: (draft) => draft.set('ListOrders', { AuthorizationScopes: scopes(10) }),
    httpBody: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [{ users: scopes(10) }] }),
  });

  const spare = (draft: Draft): void => {
    if (draft.body) {
      const schemes = draft.body.components.securitySchemes;
      schemes.spare = schemes.users;
    } else {
      draft.add('Spare', 'AWS::ApiGatewayV2::Authorizer', draft.props('Authorizer'));
    }
  };
  breaks('ALL-AUTH22', 'an authorizer without routes', { http: spare, webSocket: spare });
  keeps('ALL-AUTH22', 'an authorizer that a route may use', {
    httpResources: (draft) => {
      spare(draft);
      draft.set('ListOrders', { AuthorizerId: { 'Fn::ImportValue': 'one' } });
    },
  });

  breaks('V2-AUTH25', 'a key of an HTTP API', {
    httpResources: (draft) => draft.set('ListOrders', { ApiKeyRequired: true }),
  });
  keeps('V2-AUTH25', 'no key, or one that only the deployment knows', {
    httpResources: (draft) => {
      draft.set('ListOrders', { ApiKeyRequired: false });
      draft.set('GetOrder', { ApiKeyRequired: { Ref: 'Keys' } });
    },
  });
});
