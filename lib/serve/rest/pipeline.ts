import { isKnown } from '../../template/model/value';
import { type Answer, headerOf, type IncomingRequest } from '../exchange';
import { type Admission, checkKey, checkThrottle } from './admission';
import { type Recorder, type Told } from '../recorder';
import { misconfigured, Refusal } from '../refusal';
import { valueOfHeader } from '../multi-values';
import { type Caller, identityOf } from '../signature';
import { traceIdOf } from '../trace-id';
import { answerOf } from './answer';
import { authorizationOf, authorize } from './authorize';
import { call } from './call';
import { type CompiledMethod } from './compile';
import { type RequestContext } from '../context';
import { compressed, decompressed } from './compression';
import { contextOf } from './context';
import { type Exchange } from './exchange';
import { type RestStage } from './stage';
import { integrationRequest } from './integration-request';
import { type MappingSources } from '../mapping/mappings';
import { proxyFunction, proxyHttp } from './proxied';
import { BODY_MAX, checkAnswer, checkRequest, sizeNote } from './sizes';
import { streamLimits } from './stream-limits';
import { readRequest, type RestRequest } from './request';
import { checkPolicyAfter, checkPolicyBefore } from './resource-policy';
import { type Arrival, type Mapped, wayOf } from '../mapped';
import { TemplateScope } from '../mapping/templates';
import { validate } from './validate';

/** One request on its way through a REST API, step by step. */
export class RestPipeline {
  public readonly requestId: string;
  public readonly extendedRequestId: string;
  public readonly method: string;
  private request: RestRequest;
  private readonly traceId: string;
  private readonly context: RequestContext;
  private readonly stageVariables: Readonly<Record<string, string>>;
  private readonly isCanary?: boolean;
  private readonly mapped?: Mapped;
  private found?: { readonly value: CompiledMethod; readonly pathParameters: Readonly<Record<string, string>> };
  private chosenKey?: string;
  private caller?: Caller;
  private exact?: MappingSources;

  constructor(
    private readonly stage: RestStage,
    private readonly incoming: IncomingRequest,
    arrival: Arrival,
    private readonly recorder: Recorder,
  ) {
    const { environment, port, canary, stageVariables, apiId } = stage.options;
    const { prefix, mapped } = arrival;
    const domainName = mapped?.domainName ?? stage.options.domainName;
    this.mapped = mapped;
    const at = environment.now();
    this.requestId = environment.newId();
    this.extendedRequestId = `${environment.newId().replaceAll('-', '').slice(0, 15)}=`;
    this.method = incoming.method;
    this.traceId = traceIdOf(headerOf(incoming.headers, 'x-amzn-trace-id'), at, environment.newId);
    this.request = readRequest(incoming, arrival, {
      traceId: this.traceId,
      host: headerOf(incoming.headers, 'host') ?? domainName,
      port: String(port),
      protocol: 'https',
    });
    if (canary) this.isCanary = environment.random() * 100 < canary.percent;
    this.stageVariables = this.isCanary ? { ...stageVariables, ...canary?.variables } : stageVariables;
    this.context = contextOf({
      account: environment.account,
      apiId,
      stage: stage.stageName,
      deploymentId: stage.deploymentId,
      domainName,
      requestId: this.requestId,
      extendedRequestId: this.extendedRequestId,
      at,
      method: incoming.method,
      fullPath: mapped ? this.request.eventPath : `/${stage.stageName}${this.request.fullPath.slice(prefix.length)}`,
      sourceIp: incoming.sourceIp,
      userAgent: headerOf(incoming.headers, 'user-agent'),
      customDomain: mapped?.customDomain,
      isCanary: this.isCanary,
    });
  }

  public get routeKey(): string | undefined {
    return this.found && `${this.found.value.httpMethod} ${this.found.value.path}`;
  }

  /** What mapping expressions can read so far. */
  public get sources(): MappingSources {
    const { request } = this;
    return {
      pathParameters: this.found?.pathParameters ?? {},
      query: request.query,
      headers: request.headers,
      body: () => Buffer.from(request.body).toString('utf8'),
      context: this.context,
      stageVariables: this.stageVariables,
    };
  }

  /** To validators and integrations, names of headers that differ in case are different. */
  private get exactSources(): MappingSources {
    return (this.exact ??= { ...this.sources, exactHeaders: true });
  }

  /** @throws Refusal */
  public async run(): Promise<Answer> {
    const { recorder } = this;
    recorder.run('request', (tell) => this.receive(tell));
    recorder.run('route', (tell) => this.findRoute(tell));
    const { value: method, pathParameters } = this.found as NonNullable<typeof this.found>;
    const isAllowed = recorder.run('resourcePolicy', (tell) => checkPolicyBefore(this.admission(method), tell));
    if (authorizationOf(method) !== 'NONE') {
      await recorder.run('authorizer', (tell) => this.authorize(method, pathParameters, isAllowed, tell));
    }
    recorder.run('resourcePolicy', (tell) => checkPolicyAfter(this.admission(method), this.caller, tell));
    recorder.run('apiKey', (tell) => checkKey(this.admission(method), tell));
    recorder.run('throttle', (tell) => checkThrottle(this.admission(method), tell));
    const { models, options } = this.stage;
    recorder.run('validate', (tell) =>
      validate(method, this.request.mediaType, this.exactSources, models, options.environment, tell),
    );
    const answer = await this.cached(method, () => this.integrate(method, pathParameters));
    checkAnswer(answer, method.because);
    if (!(answer.body instanceof Uint8Array)) return { ...answer, limits: streamLimits(options.api) };
    const { minimumCompressionSize: minimum } = options.api;
    if (!isKnown(minimum)) return answer;
    return compressed(answer, valueOfHeader(this.request.headers, 'accept-encoding'), minimum);
  }

  private receive(tell: (told: Told) => void): void {
    const { isCanary, request, stage } = this;
    const canary =
      isCanary === undefined ? '' : isCanary ? '; the canary handles it' : '; the stage handles it, not its canary';
    tell({
      note: `${request.mediaType}, ${request.body.length} bytes${wayOf(this.mapped, stage.options.api.disableExecuteApiEndpoint === true)}${canary}${sizeNote(this.incoming)}`,
      input: { headers: request.headers },
      ...(this.mapped ? { because: this.mapped.because } : {}),
    });
    checkRequest(request);
    this.request = decompressed(request, BODY_MAX);
  }

  private findRoute(tell: (told: Told) => void): void {
    const { request, context } = this;
    this.found = this.stage.routes.find(request.path, request.method);
    if (!this.found) {
      throw new Refusal('MISSING_AUTHENTICATION_TOKEN', { reason: `No method for ${request.method} ${request.path}` });
    }
    const { value, pathParameters } = this.found;
    context.resourceId = value.resourceId;
    context.resourcePath = value.path;
    tell({ note: this.routeKey, because: value.because, output: { pathParameters } });
  }

  private admission(method: CompiledMethod): Admission {
    const { stage, request, context, methodArn, chosenKey } = this;
    return { stage, request, context, methodArn, method, chosenKey };
  }

  private get methodArn(): string {
    const { environment, apiId } = this.stage.options;
    const path = this.request.path.replace(/^\//, '');
    return `arn:${environment.partition}:execute-api:${environment.region}:${environment.account}:${apiId}/${this.stage.stageName}/${this.method}/${path}`;
  }

  private async authorize(
    method: CompiledMethod,
    pathParameters: Readonly<Record<string, string>>,
    isAllowed: boolean,
    tell: (told: Told) => void,
  ): Promise<void> {
    const { environment } = this.stage.options;
    const { context, apiKey, caller } = await authorize(
      {
        environment,
        decisions: this.stage.decisions,
        tokens: this.stage.tokens,
        stageVariables: this.stageVariables,
      },
      {
        request: this.request,
        pathParameters,
        stageVariables: this.stageVariables,
        context: this.context,
        sources: this.sources,
        method,
        methodArn: this.methodArn,
        requestId: this.requestId,
        incoming: this.incoming,
        isAllowed,
      },
      tell,
    );
    if (context) this.context.authorizer = context;
    if (caller) Object.assign(this.context.identity, identityOf(caller));
    this.chosenKey = apiKey;
    this.caller = caller;
  }

  private async cached(method: CompiledMethod, integrate: () => Promise<Answer>): Promise<Answer> {
    const { cache } = this.stage;
    if (!cache.isOn) return integrate();
    const key = cache.keyOf(method, this.method, this.sources);
    if (key === undefined) return integrate();
    const kept = this.recorder.run('cache', (tell) => {
      if (/max-age=0/.test(valueOfHeader(this.request.headers, 'cache-control') ?? '')) cache.invalidate(key);
      const found = cache.get(key);
      tell({
        note: found ? `From the cache: ${key}` : `Not in the cache: ${key}`,
        because: method.because,
      });
      return found;
    });
    if (kept) return kept;
    const answer = await integrate();
    if (answer.body instanceof Uint8Array && answer.status < 400) cache.put(key, method, answer);
    return answer;
  }

  private async integrate(method: CompiledMethod, pathParameters: Readonly<Record<string, string>>): Promise<Answer> {
    const { recorder, stage, stageVariables, context, request, requestId, traceId } = this;
    const { integration } = method;
    if (!integration) throw misconfigured('The method has no integration', method.because);
    const { environment, apiId } = stage.options;
    const exchange: Exchange = {
      environment,
      request,
      method,
      integration,
      pathParameters,
      stageVariables,
      context,
      apiId,
      requestId,
      traceId,
      binary: stage.binary,
      scope: new TemplateScope(context, stageVariables),
      sources: this.exactSources,
    };
    if (integration.type === 'AWS_PROXY') {
      return this.traced(await recorder.run('integration', (tell) => proxyFunction(exchange, tell)));
    }
    const made = recorder.run('integrationRequest', (tell) => integrationRequest(exchange, tell));
    if (integration.type === 'HTTP_PROXY') {
      return recorder.run('integration', (tell) => proxyHttp(exchange, made, tell));
    }
    const answer = await recorder.run('integration', async (tell) => {
      const given = await call(exchange, made);
      const { status, headers, body, selector } = given;
      tell({
        note: `Status ${status}`,
        output: { status, headers, selector, body: Buffer.from(body).toString('utf8') },
      });
      return given;
    });
    const mapped = recorder.run('integrationResponse', (tell) => answerOf(exchange, answer, tell));
    return integration.type === 'MOCK' ? mapped : this.traced(mapped);
  }

  /** Responses carry the id of the trace, but for those of mocks, and of proxied servers, which give their own. */
  private traced(answer: Answer): Answer {
    const headers = answer.headers.filter(([name]) => !isTraceId(name));
    headers.push(['X-Amzn-Trace-Id', this.traceId]);
    return { ...answer, headers };
  }
}

const isTraceId = (name: string): boolean =>
  name.length === 'x-amzn-trace-id'.length && name.toLowerCase() === 'x-amzn-trace-id';
