import { adviseHttp, type HttpAdvice } from '../../lib/checks/advice';
import { readModel } from '../../lib/template/reader/read';
import { Draft, type Json } from './draft';
import { source } from './support';

const LAMBDA =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations';
const service = (target: string): object => ({
  type: 'aws',
  httpMethod: 'POST',
  uri: `arn:aws:apigateway:eu-west-1:${target}`,
});

/** A REST API that an HTTP API could replace: two proxied routes behind Cognito, one of them preflighted. */
function plain(): Draft {
  const operation = {
    security: [{ pool: [] }],
    'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: LAMBDA },
  };
  return new Draft({
    Resources: {
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: {
          Name: 'orders',
          EndpointConfiguration: { Types: ['REGIONAL'] },
          Body: {
            openapi: '3.0.1',
            info: { title: 'orders', version: '1' },
            paths: {
              '/orders': {
                get: structuredClone(operation),
                post: structuredClone(operation),
                options: { 'x-amazon-apigateway-integration': { type: 'mock' } },
              },
            },
            components: {
              securitySchemes: {
                pool: {
                  type: 'apiKey',
                  name: 'Authorization',
                  in: 'header',
                  'x-amazon-apigateway-authtype': 'cognito_user_pools',
                  'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['arn'] },
                },
              },
            },
            'x-amazon-apigateway-request-validators': {
              body: { validateRequestBody: true, validateRequestParameters: false },
              parameters: { validateRequestBody: false, validateRequestParameters: true },
            },
          },
        },
      },
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' },
      },
    },
  } as unknown as Json);
}

function advice(change: (draft: Draft) => void = () => undefined): HttpAdvice {
  const draft = plain();
  change(draft);
  return adviseHttp(readModel([source(draft.template)]))[0];
}

test('a REST API that uses nothing which HTTP APIs lack could be one; its preflight is no obstacle', () => {
  expect(advice()).toMatchObject({ verdict: 'possible', obstacles: [], routes: 2, blockingRoutes: [] });
});

const get = (draft: Draft) => draft.operation('get', '/orders');
const integrate = (integration: object) => (draft: Draft) =>
  Object.assign(get(draft), { 'x-amazon-apigateway-integration': integration });
const proxy = (more: object) => integrate({ type: 'aws_proxy', httpMethod: 'POST', uri: LAMBDA, ...more });

const OF_ROUTES: [string, (draft: Draft) => void][] = [
  ['a mock integration', integrate({ type: 'mock' })],
  ['custom mapping templates', integrate({ type: 'aws', httpMethod: 'POST', uri: LAMBDA })],
  ['custom mapping templates', integrate({ type: 'http', httpMethod: 'GET', uri: 'https://example.com' })],
  ['a call to dynamodb GetItem', integrate(service('dynamodb:action/GetItem'))],
  ['a call to kinesis PutRecords', integrate(service('kinesis:action/PutRecords'))],
  ['response streaming', proxy({ responseTransferMode: 'STREAM' })],
  ['a timeout of 31 s', proxy({ timeoutInMillis: 31_000 })],
  [
    'validation of the body',
    (draft) =>
      Object.assign(get(draft), {
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        'x-amazon-apigateway-request-validator': 'body',
      }),
  ],
  [
    'required parameters',
    (draft) =>
      Object.assign(get(draft), {
        parameters: [{ name: 'page', in: 'query', required: true, schema: { type: 'string' } }],
        'x-amazon-apigateway-request-validator': 'parameters',
      }),
  ],
  [
    'an API key',
    (draft) => {
      draft.body.components.securitySchemes.key = {
        type: 'apiKey',
        name: 'x-api-key',
        in: 'header',
      } as unknown as Json;
      Object.assign(get(draft), { security: [{ pool: [], key: [] }] });
    },
  ],
  [
    'a cached response',
    (draft) =>
      draft.set('Stage', {
        CacheClusterEnabled: true,
        MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/~1orders', CachingEnabled: true }],
      }),
  ],
];

test.each(OF_ROUTES)('%s of one route uses', (what, change) => {
  const { verdict, obstacles, blockingRoutes } = advice(change);
  expect(obstacles.filter(({ blocks }) => blocks)).toMatchObject([{ what, route: 'GET /orders' }]);
  expect({ verdict, blockingRoutes }).toEqual({ verdict: 'blocked', blockingRoutes: ['GET /orders'] });
});

const OF_APIS: [string, (draft: Draft) => void][] = [
  ['a private endpoint', (draft) => draft.set('Api', { EndpointConfiguration: { Types: ['PRIVATE'] } })],
  ['a resource policy', (draft) => draft.set('Api', { Policy: { Version: '2012-10-17', Statement: [] } })],
  ['a client certificate for back ends', (draft) => draft.set('Stage', { ClientCertificateId: 'abc' })],
  [
    'custom gateway responses',
    (draft) =>
      draft.add('Response', 'AWS::ApiGateway::GatewayResponse', {
        RestApiId: { Ref: 'Api' },
        ResponseType: 'THROTTLED',
        StatusCode: '503',
      }),
  ],
  [
    'a web ACL',
    (draft) =>
      draft.add('Waf', 'AWS::WAFv2::WebACLAssociation', {
        WebACLArn: 'arn:aws:wafv2:eu-west-1:1:regional/webacl/a/b',
        ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/${Stage}' },
      }),
  ],
  [
    'usage plans',
    (draft) =>
      draft.add('Plan', 'AWS::ApiGateway::UsagePlan', {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
      }),
  ],
];

test.each(OF_APIS)('%s uses of the whole API', (what, change) => {
  const { verdict, obstacles, blockingRoutes } = advice(change);
  expect(obstacles).toMatchObject([{ what, blocks: true }]);
  expect(obstacles[0].route).toBeUndefined();
  expect({ verdict, blockingRoutes }).toEqual({ verdict: 'blocked', blockingRoutes: [] });
});

const CHANGES: [string, (draft: Draft) => void][] = [
  ['an edge-optimized endpoint', (draft) => draft.unset('Api', 'EndpointConfiguration')],
  ['compression', (draft) => draft.set('Api', { MinimumCompressionSize: 1024 })],
  ['AWS X-Ray', (draft) => draft.set('Stage', { TracingEnabled: true })],
  ['a canary', (draft) => draft.set('Stage', { CanarySetting: { PercentTraffic: 10 } })],
  [
    'execution logs',
    (draft) => draft.set('Stage', { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR' }] }),
  ],
  [
    'an access log in Firehose',
    (draft) =>
      draft.set('Stage', {
        AccessLogSetting: { DestinationArn: 'arn:aws:firehose:eu-west-1:1:deliverystream/amazon-apigateway-a' },
      }),
  ],
  ['a call to sqs with a template', integrate(service('sqs:path/1/queue'))],
  ['a call to states StartExecution with a template', integrate(service('states:action/StartExecution'))],
  [
    'a Lambda authorizer of type TOKEN',
    (draft) =>
      Object.assign(draft.body.components.securitySchemes.pool, {
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: LAMBDA },
      }),
  ],
  [
    'a VPC link V1',
    integrate({
      type: 'http_proxy',
      httpMethod: 'GET',
      uri: 'https://example.com',
      connectionType: 'VPC_LINK',
      connectionId: 'abc',
    }),
  ],
];

test.each(CHANGES)('%s is done otherwise, and does not stand in the way', (what, change) => {
  const { verdict, obstacles } = advice(change);
  expect(obstacles).not.toEqual([]);
  expect([...new Set(obstacles.map((one) => `${one.what} ${one.blocks}`))]).toEqual([`${what} false`]);
  expect(verdict).toBe('possible');
});

test('what a path parameter requires is no validation', () => {
  const { obstacles } = advice((draft) =>
    Object.assign(get(draft), {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      'x-amazon-apigateway-request-validator': 'parameters',
    }),
  );
  expect(obstacles).toEqual([]);
});

test('a definition that is elsewhere cannot be judged', () => {
  const { verdict } = advice((draft) => {
    draft.unset('Api', 'Body');
    draft.set('Api', { BodyS3Location: { Bucket: 'b', Key: 'k' } });
  });
  expect(verdict).toBe('unknown');
});
