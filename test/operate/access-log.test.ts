import { App, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnDeliveryStream, DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AccessLogFormat,
  type AccessLogOptions,
  HttpAccessLogField,
  RestAccessLogField,
  WebSocketAccessLogField,
} from '../../lib';
import { type GatewayKind } from '../../lib/facts/kinds';
import {
  CONTEXT_VARIABLE,
  LOG_VARIABLES,
  QUOTED_LOG_VARIABLES,
  SECRET_LOG_VARIABLES,
} from '../../lib/facts/log-variables';
import { createAccessLog } from '../../lib/operate/access-log';
import { jsonFormat } from '../../lib/operate/access-log-format';
import { DEFAULT_LOG_FIELDS, fieldName } from '../../lib/operate/default-log-fields';
import { executionLogGroup } from '../../lib/operate/execution-log';
import { Owner } from '../../lib/authoring/errors';
import { operations, byId } from './support';

const KINDS: readonly GatewayKind[] = ['rest', 'http', 'websocket'];
const CLASSES = { rest: RestAccessLogField, http: HttpAccessLogField, websocket: WebSocketAccessLogField };
const variablesOf = (kind: GatewayKind) => Object.values(CLASSES[kind]).map(({ _variable }) => _variable);
const owner = new Owner('Gateway \'Orders\': stage "prod"');

function made(kind: GatewayKind, options: AccessLogOptions | ((stack: Stack) => AccessLogOptions) = {}) {
  const stack = new Stack(new App(), 'Shop');
  const given = typeof options === 'function' ? options(stack) : options;
  const log = createAccessLog(stack, 'Log', given, { kind, name: 'Orders/prod', owner });
  return { stack, log, groups: Template.fromStack(stack).findResources('AWS::Logs::LogGroup') };
}

const formatted = (kind: GatewayKind, format: AccessLogFormat) => made(kind, { format }).log.format;

describe.each(KINDS)('the default format of %s', (kind) => {
  const format = jsonFormat(DEFAULT_LOG_FIELDS[kind]);
  const parsed = JSON.parse(format) as Record<string, unknown>;

  test('has variables of the kind only, each one alone and in quotes', () => {
    const variables = Object.values(parsed).map((value) => /^\$context\.([\w.]+)$/.exec(String(value))?.[1] ?? '');
    expect(variables.filter((variable) => !LOG_VARIABLES[kind].includes(variable))).toEqual([]);
    expect(format.replaceAll(CONTEXT_VARIABLE, '-')).toBe(
      JSON.stringify(Object.fromEntries(Object.keys(parsed).map((name) => [name, '-']))),
    );
  });

  test('has the ids of a request, and no key or token', () => {
    expect(parsed).toMatchObject({ requestId: '$context.requestId', extendedRequestId: '$context.extendedRequestId' });
    expect(format).not.toMatch(/identity\.apiKey\b|token|authorization|secret/i);
  });

  test('is what is written where nothing is said', () => {
    expect(made(kind).log.format).toEqual(
      formatted(kind, AccessLogFormat[kind === 'websocket' ? 'webSocket' : kind]()),
    );
  });

  test('can be chosen from all variables that JSON can hold and nobody must not see', () => {
    const legacy = ['integrationLatency', 'integrationStatus'];
    const left = [...SECRET_LOG_VARIABLES, ...QUOTED_LOG_VARIABLES, ...legacy];
    expect(variablesOf(kind).sort()).toEqual(
      [...new Set(LOG_VARIABLES[kind])].filter((variable) => !left.includes(variable)).sort(),
    );
  });

  test('all fields together have different names', () => {
    const names = variablesOf(kind).map(fieldName);
    expect(new Set(names).size).toBe(names.length);
  });

  test('CLF has variables of the kind only, and a request id', () => {
    const { text, fields } = formatted(kind, AccessLogFormat.clf());
    const variables = [...text.matchAll(CONTEXT_VARIABLE)].map(([, variable]) => variable);
    expect(variables.filter((variable) => !LOG_VARIABLES[kind].includes(variable))).toEqual([]);
    expect(variables).toContain('requestId');
    expect(fields).toEqual({});
  });
});

describe('a format', () => {
  test('of chosen fields gets the request id, and more fields of an authorizer', () => {
    const { text, fields } = formatted(
      'rest',
      AccessLogFormat.rest({
        fields: [RestAccessLogField.STATUS, RestAccessLogField.IDENTITY_VPC_ID],
        additional: { tenant: 'authorizer.tenant', plan: '$context.authorizer.plan' },
      }),
    );
    expect(JSON.parse(text)).toEqual({
      requestId: '$context.requestId',
      status: '$context.status',
      identityVpcId: '$context.identity.vpcId',
      tenant: '$context.authorizer.tenant',
      plan: '$context.authorizer.plan',
    });
    expect(fields).toMatchObject({ tenant: 'authorizer.tenant' });
  });

  test('takes variables that API Gateway has got since', () => {
    const fields = [RestAccessLogField.of('futureThing.id'), RestAccessLogField.of('status')];
    expect(JSON.parse(formatted('rest', AccessLogFormat.rest({ fields })).text)).toEqual({
      requestId: '$context.requestId',
      futureThingId: '$context.futureThing.id',
      status: '$context.status',
    });
  });

  test.each(Object.values(CLASSES).map((type) => [type.name, type] as const))(
    '%s.of takes names of variables only',
    (name, type) => {
      for (const wrong of ['', '$context.status', 'a b', 'a..b', 'a.', '"', '.a', '1a', '${Token[TOKEN.1]}']) {
        expect(() => type.of(wrong)).toThrow(
          `${name}.of: "${wrong}" is not the name of a variable; write it without $context., e.g. "identity.sourceIp"`,
        );
      }
      expect(type.of('futureThing.id_2')._variable).toBe('futureThing.id_2');
    },
  );

  test('keeps the extended id alone', () => {
    const chosen = AccessLogFormat.http({ fields: [HttpAccessLogField.EXTENDED_REQUEST_ID] });
    expect(JSON.parse(formatted('http', chosen).text)).toEqual({ extendedRequestId: '$context.extendedRequestId' });
  });

  test('of your own is taken as it is, and its fields are known', () => {
    const text = '{"id":"$context.requestId","who":"$context.authorizer.sub","at":"$context.stage now"}';
    expect(formatted('websocket', AccessLogFormat.custom(text))).toEqual({
      text,
      fields: { id: 'requestId', who: 'authorizer.sub' },
    });
    expect(formatted('rest', AccessLogFormat.custom('$context.requestId $context.status')).fields).toEqual({});
  });

  test('that only CloudFormation knows is taken', () => {
    const format = Lazy.string({ produce: () => '$context.requestId' });
    expect(formatted('rest', AccessLogFormat.custom(format)).text).toBe(format);
  });

  const rest = AccessLogFormat.rest;
  test.each<[GatewayKind, AccessLogFormat, string]>([
    ['http', rest(), 'accessLog: format is for REST APIs, and this is an HTTP API; write AccessLogFormat.http(…)'],
    ['websocket', rest(), 'format is for REST APIs, and this is a WebSocket API; write AccessLogFormat.webSocket(…)'],
    ['rest', rest({ fields: [] }), 'accessLog: fields is empty; leave it out for the default fields'],
    [
      'rest',
      rest({ additional: { status: 'authorizer.status' } }),
      'additional has "status", which is the field of $context.status; use another name',
    ],
    ['rest', rest({ additional: { 'a b': 'stage' } }), 'additional has "a b", which is not a valid name for a field'],
    [
      'rest',
      rest({ additional: { message: 'error.messageString' } }),
      'additional has $context.error.messageString, which contains quotes and breaks the JSON',
    ],
    [
      'rest',
      rest({ additional: { key: 'identity.apiKey' } }),
      'format: has $context.identity.apiKey, which is a credential: anyone who reads the log could call the API with it',
    ],
    ['http', AccessLogFormat.custom('$context.requestId $context.authorizer.accessToken'), 'which is a credential'],
    [
      'rest',
      rest({ fields: [RestAccessLogField.of('identity.apiKey')] }),
      'format: has $context.identity.apiKey, which is a credential',
    ],
    [
      'rest',
      rest({ fields: [RestAccessLogField.of('error.messageString')] }),
      'fields has $context.error.messageString, which contains quotes and breaks the JSON',
    ],
    [
      'rest',
      AccessLogFormat.custom('$context.requestId $context.sttus'),
      'has $context.sttus, which REST APIs do not have; it would always print "-". Did you mean $context.status?',
    ],
    [
      'http',
      AccessLogFormat.custom('$context.requestId $context.xrayTraceId'),
      'has $context.xrayTraceId, which HTTP APIs do not have (REST APIs have it); it would always print "-". Leave it out.',
    ],
    [
      'websocket',
      AccessLogFormat.custom('$context.requestId $context.requestOverride.header.x'),
      'which WebSocket APIs do not have (REST APIs have it)',
    ],
    ['rest', AccessLogFormat.custom('$context.requestId\n$context.status'), 'format: must be one line'],
    [
      'rest',
      rest({ fields: Object.values(RestAccessLogField) }),
      'format has 3728 bytes; the maximum is 3072; log fewer fields, or use shorter names',
    ],
    ...KINDS.map((kind): [GatewayKind, AccessLogFormat, string] => [
      kind,
      AccessLogFormat.custom('$context.requestId'.padEnd(3073, '.')),
      'format has 3073 bytes; the maximum is 3072',
    ]),
    [
      'rest',
      AccessLogFormat.custom('$context.status'),
      'has neither $context.requestId nor $context.extendedRequestId, and API Gateway requires one of them',
    ],
  ])('says what is wrong (%s, %#)', (kind, format, message) => {
    expect(() => formatted(kind, format)).toThrow(message);
    expect(() => formatted(kind, format)).toThrow(/^Gateway 'Orders': stage "prod": accessLog: /);
  });
});

test.each(KINDS)('a format of %s may have 3 KB', (kind) => {
  const format = AccessLogFormat.custom('$context.requestId'.padEnd(3072, '.'));
  expect(formatted(kind, format).text).toHaveLength(3072);
});

describe('the destination', () => {
  test('is a log group of a name, retention and key of your own', () => {
    const { groups } = made('http', (stack) => ({
      logGroupName: '/aws/vendedlogs/orders',
      retention: RetentionDays.INFINITE,
      encryptionKey: new Key(stack, 'Key'),
      removalPolicy: RemovalPolicy.DESTROY,
    }));
    const [group] = Object.values(groups);
    expect(group.Properties).toEqual({
      LogGroupName: '/aws/vendedlogs/orders',
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    });
    expect(group.DeletionPolicy).toBe('Delete');
  });

  test('or a log group that is there', () => {
    const { log, stack, groups } = made('rest', (scope) => ({
      logGroup: LogGroup.fromLogGroupName(scope, 'G', 'mine'),
    }));
    expect(groups).toEqual({});
    expect(log.group?.name).toBe('mine');
    expect(JSON.stringify(stack.resolve(log.destinationArn))).toContain('log-group:mine');
  });

  const arn = (name: string) => `arn:aws:firehose:eu-west-1:111122223333:deliverystream/${name}`;
  test.each<[string, (stack: Stack) => AccessLogOptions]>([
    ['imported', (s) => ({ deliveryStream: DeliveryStream.fromDeliveryStreamArn(s, 'S', arn('amazon-apigateway-x')) })],
    [
      'of a name that CloudFormation knows',
      (s) => ({
        deliveryStream: DeliveryStream.fromDeliveryStreamName(s, 'S', Lazy.string({ produce: () => 'x' })),
      }),
    ],
  ])('or a stream of Firehose, %s', (_, options) => {
    const { log, groups } = made('rest', options);
    expect(groups).toEqual({});
    expect(log.group).toBeUndefined();
    expect(log.destinationArn).toBeDefined();
  });

  const stream = (stack: Stack, name?: string) => {
    const imported = DeliveryStream.fromDeliveryStreamArn(stack, 'S', Lazy.string({ produce: () => arn('x') }));
    imported.node.addDependency(stack);
    const l1 = new CfnDeliveryStream(imported, 'Resource', { deliveryStreamName: name });
    expect(imported.node.defaultChild).toBe(l1);
    return { deliveryStream: imported };
  };
  test.each<[string, GatewayKind, (stack: Stack) => AccessLogOptions, string]>([
    [
      'a name',
      'rest',
      (s) => ({ deliveryStream: DeliveryStream.fromDeliveryStreamArn(s, 'S', arn('logs')) }),
      'the name of deliveryStream must begin with "amazon-apigateway-", got: "logs"; API Gateway writes only to such streams',
    ],
    ['the name of a resource', 'rest', (s) => stream(s, 'logs'), 'must begin with "amazon-apigateway-", got: "logs"'],
    ['a made name', 'rest', (s) => stream(s), 'got: none, so CloudFormation generates one'],
    [
      'HTTP',
      'http',
      (s) => ({ deliveryStream: DeliveryStream.fromDeliveryStreamArn(s, 'S', arn('amazon-apigateway-x')) }),
      'deliveryStream is for REST APIs: the access log of an HTTP API goes to a log group only',
    ],
    [
      'both',
      'rest',
      (s) => ({
        deliveryStream: DeliveryStream.fromDeliveryStreamArn(s, 'S', arn('amazon-apigateway-x')),
        logGroup: LogGroup.fromLogGroupName(s, 'G', 'mine'),
      }),
      'has both logGroup and deliveryStream, but a stage writes to one; leave one out',
    ],
    [
      'a retention of another group',
      'rest',
      (s) => ({ logGroup: LogGroup.fromLogGroupName(s, 'G', 'mine'), retention: RetentionDays.ONE_DAY }),
      'retention would have no effect with logGroup, which has its own; leave it out',
    ],
  ])('says what is wrong: %s', (_, kind, options, message) => {
    expect(() => made(kind, options)).toThrow(message);
  });

  test.each([
    ['us-east-1', '111122223333', 'region us-east-1, and the stack in eu-west-1'],
    ['eu-west-1', '999999999999', 'account 999999999999, and the stack in 111122223333'],
  ])('says where a log group of %s and %s would have to be', (region, account, places) => {
    const stack = new Stack(undefined, 'S', { env: { region: 'eu-west-1', account: '111122223333' } });
    const named = (at: string) => LogGroup.fromLogGroupArn(stack, at, `arn:aws:logs:${at}:log-group:mine`);
    const context = { kind: 'rest', name: 'Orders/prod', owner: new Owner('Api') } as const;
    expect(() => createAccessLog(stack, 'L', { logGroup: named(`${region}:${account}`) }, context)).toThrow(
      `Api: accessLog: logGroup is in the ${places}; API Gateway logs only to groups in its own Region and account`,
    );
    const { group } = createAccessLog(stack, 'L', { logGroup: named('eu-west-1:111122223333') }, context);
    expect(group?.name).toBe('mine');
  });
});

describe('the group of execution logs', () => {
  test.each<['rest' | 'websocket', string]>([
    ['rest', 'API-Gateway-Execution-Logs_a1b2/prod'],
    ['websocket', '/aws/apigateway/a1b2/prod'],
  ])('of %s has the name that API Gateway looks for', (kind, name) => {
    const stack = new Stack();
    const group = executionLogGroup(stack, 'G', {}, { kind, apiId: 'a1b2', stageName: 'prod' });
    expect(group).toMatchObject({ logGroupName: name, retentionInDays: 365 });
    expect(executionLogGroup(stack, 'H', { declared: false }, { kind, apiId: 'a', stageName: 'b' })).toBeUndefined();
  });
});

describe.each(KINDS)('saved queries of %s', (kind) => {
  const queries = byId(operations(kind, () => ({ savedQueries: true })).template, 'AWS::Logs::QueryDefinition');

  test('are four, over the log groups of all stages', () => {
    expect(Object.keys(queries).sort()).toEqual([
      'AuthorizerFailures',
      'SlowestRoutes',
      'ThrottledCallers',
      'TopErrors',
    ]);
    expect(queries.TopErrors.Name).toEqual({ 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '/Orders/Top errors']] });
    expect(queries.TopErrors.LogGroupNames).toHaveLength(1);
  });

  test('read fields that the format has, and nothing else', () => {
    const words = /\b(?!p50\b|p99\b)[a-z]\w*\b/gi;
    const language =
      'filter stats count pct max as by sort desc limit like or and requests slowest integrationP99'.split(' ');
    const fields = Object.keys(DEFAULT_LOG_FIELDS[kind]);
    for (const { QueryString } of Object.values(queries)) {
      const read = (QueryString.replaceAll(/\/[^/]*\/|"[^"]*"/g, '').match(words) ?? []) as string[];
      expect(read.filter((word) => !language.includes(word) && !fields.includes(word))).toEqual([]);
      expect(read.some((word) => fields.includes(word))).toBe(true);
    }
  });
});

test('saved queries say what they lack', () => {
  const query = (accessLog: AccessLogOptions) => () =>
    operations('rest', () => ({ savedQueries: true }), { accessLog });
  expect(query({ format: AccessLogFormat.clf() })).toThrow(
    'savedQueries: "Slowest routes" reads $context.responseLatency, which is not a JSON field of the same name in the access log of every stage',
  );
  const stack = new Stack();
  const deliveryStream = DeliveryStream.fromDeliveryStreamName(stack, 'S', 'amazon-apigateway-x');
  expect(query({ deliveryStream })).toThrow(
    'savedQueries reads log groups, and stage "prod" logs to a stream; leave it out',
  );
});
