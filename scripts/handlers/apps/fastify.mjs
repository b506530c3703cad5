import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import awsLambdaFastify from '@fastify/aws-lambda';
import fastify from 'fastify';
import { BYTES, CHUNKS, COOKIES, hex, MESSAGE, TYPES } from './content.mjs';

function makeApp() {
  const app = fastify();
  app.addContentTypeParser('image/png', { parseAs: 'buffer' }, (request, body, done) => done(null, body));
  app.get('/json', async () => ({ ok: true }));
  app.get('/binary/:type', (request, reply) => reply.type(TYPES[request.params.type]).send(BYTES));
  app.post('/upload', async (request) => hex(request.body));
  app.get('/cookies', (request, reply) => reply.header('Set-Cookie', COOKIES).send('set'));
  app.get('/cookie', async (request) => request.headers.cookie);
  app.get('/query', async (request) => ({ f: request.query.f }));
  app.get('/path/:name', async (request) => ({ name: request.params.name }));
  app.get('/status/:code', (request, reply) => reply.code(Number(request.params.code)).send());
  app.get('/throws', async () => {
    throw new Error(MESSAGE);
  });
  app.get('/undefined', async () => undefined);
  app.post('/echo', async (request) => ({ body: request.body ?? String(request.body) }));
  app.get('/stream', (request, reply) =>
    reply.header('Set-Cookie', COOKIES).type('text/plain').send(Readable.from(CHUNKS)),
  );
  return app;
}

export const handler = awsLambdaFastify(makeApp());

export const binary = awsLambdaFastify(makeApp(), { binaryMimeTypes: TYPES });
export const query = awsLambdaFastify(makeApp(), { parseCommaSeparatedQueryParams: false });

const streaming = awsLambdaFastify(makeApp(), { payloadAsStream: true });
export const stream = awslambda.streamifyResponse(async (event, responseStream, context) => {
  const { meta, stream: body } = await streaming(event, context);
  await pipeline(body, awslambda.HttpResponseStream.from(responseStream, meta));
});
