import { type Rule } from '../../rule';
import { guide, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY3',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A usage plan has a throttle or a quota',
  why: 'Without either, one key can use up what the stage allows for all keys.',
  fix: {
    library: 'Set `throttle`, `quota` or `routes` on the plan.',
    l2: 'Set `throttle` or `quota` in `addUsagePlan(…)`, or `throttle` in its `apiStages`.',
    cloudFormation: 'Set `Throttle` or `Quota` on the `AWS::ApiGateway::UsagePlan`.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    for (const { throttle, quota, apiStages, location } of model.usagePlans) {
      const throttlesNoMethod = knownAnd(apiStages, (stages) =>
        stages.every(({ throttledMethods }) => throttledMethods === 0),
      );
      if (!throttle && !quota && throttlesNoMethod) {
        yield { location, message: `usage plan ${location.logicalId} has neither a throttle nor a quota` };
      }
    }
  },
};
