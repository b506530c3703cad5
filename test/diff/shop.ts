import { type Change, type ChangeClass, type SubjectKind } from '../../lib/diff/change';
import { diffTemplates } from '../../lib/diff/diff';
import { type CfnTemplate, type TemplateSource } from '../../lib/template/reader/source';
import { att, invocation, ref, resource } from '../template/source-of';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- edits reach into templates of any shape
export type Loose = Record<string, any>;

const integration = (uri: string) => ({ type: 'http_proxy', httpMethod: 'ANY', uri, timeoutInMillis: 20000 });
const order = {
  type: 'object',
  properties: { sku: { type: 'string', minLength: 2 }, count: { type: 'integer', maximum: 9 } },
};

/** A REST API with a document, an HTTP API and a WebSocket API of resources, and what is around them. */
export function shop(): Loose {
  const cognito = { type: 'cognito_user_pools', providerARNs: [att('Users', 'Arn')] };
  const Body = {
    openapi: '3.0.1',
    info: { title: 'shop', version: '1' },
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    components: {
      schemas: { Order: order },
      securitySchemes: {
        iam: scheme('awsSigv4'),
        pool: { ...scheme('cognito_user_pools'), 'x-amazon-apigateway-authorizer': cognito },
        key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      },
    },
    'x-amazon-apigateway-gateway-responses': {
      THROTTLED: { statusCode: 429, responseParameters: { 'gatewayresponse.header.Retry-After': "'1'" } },
    },
    paths: {
      '/orders': {
        get: {
          security: [{ pool: ['orders/read', 'orders/all'] }],
          parameters: [{ name: 'page', in: 'query', required: false, schema: { type: 'string' } }],
          'x-amazon-apigateway-request-validator': 'all',
          'x-amazon-apigateway-integration': integration('https://a.example.com/orders'),
        },
        post: {
          security: [{ iam: [], key: [] }],
          'x-amazon-apigateway-request-validator': 'all',
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
          'x-amazon-apigateway-integration': integration('https://a.example.com/orders'),
        },
      },
      '/orders/{id}': {
        delete: {
          security: [{ iam: [] }],
          'x-amazon-apigateway-integration': integration('https://${stageVariables.host}/orders'),
        },
      },
      '/health': { get: { 'x-amazon-apigateway-integration': integration('https://a.example.com/health') } },
    },
  };
  const Policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/prod/*'] },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } },
      },
    ],
  };
  return structuredClone({
    Users: resource('AWS::Cognito::UserPool'),
    Fn: resource('AWS::Lambda::Function', { Code: { ZipFile: '' }, Role: 'r' }),
    Api: resource('AWS::ApiGateway::RestApi', {
      Name: 'shop',
      Body,
      Policy,
      BinaryMediaTypes: ['image/png'],
      EndpointConfiguration: { Types: ['REGIONAL'] },
    }),
    Deployment: resource('AWS::ApiGateway::Deployment', { RestApiId: ref('Api') }),
    Prod: resource('AWS::ApiGateway::Stage', {
      RestApiId: ref('Api'),
      DeploymentId: ref('Deployment'),
      StageName: 'prod',
      Variables: { host: 'a.example.com', version: '1.10' },
      MethodSettings: [
        { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
        { HttpMethod: 'POST', ResourcePath: '/~1orders', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 5 },
      ],
    }),
    Acl: resource('AWS::WAFv2::WebACLAssociation', {
      WebACLArn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/b',
      ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/${Prod}' },
    }),
    Plan: resource('AWS::ApiGateway::UsagePlan', {
      UsagePlanName: 'basic',
      Quota: { Limit: 1000, Period: 'DAY' },
      Throttle: { RateLimit: 20, BurstLimit: 10 },
      ApiStages: [{ ApiId: ref('Api'), Stage: ref('Prod') }],
    }),
    Key: resource('AWS::ApiGateway::ApiKey', { Name: 'partner', Enabled: true }),
    PlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
      KeyId: ref('Key'),
      KeyType: 'API_KEY',
      UsagePlanId: ref('Plan'),
    }),
    Web: resource('AWS::ApiGatewayV2::Api', {
      Name: 'web',
      ProtocolType: 'HTTP',
      CorsConfiguration: { AllowOrigins: ['https://a.example.com'], AllowMethods: ['GET'] },
    }),
    Jwt: resource('AWS::ApiGatewayV2::Authorizer', {
      ApiId: ref('Web'),
      Name: 'jwt',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['web', 'app'] },
    }),
    WebIntegration: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: ref('Web'),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: invocation(att('Fn', 'Arn')),
      PayloadFormatVersion: '2.0',
    }),
    WebRoute: resource('AWS::ApiGatewayV2::Route', {
      ApiId: ref('Web'),
      RouteKey: 'GET /items/{id}',
      AuthorizationType: 'JWT',
      AuthorizerId: ref('Jwt'),
      Target: { 'Fn::Join': ['/', ['integrations', ref('WebIntegration')]] },
    }),
    WebStage: resource('AWS::ApiGatewayV2::Stage', { ApiId: ref('Web'), StageName: '$default', AutoDeploy: true }),
    Chat: resource('AWS::ApiGatewayV2::Api', {
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }),
    ChatConnect: resource('AWS::ApiGatewayV2::Route', {
      ApiId: ref('Chat'),
      RouteKey: '$connect',
      AuthorizationType: 'AWS_IAM',
    }),
    ChatSend: resource('AWS::ApiGatewayV2::Route', { ApiId: ref('Chat'), RouteKey: 'send' }),
    Domain: resource('AWS::ApiGateway::DomainName', {
      DomainName: 'api.example.com',
      SecurityPolicy: 'TLS_1_2',
      MutualTlsAuthentication: { TruststoreUri: 's3://bucket/trust.pem' },
      RegionalCertificateArn: 'arn:aws:acm:eu-west-1:111111111111:certificate/a',
    }),
    Mapping: resource('AWS::ApiGateway::BasePathMapping', {
      DomainName: ref('Domain'),
      BasePath: 'shop',
      RestApiId: ref('Api'),
      Stage: ref('Prod'),
    }),
  });
}

const scheme = (type: string) => ({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': type,
});

/** A change of the template, and what the comparison must say of it; `back` of its reverse. */
export interface Edit {
  readonly name: string;
  readonly edit: (resources: Loose) => void;
  readonly kind: SubjectKind;
  readonly subject: string;
  readonly aspect?: string;
  readonly class: ChangeClass;
  readonly back: ChangeClass;
}

export const sourceWith = (Resources: Loose, sections: Loose = {}): TemplateSource => ({
  file: 'shop.json',
  template: { Resources, ...sections } as CfnTemplate,
  bytes: 0,
});

export function changed(edits: readonly Pick<Edit, 'edit'>[]): TemplateSource {
  const resources = shop();
  edits.forEach(({ edit }) => edit(resources));
  return sourceWith(resources);
}

export const between = (before: TemplateSource, after: TemplateSource): readonly Change[] =>
  diffTemplates([before], [after]).changes;
