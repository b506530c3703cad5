import { breaks, type Draft, keeps, type Json } from '../support';

const ORIGIN = 'method.response.header.Access-Control-Allow-Origin';
const CREDENTIALS = 'method.response.header.Access-Control-Allow-Credentials';
/** Sets what the preflight answers. */
const answer = (
  values: Record<string, string>,
): { resources: (draft: Draft) => void; body: (draft: Draft) => void } => ({
  resources: (draft) => {
    const method = draft.props('Preflight') as unknown as {
      MethodResponses: { ResponseParameters: object }[];
      Integration: { IntegrationResponses: { ResponseParameters: object }[] };
    };
    method.MethodResponses[0].ResponseParameters = Object.fromEntries(Object.keys(values).map((name) => [name, true]));
    method.Integration.IntegrationResponses[0].ResponseParameters = values;
  },
  body: (draft) => {
    const operation = draft.operation('options', '/orders');
    operation.responses['204'].headers = Object.fromEntries(
      Object.keys(values).map((name) => [name.replace('method.response.header.', ''), { schema: { type: 'string' } }]),
    ) as unknown as Json;
    draft.call('options', '/orders').responses.default.responseParameters = values as unknown as Json;
  },
});
const gatewayResponse = (draft: Draft, type: string): Json =>
  draft.body
    ? draft.body['x-amazon-apigateway-gateway-responses'][type]
    : draft.props(type === 'DEFAULT_4XX' ? 'Clients' : 'Servers');

describe('origins', () => {
  breaks('REST-CORS2', 'any origin with credentials', {
    also: ['ALL-CORS7'],
    ...answer({ [ORIGIN]: "'*'", [CREDENTIALS]: "'true'" }),
  });
  keeps(
    'REST-CORS2',
    'one origin with credentials',
    answer({ [ORIGIN]: "'https://a.example'", [CREDENTIALS]: "'true'" }),
  );

  breaks('ALL-CORS7', 'any origin', answer({ [ORIGIN]: "'*'" }));
  breaks('ALL-CORS7', 'any origin on errors', {
    resources: (draft) =>
      draft.set('Clients', { ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } }),
    body: (draft) => {
      const parameters = gatewayResponse(draft, 'DEFAULT_4XX').responseParameters;
      Object.assign(parameters, { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" });
    },
  });
  keeps('ALL-CORS7', 'the origin of the request', answer({ [ORIGIN]: 'method.request.header.Origin' }));
});

describe('preflights', () => {
  breaks('ALL-CORS3', 'an authorizer', {
    resources: (draft) => draft.set('Preflight', { AuthorizationType: 'AWS_IAM' }),
    body: (draft) => Object.assign(draft.operation('options', '/orders'), { security: [{ users: [] }] }),
  });
  breaks('ALL-CORS3', 'a key', {
    resources: (draft) => draft.set('Preflight', { ApiKeyRequired: true }),
    body: (draft) => Object.assign(draft.operation('options', '/orders'), { security: [{ key: [] }] }),
  });
  keeps('ALL-CORS3', 'security that is turned off', {
    body: (draft) => Object.assign(draft.operation('options', '/orders'), { security: [] }),
  });

  breaks('REST-CORS5', 'a mock that reads text where all is binary', {
    resources: (draft) => draft.set('Api', { BinaryMediaTypes: ['*/*'] }),
    body: (draft) => Object.assign(draft.body, { 'x-amazon-apigateway-binary-media-types': ['*/*'] }),
  });
  keeps('REST-CORS5', 'a mock that converts', {
    resources: (draft) => {
      draft.set('Api', { BinaryMediaTypes: ['*/*'] });
      Object.assign(draft.props('Preflight').Integration, { ContentHandling: 'CONVERT_TO_TEXT' });
    },
    body: (draft) => {
      Object.assign(draft.body, { 'x-amazon-apigateway-binary-media-types': ['*/*'] });
      Object.assign(draft.call('options', '/orders'), { contentHandling: 'CONVERT_TO_TEXT' });
    },
  });
  keeps('REST-CORS5', 'images', {
    resources: (draft) => draft.set('Api', { BinaryMediaTypes: ['image/png'] }),
  });
});

describe('gateway responses', () => {
  breaks('REST-CORS4', 'errors without header', {
    resources: (draft) => delete (draft.resources as Partial<Json>).Clients,
    body: (draft) => delete (draft.body['x-amazon-apigateway-gateway-responses'] as Partial<Json>).DEFAULT_4XX,
  });
  breaks('REST-CORS4', 'server errors with other headers', {
    resources: (draft) => draft.set('Servers', { ResponseParameters: { 'gatewayresponse.header.X': "'y'" } }),
  });
  keeps('REST-CORS4', 'a header that a template sets', {
    resources: (draft) =>
      draft.set('Clients', {
        ResponseParameters: undefined,
        ResponseTemplates: {
          'application/json': '#set($context.responseOverride.header.Access-Control-Allow-Origin = "x")',
        },
      }),
  });
  keeps('REST-CORS4', 'an API without CORS', {
    resources: (draft) => {
      for (const name of ['Clients', 'Servers', 'Preflight']) {
        delete (draft.resources as Partial<Json>)[name];
      }
      draft.resources.Deployment.DependsOn = ['ListOrders', 'CreateOrder', 'GetOrder'] as unknown as Json;
    },
    body: (draft) => {
      delete (draft.body as Partial<Json>)['x-amazon-apigateway-gateway-responses'];
      delete (draft.body.paths['/orders'] as Partial<Json>).options;
    },
  });

  breaks('REST-GW2', 'one status for all errors', {
    resources: (draft) => draft.set('Clients', { StatusCode: '400' }),
    body: (draft) => Object.assign(gatewayResponse(draft, 'DEFAULT_4XX'), { statusCode: '400' }),
  });
  keeps('REST-GW2', 'a status for one kind of error', {
    resources: (draft) =>
      draft.add('Denied', 'AWS::ApiGateway::GatewayResponse', {
        RestApiId: { Ref: 'Api' },
        ResponseType: 'ACCESS_DENIED',
        StatusCode: '404',
      }),
  });
});

describe('answers to a page', () => {
  const custom = (headers: Record<string, string>, responses?: unknown) => ({
    resources: (draft: Draft) =>
      draft.set('ListOrders', {
        MethodResponses: [
          {
            StatusCode: '200',
            ResponseParameters: Object.fromEntries(Object.keys(headers).map((name) => [name, true])),
          },
        ],
        Integration: {
          ...draft.props('ListOrders').Integration,
          Type: 'AWS',
          IntegrationResponses: responses ?? [{ StatusCode: '200', ResponseParameters: headers }],
        },
      }),
  });
  breaks('REST-CORS6', 'a custom integration without the header', custom({}));
  keeps('REST-CORS6', 'one with it', custom({ [ORIGIN]: "'https://app.example.com'" }));
  keeps('REST-CORS6', 'responses that cannot be told', custom({}, { 'Fn::ImportValue': 'responses' }));
  keeps('REST-CORS6', 'headers that cannot be told', {
    ...custom({}, [{ StatusCode: '200', ResponseParameters: { 'Fn::ImportValue': 'headers' } }]),
  });
});

describe('spelling', () => {
  for (const origin of [
    'https://app.example.com/',
    'https://app.example.com/app',
    'app.example.com',
    'http://app.example.com',
    'null',
    'https://a.example, https://b.example',
  ]) {
    breaks('ALL-CORS8', `the origin ${origin}`, answer({ [ORIGIN]: `'${origin}'` }));
  }
  for (const origin of [
    'https://app.example.com:8443',
    'http://localhost:3000',
    'http://127.0.0.1',
    'capacitor://localhost',
    '$stageVariables.origin',
  ]) {
    const also = origin.startsWith('$') ? ['ALL-DEP16'] : [];
    keeps('ALL-CORS8', `the origin ${origin}`, { also, ...answer({ [ORIGIN]: `'${origin}'` }) });
  }
  breaks('ALL-CORS8', 'an origin on errors', {
    both: (draft) => {
      const parameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'app.example.com'" };
      Object.assign(
        gatewayResponse(draft, 'DEFAULT_4XX'),
        draft.body ? { responseParameters: parameters } : { ResponseParameters: parameters },
      );
    },
  });

  const HEADERS = 'method.response.header.Access-Control-Allow-Headers';
  const origin = { [ORIGIN]: "'https://app.example.com'" };
  breaks('ALL-CORS9', 'every header but the one that is needed', answer({ ...origin, [HEADERS]: "'*'" }));
  keeps('ALL-CORS9', 'the header itself', answer({ ...origin, [HEADERS]: "'*,Authorization'" }));
  keeps('ALL-CORS9', 'routes that need another header', {
    resources: (draft) => {
      answer({ ...origin, [HEADERS]: "'*'" }).resources(draft);
      draft.set('Authorizer', { IdentitySource: 'method.request.header.X-Token' });
    },
  });

  breaks('REST-GW1', 'a response that is never sent', {
    resources: (draft) =>
      draft.add('Large', 'AWS::ApiGateway::GatewayResponse', {
        RestApiId: { Ref: 'Api' },
        ResponseType: 'REQUEST_TOO_LARGE',
      }),
    body: (draft) =>
      Object.assign(draft.body['x-amazon-apigateway-gateway-responses'], { REQUEST_TOO_LARGE: { statusCode: '413' } }),
  });
  keeps('REST-GW1', 'another response', {
    resources: (draft) =>
      draft.add('Denied', 'AWS::ApiGateway::GatewayResponse', {
        RestApiId: { Ref: 'Api' },
        ResponseType: 'THROTTLED',
      }),
  });
});
