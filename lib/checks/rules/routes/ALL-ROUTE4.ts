import { type Rule } from '../../rule';
import { guide, onRoute } from '../../support';
import { allRoutesOf } from '../../v2-support';

export const rule: Rule = {
  id: 'ALL-ROUTE4',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'A greedy path variable comes last',
  why: '`{proxy+}` takes the whole rest of the path. API Gateway refuses what comes below it, and the deployment rolls back.',
  fix:
    'Make `{proxy+}` the last segment of the key in `routes`, or use a plain `{name}`. In CloudFormation: no `AWS::ApiGateway::Resource` whose parent has ' +
    'a greedy `PathPart`, and no `RouteKey` of an HTTP API that goes on behind one.',
  link: guide('api-gateway-set-up-simple-proxy'),
  *check(model) {
    for (const { route } of allRoutesOf(model)) {
      if (/\{[^{}]*\+\}./s.test(route.path ?? '')) {
        yield onRoute(route, 'goes on behind a greedy path variable');
      }
    }
  },
};
