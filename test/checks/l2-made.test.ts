import { join } from 'node:path';
import { type App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Function, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { type Construct } from 'constructs';
import { fn } from '../support/stacks';
import { readL2 } from './l2-support';

const IAM: apigw.MethodOptions = { authorizationType: apigw.AuthorizationType.IAM };
const JSON_BODY = 'application/json';

/** What a careful user sets, whatever the construct. */
function settings(scope: Construct, deploy: apigw.StageOptions = {}): apigw.RestApiProps {
  return {
    cloudWatchRole: false,
    endpointTypes: [apigw.EndpointType.REGIONAL],
    deployOptions: {
      tracingEnabled: true,
      loggingLevel: apigw.MethodLoggingLevel.ERROR,
      metricsEnabled: true,
      throttlingRateLimit: 100,
      throttlingBurstLimit: 50,
      accessLogDestination: new apigw.LogGroupLogDestination(
        new LogGroup(scope, 'Logs', { retention: RetentionDays.ONE_YEAR }),
      ),
      accessLogFormat: apigw.AccessLogFormat.jsonWithStandardFields(),
      ...deploy,
    },
  };
}

/** What no prop of the L2 reaches: the TLS policy, the account's role and the firewall. */
function finish<T extends apigw.RestApiBase>(api: T, { firewall = true } = {}): T {
  const role = new iam.Role(api, 'LogRole', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new apigw.CfnAccount(api, 'LogAccount', { cloudWatchRoleArn: role.roleArn });
  (api.node.defaultChild as apigw.CfnRestApi).securityPolicy = 'TLS_1_2';
  api.deploymentStage.node.addDependency(account);
  if (firewall) {
    new CfnWebACLAssociation(api, 'Waf', {
      webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b',
      resourceArn: api.deploymentStage.stageArn,
    });
  }
  return api;
}

const restApi = (stack: Stack, props: apigw.RestApiProps = {}): apigw.RestApi =>
  finish(new apigw.RestApi(stack, 'Api', { ...settings(stack), ...props }));

const users = (scope: Construct): apigw.IAuthorizer =>
  new apigw.CognitoUserPoolsAuthorizer(scope, 'Users', { cognitoUserPools: [new UserPool(scope, 'Pool')] });

/** A definition as SpecRestApi takes it, every operation for signed callers. */
function definition(handler: IFunction): object {
  const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`;
  return {
    openapi: '3.0.1',
    info: { title: 'Orders', version: '1' },
    paths: {
      '/orders': {
        get: {
          security: [{ signed: [] }],
          responses: {},
          'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri },
        },
      },
    },
    components: {
      securitySchemes: {
        signed: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
      },
    },
  };
}

function specRestApi(stack: Stack, apiDefinition: (handler: IFunction) => apigw.ApiDefinition): void {
  const handler = fn(stack, 'Fn');
  const api = new apigw.SpecRestApi(stack, 'Api', {
    ...settings(stack),
    apiDefinition: apiDefinition(handler),
    failOnWarnings: true,
  });
  handler.addPermission('Invoke', {
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: api.arnForExecuteApi('GET', '/orders', '*'),
  });
  finish(api);
}

/** A response with a status, as integrations that are no proxies need it. */
const ok: apigw.MethodOptions = { ...IAM, methodResponses: [{ statusCode: '200' }] };
const answers: apigw.IntegrationOptions = {
  integrationResponses: [{ statusCode: '200' }],
  passthroughBehavior: apigw.PassthroughBehavior.NEVER,
};

function usagePlans(stack: Stack): void {
  const api = restApi(stack);
  api.root.addMethod('GET', new apigw.LambdaIntegration(fn(stack, 'Fn')), { ...IAM, apiKeyRequired: true });
  const plan = api.addUsagePlan('Partners', {
    throttle: { rateLimit: 10, burstLimit: 20 },
    quota: { limit: 1000, period: apigw.Period.DAY },
    apiStages: [{ api, stage: api.deploymentStage }],
  });
  plan.addApiKey(api.addApiKey('Acme'));
  new apigw.RateLimitedApiKey(stack, 'Limited', {
    apiStages: [{ api, stage: api.deploymentStage }],
    throttle: { rateLimit: 1, burstLimit: 1 },
  });
}

function domain(stack: Stack): void {
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:1:certificate/a');
  const api = restApi(stack, { disableExecuteApiEndpoint: true });
  api.root.addMethod('GET', new apigw.LambdaIntegration(fn(stack, 'Fn')), IAM);
  const name = new apigw.DomainName(stack, 'Domain', {
    domainName: 'api.example.com',
    certificate,
    endpointType: apigw.EndpointType.REGIONAL,
    securityPolicy: apigw.SecurityPolicy.TLS_1_2,
  });
  name.addApiMapping(api.deploymentStage, { basePath: 'shop/v1' });
}

function privateApi(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc');
  const endpoint = vpc.addInterfaceEndpoint('Endpoint', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });
  const api = new apigw.RestApi(stack, 'Api', {
    ...settings(stack),
    endpointTypes: undefined,
    endpointConfiguration: { types: [apigw.EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
  });
  api.grantInvokeFromVpcEndpointsOnly([endpoint]);
  api.root.addMethod('GET', new apigw.LambdaIntegration(fn(stack, 'Fn')), IAM);
  finish(api, { firewall: false });
}

function services(stack: Stack): void {
  const api = restApi(stack);
  const queue = new Queue(stack, 'Queue');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  queue.grantSendMessages(role);
  const sendMessage = new apigw.AwsIntegration({
    service: 'sqs',
    path: `${stack.account}/${queue.queueName}`,
    options: {
      ...answers,
      credentialsRole: role,
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      requestTemplates: { [JSON_BODY]: 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
    },
  });
  const model = api.addModel('Event', { schema: { type: apigw.JsonSchemaType.OBJECT } });
  api.root.addResource('events').addMethod('POST', sendMessage, {
    ...ok,
    requestModels: { [JSON_BODY]: model },
    requestValidatorOptions: { validateRequestBody: true },
  });
  const mock = new apigw.MockIntegration({ ...answers, requestTemplates: { [JSON_BODY]: '{"statusCode": 200}' } });
  api.root.addResource('health').addMethod('GET', mock, ok);
  const http = new apigw.HttpIntegration('https://backend.example.com/items/{id}', {
    options: { requestParameters: { 'integration.request.path.id': 'method.request.path.id' } },
  });
  const item = api.root.addResource('items').addResource('{id}');
  item.addMethod('GET', http, { ...IAM, requestParameters: { 'method.request.path.id': true } });
}

function vpcLink(stack: Stack): void {
  const api = restApi(stack);
  const nlb = new NetworkLoadBalancer(stack, 'Nlb', { vpc: new Vpc(stack, 'Vpc') });
  const link = new apigw.VpcLink(stack, 'Link', { targets: [nlb] });
  const integration = new apigw.Integration({
    type: apigw.IntegrationType.HTTP_PROXY,
    integrationHttpMethod: 'GET',
    uri: 'https://orders.internal.example.com/orders',
    options: { connectionType: apigw.ConnectionType.VPC_LINK, vpcLink: link },
  });
  api.root.addResource('orders').addMethod('GET', integration, IAM);
}

function stepFunctions(stack: Stack): void {
  const stateMachine = new StateMachine(stack, 'Machine', {
    stateMachineType: StateMachineType.EXPRESS,
    definition: new Pass(stack, 'Pass'),
  });
  finish(new apigw.StepFunctionsRestApi(stack, 'Api', { ...settings(stack), stateMachine, defaultMethodOptions: IAM }));
}

/** A function of another stack behind an alias, permitted in the stack of the API. */
function crossStack(stack: Stack): void {
  const other = new Stack(stack.node.root as App, 'Functions', {
    env: { account: stack.account, region: stack.region },
  });
  const imported = (id: string, { functionArn }: IFunction): IFunction =>
    Function.fromFunctionAttributes(stack, id, { functionArn, sameEnvironment: true });
  const live = imported('Live', fn(other, 'Fn').addAlias('live'));
  const authorizer = new apigw.TokenAuthorizer(stack, 'Token', { handler: imported('Check', fn(other, 'Check')) });
  restApi(stack).root.addResource('orders').addMethod('GET', new apigw.LambdaIntegration(live), { authorizer });
}

/** The methods in one nested stack, deployment and stage in another, as the guide of the CDK has it. */
function nestedStacks(stack: Stack): void {
  const { deployOptions, ...props } = settings(stack);
  const api = new apigw.RestApi(stack, 'Api', { ...props, deploy: false });
  const root = api.root.addMethod('GET', new apigw.HttpIntegration('https://orders.example.com'), IAM);
  const inNested = (id: string): { scope: NestedStack; restApi: apigw.IRestApi } => {
    const scope = new NestedStack(stack, id);
    const { restApiId, restApiRootResourceId: rootResourceId } = api;
    return { scope, restApi: apigw.RestApi.fromRestApiAttributes(scope, 'Api', { restApiId, rootResourceId }) };
  };
  const orders = inNested('Orders');
  const handler = new apigw.LambdaIntegration(fn(orders.scope, 'Fn'));
  const method = orders.restApi.root.addResource('orders').addMethod('GET', handler, IAM);
  const live = inNested('Live');
  const deployment = new apigw.Deployment(live.scope, 'Deployment', { api: live.restApi });
  deployment.node.addDependency(root, method);
  api.deploymentStage = new apigw.Stage(live.scope, 'Stage', { ...deployOptions, deployment });
  finish(api);
}

const CASES: Record<string, [routes: string, build: (stack: Stack) => void]> = {
  'SpecRestApi, inline': [
    'GET /orders',
    (stack) => specRestApi(stack, (handler) => apigw.ApiDefinition.fromInline(definition(handler))),
  ],
  'SpecRestApi, an asset': [
    'GET /orders',
    (stack) => specRestApi(stack, () => apigw.ApiDefinition.fromAsset(join(__dirname, 'l2-definition.json'))),
  ],
  'LambdaRestApi, a proxy': [
    'ANY /, ANY /{proxy+}',
    (stack) =>
      void finish(
        new apigw.LambdaRestApi(stack, 'Api', {
          ...settings(stack),
          handler: fn(stack, 'Fn'),
          defaultMethodOptions: { authorizer: users(stack) },
        }),
      ),
  ],
  'LambdaRestApi of resources': [
    'GET /orders',
    (stack) => {
      const options = { proxy: false, handler: fn(stack, 'Fn'), defaultMethodOptions: IAM };
      const api = finish(new apigw.LambdaRestApi(stack, 'Api', { ...settings(stack), ...options }));
      api.root.addResource('orders').addMethod('GET');
    },
  ],
  'a permission for all methods of a function': [
    'DELETE /orders, GET /orders',
    (stack) => {
      const integration = new apigw.LambdaIntegration(fn(stack, 'Fn'), { scopePermissionToMethod: false });
      const orders = restApi(stack).root.addResource('orders');
      orders.addMethod('GET', integration, IAM);
      orders.addMethod('DELETE', integration, IAM);
    },
  ],
  StepFunctionsRestApi: ['ANY /', stepFunctions],
  'usage plans': ['GET /', usagePlans],
  'a domain': ['GET /', domain],
  'services, a mock and an HTTP back end': ['GET /health, GET /items/{id}, POST /events', services],
  'a VPC link': ['GET /orders', vpcLink],
  'functions of another stack': ['GET /orders', crossStack],
  'nested stacks': ['GET /, GET /orders', nestedStacks],
};

test.each(Object.entries(CASES))('nothing is found in %s', (_, [routes, build]) => {
  expect(readL2(build)).toEqual({ routes, found: [] });
});

test('whom the L2 lets in from its endpoints, IAM or not, is found in a private API', () => {
  expect(readL2(privateApi)).toEqual({
    routes: 'GET /',
    found: [
      expect.stringMatching(
        /^REST-AUTH35 \w+ Properties: GET \/ is open to every AWS identity in the networks that the policy names: .* "\*" to everyone$/,
      ),
    ],
  });
});
