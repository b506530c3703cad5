import { type Rule } from '../rule';
import { rule as REST_CACHE1 } from '../rules/caching/REST-CACHE1-cache-encrypted';
import { rule as REST_CACHE2 } from '../rules/caching/REST-CACHE2-caching-stage-has-cache';
import { rule as REST_CACHE3 } from '../rules/caching/REST-CACHE3-parameters-in-cache-key';
import { rule as REST_CACHE4 } from '../rules/caching/REST-CACHE4-cached-callers-separated';
import { rule as REST_CACHE5 } from '../rules/caching/REST-CACHE5-cache-keys-declared';
import { rule as REST_CACHE6 } from '../rules/caching/REST-CACHE6-cache-ttl';
import { rule as REST_CACHE7 } from '../rules/caching/REST-CACHE7-only-get-cached';
import { rule as REST_CACHE8 } from '../rules/caching/REST-CACHE8-cache-size';
import { rule as REST_CACHE9 } from '../rules/caching/REST-CACHE9-cache-invalidation-authorized';
import { rule as REST_CACHE10 } from '../rules/caching/REST-CACHE10-query-in-cache-key';

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
