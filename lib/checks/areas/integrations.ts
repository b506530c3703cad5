import { type Rule } from '../rule';
import { rule as REST_INT1 } from '../rules/integrations/REST-INT1';
import { rule as V2_INT2 } from '../rules/integrations/V2-INT2';
import { rule as ALL_INT3 } from '../rules/integrations/ALL-INT3';
import { rule as REST_INT4 } from '../rules/integrations/REST-INT4';
import { rule as REST_INT5 } from '../rules/integrations/REST-INT5';
import { rule as REST_INT6 } from '../rules/integrations/REST-INT6';
import { rule as REST_INT7 } from '../rules/integrations/REST-INT7';
import { rule as REST_INT8 } from '../rules/integrations/REST-INT8';
import { rule as REST_INT9 } from '../rules/integrations/REST-INT9';
import { rule as REST_INT10 } from '../rules/integrations/REST-INT10';
import { rule as REST_INT11 } from '../rules/integrations/REST-INT11';
import { rule as REST_INT12 } from '../rules/integrations/REST-INT12';
import { rule as ALL_INT13 } from '../rules/integrations/ALL-INT13';
import { rule as ALL_INT14 } from '../rules/integrations/ALL-INT14';
import { rule as REST_INT15 } from '../rules/integrations/REST-INT15';
import { rule as REST_INT16 } from '../rules/integrations/REST-INT16';
import { rule as HTTP_INT17 } from '../rules/integrations/HTTP-INT17';
import { rule as HTTP_INT18 } from '../rules/integrations/HTTP-INT18';
import { rule as HTTP_INT19 } from '../rules/integrations/HTTP-INT19';
import { rule as HTTP_INT20 } from '../rules/integrations/HTTP-INT20';
import { rule as ALL_INT21 } from '../rules/integrations/ALL-INT21';
import { rule as REST_INT22 } from '../rules/integrations/REST-INT22';
import { rule as REST_INT23 } from '../rules/integrations/REST-INT23';
import { rule as V2_INT24 } from '../rules/integrations/V2-INT24';
import { rule as ALL_INT25 } from '../rules/integrations/ALL-INT25';
import { rule as HTTP_INT26 } from '../rules/integrations/HTTP-INT26';
import { rule as REST_INT27 } from '../rules/integrations/REST-INT27';
import { rule as REST_INT28 } from '../rules/integrations/REST-INT28';
import { rule as REST_INT29 } from '../rules/integrations/REST-INT29';
import { rule as ALL_INT30 } from '../rules/integrations/ALL-INT30';

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
];
