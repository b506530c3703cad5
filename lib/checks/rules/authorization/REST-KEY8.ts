import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { guide, isPreflight, sameResource } from '../../support';
import { routesOfApi } from '../../v2-support';

export const rule: Rule = {
  id: 'REST-KEY8',
  appliesTo: ['rest', 'websocket'],
  severity: 'info',
  title: 'A usage plan is of an API that asks for keys',
  why: 'Requests are counted by key, and limited by it, on routes that require one. Where none does, the plan limits nobody.',
  fix: {
    library: 'Set `apiKeyRequired: true` on the routes that the plan is for, or leave the plan out.',
    l2: 'Set `apiKeyRequired: true` in `addMethod`, or leave the plan out (WebSocket: `ApiKeyRequired` of the route `$connect`).',
    cloudFormation: 'Set `ApiKeyRequired: true` on the methods (routes) that the plan is for, or leave the plan out.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    const apis = [...model.restApis, ...model.webSocketApis];
    for (const { apiStages, location } of model.usagePlans) {
      if (!isKnown(apiStages) || apiStages.length === 0) continue;
      const planned = apiStages.map(({ api }) =>
        isKnown(api) ? apis.find((one) => sameResource(api, one.location)) : undefined,
      );
      const asked = planned.some((api) => {
        const routes = api ? routesOfApi(api).filter((route) => !isPreflight(route)) : [];
        return routes.length === 0 || routes.some(({ apiKeyRequired }) => apiKeyRequired !== false);
      });
      if (!asked) {
        yield {
          location,
          message: `no route of its APIs asks for a key, so that usage plan ${location.logicalId} limits nobody`,
        };
      }
    }
  },
};
