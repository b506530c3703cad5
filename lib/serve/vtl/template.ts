import { type Branch, type Expression, type MacroCall, type Node, type Reference } from './ast';
import { Block } from './block';
import { ExpressionReader } from './expressions';
import { Scanner } from './scanner';

const KEYWORDS = ['set', 'if', 'elseif', 'else', 'end', 'foreach', 'define', 'macro', 'break', 'stop'] as const;
const UNSUPPORTED: readonly string[] = ['parse', 'include', 'evaluate', 'literal'];
type Keyword = (typeof KEYWORDS)[number];

/** What ends a block. */
type End = 'end' | 'else' | 'elseif';

const isKeyword = (name: string): name is Keyword => (KEYWORDS as readonly string[]).includes(name);

/**
 * Reads a mapping template: the Velocity Template Language, 1.7.
 *
 * @throws TemplateError with line and column
 * @see https://velocity.apache.org/engine/1.7/vtl-reference.html
 */
export function parseTemplate(text: string): readonly Node[] {
  // Velocity's reader looks at the character after them.
  if (/\$!?$/.test(text)) throw new Scanner(text).error('a template may not end with "$"', text.length);
  return parseNodes(text);
}

const parseNodes = (text: string): readonly Node[] => new TemplateReader(text).whole();

class TemplateReader {
  private readonly scanner: Scanner;
  private readonly expressions: ExpressionReader;

  constructor(text: string) {
    this.scanner = new Scanner(text);
    this.expressions = new ExpressionReader(this.scanner, parseNodes);
  }

  public whole(): readonly Node[] {
    return this.block([])[0];
  }

  /** Nodes up to one of the ends, which is read; without ends, up to the end of the text. */
  private block(ends: readonly End[]): [readonly Node[], End | undefined] {
    const { scanner } = this;
    const block = new Block();
    while (!scanner.done) {
      const plain = scanner.match(/[^$#\\]+/y);
      if (plain) {
        block.print(plain[0]);
        continue;
      }
      const end = this.next(block, ends);
      if (end) return [block.end(), end];
    }
    if (ends.length > 0) throw scanner.error('#end expected');
    return [block.end(), undefined];
  }

  /** Reads what begins with `$`, `#` or a backslash. */
  private next(block: Block, ends: readonly End[]): End | undefined {
    const { scanner } = this;
    const start = scanner.at;
    const slashes = scanner.match(/\\*/y)![0];
    const isEscaped = slashes.length % 2 === 1;
    const half = slashes.slice(0, slashes.length >> 1);
    const word = isEscaped && this.escapedKeyword();
    if (word) {
      block.beforeDirective();
      block.print(half + word);
      block.divide();
      return undefined;
    }
    const node = scanner.next === '#' ? this.directive(ends) : this.expressions.reference();
    if (node === 'comment') {
      block.print(slashes);
      block.divide();
    } else if (typeof node === 'string') {
      block.beforeDirective();
      return node;
    } else if (!node) {
      const isLone = scanner.at === start;
      if (isLone) scanner.at++;
      block.print(scanner.text.slice(start, scanner.at));
      if (!isLone) block.divide();
    } else if (node.kind === 'reference' || node.kind === 'call') {
      block.print(half);
      block.add(isEscaped ? { kind: 'escaped', node } : node);
      block.print(this.afterReference(node));
      block.divide();
    } else {
      if (node.kind === 'set') block.beforeSet();
      else block.beforeDirective();
      block.print(half);
      block.add(node);
    }
    return undefined;
  }

  /** What Velocity reads with a reference, and prints: a separate piece, even if it looks like a comment. */
  private afterReference(node: Reference | MacroCall): string {
    const { scanner } = this;
    const isBraced = node.source.endsWith('}');
    if (!isBraced && scanner.take('}')) return '}';
    if (node.kind === 'reference' && !isBraced && node.steps.at(-1)?.kind === 'property')
      return scanner.match(/##/y)?.[0] ?? '';
    return /[\])]$/.test(node.source) ? (scanner.match(/[A-Za-z][\w-]*/y)?.[0] ?? '') : '';
  }

  /** `#if` after a backslash is text. */
  private escapedKeyword(): string | undefined {
    const { scanner } = this;
    const { at } = scanner;
    const word = scanner.match(/#(?:\{([A-Za-z]+)\}|([A-Za-z][\w-]*))/y);
    if (word && isKeyword(word[1] ?? word[2])) return word[0];
    scanner.at = at;
    return undefined;
  }

  /** A directive, the end of a block or a comment; nothing where `#` is text. */
  private directive(ends: readonly End[]): Node | End | 'comment' | undefined {
    const { scanner } = this;
    const start = scanner.at;
    if (scanner.match(/##[^\n\r]*(?:\r?\n|\r)?/y)) return 'comment';
    if (scanner.match(/#\*[^]*?(?:\*#|$)/y)) return 'comment';
    const literal = scanner.match(/#\[\[([^]*?)\]\]#/y);
    if (literal) return { kind: 'print', text: literal[1] };
    if (scanner.match(/#-?\d+(?:\.\d+)?/y)) return undefined;
    const named = scanner.match(/#(@?)(?:\{([A-Za-z][\w-]*)\}|([A-Za-z][\w-]*))/y);
    if (!named) return undefined;
    const name = named[2] ?? named[3];
    if (named[1] === '' && isKeyword(name)) return this.keyword(name, start, ends);
    return this.call(name, named[1] === '@', start);
  }

  private keyword(name: Keyword, start: number, ends: readonly End[]): Node | End | undefined {
    const { scanner } = this;
    switch (name) {
      case 'end':
      case 'else':
      case 'elseif':
        if (!ends.includes(name)) throw scanner.error(`#${name} without a block`, start);
        if (name !== 'elseif') this.endOfLine();
        return name;
      case 'set':
        return this.set();
      case 'if':
        return this.condition();
      case 'foreach':
        return this.foreach();
      case 'define': {
        const target = this.name();
        this.close();
        return { kind: 'define', name: target, body: this.body() };
      }
      case 'macro':
        return this.macro();
      case 'break':
      case 'stop':
        return { kind: name };
    }
  }

  private set(): Node | undefined {
    const { scanner } = this;
    if (!scanner.match(/[ \t]*\(/y)) return undefined;
    scanner.space();
    const target = this.expressions.reference();
    if (!target) throw scanner.error('a reference expected');
    scanner.expect('=');
    const value = this.expressions.expression();
    this.close();
    return { kind: 'set', target, value };
  }

  private condition(): Node {
    const branches: Branch[] = [];
    for (;;) {
      this.open();
      const condition = this.expressions.expression();
      this.close();
      const [body, end] = this.block(['elseif', 'else', 'end']);
      branches.push({ condition, body });
      if (end === 'end') return { kind: 'if', branches };
      if (end === 'else') return { kind: 'if', branches, otherwise: this.block(['end'])[0] };
    }
  }

  private foreach(): Node {
    const { scanner } = this;
    const name = this.name();
    if (!scanner.match(/\s*in\b/y)) throw scanner.error('"in" expected');
    const of = this.expressions.operand();
    this.close();
    return { kind: 'foreach', name, of, body: this.body() };
  }

  private macro(): Node {
    const { scanner } = this;
    this.open();
    const name = scanner.match(/\s*([A-Za-z][\w-]*)/y)?.[1];
    if (name === undefined) throw scanner.error('the name of a macro expected');
    const parameters: string[] = [];
    for (;;) {
      scanner.match(/[\s,]*/y);
      const parameter = scanner.match(/\$!?\{?([A-Za-z][\w-]*)\}?/y)?.[1];
      if (parameter === undefined) break;
      parameters.push(parameter);
    }
    this.close();
    return { kind: 'macro', name, parameters, body: this.body() };
  }

  /** The use of a macro; what has no parentheses is text. */
  private call(name: string, hasBody: boolean, start: number): Node | undefined {
    const { scanner } = this;
    if (!scanner.match(/[ \t]*\(/y)) return undefined;
    // No source tells what the service does with them.
    if (UNSUPPORTED.includes(name)) throw scanner.error(`#${name} is not supported`, start);
    const args: Expression[] = [];
    for (;;) {
      scanner.match(/[\s,]*/y);
      if (scanner.take(')')) break;
      args.push(this.expressions.operand());
    }
    const body = hasBody ? this.body() : undefined;
    if (!body) this.endOfLine();
    return { kind: 'call', name, args, body, source: scanner.text.slice(start, scanner.at) };
  }

  /** `($name`: what #foreach and #define assign. */
  private name(): string {
    this.open();
    const name = this.scanner.match(/\s*\$!?\{?([A-Za-z][\w-]*)\}?/y)?.[1];
    if (name === undefined) throw this.scanner.error('a reference expected');
    return name;
  }

  private body(): readonly Node[] {
    return this.block(['end'])[0];
  }

  private open(): void {
    if (!this.scanner.match(/[ \t]*\(/y)) throw this.scanner.error('"(" expected');
  }

  private close(): void {
    this.scanner.expect(')');
    this.endOfLine();
  }

  /** A line end that only ends a directive is not printed. */
  private endOfLine(): void {
    this.scanner.match(/[ \t]*(?:\r?\n|\r)/y);
  }
}
