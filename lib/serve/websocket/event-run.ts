import { type RequestContext } from '../context';
import { type IncomingRequest } from '../exchange';
import { opaqueId } from '../ids';
import { type JsonObject } from '../json';
import { TemplateScope } from '../mapping/templates';
import { type MultiValues } from '../multi-values';
import { Recorder, type Told } from '../recorder';
import { Refusal } from '../refusal';
import { type Trace } from '../trace';
import { traceIdOf } from '../trace-id';
import { checkKey, checkMessage, checkParameters, checkThrottle } from './admission';
import { authorize } from './authorize';
import { type CompiledRoute } from './compile';
import { type ConnectionFacts, contextOf, type EventType, type Granted } from './context';
import { eventSources, type EventView, mappingSources, type RouteAnswer, variablesOf } from './exchange';
import { asRefusal } from './failure';
import { integrate } from './integrate';
import { CONNECT, DISCONNECT, selectRoute } from './routes';
import { type WebSocketStage } from './stage';
import { Message } from './variables';

/** Something that happens to a connection. */
export interface ConnectionEvent {
  readonly type: EventType;
  readonly headers: MultiValues;
  readonly query: MultiValues;
  /** Of a message. */
  readonly text?: string;
  readonly traceId?: string;
  /** Of a handshake. */
  readonly handshake?: IncomingRequest;
  /** What only this event has in its context. */
  readonly more?: JsonObject;
  /** For the trace. */
  readonly target: string;
}

/** One event of a connection on its way through its route, step by step. */
export class EventRun {
  public readonly requestId: string;
  private readonly recorder = new Recorder(() => performance.now());
  private readonly startedAt: number;
  private readonly from = performance.now();
  private readonly traceId: string;
  private readonly message: Message;
  private readonly context: RequestContext;
  private route?: CompiledRoute;

  constructor(
    private readonly stage: WebSocketStage,
    private readonly connection: ConnectionFacts,
    private readonly granted: Granted,
    private readonly event: ConnectionEvent,
  ) {
    const { newId, now } = stage.options.environment;
    this.startedAt = now();
    this.requestId = opaqueId(newId());
    this.traceId = event.traceId ?? traceIdOf(undefined, this.startedAt, newId);
    this.message = new Message(event.text ?? '');
    const more = event.type === 'MESSAGE' ? { messageId: opaqueId(newId()), ...event.more } : event.more;
    this.context = contextOf(
      connection,
      { eventType: event.type, routeKey: '', requestId: this.requestId, at: this.startedAt, ...(more ? { more } : {}) },
      granted,
    );
  }

  /** The answer; undefined if nothing is behind the event. @throws Refusal */
  public async run(): Promise<RouteAnswer | undefined> {
    const { event, recorder, stage } = this;
    const size = event.text === undefined ? '' : `, ${Buffer.byteLength(event.text)} bytes`;
    await recorder.run('request', (tell) => tell({ note: `${event.type}${size}`, input: { headers: event.headers } }));
    const route = await recorder.run('route', (tell) => this.find(tell));
    if (!route) return undefined;
    if (event.handshake) await this.admit(route, event.handshake);
    if (event.type !== 'DISCONNECT') {
      await recorder.run('throttle', (tell) => checkThrottle(stage, route.key, tell));
    }
    if (event.type === 'MESSAGE') {
      await recorder.run('validate', (tell) => checkMessage(stage, route, this.message, variablesOf(this.view), tell));
    }
    const answer = await this.integrate(route);
    if (answer && route.isTwoWay && event.type === 'MESSAGE') {
      await recorder.run('routeResponse', (tell) =>
        tell({ note: 'The answer goes to the client', output: answer.text }),
      );
    }
    return answer && { ...answer, text: route.isTwoWay ? answer.text : '' };
  }

  /** What an error of {@link run} means to the client. */
  public async refused(error: unknown): Promise<Refusal> {
    const refusal = asRefusal(error);
    const fault = error instanceof Refusal ? '' : `; ${refusal.message}`;
    await this.recorder.run('gatewayResponse', (tell) =>
      tell({ note: `${refusal.type}: status ${refusal.status}${fault}` }),
    );
    return refusal;
  }

  public trace(status: number): Trace {
    const { stage, event, startedAt, from, recorder, route } = this;
    return {
      requestId: this.requestId,
      connectionId: this.connection.connectionId,
      api: stage.options.apiId,
      stage: stage.stageName,
      ...(route ? { route: route.key } : {}),
      startedAt,
      tookInMs: performance.now() - from,
      method: event.type,
      target: event.target,
      status,
      steps: recorder.steps,
    };
  }

  private find(tell: (told: Told) => void): CompiledRoute | undefined {
    const { stage, event, context } = this;
    if (event.type === 'MESSAGE') {
      const { key, route } = selectRoute(stage.routes, stage.routeExpression, variablesOf(this.view));
      this.route = route;
      const { source } = stage.routeExpression;
      const which = key === undefined ? 'The message is not JSON' : `${source} is ${JSON.stringify(key)}`;
      if (!route) {
        throw new Refusal('DEFAULT_4XX', {
          reason: `${which}: there is no such route, and no $default`,
          message: 'Forbidden',
          because: [stage.options.api.location],
        });
      }
      tell({ note: `${which}: ${route.key}`, because: [route.source.location] });
    } else {
      const key = event.type === 'CONNECT' ? CONNECT : DISCONNECT;
      this.route = stage.routes.get(key);
      tell({ note: this.route ? key : `There is no ${key}`, because: this.route ? [this.route.source.location] : [] });
    }
    context.routeKey = this.route?.key ?? '';
    return this.route;
  }

  private async admit(route: CompiledRoute, handshake: IncomingRequest): Promise<void> {
    const { recorder, stage, connection, context, granted } = this;
    const { view } = this;
    const {
      context: authorizer,
      identity,
      apiKey,
    } = await recorder.run('authorizer', (tell) =>
      authorize(
        {
          ...{ environment: stage.options.environment, route, event: eventSources(view) },
          ...{ sources: mappingSources(view), methodArn: stage.arnOf(route.key) },
          ...{ requestId: this.requestId, sourceIp: connection.sourceIp, handshake },
        },
        tell,
      ),
    );
    if (authorizer) context.authorizer = granted.authorizer = authorizer;
    const key = await recorder.run('apiKey', (tell) => checkKey(stage, route, variablesOf(view), apiKey, tell));
    granted.identity = { ...identity, ...key };
    Object.assign(context.identity, granted.identity);
    await recorder.run('validate', (tell) => checkParameters(route, mappingSources(view), tell));
  }

  private async integrate(route: CompiledRoute): Promise<RouteAnswer | undefined> {
    const { stage, context, requestId, traceId, view } = this;
    const { integration } = route;
    if (!integration) return undefined;
    const scope = new TemplateScope(context, stage.options.stageVariables);
    return integrate({ ...view, route, integration, scope, requestId, traceId }, this.recorder);
  }

  private get view(): EventView {
    const { stage, context, message, event } = this;
    const { headers, query } = event;
    return { stage, context, message, headers, query, isMessage: event.type === 'MESSAGE' };
  }
}
