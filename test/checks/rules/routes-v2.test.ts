import { breaks, type Draft, keeps, type Json } from '../support';

const api =
  (changes: object) =>
  (draft: Draft): void =>
    draft.set('Api', changes);
/** Another route of an HTTP or WebSocket API of resources. */
const route =
  (key: unknown, more: object = {}, id = 'Another') =>
  (draft: Draft): void => {
    const like = draft.resources.GetOrder ? 'GetOrder' : 'SendMessage';
    draft.add(id, 'AWS::ApiGatewayV2::Route', { ...draft.props(like), RouteKey: key, ...more });
  };
/** The same in a Body. */
const operation =
  (path: string, verb = 'get') =>
  (draft: Draft): void => {
    draft.body.paths[path] = { [verb]: draft.operation('get', '/orders') } as unknown as Json;
  };
const everywhere = (draft: Draft): void =>
  draft.set('FnPermission', {
    SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*' },
  });
const all =
  (...changes: ((draft: Draft) => void)[]) =>
  (draft: Draft): void =>
    changes.forEach((change) => change(draft));

describe('route keys', () => {
  for (const key of ['get /orders/x', 'GET orders', 'GET  /orders/x', '/orders/x', 'FETCH /orders/x', '$connect']) {
    breaks('V2-ROUTE6', `"${key}"`, { httpResources: all(route(key), everywhere) });
  }
  breaks('V2-ROUTE6', 'a path without slash', { httpBody: all(operation('orders/x'), everywhere) });
  keeps('V2-ROUTE6', '$default', {
    httpResources: all(route('$default'), everywhere, (draft) => delete draft.props('Api').CorsConfiguration),
  });
  keeps('V2-ROUTE6', 'what cannot be told', { httpResources: all(route({ Ref: 'Unknown' }), everywhere) });

  breaks('V2-ROUTE7', 'a key that is there twice', { httpResources: route('GET /orders') });
  breaks('V2-ROUTE7', 'a message that is there twice', { webSocket: route('sendMessage') });
  breaks('V2-ROUTE7', 'keys that differ by a variable', {
    httpResources: route('GET /orders/{order}'),
    httpBody: operation('/orders/{order}'),
  });
  keeps('V2-ROUTE7', 'another method, and routes of which one is made', {
    httpResources: all(route('PUT /orders/{order}'), (draft) => {
      draft.add('OnlyThere', 'AWS::ApiGatewayV2::Route', draft.props('GetOrder'), { Condition: 'There' });
    }),
  });

  breaks('ALL-ROUTE4', 'a greedy variable in the middle', {
    httpResources: all(route('GET /orders/{proxy+}/x'), everywhere),
    httpBody: all(operation('/orders/{proxy+}/x'), everywhere),
  });
  keeps('ALL-ROUTE4', 'a greedy variable at the end', {
    httpResources: all(route('GET /orders/{proxy+}'), everywhere),
    httpBody: all(operation('/orders/{proxy+}'), everywhere),
  });
});

describe('targets', () => {
  breaks('V2-ROUTE10', 'no target', {
    httpResources: (draft) => draft.unset('GetOrder', 'Target'),
    webSocket: (draft) => draft.unset('SendMessage', 'Target'),
  });
  breaks('V2-ROUTE10', 'an integration of another API', {
    httpResources: (draft) => {
      draft.add('Other', 'AWS::ApiGatewayV2::Api', { Name: 'other', ProtocolType: 'HTTP' });
      draft.add('OtherIntegration', 'AWS::ApiGatewayV2::Integration', {
        ...draft.props('Integration'),
        ApiId: { Ref: 'Other' },
      });
      draft.set('GetOrder', { Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'OtherIntegration' }]] } });
    },
  });
  keeps('V2-ROUTE10', 'an integration that is not in the templates', {
    httpResources: (draft) => draft.set('GetOrder', { Target: 'integrations/abc123' }),
    webSocket: (draft) => draft.set('SendMessage', { Target: 'integrations/abc123' }),
  });
  breaks('OAS5', 'an operation without integration', {
    httpBody: (draft) => delete draft.operation('get', '/orders')['x-amazon-apigateway-integration'],
  });

  const quick = { Target: { 'Fn::GetAtt': ['Fn', 'Arn'] } };
  breaks('HTTP-ROUTE18', 'an API that the service completes', {
    also: ['HTTP-AUTH3'],
    httpResources: all(api(quick), everywhere, (draft) => delete draft.props('Api').CorsConfiguration),
  });
});

describe('numbers of routes', () => {
  const many =
    (count: number) =>
    (draft: Draft): void => {
      const name = (index: number): string =>
        draft.resources.SendMessage ? `message${index}` : `GET /orders/r${index}`;
      for (let index = 0; index < count; index++) {
        if (draft.body) {
          operation(`/orders/r${index}`)(draft);
        } else {
          route(name(index), {}, `Route${index}`)(draft);
        }
      }
      if (draft.resources.FnSendMessage) {
        draft.set('FnSendMessage', {
          SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*' },
        });
        const ids = Array.from({ length: count }, (_, index) => `Route${index}`);
        (draft.resources.Deployment.DependsOn as unknown as string[]).push(...ids);
      }
    };
  breaks('ALL-ROUTE8', 'more than 300 routes', { http: many(300), webSocket: many(300) });
  keeps('ALL-ROUTE8', 'less than 250 routes', { http: many(240), webSocket: many(240) });
});

describe('expressions', () => {
  breaks('HTTP-ROUTE17', 'another expression', {
    httpResources: api({ RouteSelectionExpression: '$request.body.action' }),
  });
  keeps('HTTP-ROUTE17', 'the only one', {
    http: api({ RouteSelectionExpression: '${request.method} ${request.path}' }),
  });

  breaks('WS-ROUTE12', 'no expression', { webSocket: (draft) => draft.unset('Api', 'RouteSelectionExpression') });
  breaks('WS-ROUTE12', 'a fixed expression', { webSocket: api({ RouteSelectionExpression: 'sendMessage' }) });
  for (const expression of ['${request.body.kind}', '${request.body.a}/${request.body.b}', { Ref: 'Unknown' }]) {
    keeps('WS-ROUTE12', JSON.stringify(expression), { webSocket: api({ RouteSelectionExpression: expression }) });
  }

  breaks('WS-ROUTE15', 'another selection', {
    webSocket: (draft) => draft.set('SendMessage', { RouteResponseSelectionExpression: '$request.body.x' }),
  });
  breaks('WS-ROUTE15', 'another key of the response', {
    webSocket: (draft) => draft.set('SendMessageResponse', { RouteResponseKey: 'ok' }),
  });

  breaks('WS-ROUTE16', 'another selection of keys', {
    webSocket: api({ ApiKeySelectionExpression: '$request.querystring.key' }),
  });
  for (const expression of ['$request.header.x-api-key', '$context.authorizer.usageIdentifierKey']) {
    keeps('WS-ROUTE16', expression, { webSocket: api({ ApiKeySelectionExpression: expression }) });
  }
});

describe('routes that are missed', () => {
  const drop =
    (...ids: string[]) =>
    (draft: Draft): void => {
      ids.forEach((id) => delete draft.resources[id]);
      const deployment = draft.resources.Deployment as unknown as { DependsOn: string[] };
      deployment.DependsOn = deployment.DependsOn.filter((id) => !ids.includes(id));
    };
  breaks('WS-ROUTE13', 'no $default', { webSocket: drop('Default') });
  breaks('WS-ROUTE14', 'no $disconnect', { webSocket: drop('Disconnect') });
  keeps('WS-ROUTE13', 'a route that cannot be told', {
    webSocket: all(drop('Default'), (draft) => draft.set('Disconnect', { RouteKey: { Ref: 'Unknown' } })),
  });
});

describe('models of a WebSocket API', () => {
  const models =
    (ModelSelectionExpression: unknown, ...keys: string[]) =>
    (draft: Draft): void =>
      draft.set('SendMessage', {
        ModelSelectionExpression,
        RequestModels: Object.fromEntries(keys.map((key) => [key, 'Message'])),
      });
  breaks('WS-VAL6', 'a selection without models', { webSocket: models('$request.body.kind') });
  breaks('WS-VAL6', 'a selection without $default', { webSocket: models('$request.body.kind', 'text') });
  breaks('WS-VAL6', 'a fixed key that is not there', { webSocket: models('text', 'image') });
  keeps('WS-VAL6', 'a selection with $default', { webSocket: models('$request.body.kind', 'text', '$default') });
  keeps('WS-VAL6', 'a fixed key that is there', { webSocket: models('text', 'text') });
  keeps('WS-VAL6', 'a selection that cannot be told', { webSocket: models({ Ref: 'Unknown' }, 'text') });
});
