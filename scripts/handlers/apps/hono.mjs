import { Hono } from 'hono';
import { handle, streamHandle } from 'hono/aws-lambda';
import { cors } from 'hono/cors';
import { BYTES, CHUNKS, COOKIES, hex, MESSAGE, TYPES } from './content.mjs';

const app = new Hono();
const withCookies = (c) => COOKIES.forEach((cookie) => c.header('Set-Cookie', cookie, { append: true }));
app.get('/json', (c) => c.json({ ok: true }));
app.get('/binary/:type', (c) => c.body(BYTES, 200, { 'Content-Type': TYPES[c.req.param('type')] }));
app.post('/upload', async (c) => c.text(hex(await c.req.arrayBuffer())));
app.get('/cookies', (c) => {
  withCookies(c);
  return c.text('set');
});
app.get('/cookie', (c) => c.text(c.req.header('cookie')));
app.get('/query', (c) => c.json({ f: c.req.queries('f') }));
app.get('/path/:name', (c) => c.json({ name: c.req.param('name') }));
app.get('/status/:code', (c) => c.body(null, Number(c.req.param('code'))));
app.get('/throws', () => {
  throw new Error(MESSAGE);
});
app.get('/undefined', () => undefined);
app.post('/echo', async (c) => c.json({ body: await c.req.json() }));
app.get('/cors', cors(), (c) => c.text('ok'));
app.get('/stream', (c) => {
  withCookies(c);
  return c.body(ReadableStream.from(CHUNKS.map((chunk) => Buffer.from(chunk))));
});

export const handler = handle(app);
export const stream = streamHandle(app);
export const basePath = handle(new Hono().basePath('/shop').route('/', app));
