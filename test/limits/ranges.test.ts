import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  AccessLogFormat,
  DynamoDbValue,
  HttpAuthorizer,
  HttpIntegration,
  HttpResponseParameter,
  JsonSchema,
  type QuotaOptions,
  RequestValue,
  RestAuthorizer,
  RestEndpointType,
  RestIntegration,
  WebAcl,
  type WebAclManagedOptions,
  WebAclRateLimit,
  WebSocketAuthorizer,
  WebSocketIntegration,
} from '../../lib';
import { COUNTRY_CODES } from '../../lib/facts/web-acl';
import { fn } from '../support/stacks';
import { http, map, names, rest, webSocket } from './support';

import { hold, ms, type Range, range, s } from './ranges';

const URL = 'https://example.com/';
const TOKENS = { issuer: 'https://issuer.example.com', audience: ['orders'] };
const USE = (stack: Stack, integration: RestIntegration) => rest(stack, { routes: { 'POST /': { integration } } });
const USE_HTTP = (stack: Stack, integration: HttpIntegration) => http(stack, { routes: { 'POST /': { integration } } });
const USE_SOCKET = (stack: Stack, integration: WebSocketIntegration) =>
  webSocket(stack, {
    routes: { $connect: { integration: WebSocketIntegration.mock() }, send: { integration } },
  });
const quota = (stack: Stack, options: QuotaOptions) =>
  rest(stack, {
    routes: { 'GET /': { integration: RestIntegration.mock(), apiKeyRequired: true } },
    usagePlans: { free: { quota: options, apiKeys: ['a'] } },
  });
const acl = (stack: Stack, options: WebAclManagedOptions) => rest(stack, { webAcl: WebAcl.managed(options) });
const custom = (statusCode: number) => ({
  responses: [{ statusCode }],
  requestTemplates: { 'application/json': '{}' },
});
const addresses = (count: number) => names(count).map((_, i) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`);
const sized = (bytes: number) => 'x'.repeat(bytes - JSON.stringify({ type: 'string', description: '' }).length);
const DYNAMO = (stack: Stack, limit: number) =>
  RestIntegration.dynamoDbQuery(
    new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } }),
    {
      keyCondition: 'id = :id',
      expressionValues: { ':id': DynamoDbValue.string(RequestValue.context('accountId')) },
      limit,
    },
  );
const attributes = (count: number) => map(count, RequestValue.context('requestId'));

const RANGES: Readonly<Record<string, Range>> = {
  // Timeouts
  'REST timeout': range(
    (stack, v) => USE(stack, RestIntegration.http(URL, { timeout: v })),
    [ms(50), ms(29_000), ms(300_000)],
    [ms(49), 'at least 50 ms, got: 49 ms'],
  ),
  'REST timeout of an edge API': range(
    (stack, v) =>
      rest(stack, {
        endpointType: RestEndpointType.EDGE,
        routes: { 'GET /': { integration: RestIntegration.http(URL, { timeout: v }) } },
      }),
    [ms(50), ms(29_000)],
    [ms(29_001), 'the timeout is 29.001 s, but an edge-optimized API ends every request after 29 s'],
  ),
  'REST timeout of a stream': range(
    (stack, v) => USE(stack, RestIntegration.lambda(fn(stack, 'Fn'), { streamResponse: true, timeout: v })),
    [ms(50), ms(900_000)],
    [ms(900_001), 'the timeout is 900.001 s, but a streamed response ends after 15 minutes'],
  ),
  'HTTP timeout': range(
    (stack, v) => USE_HTTP(stack, HttpIntegration.http(URL, { timeout: v })),
    [ms(50), ms(30_000)],
    [ms(49), 'at least 50 ms, got: 49 ms'],
    [ms(30_001), 'an HTTP API ends every request after 30 s'],
  ),
  'WebSocket timeout': range(
    (stack, v) => USE_SOCKET(stack, WebSocketIntegration.http(URL, { timeout: v })),
    [ms(50), ms(29_000)],
    [ms(49), 'at least 50 ms, got: 49 ms'],
    [ms(29_001), '29.001 s'],
  ),

  // How long something is kept
  'cache.ttl of a stage': range(
    (stack, v) =>
      rest(stack, {
        routes: { 'GET /': { integration: RestIntegration.mock(), cache: { perCaller: false } } },
        stages: { prod: { cache: { ttl: v } } },
      }),
    [s(0), s(3600)],
    [s(3601), 'cache.ttl must be 0 to 3600 seconds, got: 3601'],
  ),
  'cache.ttl of a route': range(
    (stack, v) =>
      rest(stack, {
        routes: { 'GET /': { integration: RestIntegration.mock(), cache: { ttl: v, perCaller: false } } },
        stages: { prod: { cache: {} } },
      }),
    [s(0), s(3600)],
    [s(3601), 'cache.ttl must be 0 to 3600 seconds, got: 3601'],
  ),
  'REST resultsCacheTtl': range(
    (stack, v) =>
      rest(stack, { defaultAuthorizer: RestAuthorizer.lambdaToken(fn(stack, 'Fn'), { resultsCacheTtl: v }) }),
    [s(0), s(3600)],
    [s(3601), 'resultsCacheTtl must be 0 to 3600 seconds, got: 3601'],
  ),
  'HTTP resultsCacheTtl': range(
    (stack, v) =>
      http(stack, {
        defaultAuthorizer: HttpAuthorizer.lambda(fn(stack, 'Fn'), {
          resultsCacheTtl: v,
          identitySources: ['$request.header.X-Key'],
        }),
      }),
    [s(0), s(3600)],
    [s(3601), 'resultsCacheTtl must be 0 to 3600 seconds, got: 3601'],
  ),
  'REST cors.maxAge': range(
    (stack, v) => rest(stack, { cors: { allowOrigins: ['https://a.example'], maxAge: v } }),
    [s(0), s(86_400)],
    [s(86_401), 'maxAge must be 0 to 86400 seconds, got: 86401'],
  ),
  'HTTP cors.maxAge': range(
    (stack, v) => http(stack, { cors: { allowOrigins: ['https://a.example'], maxAge: v } }),
    [s(0), s(86_400)],
    [s(86_401), 'maxAge must be 0 to 86400 seconds, got: 86401'],
  ),
  'REST clockTolerance': range(
    (stack, v) => rest(stack, { defaultAuthorizer: RestAuthorizer.jwt({ ...TOKENS, clockTolerance: v }) }),
    [s(0), s(300)],
    [s(301), 'clockTolerance must be 0 to 300 seconds, got: 301'],
  ),
  'WebSocket clockTolerance': range(
    (stack, v) => webSocket(stack, { defaultAuthorizer: WebSocketAuthorizer.jwt({ ...TOKENS, clockTolerance: v }) }),
    [s(0), s(300)],
    [s(301), 'clockTolerance must be 0 to 300 seconds, got: 301'],
  ),

  // Rates
  'throttle.rateLimit': range(
    (stack, v) => rest(stack, { stages: { prod: { throttle: { rateLimit: v, burstLimit: 1 } } } }),
    [0.1, 1],
    [0, 'throttle.rateLimit must be more than 0 requests per second, got: 0'],
    [NaN, 'got: NaN'],
  ),
  'throttle.burstLimit': range(
    (stack, v) => rest(stack, { stages: { prod: { throttle: { rateLimit: 1, burstLimit: v } } } }),
    [1, 2],
    [0, 'throttle.burstLimit must be a whole number of at least 1, got: 0'],
    [1.5, 'got: 1.5'],
  ),
  'WebAcl rateLimit': range(
    (stack, v) => acl(stack, { rateLimit: v }),
    [10, 2_000_000_000],
    [9, 'from 10 to 2000000000'],
    [2_000_000_001, 'from 10 to 2000000000'],
    [10.5, 'from 10 to 2000000000'],
  ),
  WebAclRateLimit: range(
    (_, v) => WebAclRateLimit.byApiKey(v),
    [10, 2_000_000_000],
    [9, 'the limit 9 must be a whole number of requests from 10 to 2000000000'],
    [2_000_000_001, 'the limit 2000000001'],
  ),
  'WebAclRateLimit.window': range(
    (_, v) => WebAclRateLimit.byIp(10, { window: Duration.seconds(v) }),
    [60, 120, 300, 600],
    [0, 'window must be one of 1, 2, 5, 10 minutes'],
    [59.5, 'window must be one of'],
    [61, 'got: 1 minute 1 second'],
  ),
  'WebAclRateLimit.byHeader': range(
    (_, v) => WebAclRateLimit.byHeader('x'.repeat(v), 10),
    [1, 64],
    [0, 'is not a literal name of a header'],
    [65, 'is not a literal name of a header'],
  ),
  'WebAcl rateLimits': range(
    (stack, v) =>
      acl(stack, { rateLimits: names(v).map((name) => WebAclRateLimit.byHeader(name, 10)), maxCapacity: 5000 }),
    [1, 10],
    [11, 'has 11 rate limits; the maximum of an ACL is 10'],
  ),
  'WebAcl denyCountries': range(
    (stack, v) => acl(stack, { denyCountries: [...COUNTRY_CODES].slice(0, v) }),
    [1, 50],
    [0, 'denyCountries is empty'],
    [51, 'denyCountries has 51 countries; the maximum of AWS WAF is 50'],
  ),
  'WebAcl denyIps': range(
    (stack, v) => acl(stack, { denyIps: addresses(v) }),
    [1, 10_000],
    [0, 'denyIps is empty'],
    [10_001, 'denyIps has 10001 ranges of IPV4; the maximum of an IP set is 10000'],
  ),
  'WebAcl maxCapacity': range(
    (stack, v) => acl(stack, { maxCapacity: v }),
    [1500, 5000],
    [0, 'maxCapacity must be from 1 to 5000, got: 0'],
    [5001, 'maxCapacity must be from 1 to 5000, got: 5001'],
    [1, 'capacity units, but 1 are allowed'],
  ),

  // Usage plans
  'quota.limit': range(
    (stack, v) => quota(stack, { limit: v, period: Period.DAY }),
    [1, 2],
    [0, 'quota.limit must be a whole number of at least 1, got: 0'],
    [1.5, 'got: 1.5'],
  ),
  'quota.offset of a day': range(
    (stack, v) => quota(stack, { limit: 1, period: Period.DAY, offset: v }),
    [0],
    [1, 'must be 0 for a DAY'],
    [-1, 'got: -1'],
  ),
  'quota.offset of a week': range(
    (stack, v) => quota(stack, { limit: 1, period: Period.WEEK, offset: v }),
    [0, 6],
    [7, 'a whole number from 0 to 6'],
    [-1, 'got: -1'],
    [0.5, 'got: 0.5'],
  ),
  'quota.offset of a month': range(
    (stack, v) => quota(stack, { limit: 1, period: Period.MONTH, offset: v }),
    [0, 27],
    [28, 'a whole number from 0 to 27'],
    [-1, 'got: -1'],
  ),
  'routes of a plan': range(
    (stack, v) => {
      const paths = names(v).map((name) => `GET /${name}`);
      const throttle = { rateLimit: 1, burstLimit: 1 };
      rest(stack, {
        routes: Object.fromEntries(
          paths.map((key) => [key, { integration: RestIntegration.mock(), apiKeyRequired: true }]),
        ),
        usagePlans: {
          free: { throttle, routes: Object.fromEntries(paths.map((key) => [key, { throttle }])), apiKeys: ['a'] },
        },
      });
    },
    [1, 20],
    [21, 'routes has 21 routes, and a plan takes 20 for each stage'],
  ),

  // Sizes
  minimumCompressionSize: range(
    (stack, v) => rest(stack, { minimumCompressionSize: Size.bytes(v) }),
    [0, 10_485_760],
    [10_485_761, 'minimumCompressionSize must be 0 to 10485760 bytes (10 MiB), got: 10485761'],
  ),
  'bytes of a model': range(
    (_, v) => JsonSchema.fromObject({ type: 'string', description: sized(v) }),
    [1000, 409_600],
    [409_601, 'has 409601 bytes; API Gateway accepts 409600 for one model'],
  ),
  'bytes of a log format': range(
    (stack, v) =>
      rest(stack, {
        stages: { prod: { accessLog: { format: AccessLogFormat.custom(`$context.requestId${' '.repeat(v - 18)}`) } } },
      }),
    [19, 3072],
    [3073, 'format has 3073 bytes; the maximum is 3072'],
  ),

  // Counts
  'REST variables of a stage': range(
    (stack, v) => rest(stack, { stages: { prod: { variables: map(v, 'x') } } }),
    [1, 100],
    [101, '101'],
  ),
  'HTTP variables of a stage': range(
    (stack, v) => http(stack, { stages: { prod: { variables: map(v, 'x') } } }),
    [1, 100],
    [101, '101'],
  ),
  'WebSocket variables of a stage': range(
    (stack, v) => webSocket(stack, { stages: { prod: { variables: map(v, 'x') } } }),
    [1, 100],
    [101, '101'],
  ),
  'scopes of an HTTP route': range(
    (stack, v) => http(stack, { defaultAuthorizer: HttpAuthorizer.jwt({ ...TOKENS, scopes: names(v) }) }),
    [1, 10],
    [11, 'has 11 scopes, and a route of an HTTP API takes 10'],
  ),
  'audiences of an HTTP authorizer': range(
    (stack, v) => http(stack, { defaultAuthorizer: HttpAuthorizer.jwt({ ...TOKENS, audience: names(v) }) }),
    [1, 50],
    [51, 'names 51 audiences, and an authorizer takes 50'],
    [0, 'audience'],
  ),
  messageAttributes: range(
    (stack, v) => USE(stack, RestIntegration.sqs(new Queue(stack, 'Queue'), { messageAttributes: attributes(v) })),
    [1, 10],
    [11, 'a message has 10 attributes at most, got: 11'],
  ),
  'DynamoDB limit': range(
    (stack, v) => USE(stack, DYNAMO(stack, v)),
    [1, 1000],
    [0, 'limit must be a whole number from 1 to 1000, got: 0'],
    [1001, 'got: 1001'],
    [1.5, 'got: 1.5'],
  ),

  // Status codes
  'gateway response': range(
    (stack, v) => rest(stack, { gatewayResponses: { THROTTLED: { statusCode: v } } }),
    [200, 599],
    [199, '199'],
    [600, '600'],
    [200.5, '200.5'],
  ),
  mock: range(
    (_, v) => rest(_, { routes: { 'GET /': { integration: RestIntegration.mock({ statusCode: v }) } } }),
    [200, 599],
    [199, '199'],
    [600, '600'],
    [200.5, '200.5'],
  ),
  'custom response': range(
    (stack, v) => USE(stack, RestIntegration.httpCustom(URL, custom(v))),
    [100, 599],
    [99, '99'],
    [600, '600'],
    [200.5, '200.5'],
  ),
  overwriteStatusCode: range(
    (_, v) => HttpResponseParameter.overwriteStatusCode(v),
    [200, 599],
    [199, '199'],
    [600, '600'],
    [200.5, '200.5'],
  ),
};

hold(RANGES);
