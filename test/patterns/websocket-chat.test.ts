import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { EXAMPLES } from '../../examples/examples';
import { configFromEnvironment } from '../../runtime/handlers/broadcaster/config';
import { type BroadcastResult } from '../../runtime/handlers/broadcaster/contract';
import { broadcaster } from '../../runtime/handlers/broadcaster/handler';
import { ConnectionTable } from '../../runtime/handlers/broadcaster/table';
import { configFromEnvironment as jwtConfig } from '../../runtime/handlers/jwt-authorizer/config';
import { decide } from '../../runtime/handlers/jwt-authorizer/policy';
import { fakeConnections, type FakeConnections } from '../support/fake-connections';
import { fakeDynamoDb, type FakeDynamoDb } from '../support/fake-dynamodb';
import { type Json, resource } from '../support/stacks';
import { deployed, renderTemplate } from '../support/velocity';
import { all, routeIn } from '../websocket/support';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const HOSTILE = [
  `"},"admin":{"BOOL":true},"x":{"S":"`,
  `it's "quoted" \\ and \\" \\u0022`,
  'two\nlines\r\n\tand a tab \u2028\u2029\u0000\u0007',
  '$context.connectionId #set($x = 1) ${util} $!{v1} #end ##',
  'Ünïcödé 日本語 👩‍👩‍👧',
  '__proto__',
  ' ',
];

/** The example between a table and an API that are played; what API Gateway does is done as its resources say. */
class Chat {
  public clock = NOW;
  private count = 0;
  private readonly dynamoDb: DynamoDBClient;
  private readonly management: ApiGatewayManagementApiClient;

  private constructor(
    public readonly template: Json,
    private readonly environment: Record<string, string>,
    public readonly table: FakeDynamoDb,
    public readonly api: FakeConnections,
  ) {
    const client = { region: 'eu-west-1', credentials: { accessKeyId: 'AKIA', secretAccessKey: 's' }, maxAttempts: 1 };
    this.dynamoDb = new DynamoDBClient({ ...client, endpoint: table.url });
    this.management = new ApiGatewayManagementApiClient({ ...client, endpoint: api.callbackUrl });
  }

  public static async start(): Promise<Chat> {
    const app = new App();
    EXAMPLES['websocket-chat'](app);
    const { template } = app.synth().getStackByName('WebSocketChat');
    const sender = resource(template, 'AWS::Lambda::Function', /Broadcaster/).Properties;
    const environment = deployed(sender.Environment.Variables);
    const index = resource(template, 'AWS::DynamoDB::Table').Properties.GlobalSecondaryIndexes[0];
    const table = await fakeDynamoDb({
      tableName: environment.TABLE_NAME,
      key: 'connectionId',
      index: { name: index.IndexName, key: index.KeySchema[0].AttributeName },
    });
    return new Chat(template, environment, table, await fakeConnections('prod'));
  }

  public async stop(): Promise<void> {
    this.dynamoDb.destroy();
    this.management.destroy();
    await Promise.all([this.table.close(), this.api.close()]);
  }

  public integration(routeKey: string): Json {
    const id = routeIn(this.template, routeKey).Target.replace('integrations/', '');
    return deployed(this.template.Resources[id].Properties);
  }

  /** `$context` as a client's handshake, message and end have it. */
  private context(eventType: string, routeKey: string, connectionId: string, authorizer?: object) {
    return {
      routeKey,
      eventType,
      connectionId,
      connectedAt: String(this.clock),
      requestTimeEpoch: this.clock,
      requestId: `${connectionId}-${eventType}`,
      stage: 'prod',
      apiId: 'a1b2c3',
      identity: { sourceIp: '192.0.2.1' },
      ...(authorizer && { authorizer: { principalId: 'p', ...authorizer } }),
    };
  }

  /** The authorizer's word on claims whose signature it has checked. */
  public claimed(claims: Record<string, unknown>): Record<string, unknown> {
    const { Variables } = deployed(
      resource(this.template, 'AWS::Lambda::Function', /AuthorizerFunction/).Properties.Environment,
    );
    const methodArn = 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod/$connect';
    const { context, policyDocument } = decide({ methodArn }, claims, jwtConfig(Variables));
    expect(policyDocument.Statement[0].Effect).toBe('Allow');
    return context;
  }

  /** Calls the service behind a route with what its template makes of the context, as API Gateway does. */
  private async call(routeKey: string, context: Record<string, unknown>): Promise<number> {
    const { IntegrationUri, IntegrationMethod, RequestTemplates, RequestParameters } = this.integration(routeKey);
    const action = /:dynamodb:action\/(\w+)$/.exec(IntegrationUri)?.[1];
    const response = await fetch(this.table.url, {
      method: IntegrationMethod,
      headers: {
        'content-type': RequestParameters['integration.request.header.Content-Type'].replaceAll("'", ''),
        'x-amz-target': `DynamoDB_20120810.${action}`,
      },
      body: renderTemplate(RequestTemplates.$default, { context }).text,
    });
    return response.status;
  }

  /** The id of the connection; none where the client is refused. */
  public async connect(authorizer?: Record<string, unknown>): Promise<string | undefined> {
    const connectionId = `L0SM9cOF${++this.count}=`;
    const status = await this.call('$connect', this.context('CONNECT', '$connect', connectionId, authorizer));
    if (status !== 200) return undefined;
    this.api.open.set(connectionId, []);
    return connectionId;
  }

  public async disconnect(connectionId: string): Promise<number> {
    this.api.open.delete(connectionId);
    return this.call('$disconnect', this.context('DISCONNECT', '$disconnect', connectionId));
  }

  /** The function behind `sendMessage`, and what it invokes. */
  public async say(connectionId: string, sub: string, body: object): Promise<BroadcastResult> {
    const { Properties } = resource(this.template, 'AWS::Lambda::Function', /^Send/);
    const invoked: Json[] = [];
    class InvokeCommand {
      constructor(public readonly input: Json) {}
    }
    class LambdaClient {
      public send({ input }: InvokeCommand) {
        invoked.push(input);
      }
    }
    const exports: Json = {};
    runInNewContext(Properties.Code.ZipFile, {
      exports,
      require: () => ({ InvokeCommand, LambdaClient }),
      process: { env: deployed(Properties.Environment.Variables) },
    });
    const requestContext = this.context('MESSAGE', 'sendMessage', connectionId, { sub });
    const answer = await exports.handler({ body: JSON.stringify(body), requestContext });
    expect(answer).toEqual({ statusCode: 200 });
    expect(invoked).toEqual([
      {
        FunctionName: expect.stringMatching(/Broadcaster\w+\.Arn$/),
        InvocationType: 'Event',
        Payload: expect.any(String),
      },
    ]);
    return this.broadcast(JSON.parse(invoked[0].Payload));
  }

  public broadcast(event: object): Promise<BroadcastResult> {
    const clock = { now: () => this.clock, random: () => 1, sleep: async () => undefined };
    const config = configFromEnvironment({ ...this.environment, CALLBACK_URL: this.api.callbackUrl });
    const table = new ConnectionTable(this.dynamoDb, config, clock);
    const handler = broadcaster(config, { ...clock, connections: this.management, table, log: () => undefined });
    return handler(event, { getRemainingTimeInMillis: () => 60_000 });
  }
}

let chat: Chat;
beforeAll(async () => (chat = await Chat.start()));
afterAll(() => chat.stop());
beforeEach(() => {
  chat.table.items.clear();
  chat.api.open.clear();
  chat.clock = NOW;
});

test('from connect to broadcast to disconnect, with nothing left in the table', async () => {
  const alice = (await chat.connect(chat.claimed({ sub: 'alice' })))!;
  const bob = (await chat.connect(chat.claimed({ sub: 'bob' })))!;
  const carol = (await chat.connect(chat.claimed({ sub: 'carol' })))!;
  expect([...chat.table.items.values()][0]).toEqual({
    connectionId: { S: alice },
    userId: { S: 'alice' },
    connectedAt: { N: String(NOW) },
    expiresAt: { N: String(NOW / 1000 + 3 * 3600) },
  });

  chat.clock += 60_000;
  expect(await chat.say(alice, 'alice', { action: 'sendMessage', text: 'hello' })).toEqual({
    sent: 2,
    gone: 0,
    failed: 0,
  });
  expect(await chat.say(bob, 'bob', { text: 'psst', to: 'carol' })).toEqual({ sent: 1, gone: 0, failed: 0 });
  expect(Object.fromEntries(chat.api.open)).toEqual({
    [alice]: [],
    [bob]: ['{"from":"alice","text":"hello"}'],
    [carol]: ['{"from":"alice","text":"hello"}', '{"from":"bob","text":"psst"}'],
  });

  // Bob's goodbye is never delivered: the next broadcast finds out.
  chat.api.open.delete(bob);
  expect(await chat.broadcast({ message: 'x' })).toEqual({ sent: 2, gone: 1, failed: 0 });
  expect([...chat.table.items.keys()].sort()).toEqual([alice, carol].sort());

  for (const id of [alice, carol]) expect(await chat.disconnect(id)).toBe(200);
  expect(await chat.disconnect(bob)).toBe(200);
  expect([...chat.table.items]).toEqual([]);
  expect(await chat.broadcast({ message: 'x' })).toEqual({ sent: 0, gone: 0, failed: 0 });
});

test.each<[string, Record<string, unknown> | undefined]>([
  ['no authorizer', undefined],
  ['no sub', { principalId: 'someone' }],
  ['an empty sub', { sub: '' }],
])('a client with %s has no userId, and hears what is for all', async (_, authorizer) => {
  const id = (await chat.connect(authorizer))!;
  expect(Object.keys(chat.table.items.get(id)!).sort()).toEqual(['connectedAt', 'connectionId', 'expiresAt']);
  chat.clock += 60_000;
  expect(await chat.broadcast({ message: 'x', userId: 'alice' })).toMatchObject({ sent: 0 });
  expect(await chat.broadcast({ message: 'x' })).toMatchObject({ sent: 1 });
  await chat.disconnect(id);
  expect(chat.table.items.size).toBe(0);
});

test.each(HOSTILE)('the user %j is reached as such, and nobody else', async (sub) => {
  const id = (await chat.connect(chat.claimed({ sub, admin: 'true' })))!;
  const other = (await chat.connect(chat.claimed({ sub: 'other' })))!;
  expect(chat.table.items.get(id)).toEqual({
    connectionId: { S: id },
    userId: { S: sub },
    connectedAt: { N: String(NOW) },
    expiresAt: { N: expect.any(String) },
  });
  await chat.broadcast({ message: 'x', userId: sub });
  expect(Object.fromEntries(chat.api.open)).toEqual({ [id]: ['x'], [other]: [] });
});

test('no text of a token leaves its field', () => {
  const { RequestTemplates } = chat.integration('$connect');
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE, ''));
  fc.assert(
    fc.property(text, fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }), (sub, second) => {
      const context = {
        connectionId: 'L0SM9cOF=',
        connectedAt: String(second * 1000),
        requestTimeEpoch: second * 1000,
        authorizer: { sub },
      };
      const request = JSON.parse(renderTemplate(RequestTemplates.$default, { context }).text);
      expect(request).toEqual({
        TableName: expect.stringMatching(/^Connections\w{8}$/),
        Item: {
          connectionId: { S: 'L0SM9cOF=' },
          connectedAt: { N: String(second * 1000) },
          expiresAt: { N: String(second + 10_800) },
          ...(sub !== '' && { userId: { S: sub } }),
        },
      });
    }),
  );
});

test('a client that cannot be written down is refused', async () => {
  chat.table.scripted.PutItem = [{ status: 400, body: '{"__type":"com.amazonaws.dynamodb.v20120810#Throttling"}' }];
  expect(await chat.connect(chat.claimed({ sub: 'alice' }))).toBeUndefined();
  expect(chat.table.items.size).toBe(0);
  // What has no response fails, and a client whose request fails is not let in.
  const responses = all(chat.template, 'IntegrationResponse').filter(({ IntegrationId }) =>
    /connect/.test(IntegrationId),
  );
  expect(responses.map(({ IntegrationResponseKey }) => IntegrationResponseKey).sort()).toEqual([
    '$default',
    '/2\\d\\d/',
  ]);
});
