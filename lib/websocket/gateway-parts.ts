import { type Construct } from 'constructs';
import { type AdoptedPart } from '../authoring/adoption';
import { type Owner } from '../authoring/errors';
import { GatewayParts } from '../gateway/gateway';
import { warnOfSchemas } from '../gateway/routes';
import { GatewayStages } from '../gateway/stages';
import { UsagePlans } from '../usage-plans/usage-plans';
import { webSocketParts, type WebSocketAdoptOptions } from './adopt-options';
import { WebSocketApiResource } from './api-resource';
import { defineSettings } from './define-settings';
import { WebSocketDeployment } from './deployment';
import { WebSocketEndpoints } from './endpoints';
import { checkGateway } from './gateway-checks';
import { type WebSocketGatewayProps } from './gateway-props';
import { type WebSocketRouteDefinition, type WebSocketRouteOptions } from './route';
import { WebSocketRouting } from './routing';
import { type WebSocketApiSettings } from './settings';
import { defineWebSocketStage, type WebSocketStageDefinition, type WebSocketStageOptions } from './stage';
import { WebSocketStageResources } from './stage-resources';

/** The parts of a WebSocket gateway. */
export class WebSocketGatewayParts extends GatewayParts<
  WebSocketStageOptions,
  WebSocketStageDefinition,
  WebSocketStageResources,
  WebSocketRouteOptions,
  WebSocketRouteDefinition,
  WebSocketAdoptOptions
> {
  public readonly api: WebSocketApiResource;
  public readonly stages: GatewayStages<WebSocketStageOptions, WebSocketStageDefinition, WebSocketStageResources>;
  public readonly endpoints: WebSocketEndpoints;
  public override readonly plans: UsagePlans;
  private readonly settings: WebSocketApiSettings;
  private readonly deployment: WebSocketDeployment;
  protected readonly routing: WebSocketRouting;
  /** Grants on all stages, including those added later: policies name each. */
  private readonly grantsOnAll: ((stage: string) => void)[] = [];

  constructor(gateway: Construct, props: WebSocketGatewayProps, owner: Owner) {
    const settings = defineSettings(gateway.node.id, props, owner);
    const known = new GatewayStages<WebSocketStageOptions, WebSocketStageDefinition, WebSocketStageResources>(
      owner,
      defineWebSocketStage,
      props.stages,
      'prod',
    );
    const api = new WebSocketApiResource(gateway, settings);
    super(gateway, owner, { kind: 'websocket', ref: api.ref, name: settings.name });
    this.settings = settings;
    this.stages = known;
    this.api = api;
    const { definitions: stages, resources } = known;
    const deployment = new WebSocketDeployment(gateway, api, props.redeployOn);
    this.deployment = deployment;
    const { arn } = this;
    const { defaultAuthorizer } = props;
    this.routing = new WebSocketRouting(gateway, { owner, api, stages, deployment, arn, defaultAuthorizer });
    const { routes, binder, late } = this.routing;
    const { usagePlansElsewhere, defaultEndpoint } = settings;
    const context = { api, deployment, routes, binder, late, owner, usagePlansElsewhere };
    this.stages.create((stage) => new WebSocketStageResources(gateway, stage, context));
    this.plans = new UsagePlans(gateway, props, { apiId: api.ref, stages: resources, owner });
    this.endpoints = new WebSocketEndpoints(gateway, { owner, defaultEndpoint, api, stages: resources });
  }

  public override addStage(key: string, options: WebSocketStageOptions): void {
    super.addStage(key, options);
    for (const grant of this.grantsOnAll) grant(key);
  }

  /** Grants on the named stages; if none are named, also on those added later. */
  public grant<G>(stages: string[] | undefined, grantOn: (stages: string[] | undefined) => G): G {
    if (stages === undefined) this.grantsOnAll.push((stage) => grantOn([stage]));
    return grantOn(stages);
  }

  protected adoptedParts(options: WebSocketAdoptOptions): AdoptedPart[] {
    return webSocketParts(options);
  }

  protected errors(): string[] {
    const { owner, settings } = this;
    const { routes, binder } = this.routing;
    const stages = this.stages.definitions;
    return checkGateway({ owner, settings, stages, routes, binder, plans: this.plans.definitions });
  }

  protected finish(): string[] {
    const errors = [...this.routing.late.finish(), ...(this.operations?.errors() ?? [])];
    const schemas = this.routes.flatMap(({ request, route }) =>
      Object.values(request.bodies).map((schema) => [schema, route.key] as const),
    );
    warnOfSchemas(this.api, new Map(schemas));
    this.deployment.freeze();
    return errors;
  }

  public changed(): void {
    this.routing.late.thaw();
  }
}
