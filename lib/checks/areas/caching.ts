import { type Rule } from '../rule';
import { rule as REST_CACHE1 } from '../rules/caching/REST-CACHE1';
import { rule as REST_CACHE2 } from '../rules/caching/REST-CACHE2';
import { rule as REST_CACHE3 } from '../rules/caching/REST-CACHE3';
import { rule as REST_CACHE4 } from '../rules/caching/REST-CACHE4';
import { rule as REST_CACHE5 } from '../rules/caching/REST-CACHE5';
import { rule as REST_CACHE6 } from '../rules/caching/REST-CACHE6';
import { rule as REST_CACHE7 } from '../rules/caching/REST-CACHE7';
import { rule as REST_CACHE8 } from '../rules/caching/REST-CACHE8';
import { rule as REST_CACHE9 } from '../rules/caching/REST-CACHE9';
import { rule as REST_CACHE10 } from '../rules/caching/REST-CACHE10';

/** The rules of caches of stages and authorizers. */
export const CACHING_RULES: readonly Rule[] = [
  REST_CACHE1,
  REST_CACHE2,
  REST_CACHE3,
  REST_CACHE4,
  REST_CACHE5,
  REST_CACHE6,
  REST_CACHE7,
  REST_CACHE8,
  REST_CACHE9,
  REST_CACHE10,
];
