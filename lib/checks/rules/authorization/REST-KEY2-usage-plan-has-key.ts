import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY2',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A usage plan has a key',
  why: 'A plan limits each of its keys. Without a key it limits no one, and no review sees keys that are added manually.',
  fix: {
    library: 'List keys in the `apiKeys` of the plan.',
    l2: 'Call `plan.addApiKey(api.addApiKey("Partner"))`.',
    cloudFormation: 'Add an `AWS::ApiGateway::UsagePlanKey` for each key.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    for (const { keys, location } of model.usagePlans) {
      if (keys?.length === 0) {
        yield { location, message: `usage plan ${location.logicalId} has no key in the templates` };
      }
    }
  },
};
