import { shown, type Shown } from '../cli/shown';

/** A delay that no one notices. */
const WAIT_IN_MS = 20;

/** Lines on their way to the terminal: those of one moment are written together, since a write takes as long as a request. */
export class LineLog {
  private waiting: Shown[] = [];

  constructor(private readonly write: (text: Shown) => void) {}

  public add(text: Shown): void {
    if (this.waiting.length === 0) setTimeout(() => this.flush(), WAIT_IN_MS);
    this.waiting.push(text);
  }

  public flush(): void {
    if (this.waiting.length === 0) return;
    const { waiting } = this;
    this.waiting = [];
    this.write(shown(waiting));
  }
}
