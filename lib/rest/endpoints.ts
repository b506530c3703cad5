import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import { type CfnRestApi, type CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { ApiKind, type ApiMappingTarget, type IMappableApi } from '../domain/api';
import { type ApiDomain } from '../domain/domain';
import { mapOwnDomain } from '../domain/gateway-domain';
import { type Owner } from '../shared/errors';
import { suggest } from '../template/nearest';
import { type RestGatewayProps } from './gateway-props';
import { type RestApiSettings } from './settings';

/** What the endpoints of a gateway are made from. */
export interface EndpointsContext {
  readonly owner: Owner;
  readonly settings: RestApiSettings;
  readonly api: CfnRestApi;
  /** By key. */
  readonly stages: Readonly<Record<string, { readonly resource: CfnStage }>>;
  /** Has what was made of the settings made anew. */
  readonly changed: () => void;
}

/** How callers reach the stages of a REST API: by its default endpoint, and by domains. */
export class RestEndpoints {
  /** URLs on the gateway's own domain, by stage. */
  private readonly domainUrls = new Map<string, string>();

  constructor(
    scope: Construct,
    private readonly context: EndpointsContext,
  ) {
    for (const stage of Object.keys(context.stages)) {
      const value = Lazy.string({ produce: () => this.domainUrls.get(stage) ?? this.urlOf(stage) });
      new CfnOutput(scope, `Url-${stage}`, { value, description: `URL of stage ${stage}` });
    }
  }

  /** The domain that the gateway's own prop asks for. */
  public ownDomain(
    gateway: Construct & IMappableApi,
    { domain: options, vpcEndpoints }: RestGatewayProps,
  ): ApiDomain | undefined {
    if (!options) return undefined;
    const { endpointType } = this.context.settings;
    const domain = mapOwnDomain(gateway, options, { endpointType, vpcEndpoints });
    this.domainUrls.set(this.keyOf(options.stage), domain.urlForPath(options.path));
    return domain;
  }

  /** URL of a stage on the default endpoint. */
  public urlOf(stage: string): string {
    const { api, stages } = this.context;
    const { region, urlSuffix } = Stack.of(api);
    return `https://${api.ref}.execute-api.${region}.${urlSuffix}/${stages[stage].resource.ref}/`;
  }

  /** URL of the only stage. @throws where there are several */
  public get url(): string {
    const keys = Object.keys(this.context.stages);
    if (keys.length > 1) {
      const message = `url is of the only stage, and there are ${keys.length}; use urlForStage('${keys[0]}')`;
      throw this.context.owner.error(message);
    }
    return this.urlOf(keys[0]);
  }

  /** A stage as a domain maps it; the default endpoint is off from here on, unless the user says otherwise. */
  public bind(scope: Construct, stage: string | undefined): ApiMappingTarget {
    const { owner, settings, api, stages, changed } = this.context;
    const key = this.keyOf(stage);
    settings.defaultEndpoint.map(key);
    changed();
    return {
      label: owner.toString(),
      kind: ApiKind.REST,
      apiId: api.ref,
      stageName: stages[key].resource.ref,
      scope,
      disableExecuteApiEndpoint: settings.defaultEndpoint.isOff,
      endpointType: settings.endpointType,
      securityPolicy: settings.securityPolicy,
      endpointAccessMode: settings.endpointAccessMode,
    };
  }

  /** What callers would run into. */
  public errors(): string[] {
    const { settings, stages, owner } = this.context;
    return settings.defaultEndpoint.errors(Object.keys(stages), owner);
  }

  private keyOf(stage: string | undefined): string {
    const { owner, stages } = this.context;
    const keys = Object.keys(stages);
    if (stage === undefined) {
      if (keys.length === 1) return keys[0];
      throw owner.error(`has ${keys.length} stages; say which one the domain is for, e.g. stage: '${keys[0]}'`);
    }
    if (!stages[stage]) throw owner.error(`has no stage "${stage}".${suggest(stage, keys)}`);
    return stage;
  }
}
