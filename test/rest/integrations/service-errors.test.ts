import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { type Stack } from 'aws-cdk-lib';
import { DynamoDbValue, RequestValue, RestIntegration } from '../../../lib';
import { renderTemplate } from '../../support/velocity';
import { type Routed, routed } from './support';

const id = DynamoDbValue.string(RequestValue.path('id'));
const table = (stack: Stack) => new Table(stack, 'T', { partitionKey: { name: 'id', type: AttributeType.STRING } });
const machine = (stack: Stack) =>
  new StateMachine(stack, 'M', {
    stateMachineType: StateMachineType.EXPRESS,
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'P')),
  });
const any = (service: string) =>
  RestIntegration.aws({ service, action: 'Do', iamActions: [`${service}:Do`], resources: ['*'] });

const made: Record<string, Routed> = {
  sqs: routed('POST /x', (s) => RestIntegration.sqs(new Queue(s, 'Q'))),
  sns: routed('POST /x', (s) => RestIntegration.sns(new Topic(s, 'T'))),
  events: routed('POST /x', (s) =>
    RestIntegration.eventBridge(new EventBus(s, 'B'), { source: 'a', detailType: RequestValue.literal('b') }),
  ),
  kinesis: routed('POST /x', (s) =>
    RestIntegration.kinesis(new Stream(s, 'S'), { partitionKey: RequestValue.requestId() }),
  ),
  get: routed('GET /x/{id}', (s) => RestIntegration.dynamoDbGet(table(s), { key: { id } })),
  query: routed('GET /x/{id}', (s) =>
    RestIntegration.dynamoDbQuery(table(s), { keyCondition: 'id = :id', expressionValues: { ':id': id } }),
  ),
  put: routed('PUT /x/{id}', (s) => RestIntegration.dynamoDbPut(table(s), { item: { id } })),
  delete: routed('DELETE /x/{id}', (s) => RestIntegration.dynamoDbDelete(table(s), { key: { id } })),
  start: routed('POST /x', (s) => RestIntegration.stepFunctionsStart(machine(s))),
  sync: routed('POST /x', (s) => RestIntegration.stepFunctionsStartSync(machine(s))),
  s3Get: routed('GET /x/{id}', (s) => RestIntegration.s3Get(new Bucket(s, 'B'), { key: RequestValue.path('id') })),
  s3Put: routed('PUT /x/{id}', (s) => RestIntegration.s3Put(new Bucket(s, 'B'), { key: RequestValue.path('id') })),
  aws: routed('POST /x', () => any('cognito-idp')),
};

/** What the client gets where the service answers this status and body. */
function answered({ integration, operation }: Routed, status: number, body: string): [number, unknown] {
  const patterns = Object.keys(integration.responses).filter((pattern) => pattern !== 'default');
  const fitting = patterns.filter((pattern) => new RegExp(`^(?:${pattern})$`).test(String(status)));
  // API Gateway takes any of several.
  expect(fitting.length).toBeLessThanOrEqual(1);
  const { statusCode, responseTemplates } = integration.responses[fitting[0] ?? 'default'];
  const answers = new Set(
    [null, ''].map((missing) => {
      const rendered = renderTemplate(responseTemplates['application/json'], { body, missing: missing as null | '' });
      return JSON.stringify([rendered.status ?? Number(statusCode), JSON.parse(rendered.text)]);
    }),
  );
  expect(answers.size).toBe(1);
  const answer = JSON.parse([...answers][0]) as [number, unknown];
  expect(Object.keys(operation.responses)).toContain(String(answer[0]));
  return answer;
}

const MESSAGES: Record<number, string> = {
  400: 'Bad request',
  409: 'Conflict',
  413: 'Payload too large',
  500: 'Internal server error',
  503: 'Service unavailable',
};
const SECRET = 'User: arn:aws:sts::123456789012:assumed-role/secret is not allowed';
const asType = (code: string) => JSON.stringify({ __type: `com.amazonaws#${code}`, message: SECRET });
const asQuery = (code: string) => JSON.stringify({ Error: { Code: code, Message: SECRET, Type: 'Sender' } });
const asXml = (code: string) =>
  `<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${SECRET}</Message></Error></ErrorResponse>`;

type Row = [integration: string, status: number, code: string, answer: number];

const JSON_ERRORS: Row[] = [
  ['events', 400, 'ValidationException', 400],
  ['events', 400, 'ThrottlingException', 503],
  ['events', 400, 'AccessDeniedException', 500],
  ['kinesis', 400, 'InvalidArgumentException', 400],
  ['kinesis', 400, 'ProvisionedThroughputExceededException', 503],
  ['kinesis', 400, 'ThrottlingException', 503],
  ['kinesis', 400, 'KMSThrottlingException', 503],
  ['kinesis', 400, 'KMSAccessDeniedException', 500],
  ['kinesis', 400, 'KMSDisabledException', 500],
  ['kinesis', 400, 'KMSOptInRequired', 500],
  ['kinesis', 400, 'ResourceNotFoundException', 500],
  ['kinesis', 400, 'AccessDeniedException', 500],
  ['get', 400, 'ResourceNotFoundException', 500],
  ['get', 400, 'RequestLimitExceeded', 503],
  ['query', 400, 'ThrottlingException', 503],
  ['query', 400, 'ValidationException', 400],
  ['put', 400, 'ConditionalCheckFailedException', 409],
  ['put', 400, 'ReplicatedWriteConflictException', 409],
  ['put', 400, 'AccessDeniedException', 500],
  ['delete', 400, 'ItemCollectionSizeLimitExceededException', 413],
  ['delete', 400, 'TransactionConflictException', 409],
  ['start', 400, 'ExecutionAlreadyExists', 409],
  ['start', 400, 'ExecutionLimitExceeded', 503],
  ['start', 400, 'KmsThrottlingException', 503],
  ['start', 400, 'KmsAccessDeniedException', 500],
  ['start', 400, 'KmsInvalidStateException', 500],
  ['sync', 400, 'StateMachineTypeNotSupported', 500],
  ['sync', 400, 'InvalidExecutionInput', 400],
  ['aws', 400, 'ValidationException', 400],
  ['aws', 400, 'UsernameExistsException', 400],
  ['aws', 400, 'ResourceNotFoundException', 400],
  ['aws', 400, 'AccessDeniedException', 500],
  ['aws', 400, 'UnrecognizedClientException', 500],
  ['aws', 400, 'KMSInvalidStateException', 500],
  ['aws', 400, 'ThrottlingException', 503],
  ['aws', 400, 'TooManyRequestsException', 503],
];

const QUERY_ERRORS: Row[] = [
  ['sqs', 400, 'InvalidMessageContents', 400],
  ['sqs', 400, 'MissingParameter', 400],
  ['sqs', 400, 'InvalidParameterValue', 400],
  ['sqs', 403, 'RequestThrottled', 503],
  ['sqs', 400, 'RequestThrottled', 503],
  ['sqs', 400, 'KMS.ThrottlingException', 503],
  ['sqs', 400, 'KMS.AccessDeniedException', 500],
  ['sqs', 400, 'KMS.DisabledException', 500],
  ['sqs', 400, 'AWS.SimpleQueueService.NonExistentQueue', 500],
  ['sqs', 403, 'AccessDenied', 500],
  ['sqs', 403, 'SignatureDoesNotMatch', 500],
  ['sns', 400, 'InvalidParameter', 400],
  ['sns', 400, 'ParameterValueInvalid', 400],
  ['sns', 400, 'KMSThrottling', 503],
  ['sns', 400, 'Throttling', 503],
  ['sns', 400, 'KMSAccessDenied', 500],
  ['sns', 400, 'KMSNotFound', 500],
  ['sns', 400, 'EndpointDisabled', 500],
  ['sns', 403, 'AuthorizationError', 500],
  ['sns', 404, 'NotFound', 500],
  ['sns', 429, 'Throttled', 503],
  ['aws', 400, 'ValidationError', 400],
  ['aws', 400, 'Throttling', 503],
  ['aws', 400, 'InvalidClientTokenId', 500],
  ['aws', 400, 'KMS.AccessDeniedException', 500],
  ['aws', 403, 'AccessDenied', 500],
];

const XML_ERRORS: Row[] = [
  ['s3Get', 400, 'KeyTooLongError', 400],
  ['s3Get', 400, 'KMS.DisabledException', 500],
  ['s3Put', 400, 'EntityTooLarge', 413],
  ['s3Put', 400, 'RequestTimeout', 503],
  ['s3Put', 400, 'ExpiredToken', 500],
  ['s3Put', 403, 'AccessDenied', 500],
  ['s3Put', 503, 'SlowDown', 503],
];

describe('an error is blamed on whom it is of', () => {
  test.each([
    ...JSON_ERRORS.map((row) => [...row, asType] as const),
    ...QUERY_ERRORS.flatMap((row) => [[...row, asQuery] as const, [...row, asXml] as const]),
    ...XML_ERRORS.map((row) => [...row, asXml] as const),
  ])('%s: %i %s is %i', (name, status, code, answer, write) => {
    expect(answered(made[name], status, write(code))).toEqual([answer, { message: MESSAGES[answer] }]);
  });

  test.each(Object.keys(made))('%s: what is not known, or no error at all, is never a success', (name) => {
    const unknown = name === 'aws' ? 400 : 500;
    for (const body of ['{}', '{"__type":"Unheard"}', '{"Error":{"Code":"Unheard"}}']) {
      expect(answered(made[name], 400, body)).toEqual([unknown, { message: MESSAGES[unknown] }]);
    }
    expect(answered(made[name], 500, '{}')).toEqual([500, { message: MESSAGES[500] }]);
    expect(answered(made[name], 503, '{}')).toEqual([503, { message: MESSAGES[503] }]);
  });

  test('a code that a client has in its own text is no code', () => {
    const Message = 'Value RequestThrottled" for parameter MessageGroupId is invalid. RequestThrottled\\';
    const body = JSON.stringify({ Error: { Code: 'InvalidParameterValue', Message } });
    expect(answered(made.sqs, 400, body)).toEqual([400, { message: 'Bad request' }]);
  });
});
