import { type Rule } from './rule';
import { rule as ALL_AUTH1 } from './rules/authorization/ALL-AUTH1';
import { rule as REST_AUTH2 } from './rules/authorization/REST-AUTH2';
import { rule as ALL_AUTH7 } from './rules/authorization/ALL-AUTH7';
import { rule as ALL_AUTH8 } from './rules/authorization/ALL-AUTH8';
import { rule as REST_AUTH10 } from './rules/authorization/REST-AUTH10';
import { rule as REST_AUTH11 } from './rules/authorization/REST-AUTH11';
import { rule as ALL_AUTH13 } from './rules/authorization/ALL-AUTH13';
import { rule as ALL_AUTH21 } from './rules/authorization/ALL-AUTH21';
import { rule as ALL_AUTH22 } from './rules/authorization/ALL-AUTH22';
import { rule as REST_AUTH26 } from './rules/authorization/REST-AUTH26';
import { rule as REST_AUTH28 } from './rules/authorization/REST-AUTH28';
import { rule as ALL_AUTH30 } from './rules/authorization/ALL-AUTH30';
import { rule as ALL_AUTH33 } from './rules/authorization/ALL-AUTH33';
import { rule as ALL_AUTH34 } from './rules/authorization/ALL-AUTH34';
import { rule as REST_KEY1 } from './rules/authorization/REST-KEY1';
import { rule as REST_KEY5 } from './rules/authorization/REST-KEY5';
import { rule as REST_ACC1 } from './rules/logging/REST-ACC1';
import { rule as ALL_LOG1 } from './rules/logging/ALL-LOG1';
import { rule as ALL_LOG2 } from './rules/logging/ALL-LOG2';
import { rule as ALL_LOG3 } from './rules/logging/ALL-LOG3';
import { rule as ALL_LOG6 } from './rules/logging/ALL-LOG6';
import { rule as ALL_LOG7 } from './rules/logging/ALL-LOG7';
import { rule as ALL_LOG9 } from './rules/logging/ALL-LOG9';
import { rule as ALL_LOG10 } from './rules/logging/ALL-LOG10';
import { rule as ALL_LOG12 } from './rules/logging/ALL-LOG12';
import { rule as REST_LOG13 } from './rules/logging/REST-LOG13';
import { rule as ALL_LOG15 } from './rules/logging/ALL-LOG15';
import { rule as REST_OBS1 } from './rules/logging/REST-OBS1';
import { rule as ALL_THR1 } from './rules/throttling/ALL-THR1';
import { rule as ALL_THR2 } from './rules/throttling/ALL-THR2';
import { rule as REST_THR6 } from './rules/throttling/REST-THR6';
import { rule as REST_CACHE1 } from './rules/caching/REST-CACHE1';
import { rule as REST_CACHE2 } from './rules/caching/REST-CACHE2';
import { rule as REST_CACHE3 } from './rules/caching/REST-CACHE3';
import { rule as REST_CACHE5 } from './rules/caching/REST-CACHE5';
import { rule as REST_CACHE6 } from './rules/caching/REST-CACHE6';
import { rule as REST_CACHE7 } from './rules/caching/REST-CACHE7';
import { rule as REST_CACHE8 } from './rules/caching/REST-CACHE8';
import { rule as REST_CORS2 } from './rules/cors/REST-CORS2';
import { rule as ALL_CORS3 } from './rules/cors/ALL-CORS3';
import { rule as REST_CORS4 } from './rules/cors/REST-CORS4';
import { rule as REST_CORS5 } from './rules/cors/REST-CORS5';
import { rule as ALL_CORS7 } from './rules/cors/ALL-CORS7';
import { rule as REST_GW2 } from './rules/cors/REST-GW2';
import { rule as REST_INT1 } from './rules/integrations/REST-INT1';
import { rule as REST_INT4 } from './rules/integrations/REST-INT4';
import { rule as REST_INT5 } from './rules/integrations/REST-INT5';
import { rule as REST_INT7 } from './rules/integrations/REST-INT7';
import { rule as REST_INT8 } from './rules/integrations/REST-INT8';
import { rule as REST_INT10 } from './rules/integrations/REST-INT10';
import { rule as REST_INT16 } from './rules/integrations/REST-INT16';
import { rule as REST_ROUTE3 } from './rules/routes/REST-ROUTE3';
import { rule as ALL_ROUTE4 } from './rules/routes/ALL-ROUTE4';
import { rule as ALL_ROUTE8 } from './rules/routes/ALL-ROUTE8';
import { rule as REST_VAL2 } from './rules/validation/REST-VAL2';
import { rule as REST_VAL3 } from './rules/validation/REST-VAL3';
import { rule as REST_VAL5 } from './rules/validation/REST-VAL5';
import { rule as REST_VAL7 } from './rules/validation/REST-VAL7';
import { rule as REST_DEP1 } from './rules/deployment/REST-DEP1';
import { rule as REST_DEP3 } from './rules/deployment/REST-DEP3';
import { rule as REST_DEP5 } from './rules/deployment/REST-DEP5';
import { rule as REST_DEP6 } from './rules/deployment/REST-DEP6';
import { rule as ALL_DEP9 } from './rules/deployment/ALL-DEP9';
import { rule as REST_DEP12 } from './rules/deployment/REST-DEP12';
import { rule as ALL_DEP14 } from './rules/deployment/ALL-DEP14';
import { rule as ALL_DEP15 } from './rules/deployment/ALL-DEP15';
import { rule as ALL_DEP16 } from './rules/deployment/ALL-DEP16';
import { rule as ALL_DEP17 } from './rules/deployment/ALL-DEP17';
import { rule as REST_TLS1 } from './rules/network/REST-TLS1';
import { rule as REST_WAF1 } from './rules/network/REST-WAF1';

/** Every rule, by area; what is not listed here is not checked. */
export const RULES_BY_AREA: Readonly<Record<string, readonly Rule[]>> = {
  authorization: [
    ALL_AUTH1,
    REST_AUTH2,
    ALL_AUTH7,
    ALL_AUTH8,
    REST_AUTH10,
    REST_AUTH11,
    ALL_AUTH13,
    ALL_AUTH21,
    ALL_AUTH22,
    REST_AUTH26,
    REST_AUTH28,
    ALL_AUTH30,
    ALL_AUTH33,
    ALL_AUTH34,
    REST_KEY1,
    REST_KEY5,
  ],
  logging: [
    REST_ACC1,
    ALL_LOG1,
    ALL_LOG2,
    ALL_LOG3,
    ALL_LOG6,
    ALL_LOG7,
    ALL_LOG9,
    ALL_LOG10,
    ALL_LOG12,
    REST_LOG13,
    ALL_LOG15,
    REST_OBS1,
  ],
  throttling: [ALL_THR1, ALL_THR2, REST_THR6],
  caching: [REST_CACHE1, REST_CACHE2, REST_CACHE3, REST_CACHE5, REST_CACHE6, REST_CACHE7, REST_CACHE8],
  cors: [REST_CORS2, ALL_CORS3, REST_CORS4, REST_CORS5, ALL_CORS7, REST_GW2],
  integrations: [REST_INT1, REST_INT4, REST_INT5, REST_INT7, REST_INT8, REST_INT10, REST_INT16],
  routes: [REST_ROUTE3, ALL_ROUTE4, ALL_ROUTE8],
  validation: [REST_VAL2, REST_VAL3, REST_VAL5, REST_VAL7],
  deployment: [
    REST_DEP1,
    REST_DEP3,
    REST_DEP5,
    REST_DEP6,
    ALL_DEP9,
    REST_DEP12,
    ALL_DEP14,
    ALL_DEP15,
    ALL_DEP16,
    ALL_DEP17,
  ],
  network: [REST_TLS1, REST_WAF1],
};

export const RULES: readonly Rule[] = Object.values(RULES_BY_AREA).flat();
