import { type Duration, Token } from 'aws-cdk-lib';
import { type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner, show } from '../authoring/errors';
import { type CallingApi, type ReleasedFunction, releaseFunction, type Shift } from './lambda-canary-resources';

/**
 * Common options of canaries of functions.
 *
 * @example
 * const canary = LambdaCanary.canary(10, Duration.minutes(5), { alarms: [errors] });
 */
export interface LambdaCanaryOptions {
  /**
   * Metric alarms that roll the traffic back to the previous version: in addition to those of the API, up to ten in all.
   *
   * @default - only those of the API
   */
  readonly alarms?: IAlarm[];

  /**
   * Whether the critical alarms of the APIs that call the function (their `alarms` prop) roll the traffic back as well.
   * Those of an API in another stack than the function cannot: use alarms of the function's own stack.
   *
   * While one of the alarms is in ALARM, CodeDeploy rolls back any release, including that of a fix.
   *
   * @default true
   */
  readonly apiAlarms?: boolean;

  /**
   * A function that tests the new version before it gets any traffic, and reports the result to CodeDeploy.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
   * @default - none
   */
  readonly preHook?: IFunction;

  /**
   * A function that tests the new version once it has all the traffic, and reports the result to CodeDeploy.
   *
   * @default - none
   */
  readonly postHook?: IFunction;
}

/**
 * How a new version of a function gets its traffic: an alias that CodeDeploy shifts from one version to the next.
 *
 * For any API: the integration calls the alias `live`. A function has one canary; use the same object for all its routes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 */
export class LambdaCanary {
  /**
   * Shifts all traffic at once, between the hooks; an alarm rolls it back.
   *
   * @param options alarms and hooks
   */
  public static allAtOnce(options: LambdaCanaryOptions = {}): LambdaCanary {
    return new LambdaCanary(options, () => ({ type: 'AllAtOnce' }));
  }

  /**
   * Shifts a first share of the traffic, and the rest after the interval.
   *
   * @param percent 1 to 99
   * @param interval whole minutes, up to two days
   * @param options alarms and hooks
   */
  public static canary(percent: number, interval: Duration, options: LambdaCanaryOptions = {}): LambdaCanary {
    return new LambdaCanary(options, (owner) => ({ type: 'TimeBasedCanary', ...define(percent, interval, owner) }));
  }

  /**
   * Shifts the same additional share of the traffic after each interval.
   *
   * @param percent 1 to 99
   * @param interval whole minutes, up to two days
   * @param options alarms and hooks
   */
  public static linear(percent: number, interval: Duration, options: LambdaCanaryOptions = {}): LambdaCanary {
    return new LambdaCanary(options, (owner) => ({ type: 'TimeBasedLinear', ...define(percent, interval, owner) }));
  }

  private constructor(
    private readonly options: LambdaCanaryOptions,
    private readonly shift: (owner: Owner) => Shift,
  ) {}

  /**
   * The alias of the function, created on first use.
   *
   * @internal
   */
  public _release(fn: IFunction, caller: CallingApi): ReleasedFunction {
    const owner = caller.owner.part('canary');
    const { alarms = [], apiAlarms = true, preHook, postHook } = this.options;
    const release = { key: this, shift: this.shift(owner), alarms, preHook, postHook, owner };
    return releaseFunction(fn, release, apiAlarms ? caller.criticalAlarms() : []);
  }
}

const MAX_MINUTES = 48 * 60;

function define(percent: number, interval: Duration, owner: Owner): { percent: number; minutes: number } {
  if (!Token.isUnresolved(percent) && (!Number.isInteger(percent) || percent < 1 || percent > 99)) {
    throw owner.error(
      `percent is ${show(percent)}; CodeDeploy shifts whole percents, 1 to 99; for all, use LambdaCanary.allAtOnce()`,
    );
  }
  if (interval.isUnresolved()) return { percent, minutes: interval.toMinutes() };
  const minutes = interval.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES) {
    throw owner.error(`interval is ${minutes} minutes; use whole minutes, up to two days, e.g. Duration.minutes(5)`);
  }
  return { percent, minutes };
}
