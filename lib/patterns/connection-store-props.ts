import { type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { type IKey } from 'aws-cdk-lib/aws-kms';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
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
 * The function that sends to the connections of a store.
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
