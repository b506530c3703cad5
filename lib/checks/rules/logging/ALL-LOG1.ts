import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../support';

export const rule: Rule = {
  id: 'ALL-LOG1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Every stage writes access logs',
  why: 'Without access logs nobody can say who called, what was answered, or why the authorizer refused; they cannot be written afterwards.',
  fix:
    'The gateway writes them by default; do not turn `accessLog` off. In CloudFormation: `AccessLogSetting` of the stage with both `DestinationArn` ' +
    'and `Format`.',
  link: guide('set-up-access-logging'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      const log = stage.accessLog;
      const missing = [
        ...(log?.destination === undefined ? ['destination'] : []),
        ...(log?.format === undefined ? ['format'] : []),
      ];
      if (log === undefined) {
        yield { location: stage.location, message: `${stageLabel(stage)} writes no access log` };
      } else if (missing.length > 0) {
        yield {
          location: inside(stage.location, 'AccessLogSetting'),
          message: `the access log of ${stageLabel(stage)} has no ${missing.join(' and no ')}`,
        };
      }
    }
  },
};
