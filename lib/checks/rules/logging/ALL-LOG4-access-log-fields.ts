import { type AnyApi } from '../../../template/model/model';
import { formatsOf, variablesIn } from '../../queries/log-formats';
import { type Rule } from '../../rule';
import { guide, stageLabel } from '../../queries/common';

/** What each needs, and the variables of which one will do. */
type Fields = readonly (readonly [string, ...string[]])[];

const CALLER = ['caller', 'identity.sourceIp', 'identity.caller', 'identity.user', 'authorizer.principalId'] as const;
const TIME = ['time', 'requestTime', 'requestTimeEpoch'] as const;
const STATUS = ['status', 'status'] as const;
const INTEGRATION_STATUS = [
  'status of the integration',
  'integration.status',
  'integrationStatus',
  'integration.integrationStatus',
] as const;
const ERROR = [
  'error',
  'error.message',
  'error.messageString',
  'integration.error',
  'integrationErrorMessage',
  'error.responseType',
] as const;

const NEEDED: Readonly<Record<AnyApi['kind'], Fields>> = {
  rest: [CALLER, TIME, ['method', 'httpMethod'], ['path', 'resourcePath', 'path', 'resourceId'], STATUS],
  // The key of a route is its method and path.
  http: [CALLER, TIME, ['method', 'httpMethod', 'routeKey'], ['path', 'path', 'routeKey'], STATUS],
  websocket: [[...CALLER, 'connectionId'], TIME, ['route', 'routeKey', 'eventType'], STATUS],
};
const HELPFUL: typeof NEEDED = {
  rest: [['latency', 'responseLatency'], INTEGRATION_STATUS, ERROR],
  http: [
    ['latency', 'responseLatency', 'integrationLatency', 'integration.latency'],
    INTEGRATION_STATUS,
    ERROR,
    ['error of the authorizer', 'authorizer.error'],
  ],
  websocket: [
    ['connection', 'connectionId'],
    ['latency', 'integrationLatency', 'integration.latency'],
    INTEGRATION_STATUS,
    [...ERROR, 'error.validationErrorString'],
    ['error of the authorizer', 'authorizer.error', 'authorize.error', 'authenticate.error'],
  ],
};

export const rule: Rule = {
  id: 'ALL-LOG4',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'An access log records who called what, when, and with what result',
  why: 'A log is read after something went wrong, and cannot be extended then. Without the status no one can see failures, and without the path no one can see where they are.',
  fix: {
    library: 'Use the format of the gateway: it has all of these.',
    l2:
      'Add the variables with `AccessLogField` to `AccessLogFormat.custom(JSON.stringify({ … }))`; for HTTP and ' +
      'WebSocket APIs also `$context.routeKey`.',
    cloudFormation:
      'Add the variables to `AccessLogSetting.Format` of the stage, e.g. `$context.requestTime`, ' +
      '`$context.httpMethod`, `$context.resourcePath`, `$context.status`; for HTTP and WebSocket APIs to ' +
      '`AccessLogSettings.Format`, with `$context.routeKey`.',
  },
  link: guide('api-gateway-variables-for-access-logging'),
  *check(model) {
    for (const { stage, log, format, kind } of formatsOf(model)) {
      if (kind === undefined) {
        continue;
      }
      const written = variablesIn(format);
      const absent = (fields: Fields): string[] =>
        fields.filter(([, ...names]) => !names.some((name) => written.has(name))).map(([field]) => field);
      const needed = absent(NEEDED[kind]);
      const missing = [...needed, ...absent(HELPFUL[kind])];
      if (missing.length > 0) {
        yield {
          location: log.location,
          message: `the access log of ${stageLabel(stage)} does not record: ${missing.join(', ')}`,
          ...(needed.length === 0 && { severity: 'info' }),
        };
      }
    }
  },
};
