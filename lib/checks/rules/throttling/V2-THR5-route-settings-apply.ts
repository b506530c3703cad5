import { type HttpApi, type V2Route, type V2Stage, type WebSocketApi } from '../../../template/model/model';
import { grouped } from '../../../lookup/grouped';
import { suggest } from '../../../lookup/nearest';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, sameResource, stageLabel } from '../../queries/common';
import { routeSettingsOf } from '../../queries/v2';

/** Routes by key; undefined if not all are known. */
function routesByKey(api: HttpApi | WebSocketApi): ReadonlyMap<string, V2Route[]> | undefined {
  // With a base path the keys are not those of the document.
  const isMoved = 'basePath' in api && api.basePath !== undefined && api.basePath !== 'ignore';
  const isTold = api.form !== 'opaque' && !isMoved && api.routes.every(({ routeKey }) => isKnown(routeKey));
  if (!isTold) {
    return undefined;
  }
  return grouped(api.routes, ({ routeKey }) => String(routeKey));
}

/** How many keys are compared with every route: all of them would take the square of the routes. */
const COMPARED_KEYS = 20;

interface KnownRoutes {
  readonly byKey: ReadonlyMap<string, V2Route[]>;
  compared: number;
}

function problem(key: string, routes: KnownRoutes, stage: V2Stage): string | undefined {
  const made = routes.byKey.get(key);
  if (!made) {
    const near = routes.compared++ < COMPARED_KEYS ? suggest(key, [...routes.byKey.keys()]) : '';
    return `which the API does not have${near}`;
  }
  // Of routes under different conditions one is created; waiting for one of them is enough.
  return made.some((route) => isThereBefore(stage, route))
    ? undefined
    : `but does not depend on ${made[0].location.logicalId}, which creates the route`;
}

function isThereBefore(stage: V2Stage, { location, implicit }: V2Route): boolean {
  const isApart = location.template === stage.location.template && !sameResource(location, stage.location);
  return !isApart || implicit === true || stage.implicit === true || stage.reaches(location);
}

export const rule: Rule = {
  id: 'V2-THR5',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'Route settings apply to a route that is created before the stage',
  why: 'A key that is misspelled, or whose route is created after the stage, fails the deployment: "Unable to find Route by key … within the provided RouteSettings".',
  fix: {
    library: 'Set `routes` on the stage of the `HttpGateway` or `WebSocketGateway`: the stage depends on them itself.',
    l2: 'Use the exact route key in the `routeSettings` of the `CfnStage`, and call `stage.node.addDependency(route)`.',
    cloudFormation:
      'Use the exact `RouteKey` as the key in `RouteSettings`, and list the route in the `DependsOn` of the stage.',
  },
  link: guide('http-api-throttling'),
  *check(model) {
    const known = new Map<HttpApi | WebSocketApi, KnownRoutes | undefined>();
    for (const { stage, setting, api } of routeSettingsOf(model)) {
      if (!api || setting.routeKey === undefined) {
        continue;
      }
      if (!known.has(api)) {
        const byKey = routesByKey(api);
        known.set(api, byKey && { byKey, compared: 0 });
      }
      const routes = known.get(api);
      const what = routes && problem(setting.routeKey, routes, stage);
      if (what !== undefined) {
        yield {
          location: setting.location,
          message: `${stageLabel(stage)} has settings for ${setting.routeKey}, ${what}`,
          key: setting.routeKey,
        };
      }
    }
  },
};
