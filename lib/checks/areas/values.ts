import { type Rule } from '../rule';
import { rule as ALL_ENUM1 } from '../rules/values/ALL-ENUM1-allowed-values';
import { rule as ALL_ENUM2 } from '../rules/values/ALL-ENUM2-number-range';
import { rule as ALL_PROP1 } from '../rules/values/ALL-PROP1-property-exists';
import { rule as ALL_PROP2 } from '../rules/values/ALL-PROP2-property-type';
import { rule as ALL_PROP3 } from '../rules/values/ALL-PROP3-required-property';
import { rule as ALL_PROP4 } from '../rules/values/ALL-PROP4-resource-type';

/** The rules of enumerations, ranges and types. */
export const VALUES_RULES: readonly Rule[] = [ALL_ENUM1, ALL_ENUM2, ALL_PROP1, ALL_PROP2, ALL_PROP3, ALL_PROP4];
