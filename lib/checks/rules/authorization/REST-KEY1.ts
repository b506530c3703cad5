import { type AnyApi, type AnyStage, type ApiModel, type UsagePlanStage } from '../../../template/model';
import { isKnown, isLiteral, UNKNOWN } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, isPreflight, listed, routeOf, sameResource, stageLabel } from '../../support';
import { routesOfApi } from '../../v2-support';

/** Every stage of every plan; undefined where one of them cannot be told. */
function plannedStages(model: ApiModel): UsagePlanStage[] | undefined {
  const stages: UsagePlanStage[] = [];
  for (const { apiStages } of model.usagePlans) {
    if (!isKnown(apiStages)) {
      return undefined;
    }
    stages.push(...apiStages);
  }
  return stages.some(({ api }) => api === UNKNOWN) ? undefined : stages;
}

function isPlanned(planned: UsagePlanStage, api: AnyApi, stage: AnyStage): boolean {
  if (planned.stage) {
    return sameResource(planned.stage, stage.location);
  }
  if (!isKnown(planned.api) || !sameResource(planned.api, api.location)) {
    return false;
  }
  const name = planned.stageName;
  return name === undefined || !isLiteral(name) || !isKnown(stage.stageName) || name === stage.stageName;
}

export const rule: Rule = {
  id: 'REST-KEY1',
  appliesTo: ['rest', 'websocket'],
  severity: 'error',
  title: 'A stage whose routes need an API key belongs to a usage plan',
  why: 'A key is valid only for the stages of its usage plans. Without a plan no key opens the route: every call answers 403.',
  fix: {
    library: 'Add a plan to `usagePlans` of the gateway, or take `apiKeyRequired` off the route.',
    l2:
      'Add the stage to a plan, `api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] })`, or take ' +
      '`apiKeyRequired` off the method (WebSocket: `UsagePlan` of aws-apigatewayv2).',
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
        if (!planned?.some((it) => isPlanned(it, api, stage))) {
          yield {
            location: stage.location,
            message: `${stageLabel(stage)} is in no usage plan, but ${listed(routes.map(routeOf))} needs an API key: every call answers 403`,
          };
        }
      }
    }
  },
};
