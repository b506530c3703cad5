import { type Rule } from '../../rule';
import { guide, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'ALL-ROUTE19',
  appliesTo: ['rest', 'http'],
  severity: 'warning',
  title: 'The segments . and .. are not used in a path',
  why:
    'Browsers and other clients remove both from a path before they send it (RFC 3986, section 5.2.4), so they never ' +
    'call the route. A client that keeps them reaches a route that others cannot.',
  fix: {
    library: 'Write the resulting path in the key of `routes`: `/b` for `/a/../b`.',
    l2: 'Write the resulting path in `addResource(…)`, or in `path` of `addRoutes(…)`: `/b` for `/a/../b`.',
    cloudFormation:
      'Write the resulting path in `PathPart`, `RouteKey` or `paths` of the document: `/b` for `/a/../b`.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const { route } of allRoutesOf(model)) {
      const segment = outline(route.path)
        .split('/')
        .find((each) => each === '.' || each === '..');
      if (segment !== undefined) {
        yield onRoute(route, `has the segment "${segment}", which clients remove from the path`);
      }
    }
  },
};
