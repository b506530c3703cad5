import { type Rule } from '../rule';
import { rule as DOM1 } from '../rules/domains/DOM1';
import { rule as DOM2 } from '../rules/domains/DOM2';
import { rule as DOM3 } from '../rules/domains/DOM3';
import { rule as DOM4 } from '../rules/domains/DOM4';
import { rule as DOM5 } from '../rules/domains/DOM5';
import { rule as DOM6 } from '../rules/domains/DOM6';
import { rule as DOM7 } from '../rules/domains/DOM7';
import { rule as DOM8 } from '../rules/domains/DOM8';
import { rule as DOM9 } from '../rules/domains/DOM9';
import { rule as DOM10 } from '../rules/domains/DOM10';
import { rule as DOM11 } from '../rules/domains/DOM11';
import { rule as DOM12 } from '../rules/domains/DOM12';
import { rule as DOM13 } from '../rules/domains/DOM13';
import { rule as DOM14 } from '../rules/domains/DOM14';
import { rule as DOM15 } from '../rules/domains/DOM15';
import { rule as DOM16 } from '../rules/domains/DOM16';
import { rule as DOM17 } from '../rules/domains/DOM17';
import { rule as DOM18 } from '../rules/domains/DOM18';
import { rule as DOM19 } from '../rules/domains/DOM19';
import { rule as DOM20 } from '../rules/domains/DOM20';
import { rule as DOM21 } from '../rules/domains/DOM21';
import { rule as DOM22 } from '../rules/domains/DOM22';

/** The rules of custom domains and mappings. */
export const DOMAINS_RULES: readonly Rule[] = [
  DOM1,
  DOM2,
  DOM3,
  DOM4,
  DOM5,
  DOM6,
  DOM7,
  DOM8,
  DOM9,
  DOM10,
  DOM11,
  DOM12,
  DOM13,
  DOM14,
  DOM15,
  DOM16,
  DOM17,
  DOM18,
  DOM19,
  DOM20,
  DOM21,
  DOM22,
];
