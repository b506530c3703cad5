import { checkedProps } from '../authoring/shapes/guard';
import { groupOwner, RouteGroup } from '../gateway/route-group';
import { type HttpRouteCommonOptions, type HttpRouteOptions } from './route';

/**
 * Routes of an HTTP API that share a prefix and options. Options of a route take precedence over those of its group, and these
 * over those of the groups around it. An `authorizer` replaces that of the group together with its `scopes`.
 * The statuses of `responses` are joined by name.
 *
 * @example
 * const props: HttpRouteGroupProps = {
 *   prefix: '/orders',
 *   authorizer: HttpAuthorizer.iam(),
 *   routes: { 'GET /': { integration: HttpIntegration.lambda(fn) }, 'GET /{id}': { integration: HttpIntegration.lambda(fn) } },
 * };
 */
export interface HttpRouteGroupProps extends HttpRouteCommonOptions {
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
  readonly routes?: { [key: string]: HttpRouteOptions };

  /**
   * Groups in the group; their prefix follows that of the group. More can be added with `addGroup`.
   *
   * @default - none
   */
  readonly groups?: HttpRouteGroup[];
}

/**
 * Routes of an HTTP API that share a prefix and options: for a part of an API that has its own file, stack or team. The API has the
 * same template as one whose routes are all written out.
 *
 * @example
 * const orders = new HttpRouteGroup({ prefix: '/orders', authorizer: HttpAuthorizer.iam() });
 * orders.addRoute('GET /{id}', { integration: HttpIntegration.lambda(fn) });
 * http.addRouteGroup(orders);
 */
export class HttpRouteGroup {
  /** @internal */
  public readonly _group: RouteGroup<HttpRouteOptions>;

  constructor(props: HttpRouteGroupProps = {}) {
    const owner = groupOwner('HttpRouteGroup', props);
    checkedProps(owner, 'HttpRouteGroupProps', props, new.target !== HttpRouteGroup);
    const { groups = [], ...rest } = props;
    this._group = new RouteGroup(owner, rest);
    groups.forEach((group) => this.addGroup(group));
  }

  /**
   * Adds a route, to the gateways that have the group as well.
   *
   * @param key `METHOD /path`, or `$default` in a group without prefix, without the prefix of the group: `GET /{id}`
   * @param options integration, and settings that take precedence over the group's
   * @throws if a gateway has the group, and the route conflicts with another one
   *
   * @example
   * const orders = new HttpRouteGroup({ prefix: '/orders' });
   * orders.addRoute('GET /{id}', { integration: HttpIntegration.lambda(fn), authorizer: HttpAuthorizer.iam() });
   */
  public addRoute(key: string, options: HttpRouteOptions): void {
    this._group.addRoute(key, options);
  }

  /**
   * Adds a group to the group: its prefix follows the prefix here, and its options take precedence.
   *
   * @param group the inner group
   * @throws if it would contain itself
   */
  public addGroup(group: HttpRouteGroup): void {
    this._group.addGroup(group._group);
  }
}
