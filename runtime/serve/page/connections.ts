import { randomUUID } from 'node:crypto';
import { type PageConnection, type PageGateway } from './contract';
import { ControlError } from './control-error';
import { type Feed } from './feed';

type ConnectRequest = Parameters<NonNullable<PageGateway['connect']>>[0];

/** Connections that the page may have at a time. */
const OPEN_MAX = 20;

/** The connections of the WebSocket console. */
export class Connections {
  private readonly opened = new Map<string, PageConnection>();

  constructor(
    private readonly gateway: PageGateway,
    private readonly feed: Feed,
    private readonly hidden: (text: string) => string,
  ) {}

  /** @throws ControlError */
  public async open(request: ConnectRequest): Promise<{ connection: string }> {
    if (!this.gateway.connect) throw new ControlError(404, 'There is no WebSocket API');
    if (this.opened.size >= OPEN_MAX) throw new ControlError(409, `${OPEN_MAX} connections are open; close one first`);
    const connection = randomUUID();
    try {
      const made = await this.gateway.connect(request, {
        onMessage: (text) => this.feed.send({ type: 'message', connection, text: this.hidden(text) }),
        onClose: (code, reason) => {
          this.opened.delete(connection);
          this.feed.send({ type: 'closed', connection, code, reason: this.hidden(reason) });
        },
      });
      this.opened.set(connection, made);
    } catch (error) {
      throw new ControlError(502, this.hidden(error instanceof Error ? error.message : String(error)));
    }
    return { connection };
  }

  /** @throws ControlError */
  public send(connection: string, text: string): object {
    this.find(connection).send(text);
    return {};
  }

  /** @throws ControlError */
  public close(connection: string): object {
    this.find(connection).close();
    return {};
  }

  public closeAll(): void {
    for (const each of this.opened.values()) each.close();
    this.opened.clear();
  }

  private find(connection: string): PageConnection {
    const found = this.opened.get(connection);
    if (!found) throw new ControlError(404, 'The connection is closed');
    return found;
  }
}
