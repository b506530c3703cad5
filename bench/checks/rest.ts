import { accessLog, each, functionOf, invocation, permission, ref, type Resources, sub, surroundings } from './parts';

const path = (index: number): string => `/r${index}/{id}`;

const API = { Name: 'orders', EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: 'TLS_1_2' };

/** Deployment, stage, firewall and a setting for each tenth route. */
function served(routes: number, dependsOn: readonly string[]): Resources {
  const wide = { LoggingLevel: 'ERROR', MetricsEnabled: true, ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 500 };
  const own = Array.from({ length: Math.ceil(routes / 10) }, (_, index) => ({
    ...wide,
    HttpMethod: 'GET',
    ResourcePath: `/${path(index * 10).replaceAll('/', '~1')}`,
    CachingEnabled: true,
    CacheDataEncrypted: true,
  }));
  return {
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      ...(dependsOn.length > 0 && { DependsOn: dependsOn }),
      Properties: { RestApiId: ref('Api') },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      DependsOn: 'Account',
      Properties: {
        RestApiId: ref('Api'),
        DeploymentId: ref('Deployment'),
        StageName: 'prod',
        AccessLogSetting: accessLog('httpMethod', 'resourcePath', 'responseLatency', 'integration.status'),
        TracingEnabled: true,
        CacheClusterEnabled: true,
        CacheClusterSize: '0.5',
        MethodSettings: [{ ...wide, HttpMethod: '*', ResourcePath: '/*' }, ...own],
      },
    },
    Firewall: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        WebACLArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b',
        ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}'),
      },
    },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: ref('Api'), Stage: ref('Stage') }],
        Throttle: { RateLimit: 10, BurstLimit: 20 },
      },
    },
  };
}

const permissions = (routes: number): Resources =>
  each(routes, (index) => ({
    [`Permission${index}`]: permission(functionOf(index), `*/GET/r${index}/*`),
  }));

const CACHE_KEY = [
  'method.request.path.id',
  'method.request.querystring.fields',
  'method.request.header.Authorization',
];

/** Two resources, a method and a permission for each route. */
export function restResources(routes: number): Resources {
  const segment = (parent: object, part: string): object => ({
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref('Api'), ParentId: parent, PathPart: part },
  });
  return {
    ...surroundings(),
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: API },
    Authorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        RestApiId: ref('Api'),
        Name: 'users',
        Type: 'COGNITO_USER_POOLS',
        IdentitySource: 'method.request.header.Authorization',
        ProviderARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }],
      },
    },
    Validator: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { RestApiId: ref('Api'), ValidateRequestBody: true, ValidateRequestParameters: true },
    },
    ...each(routes, (index) => ({
      [`Folder${index}`]: segment({ 'Fn::GetAtt': ['Api', 'RootResourceId'] }, `r${index}`),
      [`Item${index}`]: segment(ref(`Folder${index}`), '{id}'),
      [`Method${index}`]: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: ref('Api'),
          ResourceId: ref(`Item${index}`),
          HttpMethod: 'GET',
          AuthorizationType: 'COGNITO_USER_POOLS',
          AuthorizerId: ref('Authorizer'),
          AuthorizationScopes: ['orders/read'],
          RequestValidatorId: ref('Validator'),
          RequestParameters: Object.fromEntries(CACHE_KEY.map((parameter) => [parameter, true])),
          Integration: {
            Type: 'AWS_PROXY',
            IntegrationHttpMethod: 'POST',
            Uri: invocation(functionOf(index)),
            CacheKeyParameters: CACHE_KEY,
          },
        },
      },
    })),
    ...permissions(routes),
    ...served(
      routes,
      Array.from({ length: routes }, (_, index) => `Method${index}`),
    ),
  };
}

/** The same in one document. */
export function restBody(routes: number): Resources {
  const parameter = (name: string, place: string): object => ({
    name,
    in: place,
    required: true,
    schema: { type: 'string' },
  });
  const operation = (index: number): object => ({
    parameters: [parameter('id', 'path'), parameter('fields', 'query'), parameter('Authorization', 'header')],
    responses: {},
    security: [{ users: ['orders/read'] }],
    'x-amazon-apigateway-request-validator': 'all',
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: invocation(functionOf(index)),
      cacheKeyParameters: CACHE_KEY,
    },
  });
  return {
    ...surroundings(),
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        ...API,
        Body: {
          openapi: '3.0.1',
          info: { title: 'orders', version: '1.0' },
          paths: Object.fromEntries(
            Array.from({ length: routes }, (_, index) => [path(index), { get: operation(index) }]),
          ),
          components: {
            securitySchemes: {
              users: {
                type: 'apiKey',
                name: 'Authorization',
                in: 'header',
                'x-amazon-apigateway-authtype': 'cognito_user_pools',
                'x-amazon-apigateway-authorizer': {
                  type: 'cognito_user_pools',
                  providerARNs: [{ 'Fn::GetAtt': ['Pool', 'Arn'] }],
                },
              },
            },
          },
          'x-amazon-apigateway-request-validators': {
            all: { validateRequestBody: true, validateRequestParameters: true },
          },
        },
      },
    },
    ...permissions(routes),
    ...served(routes, []),
  };
}
