import { Draft, type Json } from './draft';

export const HTTP_FORMAT = JSON.stringify({
  id: '$context.requestId',
  ip: '$context.identity.sourceIp',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  integration: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
  authorizer: '$context.authorizer.error',
  error: '$context.error.message',
});

const sub = (text: string): object => ({ 'Fn::Sub': text });
const ref = (logicalId: string): object => ({ Ref: logicalId });
const functionUri = sub(
  'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
);
const ISSUER = sub('https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${Pool}');
const ORIGINS = ['https://app.example.com'];

/** What stands around the API in both forms. */
function surroundings(): object {
  return {
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 10 } },
    FnPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Fn', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/orders*'),
      },
    },
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: ref('Pool') } },
    Logs: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': ['LogsKey', 'Arn'] } },
    },
    LogsKey: { Type: 'AWS::KMS::Key', Properties: {} },
    Failures: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/ApiGateway',
        MetricName: '5xx',
        Dimensions: [{ Name: 'ApiId', Value: ref('Api') }],
      },
    },
  };
}

/** The stage needs the routes that its settings name. */
const stage = (...dependsOn: string[]): object => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  ...(dependsOn.length > 0 && { DependsOn: dependsOn }),
  Properties: {
    ApiId: ref('Api'),
    StageName: '$default',
    AutoDeploy: true,
    StageVariables: { table: 'orders' },
    AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: HTTP_FORMAT },
    DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 500 },
    RouteSettings: { 'GET /orders/{id}': { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 } },
  },
});

/** An HTTP API of resources in which no rule finds anything. */
export function goodHttpResources(): Draft {
  const route = (RouteKey: string, scope: string): object => ({
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Api'),
      RouteKey,
      AuthorizationType: 'JWT',
      AuthorizerId: ref('Authorizer'),
      AuthorizationScopes: [scope],
      Target: { 'Fn::Join': ['/', ['integrations', ref('Integration')]] },
    },
  });
  const resources = {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'orders',
        ProtocolType: 'HTTP',
        CorsConfiguration: {
          AllowOrigins: ORIGINS,
          AllowMethods: ['GET', 'POST'],
          AllowHeaders: ['Authorization', 'Content-Type'],
          MaxAge: 600,
        },
      },
    },
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
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: functionUri,
        IntegrationMethod: 'POST',
        PayloadFormatVersion: '2.0',
        TimeoutInMillis: 29000,
      },
    },
    ListOrders: route('GET /orders', 'orders/read'),
    CreateOrder: route('POST /orders', 'orders/write'),
    GetOrder: route('GET /orders/{id}', 'orders/read'),
    ...surroundings(),
    Stage: stage('GetOrder'),
  };
  return new Draft(JSON.parse(JSON.stringify({ Resources: resources })) as Json);
}

/** The same API in a Body. */
export function goodHttpBody(): Draft {
  const operation = (scope: string): object => ({
    security: [{ users: [scope] }],
    responses: { default: { description: 'what the function answers' } },
    'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/fn' },
  });
  const body = {
    openapi: '3.0.1',
    info: { title: 'orders', version: '1' },
    paths: {
      '/orders': { get: operation('orders/read'), post: operation('orders/write') },
      '/orders/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: operation('orders/read'),
      },
    },
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
      'x-amazon-apigateway-integrations': {
        fn: {
          type: 'AWS_PROXY',
          httpMethod: 'POST',
          uri: functionUri,
          payloadFormatVersion: '2.0',
          timeoutInMillis: 29000,
        },
      },
    },
    'x-amazon-apigateway-cors': {
      allowOrigins: ORIGINS,
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization', 'Content-Type'],
      maxAge: 600,
    },
  };
  const resources = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: body, FailOnWarnings: true } },
    ...surroundings(),
    Stage: stage(),
  };
  return new Draft(JSON.parse(JSON.stringify({ Resources: resources })) as Json);
}
