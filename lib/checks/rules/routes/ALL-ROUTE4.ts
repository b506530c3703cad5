import { type Rule } from '../../rule';
import { guide, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'ALL-ROUTE4',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'A greedy path variable comes last',
  why: '`{proxy+}` takes the whole rest of the path. API Gateway refuses what comes below it, and the deployment rolls back.',
  fix: {
    library: 'Make `{proxy+}` the last segment of the key in `routes`, or use a plain `{name}`.',
    l2:
      'Call `addProxy()` on the last `Resource` of the path, or use a plain `{name}`; of an HTTP API end `path` of ' +
      '`addRoutes(…)` with `{proxy+}`.',
    cloudFormation:
      'Make the greedy `PathPart` of an `AWS::ApiGateway::Resource` the last of its path, and end a `RouteKey` of an ' +
      'HTTP API with it.',
  },
  link: guide('api-gateway-set-up-simple-proxy'),
  *check(model) {
    for (const { route } of allRoutesOf(model)) {
      if (/\{[^{}]*\+\}./s.test(outline(route.path))) {
        yield onRoute(route, 'goes on behind a greedy path variable');
      }
    }
  },
};
