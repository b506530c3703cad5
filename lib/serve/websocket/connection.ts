import { type Trace } from '../trace';
import { type ConnectionFacts, type Granted } from './context';
import { type ConnectionEvent, EventRun } from './event-run';
import { failureText } from './failure';
import { CLOSING, LIMITS, NO_CODE } from './limits';
import { type WebSocketStage } from './stage';

/** The client's end of a connection. */
export interface Socket {
  send(text: string): void;
  /** Closes it; {@link WebSocketConnection.closed} is called once it is closed. */
  close(code: number, reason?: string): void;
}

/** An open connection to a stage. */
export class WebSocketConnection {
  public readonly id: string;
  private active: number;
  private isClosing = false;
  private isClosed = false;

  constructor(
    private readonly stage: WebSocketStage,
    public readonly facts: ConnectionFacts,
    private readonly granted: Granted,
    private readonly socket: Socket,
    private readonly leave: (id: string) => void,
  ) {
    this.id = facts.connectionId;
    this.active = stage.options.environment.now();
  }

  /** When something was sent or received. */
  public get lastActiveAt(): number {
    return this.active;
  }

  /** When the gateway closes it, if nothing more happens. */
  public get openUntil(): number {
    return Math.min(this.active + LIMITS.idleMs, this.facts.connectedAt + LIMITS.openMs);
  }

  /** A sign of life: a ping or a pong. */
  public touch(): void {
    this.active = this.stage.options.environment.now();
  }

  /**
   * A message of the client. Undefined if it closes the connection.
   *
   * @param longestFrame bytes of its longest frame; without fragments, of the message
   */
  public async receive(data: string | Uint8Array, longestFrame?: number): Promise<Trace | undefined> {
    if (this.isClosing) return undefined;
    this.touch();
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.length;
    if (bytes > LIMITS.messageBytes || (longestFrame ?? bytes) > LIMITS.frameBytes) return this.shut('tooBig');
    if (typeof data !== 'string') return this.shut('binary');
    const run = this.run({ type: 'MESSAGE', headers: {}, query: {}, text: data, target: '' });
    try {
      const answer = await run.run();
      if (answer && answer.text !== '') this.send(answer.text);
      return run.trace(answer?.status ?? 200);
    } catch (error) {
      const refusal = await run.refused(error);
      this.send(failureText(refusal, { connectionId: this.id, requestId: run.requestId }));
      return run.trace(refusal.status);
    }
  }

  /** The connection is closed, by whichever side. Undefined if that was known. */
  public async closed(code: number = NO_CODE, reason = ''): Promise<Trace | undefined> {
    if (this.isClosed) return undefined;
    this.isClosed = this.isClosing = true;
    this.leave(this.id);
    const { domainName, sourceIp } = this.facts;
    const headers = { Host: [domainName], 'x-api-key': [''], 'X-Forwarded-For': [sourceIp], 'x-restapi': [''] };
    const disconnectReason = code === NO_CODE && reason === '' ? 'Client-side close frame status not set' : reason;
    const run = this.run({
      ...{ type: 'DISCONNECT', headers, query: {}, target: '' },
      more: { disconnectStatusCode: code, disconnectReason },
    });
    try {
      return run.trace((await run.run())?.status ?? 200);
    } catch (error) {
      // Nobody is left to be told.
      return run.trace((await run.refused(error)).status);
    }
  }

  public send(text: string): void {
    if (this.isClosing) return;
    this.touch();
    this.socket.send(text);
  }

  /** Closes the connection from this side. */
  public shut(why: keyof typeof CLOSING): undefined {
    if (this.isClosing) return;
    this.isClosing = true;
    this.leave(this.id);
    const { code, reason } = CLOSING[why];
    this.socket.close(code, reason);
  }

  private run(event: ConnectionEvent): EventRun {
    return new EventRun(this.stage, this.facts, this.granted, event);
  }
}
