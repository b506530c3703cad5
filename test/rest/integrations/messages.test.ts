import { Key } from 'aws-cdk-lib/aws-kms';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { RequestValue, RestIntegration } from '../../../lib';
import { renderTemplate } from '../../support/velocity';
import { everyText, routed } from './support';

const form = (text: string) => Object.fromEntries(new URLSearchParams(text));

describe('sqs', () => {
  const all = routed('POST /orders/{id}', (stack) =>
    RestIntegration.sqs(new Queue(stack, 'Queue', { fifo: true, encryptionMasterKey: new Key(stack, 'Key') }), {
      messageGroupId: RequestValue.path('id'),
      messageDeduplicationId: RequestValue.header('Idempotency-Key'),
      messageAttributes: {
        tenant: RequestValue.query('tenant'),
        kind: RequestValue.literal('a&b=$c #d'),
        caller: RequestValue.authorizerContext('claims.sub'),
      },
    }),
  );
  const plain = routed('POST /orders', (stack) => RestIntegration.sqs(new Queue(stack, 'Queue')));

  test('sends the body as it is, and nothing else', () => {
    everyText((body) => {
      const { text } = renderTemplate(plain.request, { body });
      expect(form(text)).toEqual({ Action: 'SendMessage', Version: '2012-11-05', MessageBody: body });
      expect([...new URLSearchParams(text)]).toHaveLength(3);
    });
  });

  test('sends group, deduplication id and attributes, whatever is in them', () => {
    everyText((one, two) => {
      const { text } = renderTemplate(all.request, {
        body: two,
        path: { id: one },
        query: { tenant: two },
        header: { 'idempotency-key': two },
        context: { authorizer: { claims: { sub: one } } },
      });
      expect([...new URLSearchParams(text)]).toHaveLength(14);
      expect(form(text)).toEqual({
        Action: 'SendMessage',
        Version: '2012-11-05',
        MessageBody: two,
        MessageGroupId: one,
        MessageDeduplicationId: two,
        'MessageAttribute.1.Name': 'caller',
        'MessageAttribute.1.Value.DataType': 'String',
        'MessageAttribute.1.Value.StringValue': one,
        'MessageAttribute.2.Name': 'kind',
        'MessageAttribute.2.Value.DataType': 'String',
        'MessageAttribute.2.Value.StringValue': 'a&b=$c #d',
        'MessageAttribute.3.Name': 'tenant',
        'MessageAttribute.3.Value.DataType': 'String',
        'MessageAttribute.3.Value.StringValue': two,
      });
    });
  });

  test('no line break of the template gets into a field', () => {
    expect(all.request.split('\n').length).toBeGreaterThan(5);
    expect(all.request).not.toMatch(/(?<!##)\n/);
  });

  test('leaves out attributes that the request does not have, without a gap', () => {
    const { text } = renderTemplate(all.request, { path: { id: '1' }, query: { tenant: 't' } });
    expect(form(text)).toEqual({
      Action: 'SendMessage',
      Version: '2012-11-05',
      MessageBody: '{}',
      MessageGroupId: '1',
      MessageDeduplicationId: '',
      'MessageAttribute.1.Name': 'kind',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'a&b=$c #d',
      'MessageAttribute.2.Name': 'tenant',
      'MessageAttribute.2.Value.DataType': 'String',
      'MessageAttribute.2.Value.StringValue': 't',
    });
  });

  test('takes a header from the headers and a query parameter from the query, not from each other', () => {
    const { text } = renderTemplate(all.request, {
      path: { id: '1' },
      query: { 'Idempotency-Key': 'query' },
      header: { tenant: 'header' },
    });
    expect(form(text)).toMatchObject({ MessageDeduplicationId: '' });
    expect(text).not.toMatch(/header|query/);
  });

  test('may send to that queue and use its key, and nothing else', () => {
    expect(all.policies.sqsPolicy).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: expect.stringMatching(/^Key\w+\.Arn$/),
      },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: expect.stringMatching(/^Queue\w+\.Arn$/) },
    ]);
    expect(plain.policies.sqsPolicy).toEqual([
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: expect.stringMatching(/^Queue\w+\.Arn$/) },
    ]);
  });

  test('calls the queue by its path, and answers no more than the client may know', () => {
    const { integration, answers } = plain;
    expect(integration).toMatchObject({
      type: 'aws',
      httpMethod: 'POST',
      uri: expect.stringMatching(/^arn:aws:apigateway:eu-west-1:sqs:path\/123456789012\/Queue\w+\.QueueName$/),
      credentials: expect.stringMatching(/^ApiServicessqs\w+\.Arn$/),
      passthroughBehavior: 'never',
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    });
    const statuses = Object.entries<{ statusCode: string }>(integration.responses).map(([key, { statusCode }]) => [
      key,
      statusCode,
    ]);
    expect(Object.fromEntries(statuses)).toEqual({
      '2\\d{2}': '202',
      '400': '500',
      '413': '413',
      '429|503': '503',
      default: '500',
    });
    const body = '{"SendMessageResponse":{"SendMessageResult":{"MessageId":"m-1"}}}';
    expect(JSON.parse(renderTemplate(answers['2\\d{2}'], { body }).text)).toEqual({ messageId: 'm-1' });
    const error = '{"Error":{"Message":"arn:aws:iam::123456789012:role/secret is not authorized"}}';
    expect(renderTemplate(answers.default, { body: error }).text).toBe('{"message":"Internal server error"}');
  });

  test('declares what it reads', () => {
    expect(all.operation.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } },
      { name: 'tenant', in: 'query', required: false, schema: { type: 'string' } },
    ]);
    expect(Object.keys(all.operation.responses).sort()).toEqual(['202', '400', '413', '500', '503']);
  });

  test('every answer carries the CORS headers', () => {
    const one = routed(
      'POST /orders',
      (stack) => RestIntegration.sqs(new Queue(stack, 'Queue')),
      {},
      { cors: { allowOrigins: ['https://a.example.com'] } },
    );
    for (const { responseParameters } of Object.values<{ responseParameters: object }>(one.integration.responses)) {
      expect(responseParameters).toMatchObject({
        'method.response.header.Access-Control-Allow-Origin': "'https://a.example.com'",
      });
    }
    const origins = ['https://a.example.com', 'https://b.example.com'];
    const two = routed(
      'POST /orders',
      (stack) => RestIntegration.sqs(new Queue(stack, 'Queue')),
      {},
      { cors: { allowOrigins: origins } },
    );
    for (const template of Object.values(two.answers)) {
      const { headers } = renderTemplate(template, { header: { Origin: 'https://b.example.com' } });
      expect(headers).toEqual({ 'Access-Control-Allow-Origin': 'https://b.example.com' });
      expect(renderTemplate(template, { header: { Origin: 'https://evil.example.com' } }).headers).toEqual({});
    }
  });
});

describe('eventBridge', () => {
  const put = routed('POST /events/{kind}', (stack) =>
    RestIntegration.eventBridge(new EventBus(stack, 'Bus'), {
      source: 'shop.orders',
      detailType: RequestValue.path('kind'),
    }),
  );

  test('puts one event with the body as its detail, whatever is in it', () => {
    everyText((one, two) => {
      const body = JSON.stringify({ [one]: two, list: [one, 1, null, { two }] });
      const { Entries } = JSON.parse(renderTemplate(put.request, { body, path: { kind: one } }).text);
      expect(Entries).toHaveLength(1);
      const { Detail, ...entry } = Entries[0];
      expect(entry).toEqual({
        EventBusName: expect.stringMatching(/^Bus\w+\.Arn$/),
        Source: 'shop.orders',
        DetailType: one,
      });
      expect(JSON.parse(Detail)).toEqual(JSON.parse(body));
    });
  });

  test('may put events on that bus only', () => {
    expect(put.policies.eventsPolicy).toEqual([
      { Effect: 'Allow', Action: 'events:PutEvents', Resource: expect.stringMatching(/^Bus\w+\.Arn$/) },
    ]);
  });

  test.each([
    ['taken', { FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] }, undefined, { eventId: 'e-1' }],
    [
      'malformed',
      { FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'x' }] },
      400,
      { message: 'Bad request' },
    ],
    [
      'throttled',
      { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] },
      503,
      { message: 'Service unavailable' },
    ],
    [
      'refused',
      { FailedEntryCount: 1, Entries: [{ ErrorCode: 'AccessDeniedException' }] },
      502,
      { message: 'Bad gateway' },
    ],
    ['unknown', {}, 502, { message: 'Bad gateway' }],
  ])('answers an event that was %s', (_what, answer, status, body) => {
    for (const missing of [null, ''] as const) {
      const rendered = renderTemplate(put.answers['2\\d{2}'], { body: JSON.stringify(answer), missing });
      expect([rendered.status, JSON.parse(rendered.text)]).toEqual([status, body]);
    }
  });

  test('tells a refused request from a missing permission, which are both 400 of the service', () => {
    const ask = (type?: string) => {
      const { status, text } = renderTemplate(put.answers['400'], {
        body: JSON.stringify({ __type: type, message: 'secret' }),
      });
      return [status ?? Number(put.integration.responses['400'].statusCode), JSON.parse(text).message];
    };
    expect(ask('com.amazon.coral.validate#ValidationException')).toEqual([400, 'Bad request']);
    expect(ask('AccessDeniedException')).toEqual([500, 'Internal server error']);
    expect(ask()).toEqual([500, 'Internal server error']);
  });
});

describe('sns', () => {
  const publish = routed('POST /news', (stack) =>
    RestIntegration.sns(new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') }), {
      subject: RequestValue.query('subject'),
      messageAttributes: { lang: RequestValue.header('Accept-Language') },
    }),
  );
  const base = { Action: 'Publish', Version: '2010-03-31', TopicArn: expect.stringMatching(/^Topic\w+$/) };

  test('publishes message, subject and attributes, whatever is in them', () => {
    everyText((one, two) => {
      const { text } = renderTemplate(publish.request, {
        body: one,
        query: { subject: two },
        header: { 'Accept-Language': one },
      });
      expect([...new URLSearchParams(text)]).toHaveLength(8);
      expect(form(text)).toEqual({
        ...base,
        Message: one,
        Subject: two,
        'MessageAttributes.entry.1.Name': 'lang',
        'MessageAttributes.entry.1.Value.DataType': 'String',
        'MessageAttributes.entry.1.Value.StringValue': one,
      });
    });
    expect(form(renderTemplate(publish.request, { body: 'x' }).text)).toEqual({ ...base, Message: 'x' });
  });

  test('may publish to that topic and use its key', () => {
    expect(publish.policies.snsPolicy).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: expect.stringMatching(/^Key\w+\.Arn$/),
      },
      { Effect: 'Allow', Action: 'sns:Publish', Resource: expect.stringMatching(/^Topic\w+$/) },
    ]);
    const body = '{"PublishResponse":{"PublishResult":{"MessageId":"m-1"}}}';
    expect(JSON.parse(renderTemplate(publish.answers['2\\d{2}'], { body }).text)).toEqual({ messageId: 'm-1' });
  });
});
