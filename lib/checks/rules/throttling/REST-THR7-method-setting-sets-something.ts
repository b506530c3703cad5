import { type MethodSetting } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation, settingLabel, settingsOf, stageLabel } from '../../queries/common';

const isEmpty = (setting: MethodSetting): boolean =>
  setting.throttlingRateLimit === undefined &&
  setting.throttlingBurstLimit === undefined &&
  setting.loggingLevel === undefined &&
  setting.dataTraceEnabled === undefined &&
  setting.metricsEnabled === undefined &&
  setting.cachingEnabled === undefined &&
  setting.cacheTtlInSeconds === undefined &&
  setting.cacheDataEncrypted === undefined;

export const rule: Rule = {
  id: 'REST-THR7',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A method setting sets something',
  why: 'CloudFormation silently drops an entry that has only a method: the method gets the settings of the stage.',
  fix: {
    library: 'Set a limit in the `throttle` of the route, or omit it.',
    l2: 'Set a limit in the entry of `methodOptions`, e.g. `throttlingRateLimit`, or omit the entry.',
    cloudFormation:
      'Set something in the entry of `MethodSettings`, spelled as in the reference (`ThrottlingRateLimit`, not ' +
      'RateLimit).',
  },
  link: cloudFormation('properties-apigateway-stage-methodsetting'),
  sameAs: { 'cfn-lint': ['W3705'] },
  *check(model) {
    for (const { stage, setting } of settingsOf(model)) {
      if (isEmpty(setting)) {
        yield { location: setting.location, message: `${stageLabel(stage)} sets nothing ${settingLabel(setting)}` };
      }
    }
  },
};
