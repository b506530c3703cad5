import { Duration, type Stack } from 'aws-cdk-lib';
import { Application, ConfigurationContent, Environment, HostedConfiguration } from 'aws-cdk-lib/aws-appconfig';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DnsRecordType, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoDbAttributeType,
  DynamoDbValue,
  HttpAuthorizer,
  HttpIntegration,
  HttpPrivateProtocol,
  HttpRequestParameter,
  HttpResponseParameter,
  HttpResponseValue,
  RequestValue,
  RestAuthorizer,
  RestIntegration,
  RestPassthroughBehavior,
  RestPrivateProtocol,
  WebSocketAuthorizer,
  WebSocketIntegration,
  WebSocketTokenSource,
} from '../../lib';
import { alb, HOST, nlb, vpcOf } from '../rest/private-support';
import { fn } from '../support/stacks';

/** Something of a stack, made anew for each. */
type Make<T> = (stack: Stack) => T;
/** Factory → what it makes; several with options that change much. */
export type Factories<T> = Readonly<Record<string, readonly Make<T>[]>>;

const table = (stack: Stack) => new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
const machine = (stack: Stack, type = StateMachineType.EXPRESS) =>
  new StateMachine(stack, 'Machine', {
    stateMachineType: type,
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
  });
const queue = (stack: Stack) => new Queue(stack, 'Queue');
const byStage = (stack: Stack) => ({ dev: fn(stack, 'Dev'), prod: fn(stack, 'Prod') });
const action = { service: 'sns', action: 'Publish', iamActions: ['sns:Publish'], resources: ['arn:aws:sns:*:*:x'] };
const id = DynamoDbValue.string(RequestValue.path('id'));
const message = DynamoDbValue.string(RequestValue.bodyField('$.id'));
const attributes = { id: DynamoDbAttributeType.STRING };
const timeout = Duration.seconds(5);
const responses = [
  { statusCode: 200, headers: { 'X-Kind': "'test'" } },
  { selectionPattern: '4\\d{2}', statusCode: 400 },
];
const requestTemplates = { 'application/json': '{"tenant":"$stageVariables.tenant"}' };
const clear = { protocol: HttpPrivateProtocol.HTTP, clearText: 'a mesh encrypts it' };

export const REST: Factories<RestIntegration> = {
  lambda: [
    (s) => RestIntegration.lambda(fn(s, 'Fn')),
    (s) => RestIntegration.lambda(fn(s, 'Fn'), { streamResponse: true }),
  ],
  lambdaByStage: [(s) => RestIntegration.lambdaByStage(byStage(s), { timeout })],
  http: [() => RestIntegration.http('https://example.com/${stageVariables.tenant}/{id}', { timeout })],
  alb: [
    (s) => RestIntegration.alb(alb(s), { host: HOST }),
    (s) => RestIntegration.alb(alb(s), { host: HOST, insecureSkipVerification: 'a private CA' }),
  ],
  albLoadBalancer: [(s) => RestIntegration.albLoadBalancer(alb(s).loadBalancer, { host: HOST })],
  nlb: [(s) => RestIntegration.nlb(nlb(s), { host: HOST, path: '/{id}' })],
  nlbLoadBalancer: [(s) => RestIntegration.nlbLoadBalancer(nlb(s).loadBalancer, { host: HOST })],
  nlbLink: [
    (s) => RestIntegration.nlbLink(nlb(s).loadBalancer, { host: HOST }),
    (s) => RestIntegration.nlbLink(nlb(s).loadBalancer, { protocol: RestPrivateProtocol.HTTP, clearText: 'a mesh' }),
  ],
  mock: [
    () => RestIntegration.mock(),
    () => RestIntegration.mock({ statusCode: 418, body: 'x', contentType: 'text/plain' }),
  ],
  sqs: [(s) => RestIntegration.sqs(queue(s), { messageBody: RequestValue.header('X-Body'), timeout })],
  sns: [(s) => RestIntegration.sns(new Topic(s, 'Topic'), { subject: RequestValue.query('subject') })],
  eventBridge: [
    (s) => RestIntegration.eventBridge(new EventBus(s, 'Bus'), { source: 'a', detailType: RequestValue.literal('b') }),
  ],
  kinesis: [(s) => RestIntegration.kinesis(new Stream(s, 'Stream'), { partitionKey: RequestValue.requestId() })],
  dynamoDbGet: [(s) => RestIntegration.dynamoDbGet(table(s), { key: { id }, attributes })],
  dynamoDbQuery: [
    (s) =>
      RestIntegration.dynamoDbQuery(table(s), {
        keyCondition: 'id = :id',
        expressionValues: { ':id': id },
        attributes,
      }),
  ],
  dynamoDbScan: [(s) => RestIntegration.dynamoDbScan(table(s), { attributes })],
  dynamoDbUpdate: [(s) => RestIntegration.dynamoDbUpdate(table(s), { key: { id }, set: { name: id }, attributes })],
  dynamoDbPut: [(s) => RestIntegration.dynamoDbPut(table(s), { item: { id } })],
  dynamoDbDelete: [(s) => RestIntegration.dynamoDbDelete(table(s), { key: { id } })],
  s3Get: [(s) => RestIntegration.s3Get(new Bucket(s, 'Bucket'), { key: RequestValue.path('id') })],
  s3Put: [(s) => RestIntegration.s3Put(new Bucket(s, 'Bucket'), { key: RequestValue.path('id') })],
  stepFunctionsDescribe: [
    (s) =>
      RestIntegration.stepFunctionsDescribe(machine(s, StateMachineType.STANDARD), {
        executionName: RequestValue.path('id'),
      }),
  ],
  stepFunctionsStart: [(s) => RestIntegration.stepFunctionsStart(machine(s))],
  stepFunctionsStartSync: [(s) => RestIntegration.stepFunctionsStartSync(machine(s))],
  aws: [() => RestIntegration.aws(action), () => RestIntegration.aws({ ...action, requestTemplate: '{}', responses })],
  lambdaCustom: [(s) => RestIntegration.lambdaCustom(fn(s, 'Fn'), { requestTemplates, responses, timeout })],
  httpCustom: [
    () =>
      RestIntegration.httpCustom('https://example.com/{id}', {
        passthroughBehavior: RestPassthroughBehavior.WHEN_NO_TEMPLATES,
        requestParameters: { 'integration.request.header.X-A': RequestValue.header('X-A') },
        responses,
      }),
  ],
};

export const HTTP: Factories<HttpIntegration> = {
  lambda: [
    (s) => HttpIntegration.lambda(fn(s, 'Fn')),
    (s) =>
      HttpIntegration.lambda(fn(s, 'Fn'), {
        responseParameters: { '404': [HttpResponseParameter.overwriteStatusCode(410)] },
      }),
  ],
  lambdaByStage: [(s) => HttpIntegration.lambdaByStage(byStage(s), { timeout })],
  http: [
    () =>
      HttpIntegration.http('https://example.com/${stageVariables.tenant}/{id}', {
        requestParameters: [HttpRequestParameter.appendHeader('X-Id', RequestValue.path('id'))],
        responseParameters: { '200': [HttpResponseParameter.appendHeader('X-B', HttpResponseValue.literal('b'))] },
      }),
  ],
  alb: [
    (s) => HttpIntegration.alb(alb(s), { host: HOST }),
    (s) => HttpIntegration.nlb(nlb(s), { host: HOST, path: '/{id}' }),
  ],
  nlb: [(s) => HttpIntegration.nlb(nlb(s), { host: HOST, timeout })],
  cloudMap: [
    (s) => {
      const namespace = new PrivateDnsNamespace(s, 'Namespace', { vpc: vpcOf(s), name: 'internal' });
      const service = namespace.createService('Stock', { dnsRecordType: DnsRecordType.SRV });
      return HttpIntegration.cloudMap(service, { vpc: vpcOf(s), ...clear });
    },
  ],
  sqs: [(s) => HttpIntegration.sqs(queue(s), { timeout })],
  eventBridge: [
    (s) => HttpIntegration.eventBridge(new EventBus(s, 'Bus'), { source: 'a', detailType: RequestValue.literal('b') }),
  ],
  kinesis: [(s) => HttpIntegration.kinesis(new Stream(s, 'Stream'), { partitionKey: RequestValue.requestId() })],
  stepFunctionsStart: [(s) => HttpIntegration.stepFunctionsStart(machine(s))],
  stepFunctionsStartSync: [(s) => HttpIntegration.stepFunctionsStartSync(machine(s))],
  appConfig: [
    (s) => {
      const application = new Application(s, 'Application');
      const environment = new Environment(s, 'Environment', { application });
      const content = ConfigurationContent.fromInlineText('on');
      return HttpIntegration.appConfig(new HostedConfiguration(s, 'Flags', { application, content }), { environment });
    },
  ],
};

export const WEBSOCKET: Factories<WebSocketIntegration> = {
  lambda: [
    (s) => WebSocketIntegration.lambda(fn(s, 'Fn')),
    (s) => WebSocketIntegration.lambda(fn(s, 'Fn'), { timeout }),
  ],
  lambdaByStage: [(s) => WebSocketIntegration.lambdaByStage(byStage(s))],
  mock: [() => WebSocketIntegration.mock(), () => WebSocketIntegration.mock({ body: '{"pong":true}' })],
  http: [
    () =>
      WebSocketIntegration.http('https://example.com/${stageVariables.tenant}', {
        requestParameters: { 'integration.request.header.X-Kind': RequestValue.bodyField('$.kind') },
      }),
  ],
  nlbLink: [(s) => WebSocketIntegration.nlbLink(nlb(s).loadBalancer, { host: HOST })],
  sqs: [(s) => WebSocketIntegration.sqs(queue(s))],
  dynamoDbGet: [(s) => WebSocketIntegration.dynamoDbGet(table(s), { key: { id: message }, attributes })],
  dynamoDbQuery: [
    (s) =>
      WebSocketIntegration.dynamoDbQuery(table(s), {
        keyCondition: 'id = :id',
        expressionValues: { ':id': message },
        attributes,
      }),
  ],
  dynamoDbScan: [(s) => WebSocketIntegration.dynamoDbScan(table(s), { attributes })],
  dynamoDbUpdate: [
    (s) => WebSocketIntegration.dynamoDbUpdate(table(s), { key: { id: message }, set: { name: message } }),
  ],
  dynamoDbPut: [(s) => WebSocketIntegration.dynamoDbPut(table(s), { item: { id: message } })],
  dynamoDbDelete: [(s) => WebSocketIntegration.dynamoDbDelete(table(s), { key: { id: message } })],
  stepFunctionsStart: [(s) => WebSocketIntegration.stepFunctionsStart(machine(s))],
  aws: [
    () => WebSocketIntegration.aws({ ...action, requestTemplate: '{}' }),
    () =>
      WebSocketIntegration.aws({
        ...action,
        requestTemplates: { a: '{}', $default: '{"b":1}' },
        templateSelectionExpression: '${request.body.kind}',
        responses: [{ template: 'x' }, { selectionPattern: '4\\d\\d', template: 'y' }],
      }),
  ],
};

const issuer = { issuer: 'https://login.example.com/', audience: ['b', 'a'] };
const tokens = { audience: ['a'], scopes: ['read'], resultsCacheTtl: Duration.minutes(1) };
const claims = { requiredClaims: { role: 'x' }, clockTolerance: Duration.seconds(5), algorithms: ['RS256'] };
const tenant = '11111111-2222-3333-4444-555555555555';

export const REST_AUTHORIZERS: Factories<RestAuthorizer> = {
  iam: [() => RestAuthorizer.iam()],
  none: [() => RestAuthorizer.none('a probe')],
  cognito: [(s) => RestAuthorizer.cognito({ userPools: [new UserPool(s, 'Users')], scopes: ['read'] })],
  jwt: [() => RestAuthorizer.jwt({ ...issuer, ...claims })],
  auth0: [() => RestAuthorizer.auth0({ domain: 'x.eu.auth0.com', ...tokens })],
  okta: [() => RestAuthorizer.okta({ domain: 'x.okta.com', ...tokens })],
  entraId: [() => RestAuthorizer.entraId({ tenantId: tenant, ...tokens })],
  lambdaToken: [(s) => RestAuthorizer.lambdaToken(fn(s, 'Decide'), { validationRegex: '^Bearer .+$' })],
  lambdaRequest: [(s) => RestAuthorizer.lambdaRequest(fn(s, 'Decide'))],
  lambda: [
    (s) => RestAuthorizer.lambda(fn(s, 'Decide'), { identitySources: ['method.request.header.X-Key'] }),
    (s) => RestAuthorizer.lambda(fn(s, 'Decide'), { resultsCacheTtl: Duration.seconds(0) }),
  ],
};

export const HTTP_AUTHORIZERS: Factories<HttpAuthorizer> = {
  iam: [() => HttpAuthorizer.iam()],
  none: [() => HttpAuthorizer.none('a probe')],
  cognito: [
    (s) => {
      const userPool = new UserPool(s, 'Users');
      return HttpAuthorizer.cognito({ userPools: [userPool], userPoolClients: [userPool.addClient('Web')] });
    },
  ],
  jwt: [() => HttpAuthorizer.jwt({ ...issuer, scopes: ['read'], identitySource: '$request.querystring.token' })],
  auth0: [() => HttpAuthorizer.auth0({ domain: 'x.eu.auth0.com', audience: ['a'] })],
  okta: [() => HttpAuthorizer.okta({ domain: 'x.okta.com', audience: ['a'] })],
  entraId: [() => HttpAuthorizer.entraId({ tenantId: tenant, audience: ['a'] })],
  lambda: [
    (s) => HttpAuthorizer.lambda(fn(s, 'Decide')),
    (s) => HttpAuthorizer.lambda(fn(s, 'Decide'), { identitySources: ['$request.header.X'], simpleResponses: false }),
  ],
};

export const WEBSOCKET_AUTHORIZERS: Factories<WebSocketAuthorizer> = {
  iam: [() => WebSocketAuthorizer.iam()],
  none: [() => WebSocketAuthorizer.none('a ticker')],
  cognito: [
    (s) => {
      const userPool = new UserPool(s, 'Users');
      return WebSocketAuthorizer.cognito({ userPools: [userPool], userPoolClients: [userPool.addClient('Web')] });
    },
  ],
  jwt: [
    () => WebSocketAuthorizer.jwt({ ...issuer, ...claims }),
    () => WebSocketAuthorizer.jwt({ ...issuer, tokenSources: [WebSocketTokenSource.query()] }),
  ],
  auth0: [() => WebSocketAuthorizer.auth0({ domain: 'x.eu.auth0.com', audience: ['a'] })],
  okta: [() => WebSocketAuthorizer.okta({ domain: 'x.okta.com', audience: ['a'] })],
  entraId: [() => WebSocketAuthorizer.entraId({ tenantId: tenant, audience: ['a'] })],
  lambda: [
    (s) => WebSocketAuthorizer.lambda(fn(s, 'Decide'), { identitySources: ['route.request.querystring.token'] }),
  ],
};
