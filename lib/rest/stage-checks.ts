import { type Owner } from '../authoring/errors';
import { suggest } from '../lookup/nearest';
import { STAGE_VARIABLES_PER_STAGE } from '../facts/quotas';
import { type RestRouteDefinition } from './route';
import { type RestRouteBinder } from './route-binder';
import { type RestStageDefinition } from './stage';

/** What must hold between stages and routes, once all routes are there; returns the errors. */
export function checkStages(
  owner: Owner,
  stages: Readonly<Record<string, RestStageDefinition>>,
  routes: readonly RestRouteDefinition[],
  binder: RestRouteBinder,
): string[] {
  const errors: string[] = [];
  const report = (where: Owner, message: string) => errors.push(where.error(message).message);
  const keys = routes.map(({ route }) => route.key);
  const all = Object.values(stages);

  for (const stage of all) {
    const where = owner.part(`stage "${stage.key}"`);
    for (const [route, options] of Object.entries(stage.routes)) {
      const known = routes.find((candidate) => candidate.route.key === route);
      if (!known) report(where, `routes has "${route}", which is no route of the gateway.${suggest(route, keys)}`);
      else if (options.cache && !known.cache)
        report(where, `routes["${route}"].cache is on, but the route has no cache; give it cache: {}`);
      else if (options.cache && !stage.cache)
        report(where, `routes["${route}"].cache is on, but the stage has none; give it cache: {}`);
    }
    const variables = binder.variablesOf(stage);
    const names = Object.keys(variables);
    for (const [name, route] of binder.usedVariables) {
      if (!Object.hasOwn(variables, name)) {
        const hint = names.length > 0 ? suggest(name, names) : ` Set it: variables: { ${name}: "…" }`;
        report(where, `has no variable "${name}", which route "${route}" reads.${hint}`);
      }
    }
    if (names.length > STAGE_VARIABLES_PER_STAGE) {
      report(
        where,
        `has ${names.length} variables, those of lambdaByStage included; a stage takes ${STAGE_VARIABLES_PER_STAGE}`,
      );
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
      'streams its response, which cannot be cached; leave out cache or streamResponse',
    );
  }
  return errors;
}
