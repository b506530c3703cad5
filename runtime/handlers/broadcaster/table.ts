import { DeleteItemCommand, type DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { nameOf } from '../shared/service-error';
import { type BroadcasterConfig } from './config';
import { ESTABLISHED_AFTER_MILLIS } from './contract';
import { type ItemKey, type Target } from './position';
import { type Clock, OutOfTimeError, withRetry } from './retry';

/** Some connections, and the key to go on after. */
export interface Page {
  readonly connectionIds: readonly string[];
  readonly last?: ItemKey;
}

/** So many are in memory, and at most about so many in a cursor. */
const PAGE_SIZE = 500;

/** The table of connections. */
export class ConnectionTable {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly config: BroadcasterConfig,
    private readonly clock: Clock,
  ) {}

  public async page(target: Target, after: ItemKey | undefined, deadline: number): Promise<Page> {
    const from = {
      TableName: this.config.tableName,
      ProjectionExpression: 'connectionId',
      Limit: PAGE_SIZE,
      ...(after && { ExclusiveStartKey: { ...after } }),
    };
    const read = async () => {
      if (target.to !== 'user') return this.client.send(new ScanCommand(from));
      return this.client.send(
        new QueryCommand({
          ...from,
          IndexName: this.indexName(),
          KeyConditionExpression: 'userId = :userId',
          ExpressionAttributeValues: { ':userId': { S: target.userId } },
        }),
      );
    };
    const answer = await this.explained(target.to === 'user' ? 'Query' : 'Scan', deadline, read);
    return {
      connectionIds: (answer.Items ?? []).map(({ connectionId }) => connectionId?.S ?? '').filter((id) => id !== ''),
      last: answer.LastEvaluatedKey as ItemKey | undefined,
    };
  }

  /** False where the connection is so young that it may be about to be made. */
  public async forget(connectionId: string, deadline: number): Promise<boolean> {
    const established = this.clock.now() - ESTABLISHED_AFTER_MILLIS;
    const remove = () =>
      this.client.send(
        new DeleteItemCommand({
          TableName: this.config.tableName,
          Key: { connectionId: { S: connectionId } },
          ConditionExpression: 'attribute_not_exists(connectedAt) OR connectedAt <= :established',
          ExpressionAttributeValues: { ':established': { N: String(established) } },
        }),
      );
    try {
      await this.explained('DeleteItem', deadline, remove);
      return true;
    } catch (error) {
      if (nameOf((error as Error).cause) === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  private indexName(): string {
    if (this.config.userIndexName !== undefined) return this.config.userIndexName;
    throw new Error('This function has no user index (USER_INDEX_NAME): "userId" cannot be used.');
  }

  private async explained<T>(action: string, deadline: number, send: () => Promise<T>): Promise<T> {
    try {
      return await withRetry(this.clock, deadline, send);
    } catch (error) {
      if (error instanceof OutOfTimeError || !('$metadata' in (error as object))) throw error;
      const { name, message } = error as Error;
      const where = `${action} on the table ${this.config.tableName}`;
      throw new Error(`DynamoDB rejected ${where}: ${name}: ${message}`, { cause: error });
    }
  }
}
