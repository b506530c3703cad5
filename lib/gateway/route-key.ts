import { HTTP_METHODS, PATH_SEGMENT, PATH_VARIABLE } from '../facts/names';
import { type Owner } from '../authoring/errors';
import { suggest } from '../lookup/nearest';
import { type RouteOrigin, twoOrigins } from './route-origin';

/** A parsed `METHOD /path`. */
export interface RouteKey {
  /** `GET /orders/{id}`: the method in upper case, one space, the path. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** Names of the path variables, in order; without the `+` of a greedy one. */
  readonly variables: readonly string[];
}

const FORM = 'write "METHOD /path", e.g. "GET /orders/{id}"';

/**
 * Parses a route key.
 * @throws if API Gateway would reject the method or path
 */
export function parseRouteKey(text: string, owner: Owner): RouteKey {
  const where = owner.part(`route "${text}"`);
  const match = /^(\S+) (\S.*)$/.exec(text);
  if (!match) throw where.error(`must be a method and a path with one space between: ${FORM}`);
  const [, method, path] = match;
  const methods: readonly string[] = HTTP_METHODS;
  if (!methods.includes(method)) {
    throw where.error(`"${method}" is not a method that a route takes.${suggest(method, methods)}`);
  }
  if (!path.startsWith('/')) {
    throw where.error(`the path must start with "/" after the method: "${method} /${path}"`);
  }
  return { key: text, method, path, variables: parsePath(path, where) };
}

/**
 * The variables of a path.
 * @throws if API Gateway would reject it
 */
export function parsePath(path: string, where: Owner): string[] {
  if (path === '/') return [];
  if (path.endsWith('/')) {
    throw where.error(
      `the path must not end in "/", which API Gateway drops: "${path.replace(/(?<!\/)\/+$/, '') || '/'}"`,
    );
  }
  const segments = path.slice(1).split('/');
  const variables: string[] = [];
  segments.forEach((segment, index) => {
    if (segment === '') throw where.error('the path has an empty segment ("//"): write one slash between segments');
    if (segment === '.' || segment === '..') {
      throw where.error(
        `clients remove "." and ".." from a path before they send it, so no request would reach this route; write "${withoutDots(segments)}"`,
      );
    }
    const variable = /^\{([^{}]*?)(\+?)\}$/.exec(segment);
    if (!variable) {
      if (/[{}]/.test(segment)) {
        throw where.error(`"${segment}": a path variable must be the whole segment, e.g. "/{id}"`);
      }
      const express = /^:([A-Za-z0-9._$-]+)([?*+]?)$/.exec(segment);
      if (express) {
        throw where.error(
          `"${segment}" would be taken literally; a path variable has braces: "/{${express[1]}${/[*+]/.test(express[2]) ? '+' : ''}}"`,
        );
      }
      if (!PATH_SEGMENT.test(segment)) {
        throw where.error(
          `"${segment}" has characters that a path segment cannot have; allowed: A-Z a-z 0-9 . _ : $ -`,
        );
      }
      return;
    }
    const [, name, greedy] = variable;
    if (!PATH_VARIABLE.test(name)) {
      throw where.error(
        `"${segment}" is not a path variable; between the braces go A-Z a-z 0-9 . _ : $ -, and "+" at the end of a greedy one`,
      );
    }
    if (greedy && index < segments.length - 1) {
      throw where.error(`the greedy variable "${segment}" must be the last segment: it takes all the rest of the path`);
    }
    if (variables.includes(name)) throw where.error(`the path variable "{${name}}" is in the path twice`);
    variables.push(name);
  });
  return variables;
}

/** The path as clients send it. */
function withoutDots(segments: readonly string[]): string {
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}

/** @throws if the route already exists */
export function refuseSecond(
  routes: ReadonlyMap<string, RouteOrigin | undefined>,
  key: string,
  where: Owner,
  origin: RouteOrigin | undefined,
): void {
  if (!routes.has(key)) return;
  throw where.error(`is defined twice; a route has one integration${twoOrigins(routes.get(key), origin)}`);
}

/** The paths of one API as a tree; conflicts are found when a route is added. */
export class RouteTree {
  private readonly routes = new Map<string, RouteOrigin | undefined>();
  private readonly variableOf = new Map<string, { readonly segment: string; readonly origin?: RouteOrigin }>();

  /** @throws if the route already exists, or names the variable of a parent differently */
  public add(route: RouteKey, owner: Owner, origin?: RouteOrigin): void {
    const where = owner.part(`route "${route.key}"`);
    refuseSecond(this.routes, route.key, where, origin);
    const segments = route.path.slice(1).split('/');
    segments.forEach((segment, index) => {
      if (!segment.startsWith('{')) return;
      const parent = '/' + segments.slice(0, index).join('/');
      const other = this.variableOf.get(parent);
      if (other !== undefined && other.segment !== segment) {
        throw where.error(
          `"${segment}" and "${other.segment}" are two path variables under "${parent}", but REST APIs allow one there; ` +
            `use the same name: "${route.key.replace(segment, other.segment)}"${twoOrigins(other.origin, origin)}`,
        );
      }
    });
    segments.forEach((segment, index) => {
      const parent = '/' + segments.slice(0, index).join('/');
      if (segment.startsWith('{') && !this.variableOf.has(parent)) this.variableOf.set(parent, { segment, origin });
    });
    this.routes.set(route.key, origin);
  }
}

/** `PostOrdersIdBody` for the body of `POST /orders/{id}`; model names are alphanumeric. */
export function modelName(route: Pick<RouteKey, 'key'>, suffix = 'Body'): string {
  const words = route.key.replace(/^\S+/, (method) => method.toLowerCase()).split(/[^A-Za-z0-9]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') + suffix;
}
