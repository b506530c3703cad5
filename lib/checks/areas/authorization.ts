import { type Rule } from '../rule';
import { rule as ALL_AUTH1 } from '../rules/authorization/ALL-AUTH1-route-requires-authorization';
import { rule as REST_AUTH2 } from '../rules/authorization/REST-AUTH2-api-key-is-not-authorization';
import { rule as HTTP_AUTH3 } from '../rules/authorization/HTTP-AUTH3-catch-all-route-authorization';
import { rule as WS_AUTH4 } from '../rules/authorization/WS-AUTH4-connect-requires-authorization';
import { rule as WS_AUTH5 } from '../rules/authorization/WS-AUTH5-authorizer-only-on-connect';
import { rule as WS_AUTH6 } from '../rules/authorization/WS-AUTH6-no-jwt-authorizer';
import { rule as ALL_AUTH7 } from '../rules/authorization/ALL-AUTH7-authorizer-only-with-its-type';
import { rule as ALL_AUTH8 } from '../rules/authorization/ALL-AUTH8-authorization-type-matches-authorizer';
import { rule as ALL_AUTH9 } from '../rules/authorization/ALL-AUTH9-authorizer-of-same-api';
import { rule as REST_AUTH10 } from '../rules/authorization/REST-AUTH10-authorizer-required-properties';
import { rule as REST_AUTH11 } from '../rules/authorization/REST-AUTH11-cached-authorizer-identity-source';
import { rule as HTTP_AUTH12 } from '../rules/authorization/HTTP-AUTH12-cached-authorizer-identity-source';
import { rule as ALL_AUTH13 } from '../rules/authorization/ALL-AUTH13-authorizer-cache-ttl';
import { rule as HTTP_AUTH14 } from '../rules/authorization/HTTP-AUTH14-cached-simple-response';
import { rule as REST_AUTH15 } from '../rules/authorization/REST-AUTH15-cached-policy-covers-routes';
import { rule as HTTP_AUTH16 } from '../rules/authorization/HTTP-AUTH16-authorizer-payload-version';
import { rule as HTTP_AUTH17 } from '../rules/authorization/HTTP-AUTH17-jwt-issuer-and-audience';
import { rule as HTTP_AUTH18 } from '../rules/authorization/HTTP-AUTH18-jwt-issuer-url';
import { rule as HTTP_AUTH19 } from '../rules/authorization/HTTP-AUTH19-jwt-identity-source';
import { rule as HTTP_AUTH20 } from '../rules/authorization/HTTP-AUTH20-jwt-route-scope';
import { rule as ALL_AUTH21 } from '../rules/authorization/ALL-AUTH21-scopes-where-checked';
import { rule as ALL_AUTH22 } from '../rules/authorization/ALL-AUTH22-authorizer-is-used';
import { rule as REST_AUTH23 } from '../rules/authorization/REST-AUTH23-validation-expression-token-only';
import { rule as V2_AUTH25 } from '../rules/authorization/V2-AUTH25-http-route-api-key';
import { rule as REST_AUTH26 } from '../rules/authorization/REST-AUTH26-api-key-from-authorizer';
import { rule as ALL_AUTH27 } from '../rules/authorization/ALL-AUTH27-caller-credentials-with-iam';
import { rule as REST_AUTH28 } from '../rules/authorization/REST-AUTH28-policy-open-to-everyone';
import { rule as REST_AUTH29 } from '../rules/authorization/REST-AUTH29-policy-size';
import { rule as ALL_AUTH30 } from '../rules/authorization/ALL-AUTH30-credentials-in-stage-variable';
import { rule as ALL_AUTH31 } from '../rules/authorization/ALL-AUTH31-permission-specifies-api';
import { rule as ALL_AUTH32 } from '../rules/authorization/ALL-AUTH32-permission-specifies-routes';
import { rule as ALL_AUTH33 } from '../rules/authorization/ALL-AUTH33-function-permission-exists';
import { rule as ALL_AUTH34 } from '../rules/authorization/ALL-AUTH34-alias-permission-exists';
import { rule as REST_AUTH35 } from '../rules/authorization/REST-AUTH35-policy-opens-guarded-routes';
import { rule as REST_KEY1 } from '../rules/authorization/REST-KEY1-stage-belongs-to-usage-plan';
import { rule as REST_KEY2 } from '../rules/authorization/REST-KEY2-usage-plan-has-key';
import { rule as REST_KEY3 } from '../rules/authorization/REST-KEY3-usage-plan-has-limits';
import { rule as REST_KEY4 } from '../rules/authorization/REST-KEY4-quota-period';
import { rule as REST_KEY5 } from '../rules/authorization/REST-KEY5-api-key-value-in-template';
import { rule as REST_KEY6 } from '../rules/authorization/REST-KEY6-api-key-fixed-name';
import { rule as REST_KEY7 } from '../rules/authorization/REST-KEY7-method-throttles-per-plan';
import { rule as ALL_IAM1 } from '../rules/authorization/ALL-IAM1-role-allows-only-integrations';
import { rule as ALL_IAM2 } from '../rules/authorization/ALL-IAM2-service-integration-has-role';
import { rule as WS_IAM3 } from '../rules/authorization/WS-IAM3-manage-connections-permission';
import { rule as HTTP_AUTH61 } from '../rules/authorization/HTTP-AUTH61-authorizer-properties-of-type';
import { rule as REST_AUTH60 } from '../rules/authorization/REST-AUTH60-policy-grammar';
import { rule as ALL_AUTH36 } from '../rules/authorization/ALL-AUTH36-authorizer-uri';
import { rule as ALL_AUTH37 } from '../rules/authorization/ALL-AUTH37-identity-source';
import { rule as ALL_IAM4 } from '../rules/authorization/ALL-IAM4-role-trusts-api-gateway';

/** The rules of who may call an API: authorizers, keys, policies of IAM. */
export const AUTHORIZATION_RULES: readonly Rule[] = [
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
  REST_AUTH35,
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
  REST_AUTH60,
  HTTP_AUTH61,
  ALL_AUTH36,
  ALL_AUTH37,
  ALL_IAM4,
];
