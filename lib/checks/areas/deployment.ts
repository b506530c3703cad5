import { type Rule } from '../rule';
import { rule as REST_DEP1 } from '../rules/deployment/REST-DEP1-deployment-depends-on-methods';
import { rule as REST_DEP2 } from '../rules/deployment/REST-DEP2-change-creates-deployment';
import { rule as REST_DEP3 } from '../rules/deployment/REST-DEP3-deployed-api-has-method';
import { rule as REST_DEP4 } from '../rules/deployment/REST-DEP4-stage-deployment-of-same-api';
import { rule as REST_DEP5 } from '../rules/deployment/REST-DEP5-stage-has-deployment';
import { rule as REST_DEP6 } from '../rules/deployment/REST-DEP6-stage-created-once';
import { rule as V2_DEP7 } from '../rules/deployment/V2-DEP7-stage-has-deployment';
import { rule as V2_DEP8 } from '../rules/deployment/V2-DEP8-auto-deploy-or-deployment';
import { rule as ALL_DEP9 } from '../rules/deployment/ALL-DEP9-body-or-resources';
import { rule as ALL_DEP10 } from '../rules/deployment/ALL-DEP10-name-and-protocol';
import { rule as ALL_DEP11 } from '../rules/deployment/ALL-DEP11-fail-on-warnings';
import { rule as REST_DEP12 } from '../rules/deployment/REST-DEP12-canary-percent';
import { rule as REST_DEP13 } from '../rules/deployment/REST-DEP13-canary-differs';
import { rule as ALL_DEP14 } from '../rules/deployment/ALL-DEP14-stage-name';
import { rule as ALL_DEP15 } from '../rules/deployment/ALL-DEP15-stage-variables-valid';
import { rule as ALL_DEP16 } from '../rules/deployment/ALL-DEP16-stage-variables-defined';
import { rule as ALL_DEP17 } from '../rules/deployment/ALL-DEP17-stage-and-authorizer-quotas';
import { rule as REST_DEP18 } from '../rules/deployment/REST-DEP18-canary-changed-by-release';
import { rule as REST_DEP19 } from '../rules/deployment/REST-DEP19-canary-functions-are-versions';
import { rule as ALL_DEP20 } from '../rules/deployment/ALL-DEP20-stage-names-differ';
import { rule as REST_DEP21 } from '../rules/deployment/REST-DEP21-properties-agree-with-body';
import { rule as HTTP_DEP22 } from '../rules/deployment/HTTP-DEP22-body-settings-not-repeated';

/** The rules of deployments, stages and canaries. */
export const DEPLOYMENT_RULES: readonly Rule[] = [
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
  REST_DEP21,
  HTTP_DEP22,
];
