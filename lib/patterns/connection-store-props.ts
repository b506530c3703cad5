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
 * What `ConnectionStore` takes.
 */
export interface ConnectionStoreProps {
  /**
   * The key that the table is encrypted with. Routes and broadcaster are permitted to use it.
   *
   * @default - the key that DynamoDB owns, at no charge
   */
  readonly encryptionKey?: IKey;

  /**
   * What becomes of the table when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY - connections do not outlive their API
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * What the store keeps of a connection.
 *
 * @example
 * store.connectIntegration({ userId: RequestValue.context('identity.userArn') });
 */
export interface ConnectionStoreConnectOptions extends WebSocketServiceIntegrationOptions {
  /**
   * Who connects. Where it is empty, the connection has no user, and only a broadcast to all reaches it. 2048 bytes at most: a
   * client with a longer one is refused.
   *
   * @default RequestValue.authorizerContext('sub')
   */
  readonly userId?: RequestValue;

  /**
   * More attributes of the item, for functions of your own: attribute → value.
   *
   * @default - none
   */
  readonly attributes?: { [attribute: string]: DynamoDbValue };
}

/**
 * Where connections are kept.
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
 * How the function that sends to the connections of a store is made by `ConnectionStore.broadcaster`.
 *
 * @example
 * store.broadcaster({ gateway: chat, timeout: Duration.minutes(10) });
 */
export interface ConnectionBroadcasterOptions {
  /**
   * The gateway whose `$connect` and `$disconnect` fill and empty the store: of this app, or imported. It has one stage.
   */
  readonly gateway: IWebSocketGateway;

  /**
   * Where the `@connections` API of the stage is reached, e.g. `https://chat.example.com` or `https://ws.example.com/chat` on a
   * custom domain.
   *
   * @default - `gateway.callbackUrl()`
   */
  readonly callbackUrl?: string;

  /**
   * How long a broadcast may take. 10 seconds to 15 minutes. What is left then is not sent, and the invocation fails, unless its
   * event has `allowPartial`.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * Memory of the function, and its share of a processor, in MB. 128 to 10240.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * Gets the events of asynchronous invocations that have failed three times.
   *
   * @default - none: such messages are lost, and the log says why
   */
  readonly deadLetterQueue?: IQueue;
}

/**
 * What `ConnectionBroadcaster` takes.
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
