import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as v2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ListenerAction, NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { fn } from '../support/stacks';
import { HTTP_FORMAT, WEBSOCKET_FORMAT } from './support';
import { readL2 } from './l2-support';

const ORIGIN = 'https://app.example.com';
const IAM = new authorizers.HttpIamAuthorizer();

/** What a careful user sets on a stage. */
const stageOptions = (stack: Stack, format: string): v2.StageOptions => ({
  autoDeploy: true,
  throttle: { rateLimit: 100, burstLimit: 50 },
  detailedMetricsEnabled: true,
  accessLogSettings: {
    destination: new v2.LogGroupLogDestination(new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_YEAR })),
    format: apigw.AccessLogFormat.custom(format),
  },
});

function httpApi(stack: Stack, props: v2.HttpApiProps = {}): v2.HttpApi {
  const api = new v2.HttpApi(stack, 'Api', { ...props, createDefaultStage: false });
  new v2.HttpStage(stack, 'Stage', { httpApi: api, ...stageOptions(stack, HTTP_FORMAT) });
  return api;
}

const certificate = (stack: Stack) =>
  Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:123456789012:certificate/a');

/** One route with an integration, for signed callers. */
const httpRoute =
  (make: (stack: Stack) => v2.HttpRouteIntegration) =>
  (stack: Stack): void =>
    void httpApi(stack).addRoutes({
      path: '/orders',
      methods: [v2.HttpMethod.GET],
      integration: make(stack),
      authorizer: IAM,
    });

/** One route to a function with an authorizer. */
const authorized =
  (make: (stack: Stack) => v2.IHttpRouteAuthorizer, scopes?: string[]) =>
  (stack: Stack): void =>
    void httpApi(stack).addRoutes({
      path: '/orders/{id}',
      methods: [v2.HttpMethod.GET, v2.HttpMethod.PUT],
      integration: new integrations.HttpLambdaIntegration('Fn', fn(stack, 'Fn')),
      authorizer: make(stack),
      authorizationScopes: scopes,
    });

function httpDomain(stack: Stack): void {
  const domainName = new v2.DomainName(stack, 'Domain', {
    domainName: 'api.example.com',
    certificate: certificate(stack),
    securityPolicy: v2.SecurityPolicy.TLS_1_2,
  });
  const api = new v2.HttpApi(stack, 'Api', {
    createDefaultStage: false,
    disableExecuteApiEndpoint: true,
    corsPreflight: {
      allowOrigins: [ORIGIN],
      allowMethods: [v2.CorsHttpMethod.GET],
      allowHeaders: ['authorization'],
      maxAge: Duration.hours(1),
    },
    defaultAuthorizer: new authorizers.HttpJwtAuthorizer('Users', 'https://login.example.com', {
      jwtAudience: ['orders'],
    }),
    defaultAuthorizationScopes: ['orders/read'],
  });
  new v2.HttpStage(stack, 'Stage', {
    httpApi: api,
    ...stageOptions(stack, HTTP_FORMAT),
    domainMapping: { domainName, mappingKey: 'shop/v1' },
  });
  const alias = fn(stack, 'Fn').addAlias('live');
  const integration = new integrations.HttpLambdaIntegration('Fn', alias, { timeout: Duration.seconds(10) });
  api.addRoutes({ path: '/orders', methods: [v2.HttpMethod.GET], integration });
}

/** A VPC, and a link into it with a security group of its own. */
function network(stack: Stack): { vpc: Vpc; secure: { vpcLink: v2.IVpcLink; secureServerName: string } } {
  const vpc = new Vpc(stack, 'Vpc');
  const vpcLink = new v2.VpcLink(stack, 'Link', { vpc, securityGroups: [new SecurityGroup(stack, 'Group', { vpc })] });
  return { vpc, secure: { vpcLink, secureServerName: 'orders.example.com' } };
}

function alb(stack: Stack): v2.HttpRouteIntegration {
  const { vpc, secure } = network(stack);
  const listener = new ApplicationLoadBalancer(stack, 'Alb', { vpc }).addListener('Listener', {
    port: 443,
    certificates: [certificate(stack)],
    defaultAction: ListenerAction.fixedResponse(404),
    open: false,
  });
  return new integrations.HttpAlbIntegration('Alb', listener, secure);
}

function nlb(stack: Stack): v2.HttpRouteIntegration {
  const { vpc, secure } = network(stack);
  const balancer = new NetworkLoadBalancer(stack, 'Nlb', { vpc });
  const listener = balancer.addListener('Listener', { port: 443, certificates: [certificate(stack)] });
  listener.addTargets('Targets', { port: 443 });
  return new integrations.HttpNlbIntegration('Nlb', listener, secure);
}

function cloudMap(stack: Stack): v2.HttpRouteIntegration {
  const { vpc, secure } = network(stack);
  const service = new PrivateDnsNamespace(stack, 'Names', { vpc, name: 'internal' }).createService('Service');
  return new integrations.HttpServiceDiscoveryIntegration('Map', service, secure);
}

function stateMachine(stack: Stack): v2.HttpRouteIntegration {
  const machine = new StateMachine(stack, 'Machine', {
    stateMachineType: StateMachineType.EXPRESS,
    definition: new Pass(stack, 'Pass'),
  });
  return new integrations.HttpStepFunctionsIntegration('Machine', {
    stateMachine: machine,
    subtype: v2.HttpIntegrationSubtype.STEPFUNCTIONS_START_SYNC_EXECUTION,
  });
}

function webSocketApi(stack: Stack, authorizer: v2.IWebSocketRouteAuthorizer, domain = false): v2.WebSocketApi {
  const handler = fn(stack, 'Fn');
  const integration = new integrations.WebSocketLambdaIntegration('Fn', handler);
  const role = new iam.Role(stack, 'LogRole', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new apigw.CfnAccount(stack, 'LogAccount', { cloudWatchRoleArn: role.roleArn });
  const api = new v2.WebSocketApi(stack, 'Api', {
    connectRouteOptions: { integration, authorizer },
    disconnectRouteOptions: { integration },
    defaultRouteOptions: { integration: new integrations.WebSocketLambdaIntegration('Other', handler) },
  });
  api.addRoute('sendMessage', { integration, returnResponse: true });
  const stage = new v2.WebSocketStage(stack, 'Stage', {
    webSocketApi: api,
    stageName: 'prod',
    ...stageOptions(stack, WEBSOCKET_FORMAT),
    ...(domain && {
      domainMapping: {
        domainName: new v2.DomainName(stack, 'Domain', {
          domainName: 'chat.example.com',
          certificate: certificate(stack),
        }),
      },
    }),
  });
  const settings = 'DefaultRouteSettings.LoggingLevel';
  (stage.node.defaultChild as v2.CfnStage).addPropertyOverride(settings, 'ERROR');
  stage.node.addDependency(account);
  stage.grantManagementApiAccess(handler);
  return api;
}

const CHAT = '$connect, $default, $disconnect, sendMessage';

const CASES: Record<string, [routes: string, build: (stack: Stack) => void]> = {
  'an HTTP API with a JWT authorizer': [
    'GET /orders/{id}, PUT /orders/{id}',
    authorized(
      () => new authorizers.HttpJwtAuthorizer('Users', 'https://login.example.com', { jwtAudience: ['orders'] }),
      ['orders/read'],
    ),
  ],
  'an HTTP API with a user pool': [
    'GET /orders/{id}, PUT /orders/{id}',
    authorized((stack) => new authorizers.HttpUserPoolAuthorizer('Users', new UserPool(stack, 'Pool'))),
  ],
  'an HTTP API with a Lambda authorizer': [
    'GET /orders/{id}, PUT /orders/{id}',
    authorized(
      (stack) =>
        new authorizers.HttpLambdaAuthorizer('Check', fn(stack, 'Check'), {
          responseTypes: [authorizers.HttpLambdaResponseType.SIMPLE],
          identitySource: ['$request.header.Authorization', '$context.routeKey'],
        }),
    ),
  ],
  'an HTTP API on a domain, with CORS, in front of an alias': ['GET /orders', httpDomain],
  'an HTTP API in front of an ALB': ['GET /orders', httpRoute(alb)],
  'an HTTP API in front of an NLB': ['GET /orders', httpRoute(nlb)],
  'an HTTP API in front of a Cloud Map service': ['GET /orders', httpRoute(cloudMap)],
  'an HTTP API in front of a URL': [
    'GET /orders',
    httpRoute(() => new integrations.HttpUrlIntegration('Url', 'https://orders.example.com')),
  ],
  'an HTTP API in front of a queue': [
    'GET /orders',
    httpRoute((stack) => new integrations.HttpSqsIntegration('Queue', { queue: new Queue(stack, 'Queue') })),
  ],
  'an HTTP API in front of an event bus': [
    'GET /orders',
    httpRoute(
      (stack) =>
        new integrations.HttpEventBridgeIntegration('Bus', { eventBusRef: new EventBus(stack, 'Bus').eventBusRef }),
    ),
  ],
  'an HTTP API in front of a state machine': ['GET /orders', httpRoute(stateMachine)],
  'a WebSocket API with a Lambda authorizer': [
    CHAT,
    (stack) =>
      void webSocketApi(
        stack,
        new authorizers.WebSocketLambdaAuthorizer('Check', fn(stack, 'Check'), {
          identitySource: ['route.request.header.Authorization'],
        }),
      ),
  ],
  'a WebSocket API for signed callers, on a domain': [
    CHAT,
    (stack) => void webSocketApi(stack, new authorizers.WebSocketIamAuthorizer(), true),
  ],
  'a WebSocket API with a service and a mock': [
    `${CHAT.replace('sendMessage', 'ping, sendMessage')}, store`,
    (stack) => {
      const api = webSocketApi(stack, new authorizers.WebSocketIamAuthorizer());
      api.addRoute('ping', {
        integration: new integrations.WebSocketMockIntegration('Ping', {
          requestTemplates: { $default: '{"statusCode":200}' },
          templateSelectionExpression: '\\$default',
        }),
        returnResponse: true,
      });
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
      const queue = new Queue(stack, 'Queue');
      queue.grantSendMessages(role);
      api.addRoute('store', {
        integration: new integrations.WebSocketAwsIntegration('Queue', {
          integrationUri: `arn:${stack.partition}:apigateway:${stack.region}:sqs:path/${stack.account}/${queue.queueName}`,
          integrationMethod: 'POST',
          credentialsRole: role,
          passthroughBehavior: v2.PassthroughBehavior.NEVER,
          requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
          requestTemplates: { $default: 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
          templateSelectionExpression: '\\$default',
        }),
      });
    },
  ],
};

test.each(Object.entries(CASES))('nothing is found in %s', (_, [routes, build]) => {
  expect(readL2(build)).toEqual({ routes, found: [] });
});
