/** A route in an execute-api ARN: `GET/orders/*`. */
export interface RouteArn {
  /** `*` for any method. */
  readonly method: string;
  /** With `*` for each path variable, starting with `/`. */
  readonly path: string;
}

/** @param path as in a route key; every variable stands for any text in the request */
export function routeArn(method: string, path: string): RouteArn {
  return { method: method === 'ANY' ? '*' : method, path: path.replace(/\{[^{}/]+\}/g, '*') };
}

/**
 * The narrowest `METHOD/path` pattern of one statement that covers both: the common start and end of the paths are kept, and `*`
 * stands for the middle. One statement per function keeps its policy under 20 KB, whatever the number of routes.
 */
export function covering(one: RouteArn, other: RouteArn): RouteArn {
  return { method: one.method === other.method ? one.method : '*', path: coverBoth(one.path, other.path) };
}

/** `GET/orders/*` */
export function patternOf({ method, path }: RouteArn): string {
  // Together with `$default`, which is not a path, only `*` is common.
  return `${method}${path}`.replace(/^\*+$/, '*');
}

function coverBoth(a: string, b: string): string {
  if (a === b) return a;
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return `${a.slice(0, start)}*${a.slice(a.length - end)}`.replace(/\*+/g, '*');
}
