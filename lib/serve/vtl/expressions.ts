import { type BinaryOperator, type Expression, type Node, type Reference, type Step } from './ast';
import { type Scanner } from './scanner';

/** From the loosest to the tightest. */
const LEVELS: ReadonlyArray<ReadonlyMap<string, BinaryOperator>> = [
  new Map([
    ['||', '||'],
    ['or', '||'],
  ]),
  new Map([
    ['&&', '&&'],
    ['and', '&&'],
  ]),
  new Map([
    ['==', '=='],
    ['eq', '=='],
    ['!=', '!='],
    ['ne', '!='],
  ]),
  new Map([
    ['<=', '<='],
    ['le', '<='],
    ['>=', '>='],
    ['ge', '>='],
    ['<', '<'],
    ['lt', '<'],
    ['>', '>'],
    ['gt', '>'],
  ]),
  new Map([
    ['+', '+'],
    ['-', '-'],
  ]),
  new Map([
    ['*', '*'],
    ['/', '/'],
    ['%', '%'],
  ]),
];

const OPERATOR = /\s*(\|\||&&|==|!=|<=|>=|[<>+\-*/%]|(?:or|and|eq|ne|le|ge|lt|gt)\b)/y;

/** Reads references and expressions; text in double quotes is a separate template. */
export class ExpressionReader {
  constructor(
    private readonly scanner: Scanner,
    private readonly template: (text: string) => readonly Node[],
  ) {}

  /** A reference, if one is here; what only looks like one is text. */
  public reference(): Reference | undefined {
    const { scanner } = this;
    const start = scanner.at;
    const head = scanner.match(/\$!?(\{?)([A-Za-z][\w-]*)/y);
    if (!head) return undefined;
    const [, brace, name] = head;
    const steps: Step[] = [];
    for (let step = this.step(); step; step = this.step()) steps.push(step);
    if (brace !== '' && !scanner.take('}')) throw scanner.error('"}" expected');
    return { kind: 'reference', name, steps, source: scanner.text.slice(start, scanner.at) };
  }

  private step(): Step | undefined {
    const { scanner } = this;
    if (scanner.take('[')) {
      const index = this.operand();
      scanner.expect(']');
      return { kind: 'index', index };
    }
    const name = scanner.match(/\.([A-Za-z][\w-]*)/y)?.[1];
    if (name === undefined) return undefined;
    return scanner.take('(') ? { kind: 'method', name, args: this.list(')') } : { kind: 'property', name };
  }

  public expression(level = 0): Expression {
    if (level === LEVELS.length) return this.unary();
    let left = this.expression(level + 1);
    for (let operator = this.operator(level); operator; operator = this.operator(level)) {
      left = { kind: 'binary', operator, left, right: this.expression(level + 1) };
    }
    return left;
  }

  private operator(level: number): BinaryOperator | undefined {
    const { at } = this.scanner;
    const found = LEVELS[level].get(this.scanner.match(OPERATOR)?.[1] ?? '');
    if (!found) this.scanner.at = at;
    // Velocity reads `-3` as a number, and `5 -3` as two of them.
    if (found === '-' && /\d/.test(this.scanner.next)) throw this.scanner.error('a space after "-" expected');
    return found;
  }

  private unary(): Expression {
    this.scanner.space();
    if (this.scanner.match(/!|not\b/y)) return { kind: 'not', of: this.unary() };
    if (!this.scanner.take('(')) return this.operand();
    const inner = this.expression();
    this.scanner.expect(')');
    return inner;
  }

  /** All that arguments, indexes and elements may be: no operators, no parentheses. */
  public operand(): Expression {
    const { scanner } = this;
    scanner.space();
    switch (scanner.next) {
      case '$': {
        const reference = this.reference();
        if (!reference) throw scanner.error('a reference expected');
        return reference;
      }
      case '[':
        return this.listOrRange();
      case '{':
        return this.map();
      case "'":
      case '"':
        return this.text();
    }
    const digits = scanner.match(/-?(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y)?.[0];
    if (digits !== undefined) return { kind: 'number', digits };
    const word = scanner.match(/(?:true|false)\b/y)?.[0];
    if (word !== undefined) return { kind: 'boolean', value: word === 'true' };
    throw scanner.error('a value expected');
  }

  private text(): Expression {
    const { scanner } = this;
    const start = scanner.at;
    const quote = scanner.next;
    const found = scanner.match(quote === '"' ? /"((?:[^"]|"")*)"/y : /'((?:[^']|'')*)'/y);
    if (!found) throw scanner.error(`${quote} without an end`, start);
    const value = found[1].replaceAll(quote + quote, quote);
    if (quote === "'") return { kind: 'text', value };
    const plain = value.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    if (!/[$#]/.test(plain)) return { kind: 'text', value: plain };
    return { kind: 'interpolated', body: this.template(plain) };
  }

  private listOrRange(): Expression {
    const { scanner } = this;
    scanner.take('[');
    scanner.space();
    if (scanner.take(']')) return { kind: 'list', items: [] };
    const first = this.operand();
    scanner.space();
    if (scanner.take('..')) {
      const to = this.operand();
      const isBound = ({ kind }: Expression) => kind === 'number' || kind === 'reference';
      if (!isBound(first) || !isBound(to)) throw scanner.error('a range from a number to a number expected');
      scanner.expect(']');
      return { kind: 'range', from: first, to };
    }
    return { kind: 'list', items: this.list(']', [first]) };
  }

  /** What is separated by commas, up to the end. */
  private list(end: string, items: Expression[] = []): Expression[] {
    const { scanner } = this;
    // `( )` is an error, as in Velocity.
    if (items.length === 0 && scanner.take(end)) return items;
    if (items.length === 0) items.push(this.operand());
    scanner.space();
    while (scanner.take(',')) {
      items.push(this.operand());
      scanner.space();
    }
    scanner.expect(end);
    return items;
  }

  private map(): Expression {
    const { scanner } = this;
    scanner.take('{');
    scanner.space();
    const entries: Array<readonly [Expression, Expression]> = [];
    if (scanner.take('}')) return { kind: 'map', entries };
    do {
      const key = this.operand();
      scanner.expect(':');
      entries.push([key, this.operand()]);
      scanner.space();
    } while (scanner.take(','));
    scanner.expect('}');
    return { kind: 'map', entries };
  }
}
