import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { checkKind } from '../gateway/foreign-kind';
import { httpRouteArn, type HttpRouteKey } from '../gateway/http-route-key';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { RouteBinder } from '../gateway/route-binder';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type ServiceRoles } from '../integrations/service-roles';
import { type BoundHttpIntegration } from './binding';
import { type HttpIntegration } from './integration';
import { type HttpStageDefinition } from './stage';

/** Binds integrations to routes, and gathers what they ask of the stages. */
export class HttpRouteBinder extends RouteBinder<HttpStageDefinition> {
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
    const context = this.contextOf(route, owner, calls);
    return (integration) => checkKind(integration, { kind: 'http', what: 'integration' }, owner)._bind(context);
  }
}
