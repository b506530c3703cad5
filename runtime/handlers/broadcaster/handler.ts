import { broadcast, type BroadcastEnvironment } from './broadcast';
import { type BroadcasterConfig } from './config';
import { type BroadcastResult } from './contract';
import { parseEvent } from './event';

/** The part of the Lambda context that is used here. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** Kept back from the invocation: longer than the last request may take. */
const RESERVE_MILLIS = 5_000;

/** The Lambda entry point: one event is one message. */
export function broadcaster(config: BroadcasterConfig, env: BroadcastEnvironment) {
  return async (event: unknown, context: InvocationContext): Promise<BroadcastResult> => {
    const given = parseEvent(event);
    const remaining = context.getRemainingTimeInMillis();
    const deadline = env.now() + remaining - Math.min(RESERVE_MILLIS, remaining / 2);
    const result = await broadcast(env, config, given, deadline);
    if (result.cursor === undefined || given.allowPartial) return result;
    const { sent, gone, failed } = result;
    throw new Error(
      `The time ran out before all connections were served (sent ${sent}, gone ${gone}, failed ${failed}). Give the function more time or memory, or invoke it with "allowPartial": true and repeat the call with the returned "cursor" until none is returned.`,
    );
  };
}
