import { checkedProps } from '../authoring/shapes/guard';
import { groupOwner, RouteGroup } from '../gateway/route-group';
import { type RestRouteCommonOptions, type RestRouteOptions } from './route';

/**
 * Routes of a REST API that share a prefix and options. Options of a route take precedence over those of its group, and these
 * over those of the groups around it. An `authorizer` replaces that of the group together with its `scopes`.
 * `query` and `headers` of `request`, and the statuses of `responses`, are joined by name.
 *
 * @example
 * const props: RestRouteGroupProps = {
 *   prefix: '/orders',
 *   authorizer: RestAuthorizer.iam(),
 *   routes: { 'GET /': { integration: RestIntegration.lambda(fn) }, 'GET /{id}': { integration: RestIntegration.lambda(fn) } },
 * };
 */
export interface RestRouteGroupProps extends RestRouteCommonOptions {
  /**
   * The path that the paths of all routes begin with, e.g. `/orders` or `/tenants/{tenant}`. `GET /` is then `GET /orders`.
   *
   * @default - none
   */
  readonly prefix?: string;

  /**
   * The routes: `METHOD /path` without the prefix → route. More can be added with `addRoute`.
   *
   * @default - none
   */
  readonly routes?: { [key: string]: RestRouteOptions };

  /**
   * Groups in the group; their prefix follows that of the group. More can be added with `addGroup`.
   *
   * @default - none
   */
  readonly groups?: RestRouteGroup[];
}

/**
 * Routes of a REST API that share a prefix and options: for a part of an API that has its own file, stack or team. The API has the
 * same template as one whose routes are all written out.
 *
 * @example
 * const orders = new RestRouteGroup({ prefix: '/orders', authorizer: RestAuthorizer.iam() });
 * orders.addRoute('GET /{id}', { integration: RestIntegration.lambda(fn) });
 * rest.addRouteGroup(orders);
 */
export class RestRouteGroup {
  /** @internal */
  public readonly _group: RouteGroup<RestRouteOptions>;

  constructor(props: RestRouteGroupProps = {}) {
    const owner = groupOwner('RestRouteGroup', props);
    checkedProps(owner, 'RestRouteGroupProps', props, new.target !== RestRouteGroup);
    const { groups = [], ...rest } = props;
    this._group = new RouteGroup(owner, rest);
    groups.forEach((group) => this.addGroup(group));
  }

  /**
   * Adds a route, to the gateways that have the group as well.
   *
   * @param key `METHOD /path`, without the prefix of the group: `GET /{id}`
   * @param options integration, and settings that take precedence over the group's
   * @throws if a gateway has the group, and the route conflicts with another one
   *
   * @example
   * const orders = new RestRouteGroup({ prefix: '/orders' });
   * orders.addRoute('GET /{id}', { integration: RestIntegration.lambda(fn), authorizer: RestAuthorizer.iam() });
   */
  public addRoute(key: string, options: RestRouteOptions): void {
    this._group.addRoute(key, options);
  }

  /**
   * Adds a group to the group: its prefix follows the prefix here, and its options take precedence.
   *
   * @param group the inner group
   * @throws if it would contain itself
   */
  public addGroup(group: RestRouteGroup): void {
    this._group.addGroup(group._group);
  }
}
