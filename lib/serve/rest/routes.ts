import { PathTree } from '../path-tree';

/** A route that was found, and the values of the path parameters as they were sent. */
export interface Match<T> {
  readonly value: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The routes of a REST API: the most specific path that has the method, or ANY, as measured on the service.
 *
 * @see https://github.com/ministackorg/ministack/pull/1423
 * @see https://github.com/floci-io/floci/pull/3399
 */
export class RouteTree<T> {
  private readonly paths = new PathTree<T>();

  public add(path: string, method: string, value: T): void {
    this.paths.add(path, method, value);
  }

  /** @param path as it was sent, without the stage */
  public find(path: string, method: string): Match<T> | undefined {
    const segments = path.split('/').slice(1);
    // Slashes before a path and the one behind it do not count; in between, an empty segment is a segment.
    while (segments.length > 0 && segments[0] === '') segments.shift();
    if (segments.at(-1) === '') segments.pop();
    for (const { methods, pathParameters } of this.paths.matches(segments)) {
      const value = methods.get(method) ?? methods.get('ANY');
      if (value !== undefined) return { value, pathParameters };
    }
    return undefined;
  }
}
