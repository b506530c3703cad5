import { type Location } from '../template/model/place';

/** The steps of a request through the gateway, in their order. */
export type StageName =
  | 'request'
  | 'canary'
  | 'cors'
  | 'resourcePolicy'
  | 'route'
  | 'authorizer'
  | 'apiKey'
  | 'throttle'
  | 'validate'
  | 'cache'
  | 'integrationRequest'
  | 'integration'
  | 'integrationResponse'
  | 'methodResponse'
  | 'routeResponse'
  | 'gatewayResponse';

/** What one step did to a request. */
export interface Step {
  readonly stage: StageName;
  readonly tookInMs: number;
  /** One sentence: what was decided, and by which value. */
  readonly note?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  /** The places of the template that decided it. */
  readonly because?: readonly Location[];
  /** The type of the gateway response, if the step refused the request. */
  readonly refused?: string;
}

/** What happened to a request on its way. */
export interface Trace {
  readonly requestId: string;
  /** WebSocket: the connection that it is about. */
  readonly connectionId?: string;
  readonly api: string;
  readonly stage: string;
  /** `GET /orders/{id}`, once it is found. */
  readonly route?: string;
  readonly startedAt: number;
  readonly tookInMs: number;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly steps: readonly Step[];
}
