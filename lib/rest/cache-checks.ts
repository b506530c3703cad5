import { type Owner } from '../authoring/errors';
import { type RestRouteDefinition } from './route';
import { type RestStageDefinition } from './stage';

/** What must hold between the caches of stages and routes, once all routes exist; returns the errors. */
export function checkCaches(
  owner: Owner,
  stages: Readonly<Record<string, RestStageDefinition>>,
  routes: readonly RestRouteDefinition[],
): string[] {
  const errors: string[] = [];
  const report = (where: Owner, message: string) => errors.push(where.error(message).message);
  const all = Object.values(stages);

  for (const stage of all) {
    const where = owner.part(`stage "${stage.key}"`);
    for (const [key, { cache }] of Object.entries(stage.routes)) {
      const route = cache ? routes.find((candidate) => candidate.route.key === key) : undefined;
      if (route && !route.cache)
        report(where, `routes["${key}"].cache is on, but the route has no cache; give it cache: {}`);
      else if (route && !stage.cache)
        report(where, `routes["${key}"].cache is on, but the stage has none; give it cache: {}`);
    }
  }
  const cached = routes.find(({ cache }) => cache);
  if (cached && !all.some((stage) => stage.cache)) {
    report(
      owner.part(`route "${cached.route.key}"`),
      'has a cache, but no stage has one; turn it on: stages: { prod: { cache: {} } }',
    );
  }
  const streamed = routes.find(
    ({ integration, cache }) => cache && integration.extension.responseTransferMode === 'STREAM',
  );
  if (streamed) {
    report(
      owner.part(`route "${streamed.route.key}"`),
      'streams its response, which cannot be cached; remove cache or streamResponse',
    );
  }
  return errors;
}
