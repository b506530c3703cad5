import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type Owner } from '../shared/errors';
import { suggest } from '../template/nearest';
import { type ApiMappingTarget, type IMappableApi } from './api';
import { type DefaultEndpoint } from './default-endpoint';
import { type ApiDomain } from './domain';
import { type GatewayDomainOptions } from './domain-props';
import { type GatewayEndpoint, mapOwnDomain } from './gateway-domain';

/** What the endpoints of a gateway are made from, whatever its kind. */
export interface GatewayEndpointsContext {
  readonly owner: Owner;
  /** What a domain has to know of the API beside the stage. */
  readonly api: Pick<ApiMappingTarget, 'kind' | 'apiId' | 'endpointType' | 'securityPolicy' | 'endpointAccessMode'>;
  readonly defaultEndpoint: DefaultEndpoint;
  /** By key. */
  readonly stages: Readonly<Record<string, { readonly resource: { readonly ref: string } }>>;
  /** What of a URL on the default endpoint stands after the host: the stage, for most. */
  readonly pathOf: (stage: string) => string;
  /** Has what was made of the default endpoint made anew. */
  readonly changed?: () => void;
}

/** How callers reach the stages of an API: by its default endpoint, and by domains. */
export class GatewayEndpoints {
  /** URLs on the gateway's own domain, by stage. */
  private readonly domainUrls = new Map<string, string>();

  constructor(
    private readonly scope: Construct,
    protected readonly context: GatewayEndpointsContext,
  ) {
    for (const stage of Object.keys(context.stages)) {
      const value = Lazy.string({ produce: () => this.domainUrlOf(stage) ?? this.urlOf(stage) });
      new CfnOutput(scope, `Url-${stage}`, { value, description: `URL of stage ${stage}` });
    }
  }

  /** The domain that the gateway's own prop asks for. */
  public ownDomain(
    gateway: Construct & IMappableApi,
    options: GatewayDomainOptions | undefined,
    { vpcEndpoints }: GatewayEndpoint = {},
  ): ApiDomain | undefined {
    if (!options) return undefined;
    const { endpointType } = this.context.api;
    const domain = mapOwnDomain(gateway, options, { endpointType, vpcEndpoints });
    this.domainUrls.set(this.keyOf(options.stage), domain.urlForPath(options.path));
    return domain;
  }

  /** URL of a stage on the default endpoint. */
  public urlOf(stage: string): string {
    return this.defaultUrl('https', this.context.pathOf(stage));
  }

  /** URL of the only stage. @throws where there are several */
  public get url(): string {
    return this.urlOf(this.onlyStage('url is', 'urlForStage'));
  }

  /** A stage as a domain maps it; the default endpoint is off from here on, unless the user says otherwise. */
  public bind(stage: string | undefined): ApiMappingTarget {
    const { owner, api, stages, defaultEndpoint, changed } = this.context;
    const key = this.keyOf(stage);
    defaultEndpoint.map(key);
    changed?.();
    return {
      label: owner.toString(),
      ...api,
      stageName: stages[key].resource.ref,
      scope: this.scope,
      disableExecuteApiEndpoint: defaultEndpoint.isOff,
    };
  }

  /** What callers would run into. */
  public errors(): string[] {
    const { defaultEndpoint, stages, owner } = this.context;
    return defaultEndpoint.errors(Object.keys(stages), owner);
  }

  /** URL of a stage on the gateway's own domain, where it has one there. */
  protected domainUrlOf(stage: string): string | undefined {
    return this.domainUrls.get(stage);
  }

  protected defaultUrl(scheme: string, path: string): string {
    const { region, urlSuffix } = Stack.of(this.scope);
    return `${scheme}://${this.context.api.apiId}.execute-api.${region}.${urlSuffix}/${path}`;
  }

  /** @throws where there are several stages */
  protected onlyStage(what: string, instead: string): string {
    const { owner, stages } = this.context;
    const keys = Object.keys(stages);
    if (keys.length === 1) return keys[0];
    throw owner.error(`${what} of the only stage, and there are ${keys.length}; use ${instead}('${keys[0]}')`);
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
