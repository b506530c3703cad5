import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Owner } from '../authoring/errors';
import { suggest } from '../lookup/nearest';
import { routeArn } from '../integrations/source-arn';
import { type RestRouteDefinition } from './route';
import { type RestStageResources } from './stage-resources';

/**
 * What of an API is granted.
 */
export interface RestGrantOptions {
  /**
   * Keys of routes that are there already, e.g. `GET /orders/{id}`.
   *
   * @default - all, also those that come later
   */
  readonly routes?: string[];

  /**
   * Keys of the `stages` map.
   *
   * @default - all
   */
  readonly stages?: string[];
}

/** What the grants are made from. */
export interface RestGrantContext {
  readonly owner: Owner;
  readonly routes: readonly RestRouteDefinition[];
  readonly stages: Readonly<Record<string, RestStageResources>>;
  /** `arn:…:execute-api:region:account:api`. */
  readonly arn: string;
}

/** @throws where a route or stage is not there, or the route does not ask for a signature */
export function grantExecute(grantee: IGrantable, options: RestGrantOptions, context: RestGrantContext): Grant {
  const owner = context.owner.part('grantExecute');
  for (const { route, authorizer } of routesOf(options, context, owner)) {
    if (authorizer.kind !== 'iam') {
      throw owner.error(
        `route "${route.key}" has an authorizer of kind "${authorizer.kind}", which no IAM policy opens; give the route RestAuthorizer.iam()`,
      );
    }
  }
  return grant(grantee, 'execute-api:Invoke', options, context, owner);
}

/** @throws where a route or stage is not there or has no cache */
export function grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions, context: RestGrantContext): Grant {
  const owner = context.owner.part('grantInvalidateCache');
  for (const { route, cache } of routesOf(options, context, owner)) {
    if (!cache) throw owner.error(`route "${route.key}" has no cache; give it cache: {}`);
  }
  const stages = stagesOf(options, context, owner);
  if (!stages.some(({ definition }) => definition.cache)) {
    const names = stages.map(({ definition }) => `"${definition.key}"`).join(', ');
    throw owner.error(
      `there is no cache on ${stages.length > 1 ? 'the stages' : 'stage'} ${names}; turn it on: stages: { prod: { cache: {} } }`,
    );
  }
  return grant(grantee, 'execute-api:InvalidateCache', options, context, owner);
}

function grant(
  grantee: IGrantable,
  action: string,
  options: RestGrantOptions,
  context: RestGrantContext,
  owner: Owner,
): Grant {
  const stages = options.stages ? stagesOf(options, context, owner).map(({ reference }) => reference) : ['*'];
  const paths = options.routes
    ? routesOf(options, context, owner)
        .map(({ route }) => routeArn(route.method, route.path))
        .map(({ method, path }) => `${method}${path}`)
    : ['*'];
  return Grant.addToPrincipal({
    grantee,
    actions: [action],
    resourceArns: stages.flatMap((stage) => paths.map((path) => `${context.arn}/${stage}/${path}`)),
  });
}

function routesOf(
  options: RestGrantOptions,
  { routes }: RestGrantContext,
  owner: Owner,
): readonly RestRouteDefinition[] {
  if (options.routes?.length === 0)
    throw owner.error('routes is empty, so nothing would be granted; leave it out for all routes');
  return (options.routes ?? []).map((key) => findRoute(key, routes, owner));
}

/** @throws where the route is not there */
export function findRoute(key: string, routes: readonly RestRouteDefinition[], owner: Owner): RestRouteDefinition {
  const found = routes.find(({ route }) => route.key === key);
  const keys = routes.map(({ route }) => route.key);
  if (!found) throw owner.error(`there is no route "${key}" (yet).${suggest(key, keys)}`);
  return found;
}

function stagesOf(
  options: RestGrantOptions,
  { stages }: RestGrantContext,
  owner: Owner,
): readonly RestStageResources[] {
  if (options.stages?.length === 0)
    throw owner.error('stages is empty, so nothing would be granted; leave it out for all stages');
  return (options.stages ?? Object.keys(stages)).map((key) => {
    const stage = stages[key];
    if (!stage) throw owner.error(`there is no stage "${key}".${suggest(key, Object.keys(stages))}`);
    return stage;
  });
}
