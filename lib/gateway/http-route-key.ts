import { type Owner } from '../authoring/errors';
import { parseRouteKey, refuseSecond, type RouteKey } from './route-key';
import { type RouteOrigin, twoOrigins } from './route-origin';
import { type RouteArn, routeArn } from '../integrations/source-arn';

/** The key of the catch-all route. */
export const DEFAULT_ROUTE = '$default';

/** A parsed `METHOD /path`, or `$default`. */
export interface HttpRouteKey extends RouteKey {
  readonly isDefault: boolean;
}

/**
 * Parses the route key of an HTTP API.
 * @throws if API Gateway would reject the method or path
 */
export function parseHttpRouteKey(text: string, owner: Owner): HttpRouteKey {
  if (text === DEFAULT_ROUTE) {
    return { key: text, method: 'ANY', path: `/${DEFAULT_ROUTE}`, variables: [], isDefault: true };
  }
  if (/^((\S+ )?\/?\$default|(\S+ |\/)?default)$/i.test(text)) {
    throw owner
      .part(`route "${text}"`)
      .error(`the route that takes what no other route does is "${DEFAULT_ROUTE}" alone, without a method and a path`);
  }
  return { ...parseRouteKey(text, owner), isDefault: false };
}

/** The route as named in an execute-api ARN: `GET/orders/*`, `$default`. */
export function httpRouteArn(route: HttpRouteKey): RouteArn {
  return route.isDefault ? { method: DEFAULT_ROUTE, path: '' } : routeArn(route.method, route.path);
}

/** Whether the route matches every path and method that no other route names. */
export function isCatchAll({ isDefault, method, path }: HttpRouteKey): boolean {
  return isDefault || (method === 'ANY' && /^\/\{[^{}/]+\+\}$/.test(path));
}

/** The routes of one HTTP API; conflicts are found when a route is added. */
export class HttpRoutes {
  private readonly keys = new Map<string, RouteOrigin | undefined>();
  /** Path without the names of its variables → path. */
  private readonly paths = new Map<string, { readonly path: string; readonly origin?: RouteOrigin }>();

  /** @throws if the route already exists, or its path equals another one with other names */
  public add({ key, method, path, isDefault }: HttpRouteKey, owner: Owner, origin?: RouteOrigin): void {
    const where = owner.part(`route "${key}"`);
    refuseSecond(this.keys, key, where, origin);
    const shape = path.replace(/\{[^{}]+?(\+?)\}/g, '{$1}');
    const other = isDefault ? undefined : this.paths.get(shape);
    if (other !== undefined && other.path !== path) {
      throw where.error(
        `"${path}" and "${other.path}" are one path to callers, and one document has it once; use the same names: ` +
          `"${method} ${other.path}"${twoOrigins(other.origin, origin)}`,
      );
    }
    this.keys.set(key, origin);
    if (!this.paths.has(shape)) this.paths.set(shape, { path, origin });
  }
}
