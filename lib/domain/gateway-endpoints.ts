import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { stageOf } from '../stages/stage-names';
import { DomainAddresses, isWildcard } from './addresses';
import { type ApiMappingTarget, type IMappableApi } from './api';
import { type DefaultEndpoint } from './default-endpoint';
import { type ApiDomain } from './domain';
import { type GatewayDomainOptions } from './domain-props';
import { type GatewayEndpoint, mapOwnDomain } from './gateway-domain';

/** The data of a stage that its URL needs. */
export interface StageOfUrl {
  readonly resource: { readonly ref: string };
  /** Its name for URLs: a reference, unless the stage depends on the user of the URL. */
  readonly reference: string;
}

/** The data from which the endpoints of a gateway are built, whatever its kind. */
export interface GatewayEndpointsContext {
  readonly owner: Owner;
  /** The data of the API that a domain needs, in addition to the stage. */
  readonly api: Pick<ApiMappingTarget, 'kind' | 'apiId' | 'endpointType' | 'securityPolicy' | 'endpointAccessMode'>;
  readonly defaultEndpoint: DefaultEndpoint;
  /** By key. */
  readonly stages: Readonly<Record<string, StageOfUrl>>;
  /** `https`, or `wss`, whose URLs have no trailing slash. */
  readonly scheme: 'https' | 'wss';
  /** Whether the URL does not contain the stage. */
  readonly isRoot?: (stage: string) => boolean;
  /** Whether the resource of the API finally has the default endpoint off, however it was set. */
  readonly isSwitchedOff: () => boolean;
  /** Rebuilds whatever depends on the default endpoint. */
  readonly changed?: () => void;
}

/** The endpoints of the stages of an API: its default endpoint, and domains. */
export class GatewayEndpoints {
  /** URLs on the gateway's own domain, by stage; with `https` and a trailing slash. */
  private readonly ownUrls = new Map<string, string>();
  private readonly addresses: DomainAddresses;
  /** URLs that are resolved at synthesis, by stage. */
  private readonly asked = new Map<string, string>();

  constructor(
    private readonly scope: Construct,
    protected readonly context: GatewayEndpointsContext,
  ) {
    this.addresses = new DomainAddresses(scope);
    for (const stage of Object.keys(context.stages)) this.addStage(stage);
  }

  /** Tells the URL of a stage in an output. */
  public addStage(stage: string): void {
    const value = Lazy.uncachedString({
      produce: () => this.written(this.ownUrls.get(stage) ?? this.urlOnDomain(stage)) ?? this.defaultUrlOf(stage),
    });
    new CfnOutput(this.scope, `Url-${stage}`, { value, description: `URL of stage ${stage}` });
  }

  /** The domain from the gateway's own prop. */
  public ownDomain(
    gateway: Construct & IMappableApi,
    options: GatewayDomainOptions | undefined,
    { vpcEndpoints }: GatewayEndpoint = {},
  ): ApiDomain | undefined {
    if (!options) return undefined;
    const { endpointType } = this.context.api;
    const domain = mapOwnDomain(gateway, options, { endpointType, vpcEndpoints });
    this.ownUrls.set(this.keyOf(options.stage), domain.urlForPath(options.path));
    return domain;
  }

  /**
   * URL of a stage: on the gateway's own domain if it is mapped there; on another domain if the default endpoint is off;
   * otherwise on the default endpoint. Scheme and trailing slash are always plain text.
   */
  public urlOf(stage: string): string {
    const own = this.ownUrlOf(stage);
    if (own !== undefined) return this.written(own) ?? own;
    const asked = this.asked.get(stage) ?? this.laterUrlOf(stage);
    this.asked.set(stage, asked);
    return asked;
  }

  /** URL of the only stage. @throws if there are several */
  public get url(): string {
    return this.urlOf(this.onlyStage('url is', 'urlForStage'));
  }

  /** The API without a stage, as the CDK's imports need it. */
  public apiEndpoint(attribute: string): string {
    return Lazy.uncachedString({
      produce: () => {
        const stages = Object.keys(this.context.stages);
        const [url] = stages
          .map((stage) => this.written(this.ownUrlOf(stage) ?? this.urlOnDomain(stage)))
          .filter(Boolean);
        return this.isOff && url ? url.replace(/\/$/, '') : attribute;
      },
    });
  }

  /** The target of a mapping to a stage; from here on the default endpoint is off, unless the user has set it. */
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

  /** Errors that callers would get. */
  public errors(): string[] {
    const { defaultEndpoint, stages, owner } = this.context;
    const unreachable = defaultEndpoint.unreachable(Object.keys(stages));
    return [
      ...defaultEndpoint.errors(Object.keys(stages), owner),
      ...(this.isOff ? [...this.asked.keys()] : [])
        .filter((stage) => !unreachable.includes(stage) && this.urlOnDomain(stage) === undefined)
        .map((stage) => this.deadUrl(stage).message),
    ];
  }

  /** Whether the default endpoint is off. */
  protected get isOff(): boolean {
    return this.context.defaultEndpoint.isOff || this.context.isSwitchedOff();
  }

  /** URL of a stage on the gateway's own domain; a wildcard name is not a host. */
  protected ownUrlOf(stage: string): string | undefined {
    const url = this.ownUrls.get(stage);
    return url !== undefined && isWildcard(url.replace(/^https:\/\//, '')) ? undefined : url;
  }

  /** URL of a stage on a domain, if it has no other. */
  protected urlOnDomain(stage: string): string | undefined {
    return this.isOff ? this.addresses.urlOf(stage) : undefined;
  }

  /** @param scheme of the URL */
  protected defaultUrl(scheme: string, path: string): string {
    const { region, urlSuffix } = Stack.of(this.scope);
    return `${scheme}://${this.context.api.apiId}.execute-api.${region}.${urlSuffix}/${path}`;
  }

  /** @throws if there are several stages */
  protected onlyStage(what: string, instead: string): string {
    const { owner, stages } = this.context;
    const keys = Object.keys(stages);
    if (keys.length === 1) return keys[0];
    throw owner.error(`${what} of the only stage, and there are ${keys.length}; use ${instead}('${keys[0]}')`);
  }

  private laterUrlOf(stage: string): string {
    const { scheme, stages } = this.context;
    // Resolved here, since an unused name need not be looked up at synthesis.
    const { reference } = stages[stage];
    const [start, end] = [`${scheme}://`, scheme === 'wss' ? '' : '/'];
    const url = Lazy.uncachedString({
      produce: () => {
        const produced = this.written(this.urlOnDomain(stage)) ?? this.defaultUrlOf(stage, reference);
        return produced.slice(start.length, produced.length - end.length);
      },
    });
    return `${start}${url}${end}`;
  }

  private defaultUrlOf(stage: string, name = this.context.stages[stage].resource.ref): string {
    const { scheme, isRoot } = this.context;
    if (isRoot?.(stage)) return this.defaultUrl(scheme, '');
    return this.defaultUrl(scheme, scheme === 'wss' ? name : `${name}/`);
  }

  /** A URL of a domain as clients of this kind of API use it. */
  private written(url: string | undefined): string | undefined {
    return this.context.scheme === 'https' ? url : url?.replace(/^https:/, 'wss:').replace(/\/$/, '');
  }

  private deadUrl(stage: string): Error {
    return this.context.owner.error(
      `the URL of the stage "${stage}" is used, but there is none: the default endpoint is off, and no domain has a path that ` +
        `leads there without headers or a wildcard; map the stage (domain.map(api, { stage: '${stage}', path: … })), write the URL ` +
        'that clients use, or set disableExecuteApiEndpoint: false',
    );
  }

  private keyOf(stage: string | undefined): string {
    const { owner, stages } = this.context;
    const keys = Object.keys(stages);
    if (stage === undefined) {
      if (keys.length === 1) return keys[0];
      throw owner.error(`has ${keys.length} stages; set the one that the domain is for, e.g. stage: '${keys[0]}'`);
    }
    stageOf(stages, stage, owner);
    return stage;
  }
}
