import { breaks, type Draft, findings, goodResources, keeps, type Json } from '../support';

const verb =
  (name: string, more: object = {}) =>
  (draft: Draft) => {
    draft.set('CreateOrder', { HttpMethod: name, ...more });
  };
const schema = (value: unknown): { resources: (draft: Draft) => void; body: (draft: Draft) => void } => ({
  resources: (draft) => draft.set('Model', { Schema: value }),
  body: (draft) => Object.assign(draft.body.components.schemas, { Order: value }),
});

breaks('REST-VAL2', 'a POST that nothing validates', {
  resources: (draft) => draft.unset('CreateOrder', 'RequestValidatorId'),
  body: (draft) =>
    delete (draft.operation('post', '/orders') as Partial<Json>)['x-amazon-apigateway-request-validator'],
});
breaks('REST-VAL2', 'a PATCH that nothing validates', { resources: verb('PATCH', { RequestValidatorId: undefined }) });
for (const name of ['DELETE', 'ANY']) {
  keeps('REST-VAL2', `${name} without validator`, {
    resources: (draft) => {
      verb(name, { RequestValidatorId: undefined, RequestModels: undefined })(draft);
    },
  });
}
keeps('REST-VAL2', 'a validator for the whole API', {
  body: (draft) => {
    Object.assign(draft.body, { 'x-amazon-apigateway-request-validator': 'all' });
    delete (draft.operation('post', '/orders') as Partial<Json>)['x-amazon-apigateway-request-validator'];
  },
});
keeps('REST-VAL2', 'an imported validator', {
  resources: (draft) => draft.set('CreateOrder', { RequestValidatorId: { 'Fn::ImportValue': 'validator' } }),
});

breaks('REST-VAL3', 'a body that is validated against nothing', {
  resources: (draft) => draft.unset('CreateOrder', 'RequestModels'),
  body: (draft) => delete (draft.operation('post', '/orders') as Partial<Json>).requestBody,
});
keeps('REST-VAL3', 'a validator of bodies on a GET', {
  resources: (draft) => draft.set('ListOrders', { RequestValidatorId: { Ref: 'Validator' } }),
});

test('REST-VAL3 hints at parameters of which none is required', () => {
  const draft = goodResources();
  draft.add('Parameters', 'AWS::ApiGateway::RequestValidator', {
    RestApiId: { Ref: 'Api' },
    ValidateRequestBody: false,
    ValidateRequestParameters: true,
  });
  const parameters = { 'method.request.querystring.page': false };
  draft.set('ListOrders', { RequestValidatorId: { Ref: 'Parameters' }, RequestParameters: parameters });
  expect(findings(draft.template)).toMatchObject([{ id: 'REST-VAL3', severity: 'info', key: 'GET /orders' }]);
  draft.set('ListOrders', { RequestParameters: { ...parameters, 'method.request.header.X': true } });
  expect(findings(draft.template)).toEqual([]);
});

breaks('REST-VAL5', 'a name with a dash', {
  resources: (draft) => draft.set('Model', { Name: 'new-order' }),
  body: (draft) => {
    const { schemas } = draft.body.components;
    Object.assign(schemas, { 'new-order': schemas.Order });
  },
});
breaks(
  'REST-VAL5',
  'another dialect',
  schema({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' }),
);
breaks('REST-VAL5', 'text that is no JSON', { resources: (draft) => draft.set('Model', { Schema: '{type: object}' }) });
breaks('REST-VAL5', 'more than 400 KB', schema({ type: 'object', description: 'x'.repeat(410_000) }));
keeps('REST-VAL5', 'draft 4', schema({ $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' }));
keeps('REST-VAL5', 'a schema as text', { resources: (draft) => draft.set('Model', { Schema: '{"type":"object"}' }) });

for (const size of [-1, 10_485_761]) {
  breaks('REST-VAL7', `${size} bytes`, { both: (draft) => draft.set('Api', { MinimumCompressionSize: size }) });
}
for (const size of [0, 10_485_760]) {
  keeps('REST-VAL7', `${size} bytes`, { both: (draft) => draft.set('Api', { MinimumCompressionSize: size }) });
}

describe('REST-VAL4', () => {
  breaks('REST-VAL4', 'a validator that nothing uses', {
    resources: (draft) => draft.add('Idle', 'AWS::ApiGateway::RequestValidator', draft.props('Validator')),
    body: (draft) =>
      Object.assign(draft.body['x-amazon-apigateway-request-validators'], { idle: { validateRequestBody: true } }),
  });
  keeps('REST-VAL4', 'a validator that a method from elsewhere may use', {
    resources: (draft) => {
      draft.add('Idle', 'AWS::ApiGateway::RequestValidator', draft.props('Validator'));
      draft.set('GetOrder', { RequestValidatorId: { 'Fn::ImportValue': 'validator' } });
    },
  });
});
