import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type LogEntry } from '../../runtime/handlers/broadcaster/broadcast';
import { type BroadcastEvent, type BroadcastResult } from '../../runtime/handlers/broadcaster/contract';
import { broadcaster } from '../../runtime/handlers/broadcaster/handler';
import { ConnectionTable } from '../../runtime/handlers/broadcaster/table';
import { fakeConnections, type FakeConnections } from '../support/fake-connections';
import { fakeDynamoDb, type FakeDynamoDb } from '../support/fake-dynamodb';

export const NOW = Date.parse('2026-01-01T12:00:00Z');
export const TABLE = 'connections';
export const INDEX = 'byUser';
const CLIENT = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  maxAttempts: 1,
};

/** The function with real clients between a table and an API that are played, on a clock that only waits move. */
export class World {
  public clock = NOW;
  public readonly waits: number[] = [];
  public readonly log: LogEntry[] = [];
  /** Most messages that were on their way at once. */
  public mostAtOnce = 0;
  /** Runs in the place of each wait, once the clock has moved. */
  public whileWaiting: () => Promise<void> = async () => undefined;
  private readonly tableClient: DynamoDBClient;
  private readonly apiClient: ApiGatewayManagementApiClient;

  private constructor(
    public readonly table: FakeDynamoDb,
    public readonly api: FakeConnections,
  ) {
    this.tableClient = new DynamoDBClient({ ...CLIENT, endpoint: table.url });
    this.apiClient = new ApiGatewayManagementApiClient({ ...CLIENT, endpoint: api.callbackUrl });
  }

  public static async start(): Promise<World> {
    const table = await fakeDynamoDb({ tableName: TABLE, key: 'connectionId', index: { name: INDEX, key: 'userId' } });
    return new World(table, await fakeConnections('prod'));
  }

  public reset(): void {
    this.clock = NOW;
    this.mostAtOnce = 0;
    this.waits.length = this.log.length = this.table.seen.length = this.api.seen.length = 0;
    this.whileWaiting = async () => undefined;
    this.table.items.clear();
    this.table.pageSize = Infinity;
    for (const operation of Object.keys(this.table.scripted)) delete this.table.scripted[operation];
    this.api.open.clear();
    this.api.before = () => undefined;
  }

  public async stop(): Promise<void> {
    this.tableClient.destroy();
    this.apiClient.destroy();
    await Promise.all([this.table.close(), this.api.close()]);
  }

  /** What the integration of `$connect` does. */
  public async put(connectionId: string, userId?: string, connectedAt = NOW - 60_000): Promise<void> {
    const Item = {
      connectionId: { S: connectionId },
      connectedAt: { N: String(connectedAt) },
      expiresAt: { N: String(Math.round(connectedAt / 1000) + 7_200) },
      ...(userId !== undefined && { userId: { S: userId } }),
    };
    await this.tableClient.send(new PutItemCommand({ TableName: TABLE, Item }));
  }

  public async connect(connectionId: string, userId?: string, connectedAt?: number): Promise<void> {
    await this.put(connectionId, userId, connectedAt);
    this.api.open.set(connectionId, []);
  }

  /** What the integration of `$disconnect` does. */
  public async disconnect(connectionId: string): Promise<void> {
    this.api.open.delete(connectionId);
    await this.tableClient.send(
      new DeleteItemCommand({ TableName: TABLE, Key: { connectionId: { S: connectionId } } }),
    );
  }

  public run(
    event: BroadcastEvent | object,
    remaining = 60_000,
    userIndexName: string | undefined = INDEX,
  ): Promise<BroadcastResult> {
    const config = { tableName: TABLE, userIndexName: userIndexName || undefined, callbackUrl: this.api.callbackUrl };
    const clock = {
      now: () => this.clock,
      random: () => 1,
      sleep: async (millis: number) => {
        this.waits.push(millis);
        this.clock += millis;
        await this.whileWaiting();
      },
    };
    const table = new ConnectionTable(this.tableClient, config, clock);
    const log = (entry: LogEntry) => this.log.push(entry);
    const handler = broadcaster(config, { ...clock, connections: this.counted(), table, log });
    return handler(event, { getRemainingTimeInMillis: () => remaining });
  }

  private counted(): ApiGatewayManagementApiClient {
    let now = 0;
    const send = async (...given: Parameters<typeof this.apiClient.send>) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++now);
      try {
        return await this.apiClient.send(...given);
      } finally {
        now--;
      }
    };
    return { send } as unknown as ApiGatewayManagementApiClient;
  }

  /** What each open connection has received. */
  public received(): Record<string, string[]> {
    return Object.fromEntries([...this.api.open].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
