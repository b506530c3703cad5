/** What the gateway and the process or thread of a function say to each other. */

/** One event. Texts only: they are copied faster than objects. */
export interface Call {
  readonly kind: 'call';
  readonly requestId: string;
  readonly arn: string;
  /** JSON. */
  readonly event: string;
  /** How long it may take from when it begins, in ms. */
  readonly limitMs: number;
  readonly traceId: string;
  /** Its number among the {@link Claims} of a thread. */
  readonly claim?: number;
}

/** To the function. `taken`: a chunk was read, and the next one may come. */
export type ToFunction = Call | { readonly kind: 'taken' };

/** From the function. Payloads are JSON texts. */
export type FromFunction =
  /** `oneByOne`: calls do not wait in the thread for their turn. */
  | { readonly kind: 'ready'; readonly oneByOne?: boolean }
  | { readonly kind: 'answer'; readonly payload: string }
  /** `fatal`: the process or thread ends. Without a call: while the code was loaded. */
  | { readonly kind: 'error'; readonly payload: string; readonly fatal?: boolean }
  | { readonly kind: 'log'; readonly text: string; readonly requestId?: string }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' };

/** What the entry of Node.js is started with. */
export interface NodeStart {
  readonly taskRoot: string;
  readonly handler: string;
  /** Major version of the runtime of the function, which decides about callbacks. */
  readonly version: number;
  /** Folders like `node_modules`, searched after the function's own. */
  readonly modules: readonly string[];
  /** Threads share the folder of their process; a child process has its own. */
  readonly ownFolder: boolean;
  readonly inspectorPort?: number;
  /** What `fetch` gets without the net: URL → JSON. */
  readonly documents: Readonly<Record<string, string>>;
  /** Of a thread: the memory of its {@link Claims}. */
  readonly claims?: SharedArrayBuffer;
}
