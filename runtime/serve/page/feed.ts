import { type ServerResponse } from 'node:http';
import { type FeedEvent } from './wire';

/** Silence after which something is sent, so both sides notice a broken connection. */
const BEAT_IN_MS = 15_000;

/** The pages that look on, as streams of server-sent events. */
export class Feed {
  private readonly streams = new Set<ServerResponse>();
  private beat?: NodeJS.Timeout;

  public get isWatched(): boolean {
    return this.streams.size > 0;
  }

  public open(response: ServerResponse, first: FeedEvent): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.streams.add(response);
    response.on('close', () => this.drop(response));
    response.write(written(first));
    this.beat ??= setInterval(() => this.write(': still here\n\n'), BEAT_IN_MS).unref();
  }

  public send(event: FeedEvent): void {
    if (this.isWatched) this.write(written(event));
  }

  public close(): void {
    for (const stream of this.streams) {
      stream.end();
      this.drop(stream);
    }
  }

  private write(text: string): void {
    for (const stream of this.streams) {
      // A page that does not read is dropped; it connects anew and reads the state.
      if (stream.writableLength > 4 * 1024 * 1024) stream.destroy();
      else stream.write(text);
    }
  }

  private drop(stream: ServerResponse): void {
    this.streams.delete(stream);
    if (this.isWatched) return;
    clearInterval(this.beat);
    this.beat = undefined;
  }
}

/** JSON holds no line breaks, so it is one line of data. */
const written = (event: FeedEvent): string => `data: ${JSON.stringify(event)}\n\n`;
