import { type Answer, type IncomingRequest } from './exchange';
import { type Recorder } from './recorder';
import { type Trace } from './trace';

/** A request that has been through an API, by the step. */
interface Followed {
  readonly request: IncomingRequest;
  readonly answer: Answer;
  readonly recorder: Recorder;
  readonly requestId: string;
  readonly route: string | undefined;
  readonly api: string;
  readonly stage: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When it began, by `performance.now()`. */
  readonly from: number;
}

/** The trace of a request whose response is complete. */
export const traceOf = ({
  request,
  answer,
  recorder,
  requestId,
  route,
  api,
  stage,
  startedAt,
  from,
}: Followed): Trace => ({
  requestId,
  api,
  stage,
  route,
  startedAt,
  tookInMs: performance.now() - from,
  method: request.method,
  target: request.target,
  status: answer.status,
  steps: recorder.steps,
});
