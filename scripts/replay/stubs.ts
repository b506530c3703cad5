import { type Backend, type Recording, type Thrown, bytesOfBody } from './recording';
import { isRecord, isSubset } from './matching';

/** A call that a back end got, as expectations describe it. */
export type SeenCall = Readonly<Record<string, unknown>>;

/** A call of a server, or of a service. */
export interface ServerCall {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly body: Buffer;
}

export interface ServerAnswer {
  readonly status: number;
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly body: Buffer;
}

export type FunctionAnswer = { readonly payload: unknown } | { readonly error: Thrown };

/** Plays the back ends of a recording, and keeps what they were asked. */
export class Stubs {
  private readonly seen = new Map<string, SeenCall[]>();

  /** Posts to a connection, as functions do through the API for connections. */
  public post?: (connectionId: string, text: string) => Promise<void>;

  constructor(private readonly recording: Recording) {}

  public forget(): void {
    this.seen.clear();
  }

  public calls(name: string): readonly SeenCall[] {
    return this.seen.get(name) ?? [];
  }

  public has(name: string): boolean {
    return Object.hasOwn(this.recording.backends, name);
  }

  public backend(name: string): Backend | undefined {
    return this.has(name) ? this.recording.backends[name] : undefined;
  }

  /** What the function answers; undefined if the recording has none of this name. */
  public async callFunction(name: string, event: unknown): Promise<FunctionAnswer | undefined> {
    const backend = this.backend(name);
    if (!backend) return undefined;
    this.keep(name, event as SeenCall);
    await wait(backend.delayMs);
    if (backend.postToConnection !== undefined) {
      const { connectionId } = (event as { requestContext: { connectionId: string } }).requestContext;
      await this.post?.(connectionId, String(substituted(backend.postToConnection, event)));
    }
    const given = chosen(backend, event);
    if (given.throw) return { error: { errorMessage: '', ...given.throw } };
    if (backend.echo === 'event') return { payload: event };
    if (backend.echo === 'proxy-event') return { payload: { statusCode: 200, body: JSON.stringify(event) } };
    if (backend.echo === 'proxy-body')
      return { payload: JSON.parse(String((event as { body?: unknown }).body ?? 'null')) };
    return { payload: substituted(given.answer ?? null, event) };
  }

  /** What a server answers. @param name an origin, or `aws:<service>` */
  public async callServer(name: string, call: ServerCall): Promise<ServerAnswer | undefined> {
    const backend = this.backend(name);
    if (!backend) return undefined;
    const seen = describe(call, name.startsWith('aws:'));
    this.keep(name, seen);
    await wait(backend.delayMs);
    if (backend.statusFromPath) {
      const status = Number(String(seen.path).split('/').pop());
      return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify({ status })) };
    }
    const given = chosen(backend, seen);
    if (isRecord(given.answer)) {
      const {
        status = 200,
        headers = {},
        body,
      } = given.answer as { status?: number; headers?: object; body?: unknown };
      return {
        status,
        headers: Object.entries(headers).map(([key, value]) => [key, String(value)]),
        body: bytesOfBody(body),
      };
    }
    if (backend.echo === 'body') {
      const type = call.headers.find(([key]) => key.toLowerCase() === 'content-type')?.[1];
      return { status: 200, headers: type === undefined ? [] : [['content-type', type]], body: call.body };
    }
    const { method, path, query, headers, body, json } = seen;
    return {
      status: 200,
      headers: [['content-type', 'application/json']],
      body: Buffer.from(JSON.stringify({ method, path, query, headers, body, json: json ?? null })),
    };
  }

  private keep(name: string, call: SeenCall): void {
    this.seen.set(name, [...this.calls(name), call]);
  }
}

function chosen(backend: Backend, call: unknown): { answer?: unknown; throw?: Thrown } {
  if (!backend.answers) return backend;
  return backend.answers.find(({ when }) => when === undefined || isSubset(when, call)) ?? {};
}

const wait = (ms: number | undefined): Promise<void> => new Promise((done) => setTimeout(done, ms ?? 0));

/** In an answer, `$event.a.b` stands for a value of the event. */
function substituted(answer: unknown, event: unknown): unknown {
  if (Array.isArray(answer)) return answer.map((each) => substituted(each, event));
  if (isRecord(answer)) {
    return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, substituted(value, event)]));
  }
  if (typeof answer !== 'string') return answer;
  const at = (path: string): unknown =>
    path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), event);
  const [, whole] = /^\$event\.([\w.-]+)$/.exec(answer) ?? [];
  if (whole !== undefined) return at(whole) ?? null;
  return answer.replace(/\$event\.([\w-]+(?:\.[\w-]+)*)/g, (_, path: string) => String(at(path) ?? ''));
}

function describe({ method, target, headers, body }: ServerCall, isService: boolean): SeenCall {
  const url = new URL(target, 'http://x');
  const query: Record<string, string[]> = {};
  for (const [key, value] of url.searchParams) (query[key] ??= []).push(value);
  const fields: Record<string, string> = {};
  for (const [key, value] of headers) {
    const name = key.toLowerCase();
    fields[name] = Object.hasOwn(fields, name) ? `${fields[name]}, ${value}` : value;
  }
  const text = body.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(body);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const form = Object.fromEntries(new URLSearchParams(text));
  const action = query.Action?.[0] ?? form.Action ?? fields['x-amz-target']?.split('.').pop();
  return {
    ...{ method, path: target.split('?')[0], query, headers: fields },
    body: isText ? text : { base64: body.toString('base64') },
    bytes: body.toString('base64'),
    ...(json === undefined ? {} : { json }),
    ...(isService
      ? {
          action,
          params: { ...Object.fromEntries(Object.entries(query).map(([key, [value]]) => [key, value])), ...form },
        }
      : {}),
  };
}
