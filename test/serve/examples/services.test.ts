import { type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { headerOf } from '../../../lib/serve/exchange';
import { type Call, describeExample, preflights, SIGNED } from './support';

const ORIGIN = 'https://app.example.com';
const SIGNER = { headers: SIGNED };
const UNSIGNED: Call = { status: 403, by: 'authorizer', gets: { message: 'Missing Authentication Token' } };

const calls: HttpCall[] = [];

/** Plays a service: answers its actions, and notes what it was asked. */
const playing =
  (answers: Readonly<Record<string, unknown>>) =>
  (call: HttpCall): HttpReply => {
    calls.push(call);
    const action =
      call.service?.action ?? call.headers.find(([name]) => /^x-amz-target$/i.test(name))?.[1] ?? call.method;
    const key = Object.keys(answers).find((each) => action.endsWith(each));
    const answer = key === undefined ? { message: `no ${action}` } : answers[key];
    return {
      status: key === undefined ? 400 : 200,
      headers: [['Content-Type', typeof answer === 'string' ? 'image/png' : 'application/json']],
      body: Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)),
    };
  };

const ITEM = { id: { S: '1' }, total: { N: '12.5' } };
const ORDER = { id: '1', total: 12.5 };
const body = (value: object, more: object = {}) => ({ ...SIGNER, ...more, body: value });
const invalid = (more: object = {}): Call => ({
  ...{ ...SIGNER, ...more, body: {}, status: 400, by: 'validate', gets: { message: 'Invalid request body' } },
});

describeExample('rest-services', {
  serve: {
    backends: {
      'aws:sqs': playing({ SendMessage: { SendMessageResponse: { SendMessageResult: { MessageId: 'm' } } } }),
      'aws:sns': playing({ Publish: { PublishResponse: { PublishResult: { MessageId: 'n' } } } }),
      'aws:events': playing({ PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] } }),
      'aws:kinesis': playing({ PutRecord: { SequenceNumber: '1', ShardId: 's' } }),
      'aws:dynamodb': playing({
        GetItem: { Item: ITEM },
        PutItem: {},
        UpdateItem: { Attributes: ITEM },
        DeleteItem: {},
        Query: { Items: [ITEM], Count: 1 },
      }),
      'aws:s3': playing({ GET: 'PNG', PUT: '' }),
      'aws:states': playing({
        StartExecution: { executionArn: 'arn:x', startDate: 1 },
        DescribeExecution: { status: 'SUCCEEDED', output: '{"done":true}' },
        StartSyncExecution: { status: 'SUCCEEDED', output: '{"price":1}' },
      }),
      'aws:sts': playing({ GetCallerIdentity: { GetCallerIdentityResponse: {} } }),
      'https://rates.example.com': playing({ GET: { rate: 1.1 } }),
    },
  },
  generated: { as: () => SIGNER },
  routes: {
    'POST /customers/{customer}/payments': [
      {
        ...body({ amount: 1 }, { headers: { ...SIGNED, 'Idempotency-Key': 'k' } }),
        status: 202,
      },
      { ...UNSIGNED, body: { amount: 1 } },
      { ...body({ amount: 1 }), status: 400, by: 'validate' },
      invalid({ headers: { ...SIGNED, 'Idempotency-Key': 'k' } }),
    ],
    'POST /news': [{ ...body({ text: 't' }), status: 202 }, UNSIGNED, invalid()],
    'POST /events': [{ ...body({ order: 1 }), status: 202, gets: { eventId: 'e' } }, UNSIGNED, invalid()],
    'POST /clicks': [{ ...body({ page: '/' }), status: 202, gets: { sequenceNumber: '1' } }, UNSIGNED, invalid()],
    'GET /orders/{id}': [{ ...SIGNER, status: 200, gets: ORDER }, UNSIGNED],
    'PUT /orders/{id}': [{ ...body({ customer: 'c', total: 12.5 }), status: 204, gets: '' }, UNSIGNED, invalid()],
    'PATCH /orders/{id}': [
      { ...body({ total: 12.5 }), status: 200, gets: ORDER },
      UNSIGNED,
      { ...SIGNER, body: {}, status: 400, by: 'validate', gets: { message: 'Invalid request body' } },
    ],
    'DELETE /orders/{id}': [{ ...SIGNER, status: 204, gets: '' }, UNSIGNED],
    'GET /customers/{customer}/orders': [
      { ...SIGNER, status: 200, gets: { items: [ORDER], count: 1, truncated: false, nextToken: null } },
      UNSIGNED,
    ],
    'GET /files/{key+}': [
      { headers: { ...SIGNED, Accept: 'image/png' }, at: 'GET /files/a/b.png', status: 200, gets: 'PNG' },
      UNSIGNED,
    ],
    'PUT /files/{key+}': [
      { headers: { ...SIGNED, 'Content-Type': 'image/png' }, body: Buffer.from([0, 255]), status: 200 },
      UNSIGNED,
    ],
    'POST /jobs': [{ ...body({ input: 1 }), status: 202 }, UNSIGNED, invalid()],
    'GET /jobs/{id}': [{ ...SIGNER, status: 200, gets: { status: 'SUCCEEDED', output: { done: true } } }, UNSIGNED],
    'POST /quotes': [{ ...body({ items: [] }), status: 200, gets: { price: 1 } }, UNSIGNED, invalid()],
    'GET /health': [{ status: 200 }],
    'GET /identity': [{ ...SIGNER, status: 200 }, UNSIGNED],
    'GET /prices/{sku}': [
      { ...SIGNER, at: "GET /prices/it's", status: 200, gets: { sku: "it's", price: 1 } },
      UNSIGNED,
    ],
    'GET /rates/{currency}': [{ ...SIGNER, status: 200, gets: { rate: 1.1 } }, UNSIGNED],
    ...preflights(ORIGIN, [
      ...['/customers/{customer}/payments', '/news', '/events', '/clicks', '/orders/{id}'],
      ...['/customers/{customer}/orders', '/files/{key+}', '/jobs', '/jobs/{id}', '/quotes', '/health', '/identity'],
      ...['/prices/{sku}', '/rates/{currency}'],
    ]),
  },
  more: () => {
    test.each<[string, string, unknown]>([
      ['sqs', 'SendMessage', 'MessageBody=%7B%22amount%22%3A1%7D&MessageGroupId=1&MessageDeduplicationId=k'],
      ['sns', 'Publish', 'Message=%7B%22text%22%3A%22t%22%7D'],
      ['events', 'PutEvents', { Entries: [{ Source: 'shop.web', DetailType: 'OrderPlaced', Detail: '{"order":1}' }] }],
      ['kinesis', 'PutRecord', { Data: Buffer.from('{"page":"/"}').toString('base64') }],
      ['dynamodb', 'GetItem', { Key: { id: { S: '1' } } }],
      ['dynamodb', 'PutItem', { Item: { id: { S: '1' }, customer: { S: 'c' }, total: { N: '12.5' } } }],
      [
        'dynamodb',
        'UpdateItem',
        {
          UpdateExpression: ' SET #set_1 = :set_1 ADD #add_0 :add_0',
          ExpressionAttributeValues: { ':set_1': { N: '12.5' } },
        },
      ],
      ['dynamodb', 'DeleteItem', { Key: { id: { S: '1' } } }],
      ['dynamodb', 'Query', { IndexName: 'by-customer', ExpressionAttributeValues: { ':customer': { S: '1' } } }],
      ['states', 'StartExecution', { input: '{"input":1}' }],
      ['states', 'DescribeExecution', { executionArn: expect.stringMatching(/:execution:Job\w*:1$/) }],
      ['states', 'StartSyncExecution', { input: '{"items":[]}' }],
      ['sts', 'GetCallerIdentity', 'Action=GetCallerIdentity&Version=2011-06-15'],
    ])('%s is asked to %s', (name, action, body) => {
      const [call] = calls.filter(({ service }) => service?.name === name && service.action === action);
      const text = Buffer.from(call.body).toString('utf8');
      if (typeof body === 'string') expect(text).toContain(body);
      else expect(JSON.parse(text)).toMatchObject(body as object);
    });

    test('a form says that it is one', () => {
      const forms = calls.filter(({ body }) => Buffer.from(body).toString('utf8').startsWith('Action='));
      expect(new Set(forms.map(({ service }) => service?.name))).toEqual(new Set(['sqs', 'sns', 'sts']));
      for (const { headers } of forms)
        expect(headerOf(headers, 'content-type')).toBe('application/x-www-form-urlencoded');
    });

    test('a file gets to its bucket byte by byte, below its prefix', () => {
      const [got, put] = ['GET', 'PUT'].map((method) =>
        calls.find((call) => call.method === method && call.service?.name === 's3'),
      );
      expect(got?.url).toMatch(/\/uploads\/a\/b\.png$/);
      expect([put?.url, [...(put?.body ?? [])]]).toEqual([expect.stringMatching(/\/uploads\/1$/), [0, 255]]);
    });
  },
});
