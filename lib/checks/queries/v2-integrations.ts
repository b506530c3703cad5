import { type HttpApi, type V2Integration, type V2Route, type WebSocketApi } from '../../template/model/model';
import { type Violation } from '../rule';
import { listed, routeOf } from './common';
import { once, v2ApisOf } from './v2';

/** An integration of an HTTP or WebSocket API, with the routes that lead to it. */
export interface V2Use<A extends HttpApi | WebSocketApi = HttpApi | WebSocketApi> {
  readonly api: A;
  readonly integration: V2Integration;
  readonly routes: readonly V2Route[];
}

function usesIn<A extends HttpApi | WebSocketApi>(api: A): V2Use<A>[] {
  const routes = new Map<unknown, V2Route[]>();
  for (const route of api.routes) {
    const users = routes.get(route.integration);
    if (users) {
      users.push(route);
    } else {
      routes.set(route.integration, [route]);
    }
  }
  return api.integrations.map((integration) => ({ api, integration, routes: routes.get(integration) ?? [] }));
}

/** All integrations of HTTP and WebSocket APIs, without duplicates, however many routes share them. */
export const v2IntegrationsOf = once<V2Use>((model) => v2ApisOf(model).flatMap(usesIn));

/** All integrations of HTTP APIs. */
export const httpIntegrationsOf = once<V2Use<HttpApi>>((model) => model.httpApis.flatMap(usesIn));

/** A violation that belongs to an integration, acknowledged by the first route that leads there. */
export function onIntegration(
  { integration, routes }: V2Use,
  message: string,
  location = integration.location,
): Violation {
  if (routes.length === 0) {
    return { location, message: `integration ${integration.location.logicalId} ${message}` };
  }
  const [key, ...others] = routes.map(routeOf);
  const also = others.length > 0 ? ` (as does that of ${listed(others)})` : '';
  return { location, message: `the integration of ${key} ${message}${also}`, key };
}
