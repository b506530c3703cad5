import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { bindIntegration } from '../gateway/bound-config';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { RouteBinder } from '../gateway/route-binder';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type ServiceRoles } from '../integrations/service-roles';
import { checkTemplateSizes } from '../integrations/velocity/template-size';
import { type WebSocketBoundIntegration, type WebSocketIntegrationContext } from './binding';
import { renderIntegration } from './bound-integration';
import { type WebSocketIntegration } from './integration';
import { type WebSocketRouteKey } from './route-key';
import { type WebSocketStageDefinition } from './stage';

/** Binds integrations to routes, and collects what they require of the stages. */
export class WebSocketRouteBinder extends RouteBinder<WebSocketStageDefinition> {
  constructor(
    gateway: Construct,
    stages: Readonly<Record<string, WebSocketStageDefinition>>,
    roles: ServiceRoles,
    late: LateBinding,
    private readonly permissions: LambdaPermissions,
  ) {
    super(gateway, stages, roles, late);
  }

  /** Binds an integration to the route. */
  public bind(
    integration: WebSocketIntegration,
    route: WebSocketRouteKey,
    returnResponse: boolean,
    owner: Owner,
  ): WebSocketBoundIntegration {
    // The ARN of a route has its key where those of other APIs have a method and a path.
    const arn = { method: '', path: route.key };
    const calls = this.regionalCalls('websocket', this.permissions, arn, owner);
    const context: WebSocketIntegrationContext = { ...this.contextOf(route, owner, calls), returnResponse };
    const { config, within } = bindIntegration(integration, 'websocket', context);
    const bound = renderIntegration(config, within);
    checkTemplateSizes(bound.properties.requestTemplates, 'request', within.owner);
    for (const { templates } of bound.responses) checkTemplateSizes(templates, 'response', within.owner);
    return bound;
  }
}
