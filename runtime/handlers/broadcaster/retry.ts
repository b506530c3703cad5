import { type Sleep } from '../shared/cloudformation-response';
import { isThrottled, isUnavailable } from '../shared/service-error';

/** What waiting needs from outside. */
export interface Clock {
  readonly sleep: Sleep;
  readonly now: () => number;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
}

/** No time is left for another try. */
export class OutOfTimeError extends Error {
  constructor() {
    super('there is no time left');
    this.name = 'OutOfTimeError';
  }
}

/** All waits together are about twelve seconds: a client that does not read must not use up the time of all others. */
const MAX_TRIES = 8;
const FIRST_WAIT_MILLIS = 100;
const MAX_WAIT_MILLIS = 5_000;

/**
 * Sends until there is a response that no retry would change.
 * @throws OutOfTimeError if the next attempt would be too late; the last error if it is final or was the last attempt
 */
export async function withRetry<T>(clock: Clock, deadline: number, send: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    if (clock.now() >= deadline) throw new OutOfTimeError();
    try {
      return await send();
    } catch (error) {
      if (!(isThrottled(error) || isUnavailable(error)) || attempt + 1 >= MAX_TRIES) throw error;
    }
    await waitBefore(clock, deadline, attempt + 1);
  }
}

/** Exponential, half of it random, so requests that were rejected together are not retried together. */
export async function waitBefore(clock: Clock, deadline: number, attempt: number): Promise<void> {
  const longest = Math.min(FIRST_WAIT_MILLIS * 2 ** (attempt - 1), MAX_WAIT_MILLIS);
  const wait = longest * (0.5 + clock.random() / 2);
  if (clock.now() + wait >= deadline) throw new OutOfTimeError();
  await clock.sleep(wait);
}
