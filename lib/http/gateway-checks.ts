import { INTEGRATIONS_PER_HTTP_API } from '../facts/quotas';
import { checkBodySize, checkStages, type FinishedGateway } from '../gateway/checks';
import { type DefinitionAsset } from '../gateway/definition-asset';
import { isCatchAll } from '../gateway/http-route-key';
import { type SplicedBody } from '../document/spliced-body';
import { tooManyIntegrations } from './document';
import { type HttpRouteDefinition } from './route';

/** A gateway whose routes are complete. */
export interface FinishedHttpGateway extends FinishedGateway {
  readonly routes: readonly HttpRouteDefinition[];
  readonly body: SplicedBody;
  readonly asset?: DefinitionAsset;
}

/** What must hold between the parts of a gateway; returns the errors. */
export function checkGateway(gateway: FinishedHttpGateway): string[] {
  const { owner, routes } = gateway;
  if (routes.length === 0) {
    return [owner.error('has no route; give it routes: { "GET /…": { integration: … } }, or call addRoute').message];
  }
  return [
    ...checkCatchAlls(gateway),
    ...checkStages(gateway),
    ...checkIntegrations(gateway),
    ...checkBodySize(gateway.body, owner, gateway.asset),
  ];
}

/** A request that misses an authorized route by a typo must not reach an open one unnoticed. */
function checkCatchAlls({ owner, routes }: FinishedHttpGateway): string[] {
  const authorized = routes.find(({ authorizer }) => authorizer.kind !== 'none');
  if (!authorized) return [];
  return routes
    .filter(
      ({ route, authorizer, allowOpenCatchAll }) =>
        isCatchAll(route) && authorizer.kind === 'none' && !allowOpenCatchAll,
    )
    .map(
      ({ route }) =>
        owner
          .part(`route "${route.key}"`)
          .error(
            `is open although other routes are not, e.g. "${authorized.route.key}", and matches every path and method that no other route names, ` +
              'including misspelled ones; give it an authorizer, or set allowOpenCatchAll: true',
          ).message,
    );
}

function checkIntegrations({ owner, routes }: FinishedHttpGateway): string[] {
  const count = tooManyIntegrations(routes);
  if (count === undefined) return [];
  return [
    owner.error(
      `has ${count} different integrations, but an HTTP API can have ${INTEGRATIONS_PER_HTTP_API}, which no quota raises; let routes share functions or URLs, ` +
        'join routes with one back end into "ANY /…/{proxy+}", or split the API into several gateways behind one domain',
    ).message,
  ];
}
