import { DOMAIN_RULES } from './domain-rules';
import { INTEGRATION_RULES } from './integration-rules';
import { ROUTE_RULES } from './route-rules';
import { type Rule } from './rule';
import { rule as ALL_AUTH1 } from './rules/authorization/ALL-AUTH1';
import { rule as REST_AUTH2 } from './rules/authorization/REST-AUTH2';
import { rule as HTTP_AUTH3 } from './rules/authorization/HTTP-AUTH3';
import { rule as WS_AUTH4 } from './rules/authorization/WS-AUTH4';
import { rule as WS_AUTH5 } from './rules/authorization/WS-AUTH5';
import { rule as WS_AUTH6 } from './rules/authorization/WS-AUTH6';
import { rule as ALL_AUTH7 } from './rules/authorization/ALL-AUTH7';
import { rule as ALL_AUTH8 } from './rules/authorization/ALL-AUTH8';
import { rule as ALL_AUTH9 } from './rules/authorization/ALL-AUTH9';
import { rule as REST_AUTH10 } from './rules/authorization/REST-AUTH10';
import { rule as REST_AUTH11 } from './rules/authorization/REST-AUTH11';
import { rule as HTTP_AUTH12 } from './rules/authorization/HTTP-AUTH12';
import { rule as ALL_AUTH13 } from './rules/authorization/ALL-AUTH13';
import { rule as HTTP_AUTH14 } from './rules/authorization/HTTP-AUTH14';
import { rule as REST_AUTH15 } from './rules/authorization/REST-AUTH15';
import { rule as HTTP_AUTH16 } from './rules/authorization/HTTP-AUTH16';
import { rule as HTTP_AUTH17 } from './rules/authorization/HTTP-AUTH17';
import { rule as HTTP_AUTH18 } from './rules/authorization/HTTP-AUTH18';
import { rule as HTTP_AUTH19 } from './rules/authorization/HTTP-AUTH19';
import { rule as HTTP_AUTH20 } from './rules/authorization/HTTP-AUTH20';
import { rule as ALL_AUTH21 } from './rules/authorization/ALL-AUTH21';
import { rule as ALL_AUTH22 } from './rules/authorization/ALL-AUTH22';
import { rule as REST_AUTH23 } from './rules/authorization/REST-AUTH23';
import { rule as V2_AUTH25 } from './rules/authorization/V2-AUTH25';
import { rule as REST_AUTH26 } from './rules/authorization/REST-AUTH26';
import { rule as ALL_AUTH27 } from './rules/authorization/ALL-AUTH27';
import { rule as REST_AUTH28 } from './rules/authorization/REST-AUTH28';
import { rule as REST_AUTH29 } from './rules/authorization/REST-AUTH29';
import { rule as ALL_AUTH30 } from './rules/authorization/ALL-AUTH30';
import { rule as ALL_AUTH31 } from './rules/authorization/ALL-AUTH31';
import { rule as ALL_AUTH32 } from './rules/authorization/ALL-AUTH32';
import { rule as ALL_AUTH33 } from './rules/authorization/ALL-AUTH33';
import { rule as ALL_AUTH34 } from './rules/authorization/ALL-AUTH34';
import { rule as REST_KEY1 } from './rules/authorization/REST-KEY1';
import { rule as REST_KEY2 } from './rules/authorization/REST-KEY2';
import { rule as REST_KEY3 } from './rules/authorization/REST-KEY3';
import { rule as REST_KEY4 } from './rules/authorization/REST-KEY4';
import { rule as REST_KEY5 } from './rules/authorization/REST-KEY5';
import { rule as REST_KEY6 } from './rules/authorization/REST-KEY6';
import { rule as REST_KEY7 } from './rules/authorization/REST-KEY7';
import { rule as ALL_IAM1 } from './rules/authorization/ALL-IAM1';
import { rule as ALL_IAM2 } from './rules/authorization/ALL-IAM2';
import { rule as WS_IAM3 } from './rules/authorization/WS-IAM3';
import { rule as REST_ACC1 } from './rules/logging/REST-ACC1';
import { rule as ALL_LOG1 } from './rules/logging/ALL-LOG1';
import { rule as ALL_LOG2 } from './rules/logging/ALL-LOG2';
import { rule as ALL_LOG3 } from './rules/logging/ALL-LOG3';
import { rule as ALL_LOG4 } from './rules/logging/ALL-LOG4';
import { rule as HTTP_LOG5 } from './rules/logging/HTTP-LOG5';
import { rule as ALL_LOG6 } from './rules/logging/ALL-LOG6';
import { rule as ALL_LOG7 } from './rules/logging/ALL-LOG7';
import { rule as ALL_LOG8 } from './rules/logging/ALL-LOG8';
import { rule as ALL_LOG9 } from './rules/logging/ALL-LOG9';
import { rule as ALL_LOG10 } from './rules/logging/ALL-LOG10';
import { rule as HTTP_LOG11 } from './rules/logging/HTTP-LOG11';
import { rule as ALL_LOG12 } from './rules/logging/ALL-LOG12';
import { rule as REST_LOG13 } from './rules/logging/REST-LOG13';
import { rule as REST_LOG14 } from './rules/logging/REST-LOG14';
import { rule as ALL_LOG15 } from './rules/logging/ALL-LOG15';
import { rule as ALL_LOG16 } from './rules/logging/ALL-LOG16';
import { rule as REST_OBS1 } from './rules/logging/REST-OBS1';
import { rule as ALL_OBS2 } from './rules/logging/ALL-OBS2';
import { rule as ALL_OBS3 } from './rules/logging/ALL-OBS3';
import { rule as ALL_OBS4 } from './rules/logging/ALL-OBS4';
import { rule as ALL_THR1 } from './rules/throttling/ALL-THR1';
import { rule as ALL_THR2 } from './rules/throttling/ALL-THR2';
import { rule as ALL_THR3 } from './rules/throttling/ALL-THR3';
import { rule as ALL_THR4 } from './rules/throttling/ALL-THR4';
import { rule as V2_THR5 } from './rules/throttling/V2-THR5';
import { rule as REST_THR6 } from './rules/throttling/REST-THR6';
import { rule as REST_THR7 } from './rules/throttling/REST-THR7';
import { rule as REST_CACHE1 } from './rules/caching/REST-CACHE1';
import { rule as REST_CACHE2 } from './rules/caching/REST-CACHE2';
import { rule as REST_CACHE3 } from './rules/caching/REST-CACHE3';
import { rule as REST_CACHE4 } from './rules/caching/REST-CACHE4';
import { rule as REST_CACHE5 } from './rules/caching/REST-CACHE5';
import { rule as REST_CACHE6 } from './rules/caching/REST-CACHE6';
import { rule as REST_CACHE7 } from './rules/caching/REST-CACHE7';
import { rule as REST_CACHE8 } from './rules/caching/REST-CACHE8';
import { rule as REST_CACHE9 } from './rules/caching/REST-CACHE9';
import { rule as REST_CORS2 } from './rules/cors/REST-CORS2';
import { rule as HTTP_CORS1 } from './rules/cors/HTTP-CORS1';
import { rule as ALL_CORS3 } from './rules/cors/ALL-CORS3';
import { rule as REST_CORS4 } from './rules/cors/REST-CORS4';
import { rule as REST_CORS5 } from './rules/cors/REST-CORS5';
import { rule as REST_CORS6 } from './rules/cors/REST-CORS6';
import { rule as ALL_CORS7 } from './rules/cors/ALL-CORS7';
import { rule as ALL_CORS8 } from './rules/cors/ALL-CORS8';
import { rule as ALL_CORS9 } from './rules/cors/ALL-CORS9';
import { rule as HTTP_CORS10 } from './rules/cors/HTTP-CORS10';
import { rule as HTTP_CORS11 } from './rules/cors/HTTP-CORS11';
import { rule as WS_CORS12 } from './rules/cors/WS-CORS12';
import { rule as REST_GW1 } from './rules/cors/REST-GW1';
import { rule as REST_GW2 } from './rules/cors/REST-GW2';
import { rule as REST_VAL2 } from './rules/validation/REST-VAL2';
import { rule as REST_VAL3 } from './rules/validation/REST-VAL3';
import { rule as REST_VAL4 } from './rules/validation/REST-VAL4';
import { rule as REST_VAL5 } from './rules/validation/REST-VAL5';
import { rule as WS_VAL6 } from './rules/validation/WS-VAL6';
import { rule as REST_VAL7 } from './rules/validation/REST-VAL7';
import { rule as REST_DEP1 } from './rules/deployment/REST-DEP1';
import { rule as REST_DEP2 } from './rules/deployment/REST-DEP2';
import { rule as REST_DEP3 } from './rules/deployment/REST-DEP3';
import { rule as REST_DEP4 } from './rules/deployment/REST-DEP4';
import { rule as REST_DEP5 } from './rules/deployment/REST-DEP5';
import { rule as REST_DEP6 } from './rules/deployment/REST-DEP6';
import { rule as V2_DEP7 } from './rules/deployment/V2-DEP7';
import { rule as V2_DEP8 } from './rules/deployment/V2-DEP8';
import { rule as ALL_DEP9 } from './rules/deployment/ALL-DEP9';
import { rule as ALL_DEP10 } from './rules/deployment/ALL-DEP10';
import { rule as ALL_DEP11 } from './rules/deployment/ALL-DEP11';
import { rule as REST_DEP12 } from './rules/deployment/REST-DEP12';
import { rule as REST_DEP13 } from './rules/deployment/REST-DEP13';
import { rule as ALL_DEP14 } from './rules/deployment/ALL-DEP14';
import { rule as ALL_DEP15 } from './rules/deployment/ALL-DEP15';
import { rule as ALL_DEP16 } from './rules/deployment/ALL-DEP16';
import { rule as ALL_DEP17 } from './rules/deployment/ALL-DEP17';
import { rule as REST_DEP18 } from './rules/deployment/REST-DEP18';
import { rule as REST_DEP19 } from './rules/deployment/REST-DEP19';
import { rule as ALL_DEP20 } from './rules/deployment/ALL-DEP20';
import { rule as REST_NET1 } from './rules/network/REST-NET1';
import { rule as REST_NET2 } from './rules/network/REST-NET2';
import { rule as REST_NET3 } from './rules/network/REST-NET3';
import { rule as REST_NET4 } from './rules/network/REST-NET4';
import { rule as REST_NET5 } from './rules/network/REST-NET5';
import { rule as REST_NET6 } from './rules/network/REST-NET6';
import { rule as REST_NET7 } from './rules/network/REST-NET7';
import { rule as REST_TLS1 } from './rules/network/REST-TLS1';
import { rule as REST_WAF1 } from './rules/network/REST-WAF1';
import { rule as V2_WAF2 } from './rules/network/V2-WAF2';
import { rule as REST_WAF3 } from './rules/network/REST-WAF3';
import { rule as REST_WAF4 } from './rules/network/REST-WAF4';
import { rule as REST_WAF5 } from './rules/network/REST-WAF5';
import { rule as REST_WAF6 } from './rules/network/REST-WAF6';
import { rule as REST_SSL1 } from './rules/network/REST-SSL1';
import { rule as REST_SSL2 } from './rules/network/REST-SSL2';
import { rule as HTTP_SSL3 } from './rules/network/HTTP-SSL3';
import { rule as OAS1 } from './rules/openapi/OAS1';
import { rule as OAS2 } from './rules/openapi/OAS2';
import { rule as OAS3 } from './rules/openapi/OAS3';
import { rule as OAS4 } from './rules/openapi/OAS4';
import { rule as OAS5 } from './rules/openapi/OAS5';
import { rule as OAS6 } from './rules/openapi/OAS6';
import { rule as OAS7 } from './rules/openapi/OAS7';
import { rule as ALL_ENUM1 } from './rules/values/ALL-ENUM1';
import { rule as ALL_ENUM2 } from './rules/values/ALL-ENUM2';

/** Every rule, by area; what is not listed here is not checked. */
export const RULES_BY_AREA: Readonly<Record<string, readonly Rule[]>> = {
  authorization: [
    ALL_AUTH1,
    REST_AUTH2,
    HTTP_AUTH3,
    WS_AUTH4,
    WS_AUTH5,
    WS_AUTH6,
    ALL_AUTH7,
    ALL_AUTH8,
    ALL_AUTH9,
    REST_AUTH10,
    REST_AUTH11,
    HTTP_AUTH12,
    ALL_AUTH13,
    HTTP_AUTH14,
    REST_AUTH15,
    HTTP_AUTH16,
    HTTP_AUTH17,
    HTTP_AUTH18,
    HTTP_AUTH19,
    HTTP_AUTH20,
    ALL_AUTH21,
    ALL_AUTH22,
    REST_AUTH23,
    V2_AUTH25,
    REST_AUTH26,
    ALL_AUTH27,
    REST_AUTH28,
    REST_AUTH29,
    ALL_AUTH30,
    ALL_AUTH31,
    ALL_AUTH32,
    ALL_AUTH33,
    ALL_AUTH34,
    REST_KEY1,
    REST_KEY2,
    REST_KEY3,
    REST_KEY4,
    REST_KEY5,
    REST_KEY6,
    REST_KEY7,
    ALL_IAM1,
    ALL_IAM2,
    WS_IAM3,
  ],
  logging: [
    REST_ACC1,
    ALL_LOG1,
    ALL_LOG2,
    ALL_LOG3,
    ALL_LOG4,
    HTTP_LOG5,
    ALL_LOG6,
    ALL_LOG7,
    ALL_LOG8,
    ALL_LOG9,
    ALL_LOG10,
    HTTP_LOG11,
    ALL_LOG12,
    REST_LOG13,
    REST_LOG14,
    ALL_LOG15,
    ALL_LOG16,
    REST_OBS1,
    ALL_OBS2,
    ALL_OBS3,
    ALL_OBS4,
  ],
  throttling: [ALL_THR1, ALL_THR2, ALL_THR3, ALL_THR4, V2_THR5, REST_THR6, REST_THR7],
  caching: [
    REST_CACHE1,
    REST_CACHE2,
    REST_CACHE3,
    REST_CACHE4,
    REST_CACHE5,
    REST_CACHE6,
    REST_CACHE7,
    REST_CACHE8,
    REST_CACHE9,
  ],
  cors: [
    REST_CORS2,
    HTTP_CORS1,
    ALL_CORS3,
    REST_CORS4,
    REST_CORS5,
    REST_CORS6,
    ALL_CORS7,
    ALL_CORS8,
    ALL_CORS9,
    HTTP_CORS10,
    HTTP_CORS11,
    WS_CORS12,
    REST_GW1,
    REST_GW2,
  ],
  integrations: INTEGRATION_RULES,
  routes: ROUTE_RULES,
  validation: [REST_VAL2, REST_VAL3, REST_VAL4, REST_VAL5, WS_VAL6, REST_VAL7],
  deployment: [
    REST_DEP1,
    REST_DEP2,
    REST_DEP3,
    REST_DEP4,
    REST_DEP5,
    REST_DEP6,
    V2_DEP7,
    V2_DEP8,
    ALL_DEP9,
    ALL_DEP10,
    ALL_DEP11,
    REST_DEP12,
    REST_DEP13,
    ALL_DEP14,
    ALL_DEP15,
    ALL_DEP16,
    ALL_DEP17,
    REST_DEP18,
    REST_DEP19,
    ALL_DEP20,
  ],
  network: [
    REST_NET1,
    REST_NET2,
    REST_NET3,
    REST_NET4,
    REST_NET5,
    REST_NET6,
    REST_NET7,
    REST_TLS1,
    REST_WAF1,
    V2_WAF2,
    REST_WAF3,
    REST_WAF4,
    REST_WAF5,
    REST_WAF6,
    REST_SSL1,
    REST_SSL2,
    HTTP_SSL3,
  ],
  domains: DOMAIN_RULES,
  openapi: [OAS1, OAS2, OAS3, OAS4, OAS5, OAS6, OAS7],
  values: [ALL_ENUM1, ALL_ENUM2],
};

export const RULES: readonly Rule[] = Object.values(RULES_BY_AREA).flat();
