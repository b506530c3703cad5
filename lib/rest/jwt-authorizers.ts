import { Stack, Token } from 'aws-cdk-lib';
import { brotliCompressSync, constants } from 'node:zlib';
import { type Construct } from 'constructs';
import { type Owner, show } from '../authoring/errors';
import { environmentOf, JwtAuthorizerFunction } from '../jwt/authorizer-function';
import { type JwtSettings } from '../jwt/settings';
import { type RestAuthorizerDefinition } from './authorizer-definition';
import { type RestRouteDefinition } from './route';

/** Lambda's limit: names and values of all variables of a function together. */
const ENVIRONMENT_MAX_BYTES = 4096;
/** Up to this size scopes of routes are written in readable form. */
const READABLE_MAX_BYTES = 2048;

/** Route key → its own scopes; undefined if the authorizer's apply. */
type RouteScopes = Map<string, readonly string[] | undefined>;

interface Bound {
  readonly settings: JwtSettings;
  readonly authorizer: RestAuthorizerDefinition;
  readonly construct: JwtAuthorizerFunction;
  readonly routes: RouteScopes;
}

/** The JWT authorizers of one gateway: one function each, and the scopes that routes require. */
export class JwtAuthorizers {
  private readonly bound = new Map<string, Bound>();

  constructor(
    private readonly scope: Construct,
    private readonly owner: Owner,
  ) {}

  /**
   * The route with the function of its authorizer; other routes unchanged.
   * @throws if two different authorizers have the same name
   */
  public bind(route: RestRouteDefinition, hasOwnScopes: boolean): RestRouteDefinition {
    const { jwt, name } = route.authorizer;
    if (!jwt) return route;
    const bound = this.bound.get(name) ?? this.create(route.authorizer, jwt);
    if (JSON.stringify(bound.settings) !== JSON.stringify(jwt)) {
      throw this.owner.error(
        `two different authorizers are both named "${name}"; give one of them another authorizerName`,
      );
    }
    bound.routes.set(route.route.key, hasOwnScopes ? this.known(route.scopes, route.route.key) : undefined);
    return { ...route, authorizer: { ...bound.authorizer, ttlSeconds: route.authorizer.ttlSeconds } };
  }

  /**
   * What a decision is cached for. With scopes per route it is cached per route: its policy then need not be right for all routes
   * of the stage, which no policy can be, since the pattern of `/orders/{id}` also matches `/orders/{id}/secret`.
   */
  public identitySources(authorizer: RestAuthorizerDefinition): readonly string[] {
    const routes = authorizer.jwt && this.bound.get(authorizer.name)?.routes;
    return routes && haveOwn(routes)
      ? [...authorizer.identitySources, 'context.httpMethod', 'context.resourcePath']
      : authorizer.identitySources;
  }

  /** The settings that do not fit into the environment of its function. */
  public errors(): string[] {
    return [...this.bound].flatMap(([name, { settings, routes }]) => {
      const variables = environmentOf(settings, encodeRouteScopes(routes), Stack.of(this.scope));
      const size = Object.entries(variables).reduce(
        (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
        0,
      );
      if (size <= ENVIRONMENT_MAX_BYTES) return [];
      return [
        this.owner.error(
          `authorizer "${name}": the scopes of its ${routes.size} routes and the other settings take ${size} bytes, but the environment of its ` +
            `function holds ${ENVIRONMENT_MAX_BYTES}; set the scopes that most routes need on the authorizer, and on routes only those that differ, ` +
            'or give other routes a separate authorizer (authorizerName)',
        ).message,
      ];
    });
  }

  private create(authorizer: RestAuthorizerDefinition, settings: JwtSettings): Bound {
    const routes: RouteScopes = new Map();
    const construct = new JwtAuthorizerFunction(this.scope, `Authorizer-${authorizer.name}`, settings, () =>
      encodeRouteScopes(routes),
    );
    const bound = { settings, authorizer: { ...authorizer, fn: construct.fn }, construct, routes };
    this.bound.set(authorizer.name, bound);
    return bound;
  }

  /** @throws if one is known only at deployment */
  private known(scopes: readonly string[], key: string): readonly string[] {
    const token = scopes.find((scope) => Token.isUnresolved(scope));
    if (token !== undefined)
      throw this.owner.error(
        `route "${key}": scopes: ${show(token)} is known only at deployment, but the scopes of a route must be known before; write them out`,
      );
    return scopes;
  }
}

function haveOwn(routes: RouteScopes): boolean {
  return [...routes.values()].some((scopes) => scopes !== undefined);
}

/** Pairs of scopes (null: those of the authorizer) and the routes that need one of them, in a stable order. */
function encodeRouteScopes(routes: RouteScopes): string | undefined {
  if (!haveOwn(routes)) return undefined;
  const groups = new Map<string, string[]>();
  for (const [route, scopes] of [...routes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Without it, the function would treat it as part of the neighboring ANY route.
    const besideAny = routes.get(route.replace(/^\S+/, 'ANY')) !== undefined;
    if (scopes === undefined && !besideAny) continue;
    const group = JSON.stringify(scopes ?? null);
    groups.set(group, [...(groups.get(group) ?? []), route]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const json = JSON.stringify(sorted.map(([scopes, keys]) => [JSON.parse(scopes), keys]));
  if (Buffer.byteLength(json) <= READABLE_MAX_BYTES) return json;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
  return `br:${brotliCompressSync(json, { params }).toString('base64')}`;
}
