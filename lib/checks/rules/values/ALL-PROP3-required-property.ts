import { type Rule } from '../../rule';
import { oddProperties, TYPE_REFERENCE } from '../../queries/odd-properties';

export const rule: Rule = {
  id: 'ALL-PROP3',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  general: true,
  severity: 'error',
  title: 'A resource has the properties that its type requires',
  why: 'CloudFormation and SAM reject a resource without a required property.',
  fix: {
    library: 'Remove the override that deletes the property.',
    l2: 'Pass the required prop, and remove overrides that delete the property.',
    cloudFormation: 'Set the property in the finding.',
  },
  link: TYPE_REFERENCE,
  sameAs: { 'cfn-lint': ['E3003'] },
  *check(model) {
    for (const { location, name, owner, allowed, isRefused } of oddProperties(model, 'missing')) {
      yield {
        location,
        message: `${owner} needs ${name}, ${allowed.join(' or ')}`,
        ...(!isRefused && { severity: 'warning' }),
      };
    }
  },
};
