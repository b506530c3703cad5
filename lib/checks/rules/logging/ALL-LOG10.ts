import { type Rule } from '../../rule';
import { guide, settingLabel, settingsOf, stageLabel } from '../../support';

export const rule: Rule = {
  id: 'ALL-LOG10',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Requests and responses are not written to the execution log',
  why: 'Data trace writes full bodies and headers to CloudWatch Logs: personal data and secrets included. It is for finding a fault, not for production.',
  fix: 'Leave `dataTrace` off. In CloudFormation: `DataTraceEnabled: false` in `MethodSettings` of the stage.',
  link: guide('set-up-logging'),
  sameAs: { checkov: ['CKV_AWS_276'] },
  profiles: { production: 'error', development: 'info' },
  *check(model) {
    for (const { stage, setting } of settingsOf(model)) {
      if (setting.dataTraceEnabled === true) {
        yield {
          location: setting.location,
          message: `${stageLabel(stage)} writes whole requests and responses to its log ${settingLabel(setting)}`,
        };
      }
    }
  },
};
