import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType, HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { formatOf } from './bases';
import { find, handler, newStack, resourcesNamed } from './l2';
import { type ValueMap } from './patch';

/** The API of http-raw as a careful user of the L2 writes it, with tokens of a user pool or of a Lambda authorizer. */
export function httpL2(tokens = false): ValueMap {
  const stack = newStack();
  const fn = handler(stack, 'Fn');
  const logsKey = new Key(stack, 'LogsKey');
  const logs = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_YEAR, encryptionKey: logsKey });
  const pool = new UserPool(stack, 'Pool');
  const client = pool.addClient('Client');
  const api = new HttpApi(stack, 'Api', {
    apiName: 'orders',
    createDefaultStage: false,
    corsPreflight: {
      allowOrigins: ['https://app.example.com'],
      allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
      allowHeaders: ['Authorization', 'Content-Type'],
      maxAge: Duration.minutes(10),
    },
    defaultAuthorizer: tokens
      ? new HttpLambdaAuthorizer('users', fn, { responseTypes: [HttpLambdaResponseType.IAM] })
      : new HttpUserPoolAuthorizer('users', pool, { userPoolClients: [client] }),
  });
  const integration = new HttpLambdaIntegration('Integration', fn, {
    timeout: Duration.seconds(29),
    scopePermissionToRoute: false,
  });
  const route = (method: HttpMethod, path: string, scope: string) =>
    api.addRoutes({ path, methods: [method], integration, authorizationScopes: tokens ? undefined : [`orders/${scope}`] })[0];
  const list = route(HttpMethod.GET, '/orders', 'read');
  const create = route(HttpMethod.POST, '/orders', 'write');
  const get = route(HttpMethod.GET, '/orders/{id}', 'read');
  const stage = new HttpStage(stack, 'Stage', {
    httpApi: api,
    autoDeploy: true,
    stageVariables: { table: 'orders' },
    throttle: { rateLimit: 1000, burstLimit: 500 },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(formatOf('http-raw')),
    },
  });
  const failures = api.metricServerError().createAlarm(stack, 'Failures', { threshold: 1, evaluationPeriods: 1 });
  return resourcesNamed(stack, {
    ...{ Fn: fn, Logs: logs, LogsKey: logsKey, Pool: pool, Client: client, Api: api, Stage: stage },
    ...{ ListOrders: list, CreateOrder: create, GetOrder: get, Failures: failures },
    Integration: list.node.findChild('Integration'),
    Authorizer: api.node.findChild('users'),
    FnPermission: find(list, CfnPermission),
  });
}
