type Named<T> = { readonly [name: string]: T };

/** The options that a group may have for its routes, in any kind of API. */
export interface SharedOptions {
  readonly authorizer?: unknown;
  readonly scopes?: readonly string[];
  readonly responses?: Named<unknown>;
  readonly request?: { readonly query?: Named<boolean>; readonly headers?: Named<boolean> };
}

/** The options of a route of any kind. */
export type RouteOptions = SharedOptions & { readonly integration: unknown };

/**
 * The options of a route in a group. Its own win; parameters of the request and responses are joined by name. An authorizer brings its scopes:
 * those of the group belong to the group's.
 */
export function inherited<O extends RouteOptions>(shared: SharedOptions, own: O): O {
  const { request, responses } = shared;
  return {
    ...shared,
    ...(own.authorizer !== undefined && { scopes: undefined }),
    ...given(own),
    ...(request && own.request && { request: joinedRequest(request, own.request) }),
    ...(responses && own.responses && { responses: { ...responses, ...own.responses } }),
  };
}

type Request = NonNullable<SharedOptions['request']>;

function joinedRequest(outer: Request, own: Request): Request {
  const query = outer.query && own.query ? { ...outer.query, ...own.query } : (own.query ?? outer.query);
  const headers =
    outer.headers && own.headers ? joinedHeaders(outer.headers, own.headers) : (own.headers ?? outer.headers);
  return { ...outer, ...given(own), ...(query && { query }), ...(headers && { headers }) };
}

/** The names of headers have no case. */
function joinedHeaders(outer: Named<boolean>, own: Named<boolean>): Named<boolean> {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(outer).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}

/** Without what is undefined, which an object that is spread may have. */
function given<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
