import { App, Duration, Stack } from 'aws-cdk-lib';
import { Application, Environment, HostedConfiguration, ConfigurationContent } from 'aws-cdk-lib/aws-appconfig';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  HttpPayloadFormatVersion,
  HttpRequestParameter,
  HttpResponseParameter,
  HttpResponseValue,
  RequestValue,
} from '../../lib';
import { fn, ids, type Json, resource, templateOf } from '../support/stacks';
import { bodyOf, gateway, integrationOf } from './support';

/** One integration behind a route, its role's statements, and the template. */
function bound(make: (stack: Stack) => HttpIntegration, key = 'POST /x/{id}', app?: App) {
  const { stack, api } = gateway({ routes: {} }, app);
  api.addRoute(key, { integration: make(stack) });
  const template = templateOf(stack);
  const [verb, path] = key.split(' ');
  const { Body } = resource(template, 'AWS::ApiGatewayV2::Api').Properties;
  const policies = ids(template, 'AWS::IAM::ManagedPolicy');
  const statements = policies.flatMap((id) => template.Resources[id].Properties.PolicyDocument.Statement);
  return { template, statements, integration: integrationOf(Body, path, verb.toLowerCase()) };
}

const machine = (stack: Stack, stateMachineType?: StateMachineType) =>
  new StateMachine(stack, 'Machine', {
    stateMachineType,
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
  });

test('Lambda: form, timeout and role are those that were asked for', () => {
  const { integration } = bound((stack) =>
    HttpIntegration.lambda(fn(stack, 'Handler'), {
      payloadFormatVersion: HttpPayloadFormatVersion.V1_0,
      timeout: Duration.seconds(30),
    }),
  );
  expect(integration).toMatchObject({ payloadFormatVersion: '1.0', timeoutInMillis: 30_000, httpMethod: 'POST' });
});

test('HTTP: method of the route, path variables in the URL, timeout', () => {
  const { integration } = bound(() =>
    HttpIntegration.http('https://example.com/v1/{id}', { timeout: Duration.millis(50) }),
  );
  expect(integration).toEqual({
    type: 'http_proxy',
    httpMethod: 'POST',
    uri: 'https://example.com/v1/{id}',
    payloadFormatVersion: '1.0',
    timeoutInMillis: 50,
  });
  expect(bound(() => HttpIntegration.http('https://example.com', { method: 'PUT' })).integration.httpMethod).toBe(
    'PUT',
  );
});

describe('parameter mapping', () => {
  const { integration } = bound(() =>
    HttpIntegration.http('https://example.com/', {
      requestParameters: [
        HttpRequestParameter.overwriteHeader('x-user', RequestValue.authorizerContext('claims.sub')),
        HttpRequestParameter.appendHeader('x-order', RequestValue.path('id')),
        HttpRequestParameter.removeHeader('cookie'),
        HttpRequestParameter.overwriteQuery('color', RequestValue.literal('blue')),
        HttpRequestParameter.appendQuery('q', RequestValue.query('search')),
        HttpRequestParameter.removeQuery('debug'),
        HttpRequestParameter.overwritePath(RequestValue.bodyField('$.path')),
      ],
      responseParameters: {
        '500': [
          HttpResponseParameter.overwriteStatusCode(503),
          HttpResponseParameter.appendHeader('x-request', HttpResponseValue.context('requestId')),
        ],
        '200': [
          HttpResponseParameter.removeHeader('server'),
          HttpResponseParameter.overwriteHeader('x-id', HttpResponseValue.bodyField('$.order.id')),
          HttpResponseParameter.overwriteHeader('x-copy', HttpResponseValue.header('etag')),
          HttpResponseParameter.overwriteHeader('x-text', HttpResponseValue.literal('a b')),
        ],
      },
    }),
  );

  test('of requests sets, adds and removes', () => {
    expect(integration.requestParameters).toEqual({
      'append:header.x-order': '$request.path.id',
      'append:querystring.q': '$request.querystring.search',
      'overwrite:header.x-user': '$context.authorizer.claims.sub',
      'overwrite:path': '$request.body.path',
      'overwrite:querystring.color': 'blue',
      'remove:header.cookie': "''",
      'remove:querystring.debug': "''",
    });
  });

  test('of responses goes by status code', () => {
    expect(integration.responseParameters).toEqual({
      '200': {
        'overwrite:header.x-copy': '$response.header.etag',
        'overwrite:header.x-id': '$response.body.order.id',
        'overwrite:header.x-text': 'a b',
        'remove:header.server': "''",
      },
      '500': { 'append:header.x-request': '$context.requestId', 'overwrite:statuscode': '503' },
    });
  });

  test('with path variables is checked for each route that shares the integration', () => {
    const { stack, api } = gateway({ routes: {} });
    const shared = HttpIntegration.lambda(fn(stack, 'Handler'), {
      requestParameters: [HttpRequestParameter.overwriteHeader('x-id', RequestValue.path('id'))],
    });
    api.addRoute('GET /a/{id}', { integration: shared });
    api.addRoute('GET /b/{id}', { integration: shared });
    expect(() => api.addRoute('GET /c', { integration: shared })).toThrow('not a path variable of the route');
  });
});

describe('services', () => {
  test('Amazon SQS, with a key, from a queue that keeps order', () => {
    const { integration, statements } = bound((stack) => {
      const queue = new Queue(stack, 'Queue', { fifo: true, encryptionMasterKey: new Key(stack, 'Key') });
      return HttpIntegration.sqs(queue, {
        messageGroupId: RequestValue.bodyField('$.customer'),
        messageDeduplicationId: RequestValue.header('Idempotency-Key'),
        timeout: Duration.seconds(5),
      });
    });
    expect(integration).toEqual({
      type: 'aws_proxy',
      integrationSubtype: 'SQS-SendMessage',
      payloadFormatVersion: '1.0',
      credentials: { 'Fn::GetAtt': [expect.stringMatching(/^ApiServicessqs/), 'Arn'] },
      timeoutInMillis: 5000,
      requestParameters: {
        QueueUrl: { Ref: expect.stringMatching(/^Queue/) },
        MessageBody: '$request.body',
        MessageGroupId: '$request.body.customer',
        MessageDeduplicationId: '$request.header.Idempotency-Key',
      },
    });
    expect(statements.map(({ Action }) => Action)).toEqual([['kms:Decrypt', 'kms:GenerateDataKey'], 'sqs:SendMessage']);
  });

  test('Amazon EventBridge', () => {
    const { integration, statements } = bound((stack) =>
      HttpIntegration.eventBridge(new EventBus(stack, 'Bus'), {
        source: 'shop.orders',
        detailType: RequestValue.literal('OrderPlaced'),
      }),
    );
    expect(integration).toMatchObject({
      integrationSubtype: 'EventBridge-PutEvents',
      requestParameters: { Source: 'shop.orders', DetailType: 'OrderPlaced', Detail: '$request.body' },
    });
    expect(statements).toEqual([expect.objectContaining({ Action: 'events:PutEvents' })]);
  });

  test('Amazon Kinesis, with a key', () => {
    const { integration, statements } = bound((stack) =>
      HttpIntegration.kinesis(new Stream(stack, 'Stream', { encryption: StreamEncryption.KMS }), {
        partitionKey: RequestValue.requestId(),
      }),
    );
    expect(integration).toMatchObject({
      integrationSubtype: 'Kinesis-PutRecord',
      requestParameters: { Data: '$request.body', PartitionKey: '$context.requestId' },
    });
    expect(statements.map(({ Action }) => Action)).toEqual(['kinesis:PutRecord', 'kms:GenerateDataKey']);
  });

  test.each([
    ['StartExecution', HttpIntegration.stepFunctionsStart, StateMachineType.STANDARD],
    ['StartSyncExecution', HttpIntegration.stepFunctionsStartSync, StateMachineType.EXPRESS],
  ] as const)('AWS Step Functions: %s', (action, make, type) => {
    const { integration, statements } = bound((stack) =>
      make(machine(stack, type), { executionName: RequestValue.path('id') }),
    );
    expect(integration).toMatchObject({
      integrationSubtype: `StepFunctions-${action}`,
      requestParameters: { Input: '$request.body', Name: '$request.path.id' },
    });
    expect(statements).toEqual([
      { Effect: 'Allow', Action: `states:${action}`, Resource: { Ref: expect.stringMatching(/^Machine/) } },
    ]);
  });

  test('AWS AppConfig: one profile of one environment', () => {
    const { integration, statements } = bound((stack) => {
      const application = new Application(stack, 'App');
      const environment = new Environment(stack, 'Env', { application });
      const configuration = new HostedConfiguration(stack, 'Flags', {
        application,
        content: ConfigurationContent.fromInlineJson('{}'),
      });
      return HttpIntegration.appConfig(configuration, { environment });
    });
    expect(integration.integrationSubtype).toBe('AppConfig-GetConfiguration');
    expect(integration.requestParameters).toEqual({
      Application: { Ref: expect.stringMatching(/^App/) },
      ClientId: '$context.identity.sourceIp',
      Configuration: { Ref: expect.stringMatching(/^Flags/) },
      Environment: { Ref: expect.stringMatching(/^Env/) },
    });
    const [{ Action, Resource }] = statements;
    expect(Action).toBe('appconfig:GetConfiguration');
    expect(Resource).toHaveLength(3);
    expect(JSON.stringify(Resource)).not.toContain('*');
  });

  test('of another Region are called there', () => {
    const { stack, api } = gateway({ routes: {} });
    const elsewhere = Queue.fromQueueAttributes(stack, 'Far', { queueArn: 'arn:aws:sqs:us-east-1:111111111111:far' });
    api.addRoute('POST /x', { integration: HttpIntegration.sqs(elsewhere) });
    expect(integrationOf(bodyOf(stack), '/x', 'post').requestParameters.Region).toBeUndefined();
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    const known = new Stack(app, 'Known', { env: { account: '111111111111', region: 'eu-west-1' } });
    const far = Queue.fromQueueAttributes(known, 'Far', { queueArn: 'arn:aws:sqs:us-east-1:111111111111:far' });
    const { integration } = boundIn(known, HttpIntegration.sqs(far));
    expect(integration.requestParameters.Region).toBe('us-east-1');
  });

  test('have one role each, which is there before the API is', () => {
    const { stack, api } = gateway({ routes: {} });
    api.addRoute('POST /a', { integration: HttpIntegration.sqs(new Queue(stack, 'A')) });
    api.addRoute('POST /b', { integration: HttpIntegration.sqs(new Queue(stack, 'B')) });
    const template = templateOf(stack);
    expect(ids(template, 'AWS::IAM::Role')).toHaveLength(1);
    const [policy] = ids(template, 'AWS::IAM::ManagedPolicy');
    expect(template.Resources[policy].Properties.PolicyDocument.Statement).toHaveLength(1);
    expect(resource(template, 'AWS::ApiGatewayV2::Api').DependsOn).toEqual([policy]);
  });
});

function boundIn(stack: Stack, integration: HttpIntegration): { integration: Json } {
  new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'POST /x': { integration } },
  });
  return { integration: integrationOf(bodyOf(stack), '/x', 'post') };
}
