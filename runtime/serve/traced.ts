import { type Trace } from '../../lib/serve/trace';
import { type RequestTrace } from './types';

/** A trace with its steps by name. */
export const traced = (trace: Trace): RequestTrace => ({
  ...trace,
  step: (name) => trace.steps.find(({ stage }) => stage === name),
});
