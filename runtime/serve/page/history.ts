import { type FunctionLog } from '../../../lib/serve/functions';
import { type Location } from '../../../lib/template/model/place';
import { type Secrets } from '../secrets';
import { type Exchanged, LIMIT, secretsOf, shownText, summaryOf, traceView } from '../trace-view';
import { type PlaceView, type TraceSummary, type TraceView } from './wire';

/** Requests that are kept. */
export const KEPT = 200;
/** Lines of functions that are kept of one request. */
const LINES_MAX = 1000;
/** Bytes of an exchange that is kept as it was. */
const WHOLE_MAX = 4 * LIMIT;

/** What views need, read again for each of them. */
export interface HistorySources {
  /** The values of API keys. */
  readonly known: () => readonly string[];
  readonly place: (location: Location) => PlaceView;
}

/** The last requests with what functions printed meanwhile. */
export class History {
  private readonly entries = new Map<string, Entry>();
  private readonly lines = new Map<string, string[]>();
  private readonly loose: string[] = [];

  constructor(private readonly sources: HistorySources) {}

  /** False if it was there already. */
  public add(exchanged: Exchanged): boolean {
    const { requestId } = exchanged.trace;
    if (this.entries.has(requestId)) return false;
    this.entries.set(requestId, new Entry(exchanged, this.sources));
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= KEPT) break;
      this.entries.delete(oldest);
      this.lines.delete(oldest);
    }
    return true;
  }

  /** Keeps a line of a request; the request itself comes later. */
  public log({ functionId, requestId, text }: FunctionLog): void {
    const lines = requestId === undefined ? this.loose : (this.lines.get(requestId) ?? []);
    lines.push(`${functionId}: ${text}`);
    if (lines.length > LINES_MAX) lines.shift();
    if (requestId === undefined) return;
    this.lines.set(requestId, lines);
    if (this.lines.size <= 2 * KEPT) return;
    // Of requests that never came.
    const oldest = [...this.lines.keys()].find((each) => !this.entries.has(each));
    if (oldest !== undefined) this.lines.delete(oldest);
  }

  /** Lines that belong to no request. */
  public looseLines(): readonly string[] {
    return this.loose;
  }

  public has(requestId: string): boolean {
    return this.entries.has(requestId);
  }

  public summary(requestId: string): TraceSummary | undefined {
    return this.entries.get(requestId)?.summary;
  }

  public summaries(): TraceSummary[] {
    return [...this.entries.values()].map(({ summary }) => summary);
  }

  public view(requestId: string): TraceView | undefined {
    return this.entries.get(requestId)?.view(this.lines.get(requestId) ?? []);
  }

  /** The exchange as it was, to be sent again; a text says why it cannot be. */
  public replayable(requestId: string): Exchanged | string {
    const entry = this.entries.get(requestId);
    if (!entry) return `The request ${requestId} is not among the last ${KEPT}`;
    return entry.whole ?? TOO_LARGE;
  }
}

const TOO_LARGE = 'The request or its response is too large to be kept, so it cannot be sent again';

/** One request: as it was, or what is shown of it if it is too large to be kept. */
class Entry {
  public readonly whole?: Exchanged;
  private readonly large?: TraceView;
  private found?: Secrets;
  private summarized?: TraceSummary;

  constructor(
    exchanged: Exchanged,
    private readonly sources: HistorySources,
  ) {
    if (sizeOf(exchanged) <= WHOLE_MAX) {
      this.whole = exchanged;
      return;
    }
    this.found = secretsOf(exchanged, sources.known());
    this.large = { ...traceView(exchanged, this.found, sources.place), notReplayable: TOO_LARGE };
    this.summarized = summaryOf(exchanged, this.found);
  }

  public get summary(): TraceSummary {
    this.summarized ??= summaryOf(this.whole as Exchanged, this.secrets);
    return this.summarized;
  }

  public view(lines: readonly string[]): TraceView {
    const view = this.large ?? traceView(this.whole as Exchanged, this.secrets, this.sources.place);
    return { ...view, logs: lines.map((line) => shownText(line, this.secrets)) };
  }

  /** Looked for when the request is shown for the first time, not while it is handled. */
  private get secrets(): Secrets {
    this.found ??= secretsOf(this.whole as Exchanged, this.sources.known());
    return this.found;
  }
}

function sizeOf({ request, answer, trace }: Exchanged): number {
  const answered = answer.body instanceof Uint8Array ? answer.body.length : 0;
  const told = trace.steps.reduce((sum, { input, output }) => sum + textSize(input) + textSize(output), 0);
  return request.body.length + answered + told;
}

/** The characters in a value, counted up to what matters. */
function textSize(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > 40) return 8;
  if (value instanceof Uint8Array) return value.length;
  let sum = 0;
  for (const each of Object.values(value) as unknown[]) {
    sum += 8 + textSize(each, depth + 1);
    if (sum > WHOLE_MAX) break;
  }
  return sum;
}
