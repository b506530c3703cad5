import { CONTEXT_VARIABLE, formatsOf } from '../../log-formats';
import { type Rule } from '../../rule';
import { guide, stageLabel } from '../../support';

const REQUEST_IDS = ['requestId', 'extendedRequestId'];

export const rule: Rule = {
  id: 'ALL-LOG2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The access log format is one line and holds the request id',
  why: 'API Gateway refuses a format without $context.requestId or $context.extendedRequestId, and one with line breaks inside; the deployment rolls back.',
  fix:
    'Leave the format to the gateway, or add `$context.requestId` and `$context.extendedRequestId` to your own, on one line (`JSON.stringify` ' +
    'without indent). In CloudFormation: `AccessLogSetting.Format` of the stage.',
  link: guide('set-up-access-logging'),
  *check(model) {
    for (const { stage, log, format } of formatsOf(model)) {
      const names = new Set([...format.matchAll(CONTEXT_VARIABLE)].map(([, name]) => name));
      if (!REQUEST_IDS.some((id) => names.has(id))) {
        yield {
          location: log.location,
          message: `the access log format of ${stageLabel(stage)} has no $context.requestId`,
        };
      }
      if (/[\r\n]/.test(format.trimEnd())) {
        yield {
          location: log.location,
          message: `the access log format of ${stageLabel(stage)} is more than one line`,
        };
      }
    }
  },
};
