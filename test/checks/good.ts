import { Draft, type Json } from './draft';

export const FORMAT = JSON.stringify({
  id: '$context.requestId',
  ip: '$context.identity.sourceIp',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.resourcePath',
  status: '$context.status',
  latency: '$context.responseLatency',
  integration: '$context.integration.status',
  error: '$context.error.message',
});
/** Without the header of the caller, one would be given the response of another. */
export const CACHE_KEY = ['method.request.path.id', 'method.request.header.Authorization'];
export const ORIGIN = "'https://app.example.com'";

const sub = (text: string): object => ({ 'Fn::Sub': text });
const functionUri = (fn: string): object =>
  sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations`);
const executeApi = (rest: string): object =>
  sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${rest}`);

const lambdaIntegration = (): object => ({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: functionUri('Fn') });

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
        SourceArn: executeApi('*/*/orders*'),
      },
    },
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: {} },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Account: {
      Type: 'AWS::ApiGateway::Account',
      Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
    Logs: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': ['LogsKey', 'Arn'] } },
    },
    LogsKey: { Type: 'AWS::KMS::Key', Properties: {} },
    ExecutionLogs: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: sub('API-Gateway-Execution-Logs_${Api}/prod'), RetentionInDays: 365 },
    },
    Failures: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/ApiGateway',
        MetricName: '5XXError',
        Dimensions: [{ Name: 'ApiName', Value: 'orders' }],
      },
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      DependsOn: ['Account'],
      Properties: {
        RestApiId: { Ref: 'Api' },
        DeploymentId: { Ref: 'Deployment' },
        StageName: 'prod',
        Variables: { table: 'orders' },
        AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: FORMAT },
        TracingEnabled: true,
        CacheClusterEnabled: true,
        CacheClusterSize: '0.5',
        MethodSettings: [
          {
            HttpMethod: '*',
            ResourcePath: '/*',
            LoggingLevel: 'ERROR',
            MetricsEnabled: true,
            ThrottlingRateLimit: 1000,
            ThrottlingBurstLimit: 500,
          },
          {
            HttpMethod: 'GET',
            ResourcePath: '/~1orders~1{id}',
            CachingEnabled: true,
            CacheDataEncrypted: true,
            CacheTtlInSeconds: 60,
          },
        ],
      },
    },
    Waf: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        WebACLArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b',
        ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}'),
      },
    },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
        Throttle: { RateLimit: 10, BurstLimit: 20 },
      },
    },
    Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Description: 'acme' } },
    PlanKey: {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: { UsagePlanId: { Ref: 'Plan' }, KeyId: { Ref: 'Key' }, KeyType: 'API_KEY' },
    },
  };
}

const API = {
  Name: 'orders',
  EndpointConfiguration: { Types: ['REGIONAL'] },
  SecurityPolicy: 'TLS_1_2',
};

const cognito = { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Authorizer' } };
const header = (name: string): string => `method.response.header.${name}`;

/** A REST API of resources in which no rule finds anything. */
export function goodResources(): Draft {
  const ref = (logicalId: string): object => ({ Ref: logicalId });
  const method = (resource: object, verb: string, more: object): object => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: ref('Api'), ResourceId: resource, HttpMethod: verb, ...cognito, ...more },
  });
  const gatewayResponse = (type: string): object => ({
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: ref('Api'),
      ResponseType: type,
      ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': ORIGIN },
    },
  });
  const resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: API },
    Orders: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: ref('Api'), ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'orders' },
    },
    Order: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: ref('Api'), ParentId: ref('Orders'), PathPart: '{id}' },
    },
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
    Model: {
      Type: 'AWS::ApiGateway::Model',
      Properties: { RestApiId: ref('Api'), Name: 'Order', ContentType: 'application/json', Schema: { type: 'object' } },
    },
    ListOrders: method(ref('Orders'), 'GET', { Integration: lambdaIntegration() }),
    CreateOrder: method(ref('Orders'), 'POST', {
      RequestValidatorId: ref('Validator'),
      RequestModels: { 'application/json': ref('Model') },
      Integration: lambdaIntegration(),
    }),
    GetOrder: method(ref('Order'), 'GET', {
      RequestParameters: { 'method.request.path.id': true, 'method.request.header.Authorization': false },
      Integration: { ...lambdaIntegration(), CacheKeyParameters: CACHE_KEY },
    }),
    Preflight: method(ref('Orders'), 'OPTIONS', {
      AuthorizationType: 'NONE',
      AuthorizerId: undefined,
      MethodResponses: [{ StatusCode: '204', ResponseParameters: { [header('Access-Control-Allow-Origin')]: true } }],
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode": 204}' },
        IntegrationResponses: [
          { StatusCode: '204', ResponseParameters: { [header('Access-Control-Allow-Origin')]: ORIGIN } },
        ],
      },
    }),
    Clients: gatewayResponse('DEFAULT_4XX'),
    Servers: gatewayResponse('DEFAULT_5XX'),
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: ['ListOrders', 'CreateOrder', 'GetOrder', 'Preflight'],
      Properties: { RestApiId: ref('Api') },
    },
    ...surroundings(),
  };
  return new Draft(JSON.parse(JSON.stringify({ Resources: resources })) as Json);
}

/** The same API in a Body. */
export function goodBody(): Draft {
  const lambda = { type: 'aws_proxy', httpMethod: 'POST', uri: functionUri('Fn') };
  const security = [{ users: [] }];
  const responses = { 200: { description: 'ok' } };
  const body = {
    openapi: '3.0.1',
    info: { title: 'orders', version: '1' },
    paths: {
      '/orders': {
        get: { security, responses, 'x-amazon-apigateway-integration': lambda },
        post: {
          security,
          responses,
          'x-amazon-apigateway-request-validator': 'all',
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
          'x-amazon-apigateway-integration': lambda,
        },
        options: {
          responses: {
            204: {
              description: 'preflight',
              headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } },
            },
          },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            requestTemplates: { 'application/json': '{"statusCode": 204}' },
            responses: {
              default: {
                statusCode: '204',
                responseParameters: { [header('Access-Control-Allow-Origin')]: ORIGIN },
              },
            },
          },
        },
      },
      '/orders/{id}': {
        get: {
          security,
          responses,
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'Authorization', in: 'header', schema: { type: 'string' } },
          ],
          'x-amazon-apigateway-integration': { ...lambda, cacheKeyParameters: CACHE_KEY },
        },
      },
    },
    components: {
      schemas: { Order: { type: 'object' } },
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
        key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      },
    },
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-gateway-responses': Object.fromEntries(
      ['DEFAULT_4XX', 'DEFAULT_5XX'].map((type) => [
        type,
        { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': ORIGIN } },
      ]),
    ),
  };
  const resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { ...API, Body: body, FailOnWarnings: true } },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
    ...surroundings(),
  };
  return new Draft(JSON.parse(JSON.stringify({ Resources: resources })) as Json);
}
