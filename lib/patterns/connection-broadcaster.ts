import { Duration, Token, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Function, type IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bundledCode } from '../authoring/bundled-code';
import { injected } from '../authoring/injection';
import { Owner, show } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { KEPT } from '../authoring/removal';
import { type ServiceGrant } from '../integrations/service-roles';
import { tableKeyGrants } from '../integrations/services/dynamodb';
import { keyGrants } from '../integrations/services/key-grants';
import { type ConnectionBroadcasterOptions, type ConnectionBroadcasterProps } from './connection-store-props';
import { BROADCASTER_FINDINGS, BROADCASTER_LOG_FINDINGS } from './acknowledgements';

const RETENTION_DAYS = 365;
const TIMEOUT_SECONDS = { least: 10, most: 900, otherwise: 300 };
const MEMORY_MB = { least: 128, most: 10_240, otherwise: 512 };

/**
 * A function that sends a message to all connections of a `ConnectionStore`, or to those of one user, and removes closed ones.
 * Its event is `{"message":…}`, optionally with `userId`, `connectionIds`, `exclude`, `allowPartial` and `cursor`; it
 * returns `{"sent":1,"gone":0,"failed":0}`. A message arrives at least once and has 128 KB at most. A string is sent
 * as it is, any other value as JSON.
 */
export class ConnectionBroadcaster extends Construct {
  /** Name that property injectors of the CDK know the class by. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.ConnectionBroadcaster';

  /**
   * The function, for metrics, alarms, event sources and asynchronous invocations.
   */
  public readonly fn: IFunction;

  /**
   * The resource of the function, for property overrides.
   */
  public readonly cfnFunction: CfnFunction;

  /**
   * The resource of its log group, for property overrides.
   */
  public readonly cfnLogGroup: CfnLogGroup;

  constructor(scope: Construct, id: string, props: ConnectionBroadcasterProps) {
    props = injected(ConnectionBroadcaster, { scope, id }, props);
    const isSubclass = new.target !== ConnectionBroadcaster;
    const owner = checkedProps(
      new Owner(`ConnectionBroadcaster '${id}'`),
      'ConnectionBroadcasterProps',
      props,
      isSubclass,
    );
    const { gateway, deadLetterQueue, store } = props;
    const { table, userIndexName } = store;
    const timeout = seconds(props.timeout, owner);
    const memorySize = memory(props.memorySize, owner);
    const callbackUrl = address(props, owner);
    super(scope, id);
    const logs = new CfnLogGroup(this, 'Logs', { retentionInDays: RETENTION_DAYS });
    logs.applyRemovalPolicy(KEPT);
    this.cfnLogGroup = logs;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (actions: readonly string[], resources: readonly string[]) =>
      new PolicyStatement({ actions: [...actions], resources: [...resources] });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'What the broadcaster may do with the connections of one API',
      roles: [role],
      statements: [
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.attrArn]),
        allow(['dynamodb:DeleteItem', 'dynamodb:Scan'], [table.tableArn]),
        allow(['dynamodb:Query'], [`${table.tableArn}/index/${userIndexName}`]),
        ...[...tableKeyGrants(table, 'DeleteItem', owner), ...queueGrants(deadLetterQueue, owner)].map(
          ({ actions, resources }) => allow(actions, resources),
        ),
      ],
    });
    gateway.grantManageConnections(policy, { methods: ['POST'] });
    this.cfnFunction = new CfnFunction(this, 'Resource', {
      description: 'Sends messages to the connections of a WebSocket API',
      runtime: Runtime.NODEJS_24_X.name,
      handler: 'index.handler',
      code: bundledCode(this, 'broadcaster'),
      role: role.roleArn,
      timeout,
      memorySize,
      loggingConfig: { logGroup: logs.ref, logFormat: 'JSON' },
      deadLetterConfig: deadLetterQueue && { targetArn: deadLetterQueue.queueArn },
      environment: {
        variables: { CALLBACK_URL: callbackUrl, TABLE_NAME: table.tableName, USER_INDEX_NAME: userIndexName },
      },
    });
    // Lambda checks whether the role can send there.
    if (deadLetterQueue) this.cfnFunction.node.addDependency(policy);
    Validations.of(logs).acknowledge(...BROADCASTER_LOG_FINDINGS);
    Validations.of(this.cfnFunction).acknowledge(...BROADCASTER_FINDINGS);
    this.fn = Function.fromFunctionAttributes(this, 'Function', {
      functionArn: this.cfnFunction.attrArn,
      role,
      sameEnvironment: true,
    });
  }

  /**
   * Grants permission to broadcast.
   *
   * @param grantee role, user, function or similar; for a service, use `fn.addPermission`
   */
  public grantInvoke(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['lambda:InvokeFunction'],
      resourceArns: [this.fn.functionArn],
    });
  }
}

function address({ callbackUrl, gateway }: ConnectionBroadcasterOptions, owner: Owner): string {
  if (callbackUrl === undefined) return gateway.callbackUrl();
  if (Token.isUnresolved(callbackUrl) || /^https:\/\/[^/?#\s]+(\/[^?#\s]*)?$/.test(callbackUrl)) return callbackUrl;
  throw owner.error(
    `callbackUrl ${show(callbackUrl)} must be a URL that begins with https://, e.g. "https://chat.example.com"`,
  );
}

function queueGrants(queue: IQueue | undefined, owner: Owner): ServiceGrant[] {
  if (!queue) return [];
  return [
    { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
    ...keyGrants(queue.encryptionMasterKey, ['kms:Decrypt', 'kms:GenerateDataKey'], queue, owner),
  ];
}

function seconds(given: Duration | undefined, owner: Owner): number {
  const { least, most, otherwise } = TIMEOUT_SECONDS;
  const timeout = (given ?? Duration.seconds(otherwise)).toSeconds();
  if (Token.isUnresolved(timeout) || (timeout >= least && timeout <= most)) return timeout;
  throw owner.error(
    `the timeout must be ${least} to ${most} seconds, got: ${timeout}; if there are more connections than it can reach in ${most} seconds, ` +
      'invoke it with "allowPartial": true, and again with the "cursor" that it returns',
  );
}

function memory(given: number | undefined, owner: Owner): number {
  const { least, most, otherwise } = MEMORY_MB;
  const size = given ?? otherwise;
  if (Token.isUnresolved(size) || (Number.isInteger(size) && size >= least && size <= most)) return size;
  throw owner.error(`memorySize must be a whole number from ${least} to ${most} MB, got: ${size}`);
}
