import { RestIntegration, WebSocketIntegration } from '../../lib';
import { gateway } from '../support/stacks';
import { gateway as webSocketGateway } from '../websocket/support';

// 300 KB, in characters of two bytes.
const LARGEST = 'é'.repeat(150 * 1024);
const TOO_LARGE = `${LARGEST}x`;
const why = (what: string, type = 'for "application/json" ') =>
  `the ${what} template ${type}has 307201 bytes; the maximum is 307200 (300 KB); make it shorter, or use a Lambda function instead`;

const answer = (text: string) => [{ statusCode: 200, templates: { 'application/json': text } }];
const rest: Record<string, [string, (text: string) => RestIntegration]> = {
  'request of httpCustom': [
    'request',
    (text) =>
      RestIntegration.httpCustom('https://a.b', {
        requestTemplates: { 'application/json': text },
        responses: [{ statusCode: 200 }],
      }),
  ],
  'response of httpCustom': [
    'response',
    (text) =>
      RestIntegration.httpCustom('https://a.b', { requestTemplates: { 'text/xml': '' }, responses: answer(text) }),
  ],
  'body of mock': ['response', (body) => RestIntegration.mock({ body })],
};

test.each(Object.entries(rest))('%s', (_, [what, make]) => {
  const { api } = gateway();
  expect(() => api.addRoute('POST /x', { integration: make(TOO_LARGE) })).toThrow(
    `RestGateway 'Api': route "POST /x": ${why(what)}`,
  );
  expect(() => api.addRoute('POST /y', { integration: make(LARGEST) })).not.toThrow();
});

test('what CORS puts before a template counts', () => {
  const { api } = gateway({ cors: { allowOrigins: ['https://a.example.com', 'https://b.example.com'] } });
  expect(() => api.addRoute('GET /x', { integration: RestIntegration.mock({ body: LARGEST }) })).toThrow(
    'the response template for "application/json" has',
  );
});

test('gateway responses', () => {
  const props = (text: string) => ({
    gatewayResponses: { ACCESS_DENIED: { templates: { 'application/json': text } } },
  });
  expect(() => gateway(props(TOO_LARGE))).toThrow(`RestGateway 'Api': ${why('gatewayResponses.ACCESS_DENIED')}`);
  expect(() => gateway(props(LARGEST))).not.toThrow();
});

test('WebSocket templates', () => {
  const { api } = webSocketGateway();
  const call = { service: 'dynamodb', action: 'ListTables', iamActions: ['dynamodb:ListTables'], resources: ['*'] };
  const one = (requestTemplate: string) => ({ integration: WebSocketIntegration.aws({ ...call, requestTemplate }) });
  expect(() => api.addRoute('a', one(TOO_LARGE))).toThrow(`WebSocketGateway 'Api': route "a": ${why('request', '')}`);
  expect(() => api.addRoute('b', one(LARGEST))).not.toThrow();
  const mock = (body: string) => ({ integration: WebSocketIntegration.mock({ body }), returnResponse: true });
  expect(() => api.addRoute('c', mock(TOO_LARGE))).toThrow(`route "c": ${why('response', '')}`);
  expect(() => api.addRoute('d', mock(LARGEST))).not.toThrow();
});
