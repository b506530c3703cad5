import { type Rule } from '../rule';
import { rule as TPL1 } from '../rules/templates/TPL1-transform-declared';
import { rule as TPL2 } from '../rules/templates/TPL2-duplicate-keys';
import { rule as TPL3 } from '../rules/templates/TPL3-no-circular-references';
import { rule as TPL4 } from '../rules/templates/TPL4-no-null';
import { rule as TPL70 } from '../rules/templates/TPL70-accepted-by-sam';

/** The rules of templates as a whole. */
export const TEMPLATES_RULES: readonly Rule[] = [TPL1, TPL2, TPL3, TPL4, TPL70];
