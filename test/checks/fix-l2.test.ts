import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as v2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { RULES } from '../../lib/checks/registry';
import { findings, type Json } from './support';

const functionIn = (stack: Stack, timeout: Duration): Function =>
  new Function(stack, 'Fn', { runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('//'), timeout });

/** What is wrong with APIs of which nothing is said. */
const FIXED = [
  'ALL-AUTH1',
  'ALL-CORS7',
  'ALL-INT3',
  'ALL-LOG1',
  'ALL-LOG3',
  'ALL-LOG4',
  'ALL-LOG7',
  'ALL-LOG8',
  'ALL-LOG9',
  'ALL-OBS2',
  'ALL-OBS3',
  'ALL-THR1',
  'HTTP-AUTH3',
  'REST-AUTH2',
  'REST-CORS4',
  'REST-KEY1',
  'REST-NET6',
  'REST-OBS1',
  'REST-TLS1',
  'REST-VAL2',
  'REST-WAF1',
  'V2-DEP7',
  'WS-AUTH4',
  'WS-ROUTE13',
  'WS-ROUTE14',
];

const rateLimit = 100;
const burstLimit = 100;
const alarm = { threshold: 1, evaluationPeriods: 1 };
const logged = (fields: object) => apigw.AccessLogFormat.custom(JSON.stringify(fields));

/** APIs as they are where nothing but what is required is said. */
function bare(stack: Stack): void {
  const fn = functionIn(stack, Duration.minutes(5));
  const logs = new LogGroup(stack, 'Logs', { retention: RetentionDays.INFINITE });
  const rest = new apigw.RestApi(stack, 'Rest', {
    cloudWatchRole: true,
    deployOptions: { accessLogDestination: new apigw.LogGroupLogDestination(logs) },
  });
  const orders = rest.root.addResource('orders', {
    defaultCorsPreflightOptions: { allowOrigins: apigw.Cors.ALL_ORIGINS },
  });
  orders.addMethod('POST', new apigw.LambdaIntegration(fn), { apiKeyRequired: true });
  orders.addMethod('GET', new apigw.LambdaIntegration(fn));
  const http = new v2.HttpApi(stack, 'Http', {
    corsPreflight: { allowOrigins: ['*'], allowHeaders: ['Content-Type'] },
  });
  http.addRoutes({ path: '/orders', integration: new HttpLambdaIntegration('Orders', fn) });
  http.addRoutes({ path: '/{proxy+}', integration: new HttpLambdaIntegration('Rest', fn) });
  const socket = new v2.WebSocketApi(stack, 'Socket', {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', fn) },
  });
  new v2.WebSocketStage(stack, 'SocketStage', { webSocketApi: socket, stageName: 'prod' });
}

/** The same, with what the fixes for the L2 say. */
function fixed(stack: Stack): void {
  const fn = functionIn(stack, Duration.seconds(10));
  const encryptionKey = new Key(stack, 'Key');
  const group = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_YEAR, encryptionKey });
  const account = new apigw.CfnAccount(stack, 'Account', { cloudWatchRoleArn: 'arn:aws:iam::123456789012:role/Logs' });
  fixedRest(stack, fn, group).node.addDependency(account);
  const stageOptions = {
    autoDeploy: true,
    throttle: { rateLimit, burstLimit },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new v2.LogGroupLogDestination(group),
      format: logged({
        requestId: '$context.requestId',
        extendedRequestId: '$context.extendedRequestId',
        time: '$context.requestTime',
        ip: '$context.identity.sourceIp',
        route: '$context.routeKey',
        status: '$context.status',
        latency: '$context.integrationLatency',
        integrationStatus: '$context.integrationStatus',
        error: '$context.error.message',
        authorizerError: '$context.authorizer.error',
        connectionId: '$context.connectionId',
      }),
    },
  };

  const http = new v2.HttpApi(stack, 'Http', {
    corsPreflight: { allowOrigins: ['https://app.example.com'], allowHeaders: ['Authorization'] },
    createDefaultStage: false,
    defaultAuthorizer: new HttpIamAuthorizer(),
  });
  const integration = new HttpLambdaIntegration('Orders', fn);
  http.addRoutes({ path: '/orders', methods: [v2.HttpMethod.POST], integration });
  http.metricServerError().createAlarm(stack, 'HttpErrors', alarm);
  const { accessLogSettings } = stageOptions;
  const format = logged({ ...JSON.parse(accessLogSettings.format.toString()), connectionId: undefined });
  new v2.HttpStage(stack, 'HttpStage', {
    ...stageOptions,
    httpApi: http,
    accessLogSettings: { ...accessLogSettings, format },
  });

  const behind = new WebSocketLambdaIntegration('Socket', fn);
  const socket = new v2.WebSocketApi(stack, 'Socket', {
    connectRouteOptions: { integration: behind, authorizer: new WebSocketIamAuthorizer() },
    defaultRouteOptions: { integration: behind, returnResponse: true },
    disconnectRouteOptions: { integration: behind },
  });
  // The L2 grants `*$connect`, in which the checks see no stage.
  for (const route of ['$connect', '$default', '$disconnect']) {
    const sourceArn = socket.arnForExecuteApiV2(route);
    fn.addPermission(`Sockets${route}`, { principal: new ServicePrincipal('apigateway.amazonaws.com'), sourceArn });
  }
  socket.metric('IntegrationError').createAlarm(stack, 'SocketErrors', alarm);
  const stage = new v2.WebSocketStage(stack, 'SocketStage', {
    ...stageOptions,
    webSocketApi: socket,
    stageName: 'prod',
  });
  const l1 = stage.node.defaultChild as v2.CfnStage;
  l1.addPropertyOverride('DefaultRouteSettings.LoggingLevel', 'ERROR');
  stage.node.addDependency(account);
}

function fixedRest(stack: Stack, fn: Function, group: LogGroup): apigw.Stage {
  const field = apigw.AccessLogField;
  const api = new apigw.RestApi(stack, 'Rest', {
    defaultMethodOptions: { authorizationType: apigw.AuthorizationType.IAM },
    endpointConfiguration: { types: [apigw.EndpointType.REGIONAL] },
    cloudWatchRole: false,
    deployOptions: {
      accessLogDestination: new apigw.LogGroupLogDestination(group),
      accessLogFormat: logged({
        requestId: field.contextRequestId(),
        extendedRequestId: field.contextExtendedRequestId(),
        time: field.contextRequestTime(),
        ip: field.contextIdentitySourceIp(),
        method: field.contextHttpMethod(),
        path: field.contextResourcePath(),
        status: field.contextStatus(),
        latency: field.contextResponseLatency(),
        integrationStatus: field.contextIntegrationStatus(),
        error: field.contextErrorMessage(),
      }),
      metricsEnabled: true,
      loggingLevel: apigw.MethodLoggingLevel.ERROR,
      throttlingRateLimit: rateLimit,
      throttlingBurstLimit: burstLimit,
      tracingEnabled: true,
    },
  });
  const l1 = api.node.defaultChild as apigw.CfnRestApi;
  l1.securityPolicy = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';
  l1.endpointAccessMode = 'STRICT';
  const logGroupName = `API-Gateway-Execution-Logs_${api.restApiId}/${api.deploymentStage.stageName}`;
  new LogGroup(stack, 'ExecutionLogs', { logGroupName, retention: RetentionDays.ONE_YEAR });
  new CfnWebACLAssociation(stack, 'Association', {
    resourceArn: api.deploymentStage.stageArn,
    webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b',
  });
  for (const type of [apigw.ResponseType.DEFAULT_4XX, apigw.ResponseType.DEFAULT_5XX]) {
    const responseHeaders = { 'Access-Control-Allow-Origin': "'https://app.example.com'" };
    api.addGatewayResponse(type.responseType, { type, responseHeaders });
  }
  const orders = api.root.addResource('orders', {
    defaultCorsPreflightOptions: { allowOrigins: ['https://app.example.com'], allowHeaders: ['Authorization'] },
  });
  orders.addMethod('POST', new apigw.LambdaIntegration(fn), {
    apiKeyRequired: true,
    requestModels: { 'application/json': api.addModel('Order', { schema: { type: apigw.JsonSchemaType.OBJECT } }) },
    requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true },
  });
  orders.addMethod('GET', new apigw.LambdaIntegration(fn));
  const throttle = { rateLimit, burstLimit };
  const plan = api.addUsagePlan('Plan', { apiStages: [{ stage: api.deploymentStage }], throttle });
  plan.addApiKey(api.addApiKey('Partner'));
  api.metricServerError().createAlarm(stack, 'RestErrors', alarm);
  return api.deploymentStage;
}

function found(build: (stack: Stack) => void): string[] {
  const stack = new Stack(new App(), 'Stack');
  build(stack);
  return [...new Set(findings(Template.fromStack(stack).toJSON() as Json).map(({ id }) => id))].sort();
}

test('what the fixes for the L2 say takes the findings away', () => {
  expect(found(bare)).toEqual(expect.arrayContaining(FIXED));
  expect(RULES.filter(({ id, fix }) => FIXED.includes(id) && fix.l2 === undefined)).toEqual([]);
  expect(found(fixed)).toEqual([]);
});
