import express from 'express';
import { BYTES, COOKIES, hex, MESSAGE, TYPES } from './content.mjs';

const app = express();
app.get('/json', (request, response) => response.json({ ok: true }));
app.get('/binary/:type', (request, response) => response.type(TYPES[request.params.type]).send(BYTES));
app.post('/upload', express.raw({ type: 'image/png' }), (request, response) => response.send(hex(request.body)));
app.get('/cookies', (request, response) => response.append('Set-Cookie', COOKIES).send('set'));
app.get('/cookie', (request, response) => response.send(request.headers.cookie));
app.get('/query', (request, response) => response.json({ f: request.query.f }));
app.get('/path/:name', (request, response) => response.json({ name: request.params.name }));
app.get('/status/:code', (request, response) => response.status(Number(request.params.code)).end());
app.get('/throws', () => {
  throw new Error(MESSAGE);
});
app.post('/echo', express.json(), (request, response) => response.json({ body: request.body ?? 'undefined' }));

export default app;
