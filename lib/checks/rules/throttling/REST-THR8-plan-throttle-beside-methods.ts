import { knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-THR8',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A usage plan that throttles single methods has its own throttle',
  why:
    'API Gateway rejects the plan ("Can not define fine grain throttling if usage plan throttle is not defined"), ' +
    'and the deployment rolls back.',
  fix: {
    library: 'Set `throttle` on the usage plan in addition to its `routes`.',
    l2: 'Set `throttle` on the `UsagePlan` in addition to that of its `apiStages`.',
    cloudFormation: 'Set `Throttle` on the plan in addition to that of its `ApiStages`.',
  },
  // The error message is on no page of AWS; it is reported in https://github.com/aws/aws-cdk/pull/6411.
  link: guide('api-gateway-create-usage-plans'),
  *check(model) {
    for (const { apiStages, throttle, location } of model.usagePlans) {
      for (const [index, { throttledMethods }] of throttle ? [] : knownOr(apiStages, []).entries()) {
        if (knownAnd(throttledMethods, (count) => count > 0)) {
          yield {
            location: inside(location, 'ApiStages', String(index), 'Throttle'),
            message: `usage plan ${location.logicalId} throttles ${String(throttledMethods)} methods of a stage, but the plan itself has no Throttle`,
          };
        }
      }
    }
  },
};
