import { type Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import {
  ConnectionStore,
  DynamoDbValue,
  HttpIntegration,
  RequestValue,
  RestIntegration,
  WebSocketIntegration,
} from '../../lib';
import { type Json, templateOf } from '../support/stacks';
import { deployed } from '../support/velocity';
import { http, newStack, rest, webSocket } from './support';

const key = (stack: Stack) => new Key(stack, 'Key');
const table = (stack: Stack) =>
  new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING }, encryptionKey: key(stack) });
const queue = (stack: Stack) => new Queue(stack, 'Queue', { encryptionMasterKey: key(stack) });
const topic = (stack: Stack) => new Topic(stack, 'Topic', { masterKey: key(stack) });
const stream = (stack: Stack) => new Stream(stack, 'Stream', { encryptionKey: key(stack) });
const bucket = (stack: Stack) =>
  new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS, encryptionKey: key(stack) });
const bus = (stack: Stack) => new EventBus(stack, 'Bus');
const machine = (stack: Stack, stateMachineType = StateMachineType.EXPRESS) =>
  new StateMachine(stack, 'Machine', {
    stateMachineType,
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
  });
const id = { id: DynamoDbValue.string(RequestValue.context('requestId')) };
const query = { keyCondition: 'id = :id', expressionValues: { ':id': id.id } };
const value = RequestValue.context('requestId');
const event = { source: 'orders', detailType: RequestValue.literal('made') };
const aws = {
  service: 'sns',
  action: 'Publish',
  iamActions: ['sns:Publish'],
  resources: ['arn:aws:sns:eu-west-1:111122223333:t'],
};

const READS = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITES = [...READS, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const on = (resource: string, ...actions: string[]) => actions.map((action) => `${action} on ${resource}`);
const TABLE = (action: string, ...keys: string[]) => [
  ...on('Table.Arn', `dynamodb:${action}`),
  ...on('Key.Arn', ...keys),
];
const SQS = [...on('Queue.Arn', 'sqs:SendMessage'), ...on('Key.Arn', 'kms:Decrypt', 'kms:GenerateDataKey')];
const KINESIS = [...on('Stream.Arn', 'kinesis:PutRecord'), ...on('Key.Arn', 'kms:GenerateDataKey')];

type Make<T> = (stack: Stack) => T;
const REST: Record<string, readonly [Make<RestIntegration>, string[]]> = {
  sqs: [(stack) => RestIntegration.sqs(queue(stack)), SQS],
  sns: [
    (stack) => RestIntegration.sns(topic(stack)),
    [...on('Topic', 'sns:Publish'), ...on('Key.Arn', 'kms:Decrypt', 'kms:GenerateDataKey')],
  ],
  eventBridge: [(stack) => RestIntegration.eventBridge(bus(stack), event), on('Bus.Arn', 'events:PutEvents')],
  kinesis: [(stack) => RestIntegration.kinesis(stream(stack), { partitionKey: value }), KINESIS],
  dynamoDbGet: [(stack) => RestIntegration.dynamoDbGet(table(stack), { key: id }), TABLE('GetItem', ...READS)],
  dynamoDbQuery: [(stack) => RestIntegration.dynamoDbQuery(table(stack), query), TABLE('Query', ...READS)],
  'dynamoDbQuery of an index': [
    (stack) => RestIntegration.dynamoDbQuery(table(stack), { ...query, indexName: 'by' }),
    [...on('Table.Arn/index/by', 'dynamodb:Query'), ...on('Key.Arn', ...READS)],
  ],
  dynamoDbScan: [(stack) => RestIntegration.dynamoDbScan(table(stack)), TABLE('Scan', ...READS)],
  dynamoDbUpdate: [
    (stack) => RestIntegration.dynamoDbUpdate(table(stack), { key: id, remove: ['name'] }),
    TABLE('UpdateItem', ...WRITES),
  ],
  dynamoDbPut: [(stack) => RestIntegration.dynamoDbPut(table(stack), { item: id }), TABLE('PutItem', ...WRITES)],
  dynamoDbDelete: [
    (stack) => RestIntegration.dynamoDbDelete(table(stack), { key: id }),
    TABLE('DeleteItem', ...WRITES),
  ],
  s3Get: [
    (stack) => RestIntegration.s3Get(bucket(stack), { key: RequestValue.literal('a.html'), prefix: 'site/' }),
    [...on('Bucket.Arn/site/a.html', 's3:GetObject'), ...on('Key.Arn', 'kms:Decrypt')],
  ],
  s3Put: [
    (stack) => RestIntegration.s3Put(bucket(stack), { key: RequestValue.query('name'), prefix: 'up/' }),
    [...on('Bucket.Arn/up/*', 's3:PutObject'), ...on('Key.Arn', 'kms:GenerateDataKey')],
  ],
  stepFunctionsDescribe: [
    (stack) =>
      RestIntegration.stepFunctionsDescribe(machine(stack, StateMachineType.STANDARD), { executionName: value }),
    on('arn:aws:states:eu-west-1:111122223333:execution:Machine.Name:*', 'states:DescribeExecution'),
  ],
  stepFunctionsStart: [
    (stack) => RestIntegration.stepFunctionsStart(machine(stack)),
    on('Machine', 'states:StartExecution'),
  ],
  stepFunctionsStartSync: [
    (stack) => RestIntegration.stepFunctionsStartSync(machine(stack)),
    on('Machine', 'states:StartSyncExecution'),
  ],
  aws: [() => RestIntegration.aws(aws), on(aws.resources[0], 'sns:Publish')],
};
const HTTP: Record<string, readonly [Make<HttpIntegration>, string[]]> = {
  sqs: [(stack) => HttpIntegration.sqs(queue(stack)), SQS],
  eventBridge: [(stack) => HttpIntegration.eventBridge(bus(stack), event), on('Bus.Arn', 'events:PutEvents')],
  kinesis: [(stack) => HttpIntegration.kinesis(stream(stack), { partitionKey: value }), KINESIS],
  stepFunctionsStart: [
    (stack) => HttpIntegration.stepFunctionsStart(machine(stack)),
    on('Machine', 'states:StartExecution'),
  ],
  stepFunctionsStartSync: [
    (stack) => HttpIntegration.stepFunctionsStartSync(machine(stack)),
    on('Machine', 'states:StartSyncExecution'),
  ],
};
const SOCKET: Record<string, readonly [Make<WebSocketIntegration>, string[]]> = {
  sqs: [(stack) => WebSocketIntegration.sqs(queue(stack)), SQS],
  dynamoDbGet: [(stack) => WebSocketIntegration.dynamoDbGet(table(stack), { key: id }), TABLE('GetItem', ...READS)],
  dynamoDbQuery: [(stack) => WebSocketIntegration.dynamoDbQuery(table(stack), query), TABLE('Query', ...READS)],
  dynamoDbScan: [(stack) => WebSocketIntegration.dynamoDbScan(table(stack)), TABLE('Scan', ...READS)],
  dynamoDbUpdate: [
    (stack) => WebSocketIntegration.dynamoDbUpdate(table(stack), { key: id, remove: ['name'] }),
    TABLE('UpdateItem', ...WRITES),
  ],
  dynamoDbPut: [(stack) => WebSocketIntegration.dynamoDbPut(table(stack), { item: id }), TABLE('PutItem', ...WRITES)],
  dynamoDbDelete: [
    (stack) => WebSocketIntegration.dynamoDbDelete(table(stack), { key: id }),
    TABLE('DeleteItem', ...WRITES),
  ],
  stepFunctionsStart: [
    (stack) => WebSocketIntegration.stepFunctionsStart(machine(stack)),
    on('Machine', 'states:StartExecution'),
  ],
  aws: [() => WebSocketIntegration.aws(aws), on(aws.resources[0], 'sns:Publish')],
};

/** What the policies whose ids begin so allow, line by line: nothing else is in them. */
function allowed(stack: Stack, prefix: RegExp): string[] {
  return Object.entries<Json>(templateOf(stack).Resources)
    .filter(([name, { Type }]) => /Policy$/.test(Type) && prefix.test(name))
    .flatMap(([, { Properties }]) => deployed(Properties.PolicyDocument).Statement as Json[])
    .flatMap(({ Effect, Action, Resource, ...rest }) => {
      expect([Effect, rest]).toEqual(['Allow', {}]);
      return [Action].flat().flatMap((action) => [Resource].flat().map((to) => `${action} on ${shortened(to)}`));
    })
    .sort();
}

const shortened = (resource: string) => resource.replaceAll(/([A-Za-z]+)[0-9A-F]{8}\b/g, '$1');
const SERVICES = /^ApiServices/;

test.each(Object.entries(REST))('REST %s: API Gateway may do that, and nothing else', (_, [make, lines]) => {
  const stack = newStack();
  rest(stack, { routes: { 'POST /': { integration: make(stack) } } });
  expect(allowed(stack, SERVICES)).toEqual([...lines].sort());
});

test.each(Object.entries(HTTP))('HTTP %s: API Gateway may do that, and nothing else', (_, [make, lines]) => {
  const stack = newStack();
  http(stack, { routes: { 'POST /': { integration: make(stack) } } });
  expect(allowed(stack, SERVICES)).toEqual([...lines].sort());
});

test.each(Object.entries(SOCKET))('WebSocket %s: API Gateway may do that, and nothing else', (_, [make, lines]) => {
  const stack = newStack();
  const $connect = { integration: WebSocketIntegration.mock() };
  webSocket(stack, { routes: { $connect, send: { integration: make(stack) } } });
  expect(allowed(stack, SERVICES)).toEqual([...lines].sort());
});

test('the function that sets the account’s role', () => {
  const stack = newStack();
  rest(stack);
  const found = Object.entries<Json>(templateOf(stack).Resources)
    .filter(([name]) => /AccountLogging\w*Policy/.test(name))
    .map(([name, { Properties }]) => [shortened(name), deployed(Properties.PolicyDocument).Statement]);
  const LOGS = ['CreateLogGroup', 'CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams', 'FilterLogEvents'];
  expect(Object.fromEntries(found)).toEqual({
    ApiGatewayAccountLoggingPolicy: [
      {
        Effect: 'Allow',
        Action: [...LOGS, 'GetLogEvents', 'PutLogEvents'].map((name) => `logs:${name}`),
        Resource: '*',
      },
    ],
    ApiGatewayAccountLoggingHandlerPolicy: [
      {
        Effect: 'Allow',
        Action: ['apigateway:GET', 'apigateway:PATCH'],
        Resource: expect.stringMatching(/^arn:[\w:]+:apigateway:[\w:-]+::\/account$/),
      },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: expect.stringMatching(/^ApiGatewayAccountLoggingRole\w+\.Arn$/),
        Condition: { StringEquals: { 'iam:PassedToService': 'apigateway.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: expect.stringMatching(/^ApiGatewayAccountLoggingHandlerLogs\w+\.Arn$/),
      },
    ],
  });
});

test('the broadcaster of a store', () => {
  const stack = newStack();
  const store = new ConnectionStore(stack, 'Store', { encryptionKey: key(stack) });
  const gateway = webSocket(stack, {
    routes: {
      $connect: { integration: store.connectIntegration() },
      $disconnect: { integration: store.disconnectIntegration() },
    },
  });
  store.broadcaster({
    gateway,
    deadLetterQueue: new Queue(stack, 'Dead', { encryptionMasterKey: new Key(stack, 'Two') }),
  });
  const TABLE_ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Store';
  const lines = allowed(stack, /Broadcaster\w*Policy/).map((line) => line.replace(/arn:\S*:execute-api:[^/]*/, 'API'));
  expect(lines).toEqual(
    [
      ...on(TABLE_ARN, 'dynamodb:DeleteItem', 'dynamodb:Scan'),
      ...on(`${TABLE_ARN}/index/byUser`, 'dynamodb:Query'),
      ...on('Key.Arn', ...WRITES),
      ...on('Dead.Arn', 'sqs:SendMessage'),
      ...on('Two.Arn', 'kms:Decrypt', 'kms:GenerateDataKey'),
      ...on('ApiBroadcasterStoreLogs.Arn', 'logs:CreateLogStream', 'logs:PutLogEvents'),
      ...on('API/prod/POST/@connections/*', 'execute-api:ManageConnections'),
    ].sort(),
  );
});

test('what callers are granted', () => {
  const granted = (grant: (stack: Stack, role: Role) => unknown) => {
    const stack = newStack();
    grant(stack, new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    return allowed(stack, /^Caller/).map((line) => line.replace(/ on arn:.*?:execute-api:[^/]*/, ''));
  };
  expect(granted((stack, role) => rest(stack).grantExecute(role))).toEqual(['execute-api:Invoke/*/*']);
  expect(granted((stack, role) => rest(stack).grantExecute(role, { routes: ['GET /'] }))).toEqual([
    'execute-api:Invoke/*/GET/',
  ]);
  expect(granted((stack, role) => http(stack).grantExecute(role))).toEqual(['execute-api:Invoke/*/*']);
  expect(granted((stack, role) => webSocket(stack).grantExecute(role))).toEqual(['execute-api:Invoke/prod/*']);
  expect(granted((stack, role) => webSocket(stack).grantManageConnections(role, { methods: ['POST'] }))).toEqual([
    'execute-api:ManageConnections/prod/POST/@connections/*',
  ]);
  expect(granted((stack, role) => webSocket(stack).grantManageConnections(role))).toEqual(
    ['DELETE', 'GET', 'POST'].map((method) => `execute-api:ManageConnections/prod/${method}/@connections/*`),
  );
});
