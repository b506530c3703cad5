import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { type Construct } from 'constructs';
import { RequestValue, RestIntegration } from '../../../lib';
import { renderTemplate } from '../../support/velocity';
import { everyText, type Routed, routed } from './support';

const machine = (scope: Construct, stateMachineType: StateMachineType) =>
  new StateMachine(scope, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Pass')),
    stateMachineType,
  });

/** Status and body as a client gets them. */
function answered({ answers, integration }: Routed, pattern: string, answer: unknown, missing: null | '' = null) {
  const { status, text } = renderTemplate(answers[pattern], { body: JSON.stringify(answer), missing });
  return [status ?? Number(integration.responses[pattern].statusCode), text === '' ? '' : JSON.parse(text)];
}

describe('stepFunctionsStart', () => {
  const start = routed('POST /jobs', (stack) =>
    RestIntegration.stepFunctionsStart(machine(stack, StateMachineType.STANDARD), {
      executionName: RequestValue.header('Idempotency-Key'),
    }),
  );
  const sync = routed('POST /sums', (stack) =>
    RestIntegration.stepFunctionsStartSync(machine(stack, StateMachineType.EXPRESS)),
  );

  test('starts with the body as input, whatever is in it', () => {
    everyText((one, two) => {
      const body = JSON.stringify({ [two]: one });
      const { input, ...rest } = JSON.parse(
        renderTemplate(start.request, { body, header: { 'Idempotency-Key': one } }).text,
      );
      expect(rest).toEqual({ stateMachineArn: expect.stringMatching(/^Machine\w+$/), name: one });
      expect(JSON.parse(input)).toEqual({ [two]: one });
      expect(JSON.parse(JSON.parse(renderTemplate(sync.request, { body }).text).input)).toEqual({ [two]: one });
    });
  });

  test('may start that machine only, in that way only', () => {
    const statement = (Action: string) => [
      { Effect: 'Allow', Action, Resource: expect.stringMatching(/^Machine\w+$/) },
    ];
    expect(start.policies.statesPolicy).toEqual(statement('states:StartExecution'));
    expect(sync.policies.statesPolicy).toEqual(statement('states:StartSyncExecution'));
    expect(sync.integration.uri).toBe('arn:aws:apigateway:eu-west-1:states:action/StartSyncExecution');
  });

  test('answers with the execution, or the output', () => {
    const executionArn = 'arn:aws:states:eu-west-1:1:execution:a:b';
    expect(answered(start, '2\\d{2}', { executionArn })).toEqual([202, { executionArn }]);
    expect(answered(sync, '2\\d{2}', { status: 'SUCCEEDED', output: '{"sum":3}' })).toEqual([200, { sum: 3 }]);
    expect(answered(sync, '2\\d{2}', { status: 'FAILED', error: 'E', cause: 'secret' })).toEqual([
      502,
      { message: 'Bad gateway' },
    ]);
    expect(answered(sync, '2\\d{2}', { status: 'TIMED_OUT' })).toEqual([504, { message: 'Gateway timeout' }]);
    expect(answered(start, '400', { __type: 'com.amazonaws#ExecutionAlreadyExists' })).toEqual([
      409,
      { message: 'Conflict' },
    ]);
    expect(answered(start, '400', { __type: 'StateMachineDoesNotExist' })).toEqual([
      500,
      { message: 'Internal server error' },
    ]);
  });
});

describe('stepFunctionsDescribe', () => {
  const describeJob = routed('GET /jobs/{id}', (stack) =>
    RestIntegration.stepFunctionsDescribe(machine(stack, StateMachineType.STANDARD), {
      executionName: RequestValue.path('id'),
    }),
  );

  test('asks for an execution of that machine, whatever the name is', () => {
    everyText((one) => {
      const { executionArn, ...rest } = JSON.parse(renderTemplate(describeJob.request, { path: { id: one } }).text);
      expect(rest).toEqual({});
      const [start, end] = [
        executionArn.slice(0, executionArn.length - one.length),
        executionArn.slice(executionArn.length - one.length),
      ];
      expect(start).toMatch(/^arn:aws:states:eu-west-1:123456789012:execution:Machine\w+\.Name:$/);
      expect(end).toBe(one);
    });
  });

  test('may describe executions of that machine only', () => {
    const Resource = expect.stringMatching(/^arn:aws:states:eu-west-1:123456789012:execution:Machine\w+\.Name:\*$/);
    expect(describeJob.policies.statesPolicy).toEqual([
      { Effect: 'Allow', Action: 'states:DescribeExecution', Resource },
    ]);
  });

  test('responds with the state, and with the output once there is one', () => {
    const asked = (answer: object) => answered(describeJob, '2\\d{2}', answer);
    expect(asked({ status: 'RUNNING' })).toEqual([200, { status: 'RUNNING' }]);
    expect(asked({ status: 'SUCCEEDED', output: '{"sum":3}' })).toEqual([
      200,
      { status: 'SUCCEEDED', output: { sum: 3 } },
    ]);
    expect(asked({ status: 'FAILED', error: 'E', cause: 'secret' })).toEqual([200, { status: 'FAILED' }]);
    expect(answered(describeJob, '400', { __type: 'x#ExecutionDoesNotExist' })).toEqual([
      404,
      { message: 'Not found' },
    ]);
    expect(answered(describeJob, '400', { __type: 'x#InvalidArn' })).toEqual([400, { message: 'Bad request' }]);
    expect(answered(describeJob, '400', { __type: 'AccessDeniedException' })).toEqual([
      500,
      { message: 'Internal server error' },
    ]);
  });

  test('an imported machine is known by its ARN', () => {
    const { policies, request } = routed('GET /jobs/{id}', (stack) =>
      RestIntegration.stepFunctionsDescribe(
        StateMachine.fromStateMachineArn(stack, 'M', 'arn:aws:states:eu-west-1:123456789012:stateMachine:jobs'),
        { executionName: RequestValue.path('id') },
      ),
    );
    const arn = 'arn:aws:states:eu-west-1:123456789012:execution:jobs:';
    expect(policies.statesPolicy[0].Resource).toBe(`${arn}*`);
    expect(JSON.parse(renderTemplate(request, { path: { id: 'a' } }).text)).toEqual({ executionArn: `${arn}a` });
  });

  test('an express machine has no executions to ask for', () => {
    const make = () =>
      routed('GET /jobs/{id}', (stack) =>
        RestIntegration.stepFunctionsDescribe(machine(stack, StateMachineType.EXPRESS), {
          executionName: RequestValue.path('id'),
        }),
      );
    expect(make).toThrow('is EXPRESS, and Step Functions describes executions of STANDARD ones only');
  });
});

describe('s3', () => {
  const bucket = (scope: Construct) => new Bucket(scope, 'Bucket', { encryptionKey: new Key(scope, 'Key') });
  const key = RequestValue.path('key');
  const get = routed('GET /files/{key+}', (stack) => RestIntegration.s3Get(bucket(stack), { key, prefix: 'public/' }));
  const put = routed('PUT /files/{key+}', (stack) => RestIntegration.s3Put(bucket(stack), { key }));

  test('reads an object under the prefix, and passes its bytes on', () => {
    expect(get.integration).toMatchObject({
      type: 'aws',
      httpMethod: 'GET',
      uri: expect.stringMatching(/^arn:aws:apigateway:eu-west-1:s3:path\/Bucket\w+\/public\/\{key\}$/),
      requestParameters: { 'integration.request.path.key': 'method.request.path.key' },
      passthroughBehavior: 'when_no_templates',
    });
    expect(get.integration.requestTemplates).toBeUndefined();
    expect(get.answers['2\\d{2}']).toBeUndefined();
    expect(get.integration.responses['2\\d{2}'].responseParameters).toMatchObject({
      'method.response.header.Content-Type': 'integration.response.header.Content-Type',
    });
    expect(Object.keys(get.operation.responses['200'].headers)).toEqual(['Content-Type', 'ETag', 'Last-Modified']);
    expect(answered(get, '40[34]', {})).toEqual([404, { message: 'Not found' }]);
  });

  test('goes with all media types binary, since no template reads the body', () => {
    const bytes = routed(
      'PUT /files/{key+}',
      (stack) => RestIntegration.s3Put(bucket(stack), { key }),
      {},
      { binaryMediaTypes: ['*/*'] },
    );
    expect(bytes.integration.requestTemplates).toBeUndefined();
  });

  test('writes an object with its content type', () => {
    expect(put.integration).toMatchObject({
      httpMethod: 'PUT',
      requestParameters: {
        'integration.request.path.key': 'method.request.path.key',
        'integration.request.header.Content-Type': 'method.request.header.Content-Type',
      },
    });
    expect(put.operation.parameters.map(({ name }: { name: string }) => name)).toEqual(['key', 'Content-Type']);
  });

  test('may read what is under the prefix, or write, in that bucket', () => {
    const [read] = Object.values(get.policies);
    expect(read).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: expect.stringMatching(/^Key\w+\.Arn$/) },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: expect.stringMatching(/^Bucket\w+\.Arn\/public\/\*$/) },
    ]);
    const [write] = Object.values(put.policies);
    expect(write).toEqual([
      { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: expect.stringMatching(/^Key\w+\.Arn$/) },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: expect.stringMatching(/^Bucket\w+\.Arn\/\*$/) },
    ]);
  });

  test('of two buckets each has a role of its own', () => {
    const object = (name: string) =>
      routed('GET /x', (stack) =>
        RestIntegration.s3Get(new Bucket(stack, name), { key: RequestValue.literal('a/index.html') }),
      );
    const [one, two] = [object('One'), object('Two')];
    expect(Object.keys(one.policies)[0]).toMatch(/^s3One/);
    expect(Object.keys(two.policies)[0]).toMatch(/^s3Two/);
    expect(Object.values(one.policies)[0][0].Resource).toMatch(/^One\w+\.Arn\/a\/index\.html$/);
    expect(one.integration.uri).toMatch(/\/One\w+\/a\/index\.html$/);
  });
});

describe('kinesis', () => {
  const put = routed('POST /clicks/{user}', (stack) =>
    RestIntegration.kinesis(
      new Stream(stack, 'Stream', { encryption: StreamEncryption.KMS, encryptionKey: new Key(stack, 'Key') }),
      {
        partitionKey: RequestValue.path('user'),
      },
    ),
  );

  test('puts one record, whatever is in it', () => {
    everyText((one, two) => {
      const { Data, ...record } = JSON.parse(renderTemplate(put.request, { body: two, path: { user: one } }).text);
      expect(record).toEqual({ StreamARN: expect.stringMatching(/^Stream\w+\.Arn$/), PartitionKey: one });
      expect(Buffer.from(Data, 'base64').toString('utf8')).toBe(two);
    });
  });

  test('may put records on that stream and use its key', () => {
    expect(put.policies.kinesisPolicy).toEqual([
      { Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: expect.stringMatching(/^Stream\w+\.Arn$/) },
      { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: expect.stringMatching(/^Key\w+\.Arn$/) },
    ]);
  });
});
