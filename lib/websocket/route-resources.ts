import { type CfnResource } from 'aws-cdk-lib';
import {
  type CfnApi,
  CfnIntegration,
  CfnIntegrationResponse,
  CfnRoute,
  CfnRouteResponse,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { acknowledgeIntegration, acknowledgeRoute } from './acknowledgements';
import { type WebSocketBoundIntegration } from './binding';
import { type WebSocketDeployment } from './deployment';
import { type RouteModels } from './route-models';
import { type WebSocketRouteDefinition } from './route';

/** What the resources of routes are made with. */
export interface RouteResourcesContext {
  readonly owner: Owner;
  readonly api: CfnApi;
  readonly deployment: WebSocketDeployment;
  readonly models: RouteModels;
  /** The resource of the route's authorizer. */
  readonly authorizerOf: (route: WebSocketRouteDefinition) => CfnResource | undefined;
}

/** The resources of all routes; their IDs are derived from route keys, and those of shared integrations from their back ends. */
export class RouteResources {
  private readonly shared = new Map<string, { readonly resource: CfnIntegration; readonly settings: string }>();

  constructor(
    private readonly scope: Construct,
    private readonly context: RouteResourcesContext,
  ) {}

  public add(definition: WebSocketRouteDefinition): CfnRoute {
    const { api, deployment, models, authorizerOf } = this.context;
    const { route, authorizer, request, returnResponse, operationName, apiKeyRequired } = definition;
    const integration = this.integrationOf(route.key, definition.integration);
    const authorizerResource = authorizerOf(definition);
    const bodies = models.of(definition);
    const resource = new CfnRoute(this.scope, `Route-${route.key}`, {
      apiId: api.ref,
      routeKey: route.key,
      target: `integrations/${integration.ref}`,
      authorizationType: AUTHORIZATION_TYPES[authorizer?.kind ?? 'none'],
      authorizerId: authorizerResource?.ref,
      apiKeyRequired: apiKeyRequired ? true : undefined,
      operationName,
      modelSelectionExpression: request.modelSelectionExpression,
      requestModels: bodies && Object.fromEntries(bodies.map(({ key, model }) => [key, model.name])),
      requestParameters: parametersOf(request.parameters, definition.integration.parameters),
      routeResponseSelectionExpression: returnResponse ? '$default' : undefined,
    });
    acknowledgeRoute(resource, definition);
    // A model is named, not referred to.
    for (const { model } of bodies ?? []) resource.addResourceDependency(model);
    deployment.add(resource);
    if (returnResponse) {
      deployment.add(
        new CfnRouteResponse(this.scope, `RouteResponse-${route.key}`, {
          apiId: api.ref,
          routeId: resource.ref,
          routeResponseKey: '$default',
        }),
      );
    }
    return resource;
  }

  private integrationOf(routeKey: string, bound: WebSocketBoundIntegration): CfnIntegration {
    const known = bound.sharedAs === undefined ? undefined : this.shared.get(bound.sharedAs);
    const { owner } = this.context;
    if (known) {
      if (known.settings === settingsOf(bound)) return known.resource;
      throw owner.error(
        `two different integrations are both shared as "${bound.sharedAs}"; give one of them another sharedAs, or remove it`,
      );
    }
    const { api, deployment } = this.context;
    const name = bound.sharedAs === undefined ? `Integration-${routeKey}` : `Function-${bound.sharedAs}`;
    const resource = new CfnIntegration(this.scope, name, { apiId: api.ref, ...bound.properties });
    acknowledgeIntegration(resource, routeKey, bound);
    for (const [property, value] of Object.entries(bound.more ?? {})) resource.addPropertyOverride(property, value);
    deployment.add(resource);
    for (const { key, templates, templateSelectionExpression } of bound.responses) {
      deployment.add(
        new CfnIntegrationResponse(this.scope, `IntegrationResponse-${routeKey}-${key}`, {
          apiId: api.ref,
          integrationId: resource.ref,
          integrationResponseKey: key,
          responseTemplates: templates,
          templateSelectionExpression,
        }),
      );
    }
    if (bound.sharedAs !== undefined) this.shared.set(bound.sharedAs, { resource, settings: settingsOf(bound) });
    return resource;
  }
}
/** What two integrations must have in common to be shared. */
const settingsOf = ({ properties, more, responses }: WebSocketBoundIntegration): string =>
  JSON.stringify([properties, more, responses]);

const AUTHORIZATION_TYPES = { none: 'NONE', iam: 'AWS_IAM', request: 'CUSTOM' } as const;

/** What the user declared, and what the integration reads in addition. */
function parametersOf(
  declared: Readonly<Record<string, boolean>>,
  read: readonly string[] = [],
): Record<string, object> | undefined {
  const all = { ...Object.fromEntries(read.map((name) => [name, false])), ...declared };
  const entries = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, required]) => [name, { Required: required }]));
}
