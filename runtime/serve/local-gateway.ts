import { randomUUID } from 'node:crypto';
import { type FunctionLog, type LocalFunction } from '../../lib/serve/functions';
import { type DomainMatch, LocalDomains } from '../../lib/serve/domains';
import { headerOf, type IncomingRequest } from '../../lib/serve/exchange';
import { apiIdOf, localApis } from '../../lib/serve/apis';
import { type Handled, type LocalApi, unanswered } from '../../lib/serve/local-api';
import { type Environment } from '../../lib/serve/environment';
import { type EnvironmentOverrides, localFunctions } from '../../lib/serve/local-functions';
import { type ServedAt, withOwnUrls } from '../../lib/serve/own-urls';
import { Resolver, type Unresolved } from '../../lib/serve/resolve';
import { type KnownCredential } from '../../lib/serve/credential';
import { partitionOf } from '../../lib/facts/partitions';
import { type Trace } from '../../lib/serve/trace';
import { type ApiModel } from '../../lib/template/model/model';
import { sameResource } from '../../lib/template/model/place';
import { localNames } from '../../lib/serve/local-names';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { type Access, accessOf } from './access';
import { LocalBackends } from './backends/local-backends';
import { issuersOf, LocalIssuer } from './backends/issuer';
import { type Credentials, type ServiceEndpoints } from './backends/services';
import { type ConstructPaths, constructPaths, idOfPath } from './construct-paths';
import { createFunctionRunner, type FunctionRunnerOptions } from './functions/runner';
import { compileSchema } from './schemas';
import { limited } from './limited-stream';
import { type Exchanged } from './trace-view';
import { type FunctionStubs, stubsById } from './stubs';
import { type FunctionStub, type ServerStub } from './types';

export interface LocalGatewayOptions {
  /** Reads the templates; called again for a reload. */
  readonly read: () => readonly TemplateSource[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly envVars?: EnvironmentOverrides;
  readonly account?: string;
  readonly region?: string;
  readonly domainName?: string;
  /** As in {@link LocalApisOptions}. */
  readonly opensDisabledEndpoints?: boolean;
  readonly port?: number;
  /** By logical id, name or construct path. */
  readonly functions?: Readonly<Record<string, FunctionStub>>;
  /** By origin, or `aws:<service>`. */
  readonly backends?: Readonly<Record<string, ServerStub>>;
  /** Origin in the templates → origin that is called instead. */
  readonly origins?: Readonly<Record<string, string>>;
  readonly endpoints?: ServiceEndpoints;
  readonly aws?: Credentials;
  /** What signatures are verified with; none is verified without it. */
  readonly credentials?: readonly KnownCredential[];
  /** Whether tokens of a local issuer stand for those of all issuers in the templates. */
  readonly issuer?: boolean;
  readonly runner?: FunctionRunnerOptions;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly onLog?: (log: FunctionLog) => void;
  readonly onExchange?: (exchanged: Exchanged) => void;
}

/** The result of a reload. */
export interface Reloaded {
  readonly apis: readonly LocalApi[];
  /** Ids of functions that have other code or settings now. */
  readonly changedFunctions: readonly string[];
}

/** The APIs of some templates, with everything behind them. */
export class LocalGateway {
  public readonly backends: LocalBackends;
  public readonly issuer?: LocalIssuer;
  private readonly runner;
  /** Where APIs are served, by logical id. */
  private readonly served = new Map<string, ServedAt>();
  private current: Current;

  constructor(private readonly options: LocalGatewayOptions) {
    this.runner = createFunctionRunner({
      ...options.runner,
      ...{ onLog: options.onLog ?? options.runner?.onLog, documents: () => this.issuer?.documents ?? {} },
    });
    const sources = options.read();
    const model = readModel(sources, [], { parameters: options.parameters, asDeployed: true });
    const resolver = this.resolver(model);
    if (options.issuer) this.issuer = new LocalIssuer(() => this.current.issuers, options.now);
    this.backends = new LocalBackends({
      ...{ functions: () => this.current.functions, runner: this.runner, issuer: this.issuer },
      ...{ functionStubs: () => this.current.stubs, serverStubs: options.backends, origins: options.origins },
      services: { endpoints: options.endpoints ?? {}, ...(options.aws ? { aws: options.aws } : {}) },
    });
    this.current = this.loaded(sources, model, resolver);
  }

  public get model(): ApiModel {
    return this.current.model;
  }

  public get sources(): readonly TemplateSource[] {
    return this.current.sources;
  }

  public get apis(): readonly LocalApi[] {
    return this.current.apis;
  }

  public get functions(): readonly LocalFunction[] {
    return this.current.functions;
  }

  /** The values of the API keys here. */
  public get keys(): readonly string[] {
    return this.apis.flatMap(({ keys = [] }) => keys.map(({ key }) => key.value));
  }

  /** Tells where an API is served, without its stage: variables of functions with its URL lead there. */
  public servedAt({ id, apiId }: LocalApi, url: string): void {
    this.served.set(id, { apiId, url });
    const { model, resolver } = this.current;
    this.current = { ...this.current, functions: this.functionsOf(model, resolver) };
  }

  /** References that nothing here can resolve. */
  public get unresolved(): readonly Unresolved[] {
    return this.current.resolver.unresolved;
  }

  /**
   * The API of this name, logical id or construct path; the only one, if none is named.
   * @param within the path of a construct; an API in it is preferred
   */
  public api(name?: string, within = ''): LocalApi {
    const { paths } = this.current;
    const inside = new Set([...paths].flatMap(([path, id]) => (path.startsWith(`${within}/`) ? [id] : [])));
    const own = this.apis.filter(({ id }) => inside.has(id));
    const apis = own.length > 0 ? own : this.apis;
    const isNamed = (api: LocalApi, given: string): boolean =>
      [api.id, api.name, api.apiId, api.location.logicalId].includes(given) || idOfPath(paths, given) === api.id;
    const found = name === undefined ? apis : this.apis.filter((api) => isNamed(api, name));
    if (found.length === 1) return found[0];
    const among = found.length > 0 ? found : name === undefined ? apis : this.apis;
    const choices = among.map((api) => `${api.id} (${api.kind}, ${JSON.stringify(api.name)})`).join(', ') || 'none';
    const given = JSON.stringify(name);
    throw new Error(
      name === undefined
        ? `The templates have ${apis.length} APIs that can be served: ${choices}. Say which one.`
        : found.length > 0
          ? `The templates have ${found.length} APIs ${given}: ${choices}. Say which one, by the first word or its construct path.`
          : `There is no API ${given}; there is ${choices}.`,
    );
  }

  /** What clients of the API need. */
  public access(api: LocalApi): Access {
    const { model, resolver, functions } = this.current;
    return accessOf(model, api.location, (text) => resolver.text(text), functions);
  }

  public async handle(api: LocalApi, request: IncomingRequest): Promise<Handled> {
    const { answer, trace } = await this.handled(api, request);
    const handled = { answer: limited(answer), trace };
    this.options.onExchange?.({ request, ...handled });
    return handled;
  }

  /** The WebSocket API that a handshake is for: that of its custom domain, otherwise this one. */
  public socketsOf(api: LocalApi, request: Pick<IncomingRequest, 'headers' | 'target'>) {
    const match = this.current.domains.find(request);
    if (!match) return api.sockets?.(request.target);
    return match.kind === 'api' ? this.apiOf(match)?.sockets?.(request.target, match.mapped) : undefined;
  }

  /** What the custom domains of the templates lead to. */
  public get domains(): LocalDomains {
    return this.current.domains;
  }

  private async handled(api: LocalApi, request: IncomingRequest): Promise<Handled> {
    const { domains, environment } = this.current;
    const match = domains.find(request);
    if (!match) return api.handle(request);
    const led = match.kind === 'api' ? this.apiOf(match) : undefined;
    if (match.kind === 'api' && led) return led.handle(request, match.mapped);
    const { status, message } = match.kind === 'none' ? match : { status: 403, message: 'Forbidden' };
    const note = `Nothing of the custom domain ${headerOf(request.headers, 'host')} leads ${request.target} to an API`;
    return unanswered(request, api.apiId, environment, { status, message, note, refused: 'NO_MAPPING' });
  }

  private apiOf({ api }: Extract<DomainMatch, { kind: 'api' }>): LocalApi | undefined {
    return this.apis.find(({ location }) => sameResource(location, api));
  }

  /** Reports events on connections, which have no response. */
  public tell(trace: Trace, request?: IncomingRequest): void {
    const { method, target, status } = trace;
    const empty = { headers: [], body: new Uint8Array() };
    this.options.onExchange?.({
      request: request ?? { method, target, sourceIp: '127.0.0.1', ...empty },
      answer: { status, ...empty },
      trace,
    });
  }

  /** Reads the templates again; running requests end with the previous ones. */
  public async reload(): Promise<Reloaded> {
    const before = new Map(this.functions.map((each) => [each.id, JSON.stringify(each)]));
    const sources = this.options.read();
    const model = readModel(sources, [], { parameters: this.options.parameters, asDeployed: true });
    const { apis } = this;
    const resolver = this.resolver(model);
    this.current = this.loaded(sources, model, resolver);
    for (const api of this.apis) {
      const previous = apis.find(({ id }) => id === api.id);
      if (previous) api.adopt?.(previous);
    }
    const changedFunctions = this.functions
      .filter((each) => before.get(each.id) !== JSON.stringify(each))
      .map(({ id }) => id);
    await this.runner.restart(changedFunctions);
    return { apis: this.apis, changedFunctions };
  }

  public async restart(functionIds: readonly string[]): Promise<void> {
    await this.runner.restart(functionIds);
  }

  public async close(): Promise<void> {
    this.backends.close();
    await this.runner.close();
  }

  private resolver(model: ApiModel): Resolver {
    const { account, region, parameters } = this.options;
    const nameOf = localNames(model);
    return new Resolver(model, {
      ...{ account, region, parameters },
      apiId: (ref) => apiIdOf(nameOf(ref)),
    });
  }

  private functionsOf(model: ApiModel, resolver: Resolver): readonly LocalFunction[] {
    const served = [...this.served.values()];
    return localFunctions(model, resolver, this.options.envVars).map((each) => ({
      ...each,
      environment: Object.fromEntries(
        Object.entries(each.environment).map(([name, value]) => [name, withOwnUrls(value, served)]),
      ),
    }));
  }

  private loaded(sources: readonly TemplateSource[], model: ApiModel, resolver: Resolver): Current {
    const { now = Date.now, random = Math.random, domainName = 'localhost', port = 3000 } = this.options;
    const { opensDisabledEndpoints } = this.options;
    const { account = ACCOUNT, region = regionOf(model), credentials } = this.options;
    const nameOf = localNames(model);
    const environment: Environment = {
      ...{ account, region, partition: partitionOf(region), backends: this.backends },
      ...(credentials ? { credentials } : {}),
      ...{ compileSchema, now, random, newId: randomUUID, nameOf, text: (text) => resolver.text(text) },
    };
    const functions = this.functionsOf(model, resolver);
    const paths = constructPaths(sources, nameOf);
    return {
      ...{ sources, model, resolver, functions, paths },
      issuers: issuersOf(model, (text) => resolver.text(text), functions),
      stubs: stubsById(this.options.functions ?? {}, functions, paths, model),
      ...{ environment, domains: new LocalDomains(model, environment) },
      apis: localApis(model, { environment, domainName, port, opensDisabledEndpoints }),
    };
  }
}

/** As the service's documentation writes it. */
const ACCOUNT = '111122223333';

const regionOf = ({ templates }: ApiModel): string =>
  templates.find(({ region }) => region !== undefined)?.region ?? 'us-east-1';

interface Current {
  readonly environment: Environment;
  readonly domains: LocalDomains;
  readonly sources: readonly TemplateSource[];
  readonly model: ApiModel;
  readonly resolver: Resolver;
  readonly functions: readonly LocalFunction[];
  /** What a local issuer stands for. */
  readonly issuers: readonly string[];
  readonly paths: ConstructPaths;
  readonly stubs: FunctionStubs;
  readonly apis: readonly LocalApi[];
}
