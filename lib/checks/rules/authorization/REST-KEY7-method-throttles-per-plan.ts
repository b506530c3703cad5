import { METHOD_THROTTLES_PER_PLAN_STAGE } from '../../../facts/quotas';
import { knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY7',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A usage plan throttles at most 20 methods of a stage',
  why: 'API Gateway accepts 20 method throttles for each stage of a plan; with more, the deployment fails.',
  fix: {
    library: 'Set the `throttle` of the plan, and list only the routes that differ in `routes`.',
    l2: 'Set `throttle` on the `UsagePlan`, and list only the methods that differ in the `throttle` of its `apiStages`.',
    cloudFormation: 'Set `Throttle` on the plan, and at most 20 entries in `Throttle` of an `ApiStages` item.',
  },
  link: guide('limits'),
  *check(model) {
    for (const { apiStages, location } of model.usagePlans) {
      for (const [index, { throttledMethods }] of knownOr(apiStages, []).entries()) {
        if (knownAnd(throttledMethods, (count) => count > METHOD_THROTTLES_PER_PLAN_STAGE)) {
          yield {
            location: inside(location, 'ApiStages', String(index), 'Throttle'),
            message: `usage plan ${location.logicalId} throttles ${String(throttledMethods)} methods of a stage; ${METHOD_THROTTLES_PER_PLAN_STAGE} are allowed`,
          };
        }
      }
    }
  },
};
