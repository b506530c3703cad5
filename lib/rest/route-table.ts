import { type Owner } from '../authoring/errors';
import { ModelRegistry } from '../json-schema/registry';
import { parseRouteKey, RouteTree } from '../gateway/route-key';
import { type RestAuthorizer } from './authorizer';
import { modelName } from './document';
import { type JwtAuthorizers } from './jwt-authorizers';
import { defineRoute, type RestRouteOptions, type RestRouteDefinition } from './route';
import { type RestRouteBinder } from './route-binder';
import { type RestSecuritySchemes } from './security';

/** What routes are made with. */
export interface RestRouteTableContext {
  readonly owner: Owner;
  readonly defaultAuthorizer?: RestAuthorizer;
  /** For routes that do not say. */
  readonly apiKeyRequired: boolean;
  readonly binder: RestRouteBinder;
  readonly security: RestSecuritySchemes;
  readonly jwtAuthorizers: JwtAuthorizers;
}

/** The routes of a gateway, each checked against those that are there. */
export class RestRouteTable {
  private readonly tree = new RouteTree();
  private readonly models = new ModelRegistry();

  constructor(
    private readonly routes: RestRouteDefinition[],
    private readonly context: RestRouteTableContext,
  ) {}

  /** @throws where the key is not a route, or the route cannot stand beside those that are there */
  public add(key: string, options: RestRouteOptions): void {
    const { binder, defaultAuthorizer, jwtAuthorizers, security } = this.context;
    const route = parseRouteKey(key, this.context.owner);
    const owner = this.context.owner.part(`route "${key}"`);
    this.tree.add(route, this.context.owner);
    const bind = binder.binderOf(route, owner);
    const apiKeyRequired = options.apiKeyRequired ?? this.context.apiKeyRequired;
    const defined = defineRoute(route, { ...options, apiKeyRequired }, defaultAuthorizer, bind, binder.stack, owner);
    const definition = jwtAuthorizers.bind(defined, options.scopes !== undefined);
    security.add(definition.authorizer);
    const { body } = definition.request;
    // Named anew when the document is made; here only so that a clash is thrown where the route is written.
    if (body) this.models.add(body, modelName(route), owner);
    this.routes.push(definition);
  }
}
