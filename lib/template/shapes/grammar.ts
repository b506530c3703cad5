/** What a value must be: a text, a switch or a number; anything; or made of such. */
export type Shape =
  | { readonly kind: 'boolean' | 'number' | 'any' }
  | { readonly kind: 'text'; readonly min?: number; readonly max?: number; readonly values?: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: Fields; readonly orText?: boolean };

export interface Field {
  readonly shape: Shape;
  readonly isRequired: boolean;
  /** Where it is not known that what does not fit is refused. */
  readonly isLoose: boolean;
}

/** Fields by name. */
export type Fields = ReadonlyMap<string, Field>;

const SIMPLE: Readonly<Record<string, Shape>> = {
  s: { kind: 'text' },
  b: { kind: 'boolean' },
  n: { kind: 'number' },
  j: { kind: 'any' },
};

/**
 * Reads `Name! Enabled:b Limit:n Body:j Types:[s] Variables:{s} Settings:(Format Level)`: `!` marks what is required, `[…]` is a
 * list, `{…}` a map, `(…)` an object with these fields; without a type it is a text. `~` before a type makes it loose,
 * `?` before an object lets a text stand for it,
 * `s1-128` is a text of so many characters, `<a|b>` one of these.
 */
export function fieldsOf(text: string): Fields {
  return new Parser(text).fields();
}

const WORD = /\w*/y;

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  public fields(): Fields {
    const fields = new Map<string, Field>();
    do {
      const name = this.word();
      const isRequired = this.takes('!');
      const isTyped = this.takes(':');
      const isLoose = isTyped && this.takes('~');
      fields.set(name, { shape: isTyped ? this.shape() : SIMPLE.s, isRequired, isLoose });
    } while (this.takes(' '));
    return fields;
  }

  private shape(): Shape {
    if (this.takes('[')) return this.closed({ kind: 'list', of: this.shape() }, ']');
    if (this.takes('{')) return this.closed({ kind: 'map', of: this.shape() }, '}');
    if (this.takes('<')) return this.closed({ kind: 'text', values: this.until('>').split('|') }, '>');
    const orText = this.takes('?');
    if (this.takes('(')) return this.closed({ kind: 'object', fields: this.fields(), orText }, ')');
    const simple = SIMPLE[this.text[this.at++]];
    const length = /^(\d+)-(\d+)/.exec(this.text.slice(this.at, this.at + 12));
    if (!length) return simple;
    this.at += length[0].length;
    return { kind: 'text', min: Number(length[1]), max: Number(length[2]) };
  }

  private closed(shape: Shape, end: string): Shape {
    this.takes(end);
    return shape;
  }

  private takes(character: string): boolean {
    const isThere = this.text[this.at] === character;
    if (isThere) this.at++;
    return isThere;
  }

  private until(end: string): string {
    const start = this.at;
    this.at = this.text.indexOf(end, start);
    return this.text.slice(start, this.at);
  }

  private word(): string {
    const start = this.at;
    WORD.lastIndex = start;
    WORD.test(this.text);
    this.at = WORD.lastIndex;
    return this.text.slice(start, this.at);
  }
}
