import { breaks, type Draft, keeps, type Json } from '../support';

const api = (changes: object) => ({ both: (draft: Draft) => draft.set('Api', changes) });
const integration = (changes: object) => ({ resources: (draft: Draft) => Object.assign(draft.integration, changes) });

describe('ALL-ENUM1', () => {
  breaks('ALL-ENUM1', 'an endpoint type', api({ EndpointConfiguration: { Types: ['LOCAL'] } }));
  breaks('ALL-ENUM1', 'an address type', {
    ...api({ EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'ipv6' } }),
  });
  breaks('ALL-ENUM1', 'a key source', api({ ApiKeySourceType: 'QUERY' }));
  breaks('ALL-ENUM1', 'a security policy', api({ SecurityPolicy: 'TLS_1_3' }));
  breaks(
    'ALL-ENUM1',
    'an access mode',
    api({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'LAX' }),
  );
  breaks('ALL-ENUM1', 'a content handling', integration({ ContentHandling: 'TEXT' }));
  breaks('ALL-ENUM1', 'a passthrough behavior', integration({ PassthroughBehavior: 'ALWAYS' }));
  breaks('ALL-ENUM1', 'a connection type', integration({ ConnectionType: 'VPC' }));
  breaks('ALL-ENUM1', 'a transfer mode', integration({ ResponseTransferMode: 'STREAMING' }));
  breaks('ALL-ENUM1', 'a type of integration, in the case of OpenAPI', {
    resources: (draft) => {
      draft.narrow.CachingEnabled = false as unknown as Json;
      draft.integration.Type = 'aws_proxy' as unknown as Json;
    },
  });
  breaks('ALL-ENUM1', 'an authorization type', {
    resources: (draft) => draft.set('GetOrder', { AuthorizationType: 'JWT' }),
  });
  breaks('ALL-ENUM1', 'a gateway response', {
    resources: (draft) =>
      draft.add('Odd', 'AWS::ApiGateway::GatewayResponse', { RestApiId: { Ref: 'Api' }, ResponseType: 'TEAPOT' }),
  });
  breaks('ALL-ENUM1', 'a log level', {
    both: (draft) => Object.assign(draft.narrow, { LoggingLevel: 'WARN' }),
  });
  breaks('ALL-ENUM1', 'a type of key', { both: (draft) => draft.set('PlanKey', { KeyType: 'SECRET' }) });

  keeps('ALL-ENUM1', 'the lower case of a Body', {
    body: (draft) => Object.assign(draft.call('get', '/orders'), { connectionType: 'internet' }),
  });
  keeps(
    'ALL-ENUM1',
    'a policy of next year',
    api({ SecurityPolicy: 'SecurityPolicy_TLS13_2027_01', EndpointAccessMode: 'STRICT' }),
  );
  keeps('ALL-ENUM1', 'what cannot be told', {
    ...api({ ApiKeySourceType: { 'Fn::ImportValue': 'x' }, SecurityPolicy: { 'Fn::ImportValue': 'y' } }),
  });
});

describe('ALL-ENUM2', () => {
  const wide = (changes: object) => ({ both: (draft: Draft) => Object.assign(draft.wide, changes) });
  breaks('ALL-ENUM2', 'a negative rate', wide({ ThrottlingRateLimit: -5 }));
  breaks('ALL-ENUM2', 'a burst with a fraction', wide({ ThrottlingBurstLimit: 500.5 }));
  breaks('ALL-ENUM2', 'a negative rate of a plan', {
    both: (draft) => draft.set('Plan', { Throttle: { RateLimit: -2, BurstLimit: 1 } }),
  });
  keeps('ALL-ENUM2', 'a rate with a fraction', wide({ ThrottlingRateLimit: 999.5 }));
  keeps('ALL-ENUM2', 'no limit of its own', wide({ ThrottlingRateLimit: -1, ThrottlingBurstLimit: -1 }));
  keeps('ALL-ENUM2', 'a number from elsewhere', wide({ ThrottlingBurstLimit: { 'Fn::ImportValue': 'burst' } }));

  breaks('ALL-ENUM2', 'a status that there is not', {
    resources: (draft) => draft.set('GetOrder', { MethodResponses: [{ StatusCode: '20' }] }),
  });
  breaks('ALL-ENUM2', 'a status of a gateway response', {
    also: ['REST-GW2'],
    both: (draft) => {
      const responses = draft.body?.['x-amazon-apigateway-gateway-responses'];
      if (responses) Object.assign(responses.DEFAULT_4XX, { statusCode: 'ok' });
      else draft.set('Clients', { StatusCode: 'ok' });
    },
  });
  keeps('ALL-ENUM2', 'a range of statuses in a Body', {
    body: (draft) => Object.assign(draft.operation('get', '/orders').responses, { '4XX': {}, default: {} }),
  });
});
