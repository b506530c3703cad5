import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type GrantContext, grantOnRoutes, selectedRoutes, selectedStages } from '../gateway/grants';
import { type RouteArn, routeArn } from '../integrations/source-arn';
import { type RestRouteDefinition } from './route';
import { type RestStageResources } from './stage-resources';

/**
 * The routes and stages of an API that are granted.
 */
export interface RestGrantOptions {
  /**
   * Keys of existing routes, e.g. `GET /orders/{id}`.
   *
   * @default - all, including those added later
   */
  readonly routes?: string[];

  /**
   * Keys of the `stages` map.
   *
   * @default - all
   */
  readonly stages?: string[];
}

type RestGrantContext = GrantContext<RestRouteDefinition, RestStageResources>;

/** @throws if a route or stage does not exist, or the route does not require a signature */
export function grantExecute(grantee: IGrantable, options: RestGrantOptions, context: RestGrantContext): Grant {
  for (const { route, authorizer } of selectedRoutes(options.routes, context)) {
    if (authorizer.kind !== 'iam') {
      throw context.owner.error(
        `route "${route.key}" has an authorizer of kind "${authorizer.kind}", for which an IAM policy has no effect; give the route RestAuthorizer.iam()`,
      );
    }
  }
  return grantOnRoutes(grantee, 'execute-api:Invoke', options, context, arnOf);
}

/** @throws if a route or stage does not exist or has no cache */
export function grantInvalidateCache(grantee: IGrantable, options: RestGrantOptions, context: RestGrantContext): Grant {
  const { owner } = context;
  for (const { route, cache } of selectedRoutes(options.routes, context)) {
    if (!cache) throw owner.error(`route "${route.key}" has no cache; give it cache: {}`);
  }
  const stages = selectedStages(options.stages, context);
  if (!stages.some(({ definition }) => definition.cache)) {
    const names = stages.map(({ definition }) => `"${definition.key}"`).join(', ');
    throw owner.error(
      `there is no cache on ${stages.length > 1 ? 'the stages' : 'stage'} ${names}; turn it on: stages: { prod: { cache: {} } }`,
    );
  }
  return grantOnRoutes(grantee, 'execute-api:InvalidateCache', options, context, arnOf);
}

const arnOf = ({ route }: RestRouteDefinition): RouteArn => routeArn(route.method, route.path);
