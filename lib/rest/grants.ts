import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type GrantContext, grantOnRoutes, selectedRoutes, selectedStages } from '../gateway/grants';
import { type RouteArn, routeArn } from '../integrations/source-arn';
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

type RestGrantContext = GrantContext<RestRouteDefinition, RestStageResources>;

/** @throws where a route or stage is not there, or the route does not ask for a signature */
export function grantExecute(grantee: IGrantable, options: RestGrantOptions, context: RestGrantContext): Grant {
  for (const { route, authorizer } of selectedRoutes(options.routes, context)) {
    if (authorizer.kind !== 'iam') {
      throw context.owner.error(
        `route "${route.key}" has an authorizer of kind "${authorizer.kind}", which no IAM policy opens; give the route RestAuthorizer.iam()`,
      );
    }
  }
  return grantOnRoutes(grantee, 'execute-api:Invoke', options, context, arnOf);
}

/** @throws where a route or stage is not there or has no cache */
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
