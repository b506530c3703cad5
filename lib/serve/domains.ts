import { type DomainMapping, type DomainName, type RoutingRule } from '../template/model/domains';
import { type ApiModel } from '../template/model/model';
import { type ResourceRef, sameResource } from '../template/model/place';
import { isKnown, knownOr, type Value } from '../template/model/value';
import { basePathIn } from './base-path';
import { type Environment } from './environment';
import { headerOf, type IncomingRequest } from './exchange';
import { type Mapped, trimmed } from './mapped';
import { ruleMatch } from './routing-rule';

/** What a request to a custom domain comes to. */
export type DomainMatch =
  | { readonly kind: 'api'; readonly api: ResourceRef; readonly mapped: Mapped }
  | { readonly kind: 'none'; readonly domainName: string; readonly status: number; readonly message: string };

interface Domain {
  readonly name: string;
  readonly mode: string;
  readonly rules: readonly RoutingRule[];
  readonly mappings: readonly DomainMapping[];
}

/** The custom domains of the templates: they lead requests by their host, base path and headers. */
export class LocalDomains {
  private readonly byName = new Map<string, Domain>();

  constructor(
    private readonly model: ApiModel,
    private readonly environment: Environment,
  ) {
    const mappings = model.domainMappings.filter(({ resourceType }) => !resourceType.endsWith('RoutingRule'));
    const names = [
      ...model.domainNames.map(({ domainName }) => this.nameOf(domainName)),
      ...mappings.map((mapping) => this.domainOf(mapping)),
    ];
    for (const name of new Set(names)) {
      if (name === undefined) continue;
      const domain = model.domainNames.find(({ domainName }) => this.nameOf(domainName) === name);
      const own = mappings.filter((mapping) => this.domainOf(mapping) === name);
      this.byName.set(name, { name, mode: modeOf(domain), rules: this.rulesOf(domain), mappings: own });
    }
  }

  /** Whether a domain of the templates leads to an API. */
  public leadTo(api: ResourceRef): boolean {
    return this.model.domainMappings.some((mapping) => isKnown(mapping.api) && sameResource(mapping.api, api));
  }

  /** What leads to an API: the name of a domain with its base path, and the stage. */
  public ways(api: ResourceRef): { readonly address: string; readonly stage?: string }[] {
    return [...this.byName.values()].flatMap(({ name, mappings, rules }) => {
      const actions = rules.flatMap(({ actions: all, conditions }) => {
        const [path = ''] = knownOr(conditions, []).flatMap(({ basePaths }) => knownOr(basePaths, []));
        return knownOr(all, []).map((action) => ({ action, path }));
      });
      return [...mappings.map((action) => ({ action, path: keyOf(action) })), ...actions]
        .filter(({ action }) => isKnown(action.api) && sameResource(action.api, api))
        .map(({ action, path }) => {
          const stage = this.stageOf(action);
          return { address: path === '' ? name : `${name}/${path}`, ...(stage === undefined ? {} : { stage }) };
        });
    });
  }

  /** Undefined if the host is not a custom domain. */
  public find(request: Pick<IncomingRequest, 'headers' | 'target'>): DomainMatch | undefined {
    const host = (headerOf(request.headers, 'host') ?? '').replace(/:\d+$/, '').toLowerCase();
    const domain = this.byName.get(host) ?? this.byName.get(host.replace(/^[^.]+/, '*'));
    if (!domain) return undefined;
    const { mode } = domain;
    const found =
      (mode === 'MAPPING' ? undefined : this.byRule(domain, request, host)) ??
      (mode === 'RULE' ? undefined : this.byMapping(domain, request, host));
    if (found) return found;
    return mode === 'RULE'
      ? { kind: 'none', domainName: host, status: 404, message: 'Not Found' }
      : { kind: 'none', domainName: host, status: 403, message: 'Forbidden' };
  }

  private byRule(
    { rules }: Domain,
    request: Pick<IncomingRequest, 'headers' | 'target'>,
    host: string,
  ): DomainMatch | undefined {
    for (const rule of rules) {
      const match = ruleMatch(rule, request);
      const [action] = knownOr(rule.actions, []);
      if (!match || !action || !isKnown(action.api)) continue;
      const isStripped = isKnown(action.stripBasePath) && action.stripBasePath === true;
      const basePath = isStripped ? match.basePath : '';
      const customDomain = { routingRuleIdMatched: rule.location.logicalId };
      return this.match(action, action.api, { domainName: host, basePath, customDomain });
    }
    return undefined;
  }

  /** The mapping with the longest base path. */
  private byMapping({ mappings }: Domain, { target }: Pick<IncomingRequest, 'target'>, host: string) {
    const fitting = mappings.flatMap((mapping) => {
      const basePath = basePathIn(target, keyOf(mapping));
      return basePath === undefined || !isKnown(mapping.api) ? [] : [{ mapping, api: mapping.api, basePath }];
    });
    const [found] = fitting.sort((a, b) => b.basePath.length - a.basePath.length);
    if (!found) return undefined;
    const { mapping, api, basePath } = found;
    const customDomain = { basePathMatched: keyOf(mapping) === '' ? '(none)' : keyOf(mapping) };
    return this.match(mapping, api, { domainName: host, basePath, customDomain });
  }

  private match(action: DomainMapping, api: ResourceRef, mapped: Omit<Mapped, 'stage' | 'because'>): DomainMatch {
    const stage = this.stageOf(action);
    const because = [action.location];
    return { kind: 'api', api, mapped: { ...mapped, ...(stage === undefined ? {} : { stage }), because } };
  }

  private rulesOf(domain: DomainName | undefined): RoutingRule[] {
    if (!domain) return [];
    const priority = ({ priority: value }: RoutingRule): number => (isKnown(value) ? value : undefined) ?? Infinity;
    return this.model.routingRules
      .filter((rule) => isKnown(rule.domain) && rule.domain !== undefined && sameResource(rule.domain, domain.location))
      .sort((a, b) => priority(a) - priority(b));
  }

  private domainOf({ domain, domainName }: DomainMapping): string | undefined {
    const resource =
      isKnown(domain) && domain
        ? this.model.domainNames.find(({ location }) => sameResource(location, domain))
        : undefined;
    return this.nameOf(resource ? resource.domainName : domainName);
  }

  private nameOf(text: DomainName['domainName']): string | undefined {
    const name = text === undefined ? '' : this.environment.text(text).toLowerCase();
    return /^[\w.*-]+$/.test(name) ? name : undefined;
  }

  private stageOf({ stage, stageName }: DomainMapping): string | undefined {
    const { restApis, httpApis, webSocketApis } = this.model;
    const stages = [...restApis, ...httpApis, ...webSocketApis].flatMap((api) => [...api.stages]);
    const found = stage && stages.find(({ location }) => sameResource(location, stage));
    const name = found && textOf(found.stageName);
    const written = stageName === undefined ? undefined : this.environment.text(stageName);
    return name ?? (written === '' || written === '(none)' ? undefined : written);
  }
}

const textOf = (value: Value<string> | undefined): string | undefined => (isKnown(value) ? value : undefined);

/** The two versions of the API have other names for the same. */
function modeOf(domain: DomainName | undefined): 'MAPPING' | 'RULE' | 'BOTH' {
  const mode = domain && isKnown(domain.routingMode) ? domain.routingMode : undefined;
  if (mode === 'ROUTING_RULE_ONLY') return 'RULE';
  return mode?.startsWith('ROUTING_RULE_THEN_') ? 'BOTH' : 'MAPPING';
}

function keyOf({ mappingKey }: DomainMapping): string {
  const key = isKnown(mappingKey) ? (mappingKey ?? '') : '';
  return key === '(none)' ? '' : trimmed(key);
}
