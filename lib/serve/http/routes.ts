import { PathTree } from '../path-tree';

/** The route of a request, and the values of its path parameters. */
export interface RouteMatch<T> {
  readonly value: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The routes of an HTTP API. A path that matches as a whole goes before a greedy parameter, and this before `$default`; a path
 * counts only if it has the method.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class HttpRoutes<T> {
  private readonly paths = new PathTree<T>();
  private defaultRoute?: T;

  /** @param path undefined for `$default` */
  public add(method: string, path: string | undefined, value: T): void {
    if (path === undefined) this.defaultRoute = value;
    else this.paths.add(path, method, value);
  }

  /** @param path decoded, without the stage */
  public find(path: string, method: string): RouteMatch<T> | undefined {
    const matches = [...this.paths.matches(segmentsOf(path))];
    for (const { methods, pathParameters } of [
      ...matches.filter(({ isGreedy }) => !isGreedy),
      ...matches.filter(({ isGreedy }) => isGreedy),
    ]) {
      const value = methods.get(method) ?? methods.get('ANY');
      if (value !== undefined) return { value, pathParameters };
    }
    return this.defaultRoute === undefined ? undefined : { value: this.defaultRoute, pathParameters: {} };
  }
}

/** Slashes before a path count as one. The one at the end counts: `/pets/` is not `/pets`. */
function segmentsOf(path: string): string[] {
  const written = path.replace(/^\/+/, '');
  return written === '' ? [] : written.split('/');
}
