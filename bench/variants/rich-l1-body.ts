import { Aws, type Stack } from 'aws-cdk-lib';
import {
  CfnAccount,
  CfnApiKey,
  CfnDeployment,
  CfnRestApi,
  CfnStage,
  CfnUsagePlan,
  CfnUsagePlanKey,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { functionsOf, type Variant } from '../variant';

const STRING = { type: 'string' };
const ID = { name: 'id', in: 'path', required: true, schema: STRING };
const PAGE = { name: 'page', in: 'query', required: false, schema: STRING };

const TLS_POLICY = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
const ALLOWED_HEADERS = 'Content-Type,Authorization,X-Amz-Date,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent';

const LOG_FORMAT = [
  'requestId',
  'extendedRequestId',
  'requestTimeEpoch',
  'stage',
  'domainName',
  'path',
  'httpMethod',
  'resourcePath',
  'status',
  'error.message',
  'identity.sourceIp',
  'identity.userAgent',
];

/** The floor of `rich-gateway`: the same document, stages, plans and firewall written by hand, and no checks. */
export const richL1Body: Variant = {
  build(stack, paths) {
    const functions = functionsOf(stack);
    const uri = (index: number) =>
      `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/` +
      `${functions[index % functions.length].functionArn}/invocations`;
    const api = new CfnRestApi(stack, 'Api', {
      name: 'Api',
      mode: 'overwrite',
      failOnWarnings: true,
      securityPolicy: TLS_POLICY,
      endpointAccessMode: 'STRICT',
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ['REGIONAL'] },
      body: document(paths, uri),
    });
    const deployment = new CfnDeployment(stack, 'Deployment', { restApiId: api.ref });
    const acl = webAcl(stack);
    const role = new CfnRole(stack, 'LogRole', {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } }],
      },
      managedPolicyArns: [`arn:${stack.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`],
    });
    const account = new CfnAccount(stack, 'Account', { cloudWatchRoleArn: role.attrArn });
    const stages = ['dev', 'prod'].map((stageName) => {
      const log = new CfnLogGroup(stack, `AccessLog-${stageName}`, {
        logGroupName: `/aws/vendedlogs/apis/${Aws.STACK_NAME}/Api/${stageName}`,
        retentionInDays: 365,
      });
      const cached = stageName === 'prod';
      const stage = new CfnStage(stack, `Stage-${stageName}`, {
        restApiId: api.ref,
        deploymentId: deployment.ref,
        stageName,
        tracingEnabled: true,
        ...(cached ? { cacheClusterEnabled: true, cacheClusterSize: '0.5' } : {}),
        accessLogSetting: {
          destinationArn: log.attrArn,
          format: JSON.stringify(Object.fromEntries(LOG_FORMAT.map((name) => [name, `$context.${name}`]))),
        },
        methodSettings: methodSettings(cached ? paths : []),
      });
      stage.addResourceDependency(account);
      new CfnWebACLAssociation(stack, `WebAcl-${stageName}`, {
        webAclArn: acl.attrArn,
        resourceArn: `arn:${stack.partition}:apigateway:${stack.region}::/restapis/${api.ref}/stages/${stage.ref}`,
      });
      return stage;
    });
    const apiStages = stages.map((stage) => ({ apiId: api.ref, stage: stage.ref }));
    usagePlan(stack, 'free', { rateLimit: 1, burstLimit: 2 }, apiStages, ['demo']);
    usagePlan(stack, 'paid', { rateLimit: 50, burstLimit: 100 }, apiStages, ['acme', 'globex']);
    functions.forEach((fn, index) => {
      new CfnPermission(stack, `Permission${index}`, {
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        functionName: fn.functionArn,
        sourceArn: `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${api.ref}/*/*/r*`,
      });
    });
  },
};

/** What is the same in each operation is made anew for each, as a hand-written loop would. */
function document(paths: readonly string[], uri: (index: number) => string): object {
  const integration = (index: number) => ({ type: 'aws_proxy', httpMethod: 'POST', uri: uri(index) });
  const gatewayResponse = {
    responseParameters: {
      'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example.com'",
      'gatewayresponse.header.Vary': "'Origin'",
    },
  };
  const item = (index: number) => ({
    get: {
      parameters: [ID, PAGE],
      responses: {},
      security: [{ sigv4: [] }],
      'x-amazon-apigateway-request-validator': 'parameters',
      'x-amazon-apigateway-integration': {
        ...integration(index),
        cacheKeyParameters: ['method.request.path.id', 'method.request.querystring.page'],
      },
    },
    post: {
      parameters: [ID],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: `#/components/schemas/Item${index}` } } },
      },
      responses: {},
      security: [{ sigv4: [], api_key: [] }],
      'x-amazon-apigateway-request-validator': 'body-and-parameters',
      'x-amazon-apigateway-integration': integration(index),
    },
    options: preflight(),
  });
  const model = (index: number) => ({
    type: 'object',
    required: ['sku'],
    properties: { sku: { type: 'string', minLength: (index % 9) + 1 } },
  });
  return {
    openapi: '3.0.1',
    info: { title: 'Api', version: '1.0' },
    paths: Object.fromEntries(paths.map((path, index) => [path, item(index)])),
    components: {
      schemas: Object.fromEntries(paths.map((_, index) => [`Item${index}`, model(index)])),
      securitySchemes: {
        api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        sigv4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
    'x-amazon-apigateway-endpoint-access-mode': 'STRICT',
    'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: gatewayResponse, DEFAULT_5XX: gatewayResponse },
    'x-amazon-apigateway-request-validators': {
      'body-and-parameters': { validateRequestBody: true, validateRequestParameters: true },
      parameters: { validateRequestBody: false, validateRequestParameters: true },
    },
    'x-amazon-apigateway-security-policy': TLS_POLICY,
  };
}

function preflight(): object {
  const headers: Record<string, string> = {
    'Access-Control-Allow-Headers': ALLOWED_HEADERS,
    'Access-Control-Allow-Methods': 'GET,OPTIONS,POST',
    'Access-Control-Allow-Origin': 'https://app.example.com',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  };
  return {
    responses: {
      '204': {
        description: 'Preflight',
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: STRING }])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      passthroughBehavior: 'never',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
        },
      },
    },
  };
}

function methodSettings(cached: readonly string[]): CfnStage.MethodSettingProperty[] {
  const all = {
    loggingLevel: 'ERROR',
    dataTraceEnabled: false,
    metricsEnabled: true,
    throttlingRateLimit: 1000,
    throttlingBurstLimit: 500,
    ...(cached.length > 0 ? { cachingEnabled: false, cacheDataEncrypted: true } : {}),
  };
  return [
    { ...all, httpMethod: '*', resourcePath: '/*' },
    ...cached.map((path) => ({
      ...all,
      httpMethod: 'GET',
      resourcePath: `/${path.replaceAll('/', '~1')}`,
      cachingEnabled: true,
      cacheTtlInSeconds: 300,
    })),
  ];
}

function webAcl(stack: Stack): CfnWebACL {
  const visibility = (metricName: string) => ({
    metricName,
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
  });
  const groups = [
    'AWSManagedRulesAmazonIpReputationList',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesCommonRuleSet',
  ];
  return new CfnWebACL(stack, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('WebAcl'),
    rules: groups.map((name, priority) => ({
      name,
      priority,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
      visibilityConfig: visibility(name),
    })),
  });
}

function usagePlan(
  stack: Stack,
  name: string,
  throttle: CfnUsagePlan.ThrottleSettingsProperty,
  apiStages: CfnUsagePlan.ApiStageProperty[],
  keys: readonly string[],
): void {
  const plan = new CfnUsagePlan(stack, `Plan-${name}`, { throttle, apiStages });
  for (const key of keys) {
    const { ref } = new CfnApiKey(stack, `Key-${key}`, { enabled: true });
    new CfnUsagePlanKey(stack, `PlanKey-${key}`, { keyId: ref, keyType: 'API_KEY', usagePlanId: plan.ref });
  }
}
