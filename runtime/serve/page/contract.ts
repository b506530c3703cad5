import { type HeaderFields } from '../../../lib/serve/exchange';
import { type FunctionLog } from '../../../lib/serve/functions';
import { type Location } from '../../../lib/template/model/place';
import { type Exchanged } from '../trace-view';
import { type ApiKind, type NoteView, type PlaceView, type RouteView, type StageView } from './wire';

/** An API key with its value here; the value stays in the process. */
export interface PageKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

export interface PageRoute extends Omit<RouteView, 'place'> {
  readonly location?: Location;
}

/** An API as the page shows it; `describeRest` makes it of a REST API. */
export interface PageApi {
  /** As in `Trace.api`. */
  readonly id: string;
  readonly kind: ApiKind;
  readonly name: string;
  readonly stages: readonly StageView[];
  readonly routes: readonly PageRoute[];
  readonly apiKeys: readonly PageKey[];
}

export interface PageNote extends Omit<NoteView, 'place'> {
  readonly location?: Location;
}

/** A request from the page to a stage. */
export interface PageRequest {
  readonly api: string;
  readonly stage: string;
  readonly method: string;
  /** Path and query below the stage, encoded: `/orders?page=2`. */
  readonly target: string;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
}

/** A connection of the WebSocket console. */
export interface PageConnection {
  send(text: string): void;
  close(): void;
}

export interface PageConnectionEvents {
  readonly onMessage: (text: string) => void;
  readonly onClose: (code: number, reason: string) => void;
}

/** What the page needs from the gateway; everything is called again when it is needed, so it may change with the template. */
export interface PageGateway {
  apis(): readonly PageApi[];
  findings(): readonly PageNote[];
  /** What a template has that the local gateway does not do. */
  notEmulated(): readonly PageNote[];
  /** Sends a request through the gateway, as if it came over the wire. @throws Error with a text for people */
  send(request: PageRequest): Promise<Exchanged>;
  /** Line, column and the lines around a place of the template. */
  source(location: Location): Omit<PlaceView, 'logicalId' | 'path'> | undefined;
  /** Signs a token of the local issuer, if there is one. */
  token?(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** Opens a WebSocket connection, if there are WebSocket APIs. @throws Error with a text for people */
  connect?(request: Omit<PageRequest, 'method' | 'body'>, events: PageConnectionEvents): Promise<PageConnection>;
}

export interface PageServerOptions {
  readonly gateway: PageGateway;
  /** The page: `assets/serve/page.html`. */
  readonly html: string;
  /** 0 or none for a free one. */
  readonly port?: number;
  /** Only addresses of this machine; `127.0.0.1` if none is given. */
  readonly host?: string;
  /** What the page must know to control the gateway; made at random if none is given. */
  readonly token?: string;
}

export interface PageServer {
  /** What to open in the browser, with the token behind `#`. */
  readonly url: string;
  readonly port: number;
  /** Shows a request; the same request id is shown once, so requests of the page may be given too. */
  record(exchanged: Exchanged): void;
  log(line: FunctionLog): void;
  /** The template has changed: the page reads everything again. */
  changed(): void;
  close(): Promise<void>;
}
