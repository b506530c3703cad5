import { UNKNOWN } from '../../lib/template/model/value';
import { apiOf, modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const imported = { 'Fn::ImportValue': 'elsewhere' };
const of = (type: string, properties: Record<string, unknown>) => resource(`AWS::Cognito::${type}`, properties);

test('user pools, with their clients, domains and resource servers', () => {
  const { cognito } = modelOf({
    Pool: of('UserPool', { UserPoolName: 'people' }),
    Web: of('UserPoolClient', {
      UserPoolId: ref('Pool'),
      ClientName: 'web',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', { 'Fn::Sub': '${Server}/read' }],
    }),
    Other: of('UserPoolClient', { UserPoolId: 'us-east-1_abc', AllowedOAuthScopes: imported }),
    Prefix: of('UserPoolDomain', { UserPoolId: ref('Pool'), Domain: 'people' }),
    Own: of('UserPoolDomain', {
      UserPoolId: ref('Pool'),
      Domain: 'login.example.com',
      CustomDomainConfig: { CertificateArn: ref('Certificate') },
    }),
    Server: of('UserPoolResourceServer', {
      UserPoolId: ref('Pool'),
      Identifier: 'orders',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'x' }, { ScopeName: imported }],
    }),
  });
  const userPool = { template: 'app.json', logicalId: 'Pool' };
  expect(cognito.userPools).toMatchObject([{ location: { logicalId: 'Pool' }, name: 'people' }]);
  expect(cognito.clients).toMatchObject([
    {
      userPool,
      userPoolId: '<Pool>',
      name: 'web',
      generateSecret: true,
      authFlows: ['ALLOW_USER_SRP_AUTH'],
      oAuthFlows: ['code'],
      oAuthScopes: ['openid', '<Server>/read'],
    },
    { userPool: UNKNOWN, userPoolId: 'us-east-1_abc', generateSecret: undefined, authFlows: [], oAuthScopes: UNKNOWN },
  ]);
  expect(cognito.domains).toMatchObject([
    { userPool, domain: 'people', isCustom: false },
    { domain: 'login.example.com', isCustom: true },
  ]);
  expect(cognito.resourceServers).toMatchObject([{ userPool, identifier: 'orders', scopes: ['read', '<unknown>'] }]);
});

test('actions of routing rules say whether they strip the base path', () => {
  const action = (StripBasePath?: unknown) => ({ InvokeApi: { ApiId: ref('Api'), Stage: 'prod', StripBasePath } });
  const { routingRules, domainMappings } = modelOf({
    Api: resource('AWS::ApiGateway::RestApi'),
    Rule: resource('AWS::ApiGatewayV2::RoutingRule', { Actions: [action(true), action(), action(imported)] }),
  });
  const strips = [true, undefined, UNKNOWN];
  expect([routingRules[0].actions].flat()).toMatchObject(strips.map((stripBasePath) => ({ stripBasePath })));
  expect(domainMappings.map(({ stripBasePath }) => stripBasePath)).toEqual(strips);
});

test('authorizers have the name of their kind, from a resource or a document', () => {
  const { restApis } = modelOf({
    Api: resource('AWS::ApiGateway::RestApi'),
    Authorizer: resource('AWS::ApiGateway::Authorizer', {
      RestApiId: ref('Api'),
      Type: 'COGNITO_USER_POOLS',
      AuthType: 'cognito_user_pools',
    }),
  });
  expect(restApis[0].authorizers).toMatchObject([{ authType: 'cognito_user_pools' }]);
  const scheme = {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'arn:x' },
  };
  const paths = { '/': { get: { security: [{ own: [] }] } } };
  const { authorizers } = apiOf({ swagger: '2.0', paths, securityDefinitions: { own: scheme } });
  expect(authorizers).toMatchObject([{ key: 'own', authType: 'custom' }]);
});
