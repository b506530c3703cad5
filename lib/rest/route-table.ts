import { type Owner } from '../authoring/errors';
import { ModelRegistry } from '../json-schema/registry';
import { modelName, parseRouteKey, RouteTree } from '../gateway/route-key';
import { type RouteOrigin } from '../gateway/route-origin';
import { addResponseModels } from '../gateway/route-response';
import { type RestAuthorizer } from './authorizer';
import { type JwtAuthorizers } from './jwt-authorizers';
import { defineRoute, type RestRouteOptions, type RestRouteDefinition } from './route';
import { type RestRouteBinder } from './route-binder';
import { type RestSecuritySchemes } from './security';

/** What routes are created with. */
export interface RestRouteTableContext {
  readonly owner: Owner;
  readonly defaultAuthorizer?: RestAuthorizer;
  /** For routes that do not set one. */
  readonly apiKeyRequired: boolean;
  readonly binder: RestRouteBinder;
  readonly security: RestSecuritySchemes;
  readonly jwtAuthorizers: JwtAuthorizers;
}

/** The routes of a gateway, each checked against existing ones. */
export class RestRouteTable {
  private readonly tree = new RouteTree();
  private readonly models = new ModelRegistry();

  constructor(
    private readonly routes: RestRouteDefinition[],
    private readonly context: RestRouteTableContext,
  ) {}

  /** @throws if the key is not valid, or the route conflicts with an existing one */
  public add(key: string, options: RestRouteOptions, origin: RouteOrigin): void {
    const { binder, defaultAuthorizer, jwtAuthorizers, security } = this.context;
    const parent = origin.ownerOf(this.context.owner);
    const route = parseRouteKey(key, parent);
    const owner = parent.part(`route "${key}"`);
    this.tree.add(route, parent, origin);
    const bind = binder.binderOf(route, owner);
    const apiKeyRequired = options.apiKeyRequired ?? this.context.apiKeyRequired;
    const defined = defineRoute(route, { ...options, apiKeyRequired }, defaultAuthorizer, bind, binder.stack, owner);
    const definition = jwtAuthorizers.bind(defined, options.scopes !== undefined);
    security.add(definition.authorizer);
    const { body } = definition.request;
    // Named again when the document is built; done here so a clash throws where the route is written.
    if (body) this.models.add(body, modelName(route), owner);
    addResponseModels(definition, this.models, owner);
    this.routes.push(definition);
  }
}
