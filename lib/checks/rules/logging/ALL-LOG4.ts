import { CONTEXT_VARIABLE, formatsOf } from '../../log-formats';
import { type Rule } from '../../rule';
import { guide, stageLabel } from '../../support';

/** What each needs, and the variables of which one will do. */
const NEEDED: readonly (readonly [string, ...string[]])[] = [
  ['caller', 'identity.sourceIp', 'identity.caller', 'identity.user', 'authorizer.principalId'],
  ['time', 'requestTime', 'requestTimeEpoch'],
  ['method', 'httpMethod'],
  ['path', 'resourcePath', 'path', 'resourceId'],
  ['status', 'status'],
];
const HELPFUL: typeof NEEDED = [
  ['latency', 'responseLatency'],
  ['status of the integration', 'integration.status', 'integrationStatus', 'integration.integrationStatus'],
  [
    'error',
    'error.message',
    'error.messageString',
    'integration.error',
    'integrationErrorMessage',
    'error.responseType',
  ],
];

export const rule: Rule = {
  id: 'ALL-LOG4',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'An access log tells who called what, when, and what came of it',
  why: 'A log is read after something went wrong, and cannot be completed then. Without the status nobody can tell failures, without the path not where they are.',
  fix:
    'Leave the format to the gateway: it has all of these. In CloudFormation: add the `$context` variables to `AccessLogSetting.Format` of the stage, e.g. ' +
    '`$context.requestTime`, `$context.httpMethod`, `$context.resourcePath`, `$context.status`.',
  link: guide('api-gateway-variables-for-access-logging'),
  *check(model) {
    for (const { stage, log, format } of formatsOf(model)) {
      const written = new Set([...format.matchAll(CONTEXT_VARIABLE)].map(([, name]) => name));
      const absent = (fields: typeof NEEDED): string[] =>
        fields.filter(([, ...names]) => !names.some((name) => written.has(name))).map(([field]) => field);
      const needed = absent(NEEDED);
      const missing = [...needed, ...absent(HELPFUL)];
      if (missing.length > 0) {
        yield {
          location: log.location,
          message: `the access log of ${stageLabel(stage)} does not tell: ${missing.join(', ')}`,
          ...(needed.length === 0 && { severity: 'info' }),
        };
      }
    }
  },
};
