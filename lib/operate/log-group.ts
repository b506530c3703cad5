import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { KEPT } from '../authoring/removal';

/** The settings of a log group. */
export interface LogGroupOptions {
  /**
   * The retention of log events.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: RetentionDays;

  /**
   * Key that encrypts the log group. Its policy must allow CloudWatch Logs to use it.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default - encrypted by CloudWatch Logs with its own key
   */
  readonly encryptionKey?: IKey;

  /**
   * What happens to the log group when it is removed from the stack. With `RETAIN` it is also kept if the deployment that
   * creates it is rolled back; its name is fixed, so the next attempt finds it and fails.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

// The values of `RetentionDays`; the enumeration would load the whole L2.
const ONE_YEAR = 365;
const INFINITE = 9999;

/** The options of a log group; `declared` of each log determines whether it is in the stack. */
interface Declarable extends LogGroupOptions {
  readonly declared?: boolean;
}

/** A log group, in the stack or outside it. */
export interface NamedLogGroup {
  /** With a trailing `:*`, as from `Fn::GetAtt`. */
  readonly arn: string;
  readonly name: string;
  /** Undefined if the group is not in the stack. */
  readonly resource?: CfnLogGroup;
}

/** A log group; an L1, since the L2 loads half a hundred modules that are not used here. */
export function createLogGroup(scope: Construct, id: string, name: string, options: Declarable): NamedLogGroup {
  if (options.declared === false) {
    const { partition, region, account } = Stack.of(scope);
    return { name, arn: `arn:${partition}:logs:${region}:${account}:log-group:${name}:*` };
  }
  const retention = options.retention ?? ONE_YEAR;
  const resource = new CfnLogGroup(scope, id, {
    logGroupName: name,
    retentionInDays: retention === INFINITE ? undefined : retention,
    kmsKeyId: options.encryptionKey?.keyArn,
  });
  resource.applyRemovalPolicy(options.removalPolicy ?? KEPT);
  return { name: resource.ref, arn: resource.attrArn, resource };
}

const SETTINGS = ['retention', 'encryptionKey', 'removalPolicy'] as const;

/** @throws if settings are passed for a log group that is not in the stack */
export function checkDeclared(options: Declarable, owner: Owner): void {
  const own = SETTINGS.filter((option) => options[option] !== undefined);
  if (options.declared !== false || own.length === 0) return;
  throw owner.error(
    `${own.join(' and ')} would have no effect: with declared: false the log group exists already and is not changed; leave it out`,
  );
}
