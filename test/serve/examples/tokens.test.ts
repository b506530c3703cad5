import { type Call, describeExample } from './support';

const AUDIENCE = { aud: 'https://invoices.example.com' };
const scoped = (scope: string, more: object = {}) => ({ as: { ...AUDIENCE, scope, ...more } });
const OFFICE = {
  iss: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
  aud: '22222222-3333-4444-5555-666666666666',
};
const CLERK = { as: { ...OFFICE, roles: ['Invoices.Read'] } };
const HELLO = { status: 200, gets: { hello: 'local-user' } } as const;
const UNKNOWN: readonly Call[] = [
  { status: 401, by: 'authorizer', gets: { message: 'Unauthorized' } },
  { headers: { Authorization: 'Bearer none' }, status: 401, by: 'authorizer' },
];

describeExample('rest-jwt', {
  now: Date.now(),
  generated: {
    as: (scheme) => (scheme.includes('back-office') ? CLERK : scoped('invoices:read invoices:write')),
  },
  routes: {
    'GET /invoices': [
      { ...scoped('invoices:read'), ...HELLO },
      ...UNKNOWN,
      { ...scoped('invoices:write'), status: 403, by: 'authorizer' },
      { as: { scope: 'invoices:read', aud: 'other' }, status: 401, by: 'authorizer' },
      { ...scoped('invoices:read', { exp: 1 }), status: 401, by: 'authorizer' },
      { ...scoped('invoices:read', { iss: 'https://other.example/' }), status: 401, by: 'authorizer' },
    ],
    'GET /invoices/{id}': [
      { ...scoped('invoices:read'), ...HELLO },
      ...UNKNOWN,
      { ...scoped('invoices:write'), status: 403, by: 'authorizer' },
    ],
    'DELETE /invoices/{id}': [
      { ...scoped('invoices:write'), ...HELLO },
      { ...scoped('invoices:admin'), ...HELLO },
      ...UNKNOWN,
      { ...scoped('invoices:read'), status: 403, by: 'authorizer' },
    ],
    'GET /me': [{ ...scoped('', { sub: 'me' }), status: 200, gets: { hello: 'me' } }, ...UNKNOWN],
    'GET /health': [{ status: 200 }],
    'GET /back-office/{proxy+}': [
      { ...CLERK, at: 'GET /back-office/a/b', ...HELLO },
      ...UNKNOWN,
      { as: { ...OFFICE, roles: ['Other'] }, status: 401, by: 'authorizer' },
      { ...scoped('invoices:read'), status: 401, by: 'authorizer' },
    ],
  },
});
