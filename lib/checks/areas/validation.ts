import { type Rule } from '../rule';
import { rule as REST_VAL2 } from '../rules/validation/REST-VAL2-body-validated';
import { rule as REST_VAL3 } from '../rules/validation/REST-VAL3-validator-has-something-to-check';
import { rule as REST_VAL4 } from '../rules/validation/REST-VAL4-validator-is-used';
import { rule as REST_VAL5 } from '../rules/validation/REST-VAL5-model-name-and-schema';
import { rule as WS_VAL6 } from '../rules/validation/WS-VAL6-message-model';
import { rule as REST_VAL7 } from '../rules/validation/REST-VAL7-compression-size';
import { rule as REST_VAL8 } from '../rules/validation/REST-VAL8-parameter-declared-once';
import { rule as REST_VAL9 } from '../rules/validation/REST-VAL9-parameter-name-characters';

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
