import createAPI from 'lambda-api';
import { BYTES, hex, MESSAGE, TYPES } from './content.mjs';

const routes = (api) => {
  api.get('/json', () => ({ ok: true }));
  api.get('/binary/:type', (request, response) =>
    response.header('Content-Type', TYPES[request.params.type]).send(BYTES),
  );
  api.post('/upload', (request, response) =>
    response.send(hex(request.isBase64Encoded ? Buffer.from(request.rawBody, 'base64') : request.rawBody)),
  );
  api.get('/cookies', (request, response) =>
    response
      .cookie('a', '1', { path: '/', httpOnly: true })
      .cookie('b', '2', { expires: new Date('2037-10-21T07:28:00Z') })
      .send('set'),
  );
  api.get('/cookie', (request, response) => response.send(request.headers.cookie));
  api.get('/query', (request) => ({ f: request.multiValueQuery?.f }));
  api.get('/path/:name', (request) => ({ name: request.params.name }));
  api.get('/status/:code', (request, response) => response.status(Number(request.params.code)).send(''));
  api.get('/throws', () => {
    throw new Error(MESSAGE);
  });
  api.get('/undefined', () => undefined);
  api.post('/echo', (request) => ({ body: request.body ?? String(request.body) }));
  api.get('/cors', (request, response) => response.cors().send('ok'));
};

const files = (api) =>
  api.get('/binary/:type', (request, response) =>
    response.header('Content-Type', TYPES[request.params.type]).sendFile(BYTES),
  );

const handlerOf = (options, define = routes) => {
  const api = createAPI({ logger: false, ...options });
  define(api);
  return async (event, context) => api.run(event, context);
};

export const handler = handlerOf({});
export const binary = handlerOf({}, files);
export const basePath = handlerOf({ base: '/shop' });
