import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import {
  ConnectionBroadcaster,
  type ConnectionBroadcasterOptions,
  ConnectionStore,
  type ConnectionStoreConnectOptions,
  type ConnectionStoreProps,
  DynamoDbValue,
  RequestValue,
  WebSocketAuthorizer,
  WebSocketGateway,
  type WebSocketGatewayProps,
  WebSocketIntegration,
} from '../../lib';
import { fn, type Json, resource, templateOf, testApp } from '../support/stacks';
import { nagFindings } from '../support/strict';
import { deployed, renderTemplate } from '../support/velocity';
import { all, routeIn } from '../websocket/support';

interface Given {
  readonly store?: ConnectionStoreProps;
  readonly connect?: ConnectionStoreConnectOptions;
  readonly gateway?: Partial<WebSocketGatewayProps>;
  readonly broadcaster?: (stack: Stack) => Partial<ConnectionBroadcasterOptions>;
}

function made({ store: props, connect, gateway: more, broadcaster: options }: Given = {}) {
  const app = testApp();
  const stack = new Stack(app, 'Shop');
  const store = new ConnectionStore(stack, 'Connections', props);
  const gateway = chat(stack, store, connect, more);
  const broadcaster = store.broadcaster({ gateway, ...options?.(stack) });
  return { app, stack, store, gateway, broadcaster };
}

function chat(
  stack: Stack,
  store: ConnectionStore,
  connect?: ConnectionStoreConnectOptions,
  more?: Partial<WebSocketGatewayProps>,
): WebSocketGateway {
  return new WebSocketGateway(stack, 'Chat', {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: {
      $connect: { integration: store.connectIntegration(connect) },
      $disconnect: { integration: store.disconnectIntegration() },
    },
    ...more,
  });
}

/** The statements of a managed policy, as they are deployed. */
const statements = (template: Json, id: RegExp): Json[] =>
  deployed(resource(template, 'AWS::IAM::ManagedPolicy', id).Properties.PolicyDocument.Statement);

const allow = (Action: string | string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
const broadcasterIn = (template: Json) => resource(template, 'AWS::Lambda::Function', /Broadcaster/);

test('a broadcaster is made like any construct, and is that of the store', () => {
  const stack = new Stack(testApp(), 'Shop');
  const store = new ConnectionStore(stack, 'Connections');
  const gateway = chat(stack, store);
  const own = new ConnectionBroadcaster(stack, 'Own', { store, gateway, memorySize: 256 });
  const template = templateOf(stack);
  const { Properties } = resource(template, 'AWS::Lambda::Function', /^Own/);
  const ofStore = broadcasterIn(templateOf(made({ broadcaster: () => ({ memorySize: 256 }) }).stack)).Properties;
  const shared = ({ Description, Environment, Handler, MemorySize, Runtime, Timeout }: Json) =>
    deployed({ Description, Environment, Handler, MemorySize, Runtime, Timeout });
  expect(shared(Properties)).toEqual(shared(ofStore));
  expect(statements(template, /^OwnPolicy/).map(({ Resource }) => Resource)).toEqual(
    expect.arrayContaining([expect.stringMatching(/:table\/Connections\w+$/)]),
  );
  expect(own.cfnFunction.memorySize).toBe(256);
  expect(() => new ConnectionBroadcaster(stack, 'Other', { gateway } as never)).toThrow(
    "ConnectionBroadcaster 'Other': store is missing",
  );
});

test('logical ids are a contract: a change here replaces live tables', () => {
  const ids = Object.entries<Json>(templateOf(made().stack).Resources).map(([id, { Type }]) => `${id} ${Type}`);
  expect(ids.filter((id) => /Connections/.test(id)).sort()).toEqual([
    'ChatBroadcasterConnections248969C2 AWS::Lambda::Function',
    'ChatBroadcasterConnectionsLogs3DB43B77 AWS::Logs::LogGroup',
    'ChatBroadcasterConnectionsPolicyDF299AC1 AWS::IAM::ManagedPolicy',
    'ChatBroadcasterConnectionsRole77395A06 AWS::IAM::Role',
    'Connections827CEF2F AWS::DynamoDB::Table',
  ]);
});

describe('the table', () => {
  test('is on demand, recoverable, forgets by itself and finds users', () => {
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = resource(
      templateOf(made().stack),
      'AWS::DynamoDB::Table',
    );
    expect(Properties).toEqual({
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'connectionId', AttributeType: 'S' },
        { AttributeName: 'userId', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byUser',
          KeySchema: [{ AttributeName: 'userId', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
  });

  test('is kept where the user says so', () => {
    const { stack } = made({ store: { removalPolicy: RemovalPolicy.RETAIN } });
    expect(resource(templateOf(stack), 'AWS::DynamoDB::Table').DeletionPolicy).toBe('Retain');
  });

  test('has the key of the user, which routes and broadcaster may use', () => {
    const stack = new Stack(testApp(), 'Shop');
    const store = new ConnectionStore(stack, 'Connections', { encryptionKey: new Key(stack, 'Key') });
    store.broadcaster({ gateway: chat(stack, store) });
    const template = templateOf(stack);
    expect(deployed(resource(template, 'AWS::DynamoDB::Table').Properties.SSESpecification)).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: expect.stringMatching(/^Key\w+\.Arn$/),
    });
    const actions = [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ];
    const key = expect.stringMatching(/^Key\w+\.Arn$/) as unknown as string;
    expect(statements(template, /Broadcaster/)).toContainEqual(allow(actions, key));
    expect(statements(template, /Services/)).toContainEqual(allow(actions, key));
  });

  test('sends to an imported gateway, on its domain or on the default endpoint', () => {
    const sent = (callbackUrl?: string) => {
      const stack = new Stack(testApp(), 'Shop');
      const gateway = WebSocketGateway.fromWebSocketGatewayAttributes(stack, 'Theirs', {
        apiId: 'a1b2c3d4e5',
        stages: { prod: { stageName: 'live', callbackUrl } },
      });
      new ConnectionStore(stack, 'Connections').broadcaster({ gateway });
      const template = templateOf(stack);
      const { CALLBACK_URL } = deployed(broadcasterIn(template).Properties.Environment.Variables);
      return { url: CALLBACK_URL, statements: statements(template, /Broadcaster/) };
    };
    expect(sent('https://ws.example.com/chat').url).toBe('https://ws.example.com/chat');
    const { url, statements: all } = sent();
    expect(url).toMatch(/^https:\/\/a1b2c3d4e5\.execute-api\.[^/]+\/live$/);
    expect(all).toContainEqual(
      allow(
        'execute-api:ManageConnections',
        expect.stringMatching(/:a1b2c3d4e5\/live\/POST\/@connections\/\*$/) as never,
      ),
    );
  });

  test('can be read by a function of the user', () => {
    const { stack, store } = made();
    store.table.grantReadData(fn(stack, 'Reader'));
    const { Statement } = deployed(resource(templateOf(stack), 'AWS::IAM::Policy', /Reader/).Properties.PolicyDocument);
    expect(JSON.stringify(Statement)).toContain(`table/${stack.getLogicalId(store.cfnTable)}/index/*`);
    expect(store.userIndexName).toBe('byUser');
  });
});

describe('the routes', () => {
  test('may put and delete connections, and nothing else', () => {
    const template = templateOf(made().stack);
    const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Connections827CEF2F';
    expect(statements(template, /Services/)).toEqual([
      allow('dynamodb:DeleteItem', table),
      allow('dynamodb:PutItem', table),
    ]);
    expect(all(template, 'Integration').map(({ IntegrationType }) => IntegrationType)).toEqual(['AWS', 'AWS']);
  });

  test('keep whom the user names, and what else he asks for', () => {
    const { stack } = made({
      connect: {
        userId: RequestValue.context('identity.userArn'),
        attributes: {
          room: DynamoDbValue.optionalString(RequestValue.authorizerContext('room')),
          tier: DynamoDbValue.optionalString(RequestValue.literal('gold')),
          none: DynamoDbValue.optionalString(RequestValue.literal('')),
        },
        timeout: Duration.seconds(3),
      },
    });
    const template = templateOf(stack);
    const id = routeIn(template, '$connect').Target.replace('integrations/', '');
    const { RequestTemplates, TimeoutInMillis } = deployed(template.Resources[id].Properties);
    const item = (userArn: string, authorizer: Record<string, string> = {}) => {
      const identity = { userArn };
      const context = { connectionId: 'a=', connectedAt: '1', requestTimeEpoch: 1000, identity, authorizer };
      return JSON.parse(renderTemplate(RequestTemplates.$default, { context }).text).Item;
    };
    const always = {
      connectionId: { S: 'a=' },
      connectedAt: { N: '1' },
      expiresAt: { N: '10801' },
      tier: { S: 'gold' },
    };
    expect(item('arn:aws:iam::1:user/a')).toEqual({ ...always, userId: { S: 'arn:aws:iam::1:user/a' } });
    expect(item('', { room: 'x' })).toEqual({ ...always, room: { S: 'x' } });
    expect(TimeoutInMillis).toBe(3000);
  });
});

describe('the broadcaster', () => {
  test('may do what its contract says, and nothing else', () => {
    const template = templateOf(made().stack);
    const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Connections827CEF2F';
    expect(statements(template, /Broadcaster/)).toEqual([
      allow(
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        expect.stringMatching(/^ChatBroadcasterConnectionsLogs\w+\.Arn$/),
      ),
      allow(['dynamodb:DeleteItem', 'dynamodb:Scan'], table),
      allow('dynamodb:Query', `${table}/index/byUser`),
      allow(
        'execute-api:ManageConnections',
        'arn:aws:execute-api:eu-west-1:123456789012:Chat26DEB33F/prod/POST/@connections/*',
      ),
    ]);
  });

  test('is told the table, its index and where to send', () => {
    const { Properties } = broadcasterIn(templateOf(made().stack));
    expect(deployed(Properties.Environment.Variables)).toEqual({
      TABLE_NAME: 'Connections827CEF2F',
      USER_INDEX_NAME: 'byUser',
      CALLBACK_URL: 'https://Chat26DEB33F.execute-api.eu-west-1.AWS::URLSuffix/prod',
    });
    expect(Properties).toMatchObject({ Timeout: 300, MemorySize: 512, Runtime: 'nodejs24.x' });
    expect(Properties).not.toHaveProperty('DeadLetterConfig');
  });

  test('takes time, memory, an address, and a queue for what has failed, with its key', () => {
    const { stack } = made({
      broadcaster: (scope) => ({
        timeout: Duration.minutes(15),
        memorySize: 1024,
        callbackUrl: 'https://chat.example.com',
        deadLetterQueue: new Queue(scope, 'Lost', { encryption: QueueEncryption.KMS }),
      }),
    });
    const template = templateOf(stack);
    const { Properties, DependsOn } = broadcasterIn(template);
    const queue = expect.stringMatching(/^Lost(?!Key)\w+\.Arn$/) as unknown as string;
    expect(deployed(Properties)).toMatchObject({
      Timeout: 900,
      MemorySize: 1024,
      Environment: { Variables: { CALLBACK_URL: 'https://chat.example.com' } },
      DeadLetterConfig: { TargetArn: queue },
    });
    expect(DependsOn).toEqual([expect.stringContaining('Policy')]);
    expect(statements(template, /Broadcaster/).slice(3, 5)).toEqual([
      allow('sqs:SendMessage', queue),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], expect.stringMatching(/^LostKey\w+\.Arn$/)),
    ]);
  });

  test('is invoked by whom it is granted to, also behind a route of its own gateway', () => {
    const { stack, broadcaster, gateway } = made();
    const send = fn(stack, 'Send');
    gateway.addRoute('send', { integration: WebSocketIntegration.lambda(send) });
    broadcaster.grantInvoke(send).assertSuccess();
    send.addEnvironment('BROADCASTER', broadcaster.fn.functionArn);
    // A cycle would be an error here.
    const { Statement } = resource(templateOf(stack), 'AWS::IAM::Policy', /Send/).Properties.PolicyDocument;
    expect(deployed(Statement)).toEqual([
      allow('lambda:InvokeFunction', expect.stringMatching(/^ChatBroadcasterConnections\w+\.Arn$/)),
    ]);
  });

  test('goes with the gateway, so that a table of another stack is no cycle', () => {
    const app = testApp();
    const data = new Stack(app, 'Data');
    const store = new ConnectionStore(data, 'Connections', { encryptionKey: new Key(data, 'Key') });
    const stack = new Stack(app, 'Api');
    store.broadcaster({ gateway: chat(stack, store) });
    app.synth();
    expect(stack.dependencies).toEqual([data]);
    expect(data.dependencies).toEqual([]);
    expect(broadcasterIn(templateOf(stack)).Properties.Environment.Variables.TABLE_NAME).toHaveProperty(
      'Fn::ImportValue',
    );
  });
});

test('of cdk-nag, what is left is for the user to answer', () => {
  const { app } = made();
  const found = nagFindings(app).filter(({ path }) => /Connections/.test(path));
  expect(found.map(({ id }) => id).sort()).toEqual([
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<Chat26DEB33F>/prod/POST/@connections/*]',
    'HIPAA.Security-LambdaDLQ',
    'NIST.800.53.R5-LambdaDLQ',
    'Serverless-LambdaDLQ',
  ]);
});

describe('what cannot be is an error', () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      'an attribute of the store',
      () => made({ connect: { attributes: { userId: DynamoDbValue.string(RequestValue.literal('a')) } } }),
      /^ConnectionStore 'Connections': connectIntegration: attributes has "userId", which the store writes itself; set userId next to attributes$/,
    ],
    [
      'another one',
      () => made({ connect: { attributes: { expiresAt: DynamoDbValue.expiry(Duration.hours(1)) } } }),
      /attributes has "expiresAt", which the store writes itself; use another name$/,
    ],
    [
      'several stages',
      () => made({ gateway: { stages: { dev: {}, prod: {} } } }),
      /^WebSocketGateway 'Chat': route "\$connect": connectIntegration of ConnectionStore 'Connections': the gateway has the stages dev, prod, but a store is for one: it would consider connections of another stage closed, and remove them; create a gateway and a store for each stage, best in separate stacks$/,
    ],
    [
      'a stage that comes later',
      () => {
        const { stack, gateway } = made();
        gateway.addStage('dev');
        templateOf(stack);
      },
      /ConnectionStore 'Connections': the gateway has the stages prod, dev, but a store is for one: it would consider connections of another stage/,
    ],
    [
      'the wrong route',
      () => {
        const { gateway, store } = made();
        gateway.addRoute('send', { integration: store.disconnectIntegration() });
      },
      /route "send": disconnectIntegration of ConnectionStore 'Connections': is for the route "\$disconnect"; put it there$/,
    ],
    [
      'a second broadcaster',
      () => {
        const { gateway, store } = made();
        store.broadcaster({ gateway });
      },
      /^ConnectionStore 'Connections': broadcaster: a store has only one broadcaster; use the return value of the first call$/,
    ],
    [
      'a timeout too short',
      () => made({ broadcaster: () => ({ timeout: Duration.seconds(9) }) }),
      /^ConnectionBroadcaster 'Broadcaster-Connections': the timeout must be 10 to 900 seconds, got: 9; if there are more connections than it can reach in 900 seconds, invoke it with "allowPartial": true, and again with the "cursor" that it returns$/,
    ],
    [
      'an address for clients',
      () => made({ broadcaster: () => ({ callbackUrl: 'wss://chat.example.com' }) }),
      /^ConnectionBroadcaster 'Broadcaster-Connections': callbackUrl "wss:\/\/chat\.example\.com" must be a URL that begins with https:\/\/, e\.g\. "https:\/\/chat\.example\.com"$/,
    ],
    [
      'memory that Lambda does not have',
      () => made({ broadcaster: () => ({ memorySize: 64 }) }),
      /memorySize must be a whole number from 128 to 10240 MB, got: 64$/,
    ],
  ])('%s', (_, make, message) => expect(make).toThrow(message));

  test('a key that may be missing', () => {
    const { gateway, store } = made();
    const key = { connectionId: DynamoDbValue.optionalString(RequestValue.connectionId()) };
    expect(() =>
      gateway.addRoute('leave', { integration: WebSocketIntegration.dynamoDbDelete(store.table, { key }) }),
    ).toThrow(
      /route "leave": key: "connectionId" is an optional DynamoDbValue, but only attributes of an item may be missing; use DynamoDbValue\.string, \.number or \.boolean$/,
    );
  });
});
