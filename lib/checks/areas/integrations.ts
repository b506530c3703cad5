import { type Rule } from '../rule';
import { rule as REST_INT1 } from '../rules/integrations/REST-INT1-timeout-limits';
import { rule as V2_INT2 } from '../rules/integrations/V2-INT2-timeout-limits';
import { rule as ALL_INT3 } from '../rules/integrations/ALL-INT3-timeout-covers-function';
import { rule as REST_INT4 } from '../rules/integrations/REST-INT4-lambda-invoked-with-post';
import { rule as REST_INT5 } from '../rules/integrations/REST-INT5-method-and-uri';
import { rule as REST_INT6 } from '../rules/integrations/REST-INT6-method-has-integration';
import { rule as REST_INT7 } from '../rules/integrations/REST-INT7-responses-declared';
import { rule as REST_INT8 } from '../rules/integrations/REST-INT8-mapped-parameters-exist';
import { rule as REST_INT9 } from '../rules/integrations/REST-INT9-custom-integration-response';
import { rule as REST_INT10 } from '../rules/integrations/REST-INT10-mock-status-code';
import { rule as REST_INT11 } from '../rules/integrations/REST-INT11-proxy-without-responses';
import { rule as REST_INT12 } from '../rules/integrations/REST-INT12-unmatched-body-rejected';
import { rule as ALL_INT13 } from '../rules/integrations/ALL-INT13-public-back-end-tls';
import { rule as ALL_INT14 } from '../rules/integrations/ALL-INT14-private-back-end-tls';
import { rule as REST_INT15 } from '../rules/integrations/REST-INT15-back-end-port';
import { rule as REST_INT16 } from '../rules/integrations/REST-INT16-streaming-requirements';
import { rule as HTTP_INT17 } from '../rules/integrations/HTTP-INT17-payload-format-version';
import { rule as HTTP_INT18 } from '../rules/integrations/HTTP-INT18-only-proxy-integrations';
import { rule as HTTP_INT19 } from '../rules/integrations/HTTP-INT19-service-action-parameters';
import { rule as HTTP_INT20 } from '../rules/integrations/HTTP-INT20-reserved-headers';
import { rule as ALL_INT21 } from '../rules/integrations/ALL-INT21-private-integration-link-and-target';
import { rule as REST_INT22 } from '../rules/integrations/REST-INT22-vpc-link-v1-target';
import { rule as REST_INT23 } from '../rules/integrations/REST-INT23-vpc-link-v2';
import { rule as V2_INT24 } from '../rules/integrations/V2-INT24-vpc-link-security-groups-and-subnets';
import { rule as ALL_INT25 } from '../rules/integrations/ALL-INT25-sync-needs-express-workflow';
import { rule as HTTP_INT26 } from '../rules/integrations/HTTP-INT26-integration-quota';
import { rule as REST_INT27 } from '../rules/integrations/REST-INT27-private-integration-load-balancer';
import { rule as REST_INT28 } from '../rules/integrations/REST-INT28-template-gets-text';
import { rule as REST_INT29 } from '../rules/integrations/REST-INT29-template-reads-base64';
import { rule as ALL_INT30 } from '../rules/integrations/ALL-INT30-template-size';
import { rule as ALL_INT31 } from '../rules/integrations/ALL-INT31-uri-form';
import { rule as V2_INT32 } from '../rules/integrations/V2-INT32-method-and-uri';
import { rule as REST_INT33 } from '../rules/integrations/REST-INT33-binary-answers-of-functions';

/** The rules of integrations. */
export const INTEGRATIONS_RULES: readonly Rule[] = [
  REST_INT1,
  V2_INT2,
  ALL_INT3,
  REST_INT4,
  REST_INT5,
  REST_INT6,
  REST_INT7,
  REST_INT8,
  REST_INT9,
  REST_INT10,
  REST_INT11,
  REST_INT12,
  ALL_INT13,
  ALL_INT14,
  REST_INT15,
  REST_INT16,
  HTTP_INT17,
  HTTP_INT18,
  HTTP_INT19,
  HTTP_INT20,
  ALL_INT21,
  REST_INT22,
  REST_INT23,
  V2_INT24,
  ALL_INT25,
  HTTP_INT26,
  REST_INT27,
  REST_INT28,
  REST_INT29,
  ALL_INT30,
  ALL_INT31,
  V2_INT32,
  REST_INT33,
];
