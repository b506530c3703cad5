import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { type Stack } from 'aws-cdk-lib';
import {
  DynamoDbAttributeType,
  DynamoDbValue,
  RequestValue,
  RestContentHandling,
  type RestCustomIntegrationOptions,
  type RestGatewayProps,
  RestIntegration,
  type RestIntegrationResponse,
} from '../../../lib';
import { fn } from '../../support/stacks';
import { custom, ERROR, OK, routed } from './support';

describe('what is wrong is said', () => {
  type Case = [
    message: string,
    key: string,
    make: (stack: Stack) => RestIntegration,
    props?: Partial<RestGatewayProps>,
  ];
  const { path, query, literal, bodyJson, bodyField, header, context, stageVariable } = RequestValue;
  const lambda = (change: Partial<RestCustomIntegrationOptions>) => (stack: Stack) =>
    RestIntegration.lambdaCustom(fn(stack, 'Fn'), { ...custom, ...change });
  const responses = (...given: RestIntegrationResponse[]) => lambda({ responses: given });
  const table = (stack: Stack) => new Table(stack, 'T', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const id = DynamoDbValue.string(path('id'));
  const cases: Case[] = [
    ['is FIFO, and Amazon SQS rejects', 'POST /x', (s) => RestIntegration.sqs(new Queue(s, 'Q', { fifo: true }))],
    [
      'RequestValue.connectionId() is for WebSocket APIs',
      'POST /x',
      (s) => RestIntegration.sqs(new Queue(s, 'Q'), { messageBody: RequestValue.connectionId() }),
    ],
    [
      'messageDeduplicationId is for FIFO queues',
      'POST /x',
      (s) => RestIntegration.sqs(new Queue(s, 'Q'), { messageDeduplicationId: literal('a') }),
    ],
    [
      '"AWS.trace" is not the name of a message attribute',
      'POST /x',
      (s) => RestIntegration.sqs(new Queue(s, 'Q'), { messageAttributes: { 'AWS.trace': literal('a') } }),
    ],
    [
      '10 attributes at most, got: 11',
      'POST /x',
      (s) =>
        RestIntegration.sqs(new Queue(s, 'Q'), {
          messageAttributes: Object.fromEntries([...'abcdefghijk'].map((c) => [c, literal('x')])),
        }),
    ],
    [
      'RequestValue.path("ide") is not a path variable of the route. Did you mean',
      'POST /x/{id}',
      (s) => RestIntegration.sqs(new Queue(s, 'Q'), { messageGroupId: path('ide') }),
    ],
    [
      'Add it to the path: "POST /x/{id}"',
      'POST /x',
      (s) => RestIntegration.sqs(new Queue(s, 'Q'), { messageGroupId: path('id') }),
    ],
    ['contentTypes is empty', 'POST /x', (s) => RestIntegration.sqs(new Queue(s, 'Q'), { contentTypes: [] })],
    ['which is not a media type', 'POST /x', (s) => RestIntegration.sqs(new Queue(s, 'Q'), { contentTypes: ['json'] })],
    [
      'turns "application/json" into bytes',
      'POST /x',
      (s) => RestIntegration.sqs(new Queue(s, 'Q')),
      { binaryMediaTypes: ['*/*'] },
    ],
    ['the topic "T" is FIFO', 'POST /x', (s) => RestIntegration.sns(new Topic(s, 'T', { fifo: true }))],
    [
      'has no content-based deduplication',
      'POST /x',
      (s) => RestIntegration.sns(new Topic(s, 'T', { fifo: true }), { messageGroupId: literal('a') }),
    ],
    [
      'messageDeduplicationId is for FIFO topics',
      'POST /x',
      (s) => RestIntegration.sns(new Topic(s, 'T'), { messageDeduplicationId: literal('a') }),
    ],
    [
      'source "aws.x" must be',
      'POST /x',
      (s) => RestIntegration.eventBridge(new EventBus(s, 'B'), { source: 'aws.x', detailType: literal('a') }),
    ],
    [
      'detailType "" must be',
      'POST /x',
      (s) => RestIntegration.eventBridge(new EventBus(s, 'B'), { source: 'x', detailType: literal('') }),
    ],
    [
      'has no variable "nope"',
      'POST /x',
      (s) => RestIntegration.kinesis(new Stream(s, 'S'), { partitionKey: stageVariable('nope') }),
    ],
    ['key is empty', 'GET /x', (s) => RestIntegration.dynamoDbGet(table(s), { key: {} })],
    [
      'attributes has "a-b"',
      'GET /x/{id}',
      (s) =>
        RestIntegration.dynamoDbGet(table(s), { key: { id }, attributes: { 'a-b': DynamoDbAttributeType.STRING } }),
    ],
    [
      'attributes is empty',
      'GET /x/{id}',
      (s) => RestIntegration.dynamoDbGet(table(s), { key: { id }, attributes: {} }),
    ],
    [
      'uses :a, which expressionValues does not have',
      'GET /x',
      (s) => RestIntegration.dynamoDbQuery(table(s), { keyCondition: 'id = :a', expressionValues: {} }),
    ],
    [
      'uses #a, which expressionNames does not have',
      'DELETE /x/{id}',
      (s) => RestIntegration.dynamoDbDelete(table(s), { key: { id }, condition: '#a > 1' }),
    ],
    [
      'does not use ":b"',
      'PUT /x/{id}',
      (s) => RestIntegration.dynamoDbPut(table(s), { item: { id }, expressionValues: { ':b': id } }),
    ],
    [
      'limit must be a whole number',
      'GET /x/{id}',
      (s) =>
        RestIntegration.dynamoDbQuery(table(s), { keyCondition: 'id = :a', expressionValues: { ':a': id }, limit: 0 }),
    ],
    [
      '"1,5" is not a number',
      'GET /x',
      (s) => RestIntegration.dynamoDbGet(table(s), { key: { id: DynamoDbValue.number(literal('1,5')) } }),
    ],
    [
      'is STANDARD, and StartSyncExecution',
      'POST /x',
      (s) =>
        RestIntegration.stepFunctionsStartSync(
          new StateMachine(s, 'M', { definitionBody: DefinitionBody.fromChainable(new Pass(s, 'P')) }),
        ),
    ],
    ['prefix "/a"', 'GET /x/{id}', (s) => RestIntegration.s3Get(new Bucket(s, 'B'), { key: path('id'), prefix: '/a' })],
    [
      'prefix "a/../b/"',
      'GET /x/{id}',
      (s) => RestIntegration.s3Get(new Bucket(s, 'B'), { key: path('id'), prefix: 'a/../b/' }),
    ],
    ['the key "*" must be', 'GET /x', (s) => RestIntegration.s3Get(new Bucket(s, 'B'), { key: literal('*') })],
    [
      'key cannot come from the body',
      'PUT /x',
      (s) => RestIntegration.s3Put(new Bucket(s, 'B'), { key: bodyField('$.key') }),
    ],
    [
      'picking one of several CORS origins',
      'GET /x',
      (s) => RestIntegration.s3Get(new Bucket(s, 'B'), { key: literal('a') }),
      { cors: { allowOrigins: ['https://a.b', 'https://c.d'] } },
    ],
    ['has no default response', 'POST /x', responses(ERROR)],
    ['two responses have no selectionPattern', 'POST /x', responses(OK, OK)],
    ['two responses have the selectionPattern', 'POST /x', responses(OK, ERROR, ERROR)],
    ['selectionPattern "(" is not a regular expression', 'POST /x', responses(OK, { ...ERROR, selectionPattern: '(' })],
    ['selectionPattern "default" stands for', 'POST /x', responses({ ...OK, selectionPattern: 'default' })],
    ['statusCode must be a whole number from 100 to 599, got: 42', 'POST /x', responses({ statusCode: 42 })],
    ['headers has "X Y"', 'POST /x', responses({ ...OK, headers: { 'X Y': "'a'" } })],
    ['headers has "x-a" twice', 'POST /x', responses({ ...OK, headers: { 'X-A': "'a'", 'x-a': "'a'" } })],
    [
      'or text in single quotes: "\'no-store\'"',
      'POST /x',
      responses({ ...OK, headers: { 'Cache-Control': 'no-store' } }),
    ],
    ['has no requestTemplates, so every request would get a 415 response', 'POST /x', lambda({ requestTemplates: {} })],
    ['requestParameters has "X-A"', 'POST /x', lambda({ requestParameters: { 'X-A': literal('a') } })],
    [
      'has a single quote, which a mapping cannot contain',
      'POST /x',
      lambda({ requestParameters: { 'integration.request.header.X': literal("it's") } }),
    ],
    [
      'the JSON path "$..a"',
      'POST /x',
      (s) =>
        RestIntegration.stepFunctionsStart(StateMachine.fromStateMachineName(s, 'M', 'm'), { input: bodyJson('$..a') }),
    ],
    [
      '"a b" is not the name of a query parameter',
      'POST /x',
      () =>
        RestIntegration.aws({ service: 'x', iamActions: [], resources: [], requestParameters: { a: query('a b') } }),
    ],
    [
      '"a\'b" is not the name of a header parameter',
      'POST /x',
      () =>
        RestIntegration.aws({ service: 'x', iamActions: [], resources: [], requestParameters: { a: header("a'b") } }),
    ],
    [
      'the context variable "a b"',
      'POST /x',
      () =>
        RestIntegration.aws({ service: 'x', iamActions: [], resources: [], requestParameters: { a: context('a b') } }),
    ],
    ['the URL has "{id}"', 'POST /x', () => RestIntegration.httpCustom('https://x.example.com/{id}', custom)],
    [
      'a response with contentHandling and without a template cannot pick one of several CORS origins',
      'POST /x',
      () =>
        RestIntegration.httpCustom('https://x.example.com', {
          ...custom,
          responses: [{ statusCode: 200, contentHandling: RestContentHandling.CONVERT_TO_BINARY }],
        }),
      { cors: { allowOrigins: ['https://a.example.com', 'https://b.example.com'] } },
    ],
  ];

  test.each(cases.map((one) => ({ message: one[0], one })))('$message', ({ one: [message, key, make, props] }) => {
    expect(() => routed(key, make, {}, props)).toThrow(message);
  });
});
