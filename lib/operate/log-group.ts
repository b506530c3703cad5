import { RemovalPolicy } from 'aws-cdk-lib';
import { type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';

/** How a log group keeps what is in it. */
export interface LogGroupOptions {
  /**
   * How long log events are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: RetentionDays;

  /**
   * Key that encrypts the log group. Its policy must let CloudWatch Logs use it.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default - encrypted by CloudWatch Logs with a key of its own
   */
  readonly encryptionKey?: IKey;

  /**
   * What happens to the log group when it is no longer in the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

// As `RetentionDays` has them; the enumeration would load the whole of the L2.
const ONE_YEAR = 365;
const INFINITE = 9999;

/** A log group; an L1, since the L2 loads half a hundred modules for what is not used here. */
export function createLogGroup(scope: Construct, id: string, name: string, options: LogGroupOptions): CfnLogGroup {
  const retention = options.retention ?? ONE_YEAR;
  const group = new CfnLogGroup(scope, id, {
    logGroupName: name,
    retentionInDays: retention === INFINITE ? undefined : retention,
    kmsKeyId: options.encryptionKey?.keyArn,
  });
  group.applyRemovalPolicy(options.removalPolicy ?? RemovalPolicy.RETAIN);
  return group;
}
