import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import { checkKind } from '../gateway/foreign-kind';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { RouteBinder } from '../gateway/route-binder';
import { type RouteKey } from '../gateway/route-key';
import { type ServiceRoles } from '../integrations/service-roles';
import { routeArn } from '../integrations/source-arn';
import { checkTemplateSizes } from '../integrations/velocity/template-size';
import { type RestBoundIntegration } from './binding';
import { bytesProblem } from './content-handling';
import { type RestIntegration } from './integration';
import { type Invocations } from './invocations';
import { type RestApiSettings } from './settings';
import { type RestStageDefinition } from './stage';

/** Binds integrations to routes, and gathers what they ask of the stages. */
export class RestRouteBinder extends RouteBinder<RestStageDefinition> {
  constructor(
    gateway: Construct,
    stages: Readonly<Record<string, RestStageDefinition>>,
    roles: ServiceRoles,
    late: LateBinding,
    private readonly settings: RestApiSettings,
    private readonly invocations: Invocations,
  ) {
    super(gateway, stages, roles, late);
  }

  /** The function that binds one integration to the route. */
  public binderOf(route: RouteKey, owner: Owner): (integration: RestIntegration) => RestBoundIntegration {
    const arn = routeArn(route.method, route.path);
    const { endpointType, cors, binaryMediaTypes } = this.settings;
    const context = this.contextOf(route, owner, {
      targetOf: (fn, called) => this.invocations.targetOf(fn, called),
      grantInvoke: (fn, stage) => this.invocations.route(fn, stage, arn, owner),
    });
    return (integration) => {
      checkKind(integration, { kind: 'rest', what: 'integration' }, owner);
      const bound = integration._bind({ ...context, endpointType, cors });
      const problem = bytesProblem(bound.textOnly, binaryMediaTypes);
      if (problem !== undefined) throw owner.error(problem);
      checkSizes(bound, owner);
      return bound;
    };
  }
}

function checkSizes({ extension }: RestBoundIntegration, owner: Owner): void {
  checkTemplateSizes(extension.requestTemplates, 'request', owner);
  for (const response of Object.values((extension.responses ?? {}) as Readonly<Record<string, Document>>))
    checkTemplateSizes(response.responseTemplates, 'response', owner);
}
