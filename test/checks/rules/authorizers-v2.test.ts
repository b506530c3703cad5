import { breaks, type Draft, findings, goodHttpBody, keeps, type Json } from '../support';

const uriOf = (draft: Draft): unknown =>
  draft.body ? draft.sharedIntegration.uri : draft.sharedIntegration.IntegrationUri;
const lower = (name: string): string => name[0].toLowerCase() + name.slice(1);
const inBody = (changes: object): object =>
  Object.fromEntries(Object.entries(changes).map(([name, value]): [string, unknown] => [lower(name), value]));

/** Puts a Lambda authorizer in the place of that for tokens, in either form. */
const lambda = (changes: object, routes = ['ListOrders', 'CreateOrder', 'GetOrder']) => ({
  http: (draft: Draft) => {
    const common = {
      AuthorizerUri: uriOf(draft),
      AuthorizerPayloadFormatVersion: '2.0',
      IdentitySource: ['$request.header.Authorization'],
      ...changes,
    };
    if (draft.body) {
      const { IdentitySource: sources, ...rest } = common as { IdentitySource?: string[] };
      Object.assign(draft.body.components.securitySchemes.users, {
        'x-amazon-apigateway-authorizer': { type: 'request', ...inBody(rest), identitySource: sources?.join(', ') },
      });
      for (const [verb, path] of [
        ['get', '/orders'],
        ['post', '/orders'],
        ['get', '/orders/{id}'],
      ]) {
        Object.assign(draft.operation(verb, path), { security: [{ users: [] }] });
      }
      const open = {
        ListOrders: ['get', '/orders'],
        CreateOrder: ['post', '/orders'],
        GetOrder: ['get', '/orders/{id}'],
      };
      const sigv4 = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
      Object.assign(draft.body.components.securitySchemes, { iam: sigv4 });
      for (const [name, [verb, path]] of Object.entries(open)) {
        if (!routes.includes(name)) {
          Object.assign(draft.operation(verb, path), { security: [{ iam: [] }] });
        }
      }
    } else {
      draft.resources.Authorizer.Properties = {
        ApiId: { Ref: 'Api' },
        Name: 'tokens',
        AuthorizerType: 'REQUEST',
        ...common,
      } as unknown as Json;
      for (const route of ['ListOrders', 'CreateOrder', 'GetOrder']) {
        const isAsked = routes.includes(route);
        draft.set(route, {
          AuthorizationScopes: undefined,
          ...(isAsked ? { AuthorizationType: 'CUSTOM' } : { AuthorizationType: 'AWS_IAM', AuthorizerId: undefined }),
        });
      }
    }
    draft.unset('FnPermission', 'SourceArn');
    draft.set('FnPermission', { SourceAccount: '123456789012' });
  },
});
/** Changes the authorizer for tokens, in either form. */
const token = (changes: { Issuer?: unknown; Audience?: unknown; IdentitySource?: string[] }) => ({
  http: (draft: Draft) => {
    const { IdentitySource: sources, ...jwt } = changes;
    if (draft.body) {
      Object.assign(draft.scheme.jwtConfiguration, inBody(jwt));
      Object.assign(draft.scheme, sources && { identitySource: sources.length > 0 ? sources.join(',') : undefined });
    } else {
      Object.assign(draft.props('Authorizer').JwtConfiguration, jwt);
      draft.set('Authorizer', sources ? { IdentitySource: sources } : {});
    }
  },
});

describe('Lambda authorizers of an HTTP API', () => {
  breaks('ALL-AUTH13', 'more than an hour', lambda({ AuthorizerResultTtlInSeconds: 3601 }));
  breaks('ALL-AUTH13', 'anything to be kept of a WebSocket API', {
    webSocket: (draft) => draft.set('Authorizer', { AuthorizerResultTtlInSeconds: 300 }),
  });
  keeps('ALL-AUTH13', 'an hour', lambda({ AuthorizerResultTtlInSeconds: 3600 }));
  keeps('ALL-AUTH13', 'nothing to be kept, or what only the deployment knows', {
    ...lambda({ AuthorizerResultTtlInSeconds: { Ref: 'Seconds' } }),
    webSocket: (draft) => draft.set('Authorizer', { AuthorizerResultTtlInSeconds: 0 }),
  });

  breaks(
    'HTTP-AUTH12',
    'a cache without key',
    lambda({ AuthorizerResultTtlInSeconds: 300, IdentitySource: undefined }),
  );
  keeps('HTTP-AUTH12', 'no key where nothing is kept', lambda({ IdentitySource: undefined }));
  keeps('HTTP-AUTH12', 'a key of the cache', lambda({ AuthorizerResultTtlInSeconds: 300 }));

  const simple = { EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 300 };
  const perRoute = ['$request.header.Authorization', '$context.routeKey'];
  breaks('HTTP-AUTH14', 'one yes for several routes', lambda(simple));
  keeps('HTTP-AUTH14', 'a yes for each route', lambda({ ...simple, IdentitySource: perRoute }));
  keeps('HTTP-AUTH14', 'a yes for the only route', lambda(simple, ['GetOrder']));
  keeps('HTTP-AUTH14', 'a policy', lambda({ ...simple, EnableSimpleResponses: false }));
  keeps('HTTP-AUTH14', 'a yes that is not kept', lambda({ ...simple, AuthorizerResultTtlInSeconds: 0 }));

  breaks('HTTP-AUTH16', 'no format', lambda({ AuthorizerPayloadFormatVersion: undefined }));
  breaks(
    'HTTP-AUTH16',
    'simple responses in format 1.0',
    lambda({ AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: true }),
  );
  keeps('HTTP-AUTH16', 'policies in format 1.0', lambda({ AuthorizerPayloadFormatVersion: '1.0' }));
  keeps(
    'HTTP-AUTH16',
    'a format that only the deployment knows',
    lambda({ AuthorizerPayloadFormatVersion: { Ref: 'Version' } }),
  );
});

describe('JWT authorizers', () => {
  const audience = (count: number): string[] => [...Array(count).keys()].map(String);
  breaks('HTTP-AUTH17', 'no issuer', token({ Issuer: undefined }));
  breaks('HTTP-AUTH17', 'no audience', token({ Audience: [] }));
  breaks('HTTP-AUTH17', 'more audiences than there may be', token({ Audience: audience(51) }));
  breaks('HTTP-AUTH17', 'nothing at all', {
    httpResources: (draft) => draft.unset('Authorizer', 'JwtConfiguration'),
    httpBody: (draft) => delete (draft.scheme as Partial<Json>).jwtConfiguration,
  });
  keeps('HTTP-AUTH17', 'as many audiences as there may be', token({ Audience: audience(50) }));
  keeps(
    'HTTP-AUTH17',
    'what only the deployment knows',
    token({ Issuer: { Ref: 'Issuer' }, Audience: { Ref: 'Audience' } }),
  );

  for (const issuer of [
    'http://id.example.com',
    'id.example.com',
    'https://id.example.com/.well-known/openid-configuration',
  ]) {
    breaks('HTTP-AUTH18', issuer, token({ Issuer: issuer }));
  }
  breaks('HTTP-AUTH18', 'http before a reference', token({ Issuer: { 'Fn::Sub': 'http://${Host}/' } }));
  for (const issuer of [
    'https://id.example.com',
    'https://id.example.com/',
    { 'Fn::Sub': '${Scheme}id.example.com' },
  ]) {
    keeps('HTTP-AUTH18', JSON.stringify(issuer), token({ Issuer: issuer }));
  }

  test('HTTP-AUTH18 is less sure of the path of a discovery document', () => {
    const severityOf = (issuer: string): string[] => {
      const draft = goodHttpBody();
      token({ Issuer: issuer }).http(draft);
      return findings(draft.template).map(({ id, severity }) => `${id} ${severity}`);
    };
    expect(severityOf('http://id.example.com')).toEqual(['HTTP-AUTH18 error']);
    expect(severityOf('https://id.example.com/.well-known/jwks.json')).toEqual(['HTTP-AUTH18 warning']);
  });

  const header = '$request.header.Authorization';
  breaks('HTTP-AUTH19', 'no identity source', token({ IdentitySource: [] }));
  breaks('HTTP-AUTH19', 'two identity sources', token({ IdentitySource: [header, '$request.querystring.token'] }));
  breaks('HTTP-AUTH19', 'a stage variable', token({ IdentitySource: ['$stageVariables.token'] }));
  breaks('HTTP-AUTH19', 'the words of a REST API', token({ IdentitySource: ['method.request.header.Authorization'] }));
  keeps('HTTP-AUTH19', 'a query parameter', token({ IdentitySource: ['$request.querystring.token'] }));
  keeps('HTTP-AUTH19', 'a source that only the deployment knows', {
    httpResources: (draft) => draft.set('Authorizer', { IdentitySource: [{ Ref: 'Source' }] }),
    httpBody: (draft) => Object.assign(draft.scheme, { identitySource: { Ref: 'Source' } }),
  });

  breaks('HTTP-AUTH20', 'a route without scope', {
    httpResources: (draft) => draft.unset('ListOrders', 'AuthorizationScopes'),
    httpBody: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [{ users: [] }] }),
  });
  keeps('HTTP-AUTH20', 'scopes that only the deployment knows', {
    httpResources: (draft) => draft.set('ListOrders', { AuthorizationScopes: { Ref: 'Scopes' } }),
    httpBody: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [{ users: { Ref: 'Scopes' } }] }),
  });
});
