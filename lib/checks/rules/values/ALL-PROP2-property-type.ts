import { type Rule } from '../../rule';
import { oddProperties, TYPE_REFERENCE } from '../../queries/odd-properties';

export const rule: Rule = {
  id: 'ALL-PROP2',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  general: true,
  severity: 'error',
  title: 'A property has a value of its type',
  why: 'CloudFormation converts strings, numbers and booleans into one another, but rejects a string in place of a list or an object, a list in place of a map, and words in place of numbers: the deployment rolls back.',
  fix: {
    library: 'Use the prop of the gateway, or correct the value in the override.',
    l2: 'Use the prop of the L2 or L1, which is typed; correct the value in `addPropertyOverride`.',
    cloudFormation:
      'Write a value of the type in the finding. `Tags` are a list in `AWS::ApiGateway`, and a map in `AWS::ApiGatewayV2`.',
  },
  link: TYPE_REFERENCE,
  sameAs: { 'cfn-lint': ['E3012'] },
  *check(model) {
    for (const { location, name, owner, allowed, given = '', isRefused } of oddProperties(model, 'type')) {
      yield {
        location,
        message: `${name} of ${owner} is ${given}, but must be ${allowed.join(' or ')}`,
        ...(!isRefused && { severity: 'warning' }),
      };
    }
  },
};
