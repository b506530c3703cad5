import { type Rule } from '../rule';
import { rule as REST_VAL2 } from '../rules/validation/REST-VAL2';
import { rule as REST_VAL3 } from '../rules/validation/REST-VAL3';
import { rule as REST_VAL4 } from '../rules/validation/REST-VAL4';
import { rule as REST_VAL5 } from '../rules/validation/REST-VAL5';
import { rule as WS_VAL6 } from '../rules/validation/WS-VAL6';
import { rule as REST_VAL7 } from '../rules/validation/REST-VAL7';
import { rule as REST_VAL8 } from '../rules/validation/REST-VAL8';
import { rule as REST_VAL9 } from '../rules/validation/REST-VAL9';

/** The rules of request validation and models. */
export const VALIDATION_RULES: readonly Rule[] = [
  REST_VAL2,
  REST_VAL3,
  REST_VAL4,
  REST_VAL5,
  WS_VAL6,
  REST_VAL7,
  REST_VAL8,
  REST_VAL9,
];
