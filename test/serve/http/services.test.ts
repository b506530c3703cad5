import { type HttpCall } from '../../../lib/serve/backends';
import { serviceRequest } from '../../../lib/serve/http/services';
import { TestGateway } from './support';

function made(subtype: string, parameters: Record<string, string>): Record<string, unknown> {
  const { url, headers, body, service } = serviceRequest(subtype, parameters, 'eu-west-1') as HttpCall;
  const text = Buffer.from(body).toString('utf8');
  const fields = Object.fromEntries(headers);
  const content = fields['Content-Type']?.includes('json')
    ? JSON.parse(text)
    : Object.fromEntries(new URLSearchParams(text));
  return { url, target: fields['X-Amz-Target'], content, action: service?.action, region: service?.region };
}

const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/123456789012/q';
const sqs = (action: string, content: Record<string, string>) => ({
  url: 'https://sqs.eu-west-1.amazonaws.com/',
  target: undefined,
  content: { Action: action, Version: '2012-11-05', QueueUrl: QUEUE, ...content },
  ...{ action, region: 'eu-west-1' },
});
const json = (host: string, target: string, content: unknown) => ({
  ...{ url: `https://${host}.eu-west-1.amazonaws.com/`, target, content },
  ...{ action: target.split('.')[1], region: 'eu-west-1' },
});

test.each([
  [
    'SQS-SendMessage',
    {
      QueueUrl: QUEUE,
      MessageBody: 'a&b',
      DelaySeconds: '3',
      MessageAttributes: '{"k":{"DataType":"String","StringValue":"v"}}',
    },
    sqs('SendMessage', {
      ...{ MessageBody: 'a&b', DelaySeconds: '3', 'MessageAttribute.1.Name': 'k' },
      ...{ 'MessageAttribute.1.Value.DataType': 'String', 'MessageAttribute.1.Value.StringValue': 'v' },
    }),
  ],
  [
    'SQS-ReceiveMessage',
    { QueueUrl: QUEUE, AttributeName: '["All"]', MessageAttributeNames: 'a, b', WaitTimeSeconds: '1' },
    sqs('ReceiveMessage', {
      'AttributeName.1': 'All',
      'MessageAttributeName.1': 'a',
      'MessageAttributeName.2': 'b',
      WaitTimeSeconds: '1',
    }),
  ],
  ['SQS-DeleteMessage', { QueueUrl: QUEUE, ReceiptHandle: 'r' }, sqs('DeleteMessage', { ReceiptHandle: 'r' })],
  ['SQS-PurgeQueue', { QueueUrl: QUEUE }, sqs('PurgeQueue', {})],
  [
    'EventBridge-PutEvents',
    {
      Detail: '{"a":1}',
      DetailType: 't',
      Source: 's',
      EventBusName: 'b',
      Resources: '["x","y"]',
      Time: '2026-01-01T00:00:00Z',
    },
    json('events', 'AWSEvents.PutEvents', {
      Entries: [
        { Detail: '{"a":1}', DetailType: 't', Source: 's', EventBusName: 'b', Resources: ['x', 'y'], Time: 1767225600 },
      ],
    }),
  ],
  [
    'Kinesis-PutRecord',
    { StreamName: 's', Data: 'ZA==', PartitionKey: 'p' },
    json('kinesis', 'Kinesis_20131202.PutRecord', { StreamName: 's', Data: 'ZA==', PartitionKey: 'p' }),
  ],
  [
    'StepFunctions-StartExecution',
    { StateMachineArn: 'm', Name: 'n', Input: '{}' },
    json('states', 'AWSStepFunctions.StartExecution', { stateMachineArn: 'm', name: 'n', input: '{}' }),
  ],
  [
    'StepFunctions-StartSyncExecution',
    { StateMachineArn: 'm', TraceHeader: 't' },
    json('sync-states', 'AWSStepFunctions.StartSyncExecution', { stateMachineArn: 'm', traceHeader: 't' }),
  ],
  [
    'StepFunctions-StopExecution',
    { ExecutionArn: 'e', Cause: 'c', Error: 'x' },
    json('states', 'AWSStepFunctions.StopExecution', { executionArn: 'e', cause: 'c', error: 'x' }),
  ],
  [
    'AppConfig-GetConfiguration',
    { Application: 'a b', Environment: 'e', Configuration: 'c', ClientId: 'i&', ClientConfigurationVersion: '2' },
    {
      url: 'https://appconfig.eu-west-1.amazonaws.com/applications/a%20b/environments/e/configurations/c?client_id=i%26&client_configuration_version=2',
      ...{ target: undefined, content: {}, action: 'GetConfiguration', region: 'eu-west-1' },
    },
  ],
])('%s', (subtype, parameters, expected) => {
  expect(made(subtype, parameters)).toEqual(expected);
});

test('another region, and a subtype that there is not', () => {
  expect(made('SQS-PurgeQueue', { QueueUrl: 'q', Region: 'us-east-2' })).toMatchObject({
    ...{ url: 'https://sqs.us-east-2.amazonaws.com/', region: 'us-east-2', content: { QueueUrl: 'q' } },
  });
  expect(serviceRequest('SQS-Other', {}, 'eu-west-1')).toBeUndefined();
  expect(serviceRequest('toString', {}, 'eu-west-1')).toBeUndefined();
});

describe('through a gateway', () => {
  const integration = (RequestParameters: Record<string, string>) => ({
    ...{
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'Kinesis-PutRecord',
      PayloadFormatVersion: '1.0',
      RequestParameters,
    },
    ResponseParameters: { '500': { ResponseParameters: [{ Destination: 'append:header.sorry', Source: 'yes' }] } },
  });
  const parameters = {
    StreamName: 'stream-${stageVariables.env}',
    Data: '$request.body.data',
    PartitionKey: '$request.header.key',
  };
  const gatewayWith = (written: Record<string, string>, status = 200) =>
    new TestGateway({
      ...{ routes: { 'POST /a': integration(written) }, stage: { StageVariables: { env: 'dev' } } },
      server: () => ({
        status,
        headers: [['content-type', 'application/x-amz-json-1.1']],
        body: Buffer.from('{"ShardId":"1"}'),
      }),
    });

  test('values come from the request, and the answer goes back', async () => {
    const gateway = gatewayWith(parameters);
    const { status, text, headers } = await gateway.send('POST', '/a', [['key', 'k']], '{"data":"ZA=="}');
    expect([status, text, headers['content-type']]).toEqual([200, '{"ShardId":"1"}', 'application/x-amz-json-1.1']);
    const [{ body, service }] = gateway.calls;
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({
      StreamName: 'stream-dev',
      Data: 'ZA==',
      PartitionKey: 'k',
    });
    expect(service).toEqual({ name: 'kinesis', region: 'eu-west-1', action: 'PutRecord' });
  });

  test.each([
    [[], '{"data":"ZA=="}'],
    [[['key', '']], '{"data":"ZA=="}'],
    [[['key', 'k']], '{"data":""}'],
    [[['key', 'k']], 'text'],
  ] as const)('a value that is not there is a 400: %j %s', async (headers, body) => {
    const gateway = gatewayWith(parameters);
    const { status } = await gateway.send('POST', '/a', headers, body);
    expect([status, gateway.calls.length]).toEqual([400, 0]);
  });

  test('an error of the service is a 500', async () => {
    const { status, text, headers } = await gatewayWith(parameters, 403).send(
      'POST',
      '/a',
      [['key', 'k']],
      '{"data":"x"}',
    );
    expect([status, text, headers.sorry]).toEqual([500, '{"message":"Internal Server Error"}', 'yes']);
  });

  test('a parameter that the action requires and the template lacks is a 500', async () => {
    const gateway = gatewayWith({ StreamName: 's', Data: 'd' });
    expect((await gateway.send('POST', '/a')).status).toBe(500);
    expect(gateway.calls).toEqual([]);
  });
});
