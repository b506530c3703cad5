import { LOG_FORMAT_MAX_BYTES } from '../../../facts/quotas';
import { formatsOf, onFormat } from '../../queries/log-formats';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-LOG5',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The access log format has at most 3 KB',
  why: 'API Gateway rejects a longer one, and the quota cannot be raised. It applies to REST and WebSocket APIs as well as HTTP APIs.',
  fix: {
    library: 'Use the format of the gateway, or log fewer variables under shorter names in `accessLog`.',
    l2: 'Log fewer variables under shorter names in `format` of `accessLogSettings` (`accessLogFormat` in `deployOptions` of a `RestApi`).',
    cloudFormation:
      'Log fewer variables under shorter names in `AccessLogSettings.Format` of the stage (`AccessLogSetting` of a REST API).',
  },
  link: guide('http-api-quotas'),
  *check(model) {
    for (const it of formatsOf(model)) {
      const bytes = Buffer.byteLength(it.format);
      if (bytes > LOG_FORMAT_MAX_BYTES) {
        yield onFormat(it, `has ${bytes} bytes; ${LOG_FORMAT_MAX_BYTES} are allowed`);
      }
    }
  },
};
