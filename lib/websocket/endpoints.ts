import { Lazy } from 'aws-cdk-lib';
import { type CfnApi, type CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { ApiKind } from '../domain/api';
import { type DefaultEndpoint } from '../domain/default-endpoint';
import { GatewayEndpoints } from '../domain/gateway-endpoints';
import { type Owner } from '../shared/errors';
import { type StageDefinition } from './stage';

/** What the endpoints of a gateway are made from. */
export interface EndpointsContext {
  readonly owner: Owner;
  readonly defaultEndpoint: DefaultEndpoint;
  readonly api: CfnApi;
  /** By key. */
  readonly stages: Readonly<Record<string, { readonly resource: CfnStage; readonly definition: StageDefinition }>>;
}

/** How clients reach the stages of a WebSocket API, and back-ends its connections. */
export class WebSocketEndpoints extends GatewayEndpoints {
  /** Stages whose connections something is told how to reach. */
  private readonly calledBack = new Set<string>();

  constructor(
    scope: Construct,
    private readonly own: EndpointsContext,
  ) {
    const { owner, defaultEndpoint, api, stages } = own;
    super(scope, {
      owner,
      api: { kind: ApiKind.WEBSOCKET, apiId: api.ref, endpointType: 'REGIONAL' },
      defaultEndpoint,
      stages,
      pathOf: (stage) => stages[stage].resource.ref,
    });
  }

  public override urlOf(stage: string): string {
    return this.defaultUrl('wss', this.context.pathOf(stage));
  }

  /**
   * URL of the `@connections` API: on the domain where the default endpoint is off, since that is off for back-ends as well.
   * @throws where no stage is named, and there are several
   */
  public callbackUrlOf(stage?: string): string {
    const key = stage ?? this.onlyStage('callbackUrl() is', 'callbackUrl');
    this.calledBack.add(key);
    // By name: a function behind a route, which the stage comes after, can be told where to send.
    const url = this.defaultUrl('https', this.own.stages[key].definition.name);
    return Lazy.uncachedString({
      produce: () => (this.context.defaultEndpoint.isOff ? this.callbackUrlOnDomain(key) : undefined) ?? url,
    });
  }

  public override errors(): string[] {
    return [...super.errors(), ...this.callbackErrors()];
  }

  protected override domainUrlOf(stage: string): string | undefined {
    return this.callbackUrlOnDomain(stage)?.replace(/^https:/, 'wss:');
  }

  private callbackUrlOnDomain(stage: string): string | undefined {
    return super.domainUrlOf(stage)?.replace(/\/$/, '');
  }

  /** Back-ends that would be answered 403. */
  private callbackErrors(): string[] {
    const { owner, defaultEndpoint } = this.context;
    if (!defaultEndpoint.isOff) return [];
    return [...this.calledBack]
      .filter((stage) => this.callbackUrlOnDomain(stage) === undefined)
      .map(
        (stage) =>
          owner.error(
            `callbackUrl of stage "${stage}" is of the default endpoint, which is off, so that nothing could be sent to connections; ` +
              'use the URL of the stage on its domain (domain.urlForPath(…)), set the domain prop of the gateway, ' +
              'or set disableExecuteApiEndpoint: false',
          ).message,
      );
  }
}
