import { INTEGRATIONS_PER_HTTP_API } from '../facts/quotas';
import { checkBodySize, checkStages, type FinishedGateway } from '../gateway/checks';
import { isCatchAll } from '../gateway/http-route-key';
import { type SplicedBody } from '../document/spliced-body';
import { tooManyIntegrations } from './document';
import { type HttpRouteDefinition } from './route';

/** A gateway to which no more routes come. */
export interface FinishedHttpGateway extends FinishedGateway {
  readonly routes: readonly HttpRouteDefinition[];
  readonly body: SplicedBody;
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
    ...checkBodySize(gateway.body, owner),
  ];
}

/** What an authorized route misses by a letter must not go to an open one unseen. */
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
            `is open beside routes that are not, e.g. "${authorized.route.key}", and takes every path and method that no other route names, ` +
              'misspelt ones of theirs too; give it an authorizer, or say allowOpenCatchAll: true',
          ).message,
    );
}

function checkIntegrations({ owner, routes }: FinishedHttpGateway): string[] {
  const count = tooManyIntegrations(routes);
  if (count === undefined) return [];
  return [
    owner.error(
      `has ${count} different integrations, and an HTTP API takes ${INTEGRATIONS_PER_HTTP_API}, which no quota raises; let routes share functions or URLs, ` +
        'join routes with one back-end into "ANY /…/{proxy+}", or split the API into several gateways behind one domain',
    ).message,
  ];
}
