import { type Rule } from '../rule';
import { rule as ALL_THR1 } from '../rules/throttling/ALL-THR1-stage-throttle';
import { rule as ALL_THR2 } from '../rules/throttling/ALL-THR2-throttle-above-zero';
import { rule as ALL_THR3 } from '../rules/throttling/ALL-THR3-throttle-within-account-quota';
import { rule as ALL_THR4 } from '../rules/throttling/ALL-THR4-burst-matches-rate';
import { rule as V2_THR5 } from '../rules/throttling/V2-THR5-route-settings-apply';
import { rule as REST_THR6 } from '../rules/throttling/REST-THR6-method-setting-applies';
import { rule as REST_THR7 } from '../rules/throttling/REST-THR7-method-setting-sets-something';
import { rule as REST_THR8 } from '../rules/throttling/REST-THR8-plan-throttle-beside-methods';

/** The rules of throttles and quotas. */
export const THROTTLING_RULES: readonly Rule[] = [
  ALL_THR1,
  ALL_THR2,
  ALL_THR3,
  ALL_THR4,
  V2_THR5,
  REST_THR6,
  REST_THR7,
  REST_THR8,
];
