import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type GrantContext, grantOnRoutes, selectedRoutes } from '../gateway/grants';
import { httpRouteArn } from '../gateway/http-route-key';
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

/** @throws where a route or stage is not there, or the route does not ask for a signature */
export function grantExecute(
  grantee: IGrantable,
  options: HttpGrantOptions,
  context: GrantContext<HttpRouteDefinition, HttpStageResources>,
): Grant {
  for (const { route, authorizer } of selectedRoutes(options.routes, context)) {
    if (authorizer.kind !== 'iam') {
      throw context.owner.error(
        `route "${route.key}" has an authorizer of kind "${authorizer.kind}", which no IAM policy opens; give the route HttpAuthorizer.iam()`,
      );
    }
  }
  return grantOnRoutes(grantee, 'execute-api:Invoke', options, context, ({ route }) => httpRouteArn(route));
}
