// What the server of the page and the browser say to each other: plain JSON, no type of Node.js or of the gateway.

export type ApiKind = 'rest' | 'http' | 'websocket';

/** A place of a template with the lines around it. */
export interface PlaceView {
  readonly file: string;
  readonly logicalId: string;
  readonly path: readonly string[];
  readonly line?: number;
  readonly column?: number;
  readonly excerpt?: { readonly firstLine: number; readonly lines: readonly string[] };
}

export interface ParameterView {
  readonly in: 'path' | 'querystring' | 'header';
  readonly name: string;
  readonly required: boolean;
}

export interface RouteView {
  /** `ANY` for all; a WebSocket API has the key of the route as the path, and no method. */
  readonly method?: string;
  readonly path: string;
  /** NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS, JWT. */
  readonly authorization: string;
  readonly apiKeyRequired: boolean;
  /** What the validator of the route looks at. */
  readonly validates?: readonly ('body' | 'parameters')[];
  readonly bodySchema?: unknown;
  readonly parameters: readonly ParameterView[];
  /** AWS_PROXY, HTTP, MOCK … */
  readonly integration?: string;
  readonly place?: PlaceView;
}

export interface StageView {
  readonly name: string;
  /** `http://localhost:3000/prod` */
  readonly url: string;
}

export interface ApiView {
  readonly id: string;
  readonly kind: ApiKind;
  readonly name: string;
  readonly stages: readonly StageView[];
  readonly routes: readonly RouteView[];
  readonly apiKeys: readonly { readonly id: string; readonly name: string }[];
}

/** A finding of `apigw check`, or something that the local gateway does not do. */
export interface NoteView {
  readonly severity?: 'error' | 'warning' | 'info';
  readonly rule?: string;
  readonly text: string;
  readonly place?: PlaceView;
}

export interface TraceSummary {
  readonly requestId: string;
  /** WebSocket: the connection that it is about. */
  readonly connectionId?: string;
  readonly api: string;
  readonly stage: string;
  readonly route?: string;
  readonly startedAt: number;
  readonly tookInMs: number;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly refused?: { readonly stage: string; readonly type: string };
}

export interface StepView {
  readonly stage: string;
  readonly tookInMs: number;
  readonly note?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly refused?: string;
  readonly because: readonly PlaceView[];
}

export interface BodyView {
  readonly bytes: number;
  /** Undefined if the body is not text, or streamed. */
  readonly text?: string;
  readonly cut: boolean;
}

export interface MessageView {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: BodyView;
}

export interface TraceView extends TraceSummary {
  readonly request: MessageView;
  readonly answer: MessageView;
  readonly steps: readonly StepView[];
  readonly logs: readonly string[];
  /** Why the request cannot be sent again. */
  readonly notReplayable?: string;
}

/** What the form sends. */
export interface SentRequest {
  readonly api: string;
  readonly stage: string;
  readonly method: string;
  /** Path and query below the stage, encoded. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** The id of a key of the template: its value becomes `x-api-key`. */
  readonly apiKey?: string;
}

export interface State {
  readonly apis: readonly ApiView[];
  readonly findings: readonly NoteView[];
  readonly notEmulated: readonly NoteView[];
  readonly hasIssuer: boolean;
  readonly hasConsole: boolean;
  /** Newest last. */
  readonly traces: readonly TraceSummary[];
  readonly looseLogs: readonly string[];
}

/** One event of the feed. The first one is the state; it comes again when the template has changed. */
export type FeedEvent =
  | { readonly type: 'state'; readonly state: State }
  | { readonly type: 'trace'; readonly trace: TraceSummary }
  /** There are new lines of functions for this request, or outside of any. */
  | { readonly type: 'log'; readonly requestId?: string; readonly text?: string }
  | { readonly type: 'message'; readonly connection: string; readonly text: string }
  | { readonly type: 'closed'; readonly connection: string; readonly code: number; readonly reason: string };
