import { type HeaderFields } from '../../../lib/serve/exchange';
import { type Json, isObject, type JsonObject } from '../../../lib/serve/json';
import { type Location } from '../../../lib/template/model/place';
import { type Exchanged, knownSecrets, shownText } from '../trace-view';
import { Connections } from './connections';
import { type PageGateway, type PageNote } from './contract';
import { ControlError } from './control-error';
import { type Feed } from './feed';
import { History } from './history';
import { type ApiView, type NoteView, type PlaceView, type State } from './wire';

/** What the page can do. */
export class Control {
  public readonly history = new History({
    known: () => this.keys().map(({ value }) => value),
    place: (location) => this.place(location),
  });
  public readonly connections: Connections;

  constructor(
    private readonly gateway: PageGateway,
    private readonly feed: Feed,
  ) {
    this.connections = new Connections(gateway, feed, (text) => this.hidden(text));
  }

  public get state(): State {
    const { gateway, history } = this;
    return {
      apis: this.apis(),
      findings: gateway.findings().map((note) => this.note(note)),
      notEmulated: gateway.notEmulated().map((note) => this.note(note)),
      hasIssuer: gateway.token !== undefined,
      hasConsole: gateway.connect !== undefined,
      traces: history.summaries(),
      looseLogs: history.looseLines().map((line) => this.hidden(line)),
    };
  }

  public record(exchanged: Exchanged): void {
    const { requestId } = exchanged.trace;
    if (!this.history.add(exchanged) || !this.feed.isWatched) return;
    const trace = this.history.summary(requestId);
    if (trace) this.feed.send({ type: 'trace', trace });
  }

  /** @throws ControlError */
  public async call(method: string, path: string, given: Json): Promise<unknown> {
    const [, name, id] = /^\/_apigw\/(\w+)(?:\/([\w.-]+))?$/.exec(path) ?? [];
    const input = isObject(given) ? given : {};
    if (method === 'GET' && name === 'traces' && id !== undefined) return this.trace(id);
    if (method === 'POST') {
      if (name === 'send') return this.send(input);
      if (name === 'replay') return this.replay(textIn(input, 'requestId'));
      if (name === 'token') return this.token(input);
      if (name === 'connections' && id === undefined) return this.connections.open(requestIn(input));
      if (name === 'connections') return this.connections.send(id, textIn(input, 'text'));
      if (name === 'disconnect') return this.connections.close(textIn(input, 'connection'));
    }
    throw new ControlError(404, `There is no ${method} ${path}`);
  }

  private trace(requestId: string): unknown {
    const view = this.history.view(requestId);
    if (!view) throw new ControlError(404, 'The request is no longer among the last ones');
    return view;
  }

  private async send(input: JsonObject): Promise<unknown> {
    const { headers, ...request } = requestIn(input);
    const key = this.keys().find(({ id }) => id === input.apiKey);
    if (typeof input.apiKey === 'string' && !key) throw new ControlError(400, `No API key ${input.apiKey}`);
    return this.exchange({
      ...{ ...request, method: textIn(input, 'method'), body: Buffer.from(textIn(input, 'body')) },
      headers: key ? [...headers, ['x-api-key', key.value]] : headers,
    });
  }

  /** Sends what was sent, with its secrets: they never went to the page. */
  private async replay(requestId: string): Promise<unknown> {
    const kept = this.history.replayable(requestId);
    if (typeof kept === 'string') throw new ControlError(409, kept);
    const { request, trace } = kept;
    const { api, stage } = trace;
    const { method, headers, body } = request;
    return this.exchange({ api, stage, method, target: belowStage(request.target, stage), headers, body });
  }

  private async exchange(request: Parameters<PageGateway['send']>[0]): Promise<unknown> {
    try {
      const exchanged = await this.gateway.send(request);
      this.record(exchanged);
      return { requestId: exchanged.trace.requestId };
    } catch (error) {
      throw new ControlError(502, this.hidden(error instanceof Error ? error.message : String(error)));
    }
  }

  private async token(input: JsonObject): Promise<unknown> {
    if (!this.gateway.token) throw new ControlError(404, 'There is no local issuer');
    if (!isObject(input.claims)) throw new ControlError(400, 'The claims have to be a JSON object');
    return { token: await this.gateway.token(input.claims) };
  }

  private keys(): readonly { readonly id: string; readonly value: string }[] {
    return this.gateway.apis().flatMap(({ apiKeys }) => apiKeys);
  }

  public hidden(text: string): string {
    return shownText(text, knownSecrets(this.keys().map(({ value }) => value)));
  }

  private apis(): ApiView[] {
    return this.gateway.apis().map(({ apiKeys, routes, ...api }) => ({
      ...api,
      apiKeys: apiKeys.map(({ id, name }) => ({ id, name })),
      routes: routes.map(({ location, ...route }) => ({
        ...route,
        ...(location ? { place: this.hiddenPlace(location) } : {}),
      })),
    }));
  }

  private note({ location, text, ...note }: PageNote): NoteView {
    return { ...note, text: this.hidden(text), ...(location ? { place: this.hiddenPlace(location) } : {}) };
  }

  private place(location: Location): PlaceView {
    const { template, logicalId, path } = location;
    return { file: template, ...this.gateway.source(location), logicalId, path };
  }

  private hiddenPlace(location: Location): PlaceView {
    const { excerpt, ...place } = this.place(location);
    if (!excerpt) return place;
    return { ...place, excerpt: { ...excerpt, lines: excerpt.lines.map((line) => this.hidden(line)) } };
  }
}

/** The target without the stage that began it. */
export const belowStage = (target: string, stage: string): string => {
  const whole = target.replace(/^\/+/, '/');
  return whole.startsWith(`/${stage}`) && /^(?:[/?]|$)/.test(whole.slice(stage.length + 1))
    ? whole.slice(stage.length + 1) || '/'
    : whole;
};

function textIn(input: JsonObject, name: string): string {
  const value = input[name];
  if (typeof value !== 'string') throw new ControlError(400, `${name} has to be a text`);
  return value;
}

function requestIn(input: JsonObject): { api: string; stage: string; target: string; headers: HeaderFields } {
  const headers = Array.isArray(input.headers) ? (input.headers as readonly Json[]) : [];
  return {
    ...{ api: textIn(input, 'api'), stage: textIn(input, 'stage'), target: textIn(input, 'target') },
    headers: headers.map((field) => {
      const [name, value] = Array.isArray(field) ? (field as readonly Json[]) : [];
      if (typeof name !== 'string' || typeof value !== 'string' || /[^\w!#$%&'*+.^`|~-]/.test(name) || name === '') {
        throw new ControlError(400, `${JSON.stringify(field)} is not a header: a name and a value`);
      }
      if (/[\r\n\0]/.test(value)) throw new ControlError(400, `The value of the header ${name} has a line break`);
      return [name, value] as const;
    }),
  };
}
