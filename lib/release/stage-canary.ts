import { type Duration, Token } from 'aws-cdk-lib';
import { type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type Owner } from '../authoring/errors';
import { type CanaryDefinition, definePercent, defineStageCanary, type ReleaseStep } from './stage-canary-definition';

/**
 * What happens to a deployment while the canary of an earlier one is live.
 */
export enum OnActiveCanary {
  /**
   * The deployment fails, and the error says how to promote the canary or to roll it back.
   */
  FAIL = 'fail',

  /**
   * The new deployment replaces the canary.
   */
  REPLACE = 'replace',
}

/**
 * Common options of canaries of stages.
 */
export interface StageCanaryCommonOptions {
  /**
   * Metric alarms in the API's account and Region that detect a bad release, in addition to the one on the server errors of the
   * canary: ten in all.
   *
   * @default - only the alarm on the server errors of the canary
   */
  readonly alarms?: IAlarm[];

  /**
   * What a deployment does while the canary of an earlier one is live.
   *
   * @default OnActiveCanary.FAIL
   */
  readonly onActiveCanary?: OnActiveCanary;

  /**
   * Stage variables of the canary that differ from those of the stage. A promotion copies them to the live stage, so add
   * them to `variables` of the stage with the next deployment. Together with the names of the alarms and the steps they
   * may have 6144 bytes as JSON.
   *
   * @default - those of the stage
   */
  readonly stageVariables?: { [name: string]: string };
}

/**
 * Options of a canary that is promoted manually.
 *
 * @example
 * const canary = StageCanary.of({ percent: 10 });
 */
export interface StageCanaryOptions extends StageCanaryCommonOptions {
  /**
   * Share of the requests that a new deployment gets, in percent. More than 0, up to 100.
   */
  readonly percent: number;
}

/**
 * Options of a canary that advances automatically.
 *
 * @example
 * const canary = StageCanary.progressive({ steps: [10, 50], interval: Duration.minutes(10) });
 */
export interface ProgressiveStageCanaryOptions extends StageCanaryCommonOptions {
  /**
   * Shares of the requests, in percent and rising. More than 0, up to 100; up to 20 steps.
   */
  readonly steps: number[];

  /**
   * The duration of each step. From one minute to one day. The alarms are read once a minute.
   */
  readonly interval: Duration;
}

/**
 * How new deployments reach a stage of a REST API: as a canary next to the deployment that works. Experimental.
 *
 * The first deployment of a stage serves all callers. Each later one gets only a share of the requests, until it is
 * promoted (`apigw canary promote`) or rolled back (`apigw canary rollback`).
 *
 * Both deployments must keep their back ends: Lambda integrations of the gateway require versions (`fn.currentVersion`), which
 * are retained. Remove a function one release after its last route.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export class StageCanary {
  /**
   * A canary with a fixed share of the requests, which is promoted or rolled back manually.
   *
   * @param options share, alarms and stage variables
   */
  public static of(options: StageCanaryOptions): StageCanary {
    return new StageCanary(options, (owner) => ({ percent: definePercent(options.percent, 'percent', owner) }));
  }

  /**
   * A canary that gets a rising share of the requests from a state machine, which promotes it after the last step. If an alarm goes
   * off, it is rolled back.
   *
   * @param options steps, time of each, alarms and stage variables
   */
  public static progressive(options: ProgressiveStageCanaryOptions): StageCanary {
    return new StageCanary(options, (owner) => {
      const steps = defineSteps(options, owner);
      return { percent: steps[0].percent, steps };
    });
  }

  private constructor(
    private readonly options: StageCanaryCommonOptions,
    private readonly shares: (owner: Owner) => Pick<CanaryDefinition, 'percent' | 'steps'>,
  ) {}

  /**
   * Checked, with all defaults.
   *
   * @internal
   */
  public _define(owner: Owner): CanaryDefinition {
    const where = owner.part('canary');
    const { alarms = [], onActiveCanary = OnActiveCanary.FAIL, stageVariables = {} } = this.options;
    return defineStageCanary({ ...this.shares(where), alarms, onActiveCanary, stageVariables }, where);
  }
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
const MAX_STEPS = 20;

function defineSteps({ steps, interval }: ProgressiveStageCanaryOptions, owner: Owner): readonly ReleaseStep[] {
  if (steps.length === 0 || steps.length > MAX_STEPS) {
    throw owner.error(`steps has ${steps.length} percentages; use 1 to ${MAX_STEPS}, e.g. [10, 50]`);
  }
  const seconds = interval.isUnresolved() ? MINUTE : interval.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < MINUTE || seconds > DAY) {
    throw owner.error(
      `interval is ${seconds} seconds; alarms evaluate minutes, so use whole seconds from one minute to one day, e.g. Duration.minutes(10)`,
    );
  }
  const percents = steps.map((percent, index) => definePercent(percent, `steps[${index}]`, owner));
  const fallen = percents.findIndex(
    (percent, index) => index > 0 && !isAnyToken(percent, percents[index - 1]) && percent <= percents[index - 1],
  );
  if (fallen > 0) {
    throw owner.error(
      `steps goes from ${percents[fallen - 1]} to ${percents[fallen]}; each must be greater than the previous one`,
    );
  }
  return percents.map((percent) => ({ percent, seconds: interval.toSeconds({ integral: false }) }));
}

const isAnyToken = (...values: readonly number[]) => values.some((value) => Token.isUnresolved(value));
