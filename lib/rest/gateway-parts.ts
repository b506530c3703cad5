import { Stack } from 'aws-cdk-lib';
import { CfnDeployment } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { type AdoptedPart } from '../authoring/adoption';
import { type Owner } from '../authoring/errors';
import { isSwitchedOff } from '../document/final-properties';
import { SplicedBody } from '../document/spliced-body';
import { ApiKind } from '../domain/api';
import { GatewayEndpoints } from '../domain/gateway-endpoints';
import { DefinitionAsset } from '../gateway/definition-asset';
import { DeploymentId, NOT_DEPLOYED } from '../gateway/deployment-id';
import { GatewayParts } from '../gateway/gateway';
import { warnOfSchemas } from '../gateway/routes';
import { GatewayStages } from '../gateway/stages';
import { UsagePlans } from '../usage-plans/usage-plans';
import { acknowledgeApi } from './acknowledgements';
import { restParts, type RestAdoptOptions } from './adopt-options';
import { RestApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { renderDocument } from './document';
import { RestEndpointType } from './endpoint';
import { checkGateway } from './gateway-checks';
import { type RestGatewayProps } from './gateway-props';
import { type RestRouteDefinition, type RestRouteOptions } from './route';
import { RestRouting } from './routing';
import { type RestApiSettings } from './settings';
import { defineRestStage, type RestStageDefinition, type RestStageOptions } from './stage';
import { restStageMaker, type RestStageResources } from './stage-resources';

/** The parts of a REST gateway. */
export class RestGatewayParts extends GatewayParts<
  RestStageOptions,
  RestStageDefinition,
  RestStageResources,
  RestRouteOptions,
  RestRouteDefinition,
  RestAdoptOptions
> {
  public readonly api: RestApiResource;
  public readonly stages: GatewayStages<RestStageOptions, RestStageDefinition, RestStageResources>;
  public readonly endpoints: GatewayEndpoints;
  public override readonly plans: UsagePlans;
  private readonly settings: RestApiSettings;
  protected readonly routing: RestRouting;
  private readonly body: SplicedBody;
  private readonly asset?: DefinitionAsset;
  private readonly deploymentId: DeploymentId;

  constructor(gateway: Construct, props: RestGatewayProps, owner: Owner) {
    const settings = defineSettings(gateway.node.id, props, Stack.of(gateway).region, owner);
    const known = new GatewayStages<RestStageOptions, RestStageDefinition, RestStageResources>(
      owner,
      defineRestStage,
      props.stages,
      'prod',
    );
    const { definitions: stages, resources } = known;
    // Without the parts that depend on the final properties, one of which is the policy.
    const definition = () => ({ settings, stages, owner, ...this.routing.document });
    const whole = () => ({ ...definition(), binaryMediaTypes: api.binaryTypes });
    const body = new SplicedBody(
      () => renderDocument(whole()),
      () => api.binaryTypes.join(),
    );
    const asset = props.definitionAsAsset ? new DefinitionAsset(gateway, owner) : undefined;
    const api: RestApiResource = new RestApiResource(gateway, settings, body, definition, asset);
    super(gateway, owner, { kind: 'rest', ref: api.ref, name: settings.name });
    this.settings = settings;
    this.stages = known;
    this.body = body;
    this.asset = asset;
    this.api = api;
    const deployment = new CfnDeployment(gateway, 'Deployment', { restApiId: api.ref });
    const { redeployOn, webAcl, documentationVersion } = props;
    this.deploymentId = new DeploymentId(deployment, { api, body, notDeployed: NOT_DEPLOYED.rest, redeployOn });
    this.routing = new RestRouting(gateway, props, { owner, settings, stages, api, body, deployment, arn: this.arn });
    const { routes, binder, late } = this.routing;
    const { endpointType, securityPolicy, endpointAccessMode, defaultEndpoint, usagePlansElsewhere } = settings;
    const isPrivate = endpointType === RestEndpointType.PRIVATE;
    const context = { api, deployment, routes, binder, late, owner, webAcl, isPrivate, usagePlansElsewhere };
    this.stages.create(restStageMaker(gateway, { ...context, documentationVersion }));
    const throttleKey = (route: string) => route.split(' ').reverse().join('/');
    this.plans = new UsagePlans(gateway, props, { apiId: api.ref, stages: resources, throttleKey, owner });
    this.endpoints = new GatewayEndpoints(gateway, {
      owner,
      api: { kind: ApiKind.REST, apiId: api.ref, endpointType, securityPolicy, endpointAccessMode },
      defaultEndpoint,
      stages: resources,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      changed: () => this.changed(),
    });
  }

  /** @throws if it already exists, or would change the basis of existing routes */
  public override addStage(key: string, options: RestStageOptions): void {
    const { owner, routes, stages } = this;
    const isSplit = Object.values(stages.definitions).some(({ canary }) => canary !== undefined);
    if (options.canary && !isSplit && routes.length > 0) {
      throw owner
        .part(`stage "${key}"`)
        .error(
          'a canary changes how routes call functions, and routes already exist; write the stage in the props, stages: { … }, or add it before all routes',
        );
    }
    super.addStage(key, options);
  }

  protected adoptedParts(options: RestAdoptOptions): AdoptedPart[] {
    return restParts(options);
  }

  protected errors(): string[] {
    const { owner, settings, body, asset } = this;
    const { routes, binder } = this.routing;
    const stages = this.stages.definitions;
    return checkGateway({ owner, settings, stages, routes, binder, body, asset, plans: this.plans.definitions });
  }

  protected finish(): string[] {
    const { api, routes } = this;
    const errors = [...this.routing.errors(), ...(this.operations?.errors() ?? [])];
    acknowledgeApi(api, routes, this.settings.access.length > 0);
    warnOfSchemas(api, new Map(routes.flatMap(({ request: { body }, route }) => (body ? [[body, route.key]] : []))));
    this.deploymentId.freeze();
    return [...errors, ...(this.asset?.freeze() ?? [])];
  }

  /** Triggers a rebuild of the document and the deployment's id. */
  public changed(): void {
    this.body.invalidate();
    this.routing.late.thaw();
    this.deploymentId.thaw();
    this.asset?.thaw();
  }
}
