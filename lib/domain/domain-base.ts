import { type CfnResource, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnBasePathMapping, CfnBasePathMappingV2 } from 'aws-cdk-lib/aws-apigateway';
import { CfnApiMapping, CfnRoutingRule } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct, type IConstruct } from 'constructs';
import { registerGateway } from '../checks/registration';
import { Adoption } from '../authoring/adoption';
import { type Owner, show } from '../authoring/errors';
import { suggest } from '../lookup/nearest';
import { DomainAddresses } from './addresses';
import { checkBasePaths, domainParts, mappingId } from './adopted-domain';
import { ApiKind, type ApiMappingTarget, type IMappableApi, kindOf } from './api';
import { ApiDomainEndpointType, type ApiDomainProps, type ApiRoutingRuleOptions } from './domain-props';
import { type ApiMappingOptions } from './mapping-options';
import { checkKind, MappingTable } from './mappings';
import { conditionsOf, RoutingRules } from './routing-rules';
import { TlsChoice } from './tls';

/**
 * A domain name of API Gateway, created here or elsewhere.
 */
export interface IApiDomain extends IConstruct {
  /**
   * The name, e.g. `api.example.com`.
   */
  readonly domainName: string;

  /**
   * Maps a path of the domain to a stage of an API.
   *
   * @param api a gateway, or an `ExistingApi`
   * @param options path and stage
   */
  map(api: IMappableApi, options?: ApiMappingOptions): void;

  /**
   * Routes requests that match a rule to a stage of a REST API.
   *
   * @param name name of the rule; its priority can change, its name cannot
   * @param api a gateway, or an `ExistingApi`
   * @param options priority, conditions and stage
   */
  addRoutingRule(name: string, api: IMappableApi, options: ApiRoutingRuleOptions): void;

  /**
   * URL of a path of the domain, with a trailing slash.
   *
   * @param path without leading or trailing slashes
   */
  urlForPath(path?: string): string;
}

/** The resource that mappings and rules of a domain refer to. */
export interface DomainReference {
  readonly name: string;
  readonly arn: string;
}

/**
 * The common part of domains created here and imported ones.
 * @internal
 */
export abstract class ApiDomainBase extends Construct implements IApiDomain {
  /** The name, e.g. `api.example.com`. */
  public abstract readonly domainName: string;

  /** @internal */
  protected readonly _tls: TlsChoice;
  /** @internal */
  protected readonly _rules: RoutingRules;
  private readonly endpointType: ApiDomainEndpointType;
  private readonly mappings: MappingTable;
  /** The resources of mappings and rules by id, in whichever stack they are. */
  private readonly ways = new Map<string, CfnResource>();
  /** @internal */
  protected readonly _adoption?: Adoption;

  /** @internal */
  protected abstract readonly _reference: DomainReference;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly settings: ApiDomainProps,
    /** @internal */
    protected readonly _owner: Owner,
  ) {
    super(scope, id);
    this.endpointType = settings.endpointType ?? ApiDomainEndpointType.REGIONAL;
    this._tls = new TlsChoice(settings, this.endpointType, Stack.of(this).region, _owner);
    this._rules = new RoutingRules(settings.routingMode);
    this.mappings = new MappingTable(this.endpointType);
    const { adopt } = settings;
    if (!adopt) return;
    checkBasePaths(adopt, this.endpointType, _owner);
    const adoption = new Adoption(
      this,
      domainParts(adopt),
      _owner,
      (id) => this.ways.get(id) ?? this.node.tryFindChild(id),
    );
    this._adoption = adoption;
    this.node.addValidation({ validate: () => adoption.errors() });
  }

  /**
   * Maps a path of the domain to a stage of an API.
   *
   * @param api a gateway, or an `ExistingApi`
   * @param options path and stage
   * @throws if the path is taken, or the API cannot share the domain with those already mapped
   */
  public map(api: IMappableApi, options: ApiMappingOptions = {}): void {
    const { path = '' } = options;
    const owner = this._owner.part('map');
    this.mappings.checkPath(path, this._tls.isAncient, owner);
    const target = this.bind(api, options.stage, owner);
    this._rules.admitMapping(target, owner);
    this.mappings.add(path, target, owner);
    const scope = this.scopeFor(target, options.inDomainStack ?? false, owner);
    this.ways.set(mappingId(path), this.createMapping(scope, mappingId(path), path, target));
    this._adoption?.apply();
    if (options.adopt !== undefined) this.adoptMapping(path, options.adopt, owner);
    DomainAddresses.of(api)?.add({ stage: options.stage, domain: this, path, way: 'mapping' });
  }

  /**
   * Routes requests that match a rule to a stage of a REST API.
   *
   * @param name name of the rule; its priority can change, its name cannot
   * @param api a gateway, or an `ExistingApi`
   * @param options priority, conditions and stage
   * @throws if the rule is invalid, or its priority is taken
   */
  public addRoutingRule(name: string, api: IMappableApi, options: ApiRoutingRuleOptions): void {
    const owner = this._owner.part(`rule "${name}"`);
    if (Token.isUnresolved(name))
      throw this._owner.error('the name of a rule must be a literal, because ids are derived from it');
    this._rules.check(name, options, owner);
    const target = this.bind(api, options.stage, owner);
    checkKind(this.endpointType, target, owner);
    this._rules.add(name, options, target, this.mappings.entries, owner);
    const scope = this.scopeFor(target, options.inDomainStack ?? false, owner);
    const rule = new CfnRoutingRule(scope, `Rule-${name}`, {
      domainNameArn: this._reference.arn,
      priority: options.priority,
      conditions: conditionsOf(options),
      actions: [
        { invokeApi: { apiId: target.apiId, stage: target.stageName, stripBasePath: options.stripBasePath ?? false } },
      ],
    });
    this.ways.set(`Rule-${name}`, rule);
    // A URL carries no headers.
    if ((options.headers ?? []).length > 0) return;
    const [basePath = ''] = options.basePaths ?? [];
    const isKept = basePath !== '' && options.stripBasePath !== true;
    // A base path that is kept is the beginning of the API's own paths, so it is not part of the URL before them.
    DomainAddresses.of(api)?.add({
      stage: options.stage,
      domain: this,
      path: isKept ? '' : basePath,
      way: isKept ? 'rule that keeps its base path' : 'rule',
    });
  }

  /**
   * URL of a path of the domain, with a trailing slash.
   *
   * @param path without leading or trailing slashes
   */
  public urlForPath(path = ''): string {
    return `https://${this.domainName}/${path === '' ? '' : `${path}/`}`;
  }

  /**
   * The resource of a mapping, for property overrides, in whichever stack it is: an `AWS::ApiGatewayV2::ApiMapping`; of EDGE
   * domains an `AWS::ApiGateway::BasePathMapping`, and of PRIVATE ones an `AWS::ApiGateway::BasePathMappingV2`.
   *
   * @param path as it is mapped; the root of the domain without it
   * @throws if the path is not mapped
   */
  public cfnMapping(path = ''): CfnResource {
    const made = this.ways.get(mappingId(path));
    if (made) return made;
    const paths = this.mappings.entries.map((entry) => entry.path);
    throw this._owner.error(`has no mapping of the path "${path}".${paths.length > 0 ? suggest(path, paths) : ''}`);
  }

  /**
   * The resource of a routing rule, in any stack, for property overrides.
   *
   * @param name name of the rule
   * @throws if it does not exist
   */
  public cfnRoutingRule(name: string): CfnRoutingRule {
    const made = this.ways.get(`Rule-${name}`);
    if (made) return made as CfnRoutingRule;
    const names = [...this.ways.keys()].flatMap((id) => (id.startsWith('Rule-') ? [id.slice('Rule-'.length)] : []));
    throw this._owner.error(`has no routing rule "${name}".${names.length > 0 ? suggest(name, names) : ''}`);
  }

  private adoptMapping(path: string, logicalId: string, owner: Owner): void {
    const { mappings = {}, basePathMappings = {} } = this.settings.adopt ?? {};
    if (Object.hasOwn({ ...mappings, ...basePathMappings }, path)) {
      throw owner.error(
        `adopt is ${show(logicalId)}, and the domain has a logical id for this mapping in its own adopt; remove one of them`,
      );
    }
    const part = { option: '', id: mappingId(path), given: logicalId };
    const adoption = new Adoption(this, [part], owner, (id) => this.ways.get(id));
    adoption.apply();
    this.node.addValidation({ validate: () => adoption.errors() });
  }

  private bind(api: IMappableApi, stage: string | undefined, owner: Owner): ApiMappingTarget {
    const target = api.bindToDomain(stage);
    if (this.settings.mutualTls && target.kind === ApiKind.WEBSOCKET) {
      throw owner.error(
        `${target.label} is a WebSocket API, and mutual TLS is for REST and HTTP APIs only; create a separate ApiDomain for it, and let ` +
          'an authorizer check the callers',
      );
    }
    if (this.settings.mutualTls && target.disableExecuteApiEndpoint !== true) {
      const prop = target.disableExecuteApiEndpointProp ?? 'disableExecuteApiEndpoint';
      throw owner.error(
        `clients without a certificate could bypass mutual TLS through the default endpoint of ${target.label}; ` +
          `switch it off there with ${prop}: true`,
      );
    }
    this._tls.admit(target, owner);
    return target;
  }

  /**
   * Where a mapping is created: next to the domain, or in the stack of the API. Its id there contains the path, too, so a path
   * that another API of the stack takes over moves in one update.
   */
  private scopeFor(target: ApiMappingTarget, inDomainStack: boolean, owner: Owner): Construct {
    const own = Stack.of(this);
    const stack = target.scope && Stack.of(target.scope);
    if (!stack || stack === own) return this;
    for (const place of ['region', 'account'] as const) {
      if (Token.isUnresolved(own[place]) || Token.isUnresolved(stack[place]) || own[place] === stack[place]) continue;
      throw owner.error(
        `${target.label} is in the ${place} ${stack[place]}, and the domain is in ${own[place]}; create an ApiDomain there, with the same name ` +
          `and records: ApiDomainRecords.latency() or .weighted(…) on both, or move one`,
      );
    }
    if (Stage.of(stack) !== Stage.of(own)) {
      throw owner.error(
        `${target.label} and the domain are in different stages of the app; import one of them by its attributes`,
      );
    }
    if (inDomainStack) return this;
    const id = `ApiDomain-${this.node.path
      .slice(Stage.of(own)?.node.path.length ?? 0)
      .replace(/^\//, '')
      .replaceAll('/', '-')}`;
    const known = stack.node.tryFindChild(id) as Construct | undefined;
    if (known) return known;
    const made = new Construct(stack, id);
    registerGateway(made);
    return made;
  }

  private createMapping(
    scope: Construct,
    id: string,
    path: string,
    { apiId, stageName, kind, label }: ApiMappingTarget,
  ): CfnResource {
    const basePath = path === '' ? undefined : path;
    const { name, arn } = this._reference;
    switch (this.endpointType) {
      case ApiDomainEndpointType.PRIVATE:
        return new CfnBasePathMappingV2(scope, id, {
          domainNameArn: arn,
          basePath,
          restApiId: apiId,
          stage: stageName,
        });
      case ApiDomainEndpointType.EDGE:
        return new CfnBasePathMapping(scope, id, { domainName: name, basePath, restApiId: apiId, stage: stageName });
      default:
        if (Object.hasOwn(this.settings.adopt?.basePathMappings ?? {}, path)) {
          if (kind !== ApiKind.REST) {
            throw this._owner.error(
              `adopt.basePathMappings has the path ${show(path)} of ${label}, which is ${kindOf(kind).api}; base path mappings are for REST APIs only, so write it in adopt.mappings`,
            );
          }
          return new CfnBasePathMapping(scope, id, { domainName: name, basePath, restApiId: apiId, stage: stageName });
        }
        return new CfnApiMapping(scope, id, { domainName: name, apiMappingKey: basePath, apiId, stage: stageName });
    }
  }
}
