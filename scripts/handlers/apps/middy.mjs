import { Readable } from 'node:stream';
import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpRouter from '@middy/http-router';
import { BYTES, CHUNKS, COOKIES, hex, MESSAGE, TYPES } from './content.mjs';

const json = (value) => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});
const text = (body) => ({ statusCode: 200, body });
// The middleware leaves the two formats of events and answers to the handler.
const cookieFields = (event) =>
  event.version === '2.0' ? { cookies: COOKIES } : { multiValueHeaders: { 'Set-Cookie': COOKIES } };
const get = (path, handler) => ({ method: 'GET', path, handler });
const post = (path, handler) => ({ method: 'POST', path, handler });

const routes = [
  get('/json', async () => json({ ok: true })),
  get('/binary/{type}', async (event) => ({
    ...{ statusCode: 200, headers: { 'Content-Type': TYPES[event.pathParameters.type] } },
    ...{ body: BYTES.toString('base64'), isBase64Encoded: true },
  })),
  post('/upload', async (event) => text(hex(Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8')))),
  get('/cookies', async (event) => ({ ...text('set'), ...cookieFields(event) })),
  get('/cookie', async (event) => text(event.cookies?.join('; ') ?? event.headers.Cookie ?? event.headers.cookie)),
  get('/query', async (event) =>
    json({ f: event.multiValueQueryStringParameters?.f ?? event.queryStringParameters?.f }),
  ),
  get('/path/{name}', async (event) => json({ name: event.pathParameters.name })),
  get('/status/{code}', async (event) => ({ statusCode: Number(event.pathParameters.code) })),
  get('/throws', async () => {
    throw new Error(MESSAGE);
  }),
  get('/undefined', async () => undefined),
  post(
    '/echo',
    middy()
      .use(httpJsonBodyParser())
      .handler(async (event) => json({ body: event.body ?? String(event.body) })),
  ),
  get(
    '/cors',
    middy()
      .use(httpCors())
      .handler(async () => text('ok')),
  ),
];

export const handler = middy()
  .use(httpErrorHandler({ logger: false }))
  .handler(httpRouter(routes));

export const stream = middy({
  executionMode: (await import('@middy/core/StreamifyResponse')).executionModeStreamifyResponse,
}).handler(async (event) => ({ ...text(Readable.from(CHUNKS)), ...cookieFields(event) }));
