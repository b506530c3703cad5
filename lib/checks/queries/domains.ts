import { KINDS } from '../../facts/kinds';
import {
  type DomainConfiguration,
  type DomainMapping,
  type DomainName,
  type RoutingCondition,
} from '../../template/model/domains';
import { type AnyApi, type ApiModel, type Located, type ResourceRef } from '../../template/model/model';
import { grouped } from '../../lookup/grouped';
import { stackOf } from '../../template/model/stack-of';
import { isLiteral, type Text } from '../../template/model/text';
import { isKnown, knownOr, UNKNOWN, type Value } from '../../template/model/value';
import { resourceKey } from './common';

/** A custom domain name, of any resource type, with the defaults of the service. */
export interface Domain extends Located {
  /** `v1`: `AWS::ApiGateway::DomainName`; `v2`: `AWS::ApiGatewayV2::DomainName`; `private`: `AWS::ApiGateway::DomainNameV2`. */
  readonly form: 'v1' | 'v2' | 'private';
  readonly name?: Value<string>;
  readonly endpointTypes: Value<string[]>;
  readonly securityPolicy?: Value<string>;
  readonly endpointAccessMode?: Value<string>;
  readonly routingMode?: Value<string>;
  /** Of an edge-optimized or private domain; of a V2 domain with any type. */
  readonly certificate?: DomainCertificate;
  readonly regionalCertificate?: DomainCertificate;
  readonly mutualTls?: { readonly truststoreUri?: Text; readonly hasVersion: boolean };
  readonly hasOwnershipCertificate: boolean;
  /** Region of the stack, if it is known. */
  readonly region?: string;
}

export interface DomainCertificate {
  /** If it is known. */
  readonly region?: string;
}

/** An API behind a domain. */
export interface DomainApi {
  readonly kind: Value<AnyApi['kind']>;
  /** If it is in the templates. */
  readonly ref?: ResourceRef;
  readonly disableExecuteApiEndpoint?: Value<boolean>;
  readonly endpointTypes?: Value<string[]>;
}

/** A path of a domain and the API that it is mapped to. */
export interface DomainPath extends Located {
  readonly via: 'ApiMapping' | 'BasePathMapping' | 'BasePathMappingV2';
  /** The domain, if it is in the templates. */
  readonly domain?: Domain;
  /** Undefined for the whole name. */
  readonly key?: Value<string>;
  readonly api: DomainApi;
}

/** A routing rule of a domain. */
export interface DomainRule extends Located {
  readonly domain?: Domain;
  readonly priority?: Value<number>;
  /** The number of conditions of each kind. */
  readonly headers: Value<number>;
  readonly basePaths: Value<number>;
  readonly conditions: Value<RoutingCondition[]>;
  /** The number of actions. */
  readonly actions: Value<number>;
  readonly apis: readonly DomainApi[];
}

const byModel = new WeakMap<ApiModel, Domains>();

/** The domains of the model with their APIs; gathered once. */
export function domainsOf(model: ApiModel): Domains {
  const domains = byModel.get(model) ?? new Domains(model);
  byModel.set(model, domains);
  return domains;
}

/** Not a REST API; routing rules support only those. */
export const isOther = ({ kind }: DomainApi): boolean => kind === 'http' || kind === 'websocket';

class Domains {
  public readonly all: readonly Domain[];
  public readonly paths: readonly DomainPath[];
  public readonly rules: readonly DomainRule[];
  private readonly apis = new Map<string, DomainApi>();
  private readonly byKey = new Map<string, Domain>();
  private readonly byName = new Map<unknown, Domain>();
  private readonly others = new Map<Domain, DomainApi | undefined>();
  private readonly pathsByDomain: ReadonlyMap<Domain | undefined, readonly DomainPath[]>;
  private readonly rulesByDomain: ReadonlyMap<Domain | undefined, readonly DomainRule[]>;

  constructor(private readonly model: ApiModel) {
    for (const api of [...model.restApis, ...model.httpApis, ...model.webSocketApis]) {
      this.apis.set(resourceKey(api.location), {
        kind: api.kind,
        ref: api.location,
        disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
        endpointTypes: api.kind === 'rest' ? api.endpointTypes : ['REGIONAL'],
      });
    }
    this.all = model.domainNames.map((name) => this.domain(name));
    this.paths = model.domainMappings.flatMap((mapping) => this.path(mapping) ?? []);
    this.rules = model.routingRules.map(({ location, domain, priority, conditions, actions }) => {
      const count = (has: (condition: { basePaths: unknown; headers: unknown }) => boolean): Value<number> =>
        conditions === UNKNOWN ? UNKNOWN : conditions.filter(has).length;
      return {
        location,
        domain: this.domainAt(domain, undefined),
        priority,
        headers: count(({ headers }) => !isEmpty(headers)),
        basePaths: count(({ basePaths }) => !isEmpty(basePaths)),
        conditions,
        actions: actions === UNKNOWN ? UNKNOWN : actions.length,
        apis: knownOr(actions, []).map(({ api }) => this.api(api, UNKNOWN)),
      };
    });
    this.pathsByDomain = grouped(this.paths, ({ domain }) => domain);
    this.rulesByDomain = grouped(this.rules, ({ domain }) => domain);
  }

  /** The paths of a domain. */
  public pathsOf(domain: Domain): readonly DomainPath[] {
    return this.pathsByDomain.get(domain) ?? [];
  }

  /** An HTTP or WebSocket API that is mapped to the domain. */
  public otherThanRestOf(domain: Domain): DomainApi | undefined {
    if (!this.others.has(domain))
      this.others.set(
        domain,
        this.pathsOf(domain)
          .map(({ api }) => api)
          .find(isOther),
      );
    return this.others.get(domain);
  }

  /** The routing rules of a domain. */
  public rulesOf(domain: Domain): readonly DomainRule[] {
    return this.rulesByDomain.get(domain) ?? [];
  }

  /** The APIs behind a domain, by paths and rules. */
  public behind(domain: Domain): DomainApi[] {
    return [...this.pathsOf(domain).map(({ api }) => api), ...this.rulesOf(domain).flatMap(({ apis }) => apis)];
  }

  private domain(name: DomainName): Domain {
    const form = FORMS[name.resourceType];
    const endpoint = name.configurations === UNKNOWN ? undefined : name.configurations.at(0);
    const text = name.domainName;
    const domain: Domain = {
      location: name.location,
      form,
      name: text === undefined || isLiteral(text) ? text : UNKNOWN,
      endpointTypes: endpointTypes(form, endpoint),
      securityPolicy: endpoint ? endpoint.securityPolicy : UNKNOWN,
      endpointAccessMode: endpoint?.endpointAccessMode,
      routingMode: name.routingMode,
      certificate: this.certificate(endpoint?.certificateArn, endpoint?.certificate),
      regionalCertificate: this.certificate(endpoint?.regionalCertificateArn, endpoint?.regionalCertificate),
      mutualTls: name.mutualTls && {
        truststoreUri: name.mutualTls.truststoreUri,
        hasVersion: name.mutualTls.truststoreVersion !== undefined,
      },
      hasOwnershipCertificate: endpoint?.ownershipVerificationCertificateArn !== undefined,
      region: this.regionOf(name.location.template),
    };
    this.byKey.set(resourceKey(name.location), domain);
    // Of several with the same name, under conditions, the first.
    if (!this.byName.has(domain.name)) this.byName.set(domain.name, domain);
    return domain;
  }

  private certificate(arn: Text | undefined, made: ResourceRef | undefined): DomainCertificate | undefined {
    if (arn === undefined) return undefined;
    if (made) return { region: this.regionOf(made.template) };
    return { region: isLiteral(arn) ? arn.split(':')[3] || undefined : undefined };
  }

  private regionOf(template: string): string | undefined {
    return stackOf(this.model, { template })?.region;
  }

  private path({ resourceType, location, domain, domainName, mappingKey, api }: DomainMapping): DomainPath | undefined {
    const via = VIAS[resourceType];
    return (
      via && {
        location,
        via,
        domain: this.domainAt(domain, domainName),
        key: mappingKey,
        api: this.api(api, via === 'ApiMapping' ? UNKNOWN : 'rest'),
      }
    );
  }

  /** By its resource, or by its name. */
  private domainAt(ref: Value<ResourceRef> | undefined, name: Text | undefined): Domain | undefined {
    if (isKnown(ref)) return this.byKey.get(resourceKey(ref));
    return name !== undefined && isLiteral(name) ? this.byName.get(name) : undefined;
  }

  private api(ref: Value<ResourceRef>, kind: DomainApi['kind']): DomainApi {
    return (isKnown(ref) ? this.apis.get(resourceKey(ref)) : undefined) ?? { kind };
  }
}

const FORMS: Readonly<Record<string, Domain['form']>> = {
  'AWS::ApiGateway::DomainName': 'v1',
  'AWS::ApiGatewayV2::DomainName': 'v2',
  'AWS::ApiGateway::DomainNameV2': 'private',
};

const VIAS: Readonly<Partial<Record<string, DomainPath['via']>>> = {
  'AWS::ApiGatewayV2::ApiMapping': 'ApiMapping',
  'AWS::ApiGateway::BasePathMapping': 'BasePathMapping',
  'AWS::ApiGateway::BasePathMappingV2': 'BasePathMappingV2',
};

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0;

function endpointTypes(form: Domain['form'], endpoint: DomainConfiguration | undefined): Value<string[]> {
  if (form === 'private') return ['PRIVATE'];
  if (!endpoint || endpoint.endpointType === UNKNOWN) return UNKNOWN;
  return [endpoint.endpointType ?? (form === 'v1' ? 'EDGE' : 'REGIONAL')];
}

/** Policies that require an access mode, and that HTTP APIs, WebSocket APIs and mutual TLS do not support. */
export const isEnhanced = (policy: string): boolean => policy.startsWith('SecurityPolicy_');

/** The domain in a message. */
export const domainLabel = (domain: Domain): string =>
  `the domain ${isKnown(domain.name) ? `"${domain.name}"` : domain.location.logicalId}`;

export const domainHas = (domain: Domain, type: string): boolean => knownOr(domain.endpointTypes, []).includes(type);

/** The API in a message. */
export const apiLabel = ({ kind, ref }: DomainApi): string =>
  `the ${isKnown(kind) ? KINDS[kind].name : ''} API${ref ? ` ${ref.logicalId}` : ''}`.replace('  ', ' ');
