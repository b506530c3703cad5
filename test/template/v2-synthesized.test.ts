import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer,
  HttpJwtAuthorizer,
  WebSocketLambdaAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  HttpAlbIntegration,
  HttpLambdaIntegration,
  HttpSqsIntegration,
  WebSocketLambdaIntegration,
  WebSocketMockIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { sourcesOf } from '../../lib/template/reader/assembly';
import { describeV2Routes, describeV2Stages } from '../../lib/template/describe/v2';
import { type ApiModel, type V2Route } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';

const env = { account: '123456789012', region: 'eu-west-1' };
const handler = (stack: Stack, id: string): lambda.Function =>
  new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('//'),
  });

function http(stack: Stack, list: lambda.IFunction): void {
  const domainName = new apigw.DomainName(stack, 'Domain', {
    domainName: 'api.example.com',
    certificate: Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-west-1:123456789012:certificate/a',
    ),
  });
  const api = new apigw.HttpApi(stack, 'Orders', {
    corsPreflight: { allowOrigins: ['https://app.example.com'], maxAge: Duration.minutes(10) },
    defaultDomainMapping: { domainName, mappingKey: 'v1' },
  });
  api.addRoutes({
    path: '/orders/{id}',
    methods: [apigw.HttpMethod.GET, apigw.HttpMethod.POST],
    integration: new HttpLambdaIntegration('List', list),
    authorizer: new HttpJwtAuthorizer('Users', 'https://issuer.example.com', { jwtAudience: ['web'] }),
    authorizationScopes: ['orders/read'],
  });
  const balancer = new ApplicationLoadBalancer(stack, 'Alb', { vpc: new Vpc(stack, 'Vpc') });
  const defaultAction = ListenerAction.fixedResponse(404);
  const listener = balancer.addListener('Listener', { port: 80, open: false, defaultAction });
  api.addRoutes({
    path: '/{proxy+}',
    integration: new HttpAlbIntegration('Alb', listener, { secureServerName: 'orders.internal' }),
    authorizer: new HttpIamAuthorizer(),
  });
  new apigw.HttpRoute(stack, 'Rest', {
    httpApi: api,
    routeKey: apigw.HttpRouteKey.DEFAULT,
    integration: new HttpSqsIntegration('Queue', { queue: new Queue(stack, 'Queue') }),
  });
  api.addStage('Test', { stageName: 'test', autoDeploy: true, throttle: { rateLimit: 10, burstLimit: 5 } });
}

function webSocket(stack: Stack): void {
  const fn = handler(stack, 'Chat');
  const api = new apigw.WebSocketApi(stack, 'Socket', {
    connectRouteOptions: {
      integration: new WebSocketLambdaIntegration('Connect', fn),
      authorizer: new WebSocketLambdaAuthorizer('Token', fn),
    },
  });
  api.addRoute('ping', { integration: new WebSocketMockIntegration('Ping'), returnResponse: true });
  new apigw.WebSocketStage(stack, 'Live', { webSocketApi: api, stageName: 'live', autoDeploy: true });
}

let model: ApiModel;

beforeAll(() => {
  const app = new App({ analyticsReporting: false });
  const list = handler(new Stack(app, 'Functions', { env }), 'List');
  http(new Stack(app, 'Http', { env }), list);
  webSocket(new Stack(app, 'Chat', { env }));
  const assembly = app.synth();
  model = readModel(
    sourcesOf(assembly.stacks.map(({ templateFullPath }) => ({ path: templateFullPath, region: 'eu-west-1' }))),
  );
});

const route = (routes: readonly V2Route[], key: string): V2Route =>
  routes.find(({ routeKey }) => routeKey === key) as V2Route;

describe('what the constructs of CDK make', () => {
  test('an HTTP API', () => {
    const [api] = model.httpApis;
    expect(api.routes.map(({ routeKey, authorizationType }) => [routeKey, authorizationType])).toEqual([
      ['GET /orders/{id}', 'JWT'],
      ['POST /orders/{id}', 'JWT'],
      ['ANY /{proxy+}', 'AWS_IAM'],
      ['$default', 'NONE'],
    ]);
    expect(api.corsConfiguration).toMatchObject({ allowOrigins: ['https://app.example.com'], maxAge: 600 });
    expect(route(api.routes, 'GET /orders/{id}')).toMatchObject({
      scopes: ['orders/read'],
      authorizer: { type: 'JWT', jwt: { issuer: 'https://issuer.example.com', audience: ['web'] } },
      integration: { payloadFormatVersion: '2.0', lambda: { function: { logicalId: expect.stringMatching(/^List/) } } },
    });
    expect(route(api.routes, 'ANY /{proxy+}').integration).toMatchObject({
      connectionType: 'VPC_LINK',
      targetType: 'application',
      tls: { serverNameToVerify: 'orders.internal' },
    });
    expect(route(api.routes, '$default').integration).toMatchObject({ subtype: 'SQS-SendMessage' });
    expect(api.stages).toMatchObject([
      { stageName: '$default', autoDeploy: true },
      { stageName: 'test', defaultRouteSettings: { throttlingRateLimit: 10, throttlingBurstLimit: 5 } },
    ]);
  });

  test('its domain', () => {
    const [api] = model.httpApis;
    const { template, logicalId } = api.location;
    expect(model.domainNames).toMatchObject([{ domainName: 'api.example.com' }]);
    expect(model.domainMappings).toMatchObject([
      { api: { template, logicalId }, mappingKey: 'v1', stageName: '$default', domain: { template } },
    ]);
  });

  test('a WebSocket API', () => {
    const [api] = model.webSocketApis;
    expect(api.routes.map(({ routeKey, authorizationType }) => [routeKey, authorizationType])).toEqual([
      ['$connect', 'CUSTOM'],
      ['ping', 'NONE'],
    ]);
    expect(route(api.routes, '$connect')).toMatchObject({
      authorizer: { type: 'REQUEST', identitySource: ['route.request.header.Authorization'] },
      integration: { lambda: { function: { logicalId: expect.stringMatching(/^Chat/) } } },
    });
    expect(route(api.routes, 'ping')).toMatchObject({
      integration: { type: 'MOCK' },
      routeResponseSelectionExpression: '$default',
      responses: [{ routeResponseKey: '$default' }],
    });
    expect(api.stages).toMatchObject([{ stageName: 'live', autoDeploy: true }]);
  });

  test('as tables', () => {
    const [api] = model.httpApis;
    expect(describeV2Routes(api)).toEqual([
      expect.objectContaining({
        route: 'GET /orders/{id}',
        authorizer: 'jwt Users [orders/read]',
        integration: expect.stringMatching(/^lambda List/),
        throttle: '$default: –, test: 10/s, burst 5',
      }),
      expect.objectContaining({ route: 'POST /orders/{id}' }),
      expect.objectContaining({ authorizer: 'AWS_IAM', integration: expect.stringMatching(/^alb </) }),
      expect.objectContaining({ route: '$default', authorizer: 'NONE', integration: 'aws SQS-SendMessage' }),
    ]);
    const [chat] = model.webSocketApis;
    expect([...describeV2Stages(api, 'eu-west-1'), ...describeV2Stages(chat)].map(({ url }) => url)).toEqual([
      'https://<api-id>.execute-api.eu-west-1.amazonaws.com/',
      'https://<api-id>.execute-api.eu-west-1.amazonaws.com/test',
      'wss://<api-id>.execute-api.<region>.amazonaws.com/live',
    ]);
    expect(describeV2Routes(chat)).toMatchObject([
      { route: '$connect', authorizer: expect.stringMatching(/^lambda authorizer /) },
      { route: 'ping', integration: 'mock', authorizer: 'NONE', throttle: '–' },
    ]);
  });
});
