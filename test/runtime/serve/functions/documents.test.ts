import { answerOf } from './support';

const ISSUER = 'https://login.example.invalid/.well-known/openid-configuration';
const CODE = `exports.handler = async ({ url, how }) => {
  try {
    const response = await fetch(how === 'request' ? new Request(url) : how === 'url' ? new URL(url) : url);
    return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
  } catch (error) {
    return { failed: error.name };
  }
};`;
const DOCUMENTS = { documents: () => ({ [ISSUER]: '{"issuer":"x"}' }) };

test.each(['text', 'url', 'request'])('fetch of a function finds documents of the gateway (%s)', async (how) => {
  const { value } = await answerOf({ 'index.js': CODE }, {}, { url: ISSUER, how }, DOCUMENTS);
  expect(value).toEqual({ status: 200, type: 'application/json', body: { issuer: 'x' } });
});

test('fetch of a function goes to the net for all else', async () => {
  const { value } = await answerOf({ 'index.js': CODE }, {}, { url: `${ISSUER}x` }, DOCUMENTS);
  expect(value).toEqual({ failed: 'TypeError' });
});
