import { type HttpApi, type V2Integration, type WebSocketApi } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, onRoute, sameResource } from '../../queries/common';
import { v2ApisOf, v2RoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'V2-ROUTE10',
  appliesTo: ['http', 'websocket'],
  severity: 'warning',
  title: 'A route targets an integration of its own API',
  why:
    'A route without a target returns an error, and integrations cannot be shared between APIs. Whether API Gateway ' +
    'accepts such a route is not documented: this is derived.',
  fix: {
    library: 'Give each route an `integration`.',
    l2: 'Pass an `integration` to `addRoutes(…)` or `addRoute(…)`, a new one for each API.',
    cloudFormation:
      'Set `Target: !Sub integrations/${Integration}` on the `AWS::ApiGatewayV2::Route`, with an integration of the ' +
      'same `ApiId`.',
  },
  link: cloudFormation('resource-apigatewayv2-route'),
  *check(model) {
    const owners = new Map<V2Integration, HttpApi | WebSocketApi>();
    for (const api of v2ApisOf(model)) {
      api.integrations.forEach((integration) => owners.set(integration, api));
    }
    for (const { api, route } of v2RoutesOf(model)) {
      const { integration, location } = route;
      const owner = isKnown(integration) ? owners.get(integration) : undefined;
      // What an operation of a Body lacks is a finding of OAS5.
      if (integration === undefined && !sameResource(location, api.location)) {
        yield onRoute(route, 'has no Target');
      } else if (isKnown(integration) && owner && owner !== api) {
        yield onRoute(
          route,
          `targets ${integration.location.logicalId}, an integration of ${owner.location.logicalId}`,
        );
      }
    }
  },
};
