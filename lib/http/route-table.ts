import { Stack } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { refuseOtherRegion } from '../integrations/function-place';
import { HttpRoutes, parseHttpRouteKey } from '../gateway/http-route-key';
import { type RouteOrigin } from '../gateway/route-origin';
import { addResponseModels } from '../gateway/route-response';
import { ModelRegistry } from '../json-schema/registry';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type HttpAuthorizer } from './authorizer';
import { type Preflights } from './preflight';
import { defineRoute, type HttpRouteDefinition, type HttpRouteOptions } from './route';
import { type HttpRouteBinder } from './route-binder';
import { type HttpSecuritySchemes } from './security';

/** What routes are created with. */
export interface HttpRouteTableContext {
  readonly owner: Owner;
  readonly defaultAuthorizer?: HttpAuthorizer;
  readonly binder: HttpRouteBinder;
  readonly permissions: LambdaPermissions;
  readonly preflights: Preflights;
  readonly security: HttpSecuritySchemes;
}

/** The routes of a gateway, each checked against existing ones. */
export class HttpRouteTable {
  private readonly known = new HttpRoutes();
  /** `operationId` → key of its route. */
  private readonly names = new Map<string, string>();
  private readonly models = new ModelRegistry();

  constructor(
    private readonly routes: HttpRouteDefinition[],
    private readonly context: HttpRouteTableContext,
  ) {}

  /** @throws if the key is not valid, or the route conflicts with an existing one */
  public add(key: string, options: HttpRouteOptions, origin: RouteOrigin): void {
    const { binder, defaultAuthorizer, permissions, preflights, security } = this.context;
    const parent = origin.ownerOf(this.context.owner);
    const route = parseHttpRouteKey(key, parent);
    const owner = parent.part(`route "${key}"`);
    this.known.add(route, parent, origin);
    const bind = binder.binderOf(route, owner);
    const definition = defineRoute(route, options, defaultAuthorizer, bind, binder.stack, owner);
    this.checkName(definition, owner);
    // Named again when the document is built; done here so a clash throws where the route is written.
    addResponseModels(definition, this.models, owner);
    security.add(definition.authorizer);
    const { lambda } = definition.authorizer;
    if (lambda) {
      refuseOtherRegion(lambda.fn, Stack.of(permissions), 'http', owner);
      permissions.grantAuthorizer(lambda.fn);
    }
    this.routes.push(definition);
    preflights.prepare(definition);
  }

  /** An import warns of a duplicate `operationId`, and fails. */
  private checkName({ operationName, route }: HttpRouteDefinition, owner: Owner): void {
    if (operationName === undefined) return;
    const other = this.names.get(operationName);
    if (other !== undefined) {
      throw owner.error(`operationName "${operationName}" is also that of route "${other}"; each route needs its own`);
    }
    this.names.set(operationName, route.key);
  }
}
