import { breaks, type Draft, keeps, type Json } from '../support';

/** Changes the CORS configuration, in both forms of an HTTP API. */
const cors =
  (changes: Record<string, unknown>) =>
  (draft: Draft): void => {
    const lower = (name: string): string => name[0].toLowerCase() + name.slice(1);
    if (draft.body) {
      const spelled = Object.entries(changes).map(([name, value]) => [lower(name), value]);
      Object.assign(draft.body['x-amazon-apigateway-cors'], Object.fromEntries(spelled));
    } else {
      Object.assign(draft.props('Api').CorsConfiguration, changes);
    }
  };

/** Adds a route like the others, in both forms; without authorizer where it is open. */
const route =
  (key: string, open = false, more: object = {}) =>
  (draft: Draft): void => {
    const [verb, path] = key === '$default' ? ['x-amazon-apigateway-any-method', '/$default'] : key.split(' ');
    if (draft.body) {
      const { security, ...operation } = draft.operation('get', '/orders');
      const method = verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
      const added = { [method]: { ...operation, ...(!open && { security }) } } as unknown as Json;
      draft.body.paths[path] = { ...draft.body.paths[path], ...added };
    } else {
      const { AuthorizationType, AuthorizerId, AuthorizationScopes, ...rest } = draft.props('GetOrder');
      draft.add(`Route${Object.keys(draft.resources).length}`, 'AWS::ApiGatewayV2::Route', {
        ...rest,
        RouteKey: key,
        ...(open ? { AuthorizationType: 'NONE' } : { AuthorizationType, AuthorizerId, AuthorizationScopes }),
        ...more,
      });
    }
    draft.set('FnPermission', {
      SourceArn: {
        'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/{proxy+}',
      },
    });
    draft.add('FnPermission2', 'AWS::Lambda::Permission', {
      ...draft.props('FnPermission'),
      SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/$default' },
    });
  };
const all =
  (...changes: ((draft: Draft) => void)[]) =>
  (draft: Draft): void =>
    changes.forEach((change) => change(draft));

describe('origins of HTTP APIs', () => {
  breaks('HTTP-CORS1', 'any origin with credentials', {
    also: ['ALL-CORS7'],
    http: cors({ AllowOrigins: ['*'], AllowCredentials: true }),
  });
  keeps('HTTP-CORS1', 'one origin with credentials', { http: cors({ AllowCredentials: true }) });
  keeps('HTTP-CORS1', 'origins that cannot be told', {
    http: cors({ AllowOrigins: { Ref: 'Unknown' }, AllowCredentials: true }),
  });

  breaks('ALL-CORS7', 'any origin', { http: cors({ AllowOrigins: ['*'] }) });
  breaks('ALL-CORS7', 'any origin of a scheme', { http: cors({ AllowOrigins: ['https://*'] }) });
  keeps('ALL-CORS7', 'several origins', { http: cors({ AllowOrigins: ['https://a.example', 'https://b.example'] }) });

  const bad = ['https://a.example/', 'a.example', 'http://a.example', 'null', 'https://a.example,https://b.example'];
  for (const origin of bad) {
    breaks('ALL-CORS8', origin, { http: cors({ AllowOrigins: ['https://good.example', origin] }) });
  }
  keeps('ALL-CORS8', 'origins of the developer’s machine', { http: cors({ AllowOrigins: ['http://localhost:3000'] }) });

  breaks('HTTP-CORS10', 'an age of more than a day', { http: cors({ MaxAge: 86401 }) });
  breaks('HTTP-CORS10', 'a negative age', { http: cors({ MaxAge: -2 }) });
  keeps('HTTP-CORS10', 'no age at all', { http: cors({ MaxAge: -1 }) });
  keeps('HTTP-CORS10', 'an age of a day', { http: cors({ MaxAge: 86400 }) });
  keeps('HTTP-CORS10', 'an age that cannot be told', { http: cors({ MaxAge: { Ref: 'Unknown' } }) });
});

describe('headers', () => {
  breaks('ALL-CORS9', 'a wildcard in the place of Authorization', { http: cors({ AllowHeaders: ['*'] }) });
  keeps('ALL-CORS9', 'Authorization beside the wildcard', { http: cors({ AllowHeaders: ['*', 'authorization'] }) });
  keeps('ALL-CORS9', 'a wildcard where the token is in the query', {
    httpResources: (draft) => {
      cors({ AllowHeaders: ['*'] })(draft);
      draft.set('Authorizer', { IdentitySource: ['$request.querystring.token'] });
    },
    httpBody: (draft) => {
      cors({ AllowHeaders: ['*'] })(draft);
      Object.assign(draft.scheme, { identitySource: '$request.querystring.token' });
    },
  });
});

describe('preflights of HTTP APIs', () => {
  breaks('ALL-CORS3', 'an authorizer', { http: route('OPTIONS /orders') });
  keeps('ALL-CORS3', 'an open preflight', { http: route('OPTIONS /orders', true) });

  breaks('HTTP-CORS11', '$default with an authorizer', { http: route('$default') });
  breaks('HTTP-CORS11', 'a greedy route with an authorizer', { http: route('ANY /{proxy+}') });
  breaks('HTTP-CORS11', 'ANY on one path with an authorizer', { http: route('ANY /orders/{id}/items') });
  breaks('HTTP-CORS11', '$default, whose preflights only one path lets through', {
    http: all(route('$default'), route('OPTIONS /orders', true)),
  });
  keeps('HTTP-CORS11', '$default beside an open route for preflights', {
    http: all(route('$default'), route('OPTIONS /{proxy+}', true)),
  });
  keeps('HTTP-CORS11', 'ANY beside an open route for preflights of another variable', {
    http: all(route('ANY /orders/{id}/items'), route('OPTIONS /orders/{order}/items', true)),
  });
  keeps('HTTP-CORS11', '$default of an API without CORS', {
    http: (draft) => {
      route('$default')(draft);
      delete draft.props('Api').CorsConfiguration;
      if (draft.body) {
        delete draft.body['x-amazon-apigateway-cors'];
      }
    },
  });
  keeps('HTTP-CORS11', '$default beside a route that cannot be told', {
    httpResources: all(route('$default'), (draft) => draft.set('ListOrders', { RouteKey: { Ref: 'Unknown' } })),
  });
});

describe('WebSocket APIs', () => {
  breaks('WS-CORS12', 'a CORS configuration', {
    webSocket: (draft) => draft.set('Api', { CorsConfiguration: { AllowOrigins: ['https://a.example'] } }),
  });
});
