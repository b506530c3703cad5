import { type Rule } from '../../rule';
import { guide, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'ALL-ROUTE4',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'A greedy path variable comes last',
  why: '`{proxy+}` matches the rest of the path. API Gateway rejects resources below it, and the deployment rolls back.',
  fix: {
    library: 'Make `{proxy+}` the last segment of the key in `routes`, or use a plain `{name}`.',
    l2:
      'Call `addProxy()` on the last `Resource` of the path, or use a plain `{name}`; for an HTTP API let the `path` ' +
      'of `addRoutes(…)` end with `{proxy+}`.',
    cloudFormation:
      'Make the greedy `PathPart` of an `AWS::ApiGateway::Resource` the last of its path, and let a `RouteKey` of an ' +
      'HTTP API end with it.',
  },
  link: guide('api-gateway-set-up-simple-proxy'),
  *check(model) {
    for (const { route } of allRoutesOf(model)) {
      if (/\{[^{}]*\+\}./s.test(outline(route.path))) {
        yield onRoute(route, 'continues after a greedy path variable');
      }
    }
  },
};
