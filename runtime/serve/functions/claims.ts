/** Calls that a thread has, at most: the one that runs and those that wait for their turn. */
const SLOTS = 64;

/** A second, in microseconds. */
const MOST = 1_000_000;

/**
 * Calls that wait for a function in its thread. The thread takes one to run it, and the gateway takes one back to give it to another
 * thread: only one of them gets it, and neither asks the other.
 */
export class Claims {
  private readonly slots: Int32Array;
  /** Microseconds that a call takes of late. */
  private readonly pace: Int32Array;

  constructor(public readonly memory = new SharedArrayBuffer((SLOTS + 1) * 4)) {
    this.slots = new Int32Array(memory, 0, SLOTS);
    this.pace = new Int32Array(memory, SLOTS * 4, 1);
  }

  /** Whether a thread that has so many calls can have another one: those before it take less than a moment. */
  public allows(calls: number): boolean {
    const pace = Atomics.load(this.pace, 0);
    return pace > 0 && calls * pace < MOMENT && calls < SLOTS;
  }

  /** @param call a number above 0, one more than that of the call before */
  public offer(call: number): void {
    Atomics.store(this.slots, call % SLOTS, call);
  }

  /** Whether the call is the caller's now. */
  public take(call: number): boolean {
    return Atomics.compareExchange(this.slots, call % SLOTS, call, 0) === call;
  }

  /** Says how long a call took. */
  public took(ms: number): void {
    const latest = Math.min(Math.ceil(ms * 1000), MOST);
    const before = Atomics.load(this.pace, 0);
    Atomics.store(this.pace, 0, before === 0 ? latest : Math.ceil((7 * before + latest) / 8));
  }
}

/** A delay that no one notices, in microseconds. */
const MOMENT = 1000;
