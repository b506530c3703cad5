import { breaks, type Draft, findings, goodBody, goodResources, keeps, type Json } from '../support';

const open = { AuthorizationType: 'NONE', AuthorizerId: undefined };
const policy = (statement: object): object => ({ Version: '2012-10-17', Statement: [statement] });
const everybody = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const setScheme = (draft: Draft, changes: object): void => {
  Object.assign(draft.body.components.securitySchemes.users['x-amazon-apigateway-authorizer'], changes);
};
/** Puts a Lambda authorizer in the place of the user pool. */
function withLambdaAuthorizer(draft: Draft, type: string, more: object = {}): void {
  draft.resources.Authorizer.Properties = {
    RestApiId: { Ref: 'Api' },
    Type: type,
    IdentitySource: 'method.request.header.Authorization',
    AuthorizerUri: draft.integration.Uri,
    ...more,
  } as unknown as Json;
  for (const method of ['ListOrders', 'CreateOrder', 'GetOrder']) {
    draft.set(method, { AuthorizationType: 'CUSTOM' });
  }
  allowAll(draft);
}
const allowAll = (draft: Draft): void => draft.set('FnPermission', { SourceArn: undefined, SourceAccount: '1' });
const withLambdaScheme = (draft: Draft, changes: object): void => {
  const scheme = draft.body.components.securitySchemes.users;
  Object.assign(scheme, {
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': { type: 'request', authorizerUri: draft.call('get', '/orders').uri, ...changes },
  });
  allowAll(draft);
};
const needKey = (draft: Draft): void => draft.set('ListOrders', { ApiKeyRequired: true });

describe('who may call', () => {
  breaks('ALL-AUTH1', 'a method without authorization', {
    resources: (draft) => draft.set('ListOrders', open),
    body: (draft) => delete (draft.operation('get', '/orders') as Partial<Json>).security,
  });
  breaks('ALL-AUTH1', 'an empty security', {
    body: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [] }),
  });
  keeps('ALL-AUTH1', 'IAM', {
    resources: (draft) => draft.set('ListOrders', { AuthorizationType: 'AWS_IAM', AuthorizerId: undefined }),
    body: (draft) =>
      Object.assign(draft.operation('get', '/orders'), {
        security: [],
        'x-amazon-apigateway-auth': { type: 'AWS_IAM' },
      }),
  });
  keeps('ALL-AUTH1', 'a type that only the deployment knows', {
    resources: (draft) => draft.set('ListOrders', { ...open, AuthorizationType: { Ref: 'Kind' } }),
  });

  breaks('REST-AUTH2', 'a method with nothing but a key', {
    resources: (draft) => draft.set('ListOrders', { ...open, ApiKeyRequired: true }),
    body: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [{ key: [] }] }),
  });
  keeps('REST-AUTH2', 'a key beside an authorizer', {
    resources: needKey,
    body: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [{ users: [], key: [] }] }),
  });

  test('ALL-AUTH1 has the route as its key', () => {
    const draft = goodResources();
    draft.set('ListOrders', open);
    expect(findings(draft.template)).toMatchObject([
      { id: 'ALL-AUTH1', severity: 'error', key: 'GET /orders', logicalId: 'ListOrders', path: 'Properties' },
    ]);
    const other = goodBody();
    delete (other.operation('get', '/orders') as Partial<Json>).security;
    expect(findings(other.template)).toMatchObject([
      { key: 'GET /orders', logicalId: 'Api', path: 'Properties.Body.paths./orders.get' },
    ]);
  });

  breaks('REST-AUTH28', 'a policy that lets everybody in where nobody asks', {
    also: ['ALL-AUTH1'],
    resources: (draft) => {
      draft.set('Api', { Policy: policy(everybody) });
      draft.set('ListOrders', open);
    },
    body: (draft) => {
      Object.assign(draft.body, { 'x-amazon-apigateway-policy': policy(everybody) });
      delete (draft.operation('get', '/orders') as Partial<Json>).security;
    },
  });
  breaks('REST-AUTH28', 'a principal of any account', {
    also: ['ALL-AUTH1'],
    resources: (draft) => {
      draft.set('Api', { Policy: policy({ ...everybody, Principal: { AWS: '*' }, Action: ['execute-api:*'] }) });
      draft.set('ListOrders', open);
    },
  });
  keeps('REST-AUTH28', 'an open policy over authorized routes', {
    resources: (draft) => draft.set('Api', { Policy: policy(everybody) }),
  });
  keeps('REST-AUTH28', 'open routes that the policy names', {
    also: ['ALL-AUTH1'],
    resources: (draft) => {
      draft.set('Api', {
        Policy: policy({ ...everybody, Resource: ['execute-api:/*/GET/orders', 'execute-api:/*/OPTIONS/*'] }),
      });
      draft.set('ListOrders', open);
    },
  });
  breaks('REST-AUTH28', 'the whole API among the names', {
    also: ['ALL-AUTH1'],
    resources: (draft) => {
      draft.set('Api', {
        Policy: policy({ ...everybody, Resource: ['execute-api:/*/GET/orders', 'execute-api:/prod/*/*'] }),
      });
      draft.set('ListOrders', open);
    },
  });
  keeps('REST-AUTH28', 'a policy with a condition', {
    also: ['ALL-AUTH1'],
    resources: (draft) => {
      draft.set('Api', {
        Policy: policy({ ...everybody, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      });
      draft.set('ListOrders', open);
    },
  });
  keeps('REST-AUTH28', 'a policy that denies too', {
    also: ['ALL-AUTH1'],
    resources: (draft) => {
      const deny = { ...everybody, Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
      draft.set('Api', { Policy: { Version: '2012-10-17', Statement: [everybody, deny] } });
      draft.set('ListOrders', open);
    },
  });
});

describe('authorizers', () => {
  breaks('ALL-AUTH7', 'a type without authorizer', {
    resources: (draft) => draft.unset('ListOrders', 'AuthorizerId'),
  });
  breaks('ALL-AUTH7', 'an authorizer that is never asked', {
    resources: (draft) => draft.set('ListOrders', { AuthorizationType: 'AWS_IAM' }),
  });
  keeps('ALL-AUTH7', 'an imported authorizer', {
    resources: (draft) => draft.set('ListOrders', { AuthorizerId: { 'Fn::ImportValue': 'shared' } }),
  });

  breaks('ALL-AUTH8', 'a custom method with a user pool', {
    resources: (draft) => draft.set('ListOrders', { AuthorizationType: 'CUSTOM' }),
  });
  breaks('ALL-AUTH8', 'a user pool method with a function', {
    resources: (draft) => {
      withLambdaAuthorizer(draft, 'TOKEN');
      draft.set('ListOrders', { AuthorizationType: 'COGNITO_USER_POOLS' });
    },
  });
  keeps('ALL-AUTH8', 'CUSTOM with a Lambda authorizer', {
    resources: (draft) => withLambdaAuthorizer(draft, 'TOKEN'),
  });

  breaks('REST-AUTH10', 'a user pool authorizer without header', {
    resources: (draft) => draft.unset('Authorizer', 'IdentitySource'),
  });
  breaks('REST-AUTH10', 'a user pool authorizer without pools', {
    resources: (draft) => draft.unset('Authorizer', 'ProviderARNs'),
    body: (draft) => setScheme(draft, { providerARNs: [] }),
  });
  breaks('REST-AUTH10', 'a Lambda authorizer without function', {
    resources: (draft) => withLambdaAuthorizer(draft, 'TOKEN', { AuthorizerUri: undefined }),
    body: (draft) => withLambdaScheme(draft, { authorizerUri: undefined, identitySource: 'method.request.header.X' }),
  });
  breaks('REST-AUTH10', 'a user pool with a function', {
    resources: (draft) => draft.set('Authorizer', { AuthorizerUri: 'arn:aws:apigateway:eu-west-1:lambda:path/x' }),
  });
  keeps('REST-AUTH10', 'a token authorizer with all it needs', {
    resources: (draft) => withLambdaAuthorizer(draft, 'TOKEN'),
    body: (draft) => withLambdaScheme(draft, { type: 'token' }),
  });

  breaks('REST-AUTH11', 'a cache without key', {
    resources: (draft) => withLambdaAuthorizer(draft, 'REQUEST', { IdentitySource: undefined }),
    body: (draft) => withLambdaScheme(draft, {}),
  });
  keeps('REST-AUTH11', 'no key where nothing is cached', {
    resources: (draft) =>
      withLambdaAuthorizer(draft, 'REQUEST', { IdentitySource: undefined, AuthorizerResultTtlInSeconds: 0 }),
    body: (draft) => withLambdaScheme(draft, { authorizerResultTtlInSeconds: 0 }),
  });

  breaks('ALL-AUTH13', 'more than an hour', {
    resources: (draft) => draft.set('Authorizer', { AuthorizerResultTtlInSeconds: 3601 }),
    body: (draft) => setScheme(draft, { authorizerResultTtlInSeconds: 3601 }),
  });
  breaks('ALL-AUTH13', 'less than nothing', {
    resources: (draft) => draft.set('Authorizer', { AuthorizerResultTtlInSeconds: -1 }),
  });
  keeps('ALL-AUTH13', 'an hour', {
    resources: (draft) => draft.set('Authorizer', { AuthorizerResultTtlInSeconds: 3600 }),
    body: (draft) => setScheme(draft, { authorizerResultTtlInSeconds: 3600 }),
  });

  breaks('ALL-AUTH21', 'scopes that nobody checks', {
    resources: (draft) =>
      draft.set('ListOrders', { AuthorizationType: 'AWS_IAM', AuthorizerId: undefined, AuthorizationScopes: ['a/b'] }),
  });
  keeps('ALL-AUTH21', 'scopes of a user pool', {
    resources: (draft) => draft.set('ListOrders', { AuthorizationScopes: ['orders/read'] }),
    body: (draft) => Object.assign(draft.operation('get', '/orders'), { security: [{ users: ['orders/read'] }] }),
  });

  breaks('ALL-AUTH22', 'an authorizer without routes', {
    resources: (draft) => draft.add('Spare', 'AWS::ApiGateway::Authorizer', draft.props('Authorizer')),
    body: (draft) => {
      const schemes = draft.body.components.securitySchemes;
      schemes.spare = schemes.users;
    },
  });
  keeps('ALL-AUTH22', 'an authorizer that a route may use', {
    resources: (draft) => {
      draft.add('Spare', 'AWS::ApiGateway::Authorizer', draft.props('Authorizer'));
      draft.set('ListOrders', { AuthorizerId: { 'Fn::ImportValue': 'one' } });
    },
  });
});

describe('API keys', () => {
  breaks('REST-AUTH26', 'a key that no authorizer brings', {
    resources: (draft) => {
      draft.set('Api', { ApiKeySourceType: 'AUTHORIZER' });
      needKey(draft);
    },
    body: (draft) => {
      Object.assign(draft.body, { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' });
      Object.assign(draft.operation('get', '/orders'), { security: [{ users: [], key: [] }] });
    },
  });
  keeps('REST-AUTH26', 'a key from a Lambda authorizer', {
    resources: (draft) => {
      draft.set('Api', { ApiKeySourceType: 'AUTHORIZER' });
      withLambdaAuthorizer(draft, 'TOKEN');
      needKey(draft);
    },
  });

  breaks('REST-KEY1', 'keys without a plan', {
    resources: (draft) => {
      needKey(draft);
      delete (draft.resources as Partial<Json>).Plan;
    },
    body: (draft) => {
      Object.assign(draft.operation('get', '/orders'), { security: [{ users: [], key: [] }] });
      draft.set('Plan', { ApiStages: [] });
    },
  });
  breaks('REST-KEY1', 'a plan for another stage', {
    resources: (draft) => {
      needKey(draft);
      draft.set('Plan', { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: 'dev' }] });
    },
  });
  keeps('REST-KEY1', 'a plan that names the stage', {
    resources: (draft) => {
      needKey(draft);
      draft.set('Plan', { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: 'prod' }] });
    },
  });
  keeps('REST-KEY1', 'a plan that cannot be told', {
    resources: (draft) => {
      needKey(draft);
      draft.set('Plan', { ApiStages: [{ ApiId: { 'Fn::ImportValue': 'api' }, Stage: 'prod' }] });
    },
  });
});

describe('secrets in stage variables', () => {
  const variable = (name: string, value: unknown) => (draft: Draft) => {
    draft.set('Stage', { Variables: { table: 'orders', [name]: value } });
  };

  for (const [name, value] of [
    ['dbPassword', 'hunter2hunter2'],
    ['api_key', 'abcdef123456'],
    ['upstream', 'AKIAABCDEFGHIJKLMNOP'],
    ['database', 'postgres://app:pa55@db.example.com/orders'],
    ['header', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc'],
  ]) {
    breaks('ALL-AUTH30', `${name} = ${value}`, {
      also: value.includes('@') ? ['ALL-DEP15'] : [],
      both: variable(name, value),
    });
  }
  for (const [name, value] of [
    ['secretArn', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db'],
    ['secret', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db'],
    ['password', '/orders/prod/db'],
    ['token', '3600'],
    ['tokenUrl', 'https://login.example.com/token'],
    ['table', 'orders-prod'],
  ]) {
    keeps('ALL-AUTH30', `${name} = ${value}`, { both: variable(name, value) });
  }
  keeps('ALL-AUTH30', 'a reference', { both: variable('password', { Ref: 'Secret' }) });
});
