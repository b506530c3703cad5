import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Owner } from '../authoring/errors';
import { httpRouteArn } from '../gateway/http-route-key';
import { suggest } from '../lookup/nearest';
import { type HttpRouteDefinition } from './route';
import { type HttpStageResources } from './stage-resources';

/**
 * What of an API is granted.
 */
export interface HttpGrantOptions {
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
export interface HttpGrantContext {
  readonly owner: Owner;
  readonly routes: readonly HttpRouteDefinition[];
  readonly stages: Readonly<Record<string, HttpStageResources>>;
  /** `arn:…:execute-api:region:account:api`. */
  readonly arn: string;
}

/** @throws where a route or stage is not there, or the route does not ask for a signature */
export function grantExecute(grantee: IGrantable, options: HttpGrantOptions, context: HttpGrantContext): Grant {
  const owner = context.owner.part('grantExecute');
  const routes = routesOf(options, context, owner);
  for (const { route, authorizer } of routes) {
    if (authorizer.kind !== 'iam') {
      throw owner.error(
        `route "${route.key}" has an authorizer of kind "${authorizer.kind}", which no IAM policy opens; give the route HttpAuthorizer.iam()`,
      );
    }
  }
  const stages = options.stages ? stagesOf(options.stages, context, owner).map(({ reference }) => reference) : ['*'];
  const paths = options.routes
    ? routes.map(({ route }) => httpRouteArn(route)).map(({ method, path }) => `${method}${path}`)
    : ['*'];
  return Grant.addToPrincipal({
    grantee,
    actions: ['execute-api:Invoke'],
    resourceArns: stages.flatMap((stage) => paths.map((path) => `${context.arn}/${stage}/${path}`)),
  });
}

function routesOf(options: HttpGrantOptions, { routes }: HttpGrantContext, owner: Owner) {
  if (options.routes?.length === 0)
    throw owner.error('routes is empty, so nothing would be granted; leave it out for all routes');
  return (options.routes ?? []).map((key) => findRoute(key, routes, owner));
}

/** @throws where the route is not there */
export function findRoute(key: string, routes: readonly HttpRouteDefinition[], owner: Owner): HttpRouteDefinition {
  const found = routes.find(({ route }) => route.key === key);
  const keys = routes.map(({ route }) => route.key);
  if (!found) throw owner.error(`there is no route "${key}" (yet).${suggest(key, keys)}`);
  return found;
}

function stagesOf(keys: readonly string[], { stages }: HttpGrantContext, owner: Owner) {
  if (keys.length === 0) throw owner.error('stages is empty, so nothing would be granted; leave it out for all stages');
  return keys.map((key) => {
    const stage = stages[key];
    if (!stage) throw owner.error(`there is no stage "${key}".${suggest(key, Object.keys(stages))}`);
    return stage;
  });
}
