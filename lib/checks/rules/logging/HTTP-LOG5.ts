import { HTTP_LOG_FORMAT_MAX_BYTES } from '../../../facts/quotas';
import { formatsOf, onFormat } from '../../log-formats';
import { type Rule } from '../../rule';
import { guide } from '../../support';

export const rule: Rule = {
  id: 'HTTP-LOG5',
  appliesTo: ['http'],
  severity: 'error',
  title: 'The access log format of an HTTP API has at most 3 KB',
  why: 'API Gateway refuses a longer one, and the quota cannot be raised.',
  fix: {
    library: 'Leave the format to the `HttpGateway`, or log fewer variables under shorter names in `accessLog`.',
    l2: 'Log fewer variables under shorter names in `format` of `accessLogSettings`.',
    cloudFormation: 'Log fewer variables under shorter names in `AccessLogSettings.Format` of the stage.',
  },
  link: guide('http-api-quotas'),
  *check(model) {
    for (const it of formatsOf(model)) {
      const bytes = Buffer.byteLength(it.format);
      if (it.kind === 'http' && bytes > HTTP_LOG_FORMAT_MAX_BYTES) {
        yield onFormat(it, `has ${bytes} bytes; ${HTTP_LOG_FORMAT_MAX_BYTES} are allowed`);
      }
    }
  },
};
