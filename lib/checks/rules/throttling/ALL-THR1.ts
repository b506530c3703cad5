import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, inside, isStageWide, stageLabel, stagesOf } from '../../support';

export const rule: Rule = {
  id: 'ALL-THR1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Every stage has a throttle of its own',
  why:
    'Without one a single API may use the whole quota of the account and Region (10,000 requests a second), and every other API there answers 429 ' +
    'while one is flooded.',
  fix:
    'The gateway throttles every stage; set `stages: { prod: { throttle: { rateLimit, burstLimit } } }` to what the back end takes. In CloudFormation: ' +
    '`ThrottlingRateLimit` and `ThrottlingBurstLimit` in the `MethodSettings` entry for `*` and `/*`.',
  link: guide('api-gateway-request-throttling'),
  sameAs: { 'cdk-nag': ['Serverless-APIGWDefaultThrottling'], 'serverless-rules': ['ES2003'] },
  profiles: { production: 'error', development: 'info' },
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      const settings = stage.methodSettings;
      if (!isKnown(settings)) {
        continue;
      }
      const throttled = settings.some(
        (it) => isStageWide(it) && it.throttlingRateLimit !== undefined && it.throttlingBurstLimit !== undefined,
      );
      if (!throttled) {
        yield {
          location: inside(stage.location, 'MethodSettings'),
          message: `${stageLabel(stage)} has no rate and burst limit for all methods`,
        };
      }
    }
  },
};
