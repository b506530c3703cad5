import { type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type IKey } from 'aws-cdk-lib/aws-kms';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { type IConstruct } from 'constructs';
import { type RequestValue } from '../integrations/request-value';
import { type DynamoDbValue } from '../integrations/velocity/dynamodb-value';
import { type WebSocketServiceIntegrationOptions } from '../websocket/integrations/service';
import { type IWebSocketGateway } from '../websocket/interfaces';

/**
 * Properties of a `ConnectionStore`.
 */
export interface ConnectionStoreProps {
  /**
   * The key that encrypts the table. Routes and broadcaster are granted its use.
   *
   * @default - the AWS owned key of DynamoDB, at no charge
   */
  readonly encryptionKey?: IKey;

  /**
   * What happens to the table when it is removed from the stack.
   *
   * @default RemovalPolicy.DESTROY - connections do not outlive their API
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The attributes that the store keeps for a connection.
 *
 * @example
 * store.connectIntegration({ userId: RequestValue.context('identity.userArn') });
 */
export interface ConnectionStoreConnectOptions extends WebSocketServiceIntegrationOptions {
  /**
   * The user of the connection. If it is empty, the connection has no user, and only a broadcast to all reaches it. 2048 bytes at
   * most: a client with a longer one is rejected.
   *
   * @default RequestValue.authorizerContext('sub')
   */
  readonly userId?: RequestValue;

  /**
   * More attributes of the item, for your own functions: attribute → value.
   *
   * @default - none
   */
  readonly attributes?: { [attribute: string]: DynamoDbValue };
}

/**
 * A store of connections.
 */
export interface IConnectionStore extends IConstruct {
  /**
   * The table of the connections. Its partition key is `connectionId`.
   */
  readonly table: ITable;

  /**
   * Name of the index of the table whose partition key is `userId`.
   */
  readonly userIndexName: string;
}

/**
 * Options of `ConnectionStore.broadcaster`, the function that sends to the connections of a store.
 *
 * @example
 * store.broadcaster({ gateway: chat, timeout: Duration.minutes(10) });
 */
export interface ConnectionBroadcasterOptions {
  /**
   * The gateway whose `$connect` and `$disconnect` fill and empty the store. It must have one stage.
   */
  readonly gateway: IWebSocketGateway;

  /**
   * The URL of the `@connections` API of the stage, e.g. `https://chat.example.com` or `https://ws.example.com/chat` on a
   * custom domain.
   *
   * @default - `gateway.callbackUrl()`
   */
  readonly callbackUrl?: string;

  /**
   * The longest time for a broadcast. 10 seconds to 15 minutes. Remaining messages are not sent, and the invocation fails, unless its
   * event has `allowPartial`.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * Memory of the function in MB, which determines its share of a processor. 128 to 10240.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * Receives the events of asynchronous invocations that have failed three times.
   *
   * @default - none: such messages are lost, and the log contains the reason
   */
  readonly deadLetterQueue?: IQueue;
}

/**
 * Properties of a `ConnectionBroadcaster`.
 *
 * @example
 * new ConnectionBroadcaster(this, 'Broadcaster', { store, gateway: chat });
 */
export interface ConnectionBroadcasterProps extends ConnectionBroadcasterOptions {
  /**
   * The store whose connections it sends to.
   */
  readonly store: IConnectionStore;
}
