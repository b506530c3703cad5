import { Duration, Size, type Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  ApiDomain,
  ConnectionStore,
  DynamoDbAttributeType,
  DynamoDbValue,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  JsonSchema,
  RequestValue,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  StageCanary,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { fn } from '../support/stacks';

/** The order in which a user happens to write the entries of a map, or of a list that is a set. */
export interface Order {
  <T>(list: readonly T[]): T[];
  <T>(map: Readonly<Record<string, T>>): Record<string, T>;
}

export const asWritten = ((given: object) => given) as Order;
export const turned = ((given: object) =>
  Array.isArray(given)
    ? [...(given as unknown[])].reverse()
    : Object.fromEntries(Object.entries(given).reverse())) as Order;

const TOKENS = { issuer: 'https://issuer.example.com' };
const text = DynamoDbValue.string;
const { requestId } = RequestValue;

/** A gateway of each kind that uses every option whose order means nothing. */
export const EVERYTHING: Readonly<Record<string, (stack: Stack, o: Order) => void>> = {
  rest: (stack, o) => {
    const key = new Key(stack, 'Key');
    const queue = new Queue(stack, 'Queue', { encryptionMasterKey: key });
    const table = new Table(stack, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      encryptionKey: key,
    });
    const pools = [new UserPool(stack, 'Staff'), new UserPool(stack, 'Clients')];
    const one = fn(stack, 'One');
    const { STRING, NUMBER } = DynamoDbAttributeType;
    const put = RestIntegration.dynamoDbPut(table, {
      item: o({ id: text(requestId()), a: text(requestId()), z: text(requestId()), b: text(requestId()) }),
      condition: '#a = :a AND #z = :z',
      expressionNames: o({ '#a': 'a', '#z': 'z' }),
      expressionValues: o({ ':a': text(requestId()), ':z': text(requestId()) }),
    });
    const get = RestIntegration.dynamoDbGet(table, {
      key: o({ id: text(requestId()), sort: text(requestId()) }),
      attributes: o({ b: STRING, a: NUMBER }),
    });
    const body = (name: string) => JsonSchema.fromObject({ type: 'object' }, { modelName: name });
    const cached = {
      integration: RestIntegration.mock(),
      request: { query: o({ page: false, filter: true }), headers: o({ 'X-B': false, 'X-A': true }) },
      cache: { headers: o(['X-B', 'X-A']) },
      authorizer: RestAuthorizer.lambda(one, { identitySources: ['method.request.header.X-Key'] }),
    };
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.cognito({ userPools: pools }),
      webAcl: WebAcl.managed({
        denyCountries: o(['GB', 'AT']),
        denyIps: o(['10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32', '2001:db9::/32']),
      }),
      cors: { allowOrigins: ['https://a.example'] },
      gatewayResponses: o({
        THROTTLED: { headers: o({ 'X-B': "'b'", 'X-A': "'a'" }) },
        ACCESS_DENIED: { templates: o({ 'text/plain': 'no', 'application/json': '{}' }) },
      }),
      binaryMediaTypes: o(['image/png', 'application/pdf']),
      minimumCompressionSize: Size.bytes(10),
      documentationVersion: '1',
      routes: o({
        'GET /orders': cached,
        'POST /orders': {
          integration: RestIntegration.sqs(queue, { messageAttributes: o({ b: requestId(), a: requestId() }) }),
          request: { body: body('Order') },
          authorizer: RestAuthorizer.jwt({
            ...TOKENS,
            audience: o(['web', 'app']),
            scopes: o(['write', 'read']),
            requiredClaims: o({ tenant: 'b', level: 'a' }),
          }),
        },
        'PUT /orders/{id}/{item}': { integration: put, apiKeyRequired: true, request: { body: body('Item') } },
        'GET /orders/{id}/{item}': { integration: get, apiKeyRequired: true, scopes: o(['orders/read', 'orders/all']) },
        'ANY /all': { integration: RestIntegration.lambda(one) },
        'GET /stage': {
          integration: RestIntegration.lambdaByStage(o({ prod: one, live: one, dev: fn(stack, 'Two') })),
        },
      }),
      // Dashboards and alarms show stages as they are written.
      stages: {
        live: {},
        prod: { cache: {}, variables: o({ b: '1', a: '2' }), tags: { a: 'b' }, executionLog: {} },
        dev: {},
      },
      usagePlans: o({
        paid: { stages: o(['prod', 'live']), quota: { limit: 1000, period: Period.DAY }, apiKeys: o(['b', 'a']) },
        free: { stages: ['dev'], quota: { limit: 10, period: Period.DAY }, apiKeys: o(['b', 'c']) },
      }),
      alarms: { topic: new Topic(stack, 'Topic'), composite: true, quotaUsage: { paid: 80, free: 80 } },
      dashboard: {},
      savedQueries: true,
    });
  },

  http: (stack, o) => {
    const one = fn(stack, 'One');
    const jwt = HttpAuthorizer.jwt({ ...TOKENS, audience: o(['web', 'app']), scopes: o(['write', 'read']) });
    new HttpGateway(stack, 'Api', {
      defaultAuthorizer: jwt,
      cors: { allowOrigins: ['https://a.example'] },
      routes: o({
        'GET /orders': { integration: HttpIntegration.lambda(one) },
        'DELETE /orders': { integration: HttpIntegration.lambda(one) },
        'POST /orders': {
          integration: HttpIntegration.sqs(new Queue(stack, 'Queue')),
          authorizer: HttpAuthorizer.iam(),
        },
        'PATCH /orders/{id}/{item}': {
          integration: HttpIntegration.lambdaByStage(o({ prod: one, dev: fn(stack, 'Two') })),
          authorizer: HttpAuthorizer.lambda(fn(stack, 'Decides'), { identitySources: ['$request.header.X-Key'] }),
        },
      }),
      stages: { prod: { variables: o({ b: '1', a: '2' }) }, dev: {} },
      alarms: { topic: new Topic(stack, 'Topic'), composite: true },
      dashboard: {},
    });
  },

  webSocket: (stack, o) => {
    const one = fn(stack, 'One');
    const store = new ConnectionStore(stack, 'Store');
    const jwt = WebSocketAuthorizer.jwt({ ...TOKENS, audience: o(['web', 'app']), scopes: o(['write', 'read']) });
    const api = new WebSocketGateway(stack, 'Api', {
      defaultAuthorizer: jwt,
      routes: o({
        $connect: {
          integration: store.connectIntegration({ attributes: o({ b: text(requestId()), a: text(requestId()) }) }),
        },
        $disconnect: { integration: store.disconnectIntegration() },
        send: { integration: WebSocketIntegration.lambda(one) },
        list: { integration: WebSocketIntegration.sqs(new Queue(stack, 'Queue')) },
      }),
      stages: { prod: { variables: o({ b: '1', a: '2' }), executionLog: {} } },
    });
    store.broadcaster({ gateway: api, deadLetterQueue: new Queue(stack, 'Dead') });
  },

  release: (stack, o) => {
    const version = fn(stack, 'One').currentVersion;
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('test'),
      routes: { 'GET /': { integration: RestIntegration.lambda(version) } },
      stages: {
        prod: { canary: StageCanary.of({ percent: 10, stageVariables: o({ b: '1', a: '2' }) }) },
        dev: { canary: StageCanary.progressive({ steps: [10], interval: Duration.minutes(1) }) },
      },
    });
  },

  domain: (stack, o) => {
    const { region } = stack;
    const certificateArn = `arn:${stack.partition}:acm:${region}:111122223333:certificate/a`;
    const domain = new ApiDomain(stack, 'Domain', {
      domainName: 'api.example.com',
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
    });
    const make = (id: string) =>
      new RestGateway(stack, id, {
        defaultAuthorizer: RestAuthorizer.iam(),
        webAcl: WebAcl.none('test'),
        routes: { 'GET /': { integration: RestIntegration.mock() } },
      });
    for (const [path, id] of Object.entries(o({ orders: 'Orders', users: 'Users' }))) domain.map(make(id), { path });
  },
};
