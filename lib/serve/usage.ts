import { isKnown, knownOr } from '../template/model/value';
import { type ApiModel, type UsagePlan } from '../template/model/model';
import { type UsagePlanStage } from '../template/model/neighbours';
import { type Located, type ResourceRef, sameResource } from '../template/model/place';
import { holds, localApiKeys, localKey } from './api-keys';
import { type Environment } from './environment';
import { TokenBuckets } from './throttle';

/** A key of the templates, as a stage sees it. */
export interface StageKey {
  readonly id: string;
  readonly value: string;
  /** Whether the value is one of here, since no template has it. */
  readonly isLocal: boolean;
  readonly enabled: boolean;
  readonly plans: readonly UsagePlan[];
}

export type UsageVerdict = { readonly kind: 'ok'; readonly key: StageKey; readonly remaining?: number } | UsageRefusal;

export interface UsageRefusal {
  readonly kind: 'unknownKey' | 'throttled' | 'quota';
  readonly reason: string;
  readonly plan?: UsagePlan;
}

/** Counts of a plan's quota for one key. */
interface Count {
  readonly period: string;
  used: number;
}

/** API keys and usage plans of one stage. */
export class StageUsage {
  private readonly keys = new Map<string, StageKey>();
  private readonly buckets: TokenBuckets;
  private readonly counts = new Map<string, Count>();

  constructor(
    model: ApiModel,
    private readonly api: ResourceRef,
    private readonly stage: Located & { readonly name: string },
    private readonly environment: Environment,
  ) {
    this.buckets = new TokenBuckets(environment.now);
    const ofStage = model.usagePlans.filter((plan) => this.isOfStage(plan));
    for (const apiKey of localApiKeys(model)) {
      const plans = ofStage.filter((plan) => holds(plan, apiKey.location));
      // Stages of an app may have the same literal value in several templates.
      if (plans.length > 0 || !this.keys.has(apiKey.value)) this.keys.set(apiKey.value, { ...apiKey, plans });
    }
    for (const id of ofStage.flatMap(elsewhere)) {
      const plans = ofStage.filter((plan) => elsewhere(plan).includes(id));
      this.keys.set(localKey(id), { id, value: localKey(id), isLocal: true, enabled: true, plans });
    }
  }

  /** The keys that this stage accepts. */
  public get usable(): readonly StageKey[] {
    return [...this.keys.values()].filter(({ enabled, plans }) => enabled && plans.length > 0);
  }

  /** @param method the key of the plan's throttles: `/orders/GET` */
  public use(value: string | undefined, method: string): UsageVerdict {
    const key = value === undefined ? undefined : this.keys.get(value);
    if (!key) {
      return {
        kind: 'unknownKey',
        reason: value === undefined ? 'The request has no API key' : 'No API key has this value',
      };
    }
    if (!key.enabled) return { kind: 'unknownKey', reason: `The API key ${key.id} is not enabled` };
    const [plan] = key.plans;
    if (!plan) {
      return {
        kind: 'unknownKey',
        reason: `The API key ${key.id} is in no usage plan of the stage ${this.stage.name}`,
      };
    }
    const throttle = this.throttleOf(plan, method);
    const name = `${this.environment.nameOf(plan.location)}|${key.id}|${throttle.name}`;
    if (throttle.rate !== undefined && !this.buckets.take(name, throttle.rate, throttle.burst)) {
      return { kind: 'throttled', reason: `The usage plan allows ${throttle.rate} requests per second`, plan };
    }
    return this.count(plan, key);
  }

  private throttleOf(plan: UsagePlan, method: string): { name: string; rate?: number; burst: number } {
    const stages = knownOr(plan.apiStages, []).filter((stage) => this.isStage(stage));
    const own = stages.flatMap(({ throttles }) => throttles).find(({ key }) => key === method);
    const source = own ?? plan;
    const rate = isKnown(source.rateLimit) ? source.rateLimit : undefined;
    return {
      name: own ? method : '*',
      ...(rate === undefined ? {} : { rate }),
      burst: knownOr(source.burstLimit, rate ?? 0),
    };
  }

  private count(plan: UsagePlan, key: StageKey): UsageVerdict {
    const limit = plan.quota && isKnown(plan.quota.limit) ? plan.quota.limit : undefined;
    if (limit === undefined) return { kind: 'ok', key };
    const period = periodOf(this.environment.now(), knownOr(plan.quota?.period, 'DAY'), knownOr(plan.quota?.offset, 0));
    const name = `${this.environment.nameOf(plan.location)}|${key.id}`;
    let count = this.counts.get(name);
    if (count?.period !== period) this.counts.set(name, (count = { period, used: 0 }));
    if (count.used >= limit) return { kind: 'quota', reason: `The quota of ${limit} requests is used up`, plan };
    count.used += 1;
    return { kind: 'ok', key, remaining: limit - count.used };
  }

  private isOfStage(plan: UsagePlan): boolean {
    return knownOr(plan.apiStages, []).some((stage) => this.isStage(stage));
  }

  private isStage({ api, stage, stageName }: UsagePlanStage): boolean {
    if (!isKnown(api) || !sameResource(api, this.api)) return false;
    // Two stages of an API differ by their resources, if the plan refers to one.
    if (stage) return sameResource(stage, this.stage.location);
    return stageName === undefined || this.environment.text(stageName) === this.stage.name;
  }
}

/** The ids of keys in a plan that no template has. */
const elsewhere = ({ keys = [] }: UsagePlan): string[] =>
  keys.flatMap(({ keyId }) => (typeof keyId === 'string' ? [keyId] : []));

/** The period that a moment is in, by the start that the offset moves. */
function periodOf(at: number, period: string, offset: number): string {
  const date = new Date(at);
  const day = Math.floor(at / 86_400_000);
  if (period === 'DAY') return `day ${day}`;
  // Weeks begin on Sunday; 1970 began on a Thursday.
  if (period === 'WEEK') return `week ${Math.floor((day + 4 - offset) / 7)}`;
  const shifted = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - offset));
  return `month ${shifted.getUTCFullYear()}-${shifted.getUTCMonth()}`;
}
