import { App, Stack } from 'aws-cdk-lib';
import { Application, ConfigurationContent, Environment, HostedConfiguration } from 'aws-cdk-lib/aws-appconfig';
import { AttributeType, type ITable, Table, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { type IStream, Stream } from 'aws-cdk-lib/aws-kinesis';
import { Alias, type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  type CfnStateMachine,
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  type IStateMachine,
  Pass,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoDbValue,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RequestValue,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { type Json, templateOf } from '../support/stacks';
import { deployed } from '../support/velocity';

const env = { account: '111111111111', region: 'eu-west-1' };
const KEY_ARN = `arn:aws:kms:eu-west-1:${env.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const id = DynamoDbValue.string(RequestValue.connectionId());
const path = DynamoDbValue.string(RequestValue.path('id'));

type Integration = RestIntegration | HttpIntegration | WebSocketIntegration;

function gatewayWith(stack: Stack, integration: Integration): void {
  if (integration instanceof RestIntegration) {
    const routes = { 'PUT /x/{id}': { integration } };
    new RestGateway(stack, 'Api', { defaultAuthorizer: RestAuthorizer.iam(), routes });
  } else if (integration instanceof HttpIntegration) {
    const routes = { 'PUT /x/{id}': { integration } };
    new HttpGateway(stack, 'Api', { defaultAuthorizer: HttpAuthorizer.iam(), routes });
  } else {
    const $connect = { integration: WebSocketIntegration.mock() };
    const routes = { $connect, send: { integration } };
    new WebSocketGateway(stack, 'Api', { defaultAuthorizer: WebSocketAuthorizer.iam(), routes });
  }
}

/** The statements about keys, and the whole template, of an API of one route. */
function made(make: (stack: Stack) => Integration, stack = stackIn(env)): { keys: Json[]; template: Json } {
  gatewayWith(stack, make(stack));
  const template = templateOf(stack);
  const policies = Object.entries<Json>(template.Resources).filter(
    ([name, { Type }]) => Type === 'AWS::IAM::ManagedPolicy' && name.startsWith('ApiServices'),
  );
  const statements = policies.flatMap(([, { Properties }]) => deployed(Properties.PolicyDocument.Statement) as Json[]);
  return { template, keys: statements.filter(({ Action }) => JSON.stringify(Action).includes('kms:')) };
}

function stackIn(given: { account?: string; region?: string } | undefined): Stack {
  return new Stack(new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } }), 'Stack', {
    env: given,
  });
}

const machine = (stack: Stack, key?: IKey, type = StateMachineType.EXPRESS) =>
  new StateMachine(stack, 'Machine', {
    stateMachineType: type,
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
    encryptionConfiguration: key && new CustomerManagedEncryptionConfiguration(key),
  });
const table = (stack: Stack, encryptionKey?: IKey) =>
  new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING }, encryptionKey });
const READ = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITE = [...READ, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'].sort();
const SEND = ['kms:Decrypt', 'kms:GenerateDataKey'];
const partitionKey = RequestValue.requestId();
const rest = RestIntegration;
const http = HttpIntegration;
const ws = WebSocketIntegration;

const KEYED: [name: string, actions: string | string[], make: (stack: Stack, key: IKey) => Integration][] = [
  ['a queue (REST)', SEND, (s, k) => rest.sqs(new Queue(s, 'Q', { encryptionMasterKey: k }))],
  ['a queue (HTTP)', SEND, (s, k) => http.sqs(new Queue(s, 'Q', { encryptionMasterKey: k }))],
  ['a queue (WebSocket)', SEND, (s, k) => ws.sqs(new Queue(s, 'Q', { encryptionMasterKey: k }))],
  ['a topic', SEND, (s, k) => rest.sns(new Topic(s, 'T', { masterKey: k }))],
  [
    'a stream (REST)',
    'kms:GenerateDataKey',
    (s, k) => rest.kinesis(new Stream(s, 'S', { encryptionKey: k }), { partitionKey }),
  ],
  [
    'a stream (HTTP)',
    'kms:GenerateDataKey',
    (s, k) => http.kinesis(new Stream(s, 'S', { encryptionKey: k }), { partitionKey }),
  ],
  ['a bucket that is read', 'kms:Decrypt', (s, k) => rest.s3Get(bucket(s, k), { key: RequestValue.path('id') })],
  [
    'a bucket that is written',
    'kms:GenerateDataKey',
    (s, k) => rest.s3Put(bucket(s, k), { key: RequestValue.path('id') }),
  ],
  ['a table that is read', READ, (s, k) => rest.dynamoDbGet(table(s, k), { key: { id: path } })],
  [
    'a table that is asked',
    READ,
    (s, k) => ws.dynamoDbQuery(table(s, k), { keyCondition: 'id = :id', expressionValues: { ':id': id } }),
  ],
  ['a table that is written', WRITE, (s, k) => rest.dynamoDbPut(table(s, k), { item: { id: path } })],
  ['a table that is changed', WRITE, (s, k) => rest.dynamoDbUpdate(table(s, k), { key: { id: path }, remove: ['a'] })],
  ['a table that is scanned', READ, (s, k) => rest.dynamoDbScan(table(s, k))],
  ['a table that is deleted from', WRITE, (s, k) => ws.dynamoDbDelete(table(s, k), { key: { id } })],
  [
    'a table of the second version',
    READ,
    (s, k) =>
      rest.dynamoDbGet(
        new TableV2(s, 'Table', {
          partitionKey: { name: 'id', type: AttributeType.STRING },
          encryption: TableEncryptionV2.customerManagedKey(k),
        }),
        { key: { id: path } },
      ),
  ],
  ['a state machine (REST)', SEND, (s, k) => rest.stepFunctionsStart(machine(s, k))],
  ['a state machine that is waited for (REST)', 'kms:Decrypt', (s, k) => rest.stepFunctionsStartSync(machine(s, k))],
  ['a state machine (HTTP)', SEND, (s, k) => http.stepFunctionsStart(machine(s, k, StateMachineType.STANDARD))],
  ['a state machine that is waited for (HTTP)', 'kms:Decrypt', (s, k) => http.stepFunctionsStartSync(machine(s, k))],
  ['a state machine (WebSocket)', SEND, (s, k) => ws.stepFunctionsStart(machine(s, k))],
];

function bucket(stack: Stack, encryptionKey: IKey): Bucket {
  return new Bucket(stack, 'Bucket', { encryptionKey });
}

describe('the key of what is called', () => {
  test.each(KEYED)('%s: exactly what the call needs, on that key', (_name, actions, make) => {
    const { keys } = made((stack) => make(stack, new Key(stack, 'Key')));
    expect(keys).toEqual([{ Effect: 'Allow', Action: actions, Resource: expect.stringMatching(/^Key\w+\.Arn$/) }]);
  });

  test.each(KEYED)('%s: an alias of the app stands for its key', (_name, actions, make) => {
    const { keys } = made((stack) => {
      const alias = new Alias(stack, 'Alias', { aliasName: 'alias/own', targetKey: new Key(stack, 'Key') });
      return make(stack, alias);
    });
    expect(keys).toEqual([{ Effect: 'Allow', Action: actions, Resource: expect.stringMatching(/^Key\w+\.Arn$/) }]);
  });

  test.each(KEYED)('%s: an alias that does not tell its key is an error', (_name, _actions, make) => {
    const alias = (stack: Stack) => Alias.fromAliasName(stack, 'Alias', 'alias/orders');
    expect(() => made((stack) => make(stack, alias(stack)))).toThrow(
      /the key of "\w+" is known by its alias "alias\/orders", but a policy must name the key itself to grant permission; import the key: Key\.fromKeyArn\(.*or Key\.fromLookup\(this, 'Key', \{ aliasName: 'alias\/orders' \}\)/,
    );
  });

  test('one that AWS manages needs nothing', () => {
    const { keys } = made((stack) => {
      const encryptionMasterKey = Alias.fromAliasName(stack, 'Alias', 'alias/aws/sqs');
      return rest.sqs(new Queue(stack, 'Q', { encryptionMasterKey }));
    });
    expect(keys).toEqual([]);
  });

  test('no key, no permission on one', () => {
    for (const make of [
      (stack: Stack) => rest.stepFunctionsStart(machine(stack)),
      (stack: Stack) => rest.stepFunctionsStart(StateMachine.fromStateMachineName(stack, 'M', 'm')),
      (stack: Stack) => rest.sqs(new Queue(stack, 'Q')),
      // EventBridge uses the key of a bus itself.
      (stack: Stack) =>
        rest.eventBridge(new EventBus(stack, 'B', { kmsKey: new Key(stack, 'Key') }), {
          source: 'a',
          detailType: RequestValue.literal('b'),
        }),
    ]) {
      expect(made(make).keys).toEqual([]);
    }
  });

  test('of a state machine may be on its resource alone, in any form that it takes', () => {
    const withId = (kmsKeyId: string) =>
      made((stack) => {
        const one = machine(stack);
        (one.node.defaultChild as CfnStateMachine).encryptionConfiguration = {
          type: 'CUSTOMER_MANAGED_KMS_KEY',
          kmsKeyId,
        };
        return rest.stepFunctionsStartSync(one);
      }).keys.map(({ Resource }) => Resource);
    expect(withId(KEY_ARN)).toEqual([KEY_ARN]);
    expect(withId('1234abcd-12ab-34cd-56ef-1234567890ab')).toEqual([KEY_ARN]);
    expect(() => withId('alias/orders')).toThrow('is known by its alias "alias/orders"');
  });

  test.each([
    ['REST', (m: IStateMachine, encryptionKey: IKey) => rest.stepFunctionsStart(m, { encryptionKey })],
    ['HTTP', (m: IStateMachine, encryptionKey: IKey) => http.stepFunctionsStart(m, { encryptionKey })],
    ['WebSocket', (m: IStateMachine, encryptionKey: IKey) => ws.stepFunctionsStart(m, { encryptionKey })],
  ])('of an imported state machine is told (%s)', (_kind, start) => {
    const { keys } = made((stack) =>
      start(StateMachine.fromStateMachineName(stack, 'M', 'm'), Key.fromKeyArn(stack, 'K', KEY_ARN)),
    );
    expect(keys).toEqual([{ Effect: 'Allow', Action: SEND, Resource: KEY_ARN }]);
  });
});

const OTHER = '999999999999';
const imported = {
  table: (s: Stack) => Table.fromTableArn(s, 'T', `arn:aws:dynamodb:eu-west-1:${OTHER}:table/orders`),
  stream: (s: Stack) => Stream.fromStreamArn(s, 'S', `arn:aws:kinesis:eu-west-1:${OTHER}:stream/clicks`),
  machine: (s: Stack) => StateMachine.fromStateMachineArn(s, 'M', `arn:aws:states:eu-west-1:${OTHER}:stateMachine:m`),
};

/** All text of the template that is about the table. */
const tableNames = (template: Json) =>
  [...JSON.stringify(template).matchAll(/\\?"TableName\\+":\\+"([^"\\]+)/g)].map((match) => match[1]);

describe('what is of another account', () => {
  const calls: [string, (one: ITable) => Integration][] = [
    ['get (REST)', (one) => rest.dynamoDbGet(one, { key: { id: path } })],
    ['put (REST)', (one) => rest.dynamoDbPut(one, { item: { id: path } })],
    ['put (WebSocket)', (one) => ws.dynamoDbPut(one, { item: { id } })],
    ['delete (WebSocket)', (one) => ws.dynamoDbDelete(one, { key: { id } })],
  ];

  test.each(calls)('a table is called by its ARN, and one of this account by its name: %s', (_name, call) => {
    const arn = `arn:aws:dynamodb:eu-west-1:${OTHER}:table/orders`;
    expect(tableNames(made((stack) => call(imported.table(stack))).template)).toEqual([arn]);
    // Which account that is, the deployment alone knows.
    expect(tableNames(made((stack) => call(imported.table(stack)), stackIn(undefined)).template)).toEqual([arn]);
    expect(tableNames(made((stack) => call(Table.fromTableName(stack, 'T', 'orders'))).template)).toEqual(['orders']);
    const own = `arn:aws:dynamodb:eu-west-1:${env.account}:table/orders`;
    expect(tableNames(made((stack) => call(Table.fromTableArn(stack, 'T', own))).template)).toEqual(['orders']);
    expect(
      tableNames(made((stack) => call(Table.fromTableName(stack, 'T', 'orders')), stackIn(undefined)).template),
    ).toEqual(['orders']);
  });

  test('a stream is called by its ARN, and refused where an API can name it only', () => {
    const { template } = made((stack) => rest.kinesis(imported.stream(stack), { partitionKey }));
    expect(JSON.stringify(template)).toContain(`arn:aws:kinesis:eu-west-1:${OTHER}:stream/clicks`);
    const call = (stream: IStream) => http.kinesis(stream, { partitionKey });
    expect(() => made((stack) => call(imported.stream(stack)))).toThrow(
      `the stream "S" belongs to account ${OTHER}, and the API to ${env.account}: HTTP APIs name a stream without its account, so a stream of this account would get the records; use RestGateway, which calls it by its ARN`,
    );
    expect(() => made((stack) => call(imported.stream(stack)), stackIn(undefined))).not.toThrow();
    expect(() =>
      made((stack) => call(Stream.fromStreamArn(stack, 'S', `arn:aws:kinesis:eu-west-1:${env.account}:stream/c`))),
    ).not.toThrow();
  });

  test.each([
    ['REST', (m: IStateMachine) => rest.stepFunctionsStart(m)],
    ['REST, waited for', (m: IStateMachine) => rest.stepFunctionsStartSync(m)],
    ['HTTP', (m: IStateMachine) => http.stepFunctionsStart(m)],
    ['HTTP, waited for', (m: IStateMachine) => http.stepFunctionsStartSync(m)],
    ['WebSocket', (m: IStateMachine) => ws.stepFunctionsStart(m)],
  ])('a state machine is refused, since nothing there can let it in (%s)', (_kind, call) => {
    expect(() => made((stack) => call(imported.machine(stack)))).toThrow(
      `the state machine "M" belongs to account ${OTHER}, and the API to ${env.account}: AWS Step Functions does not allow another account to start an execution`,
    );
    expect(() => made((stack) => call(imported.machine(stack)), stackIn(undefined))).not.toThrow();
  });

  test('a queue, a topic and a bus are called by account or ARN', () => {
    const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:${OTHER}:${name}`;
    const text = (make: (stack: Stack) => Integration) => JSON.stringify(made(make).template);
    expect(text((s) => rest.sqs(Queue.fromQueueArn(s, 'Q', arn('sqs', 'jobs'))))).toContain(`sqs:path/${OTHER}/jobs`);
    expect(text((s) => http.sqs(Queue.fromQueueArn(s, 'Q', arn('sqs', 'jobs'))))).toContain(`/${OTHER}/jobs`);
    expect(text((s) => rest.sns(Topic.fromTopicArn(s, 'T', arn('sns', 'news'))))).toContain(
      `TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A${OTHER}%3Anews`,
    );
    const event = { source: 'a', detailType: RequestValue.literal('b') };
    for (const events of [rest.eventBridge, http.eventBridge]) {
      const bus = (s: Stack) => EventBus.fromEventBusArn(s, 'B', arn('events', 'event-bus/x'));
      expect(text((s) => events(bus(s), event))).toContain(arn('events', 'event-bus/x'));
    }
  });

  test('a configuration is refused', () => {
    const call = (account: string) =>
      made((stack) => {
        const application = Application.fromApplicationArn(
          stack,
          'App',
          `arn:aws:appconfig:eu-west-1:${account}:application/abc`,
        );
        const environment = new Environment(stack, 'Env', { application });
        const content = ConfigurationContent.fromInlineJson('{}');
        return http.appConfig(new HostedConfiguration(stack, 'Flags', { application, content }), { environment });
      });
    expect(() => call(env.account)).not.toThrow();
    expect(() => call(OTHER)).toThrow(`the application "App" belongs to account ${OTHER}`);
  });

  test.each<[string, string, (stack: Stack) => Integration]>([
    [
      'dynamodb',
      'table/t',
      (s) => rest.dynamoDbGet(Table.fromTableArn(s, 'X', far('dynamodb', 'table/t')), { key: { id: path } }),
    ],
    [
      'dynamodb',
      'table/t',
      (s) => rest.dynamoDbGet(TableV2.fromTableArn(s, 'X', far('dynamodb', 'table/t')), { key: { id: path } }),
    ],
    [
      'kinesis',
      'stream/s',
      (s) => rest.kinesis(Stream.fromStreamArn(s, 'X', far('kinesis', 'stream/s')), { partitionKey }),
    ],
    ['sqs', 'q', (s) => rest.sqs(Queue.fromQueueArn(s, 'X', far('sqs', 'q')))],
    ['sns', 't', (s) => rest.sns(Topic.fromTopicArn(s, 'X', far('sns', 't')))],
    [
      'states',
      'stateMachine:m',
      (s) => rest.stepFunctionsStart(StateMachine.fromStateMachineArn(s, 'X', far('states', 'stateMachine:m'))),
    ],
    [
      'events',
      'event-bus/b',
      (s) =>
        rest.eventBridge(EventBus.fromEventBusArn(s, 'X', far('events', 'event-bus/b')), {
          source: 'a',
          detailType: RequestValue.literal('b'),
        }),
    ],
  ])('is called in the Region of its ARN: %s %s', (service, _name, make) => {
    expect(JSON.stringify(made(make).template)).toContain(`:apigateway:us-east-1:${service}:`);
  });
});

const far = (service: string, name: string) => `arn:aws:${service}:us-east-1:${env.account}:${name}`;
