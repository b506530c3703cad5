import { type AnyApi, type ApiModel } from '../template/model/model';
import { isKnown, knownOr } from '../template/model/value';
import { type TemplateSource } from '../template/reader/source';
import { apiSubject, gatewayResponse } from './traits/apis';
import { authorizerSubject } from './traits/authorization';
import { domainSubject, mappingSubject, ruleSubject } from './traits/domains';
import { restRoute } from './traits/rest-routes';
import { Side, Traits } from './traits/side';
import { stageSubject } from './traits/stages';
import { throttlesOf, throttleTraits } from './traits/throttles';
import { apiKey, usagePlan } from './traits/usage';
import { v2Route } from './traits/v2-routes';
import { type ApiSurface, type Subject, type Surface } from './trait';
import { Written } from './written';

/** The APIs of the templates as callers see them. @param model of the same templates */
export function surfaceOf(sources: readonly TemplateSource[], model: ApiModel): Surface {
  const side = new Side(model, new Written(sources, model));
  const apis = [...model.restApis, ...model.httpApis, ...model.webSocketApis];
  return {
    apis: apis.map((api) => apiSurface(side, api)),
    shared: [
      ...model.domainNames.map((one) => domainSubject(side, one)),
      ...model.domainMappings
        .filter(({ resourceType }) => !resourceType.endsWith('RoutingRule'))
        .map((one) => mappingSubject(side, one)),
      ...model.routingRules.map((one) => ruleSubject(side, one)),
      ...model.usagePlans.map((one) => usagePlan(side, one)),
      ...model.apiKeys.map((one) => apiKey(side, one)),
    ],
  };
}

function apiSurface(side: Side, api: AnyApi): ApiSurface {
  const { kind, location, name, reference } = api;
  const routes = routesOf(side, api);
  const responses = api.kind === 'rest' ? api.gatewayResponses.map((one) => gatewayResponse(side, one)) : [];
  const constructPath = side.written.constructPath(location);
  return {
    kind,
    name: reference ? `API by ${reference.label}` : knownOr(name, location.logicalId),
    location,
    ...(constructPath !== undefined && { constructPath }),
    ...(isKnown(name) && { knownName: name }),
    self: apiSubject(side, api),
    routes,
    others: [
      ...api.authorizers.map((one) => authorizerSubject(side, one)),
      ...responses,
      ...api.stages.map((one) => stageSubject(side, one)),
    ],
  };
}

/** Each with the throttles that it has in the stages. */
function routesOf(side: Side, api: AnyApi): Subject[] {
  const stages = api.stages.map((stage) => ({
    name: knownOr(stage.stageName, stage.location.logicalId),
    throttles: throttlesOf(stage),
  }));
  const withThrottles = (subject: Subject, route: Parameters<(typeof stages)[number]['throttles']['of']>[0]) => {
    const traits = new Traits(side, subject.location);
    for (const { name, throttles } of stages) throttleTraits(traits, throttles.of(route), ` in ${name}`);
    return { ...subject, traits: [...subject.traits, ...traits.all] };
  };
  return api.kind === 'rest'
    ? api.methods.map((one) => withThrottles(restRoute(side, api, one), one))
    : api.routes.map((one) => withThrottles(v2Route(side, api, one), one));
}
