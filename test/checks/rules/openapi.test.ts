import { readModel } from '../../../lib/template/read';
import { runRules } from '../../../lib/checks/run';
import { breaks, type Draft, findings, goodBody, ids, keeps, type Json, source } from '../support';

const operation = (draft: Draft): Partial<Json> => draft.operation('get', '/orders');
const schema = (value: unknown) => ({
  body: (draft: Draft) => Object.assign(draft.body.components.schemas, { Order: value }),
});

describe('security', () => {
  const root = (draft: Draft): void => void Object.assign(draft.body, { security: [{ users: [] }] });
  breaks('OAS1', 'security at the root', {
    also: ['ALL-AUTH1'],
    body: (draft) => {
      root(draft);
      delete operation(draft).security;
    },
  });
  keeps('OAS1', 'security at the root, and at every operation', { body: root });

  const scheme = (name: string, more?: object) => ({
    body: (draft: Draft) => {
      Object.assign(operation(draft), { security: [{ [name]: [] }] });
      Object.assign(draft.body.components.securitySchemes, more && { [name]: more });
    },
  });
  breaks('OAS2', 'a scheme without an authorizer', {
    also: ['ALL-AUTH1'],
    ...scheme('oauth', { type: 'oauth2', flows: {} }),
  });
  breaks('OAS2', 'a scheme that is not there', scheme('nobody'));
  keeps('OAS2', 'a scheme of IAM', {
    ...scheme('iam', { type: 'apiKey', name: 'a', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' }),
  });
  keeps('OAS2', 'such a scheme beside an authorizer', {
    body: (draft) => {
      scheme('oauth', { type: 'oauth2', flows: {} }).body(draft);
      Object.assign(operation(draft), { security: [{ oauth: [], users: [] }] });
    },
  });
  keeps('OAS2', 'an API key', { also: ['REST-AUTH2'], ...scheme('key') });

  test('OAS2 tells the operations of a scheme together', () => {
    const draft = goodBody();
    const item = draft.body.paths['/orders'] as Partial<Json>;
    item['x-amazon-apigateway-any-method'] = { ...draft.operation('get', '/orders') };
    Object.assign(item['x-amazon-apigateway-any-method'], { security: [{ nobody: [] }] });
    for (const path of ['/orders', '/orders/{id}']) {
      Object.assign(draft.operation('get', path), { security: [{ nobody: [] }] });
    }
    expect(findings(draft.template).filter(({ id }) => id === 'OAS2')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('GET /orders, ANY /orders, GET /orders/{id} names') },
    ]);
  });
});

describe('what is understood', () => {
  breaks('OAS3', 'OpenAPI 3.1', { body: (draft) => Object.assign(draft.body, { openapi: '3.1.0' }) });
  breaks('OAS3', 'a discriminator', schema({ type: 'object', discriminator: { propertyName: 'kind' } }));
  breaks('OAS3', 'an exclusive minimum', {
    ...schema({ type: 'object', properties: { price: { type: 'number', minimum: 0, exclusiveMinimum: true } } }),
  });
  breaks('OAS3', 'read only in a list', {
    ...schema({ type: 'array', items: { type: 'object', properties: { id: { type: 'string', readOnly: true } } } }),
  });
  keeps('OAS3', 'properties of these names', {
    ...schema({ type: 'object', properties: { discriminator: { type: 'string' }, readOnly: { type: 'boolean' } } }),
  });
  keeps('OAS3', 'what is said not to be', {
    ...schema({ type: 'object', properties: { id: { type: 'string', readOnly: false } } }),
  });

  test('OAS4: a definition of more than 6 MB', () => {
    const found = (megabytes: number): string[] => {
      const draft = goodBody();
      draft.body.info.description = 'x'.repeat(megabytes * 1024 * 1024) as unknown as Json;
      return ids(runRules(readModel([source(draft.template)])));
    };
    expect(found(7)).toContain('OAS4');
    expect(found(5)).not.toContain('OAS4');
  });

  breaks('OAS5', 'an operation that leads nowhere', {
    body: (draft) => delete operation(draft)['x-amazon-apigateway-integration'],
  });
  keeps('OAS5', 'an integration that cannot be told', {
    body: (draft) => Object.assign(operation(draft), { 'x-amazon-apigateway-integration': { 'Fn::ImportValue': 'i' } }),
  });

  const requires = (required: boolean, where = 'query') => ({
    body: (draft: Draft) =>
      Object.assign(operation(draft), { parameters: [{ name: 'page', in: where, required, schema: {} }] }),
  });
  breaks('OAS6', 'a parameter that nothing asks for', requires(true));
  keeps('OAS6', 'a parameter that may be left out', requires(false));
  keeps('OAS6', 'a validator', {
    body: (draft) => {
      requires(true).body(draft);
      Object.assign(operation(draft), { 'x-amazon-apigateway-request-validator': 'all' });
    },
  });

  const trust = (value: unknown) => ({
    resources: (draft: Draft) => Object.assign(draft.integration, { TlsConfig: { InsecureSkipVerification: value } }),
    body: (draft: Draft) =>
      Object.assign(draft.call('get', '/orders/{id}'), { tlsConfig: { insecureSkipVerification: value } }),
  });
  breaks('OAS7', 'any certificate', trust(true));
  keeps('OAS7', 'a verified one', trust(false));
  keeps('OAS7', 'a choice from elsewhere', trust({ 'Fn::ImportValue': 'trust' }));
});
