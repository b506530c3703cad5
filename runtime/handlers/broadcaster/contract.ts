/**
 * Input and output of the broadcaster function.
 *
 * Environment:
 * - `TABLE_NAME`: the table of connections, see `ConnectionItem`;
 * - `USER_INDEX_NAME`: its index with the partition key `userId`; without it, `userId` in an event is an error;
 * - `CALLBACK_URL`: `https://{api}.execute-api.{region}.amazonaws.com/{stage}`, or the URL of a custom domain.
 *
 * Permissions: `dynamodb:Scan` and `dynamodb:DeleteItem` on the table, `dynamodb:Query` on the index, and
 * `execute-api:ManageConnections` on `arn:{partition}:execute-api:{region}:{account}:{api}/{stage}/POST/@connections/*`.
 *
 * Delivery is at least once. A run that fails or is retried starts again, and a message without a response (a cut connection, a
 * timeout) is sent again: put an id in the message if clients must detect duplicates. Messages to one client are
 * not ordered. The table is read with eventual consistency: a client that connects during a run may be left out.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export interface BroadcastEvent {
  /** A string is sent as it is, anything else as JSON; 128 KB at most. */
  readonly message: unknown;
  /** Sends to the connections of one user. Without it, and without `connectionIds`, to all connections. */
  readonly userId?: string;
  /** Sends to these connections, whether the table has them or not. */
  readonly connectionIds?: readonly string[];
  /** Connections that get nothing, the sender's own for instance. */
  readonly exclude?: readonly string[];
  /** The cursor that an unfinished run returned; the rest of the event must be the same as in that run. */
  readonly cursor?: string;
  /**
   * A run that has no time left returns a `cursor`. Without this it throws after doing as much as it can, so a partial
   * result is never taken for a complete one: an asynchronous invocation is then retried from the start.
   */
  readonly allowPartial?: boolean;
}

/** How it ended. */
export interface BroadcastResult {
  /** Connections that API Gateway took the message for. */
  readonly sent: number;
  /** Connections that are closed; they are removed from the table. */
  readonly gone: number;
  /** Connections that could not be reached in several tries, or whose id is none; each is in the log with the reason. */
  readonly failed: number;
  /** The first of them, to try again: an event with these `connectionIds`. */
  readonly failedConnectionIds?: readonly string[];
  /** There are connections left: invoke again with the same event and this. */
  readonly cursor?: string;
}

/** An item of the table, as the integrations of `$connect` put it. */
export interface ConnectionItem {
  /** Partition key, `$context.connectionId`. */
  readonly connectionId: { readonly S: string };
  /** Partition key of the index. Must not be empty, because DynamoDB rejects such an item: omit it if there is no user. */
  readonly userId?: { readonly S: string };
  /**
   * `$context.connectedAt`, milliseconds. The item is put before the connection is made, and until then API Gateway says
   * that there is no such connection: one that is younger than `ESTABLISHED_AFTER_MILLIS` is waited for and not deleted.
   */
  readonly connectedAt?: { readonly N: string };
  /** Time to live, seconds; API Gateway closes a connection after two hours. */
  readonly expiresAt?: { readonly N: string };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
export const MESSAGE_MAX_BYTES = 128 * 1024;

/** After so long, a connection that API Gateway does not know is closed and not about to be made. */
export const ESTABLISHED_AFTER_MILLIS = 10_000;

/** How many failed connections an answer names. */
export const FAILED_IDS_MAX = 100;
