import { SPECIFICATION } from '../../../facts/resource-properties';
import { type Rule } from '../../rule';
import { oddProperties, TYPE_REFERENCE, unknownProperty } from '../../queries/odd-properties';

export const rule: Rule = {
  id: 'ALL-PROP1',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  general: true,
  severity: 'error',
  title: 'A resource has only properties of its type',
  why:
    'CloudFormation and SAM reject a property that the type does not have; names are case-sensitive. A name that is not near ' +
    `another one may be newer than the specification that the rule uses (${SPECIFICATION}), and is a warning.`,
  fix: {
    library: 'Use the prop of the gateway, or correct the name in the override.',
    l2: 'Use the prop of the L2 or L1, which is typed; correct the name in `addPropertyOverride`.',
    cloudFormation: 'Write the name as the type reference has it, or remove the property.',
  },
  link: TYPE_REFERENCE,
  sameAs: { 'cfn-lint': ['E3002'] },
  *check(model) {
    for (const odd of oddProperties(model, 'unknown')) yield unknownProperty(odd);
  },
};
