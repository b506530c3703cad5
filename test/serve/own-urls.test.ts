import { withOwnUrls } from '../../lib/serve/own-urls';

const served = [
  { apiId: 'abc123', url: 'http://localhost:3000' },
  { apiId: 'def456', url: 'http://localhost:3001' },
];

test.each([
  ['https://abc123.execute-api.eu-west-1.amazonaws.com/prod', 'http://localhost:3000/prod'],
  ['wss://def456.execute-api.eu-west-1.amazonaws.com/prod', 'ws://localhost:3001/prod'],
  ['https://abc123.execute-api.cn-north-1.amazonaws.com.cn', 'http://localhost:3000'],
  [
    '["https://abc123.execute-api.us-east-1.amazonaws.com/a","https://def456.execute-api.us-east-1.amazonaws.com"]',
    '["http://localhost:3000/a","http://localhost:3001"]',
  ],
  ...[
    'https://other1.execute-api.eu-west-1.amazonaws.com/prod',
    'https://xabc123.execute-api.eu-west-1.amazonaws.com',
    'https://abc123.execute-api.eu-west-1.amazonaws.com.example.org',
    'arn:aws:execute-api:eu-west-1:111122223333:abc123/prod',
  ].map((text) => [text, text]),
])('%s becomes %s', (text, expected) => {
  expect(withOwnUrls(text, served)).toBe(expected);
});
