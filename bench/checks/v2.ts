import { accessLog, each, functionOf, invocation, permission, ref, type Resources, sub, surroundings } from './parts';

const LIMITS = { DetailedMetricsEnabled: true, ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 500 };
const ISSUER = sub('https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${Pool}');
const target = (integration: string): object => ({ 'Fn::Join': ['/', ['integrations', ref(integration)]] });

const integration = (index: number, more: object): object => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: ref('Api'),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: invocation(functionOf(index)),
    IntegrationMethod: 'POST',
    TimeoutInMillis: 29000,
    ...more,
  },
});

const route = (key: string, integrationId: string, more: object = {}): object => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: ref('Api'), RouteKey: key, Target: target(integrationId), ...more },
});

/** A stage with settings of its own for each tenth route, which it waits for. */
function httpStage(routes: number, routeId?: (index: number) => string): object {
  const own = Array.from({ length: Math.ceil(routes / 10) }, (_, index) => index * 10);
  return {
    Type: 'AWS::ApiGatewayV2::Stage',
    ...(routeId && { DependsOn: own.map(routeId) }),
    Properties: {
      ApiId: ref('Api'),
      StageName: '$default',
      AutoDeploy: true,
      AccessLogSettings: accessLog('httpMethod', 'path', 'routeKey', 'integrationStatus', 'integrationErrorMessage'),
      DefaultRouteSettings: LIMITS,
      RouteSettings: Object.fromEntries(own.map((index) => [`GET /r${index}/{id}`, LIMITS])),
    },
  };
}

const httpPermissions = (routes: number): Resources =>
  each(routes, (index) => ({ [`Permission${index}`]: permission(functionOf(index), `*/*/r${index}/*`) }));

/** A route, an integration and a permission for each route of an HTTP API. */
export function httpResources(routes: number): Resources {
  return {
    ...surroundings(),
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'orders', ProtocolType: 'HTTP' } },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        Name: 'users',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: ISSUER, Audience: [ref('Client')] },
      },
    },
    ...each(routes, (index) => ({
      [`Integration${index}`]: integration(index, { PayloadFormatVersion: '2.0' }),
      [`Route${index}`]: route(`GET /r${index}/{id}`, `Integration${index}`, {
        AuthorizationType: 'JWT',
        AuthorizerId: ref('Authorizer'),
        AuthorizationScopes: ['orders/read'],
      }),
    })),
    ...httpPermissions(routes),
    Stage: httpStage(routes, (index) => `Route${index}`),
  };
}

/** The same in one document, the integration in each operation. */
export function httpBody(routes: number): Resources {
  const operation = (index: number): object => ({
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    responses: { default: { description: 'The answer' } },
    security: [{ users: ['orders/read'] }],
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      payloadFormatVersion: '2.0',
      uri: invocation(functionOf(index)),
    },
  });
  return {
    ...surroundings(),
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        FailOnWarnings: true,
        Body: {
          openapi: '3.0.1',
          info: { title: 'orders', version: '1.0' },
          paths: Object.fromEntries(
            Array.from({ length: routes }, (_, index) => [`/r${index}/{id}`, { get: operation(index) }]),
          ),
          components: {
            securitySchemes: {
              users: {
                type: 'oauth2',
                flows: {},
                'x-amazon-apigateway-authorizer': {
                  type: 'jwt',
                  identitySource: '$request.header.Authorization',
                  jwtConfiguration: { issuer: ISSUER, audience: [ref('Client')] },
                },
              },
            },
          },
        },
      },
    },
    ...httpPermissions(routes),
    Stage: httpStage(routes),
  };
}

/** A route, an integration and a permission for each message of a WebSocket API. */
export function webSocket(routes: number): Resources {
  const message = (index: number): string => `message${index}`;
  const own = Array.from({ length: Math.ceil(routes / 10) }, (_, index) => index * 10);
  return {
    ...surroundings(),
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
    },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        Name: 'tokens',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: invocation('Check'),
        IdentitySource: ['route.request.header.Authorization'],
      },
    },
    ConnectIntegration: integration(0, {}),
    Connect: route('$connect', 'ConnectIntegration', {
      AuthorizationType: 'CUSTOM',
      AuthorizerId: ref('Authorizer'),
    }),
    Default: route('$default', 'ConnectIntegration'),
    ConnectPermission: permission(functionOf(0), '*/$connect'),
    DefaultPermission: permission(functionOf(0), '*/$default'),
    ...each(routes, (index) => ({
      [`Integration${index}`]: integration(index, {}),
      [`Route${index}`]: route(message(index), `Integration${index}`),
      [`Permission${index}`]: permission(functionOf(index), `*/${message(index)}`),
    })),
    Deployment: {
      Type: 'AWS::ApiGatewayV2::Deployment',
      DependsOn: ['Connect', 'Default', ...Array.from({ length: routes }, (_, index) => `Route${index}`)],
      Properties: { ApiId: ref('Api') },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      DependsOn: ['Account', ...own.map((index) => `Route${index}`)],
      Properties: {
        ApiId: ref('Api'),
        StageName: 'prod',
        DeploymentId: ref('Deployment'),
        AccessLogSettings: accessLog('eventType', 'routeKey', 'connectionId', 'integrationLatency'),
        DefaultRouteSettings: { ...LIMITS, LoggingLevel: 'ERROR' },
        RouteSettings: Object.fromEntries(own.map((index) => [message(index), LIMITS])),
      },
    },
  };
}
