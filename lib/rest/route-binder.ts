import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import { bindIntegration } from '../gateway/bound-config';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { RouteBinder } from '../gateway/route-binder';
import { type RouteKey } from '../gateway/route-key';
import { type ServiceRoles } from '../integrations/service-roles';
import { routeArn } from '../integrations/source-arn';
import { checkTemplateSizes } from '../integrations/velocity/template-size';
import { type RestBoundIntegration, type RestIntegrationContext } from './binding';
import { checkTemplateTypes, parametersOf, renderIntegration } from './bound-integration';
import { bytesProblem } from './content-handling';
import { type RestIntegration } from './integration';
import { type RestIntegrationConfig } from './integration-config';
import { type Invocations } from './invocations';
import { type RestApiSettings } from './settings';
import { type RestStageDefinition } from './stage';

/** Binds integrations to routes, and collects what they require of the stages. */
export class RestRouteBinder extends RouteBinder<RestStageDefinition> {
  private readonly known = new WeakMap<RestIntegrationConfig, RestBoundIntegration>();

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
    const calls = {
      targetOf: (fn: IFunction, called: string) => this.invocations.targetOf(fn, called),
      grantInvoke: (fn: IFunction, stage?: string) => this.invocations.route(fn, stage, arn, owner),
    };
    const context: RestIntegrationContext = Object.assign(this.contextOf(route, owner, calls), {
      httpMethod: route.method,
      path: route.path,
      pathVariables: [...route.variables],
      endpointType,
      cors,
    });
    return (integration) => {
      const { config, within } = bindIntegration(integration, 'rest', context);
      const bound = this.rendered(config, within);
      const problem = bytesProblem(bound.textOnly, binaryMediaTypes);
      if (problem !== undefined) throw within.owner.error(problem);
      return bound;
    };
  }

  /** Routes that share a frozen config share the result. */
  private rendered(config: RestIntegrationConfig, context: RestIntegrationContext): RestBoundIntegration {
    const known = this.known.get(config);
    const parameters = parametersOf(config, context);
    if (known) return parameters.length === 0 ? known : { ...known, parameters };
    checkTemplateTypes(config, context);
    const bound = renderIntegration(config, context);
    checkSizes(bound, context.owner);
    if (Object.isFrozen(config)) this.known.set(config, bound);
    return { ...bound, parameters };
  }
}

function checkSizes({ extension }: RestBoundIntegration, owner: Owner): void {
  checkTemplateSizes(extension.requestTemplates, 'request', owner);
  for (const response of Object.values((extension.responses ?? {}) as Readonly<Record<string, Document>>))
    checkTemplateSizes(response.responseTemplates, 'response', owner);
}
