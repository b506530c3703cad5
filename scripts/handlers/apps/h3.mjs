import { appendCorsHeaders, getQuery, H3 } from 'h3';
import { handleLambdaEvent, handleLambdaEventWithStream } from 'srvx/aws-lambda';
import { BYTES, CHUNKS, COOKIES, hex, MESSAGE, TYPES } from './content.mjs';

const app = new H3({ silent: true });
const withCookies = (event) => COOKIES.forEach((cookie) => event.res.headers.append('Set-Cookie', cookie));
app.get('/json', () => ({ ok: true }));
app.get('/binary/:type', (event) => {
  event.res.headers.set('Content-Type', TYPES[event.context.params.type]);
  return BYTES;
});
app.post('/upload', async (event) => hex(await event.req.arrayBuffer()));
app.get('/cookies', (event) => {
  withCookies(event);
  return 'set';
});
app.get('/cookie', (event) => event.req.headers.get('cookie'));
app.get('/query', (event) => ({ f: getQuery(event).f }));
app.get('/path/:name', (event) => ({ name: event.context.params.name }));
app.get('/status/:code', (event) => {
  event.res.status = Number(event.context.params.code);
  return '';
});
app.get('/throws', () => {
  throw new Error(MESSAGE);
});
app.get('/undefined', () => undefined);
app.post('/echo', async (event) => ({ body: await event.req.json() }));
app.get('/cors', (event) => {
  appendCorsHeaders(event, {});
  return 'ok';
});
app.get('/stream', (event) => {
  withCookies(event);
  return ReadableStream.from(CHUNKS.map((chunk) => Buffer.from(chunk)));
});

const fetchHandler = (request) => app.fetch(request);
export const handler = (event, context) => handleLambdaEvent(fetchHandler, event, context);
export const stream = awslambda.streamifyResponse((event, responseStream, context) =>
  handleLambdaEventWithStream(fetchHandler, event, responseStream, context),
);

const mounted = new H3({ silent: true }).mount('/shop', app);
export const basePath = (event, context) => handleLambdaEvent((request) => mounted.fetch(request), event, context);
