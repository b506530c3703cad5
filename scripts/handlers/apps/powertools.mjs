import { Router, streamify } from '@aws-lambda-powertools/event-handler/http';
import { cors } from '@aws-lambda-powertools/event-handler/http/middleware';
import { BYTES, CHUNKS, COOKIES, hex, MESSAGE, TYPES } from './content.mjs';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const app = new Router({ logger: quiet });
const cookies = () => COOKIES.map((cookie) => ['Set-Cookie', cookie]);
app.get('/json', async () => ({ ok: true }));
app.get(
  '/binary/:type',
  async ({ params }) => new Response(BYTES, { headers: { 'Content-Type': TYPES[params.type] } }),
);
app.post('/upload', async ({ req }) => new Response(hex(await req.arrayBuffer())));
app.get('/cookies', async () => new Response('set', { headers: cookies() }));
app.get('/cookie', async ({ req }) => new Response(req.headers.get('cookie')));
app.get('/query', async ({ req }) => ({ f: new URL(req.url).searchParams.getAll('f') }));
app.get('/path/:name', async ({ params }) => ({ name: params.name }));
app.get('/status/:code', async ({ params }) => new Response(null, { status: Number(params.code) }));
app.get('/throws', async () => {
  throw new Error(MESSAGE);
});
app.get('/undefined', async () => undefined);
app.post('/echo', async ({ req }) => ({ body: await req.json() }));
app.get('/cors', [cors()], async () => ({ ok: true }));
app.get(
  '/stream',
  async () => new Response(ReadableStream.from(CHUNKS.map((chunk) => Buffer.from(chunk))), { headers: cookies() }),
);

export const handler = async (event, context) => app.resolve(event, context);
// An ArrayBuffer is sent as Base64; a Response only if its type is one of a list, and a Buffer is an object for JSON.
const bytes = new Router({ logger: quiet });
bytes.get('/binary/:type', async ({ params, res }) => {
  res.headers.set('Content-Type', TYPES[params.type]);
  return Uint8Array.from(BYTES).buffer;
});
export const binary = async (event, context) => bytes.resolve(event, context);

const prefixed = new Router({ logger: quiet, prefix: '/shop' });
prefixed.get('/json', async () => ({ ok: true }));
export const basePath = async (event, context) => prefixed.resolve(event, context);

export const stream = streamify(app);
