/** The time limit of one call after the other: the same timer serves many calls, since nearly all end long before. */
export class TimeLimit {
  private timer?: NodeJS.Timeout;
  /** When the timer goes off, and when the call has to be over. */
  private wakesAt = 0;
  private dueAt = Infinity;

  constructor(private readonly expired: () => void) {}

  public set(ms: number): void {
    this.dueAt = performance.now() + ms;
    if (this.timer && this.wakesAt <= this.dueAt) return;
    this.wake(ms);
  }

  /** No call runs. */
  public clear(): void {
    this.dueAt = Infinity;
  }

  private wake(ms: number): void {
    clearTimeout(this.timer);
    this.wakesAt = performance.now() + ms;
    // What runs keeps the program alive, not its time limit.
    this.timer = setTimeout(() => this.look(), ms).unref();
  }

  private look(): void {
    this.timer = undefined;
    const left = this.dueAt - performance.now();
    if (left === Infinity) return;
    if (left > 0) this.wake(Math.ceil(left));
    else this.expired();
  }
}
