import { type Answer, type HeaderFields, type IncomingRequest } from '../../lib/serve/exchange';
import { queryPairs } from '../../lib/serve/multi-values';
import { type Step, type Trace } from '../../lib/serve/trace';
import { type Location } from '../../lib/template/model/place';
import {
  type BodyView,
  type MessageView,
  type PlaceView,
  type StepView,
  type TraceSummary,
  type TraceView,
} from './page/wire';
import { isSecretName, maskOf, Secrets } from './secrets';

/** Characters of one text, and of all that went into or came out of one step. */
export const LIMIT = 64 * 1024;

/** A request with what became of it, as the gateway has it. */
export interface Exchanged {
  readonly request: IncomingRequest;
  readonly answer: Answer;
  readonly trace: Trace;
}

/** One line of the list of requests. */
export function summaryOf({ trace }: Exchanged, secrets: Secrets): TraceSummary {
  const { requestId, connectionId, api, stage, route, startedAt, tookInMs, method, target, status } = trace;
  const refused = trace.steps.find((step) => step.refused !== undefined);
  return {
    ...{ requestId, api, stage, startedAt, tookInMs, status },
    ...{ method: secrets.hide(method), target: new Viewer(secrets).target(target) },
    ...(connectionId === undefined ? {} : { connectionId }),
    ...(route === undefined ? {} : { route }),
    ...(refused?.refused === undefined ? {} : { refused: { stage: refused.stage, type: refused.refused } }),
  };
}

/** Everything of a request that may leave the process: without its secrets, and cut. */
export function traceView(exchanged: Exchanged, secrets: Secrets, place: (location: Location) => PlaceView): TraceView {
  const { request, answer, trace } = exchanged;
  const shown = (value: unknown): unknown => new Viewer(secrets).view(value);
  return {
    ...summaryOf(exchanged, secrets),
    request: messageOf(request.headers, request.body, secrets),
    answer: messageOf(answer.headers, answer.body, secrets),
    steps: trace.steps.map((step) => stepOf(step, shown, place)),
    logs: [],
  };
}

/** The same as separate data, for a file: places have no line. */
export const traceLine = (exchanged: Exchanged, known: readonly string[]): TraceView =>
  traceView(exchanged, secretsOf(exchanged, known), ({ template, logicalId, path }) => ({
    file: template,
    logicalId,
    path,
  }));

/** A text without the secrets. */
export const shownText = (text: string, secrets: Secrets): string => new Viewer(secrets).text(text);

/** The secrets that are known without a request. */
export function knownSecrets(values: readonly string[]): Secrets {
  const secrets = new Secrets();
  for (const value of values) secrets.add(value);
  return secrets;
}

function stepOf(step: Step, shown: (value: unknown) => unknown, place: (location: Location) => PlaceView): StepView {
  const { stage, tookInMs, note, input, output, refused, because = [] } = step;
  return {
    ...{ stage, tookInMs },
    ...(note === undefined ? {} : { note: shown(note) as string }),
    ...(input === undefined ? {} : { input: shown(input) }),
    ...(output === undefined ? {} : { output: shown(output) }),
    ...(refused === undefined ? {} : { refused }),
    because: because.map((location) => shown(place(location)) as PlaceView),
  };
}

function messageOf(headers: HeaderFields, body: Answer['body'], secrets: Secrets): MessageView {
  return {
    headers: headers.map(([name, value]) => {
      const text = isSecretName(name) ? maskOf(value) : new Viewer(secrets).text(value);
      return [secrets.hide(name), text] as const;
    }),
    body: bodyOf(body, secrets),
  };
}

function bodyOf(body: Answer['body'], secrets: Secrets): BodyView {
  if (!(body instanceof Uint8Array)) return { bytes: 0, cut: true };
  const text = textOf(body);
  if (text === undefined) return { bytes: body.length, cut: true };
  return { bytes: body.length, text: new Viewer(secrets).text(text), cut: text.length > LIMIT };
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Makes what is shown of one value. */
class Viewer {
  private left = LIMIT;

  constructor(private readonly secrets: Secrets) {}

  public view(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Uint8Array) return this.text(textOf(value) ?? `${value.length} bytes`);
    if (this.left <= 0 || depth > 40) return '… cut';
    if (Array.isArray(value)) return this.list(value, depth);
    return Object.fromEntries(this.entries(value, depth));
  }

  private list(value: readonly unknown[], depth: number): unknown[] {
    const [name, second] = value;
    if (value.length === 2 && typeof name === 'string' && typeof second === 'string' && isSecretName(name)) {
      return [this.text(name), maskOf(second)];
    }
    const shown: unknown[] = [];
    for (const each of value) {
      if ((this.left -= 4) <= 0) return [...shown, '… cut'];
      shown.push(this.view(each, depth + 1));
    }
    return shown;
  }

  private *entries(value: object, depth: number): Iterable<readonly [string, unknown]> {
    for (const [name, each] of value instanceof Map ? value : Object.entries(value)) {
      if ((this.left -= 4) <= 0) return yield ['…', 'cut'];
      const key = this.text(String(name));
      yield [key, isSecretName(String(name)) ? this.masked(each, depth + 1) : this.view(each, depth + 1)];
    }
  }

  private masked(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return maskOf(value);
    if (Array.isArray(value)) return value.slice(0, 100).map((each: unknown) => this.masked(each, depth + 1));
    return typeof value === 'number' ? '…' : this.view(value, depth);
  }

  /** Path and query; a token of the query counts whatever its length. */
  public target(target: string): string {
    const at = target.indexOf('?');
    if (at < 0) return this.text(target);
    const pairs = target.slice(at + 1).split('&');
    const shown = pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0 || !isSecretName(nameOf(pair))) return pair;
      return `${pair.slice(0, equals + 1)}${maskOf(pair.slice(equals + 1))}`;
    });
    return this.text(`${target.slice(0, at)}?${shown.join('&')}`);
  }

  public text(text: string): string {
    const { secrets } = this;
    const limit = Math.max(0, Math.min(LIMIT, this.left));
    this.left -= text.length;
    if (text.length <= limit) return secrets.hide(text);
    // Hidden before it is cut, and without the beginning of a secret at the end.
    const { longest } = secrets;
    const raw = text.slice(0, limit + longest);
    const kept = secrets.hide(withoutBegunToken(raw));
    return `${kept.slice(0, Math.max(0, Math.min(limit, kept.length - longest)))}… cut`;
  }
}

/** The text up to a token at its end, which may lack the parts that tell that it is one. */
function withoutBegunToken(text: string): string {
  let at = text.length;
  while (at > 0 && /[\w.-]/.test(text[at - 1])) at -= 1;
  return text.slice(at).includes('eyJ') ? text.slice(0, at) : text;
}

const nameOf = (pair: string): string => [...queryPairs(pair)][0]?.[0] ?? '';

/**
 * All values of the exchange that stand under the name of a secret.
 * @param known secret wherever they stand: the API keys of the template
 */
export function secretsOf({ request, answer, trace }: Exchanged, known: readonly string[]): Secrets {
  const secrets = knownSecrets(known);
  collect(request.headers, secrets);
  collect(answer.headers, secrets);
  collect(trace.target, secrets);
  for (const body of [request.body, answer.body]) if (body instanceof Uint8Array) collect(textOf(body), secrets);
  for (const { input, output } of trace.steps) collect([input, output], secrets);
  return secrets;
}

function collect(value: unknown, secrets: Secrets, depth = 0): void {
  if (depth > 40) return;
  if (typeof value === 'string') return collectText(value, secrets, depth);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (Array.isArray(value)) {
    const [name, second] = value as unknown[];
    if (value.length === 2 && typeof name === 'string' && isSecretName(name)) addAll(second, name, secrets);
    for (const each of value) collect(each, secrets, depth + 1);
    return;
  }
  for (const [name, each] of value instanceof Map ? value : Object.entries(value)) {
    if (isSecretName(String(name))) addAll(each, String(name), secrets);
    collect(each, secrets, depth + 1);
  }
}

function addAll(value: unknown, name: string, secrets: Secrets): void {
  for (const each of Array.isArray(value) ? value : [value]) if (typeof each === 'string') secrets.add(each, name);
}

/** Texts hold secrets too: queries, forms and JSON. */
function collectText(text: string, secrets: Secrets, depth: number): void {
  if (text.includes('=')) {
    // A URL may stand in other text, or have quotation marks of its own.
    for (const piece of [...text.split(/[?&#]/), ...text.split(/[?&#\s"']/)]) {
      for (const [name, value] of queryPairs(piece)) {
        if (!isSecretName(name)) continue;
        secrets.add(value, name);
        secrets.add(piece.slice(piece.indexOf('=') + 1), name);
      }
    }
  }
  if (/^\s*[[{]/.test(text)) {
    try {
      collect(JSON.parse(text), secrets, depth + 1);
    } catch {
      // No JSON, so there are no names in it.
    }
  }
}
