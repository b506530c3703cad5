import { checkStages, type FinishedGateway } from '../gateway/checks';
import { type Owner } from '../authoring/errors';
import { checkUsagePlans } from '../usage-plans/checks';
import { type UsagePlanDefinition } from '../usage-plans/usage-plan';
import { type WebSocketRouteDefinition } from './route';
import { type WebSocketApiSettings } from './settings';

/** A gateway whose routes are complete. */
export interface FinishedWebSocketGateway extends FinishedGateway {
  readonly settings: WebSocketApiSettings;
  readonly routes: readonly WebSocketRouteDefinition[];
  readonly plans: readonly UsagePlanDefinition[];
}

/** What must hold between the parts of a gateway; returns the errors. */
export function checkGateway(gateway: FinishedWebSocketGateway): string[] {
  const { owner, settings, stages, routes, plans } = gateway;
  if (routes.length === 0) {
    return [owner.error('has no route; give it routes: { $connect: { integration: … } }, or call addRoute').message];
  }
  const errors: string[] = [];
  if (!routes.some(({ route }) => route.event === 'connect')) {
    errors.push(
      owner.error(
        'has no route "$connect", so there is no authorization and everyone may connect; add one, with WebSocketIntegration.mock() if ' +
          'nothing else should happen: { $connect: { integration: WebSocketIntegration.mock(), authorizer: … } }',
      ).message,
    );
  }
  return [
    ...errors,
    ...checkSubprotocol(owner, routes),
    ...checkStages(gateway),
    ...checkUsagePlans(
      owner,
      settings,
      plans,
      Object.keys(stages),
      routes.map(({ route, apiKeyRequired, authorizer }) => ({
        key: route.key,
        apiKeyRequired,
        hasFunction: authorizer?.kind === 'request' && !authorizer.jwt,
      })),
    ),
  ];
}

/**
 * Clients close a connection that selects none of the subprotocols that they offer (WHATWG Fetch, "establish a WebSocket
 * connection").
 */
function checkSubprotocol(owner: Owner, routes: readonly WebSocketRouteDefinition[]): string[] {
  return routes.flatMap(({ route, authorizer, integration }) => {
    const token = authorizer?.jwt?.token;
    const sources = token && 'kind' in token ? token.sources : [];
    const subprotocol = sources.find((source) => source.in === 'subprotocol');
    if (!subprotocol || integration.properties.integrationType?.endsWith('_PROXY')) return [];
    return [
      owner
        .part(`route "${route.key}"`)
        .error(
          `takes the token from what follows the subprotocol "${subprotocol.name}", but its integration cannot return the header ` +
            'Sec-WebSocket-Protocol, without which browsers close the connection; put a function behind it (WebSocketIntegration.lambda) ' +
            'that returns it, or use WebSocketTokenSource.query or .header',
        ).message,
    ];
  });
}
