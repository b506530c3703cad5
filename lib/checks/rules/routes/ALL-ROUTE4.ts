import { type Rule } from '../../rule';
import { guide, methodsOf, onMethod } from '../../support';

export const rule: Rule = {
  id: 'ALL-ROUTE4',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A greedy path variable comes last',
  why: '`{proxy+}` takes the whole rest of the path. API Gateway refuses a resource below it, and the deployment rolls back.',
  fix:
    'Make `{proxy+}` the last segment of the key in `routes`, or use a plain `{name}`. In CloudFormation: no `AWS::ApiGateway::Resource` whose parent has ' +
    'a greedy `PathPart`.',
  link: guide('api-gateway-set-up-simple-proxy'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      if (/\{[^{}]*\+\}./s.test(method.path)) {
        yield onMethod(method, 'goes on behind a greedy path variable');
      }
    }
  },
};
