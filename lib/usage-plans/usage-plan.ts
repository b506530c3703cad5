import { Token } from 'aws-cdk-lib';
import { type Period } from 'aws-cdk-lib/aws-apigateway';
import { METHOD_THROTTLES_PER_PLAN_STAGE, QUOTA_OFFSETS } from '../facts/quotas';
import { suggest } from '../lookup/nearest';
import { type Owner } from '../authoring/errors';
import { type ThrottleOptions, validateThrottle } from '../stages/throttle';

/**
 * How many requests a key may make in a period.
 *
 * @example
 * const quota: QuotaOptions = { limit: 100_000, period: Period.MONTH };
 */
export interface QuotaOptions {
  /**
   * Requests of one key in the period, over all stages of the plan. A whole number of at least 1. API Gateway counts best
   * effort: a key may get a little more.
   */
  readonly limit: number;

  /**
   * After what time the count starts over.
   */
  readonly period: Period;

  /**
   * The day on which a period starts: of a WEEK 0 (Sunday) to 6, of a MONTH 0 (the first) to 27; a DAY has none but 0.
   *
   * @default 0
   */
  readonly offset?: number;
}

/**
 * What a usage plan sets for one route.
 */
export interface UsagePlanRouteOptions {
  /**
   * Limits of one key on the route.
   */
  readonly throttle: ThrottleOptions;
}

/**
 * A usage plan: which keys may call which stages, and how often.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 *
 * @example
 * const plan: UsagePlanOptions = {
 *   apiKeys: ['partner'],
 *   throttle: { rateLimit: 10, burstLimit: 20 },
 *   quota: { limit: 100_000, period: Period.MONTH },
 * };
 */
export interface UsagePlanOptions {
  /**
   * Limits of each key, over all routes and stages of the plan together. A plan with `routes` needs them.
   *
   * @default - those of the stages
   */
  readonly throttle?: ThrottleOptions;

  /**
   * How many requests each key may make in a day, week or month.
   *
   * @default - no quota
   */
  readonly quota?: QuotaOptions;

  /**
   * Limits of each key on single routes: route key → limits, for at most 20 routes that require a key. Of REST APIs only,
   * and beside `throttle` of the plan.
   *
   * @default - none
   */
  readonly routes?: { [route: string]: UsagePlanRouteOptions };

  /**
   * The stages of the plan: keys of the gateway's `stages` map.
   *
   * @default - all
   */
  readonly stages?: string[];

  /**
   * Names of the keys in the plan. A name of the gateway's `apiKeys` map is that key; any other is a key that API Gateway
   * generates. A key may be in several plans, but in one only for each stage.
   *
   * @default - none: keys are put into the plan elsewhere
   */
  readonly apiKeys?: string[];

  /**
   * Name of the plan.
   *
   * @default - made by CloudFormation
   */
  readonly usagePlanName?: string;

  /**
   * What the plan is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Tags of the plan, beside those of its scope.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** A usage plan, checked, every default filled in. */
export interface UsagePlanDefinition {
  readonly name: string;
  readonly options: UsagePlanOptions;
  /** Keys of the `stages` map. */
  readonly stages: readonly string[];
  /** Each once, sorted. */
  readonly apiKeys: readonly string[];
  readonly routes: Readonly<Record<string, ThrottleOptions>>;
}

/** @throws where a stage is not there, or a limit is not what API Gateway takes */
export function defineUsagePlan(
  name: string,
  options: UsagePlanOptions,
  stageKeys: readonly string[],
  owner: Owner,
): UsagePlanDefinition {
  const stages = options.stages ?? stageKeys;
  if (stages.length === 0)
    throw owner.error('stages is empty, so no key would open anything; leave it out for all stages');
  for (const stage of stages) {
    if (!stageKeys.includes(stage))
      throw owner.error(`stages has "${stage}", which is no stage of the gateway.${suggest(stage, stageKeys)}`);
  }
  if (options.throttle) validateThrottle(options.throttle, owner);
  if (options.quota) validateQuota(options.quota, owner);
  const routes = Object.entries(options.routes ?? {});
  if (routes.length > METHOD_THROTTLES_PER_PLAN_STAGE) {
    throw owner.error(
      `routes has ${routes.length} routes, and a plan takes ${METHOD_THROTTLES_PER_PLAN_STAGE} on each stage; ` +
        'set the plan-wide throttle for the most of them, or throttle on the routes themselves',
    );
  }
  if (routes.length > 0 && !options.throttle) {
    throw owner.error(
      'routes has limits of single routes, which API Gateway takes in a plan with a throttle of its own only; ' +
        'give the plan one for all routes together, e.g. throttle: { rateLimit: 100, burstLimit: 50 }',
    );
  }
  return {
    name,
    options,
    stages: [...new Set(stages)].sort(),
    apiKeys: [...new Set(options.apiKeys)].sort(),
    routes: Object.fromEntries(
      routes.map(([route, { throttle }]) => [route, validateThrottle(throttle, owner.part(`routes["${route}"]`))]),
    ),
  };
}

function validateQuota({ limit, offset, period }: QuotaOptions, owner: Owner): void {
  if (!Token.isUnresolved(limit) && !(Number.isInteger(limit) && limit >= 1)) {
    throw owner.error(
      `quota.limit must be a whole number of at least 1, got: ${limit}; to shut a plan, take its keys out or switch them off`,
    );
  }
  if (offset === undefined || Token.isUnresolved(offset)) return;
  const { last, days } = QUOTA_OFFSETS[period] ?? QUOTA_OFFSETS.MONTH;
  if (Number.isInteger(offset) && offset >= 0 && offset <= last) return;
  throw owner.error(
    `quota.offset is the day on which a period starts, and must be ${last === 0 ? '0' : `a whole number from 0 to ${last}`} for ` +
      `a ${period} (${days}), got: ${offset}; leave it out for the first day`,
  );
}
