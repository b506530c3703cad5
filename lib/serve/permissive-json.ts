import { type Json } from './json';

const END = '';

/**
 * Reads JSON as leniently as json-smart does, the reader of the service: names and texts may stand without quotes or in
 * single ones, commas may come too often, and nothing behind the value counts.
 *
 * @see https://github.com/netplex/json-smart-v2
 * @returns undefined if it cannot be read
 */
export function permissiveJson(text: string): Json | undefined {
  try {
    return new Reader(text).value(END);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** @param stops characters that end a value without quotes */
  public value(stops: string): Json {
    const c = this.next();
    if (c === '{') return this.object();
    if (c === '[') return this.array();
    if (c === '"' || c === "'") return this.quoted();
    if (c === END || ':}]'.includes(c)) throw new SyntaxError(`Unexpected ${c}`);
    const word = this.until(stops);
    if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return Number(word);
    return WORDS.has(word) ? (WORDS.get(word) as Json) : word;
  }

  private object(): Json {
    const members: Record<string, Json> = {};
    this.at += 1;
    for (let c = this.next(); c !== '}'; c = this.next()) {
      if (c === ',') {
        this.at += 1;
        continue;
      }
      if (c === END || ':][{'.includes(c)) throw new SyntaxError(`Unexpected ${c}`);
      const name = c === '"' || c === "'" ? this.quoted() : this.until(':');
      this.expect(':');
      Object.defineProperty(members, name, { value: this.value(',}'), enumerable: true, configurable: true });
      if (this.next() !== '}') this.expect(',');
    }
    this.at += 1;
    return members;
  }

  private array(): Json {
    const items: Json[] = [];
    this.at += 1;
    for (let c = this.next(); c !== ']'; c = this.next()) {
      if (c === ',') this.at += 1;
      else items.push(this.value(',]'));
    }
    this.at += 1;
    return items;
  }

  private quoted(): string {
    const [quote] = this.text.slice(this.at);
    let text = '';
    for (this.at += 1; this.text[this.at] !== quote; this.at += 1) {
      if (this.at >= this.text.length) throw new SyntaxError(`No ${quote}`);
      if (this.text[this.at] === '\\') text += this.escaped();
      else text += this.text[this.at];
    }
    this.at += 1;
    return text;
  }

  private escaped(): string {
    this.at += 1;
    const c = this.text[this.at] ?? END;
    const code = /^[\dA-Fa-f]{4}/.exec(this.text.slice(this.at + 1, this.at + 5))?.[0];
    if (c !== 'u' || code === undefined) return ESCAPES[c] ?? c;
    this.at += 4;
    return String.fromCharCode(parseInt(code, 16));
  }

  private until(stops: string): string {
    const begin = this.at;
    while (this.at < this.text.length && !stops.includes(this.text[this.at])) this.at += 1;
    return this.text.slice(begin, this.at).trim();
  }

  private next(): string {
    while (/\s/.test(this.text[this.at] ?? END)) this.at += 1;
    return this.text[this.at] ?? END;
  }

  private expect(c: string): void {
    if (this.next() !== c) throw new SyntaxError(`No ${c}`);
    this.at += 1;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['null', null],
  ['true', true],
  ['false', false],
]);
