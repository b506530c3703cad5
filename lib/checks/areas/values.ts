import { type Rule } from '../rule';
import { rule as ALL_ENUM1 } from '../rules/values/ALL-ENUM1-allowed-values';
import { rule as ALL_ENUM2 } from '../rules/values/ALL-ENUM2-number-range';

/** The rules of enumerations and ranges. */
export const VALUES_RULES: readonly Rule[] = [ALL_ENUM1, ALL_ENUM2];
