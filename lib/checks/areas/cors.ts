import { type Rule } from '../rule';
import { rule as REST_CORS2 } from '../rules/cors/REST-CORS2-no-wildcard-with-credentials';
import { rule as HTTP_CORS1 } from '../rules/cors/HTTP-CORS1-credentials-list-origins';
import { rule as ALL_CORS3 } from '../rules/cors/ALL-CORS3-preflight-without-credentials';
import { rule as REST_CORS4 } from '../rules/cors/REST-CORS4-gateway-errors-have-header';
import { rule as REST_CORS5 } from '../rules/cors/REST-CORS5-mock-preflight-binary-json';
import { rule as REST_CORS6 } from '../rules/cors/REST-CORS6-responses-have-header';
import { rule as ALL_CORS7 } from '../rules/cors/ALL-CORS7-origins-listed';
import { rule as ALL_CORS8 } from '../rules/cors/ALL-CORS8-origin-syntax';
import { rule as ALL_CORS9 } from '../rules/cors/ALL-CORS9-authorization-header-listed';
import { rule as HTTP_CORS10 } from '../rules/cors/HTTP-CORS10-max-age';
import { rule as HTTP_CORS11 } from '../rules/cors/HTTP-CORS11-any-route-blocks-preflight';
import { rule as WS_CORS12 } from '../rules/cors/WS-CORS12-no-websocket-cors';
import { rule as ALL_CORS13 } from '../rules/cors/ALL-CORS13-credentials-list-headers-and-methods';
import { rule as REST_GW1 } from '../rules/cors/REST-GW1-too-large-response-not-customized';
import { rule as REST_GW2 } from '../rules/cors/REST-GW2-default-responses-keep-status';

/** The rules of CORS and gateway responses. */
export const CORS_RULES: readonly Rule[] = [
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
  ALL_CORS13,
  REST_GW1,
  REST_GW2,
];
