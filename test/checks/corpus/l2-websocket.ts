import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat, CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { CfnRouteResponse, type CfnStage, LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { formatOf } from './bases';
import { find, handler, newStack, resourcesNamed } from './l2';
import { type ValueMap } from './patch';

/** The API of websocket-raw as a careful user of the L2 writes it. */
export function webSocketL2(): ValueMap {
  const stack = newStack();
  const fn = handler(stack, 'Fn');
  const check = handler(stack, 'Check');
  const logsKey = new Key(stack, 'LogsKey');
  const logs = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_YEAR, encryptionKey: logsKey });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new CfnAccount(stack, 'Account', { cloudWatchRoleArn: role.roleArn });
  const authorizer = new WebSocketLambdaAuthorizer('tokens', check, {
    identitySource: ['route.request.header.Authorization'],
  });
  const integration = new WebSocketLambdaIntegration('Integration', fn, { timeout: Duration.seconds(29) });
  const api = new WebSocketApi(stack, 'Api', { apiName: 'chat' });
  const connect = api.addRoute('$connect', { integration, authorizer });
  const disconnect = api.addRoute('$disconnect', { integration });
  const other = api.addRoute('$default', { integration });
  const send = api.addRoute('sendMessage', { integration, returnResponse: true });
  const stage = new WebSocketStage(stack, 'Stage', {
    webSocketApi: api,
    stageName: 'prod',
    autoDeploy: true,
    stageVariables: { table: 'messages' },
    throttle: { rateLimit: 1000, burstLimit: 500 },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(formatOf('websocket-raw')),
    },
  });
  (stage.node.defaultChild as CfnStage).addPropertyOverride('DefaultRouteSettings.LoggingLevel', 'ERROR');
  stage.node.addDependency(account);
  const failures = api
    .metric('IntegrationError')
    .createAlarm(stack, 'Failures', { threshold: 1, evaluationPeriods: 1 });
  return resourcesNamed(stack, {
    ...{ Fn: fn, Check: check, Logs: logs, LogsKey: logsKey, Role: role, Account: account, Api: api, Stage: stage },
    ...{ Connect: connect, Disconnect: disconnect, Default: other, SendMessage: send, Failures: failures },
    Integration: connect.node.findChild('Integration'),
    Authorizer: api.node.findChild('tokens'),
    SendMessageResponse: find(send, CfnRouteResponse),
    ...{ FnConnect: find(connect, CfnPermission), FnDisconnect: find(disconnect, CfnPermission) },
    ...{ FnDefault: find(other, CfnPermission), FnSendMessage: find(send, CfnPermission) },
  });
}
