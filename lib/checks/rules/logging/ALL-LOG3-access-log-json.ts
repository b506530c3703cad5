import { CONTEXT_VARIABLE } from '../../../facts/log-variables';
import { formatsOf, onFormat } from '../../queries/log-formats';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

/** A number is valid JSON inside quotes and outside them. */
function isJsonObject(format: string): boolean {
  try {
    const parsed: unknown = JSON.parse(format.replaceAll(CONTEXT_VARIABLE, '0'));
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}

export const rule: Rule = {
  id: 'ALL-LOG3',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'Access logs are JSON',
  why: 'Logs Insights, metric filters and most log tools read JSON fields automatically; other formats need a parser that breaks with every new field.',
  fix: {
    library:
      'Use the format of the gateway, or write JSON with every `$context` variable in quotes: an unset variable ' +
      'prints `-`.',
    l2:
      'Write `AccessLogFormat.custom(JSON.stringify({ … }))`, in which every variable is in quotes: an unset ' +
      'variable prints `-`.',
    cloudFormation:
      'Write JSON in `AccessLogSetting.Format` of the stage (`AccessLogSettings` of HTTP and WebSocket APIs) with ' +
      'every `$context` variable in quotes: an unset variable prints `-`.',
  },
  link: guide('set-up-access-logging'),
  sameAs: { 'cdk-nag': ['Serverless-APIGWStructuredLogging'], 'serverless-rules': ['WS2001'] },
  *check(model) {
    for (const it of formatsOf(model)) {
      if (!isJsonObject(it.format)) {
        yield onFormat(it, 'is not a JSON object');
      }
    }
  },
};
