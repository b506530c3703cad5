import { Lazy } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { ApiKind } from '../domain/api';
import { type DefaultEndpoint } from '../domain/default-endpoint';
import { GatewayEndpoints, type StageOfUrl } from '../domain/gateway-endpoints';
import { type Owner } from '../authoring/errors';
import { isSwitchedOff } from '../document/final-properties';
import { type WebSocketApiResource } from './api-resource';
import { type WebSocketStageDefinition } from './stage';

/** What the endpoints of a gateway are derived from. */
export interface WebSocketEndpointsContext {
  readonly owner: Owner;
  readonly defaultEndpoint: DefaultEndpoint;
  readonly api: WebSocketApiResource;
  /** By key. */
  readonly stages: Readonly<Record<string, StageOfUrl & { readonly definition: WebSocketStageDefinition }>>;
}

/** How clients reach the stages of a WebSocket API, and back ends its connections. */
export class WebSocketEndpoints extends GatewayEndpoints {
  /** Stages whose callback URL is used somewhere. */
  private readonly calledBack = new Set<string>();

  constructor(
    scope: Construct,
    private readonly own: WebSocketEndpointsContext,
  ) {
    const { owner, defaultEndpoint, api, stages } = own;
    super(scope, {
      owner,
      api: { kind: ApiKind.WEBSOCKET, apiId: api.ref, endpointType: 'REGIONAL' },
      defaultEndpoint,
      stages,
      scheme: 'wss',
      isSwitchedOff: () => isSwitchedOff(api),
    });
  }

  /**
   * URL of the `@connections` API: on the domain if the default endpoint is disabled, since that applies to back ends as well.
   * @throws if no stage is named, and there are several
   */
  public callbackUrlOf(stage?: string): string {
    const key = stage ?? this.onlyStage('callbackUrl() is', 'callbackUrl');
    this.calledBack.add(key);
    // By name: a function behind a route, which the stage comes after, can get the URL.
    const url = this.defaultUrl('https', this.own.stages[key].definition.name);
    return Lazy.uncachedString({
      produce: () => (this.isOff ? this.callbackUrlOnDomain(key) : undefined) ?? url,
    });
  }

  public override errors(): string[] {
    return [...super.errors(), ...this.callbackErrors()];
  }

  private callbackUrlOnDomain(stage: string): string | undefined {
    return (this.ownUrlOf(stage) ?? this.urlOnDomain(stage))?.replace(/\/$/, '');
  }

  /** Back ends that would get a 403 response. */
  private callbackErrors(): string[] {
    const { owner } = this.context;
    if (!this.isOff) return [];
    return [...this.calledBack]
      .filter((stage) => this.callbackUrlOnDomain(stage) === undefined)
      .map(
        (stage) =>
          owner.error(
            `callbackUrl of stage "${stage}" belongs to the default endpoint, which is disabled, so nothing could be sent to connections; ` +
              `map it (domain.map(api, { stage: '${stage}', path: … })), write the URL of its domain, or set disableExecuteApiEndpoint: false`,
          ).message,
      );
  }
}
