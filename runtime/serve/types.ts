import { type FunctionCall, type HttpCall, type HttpReply } from '../../lib/serve/backends';
import { type HeaderFields } from '../../lib/serve/exchange';
import { type Json, type JsonObject } from '../../lib/serve/json';
import { type Step, type Trace } from '../../lib/serve/trace';

// The surface of cdk-apigateway-constructs/serve; what it imports is published with it, so it imports types of lib/serve only.

export { type FunctionCall, type HttpCall, type HttpReply } from '../../lib/serve/backends';
export { type HeaderFields } from '../../lib/serve/exchange';
export { type Json, type JsonObject } from '../../lib/serve/json';
export { type Step, type StageName, type Trace } from '../../lib/serve/trace';

/** A function that a test plays; it gets the event and returns what the function would, or throws. */
export type FunctionStub = (event: never, call: FunctionCall) => unknown;

/** A server that a test plays. */
export type ServerStub = (call: HttpCall) => HttpReply | Promise<HttpReply>;

/** A stack or app of the CDK; anything with a construct tree that can be synthesized. */
export interface Synthesizable {
  readonly node: { readonly root: object; readonly path: string };
}

export interface ServeOptions {
  /** `cdk.out`, a template, several of them, or a stack. */
  readonly from: string | readonly string[] | Synthesizable;
  /** Which API, by name, logical id or construct path. @default - the only one, of the stack if `from` is one */
  readonly api?: string;
  /** Which stage requests go to. @default - the only one */
  readonly stage?: string;
  /** Stubs of functions, by logical id, name or construct path (`MyStack/ListOrders`). @default - the functions of the templates run */
  readonly functions?: Readonly<Record<string, FunctionStub>>;
  /** Stubs of servers and AWS services, by origin (`https://api.example.com`) or `aws:<service>` (`aws:sqs`). */
  readonly backends?: Readonly<Record<string, ServerStub>>;
  /** The time. @default - that of the machine */
  readonly clock?: { now(): number };
  /** Numbers from 0 to below 1, for canaries. @default Math.random */
  readonly random?: () => number;
  /** Values of template parameters. @default - their defaults */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Environment variables by the logical id of the function. @default - those of the templates */
  readonly envVars?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a client says about itself. */
export interface ClientOptions {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Claims of a token that a local issuer signs, sent as `Authorization: Bearer …`. */
  readonly as?: JsonObject;
  readonly apiKey?: string;
  readonly stage?: string;
  readonly sourceIp?: string;
  /**
   * A custom domain of the templates; the path of the request then begins with the base path.
   *
   * @default - the API itself, even if its default endpoint is disabled
   */
  readonly domain?: string;
}

export interface RequestOptions extends ClientOptions {
  /** A text or bytes as they are; anything else as JSON, with its content type. */
  readonly body?: unknown;
}

export interface ConnectOptions extends ClientOptions {
  /** Subprotocols that the client offers. */
  readonly protocols?: readonly string[];
}

/** What happened to a request. */
export interface RequestTrace extends Trace {
  /** A step by its name; undefined if the request did not get there, or the step did not apply. */
  step(name: Step['stage']): Step | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: HeaderFields;
  /** By its name in any case. */
  header(name: string): string | undefined;
  readonly body: Uint8Array;
  readonly text: string;
  /** The body as JSON; undefined if it is none. */
  readonly json: Json | undefined;
  readonly trace: RequestTrace;
}

/** A message that a client of a WebSocket API gets. */
export interface ConnectionMessage {
  readonly text: string;
  /** The message as JSON; undefined if it is none. */
  readonly json: Json | undefined;
}

/** How a connection ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  /** What happened to `$disconnect`. */
  readonly trace?: RequestTrace;
}

/** The answer to a client that is not let in. */
export interface Refused {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly text: string;
  readonly json: Json | undefined;
}

/** A client of a WebSocket API. Only `refused` and `trace` are there if it was not let in; the others throw. */
export interface Connection {
  /** Undefined if the client was let in. */
  readonly refused?: Refused;
  /** What happened to `$connect`. */
  readonly trace: RequestTrace;
  /** The connection id. */
  readonly id: string;
  /** The subprotocol that `$connect` chose. */
  readonly protocol?: string;
  /**
   * Sends a message, and waits until the gateway is done with it; its messages come from `next`.
   *
   * @param message a text or bytes as they are; anything else as JSON
   * @returns what happened to it; undefined if it ended the connection
   */
  send(message: unknown): Promise<RequestTrace | undefined>;
  /** The next message of the gateway or of a back end. @param waitMs 5000, if it is not given */
  next(waitMs?: number): Promise<ConnectionMessage>;
  /** @param code 1005 (none), if it is not given */
  close(code?: number, reason?: string): Promise<Closed>;
  /** Resolves once either side closes the connection. One that was idle or open for too long closes at its next use. */
  readonly closed: Promise<Closed>;
}

/** An API that is served for tests. */
export interface LocalServer {
  /**
   * Sends a request through the gateway, without a socket.
   *
   * @param route `GET /orders?limit=1`, without the stage
   */
  request(route: string, request?: RequestOptions): Promise<Reply>;
  /**
   * Connects a client to a WebSocket API, without a socket.
   *
   * @param target `/?room=a`, without the stage
   */
  connect(target?: string, options?: ConnectOptions): Promise<Connection>;
  /** A token of the local issuer, which stands for all user pools and OIDC providers of the templates. */
  token(claims?: JsonObject): string;
  /**
   * Listens for clients, and for functions that have the URL of the API in a variable; the URL has no stage in it.
   *
   * @param port any that is free, if it is not given
   */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
}

/** Serves an API of some templates, without a socket unless it listens. @throws Error for unknown APIs and stages */
export type Serve = (options: ServeOptions) => LocalServer;
