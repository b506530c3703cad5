import { checkBodySize, checkStages, type FinishedGateway } from '../gateway/checks';
import { type DefinitionAsset } from '../gateway/definition-asset';
import { checkCaches } from './cache-checks';
import { type SplicedBody } from '../document/spliced-body';
import { checkUsagePlans } from '../usage-plans/checks';
import { type UsagePlanDefinition } from '../usage-plans/usage-plan';
import { checkPolicy } from './resource-policy';
import { type RestRouteDefinition } from './route';
import { type RestApiSettings } from './settings';
import { type RestStageDefinition } from './stage';

/** A gateway whose routes are complete. */
export interface FinishedRestGateway extends FinishedGateway {
  readonly settings: RestApiSettings;
  readonly stages: Readonly<Record<string, RestStageDefinition>>;
  readonly routes: readonly RestRouteDefinition[];
  readonly body: SplicedBody;
  readonly asset?: DefinitionAsset;
  readonly plans: readonly UsagePlanDefinition[];
}

/** What must hold between the parts of a gateway; returns the errors. */
export function checkGateway(gateway: FinishedRestGateway): string[] {
  const { owner, settings, stages, routes, body, asset, plans } = gateway;
  if (routes.length === 0) {
    return [owner.error('has no route; give it routes: { "GET /…": { integration: … } }, or call addRoute').message];
  }
  return [
    ...checkStages(gateway),
    ...checkCaches(owner, stages, routes),
    ...checkUsagePlans(owner, settings, plans, Object.keys(stages), routes.map(keyedRoute)),
    ...checkPolicy({ settings, stages, routes }, owner),
    ...checkBodySize(body, owner, asset),
  ];
}

function keyedRoute({ route, apiKeyRequired, authorizer }: RestRouteDefinition) {
  return { key: route.key, apiKeyRequired, hasFunction: authorizer.fn !== undefined };
}
