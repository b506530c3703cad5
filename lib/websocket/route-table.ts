import { type Owner } from '../authoring/errors';
import { refuseSecond } from '../gateway/route-key';
import { type RouteOrigin } from '../gateway/route-origin';
import { type WebSocketAuthorizer } from './authorizer';
import { type WebSocketRouteBinder } from './route-binder';
import { parseRouteKey } from './route-key';
import { type RouteResources } from './route-resources';
import { defineRoute, type WebSocketRouteDefinition, type WebSocketRouteOptions } from './route';

/** What routes are created with. */
export interface WebSocketRouteTableContext {
  readonly owner: Owner;
  readonly defaultAuthorizer?: WebSocketAuthorizer;
  readonly binder: WebSocketRouteBinder;
  readonly resources: RouteResources;
}

/** The routes of a gateway, each checked against existing ones. */
export class WebSocketRouteTable {
  private readonly keys = new Map<string, RouteOrigin>();

  constructor(
    private readonly routes: WebSocketRouteDefinition[],
    private readonly context: WebSocketRouteTableContext,
  ) {}

  /** @throws if the key is not valid, or already exists */
  public add(key: string, options: WebSocketRouteOptions, origin: RouteOrigin): void {
    const { binder, defaultAuthorizer, resources } = this.context;
    const route = parseRouteKey(key, this.context.owner);
    const owner = this.context.owner.part(`route "${key}"`);
    refuseSecond(this.keys, key, owner, origin);
    const definition = defineRoute(
      route,
      options,
      defaultAuthorizer,
      (integration, returnResponse) => binder.bind(integration, route, returnResponse, owner),
      binder.stack,
      owner,
    );
    this.keys.set(key, origin);
    this.routes.push(definition);
    resources.add(definition);
  }
}
