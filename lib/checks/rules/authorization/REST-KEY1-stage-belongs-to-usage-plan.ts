import { type AnyApi, type AnyStage, type ApiModel } from '../../../template/model/model';
import { isLiteral } from '../../../template/model/text';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, isPreflight, listed, resourceKey, routeOf, stageLabel } from '../../queries/common';
import { routesOfApi } from '../../queries/v2';

/** The stages of all usage plans: resources, and names by API. */
interface Planned {
  readonly stages: Set<string>;
  /** `any` if a plan may name any stage of the API. */
  readonly names: Map<string, Set<string> | 'any'>;
}

/** Undefined if a plan may be for any API. */
function plannedStages({ usagePlans }: ApiModel): Planned | undefined {
  const planned: Planned = { stages: new Set(), names: new Map() };
  for (const { apiStages } of usagePlans) {
    if (!isKnown(apiStages)) return undefined;
    for (const { api, stage, stageName: name } of apiStages) {
      if (api === UNKNOWN) return undefined;
      if (stage) planned.stages.add(resourceKey(stage));
      else if (isKnown(api)) {
        const key = resourceKey(api);
        const names = planned.names.get(key) ?? new Set<string>();
        planned.names.set(key, !isLiteral(name) || names === 'any' ? 'any' : names.add(name));
      }
    }
  }
  return planned;
}

function isPlanned({ stages, names }: Planned, api: AnyApi, stage: AnyStage): boolean {
  if (stages.has(resourceKey(stage.location))) return true;
  const named = names.get(resourceKey(api.location));
  return named !== undefined && (named === 'any' || !isKnown(stage.stageName) || named.has(stage.stageName));
}

export const rule: Rule = {
  id: 'REST-KEY1',
  appliesTo: ['rest', 'websocket'],
  severity: 'error',
  title: 'A stage whose routes need an API key belongs to a usage plan',
  why: 'A key is valid only for the stages of its usage plans. Without a plan no key opens the route: every call returns 403.',
  fix: {
    library: 'Add a plan to `usagePlans` of the gateway, or remove `apiKeyRequired` from the route.',
    l2:
      'Add the stage to a plan, `api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] })`, or ' +
      'remove `apiKeyRequired` from the method (WebSocket: `UsagePlan` of aws-apigatewayv2).',
    cloudFormation: 'Add an `AWS::ApiGateway::UsagePlan` whose `ApiStages` lists this API and stage.',
  },
  link: guide('api-gateway-api-usage-plans'),
  sameAs: { kics: ['7f8f1b60', '783860a3'], 'cfn-nag': ['W64', 'W68'] },
  *check(model) {
    const planned = plannedStages(model);
    for (const api of planned ? [...model.restApis, ...model.webSocketApis] : []) {
      const routes = routesOfApi(api).filter((route) => route.apiKeyRequired === true && !isPreflight(route));
      const stages: readonly AnyStage[] = routes.length > 0 ? api.stages : [];
      for (const stage of stages) {
        if (planned && !isPlanned(planned, api, stage)) {
          yield {
            location: stage.location,
            message: `${stageLabel(stage)} is in no usage plan, but ${listed(routes.map(routeOf))} needs an API key: every call returns 403`,
          };
        }
      }
    }
  },
};
