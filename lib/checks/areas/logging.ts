import { type Rule } from '../rule';
import { rule as REST_ACC1 } from '../rules/logging/REST-ACC1';
import { rule as REST_ACC2 } from '../rules/logging/REST-ACC2';
import { rule as ALL_LOG1 } from '../rules/logging/ALL-LOG1';
import { rule as ALL_LOG2 } from '../rules/logging/ALL-LOG2';
import { rule as ALL_LOG3 } from '../rules/logging/ALL-LOG3';
import { rule as ALL_LOG4 } from '../rules/logging/ALL-LOG4';
import { rule as HTTP_LOG5 } from '../rules/logging/HTTP-LOG5';
import { rule as ALL_LOG6 } from '../rules/logging/ALL-LOG6';
import { rule as ALL_LOG7 } from '../rules/logging/ALL-LOG7';
import { rule as ALL_LOG8 } from '../rules/logging/ALL-LOG8';
import { rule as ALL_LOG9 } from '../rules/logging/ALL-LOG9';
import { rule as ALL_LOG10 } from '../rules/logging/ALL-LOG10';
import { rule as HTTP_LOG11 } from '../rules/logging/HTTP-LOG11';
import { rule as ALL_LOG12 } from '../rules/logging/ALL-LOG12';
import { rule as REST_LOG13 } from '../rules/logging/REST-LOG13';
import { rule as REST_LOG14 } from '../rules/logging/REST-LOG14';
import { rule as ALL_LOG15 } from '../rules/logging/ALL-LOG15';
import { rule as ALL_LOG16 } from '../rules/logging/ALL-LOG16';
import { rule as REST_OBS1 } from '../rules/logging/REST-OBS1';
import { rule as ALL_OBS2 } from '../rules/logging/ALL-OBS2';
import { rule as ALL_OBS3 } from '../rules/logging/ALL-OBS3';
import { rule as ALL_OBS4 } from '../rules/logging/ALL-OBS4';
import { rule as ALL_LOG17 } from '../rules/logging/ALL-LOG17';
import { rule as ALL_LOG18 } from '../rules/logging/ALL-LOG18';

/** The rules of access logs, execution logs, tracing and metrics. */
export const LOGGING_RULES: readonly Rule[] = [
  REST_ACC1,
  REST_ACC2,
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
  ALL_LOG17,
  ALL_LOG18,
];
