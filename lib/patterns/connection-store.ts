import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnTable, type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { Owner, show } from '../authoring/errors';
import { injected } from '../authoring/injection';
import { checkedProps } from '../authoring/shapes/guard';
import { RequestValue } from '../integrations/request-value';
import { DynamoDbValue } from '../integrations/velocity/dynamodb-value';
import { type WebSocketBindIntegration, type WebSocketIntegrationContext } from '../websocket/binding';
import { WebSocketIntegration } from '../websocket/integration';
import { type WebSocketServiceIntegrationOptions } from '../websocket/integrations/service';
import { dynamoDbDelete, dynamoDbPut } from '../websocket/integrations/services';
import { ConnectionBroadcaster } from './connection-broadcaster';
import {
  type ConnectionBroadcasterOptions,
  type ConnectionStoreConnectOptions,
  type ConnectionStoreProps,
  type IConnectionStore,
} from './connection-store-props';
import { CONNECTION_TABLE_FINDINGS } from './acknowledgements';

const USER_INDEX_NAME = 'byUser';
/** An hour after API Gateway has closed the connection: it does so after two hours, a quota that cannot be raised. */
const KEPT = Duration.hours(3);
/** The attributes that the broadcaster reads; see its contract. */
const ATTRIBUTES: readonly string[] = ['connectionId', 'userId', 'connectedAt', 'expiresAt'];

/**
 * The connections of a WebSocket API: a table that `$connect` fills and `$disconnect` empties, without a function, and a function
 * that sends to all connections or to those of one user.
 *
 * A store is for one gateway with one stage: it would consider connections of another one closed, and remove them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export class ConnectionStore extends Construct implements IConnectionStore {
  /** Name that property injectors of the CDK know the class by. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.ConnectionStore';

  /**
   * The resource of the table, for property overrides.
   */
  public readonly cfnTable: CfnTable;

  /**
   * Name of the index whose partition key is `userId`.
   */
  public readonly userIndexName: string = USER_INDEX_NAME;

  private readonly owner: Owner;
  private readonly props: ConnectionStoreProps;
  private imported?: ITable;
  private sender?: ConnectionBroadcaster;

  constructor(scope: Construct, id: string, props: ConnectionStoreProps = {}) {
    props = injected(ConnectionStore, { scope, id }, props);
    super(scope, id);
    const isSubclass = new.target !== ConnectionStore;
    this.owner = checkedProps(new Owner(`ConnectionStore '${id}'`), 'ConnectionStoreProps', props, isSubclass);
    this.props = props;
    this.cfnTable = new CfnTable(this, 'Resource', {
      billingMode: 'PAY_PER_REQUEST',
      attributeDefinitions: [
        { attributeName: 'connectionId', attributeType: 'S' },
        { attributeName: 'userId', attributeType: 'S' },
      ],
      keySchema: [{ attributeName: 'connectionId', keyType: 'HASH' }],
      globalSecondaryIndexes: [
        {
          indexName: USER_INDEX_NAME,
          keySchema: [{ attributeName: 'userId', keyType: 'HASH' }],
          projection: { projectionType: 'KEYS_ONLY' },
        },
      ],
      timeToLiveSpecification: { attributeName: 'expiresAt', enabled: true },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      sseSpecification: props.encryptionKey && {
        sseEnabled: true,
        sseType: 'KMS',
        kmsMasterKeyId: props.encryptionKey.keyArn,
      },
    });
    this.cfnTable.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.DESTROY);
    Validations.of(this.cfnTable).acknowledge(...CONNECTION_TABLE_FINDINGS);
  }

  /**
   * The table for other CDK constructs, for your own functions.
   */
  public get table(): ITable {
    return (this.imported ??= Table.fromTableAttributes(this, 'Import', {
      tableName: this.cfnTable.ref,
      globalIndexes: [USER_INDEX_NAME],
      encryptionKey: this.props.encryptionKey,
    }));
  }

  /**
   * The integration of `$connect`: puts `connectionId`, `connectedAt` (milliseconds), `expiresAt` (seconds), and `userId` if
   * there is one. If the item cannot be written, the client is rejected.
   *
   * @param options user and further attributes of the connection
   */
  public connectIntegration(options: ConnectionStoreConnectOptions = {}): WebSocketIntegration {
    const { userId = RequestValue.authorizerContext('sub'), attributes = {}, timeout } = options;
    const own = Object.keys(attributes).find((name) => ATTRIBUTES.includes(name));
    if (own !== undefined) {
      throw this.owner
        .part('connectIntegration')
        .error(
          `attributes has ${show(own)}, which the store writes itself; ${own === 'userId' ? 'set userId next to attributes' : 'use another name'}`,
        );
    }
    const bind = dynamoDbPut(this.table, {
      item: {
        ...attributes,
        connectionId: DynamoDbValue.string(RequestValue.connectionId()),
        userId: DynamoDbValue.optionalString(userId),
        connectedAt: DynamoDbValue.number(RequestValue.context('connectedAt')),
        expiresAt: DynamoDbValue.expiry(KEPT),
      },
      timeout,
    });
    return this.only('connect', bind);
  }

  /**
   * The integration of `$disconnect`: deletes the connection. API Gateway calls it on a best-effort basis; the
   * broadcaster or the Time to Live of the table removes the rest.
   *
   * @param options timeout
   */
  public disconnectIntegration(options: WebSocketServiceIntegrationOptions = {}): WebSocketIntegration {
    const key = { connectionId: DynamoDbValue.string(RequestValue.connectionId()) };
    return this.only('disconnect', dynamoDbDelete(this.table, { ...options, key }));
  }

  /**
   * Creates the function that sends to the connections of the store, in the stack of the gateway.
   *
   * @param options gateway, timeout and memory
   * @throws if there is one already, or the gateway has several stages
   */
  public broadcaster(options: ConnectionBroadcasterOptions): ConnectionBroadcaster {
    const owner = this.owner.part('broadcaster');
    if (this.sender) throw owner.error('a store has only one broadcaster; use the return value of the first call');
    this.sender = new ConnectionBroadcaster(options.gateway, `Broadcaster-${this.node.id}`, {
      ...options,
      store: this,
    });
    return this.sender;
  }

  /** For one route, and for gateways with one stage. */
  private only(event: 'connect' | 'disconnect', bind: WebSocketBindIntegration): WebSocketIntegration {
    return WebSocketIntegration._of((context: WebSocketIntegrationContext) => {
      const owner = context.owner.part(`${event}Integration of ConnectionStore '${this.node.id}'`);
      if (context.route.event !== event) throw owner.error(`is for the route "$${event}"; put it there`);
      const problem = stagesProblem(context, owner);
      if (problem) throw problem;
      this.node.addValidation({ validate: () => [stagesProblem(context, owner)?.message ?? []].flat() });
      return bind(context);
    });
  }
}

/** Stages may come later. */
function stagesProblem(context: WebSocketIntegrationContext, owner: Owner): Error | undefined {
  const stages = context.stagesNow();
  if (stages.length <= 1) return undefined;
  return owner.error(
    `the gateway has the stages ${stages.join(', ')}, but a store is for one: it would consider connections of another stage ` +
      'closed, and remove them; create a gateway and a store for each stage, best in separate stacks',
  );
}
