import { type Finding } from '../../../lib/checks/rule';
import { breaks, type Draft, findings, goodResources, keeps, type Json } from '../support';

/** The same change to the integration of GET /orders/{id}, in the words of each form. */
const call = (
  resources: object,
  body: object,
): { resources: (draft: Draft) => void; body: (draft: Draft) => void } => ({
  resources: (draft) => Object.assign(draft.integration, resources),
  body: (draft) => Object.assign(draft.call('get', '/orders/{id}'), body),
});
const streamingUri = {
  'Fn::Sub':
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2021-11-15/functions/${Fn.Arn}/response-streaming-invocations',
};
const uncached = (draft: Draft): void => {
  (draft.stage as Partial<Json>).MethodSettings = [draft.wide] as unknown as Json;
};
const http = (uri: string, mapped: Record<string, string> = {}): ReturnType<typeof call> =>
  call(
    { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: uri, RequestParameters: mapped },
    { type: 'http_proxy', httpMethod: 'GET', uri, requestParameters: mapped },
  );

describe('timeouts', () => {
  breaks('REST-INT1', 'a timeout under the minimum', call({ TimeoutInMillis: 49 }, { timeoutInMillis: 49 }));
  breaks('REST-INT1', 'a timeout over the quota', call({ TimeoutInMillis: 29001 }, { timeoutInMillis: 29001 }));
  keeps('REST-INT1', 'the whole quota', call({ TimeoutInMillis: 29000 }, { timeoutInMillis: 29000 }));
  keeps('REST-INT1', 'five minutes of a stream', {
    resources: (draft) => {
      uncached(draft);
      Object.assign(draft.integration, { TimeoutInMillis: 300000, ResponseTransferMode: 'STREAM', Uri: streamingUri });
    },
    body: (draft) => {
      uncached(draft);
      Object.assign(draft.call('get', '/orders/{id}'), {
        timeoutInMillis: 300000,
        responseTransferMode: 'STREAM',
        uri: streamingUri,
      });
    },
  });

  test.each([
    ['REGIONAL', 'warning'],
    ['EDGE', 'error'],
    [undefined, 'error'],
  ])('REST-INT1: over the quota on %s is an %s', (type, severity) => {
    const draft = goodResources();
    draft.set('Api', { EndpointConfiguration: type === undefined ? undefined : { Types: [type] } });
    const found = (): Finding[] => findings(draft.template).filter(({ id }) => id !== 'REST-NET6');
    draft.integration.TimeoutInMillis = 60000 as unknown as Json;
    expect(found()).toMatchObject([{ id: 'REST-INT1', severity, key: 'GET /orders/{id}' }]);
  });
});

describe('what is called', () => {
  breaks('REST-INT4', 'a function invoked with GET', call({ IntegrationHttpMethod: 'GET' }, { httpMethod: 'GET' }));
  keeps('REST-INT4', 'an HTTP back end called with GET', http('https://example.com/orders'));

  breaks('REST-INT5', 'no verb', call({ IntegrationHttpMethod: undefined }, { httpMethod: undefined }));
  breaks('REST-INT5', 'no URI', call({ Type: 'HTTP_PROXY', Uri: undefined }, { type: 'http_proxy', uri: undefined }));
  keeps(
    'REST-INT5',
    'a URI from elsewhere',
    call({ Uri: { 'Fn::ImportValue': 'uri' } }, { uri: { 'Fn::ImportValue': 'uri' } }),
  );

  breaks('REST-INT10', 'a mock without template', {
    resources: (draft) => delete (draft.props('Preflight').Integration as Partial<Json>).RequestTemplates,
    body: (draft) => delete (draft.call('options', '/orders') as Partial<Json>).requestTemplates,
  });
  breaks('REST-INT10', 'a mock whose template gives nothing', {
    resources: (draft) =>
      Object.assign(draft.props('Preflight').Integration, { RequestTemplates: { 'application/json': '{}' } }),
  });
  keeps('REST-INT10', 'a status from Velocity', {
    resources: (draft) =>
      Object.assign(draft.props('Preflight').Integration, {
        RequestTemplates: { 'application/json': '#set($context.x = 1) { "statusCode" : 204 }' },
      }),
  });
});

describe('responses', () => {
  breaks('REST-INT7', 'a status that is not declared', {
    resources: (draft) => draft.set('Preflight', { MethodResponses: [{ StatusCode: '200' }] }),
    body: (draft) =>
      Object.assign(draft.operation('options', '/orders'), { responses: { 200: { description: 'ok' } } }),
  });
  breaks('REST-INT7', 'a header that is not declared', {
    resources: (draft) => draft.set('Preflight', { MethodResponses: [{ StatusCode: '204' }] }),
    body: (draft) => delete (draft.operation('options', '/orders').responses['204'] as Partial<Json>).headers,
  });
  keeps('REST-INT7', 'a status that cannot be told', {
    resources: (draft) => draft.set('Preflight', { MethodResponses: [{ StatusCode: { Ref: 'Code' } }] }),
  });
});

describe('parameters', () => {
  const id = { 'integration.request.path.id': 'method.request.path.id' };

  breaks('REST-INT8', 'a header that is not declared', {
    ...call(
      { RequestParameters: { 'integration.request.header.X': 'method.request.header.X' } },
      { requestParameters: { 'integration.request.header.X': 'method.request.header.X' } },
    ),
  });
  breaks('REST-INT8', 'a path variable that is not in the path', {
    resources: (draft) =>
      draft.set('GetOrder', {
        RequestParameters: {
          ...draft.props('GetOrder').RequestParameters,
          'method.request.path.order': true,
        },
      }),
  });
  breaks('REST-INT8', 'a variable of the URI that nothing fills', http('https://example.com/orders/{id}'));
  keeps('REST-INT8', 'a variable that is filled', http('https://example.com/orders/{id}', id));
  keeps('REST-INT8', 'a stage variable in the URI', {
    ...http('https://${stageVariables.table}.example.com/orders/{id}', id),
  });
  keeps('REST-INT8', 'what comes from the context and the body', {
    ...call(
      {
        RequestParameters: {
          'integration.request.header.A': 'context.identity.sourceIp',
          'integration.request.header.B': 'method.request.body.name',
          'integration.request.header.C': "'fixed'",
        },
      },
      { requestParameters: { 'integration.request.header.B': 'method.request.body.name' } },
    ),
  });
});

describe('streams', () => {
  const stream = (resources: object, body: object): ReturnType<typeof call> => {
    const change = call(
      { ResponseTransferMode: 'STREAM', Uri: streamingUri, ...resources },
      { responseTransferMode: 'STREAM', uri: streamingUri, ...body },
    );
    return {
      resources: (draft) => [uncached, change.resources].forEach((it) => it(draft)),
      body: (draft) => [uncached, change.body].forEach((it) => it(draft)),
    };
  };
  const buffered = {
    'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
  };

  keeps('REST-INT16', 'a proxy with the streaming URI', stream({}, {}));
  breaks('REST-INT16', 'the buffered URI of Lambda', stream({ Uri: buffered }, { uri: buffered }));
  breaks('REST-INT16', 'an integration that is no proxy', {
    also: ['REST-INT9'],
    ...stream({ Type: 'AWS' }, { type: 'aws' }),
  });
  breaks('REST-INT16', 'a stream into a cache', {
    resources: (draft) => Object.assign(draft.integration, { ResponseTransferMode: 'STREAM', Uri: streamingUri }),
    body: (draft) =>
      Object.assign(draft.call('get', '/orders/{id}'), { responseTransferMode: 'STREAM', uri: streamingUri }),
  });
});
