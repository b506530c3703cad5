import { type Position } from '../model/place';
import { Lines } from './written-file';

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// What a string may hold, one piece at a time: no sign of control, and no escape that JSON lacks.
const PIECE = /[^"\\\u0000-\u001F]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The first place where a text is not JSON, and what is wrong there: `JSON.parse` often does not say where. */
export function jsonError(text: string): { readonly what: string; readonly position: Position } {
  const { what, at } = new Scan(text).first();
  return { what, position: new Lines(text).positionOf(at) };
}

interface Wrong {
  readonly what: string;
  readonly at: number;
}

class Scan {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Objects and lists that are open are on a separate stack, so no depth is too deep. */
  public first(): Wrong {
    const open: string[] = [];
    let wrong = this.value(open);
    while (!wrong && open.length > 0) wrong = this.next(open);
    if (wrong) return wrong;
    this.space();
    return this.at < this.text.length
      ? this.expected('the end of the file')
      : { what: 'it is nested too deep', at: this.at };
  }

  private value(open: string[]): Wrong | undefined {
    this.space();
    const sign = this.text[this.at];
    if (sign === '"') return this.string();
    if (sign !== '{' && sign !== '[') return this.take(SCALAR) === '' ? this.expected('a value') : undefined;
    this.at++;
    this.space();
    if (this.text[this.at] === closing(sign)) {
      this.at++;
      return undefined;
    }
    open.push(sign);
    return sign === '{' ? (this.key() ?? this.value(open)) : this.value(open);
  }

  /** What follows a value that is inside of something. */
  private next(open: string[]): Wrong | undefined {
    this.space();
    const around = open[open.length - 1];
    const sign = this.text[this.at];
    if (sign === closing(around)) {
      open.pop();
      this.at++;
      return undefined;
    }
    if (sign !== ',') return this.expected(`"," or "${closing(around)}"`);
    this.at++;
    return around === '{' ? (this.key() ?? this.value(open)) : this.value(open);
  }

  private key(): Wrong | undefined {
    this.space();
    if (this.text[this.at] !== '"') return this.expected('a key in double quotes');
    const wrong = this.string();
    if (wrong) return wrong;
    this.space();
    return this.text[this.at++] === ':' ? undefined : this.expected('":" after the key', this.at - 1);
  }

  private string(): Wrong | undefined {
    const start = this.at++;
    while (this.take(PIECE) !== '');
    const sign = this.text[this.at];
    if (sign === '"') {
      this.at++;
      return undefined;
    }
    if (sign === undefined || sign === '\n' || sign === '\r') return { what: 'the string has no end', at: start };
    return { what: sign === '\\' ? 'an escape that JSON lacks' : 'a control character in a string', at: this.at };
  }

  private space(): void {
    this.take(SPACE);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private expected(what: string, at = this.at): Wrong {
    return { what: at < this.text.length ? `expected ${what}` : `the file ends where ${what} is expected`, at };
  }
}

const closing = (sign: string): string => (sign === '{' ? '}' : ']');
