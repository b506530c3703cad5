import { type Rule } from '../rule';
import { rule as REST_ACC1 } from '../rules/logging/REST-ACC1-account-role';
import { rule as REST_ACC2 } from '../rules/logging/REST-ACC2-account-role-kept';
import { rule as ALL_LOG1 } from '../rules/logging/ALL-LOG1-access-logs';
import { rule as ALL_LOG2 } from '../rules/logging/ALL-LOG2-access-log-line-and-request-id';
import { rule as ALL_LOG3 } from '../rules/logging/ALL-LOG3-access-log-json';
import { rule as ALL_LOG4 } from '../rules/logging/ALL-LOG4-access-log-fields';
import { rule as HTTP_LOG5 } from '../rules/logging/HTTP-LOG5-access-log-format-size';
import { rule as ALL_LOG6 } from '../rules/logging/ALL-LOG6-firehose-name';
import { rule as ALL_LOG7 } from '../rules/logging/ALL-LOG7-log-group-retention';
import { rule as ALL_LOG8 } from '../rules/logging/ALL-LOG8-log-group-encryption';
import { rule as ALL_LOG9 } from '../rules/logging/ALL-LOG9-execution-logs';
import { rule as ALL_LOG10 } from '../rules/logging/ALL-LOG10-no-data-trace';
import { rule as HTTP_LOG11 } from '../rules/logging/HTTP-LOG11-no-execution-logs';
import { rule as ALL_LOG12 } from '../rules/logging/ALL-LOG12-logging-depends-on-account';
import { rule as REST_LOG13 } from '../rules/logging/REST-LOG13-one-account-resource';
import { rule as REST_LOG14 } from '../rules/logging/REST-LOG14-execution-log-group-declared';
import { rule as ALL_LOG15 } from '../rules/logging/ALL-LOG15-no-credentials-in-access-log';
import { rule as ALL_LOG16 } from '../rules/logging/ALL-LOG16-access-log-variables-exist';
import { rule as REST_OBS1 } from '../rules/logging/REST-OBS1-tracing';
import { rule as ALL_OBS2 } from '../rules/logging/ALL-OBS2-detailed-metrics';
import { rule as ALL_OBS3 } from '../rules/logging/ALL-OBS3-failure-alarm';
import { rule as ALL_OBS4 } from '../rules/logging/ALL-OBS4-alarm-metric-exists';
import { rule as ALL_LOG17 } from '../rules/logging/ALL-LOG17-metric-filter-names';
import { rule as ALL_LOG18 } from '../rules/logging/ALL-LOG18-log-group-region-and-account';
import { rule as ALL_LOG70 } from '../rules/logging/ALL-LOG70-access-log-destination';

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
  ALL_LOG70,
];
