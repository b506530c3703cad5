import { type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { type Call, describeExample, type Example, SIGNED } from './support';

const SIGNER = { headers: SIGNED };
const UNSIGNED: Call = { status: 403, by: 'authorizer', gets: { message: 'Missing Authentication Token' } };
const OUTSIDE: Call = { ...SIGNER, sourceIp: '192.0.2.1', status: 403, by: 'resourcePolicy' };
const INSIDE = { sourceIp: '10.0.3.4' };
const signed = { as: (): typeof SIGNER => SIGNER };

/** A server that answers with what it was asked. */
const echo = ({ method, url, headers }: HttpCall): HttpReply => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from(JSON.stringify({ method, url, host: headers.find(([name]) => /^host$/i.test(name))?.[1] })),
});

describeExample('rest-private', {
  generated: { ...signed, always: INSIDE },
  routes: {
    'GET /stock': [{ ...SIGNER, ...INSIDE, status: 200, gets: '[]' }, { ...UNSIGNED, ...INSIDE }, OUTSIDE],
    'GET /stock/{sku}': [{ ...SIGNER, ...INSIDE, status: 200, gets: '[]' }, { ...UNSIGNED, ...INSIDE }, OUTSIDE],
    'GET /health': [
      { ...INSIDE, status: 200 },
      { sourceIp: '192.0.2.1', status: 403, by: 'resourcePolicy' },
    ],
  },
});

describeExample('private-api', {
  generated: signed,
  routes: { 'GET /stock/{sku}': [{ ...SIGNER, status: 200 }, UNSIGNED] },
});

describe.each([
  ['dev', 'shop.dev.internal.example.com'],
  ['prod', 'shop.internal.example.com'],
])('of the stage %s', (stage, shop) => {
  describeExample('rest-private-integrations', {
    serve: { stage, backends: { [`https://${shop}`]: echo, 'https://ledger.internal.example.com:8443': echo } },
    generated: signed,
    routes: {
      'ANY /shop/{proxy+}': [
        { ...SIGNER, at: 'POST /shop/a/b?c=1', status: 200, gets: { method: 'POST', url: `https://${shop}/a/b?c=1` } },
        UNSIGNED,
      ],
      'GET /ledger/{account}': [
        { ...SIGNER, status: 200, gets: { url: 'https://ledger.internal.example.com:8443/v1/accounts/1' } },
        UNSIGNED,
      ],
      'GET /health': [{ status: 200, gets: { status: 'ok' } }],
    },
  });
});

const open: Omit<Example, 'api' | 'routes'> = { generated: signed };
const ID: Example['routes'] = { 'GET /{id}': [{ ...SIGNER, status: 200 }, UNSIGNED] };

describe.each(['live', 'next'])('of the stage %s', (stage) => {
  describeExample('domain-multi-api', { ...open, serve: { stage }, api: 'OrdersA9B65338', routes: ID });
});
describeExample('domain-multi-api', {
  ...open,
  api: 'Stock38709CBC',
  routes: { 'GET /{sku}': [{ ...SIGNER, status: 200 }, UNSIGNED] },
});
describeExample('domain-mutual-tls', { ...open, routes: { 'GET /prices': [{ ...SIGNER, status: 200 }, UNSIGNED] } });
describeExample('domain-preview', { ...open, api: 'OrdersA9B65338', routes: ID });
describeExample('domain-preview', { ...open, api: 'OrdersNextA70AC923', routes: ID });
