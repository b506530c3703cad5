import { Token } from 'aws-cdk-lib';
import { CallSite } from '../authoring/call-site';
import { Owner } from '../authoring/errors';
import { DEFAULT_ROUTE } from './http-route-key';
import { parsePath } from './route-key';
import { inherited, type RouteOptions, type SharedOptions } from './route-inheritance';
import { RouteOrigin } from './route-origin';

/** Takes the routes of a group. */
export type RouteReceiver<O> = (key: string, options: O, origin: RouteOrigin) => void;

type Entry<O extends RouteOptions> =
  { readonly key: string; readonly options: O; readonly site?: CallSite } | { readonly group: RouteGroup<O> };

/** The props of a group of any kind. */
interface GroupProps<O> extends SharedOptions {
  readonly prefix?: string;
  readonly routes?: { readonly [key: string]: O };
}

/**
 * Routes that share a prefix and options. It belongs to no gateway: each gateway that has it gets its routes, also those that are
 * added later.
 */
export class RouteGroup<O extends RouteOptions> {
  private readonly prefix: string;
  private readonly shared: SharedOptions;
  private readonly site = new CallSite();
  private readonly entries: Entry<O>[] = [];
  private readonly receivers: ((entry: Entry<O>) => void)[] = [];

  constructor(
    private readonly owner: Owner,
    { prefix = '', routes = {}, ...shared }: GroupProps<O>,
  ) {
    this.prefix = checkedPrefix(prefix, owner);
    this.shared = shared;
    for (const [key, options] of Object.entries(routes)) this.add({ key, options });
  }

  public addRoute(key: string, options: O): void {
    this.add({ key, options, site: new CallSite() });
  }

  /** @throws if it would contain itself */
  public addGroup(group: RouteGroup<O>): void {
    if (group.contains(this)) throw this.owner.error('a group cannot contain itself; add another group');
    this.add({ group });
  }

  /** Passes on the routes with their whole key and options: those that are there, and then each that is added. */
  public attach(receive: RouteReceiver<O>, parent = ''): void {
    const path = parent + this.prefix;
    const pass = (entry: Entry<O>) => {
      if ('group' in entry) {
        const inner: RouteReceiver<O> = (key, options, origin) => receive(key, inherited(this.shared, options), origin);
        return entry.group.attach(inner, path);
      }
      const { key, options, site = this.site } = entry;
      receive(this.below(path, key), inherited(this.shared, options), RouteOrigin.ofGroup(path, site));
    };
    this.entries.forEach(pass);
    this.receivers.push(pass);
  }

  private add(entry: Entry<O>): void {
    this.entries.push(entry);
    this.receivers.forEach((receive) => receive(entry));
  }

  private contains(group: RouteGroup<O>): boolean {
    return this === group || this.entries.some((entry) => 'group' in entry && entry.group.contains(group));
  }

  /** `GET /orders/{id}` for `GET /{id}` below `/orders`; a key of another form is reported by its parser. */
  private below(path: string, key: string): string {
    if (key === DEFAULT_ROUTE && path !== '') {
      throw this.owner.error(
        `route "${key}": takes what no other route of the API does, so it cannot have the prefix "${path}"; write "ANY /{proxy+}" for the rest below the prefix`,
      );
    }
    const [, method, rest] = /^(\S+) (\/.*)$/.exec(key) ?? [];
    return method === undefined ? key : `${method} ${rest === '/' ? path || '/' : path + rest}`;
  }
}

/** Empty for `/`. */
function checkedPrefix(prefix: string, owner: Owner): string {
  if (Token.isUnresolved(prefix)) {
    throw owner.error('prefix must be known at synth: it is part of the keys of the routes');
  }
  if (prefix === '' || prefix === '/') return '';
  const [method] = /^[A-Z]+ (?=\/)/.exec(prefix) ?? [];
  if (method !== undefined) {
    throw owner.error(`the prefix is a path without a method, which each route has: "${prefix.slice(method.length)}"`);
  }
  if (!prefix.startsWith('/')) throw owner.error(`the prefix must start with "/": "/${prefix}"`);
  if (prefix.includes('+}')) {
    throw owner.error('the greedy variable of the prefix takes all the rest of the path, so no route can be below it');
  }
  parsePath(prefix, owner);
  return prefix;
}

/** The owner of the errors of a group: `RestRouteGroup "/orders"`. */
export function groupOwner(type: string, props: unknown): Owner {
  const { prefix } = (props ?? {}) as { readonly prefix?: unknown };
  return new Owner(typeof prefix === 'string' && prefix !== '' ? `${type} "${prefix}"` : type);
}
