import { type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { type Call, describeExample, preflights } from './support';

const ORIGIN = 'https://app.example.com';
const calls: HttpCall[] = [];

/** A server that answers with what it was asked. */
const echo = (call: HttpCall): HttpReply => {
  calls.push(call);
  const { method, url, headers } = call;
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify({ method, url, user: headers.find(([name]) => /^user$/i.test(name))?.[1] })),
  };
};

/** Amazon SQS: a message is taken, and another one given. */
const queue = (call: HttpCall): HttpReply => {
  calls.push(call);
  const answers: Readonly<Record<string, object>> = {
    SendMessage: { SendMessageResponse: { SendMessageResult: { MessageId: 'm' } } },
    ReceiveMessage: { ReceiveMessageResponse: { ReceiveMessageResult: { messages: [] } } },
  };
  return {
    status: 200,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify(answers[call.service?.action ?? ''])),
  };
};

/** Without a token, with one that is none, and with one for something else. */
const refusals = (other: object): Call[] => [
  { status: 401, by: 'authorizer', gets: { message: 'Unauthorized' }, with: { 'www-authenticate': 'Bearer' } },
  {
    ...{ headers: { Authorization: 'Bearer none' }, status: 401, by: 'authorizer' },
    with: { 'www-authenticate': expect.stringContaining('error="invalid_token"') },
  },
  {
    ...{ as: other as never, status: 403, by: 'authorizer', gets: { message: 'Forbidden' } },
    with: { 'www-authenticate': expect.stringContaining('error="insufficient_scope"') },
  },
];

const CLIENT = 'UsersApp5991AB8C';
const user = (scope: string) => ({ as: { client_id: CLIENT, token_use: 'access', scope } });
const PAGE = { Origin: ORIGIN };
const LIST = { status: 200, gets: '[]', with: { 'access-control-allow-origin': ORIGIN } } as const;

describeExample('http-quickstart', {
  serve: { backends: { 'aws:sqs': queue } },
  generated: { as: (_, [scope]) => user(scope), body: 'an event' },
  routes: {
    'GET /orders': [
      { ...user('orders/read'), headers: PAGE, ...LIST },
      ...refusals(user('orders/write').as),
      { as: { client_id: 'other', token_use: 'access', scope: 'orders/read' }, status: 401, by: 'authorizer' },
    ],
    'POST /orders': [
      { ...user('orders/write'), headers: PAGE, ...LIST, limit: { burst: 100, every: 20, by: 'throttle' } },
      ...refusals(user('orders/read').as),
    ],
    'GET /orders/{id}': [{ ...user('orders/read'), headers: PAGE, ...LIST }, ...refusals(user('orders/write').as)],
    'POST /events': [
      { ...user('orders/read'), body: { n: 1 }, status: 200, gets: { SendMessageResponse: {} } },
      ...refusals(user('orders/write').as),
    ],
    'ANY /admin/{proxy+}': [
      { ...user('orders/admin'), at: 'DELETE /admin/a/b', status: 200, gets: '[]' },
      ...refusals(user('orders/read').as),
    ],
    'GET /health': [{ headers: PAGE, ...LIST }],
    ...preflights(ORIGIN, ['/admin/{proxy+}']),
  },
  more: (around) => {
    test('an event becomes a message', () => {
      const sent = calls.find(({ service }) => service?.action === 'SendMessage');
      expect(Buffer.from(sent?.body ?? []).toString()).toContain('MessageBody=%7B%22n%22%3A1%7D');
    });

    test('preflights of other routes are answered without a route', async () => {
      const headers = { ...PAGE, 'Access-Control-Request-Method': 'GET' };
      const { status, header } = await around.server.request('OPTIONS /orders', { headers });
      expect([status, header('access-control-allow-origin')]).toEqual([204, ORIGIN]);
    });

    test('no route is a refusal', async () => {
      const { status, json } = await around.server.request('GET /nothing');
      expect([status, json]).toEqual([404, { message: 'Not Found' }]);
    });
  },
});

const staff = (scope: string) => ({ as: { aud: 'https://api.example.com', scope } });

describeExample('http-extensions', {
  serve: { backends: { 'aws:sqs': queue } },
  generated: { as: (_, [scope]) => staff(scope), body: 'a job' },
  routes: {
    'POST /jobs': [
      { ...staff('jobs/give'), body: 'job', status: 200, gets: { SendMessageResponse: {} } },
      ...refusals(staff('jobs/take').as),
    ],
    'GET /jobs': [
      { ...staff('jobs/take'), status: 200, gets: { ReceiveMessageResponse: {} } },
      ...refusals(staff('jobs/give').as),
      { as: { aud: 'other', scope: 'jobs/take' }, status: 401, by: 'authorizer' },
    ],
  },
});

const [SHOP, LEDGER, STOCK] = ['shophttpsc754e64a', 'ledgertls624c2ccc', 'namespacestockc68189bc'].map(
  (name) => `https://${name}.vpc-link.internal`,
);

describe.each(['dev', 'prod'])('of the stage %s', (stage) => {
  describeExample('http-private-services', {
    serve: { stage, backends: { [SHOP]: echo, [LEDGER]: echo, [STOCK]: echo } },
    generated: { as: (_, [scope]) => staff(scope) },
    routes: {
      'ANY /shop/{proxy+}': [
        { ...staff('shop'), at: 'PUT /shop/a/b?c=1', status: 200, gets: { method: 'PUT', url: `${SHOP}/a/b?c=1` } },
        ...refusals(staff('ledger').as),
      ],
      'GET /ledger/{account}': [
        {
          ...{ as: { ...staff('ledger').as, sub: 'u' }, status: 200 },
          gets: { url: `${LEDGER}/v1/accounts/1`, user: 'u' },
        },
        ...refusals(staff('shop').as),
      ],
      'GET /stock/{sku}': [
        { ...staff('shop'), status: 200, gets: { url: `${STOCK}/stock/1` } },
        ...refusals(staff('ledger').as),
      ],
    },
  });
});
