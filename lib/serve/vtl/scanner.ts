/** A template that cannot be read, or that fails while it is rendered: API Gateway responds with 500. */
export class TemplateError extends Error {
  public override readonly name = 'TemplateError';
}

/** A position in a text, moved by what is read. */
export class Scanner {
  public at = 0;

  constructor(public readonly text: string) {}

  public get done(): boolean {
    return this.at >= this.text.length;
  }

  public get next(): string {
    return this.text[this.at] ?? '';
  }

  public sees(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  /** Reads the token if it is next. */
  public take(token: string): boolean {
    if (!this.sees(token)) return false;
    this.at += token.length;
    return true;
  }

  /** Reads what a sticky pattern matches here. */
  public match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }

  public space(): void {
    this.match(/\s*/y);
  }

  /** Reads spaces and the token. */
  public expect(token: string): void {
    this.space();
    if (!this.take(token)) throw this.error(`"${token}" expected`);
  }

  public error(problem: string, at = this.at): TemplateError {
    const lines = this.text.slice(0, at).split('\n');
    const found = at >= this.text.length ? 'the end' : JSON.stringify(this.text.slice(at, at + 12));
    return new TemplateError(`line ${lines.length}, column ${lines.at(-1)!.length + 1}: ${problem}, found ${found}`);
  }
}
