import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { bindIntegration } from '../gateway/bound-config';
import { httpRouteArn, type HttpRouteKey } from '../gateway/http-route-key';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { RouteBinder } from '../gateway/route-binder';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type ServiceRoles } from '../integrations/service-roles';
import { type BoundHttpIntegration, type HttpIntegrationContext } from './binding';
import { checkReads, renderIntegration } from './bound-integration';
import { type HttpIntegration } from './integration';
import { type HttpIntegrationConfig } from './integration-config';
import { type HttpStageDefinition } from './stage';

/** Binds integrations to routes, and collects what they require of the stages. */
export class HttpRouteBinder extends RouteBinder<HttpStageDefinition> {
  private readonly known = new WeakMap<HttpIntegrationConfig, BoundHttpIntegration>();

  constructor(
    gateway: Construct,
    stages: Readonly<Record<string, HttpStageDefinition>>,
    roles: ServiceRoles,
    late: LateBinding,
    private readonly permissions: LambdaPermissions,
  ) {
    super(gateway, stages, roles, late);
  }

  /** The function that binds one integration to the route. */
  public binderOf(route: HttpRouteKey, owner: Owner): (integration: HttpIntegration) => BoundHttpIntegration {
    const calls = this.regionalCalls('http', this.permissions, httpRouteArn(route), owner, (called) =>
      this.late.arnOf(called, 'variable'),
    );
    const context: HttpIntegrationContext = Object.assign(this.contextOf(route, owner, calls), {
      httpMethod: route.method,
      path: route.path,
      pathVariables: [...route.variables],
    });
    return (integration) => {
      const { config, within } = bindIntegration(integration, 'http', context);
      return this.rendered(config, within);
    };
  }

  /** Routes that share a frozen config share the result. */
  private rendered(config: HttpIntegrationConfig, context: HttpIntegrationContext): BoundHttpIntegration {
    checkReads(config, context);
    const bound = this.known.get(config) ?? renderIntegration(config, context);
    if (Object.isFrozen(config)) this.known.set(config, bound);
    return bound;
  }
}
