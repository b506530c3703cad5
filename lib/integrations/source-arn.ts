/** A route as an execute-api ARN names it: `GET/orders/*`. */
export interface RouteArn {
  /** `*` for any method. */
  readonly method: string;
  /** With `*` for each path variable, starting with `/`. */
  readonly path: string;
}

/** @param path as in a route key; every variable stands for whatever the caller writes there */
export function routeArn(method: string, path: string): RouteArn {
  return { method: method === 'ANY' ? '*' : method, path: path.replace(/\{[^{}/]+\}/g, '*') };
}

/**
 * The narrowest `METHOD/path` pattern of one statement that covers all of the routes: what begins and what ends all paths
 * is kept, and `*` stands for the middle. One statement a function keeps its policy under 20 KB, whatever the number of
 * routes.
 */
export function coveringPattern(routes: readonly RouteArn[]): string {
  const [first, ...rest] = routes;
  let { method, path } = first;
  for (const route of rest) {
    if (route.method !== method) method = '*';
    path = coverBoth(path, route.path);
  }
  // Beside `$default`, which is no path, nothing but `*` is left of both.
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
