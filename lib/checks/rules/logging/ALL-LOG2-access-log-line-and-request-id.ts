import { formatsOf, onFormat, variablesIn } from '../../queries/log-formats';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

const REQUEST_IDS = ['requestId'];
const REST_REQUEST_IDS = [...REQUEST_IDS, 'extendedRequestId'];

export const rule: Rule = {
  id: 'ALL-LOG2',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The access log format is one line and contains the request id',
  why: 'API Gateway rejects a format without $context.requestId (or, for a REST API, $context.extendedRequestId) and a format that contains line breaks, and the deployment rolls back.',
  fix: {
    library:
      'Use the format of the gateway, or add `$context.requestId` and `$context.extendedRequestId` to your own ' +
      'format, on one line (`JSON.stringify` without indent).',
    l2:
      'Write one line in `AccessLogFormat.custom(JSON.stringify({ … }))`, with `AccessLogField.contextRequestId()` and ' +
      '`AccessLogField.contextExtendedRequestId()`.',
    cloudFormation:
      'Add `$context.requestId` and `$context.extendedRequestId` to `AccessLogSetting.Format` of the stage ' +
      '(`AccessLogSettings` of HTTP and WebSocket APIs), on one line.',
  },
  link: guide('set-up-access-logging'),
  *check(model) {
    for (const it of formatsOf(model)) {
      const names = variablesIn(it.format);
      if (!(it.kind === 'rest' ? REST_REQUEST_IDS : REQUEST_IDS).some((id) => names.has(id))) {
        yield onFormat(it, 'has no $context.requestId');
      }
      if (/[\r\n]/.test(it.format.trimEnd())) {
        yield onFormat(it, 'is more than one line');
      }
    }
  },
};
