import { type Construct } from 'constructs';
import { type AdoptedPart } from '../authoring/adoption';
import { type Owner } from '../authoring/errors';
import { isSwitchedOff } from '../document/final-properties';
import { SplicedBody } from '../document/spliced-body';
import { ApiKind } from '../domain/api';
import { GatewayEndpoints } from '../domain/gateway-endpoints';
import { DEFAULT_STAGE } from '../facts/names';
import { gatewayParts } from '../gateway/adopt-options';
import { DefinitionAsset } from '../gateway/definition-asset';
import { NOT_DEPLOYED } from '../gateway/deployment-id';
import { GatewayParts } from '../gateway/gateway';
import { GatewayStages } from '../gateway/stages';
import { acknowledgeApi } from './acknowledgements';
import { type HttpAdoptOptions } from './adopt-options';
import { HttpApiResource } from './api-resource';
import { HttpDeployment } from './deployment';
import { renderDocument, saidOf } from './document';
import { checkGateway } from './gateway-checks';
import { type HttpGatewayProps } from './gateway-props';
import { type HttpRouteDefinition, type HttpRouteOptions } from './route';
import { HttpRouting } from './routing';
import { defineSettings } from './settings';
import { defineHttpStage, type HttpStageDefinition, type HttpStageOptions } from './stage';
import { HttpStageResources } from './stage-resources';

/** The parts of an HTTP gateway. */
export class HttpGatewayParts extends GatewayParts<
  HttpStageOptions,
  HttpStageDefinition,
  HttpStageResources,
  HttpRouteOptions,
  HttpRouteDefinition,
  HttpAdoptOptions
> {
  public readonly api: HttpApiResource;
  public readonly stages: GatewayStages<HttpStageOptions, HttpStageDefinition, HttpStageResources>;
  public readonly endpoints: GatewayEndpoints;
  protected readonly routing: HttpRouting;
  private readonly body: SplicedBody;
  private readonly asset?: DefinitionAsset;
  private readonly deployment: HttpDeployment;

  constructor(gateway: Construct, props: HttpGatewayProps, owner: Owner) {
    const settings = defineSettings(gateway.node.id, props, owner);
    const known = new GatewayStages<HttpStageOptions, HttpStageDefinition, HttpStageResources>(
      owner,
      defineHttpStage,
      props.stages,
      DEFAULT_STAGE,
    );
    const { definitions: stages, resources } = known;
    const body = new SplicedBody(() =>
      renderDocument({ settings, owner, tags: api.documentTags, ...this.routing.document }),
    );
    const asset = props.definitionAsAsset ? new DefinitionAsset(gateway, owner) : undefined;
    const said = () => saidOf({ settings, routes: this.routing.document.routes });
    const api: HttpApiResource = new HttpApiResource(gateway, body, said, asset);
    super(gateway, owner, { kind: 'http', ref: api.ref, name: settings.name });
    this.stages = known;
    this.body = body;
    this.asset = asset;
    this.api = api;
    const { redeployOn } = props;
    const deployment = new HttpDeployment(gateway, { api, body, notDeployed: NOT_DEPLOYED.http, redeployOn });
    this.deployment = deployment;
    this.routing = new HttpRouting(gateway, props, { owner, settings, stages, api, body, arn: this.arn });
    const { routes, binder, late } = this.routing;
    const context = { api, deployment, routes, binder, owner, late };
    this.stages.create((stage) => new HttpStageResources(gateway, stage, context));
    if (redeployOn && !deployment.isMade) {
      throw owner.error('redeployOn is for stages with autoDeploy: false, but every stage deploys automatically');
    }
    this.endpoints = new GatewayEndpoints(gateway, {
      owner,
      api: { kind: ApiKind.HTTP, apiId: api.ref, endpointType: 'REGIONAL' },
      defaultEndpoint: settings.defaultEndpoint,
      stages: resources,
      scheme: 'https',
      isSwitchedOff: () => isSwitchedOff(api),
      isRoot: (key) => stages[key].name === DEFAULT_STAGE,
      changed: () => this.changed(),
    });
  }

  protected adoptedParts(options: HttpAdoptOptions): AdoptedPart[] {
    return gatewayParts(options);
  }

  protected errors(): string[] {
    const { owner, body, asset } = this;
    const { routes, binder, preflights } = this.routing;
    preflights.finish(routes);
    return checkGateway({ owner, stages: this.stages.definitions, routes, binder, body, asset });
  }

  protected finish(): string[] {
    const errors = [...this.routing.late.finish(), ...(this.operations?.errors() ?? [])];
    acknowledgeApi(this.api, this.routes);
    this.deployment.freeze();
    return [...errors, ...(this.asset?.freeze() ?? [])];
  }

  /** Triggers a rebuild of the document and the deployment's id. */
  public changed(): void {
    this.body.invalidate();
    this.routing.late.thaw();
    this.deployment.thaw();
    this.asset?.thaw();
  }
}
