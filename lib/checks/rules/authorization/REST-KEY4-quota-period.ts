import { QUOTA_PERIODS } from '../../../facts/enumerations';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY4',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A quota has a period of a day, a week or a month',
  why: 'API Gateway rejects a quota whose limit has no period or an unknown period.',
  fix: {
    library: 'Set `quota: { limit: 10000, period: Period.DAY }`.',
    l2: 'Set `quota: { limit: 10000, period: Period.DAY }` on the `UsagePlan`.',
    cloudFormation: 'Set `Period` on the `Quota` to `DAY`, `WEEK` or `MONTH`.',
  },
  link: cloudFormation('properties-apigateway-usageplan-quotasettings'),
  *check(model) {
    const periods: readonly string[] = QUOTA_PERIODS;
    for (const { quota, location } of model.usagePlans) {
      const period = quota?.period;
      if (quota?.limit !== undefined && period === undefined) {
        yield {
          location: inside(location, 'Quota'),
          message: `the quota of usage plan ${location.logicalId} has a limit but no period`,
        };
      } else if (isKnown(period) && !periods.includes(period)) {
        yield {
          location: inside(location, 'Quota', 'Period'),
          message: `the quota of usage plan ${location.logicalId} has the period "${period}"; allowed are ${periods.join(', ')}`,
        };
      }
    }
  },
};
