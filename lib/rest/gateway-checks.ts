import { BODY_MAX_BYTES } from '../facts/quotas';
import { type Owner } from '../authoring/errors';
import { type SplicedBody } from '../document/spliced-body';
import { checkUsagePlans } from '../usage-plans/checks';
import { type UsagePlanDefinition } from '../usage-plans/usage-plan';
import { checkPolicy } from './resource-policy';
import { type RestRouteBinder } from './route-binder';
import { type RestRouteDefinition } from './route';
import { type RestApiSettings } from './settings';
import { type RestStageDefinition } from './stage';
import { checkStages } from './stage-checks';

/** A gateway to which no more routes come. */
export interface RestFinishedGateway {
  readonly owner: Owner;
  readonly settings: RestApiSettings;
  readonly stages: Readonly<Record<string, RestStageDefinition>>;
  readonly routes: readonly RestRouteDefinition[];
  readonly binder: RestRouteBinder;
  readonly body: SplicedBody;
  readonly plans: readonly UsagePlanDefinition[];
}

/** What must hold between the parts of a gateway; returns the errors. */
export function checkGateway({ owner, settings, stages, routes, binder, body, plans }: RestFinishedGateway): string[] {
  if (routes.length === 0) {
    return [owner.error('has no route; give it routes: { "GET /…": { integration: … } }, or call addRoute').message];
  }
  return [
    ...checkStages(owner, stages, routes, binder),
    ...checkUsagePlans(owner, settings, plans, Object.keys(stages), routes.map(keyedRoute)),
    ...checkPolicy({ settings, stages, routes }, owner),
    ...checkBodySize(body, owner),
  ];
}

function keyedRoute({ route, apiKeyRequired, authorizer }: RestRouteDefinition) {
  return { key: route.key, apiKeyRequired, hasFunction: authorizer.fn !== undefined };
}

function checkBodySize(body: SplicedBody, owner: Owner): string[] {
  if (body.size <= BODY_MAX_BYTES) return [];
  return [
    owner.error(
      `the OpenAPI document is ${Math.round(body.size / 1000)} KB, and a template takes 1000 KB in all; split the API by its first path ` +
        'segments into several gateways behind one domain, or join routes with one back-end into "ANY /…/{proxy+}"',
    ).message,
  ];
}
