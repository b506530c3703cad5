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

/** A stage as its URL needs it. */
export interface StageOfUrl {
  readonly resource: { readonly ref: string };
  /** Its name for URLs: a reference, except where the stage comes after who uses it. */
  readonly reference: string;
}

/** What the endpoints of a gateway are made from, whatever its kind. */
export interface GatewayEndpointsContext {
  readonly owner: Owner;
  /** What a domain has to know of the API beside the stage. */
  readonly api: Pick<ApiMappingTarget, 'kind' | 'apiId' | 'endpointType' | 'securityPolicy' | 'endpointAccessMode'>;
  readonly defaultEndpoint: DefaultEndpoint;
  /** By key. */
  readonly stages: Readonly<Record<string, StageOfUrl>>;
  /** `https`, or `wss`, whose URLs have no slash at the end. */
  readonly scheme: 'https' | 'wss';
  /** Whether the stage is no part of the URL. */
  readonly isRoot?: (stage: string) => boolean;
  /** Whether the resource of the API says at last that the default endpoint is off, whoever has said it. */
  readonly isSwitchedOff: () => boolean;
  /** Has what was made of the default endpoint made anew. */
  readonly changed?: () => void;
}

/** How callers reach the stages of an API: by its default endpoint, and by domains. */
export class GatewayEndpoints {
  /** URLs on the gateway's own domain, by stage; with `https` and a slash at the end. */
  private readonly ownUrls = new Map<string, string>();
  private readonly addresses: DomainAddresses;
  /** URLs that are made when the template is, by stage. */
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

  /** The domain that the gateway's own prop asks for. */
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
   * URL of a stage: on the gateway's own domain where it is mapped there; on another domain where the default endpoint is off;
   * else on the default endpoint. Scheme and last slash are plain text, whatever the rest is.
   */
  public urlOf(stage: string): string {
    const own = this.ownUrlOf(stage);
    if (own !== undefined) return this.written(own) ?? own;
    const asked = this.asked.get(stage) ?? this.laterUrlOf(stage);
    this.asked.set(stage, asked);
    return asked;
  }

  /** URL of the only stage. @throws where there are several */
  public get url(): string {
    return this.urlOf(this.onlyStage('url is', 'urlForStage'));
  }

  /** The API without a stage, as imports of the CDK take it. */
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
    const unreachable = defaultEndpoint.unreachable(Object.keys(stages));
    return [
      ...defaultEndpoint.errors(Object.keys(stages), owner),
      ...(this.isOff ? [...this.asked.keys()] : [])
        .filter((stage) => !unreachable.includes(stage) && this.urlOnDomain(stage) === undefined)
        .map((stage) => this.deadUrl(stage).message),
    ];
  }

  /** Whether nothing answers on the default endpoint. */
  protected get isOff(): boolean {
    return this.context.defaultEndpoint.isOff || this.context.isSwitchedOff();
  }

  /** URL of a stage on the gateway's own domain; a wildcard name is no host. */
  protected ownUrlOf(stage: string): string | undefined {
    const url = this.ownUrls.get(stage);
    return url !== undefined && isWildcard(url.replace(/^https:\/\//, '')) ? undefined : url;
  }

  /** URL of a stage on a domain, where it has no other. */
  protected urlOnDomain(stage: string): string | undefined {
    return this.isOff ? this.addresses.urlOf(stage) : undefined;
  }

  /** @param scheme of the URL */
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

  private laterUrlOf(stage: string): string {
    const { scheme, stages } = this.context;
    // Asked for here, since a name that nobody uses need not be looked at when the template is made.
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

  /** A URL of a domain as clients of this kind of API write it. */
  private written(url: string | undefined): string | undefined {
    return this.context.scheme === 'https' ? url : url?.replace(/^https:/, 'wss:').replace(/\/$/, '');
  }

  private deadUrl(stage: string): Error {
    return this.context.owner.error(
      `the URL of the stage "${stage}" is asked for, and there is none: the default endpoint is off, and no domain has a path that ` +
        `leads there without headers or a wildcard; map it (domain.map(api, { stage: '${stage}', path: … })), write the URL ` +
        'that clients use, or set disableExecuteApiEndpoint: false',
    );
  }

  private keyOf(stage: string | undefined): string {
    const { owner, stages } = this.context;
    const keys = Object.keys(stages);
    if (stage === undefined) {
      if (keys.length === 1) return keys[0];
      throw owner.error(`has ${keys.length} stages; say which one the domain is for, e.g. stage: '${keys[0]}'`);
    }
    stageOf(stages, stage, owner);
    return stage;
  }
}
