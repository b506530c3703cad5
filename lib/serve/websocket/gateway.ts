import { type Answer, type HeaderFields, headerOf, type IncomingRequest } from '../exchange';
import { opaqueId } from '../ids';
import { type Mapped } from '../mapped';
import { collected, queryPairs, valueOfHeader } from '../multi-values';
import { Refusal } from '../refusal';
import { type Trace } from '../trace';
import { traceIdOf } from '../trace-id';
import { visibleHeaders } from '../visible-headers';
import { type Socket, WebSocketConnection } from './connection';
import { type Granted } from './context';
import { EventRun } from './event-run';
import { answerWith, refusedAnswer } from './failure';
import { manageConnections } from './management';
import { WebSocketStage, type WebSocketStageOptions } from './stage';

/** What a handshake ends with. */
export type Handshake =
  | { readonly kind: 'refused'; readonly answer: Answer; readonly trace: Trace }
  | {
      readonly kind: 'open';
      readonly connection: WebSocketConnection;
      /** For the response with status 101: the subprotocol that `$connect` chose. */
      readonly headers: HeaderFields;
      readonly trace: Trace;
    };

/** A stage of a WebSocket API that treats its clients as the service does. */
export class WebSocketGateway {
  public readonly stage: WebSocketStage;
  /** The open connections, by their ids. */
  public readonly open = new Map<string, WebSocketConnection>();
  private successor?: WebSocketGateway;

  constructor(options: WebSocketStageOptions) {
    this.stage = new WebSocketStage(options);
  }

  /**
   * A client asks to connect.
   *
   * @param prefix the stage as it begins the path of the request, `/prod`; otherwise empty
   * @param mapped where a custom domain leads it
   */
  public async connect(request: IncomingRequest, prefix: string, socket: Socket, mapped?: Mapped): Promise<Handshake> {
    const { environment, apiId, port } = this.stage.options;
    const domainName = mapped?.domainName ?? this.stage.options.domainName;
    const { headers, target, sourceIp } = request;
    const userAgent = headerOf(headers, 'user-agent') ?? '';
    const connectedAt = environment.now();
    const facts = {
      ...{ connectionId: opaqueId(environment.newId()), connectedAt, apiId, domainName, sourceIp },
      ...{ stage: this.stage.stageName, userAgent },
    };
    const traceId = traceIdOf(headerOf(headers, 'x-amzn-trace-id'), connectedAt, environment.newId);
    const granted: Granted = {};
    const edge = { host: headerOf(headers, 'host') ?? domainName, port: String(port), protocol: 'https' };
    const run = new EventRun(this.stage, facts, granted, {
      type: 'CONNECT',
      headers: visibleHeaders(request, { ...edge, traceId }),
      query: collected(queryPairs(target.split(/\?(.*)/s)[1] ?? '')),
      ...{ target, traceId, handshake: request },
    });
    try {
      checkPath(target, prefix);
      const answer = await run.run();
      const status = answer?.status ?? 200;
      if (status < 200 || status > 299) {
        return {
          kind: 'refused',
          answer: answerWith(status, answer?.text ?? '', run.requestId),
          trace: run.trace(status),
        };
      }
      const connection = new WebSocketConnection(this.latest, facts, granted, socket);
      const protocol = answer && valueOfHeader(answer.headers, 'sec-websocket-protocol');
      const chosen: HeaderFields = protocol === undefined ? [] : [['Sec-WebSocket-Protocol', protocol]];
      return { kind: 'open', connection, headers: chosen, trace: run.trace(101) };
    } catch (error) {
      const refusal = await run.refused(error);
      const ids = { connectionId: facts.connectionId, requestId: run.requestId };
      return { kind: 'refused', answer: refusedAnswer(refusal, ids), trace: run.trace(refusal.status) };
    }
  }

  /** A request to `@connections`, or any other that is not a handshake. */
  public manage(request: IncomingRequest, prefix: string): Promise<{ answer: Answer; trace: Trace }> {
    return manageConnections(this.stage, this.open, request, prefix);
  }

  /** Takes over the open connections of the gateway that this one replaces: they go on with the routes of now. */
  public adopt(previous: WebSocketGateway): void {
    previous.successor = this;
    for (const connection of [...previous.open.values()]) connection.moveTo(this);
  }

  /** Where connections belong that are let in now. */
  private get latest(): WebSocketGateway {
    return this.successor?.latest ?? this;
  }
}

/** Clients connect to the stage, and to nothing below it. @throws Refusal */
function checkPath(target: string, prefix: string): void {
  const [path] = target.replace(/^\/+/, '/').split('?');
  const below = path.startsWith(prefix) ? path.slice(prefix.length) : path;
  if (below === '' || below === '/') return;
  const reason = `${path} is below the stage; clients connect to ${prefix === '' ? '/' : prefix}`;
  throw new Refusal('DEFAULT_4XX', { reason, message: 'Forbidden' });
}
