import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type GrantContext, grantOnRoutes, selectedRoutes } from '../gateway/grants';
import { httpRouteArn } from '../gateway/http-route-key';
import { type HttpRouteDefinition } from './route';
import { type HttpStageResources } from './stage-resources';

/**
 * The routes and stages of an API that are granted.
 */
export interface HttpGrantOptions {
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

/** @throws if a route or stage does not exist, or the route does not require a signature */
export function grantExecute(
  grantee: IGrantable,
  options: HttpGrantOptions,
  context: GrantContext<HttpRouteDefinition, HttpStageResources>,
): Grant {
  for (const { route, authorizer } of selectedRoutes(options.routes, context)) {
    if (authorizer.kind !== 'iam') {
      throw context.owner.error(
        `route "${route.key}" has an authorizer of kind "${authorizer.kind}", for which an IAM policy has no effect; give the route HttpAuthorizer.iam()`,
      );
    }
  }
  return grantOnRoutes(grantee, 'execute-api:Invoke', options, context, ({ route }) => httpRouteArn(route));
}
