import { type Answer, headerOf, type IncomingRequest } from '../exchange';
import { type Arrival, type Mapped, wayOf } from '../mapped';
import { type Recorder, type Told } from '../recorder';
import { misconfigured, Refusal } from '../refusal';
import { identityOf } from '../signature';
import { checkLimits } from '../throttle';
import { traceIdOf } from '../trace-id';
import { authorize } from './authorize';
import { changedAnswer } from './changes';
import { type CompiledRoute } from './compile';
import { contextOf, type HttpContext } from './context';
import { type Cors, isPreflight, preflightAnswer } from './cors';
import { type EventSources } from './events';
import { type Sources } from './expressions';
import { type Identity, ofFormat1 } from './identity';
import { integrate } from './integrate';
import { type HttpRequest, readRequest } from './request';
import { type RouteMatch } from './routes';
import { type HttpStage } from './stage';

/** Bytes of a request body. */
const BODY_MAX = 10 * 1024 * 1024;

type Tell = (told: Told) => void;

/** One request on its way through an HTTP API, step by step. */
export class HttpPipeline {
  public readonly requestId: string;
  public readonly request: HttpRequest;
  public readonly isPreflight: boolean;
  private readonly context: HttpContext;
  private readonly mapped?: Mapped;
  private found?: RouteMatch<CompiledRoute>;
  private identity?: Identity;

  constructor(
    private readonly stage: HttpStage,
    private readonly incoming: IncomingRequest,
    arrival: Arrival,
    private readonly recorder: Recorder,
  ) {
    const { environment, port, apiId } = stage.options;
    const { prefix, mapped } = arrival;
    const domainName = mapped?.domainName ?? stage.options.domainName;
    this.mapped = mapped;
    const at = environment.now();
    this.requestId = `${environment.newId().replaceAll('-', '').slice(0, 15)}=`;
    this.request = readRequest(incoming, {
      ...{ stage: stage.stageName, prefix, isMapped: mapped !== undefined, port: String(port) },
      host: headerOf(incoming.headers, 'host') ?? domainName,
      traceId: traceIdOf(headerOf(incoming.headers, 'x-amzn-trace-id'), at, environment.newId),
    });
    this.context = contextOf(
      {
        ...{ account: environment.account, apiId, stage: stage.stageName, domainName },
        ...{ requestId: this.requestId, at, customDomain: mapped?.customDomain },
      },
      this.request,
    );
    this.isPreflight = stage.cors !== undefined && isPreflight(this.request);
  }

  public get routeKey(): string | undefined {
    return this.found?.value.routeKey;
  }

  /** @throws Refusal */
  public async run(): Promise<Answer> {
    const { recorder, stage } = this;
    await recorder.run('request', (tell) => this.receive(tell));
    const found = await recorder.run('route', (tell) => this.findRoute(tell));
    if (stage.cors && this.isPreflight) return this.preflight(stage.cors, found);
    if (!found) {
      const { method, path } = this.request;
      throw new Refusal('RESOURCE_NOT_FOUND', { reason: `No route for ${method} ${path}` });
    }
    const { routeKey } = found.value;
    await recorder.run('throttle', (tell) => checkLimits(stage.buckets, routeKey, stage.throttleOf(routeKey), tell));
    await recorder.run('authorizer', (tell) => this.authorize(found, tell));
    return this.integrated(found);
  }

  private receive(tell: Tell): void {
    const { request, mapped, stage } = this;
    tell({
      note: `${request.mediaType ?? 'no media type'}, ${request.body.length} bytes${wayOf(mapped, stage.options.api.disableExecuteApiEndpoint === true)}`,
      input: { headers: request.headers },
      ...(mapped ? { because: mapped.because } : {}),
    });
    if (request.body.length > BODY_MAX) {
      throw new Refusal('REQUEST_TOO_LARGE', {
        reason: `The body has ${request.body.length} bytes, more than ${BODY_MAX}`,
      });
    }
  }

  private findRoute(tell: Tell): RouteMatch<CompiledRoute> | undefined {
    const { request, stage, context } = this;
    this.found = stage.routes.find(request.path, request.method);
    if (!this.found) {
      tell({ note: `No route for ${request.method} ${request.path}`, because: [stage.options.api.location] });
      return undefined;
    }
    const { value, pathParameters } = this.found;
    context.routeKey = value.routeKey;
    tell({ note: value.routeKey, because: [value.source.location], output: { pathParameters } });
    return this.found;
  }

  /** The gateway responds to a preflight itself; a route that matches it and requires authorization still does. */
  private async preflight(cors: Cors, found: RouteMatch<CompiledRoute> | undefined): Promise<Answer> {
    if (found) await this.recorder.run('authorizer', (tell) => this.authorize(found, tell));
    return this.recorder.run('cors', (tell) => {
      tell({ note: 'The CORS configuration responds to the preflight', because: [cors.location] });
      return preflightAnswer(cors, this.request);
    });
  }

  private async authorize({ value: route, pathParameters }: RouteMatch<CompiledRoute>, tell: Tell): Promise<void> {
    const { decisions, tokens, options } = this.stage;
    const { environment } = options;
    this.identity = await authorize(
      { environment, decisions, tokens },
      {
        ...this.eventSources(route, pathParameters),
        ...{ sources: this.sources(pathParameters), route, routeArn: this.routeArn, incoming: this.incoming },
      },
      tell,
    );
    if (this.identity?.kind === 'iam')
      this.context.identity = { ...this.context.identity, ...identityOf(this.identity) };
    else if (this.identity) this.context.authorizer = ofFormat1(this.identity);
  }

  private get routeArn(): string {
    const { environment, apiId } = this.stage.options;
    const { partition, region, account } = environment;
    const { method, path } = this.request;
    return `arn:${partition}:execute-api:${region}:${account}:${apiId}/${this.stage.stageName}/${method}${path}`;
  }

  private sources(pathParameters: Readonly<Record<string, string>>): Sources {
    const { request, context } = this;
    return { request, pathParameters, context, stageVariables: this.stage.options.stageVariables };
  }

  private eventSources(route: CompiledRoute, pathParameters: Readonly<Record<string, string>>): EventSources {
    return {
      ...this.sources(pathParameters),
      resource: route.path ?? '$default',
      ...(this.identity === undefined ? {} : { identity: this.identity }),
    };
  }

  private async integrated({ value: route, pathParameters }: RouteMatch<CompiledRoute>): Promise<Answer> {
    const { integration } = route;
    if (!integration) throw misconfigured('The route has no known integration', [route.source.location]);
    const sources = this.sources(pathParameters);
    const { environment } = this.stage.options;
    const exchange = { ...this.eventSources(route, pathParameters), environment, integration, sources };
    const answer = await this.recorder.run('integration', (tell) => integrate(exchange, tell));
    const changes = integration.responseChanges.get(String(answer.status));
    if (!changes) return answer;
    const because = [integration.source.location];
    return this.recorder.run('integrationResponse', (tell) => {
      const changed = changedAnswer(changes, answer, sources, because);
      tell({ note: `Changed by the response parameters of ${answer.status}`, because, output: changed.headers });
      return changed;
    });
  }
}
