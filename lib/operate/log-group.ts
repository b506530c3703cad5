import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { KEPT } from '../authoring/removal';

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
   * What happens to the log group when it is no longer in the stack. With `RETAIN` it stays as well where the deployment that
   * makes it is rolled back; its name is fixed, so that the next attempt finds it and fails.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

// As `RetentionDays` has them; the enumeration would load the whole of the L2.
const ONE_YEAR = 365;
const INFINITE = 9999;

/** What is said of a log group; the options of each log say by `declared` whether it is in the stack. */
interface Declarable extends LogGroupOptions {
  readonly declared?: boolean;
}

/** A log group, in the stack or beside it. */
export interface NamedLogGroup {
  /** With `:*` at its end, as `Fn::GetAtt` has it. */
  readonly arn: string;
  readonly name: string;
  /** Absent where the group is not in the stack. */
  readonly resource?: CfnLogGroup;
}

/** A log group; an L1, since the L2 loads half a hundred modules for what is not used here. */
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

/** @throws where settings are given for a log group that is not in the stack */
export function checkDeclared(options: Declarable, owner: Owner): void {
  const own = SETTINGS.filter((option) => options[option] !== undefined);
  if (options.declared !== false || own.length === 0) return;
  throw owner.error(
    `${own.join(' and ')} would have no effect: with declared: false the log group is there already, and stays as it is; leave it out`,
  );
}
