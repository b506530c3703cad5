import { type Rule } from '../rule';
import { rule as TPL1 } from '../rules/templates/TPL1';
import { rule as TPL2 } from '../rules/templates/TPL2';

/** The rules of templates as a whole. */
export const TEMPLATES_RULES: readonly Rule[] = [TPL1, TPL2];
