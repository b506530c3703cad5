import { javaPattern } from '../vtl/methods/patterns';
import { readJsonAt } from '../vtl/json';
import { Scanner } from '../vtl/scanner';
import { JavaList, type Value } from '../vtl/values';
import { type Filter, type JsonPath, type Operand, type PathStep } from './ast';

const OPERATORS = /==|!=|<=|>=|=~|[<>]|(?:in|nin|subsetof|anyof|noneof|size|empty|contains)\b/y;
/** Paths that may be within a path. */
const DEPTH_MAX = 50;

/**
 * Reads a JSONPath as Jayway's library does, which API Gateway uses.
 *
 * @throws TemplateError if the text is not a path
 * @see https://github.com/json-path/JsonPath
 */
export function parsePath(text: string): JsonPath {
  const trimmed = text.trim();
  const scanner = new Scanner(/^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`);
  const path = new PathReader(scanner).path();
  if (!scanner.done) throw scanner.error('the end of the path expected');
  return path;
}

class PathReader {
  private depth = 0;

  constructor(private readonly scanner: Scanner) {}

  public path(): JsonPath {
    const { scanner } = this;
    if (++this.depth > DEPTH_MAX) throw scanner.error(`at most ${DEPTH_MAX} paths within each other expected`);
    const start = scanner.at;
    const root = scanner.match(/[$@]/y)?.[0];
    if (root === undefined) throw scanner.error('a path that starts with "$" expected');
    const steps: PathStep[] = [];
    for (let next = this.steps(); next.length > 0; next = this.steps()) steps.push(...next);
    this.depth--;
    return { isRelative: root === '@', steps, source: scanner.text.slice(start, scanner.at) };
  }

  private steps(): readonly PathStep[] {
    const { scanner } = this;
    if (scanner.take('..')) return [{ kind: 'deep' }, scanner.sees('[') ? this.brackets() : this.named()];
    if (scanner.take('.')) return [scanner.sees('[') ? this.brackets() : this.named()];
    return scanner.sees('[') ? [this.brackets()] : [];
  }

  private named(): PathStep {
    const { scanner } = this;
    if (scanner.take('*')) return { kind: 'all' };
    const name = scanner.match(/[^.[\]()\s,=<>!&|]+/y)?.[0];
    if (name === undefined) throw scanner.error('a name expected');
    return scanner.take('(') ? { kind: 'function', name, args: this.list(')') } : { kind: 'names', names: [name] };
  }

  private brackets(): PathStep {
    const { scanner } = this;
    scanner.take('[');
    scanner.space();
    const step = this.inBrackets();
    scanner.expect(']');
    return step;
  }

  private inBrackets(): PathStep {
    const { scanner } = this;
    if (scanner.take('*')) return { kind: 'all' };
    if (scanner.match(/\?\s*\(/y)) {
      const filter = this.or();
      scanner.expect(')');
      return { kind: 'filter', filter };
    }
    if (/['"]/.test(scanner.next)) return { kind: 'names', names: this.separated(() => this.quoted()) };
    const slice = scanner.match(/(-?\d+)?\s*:\s*(-?\d+)?/y);
    if (slice) {
      const [from, to] = slice.slice(1).map((digits) => (digits === undefined ? undefined : Number(digits)));
      return { kind: 'slice', from, to };
    }
    return { kind: 'indexes', indexes: this.separated(() => this.index()) };
  }

  private index(): number {
    const digits = this.scanner.match(/-?\d+/y)?.[0];
    if (digits === undefined) throw this.scanner.error('an index, a name in quotes, "*" or a filter expected');
    return Number(digits);
  }

  private separated<T>(read: () => T): T[] {
    const found: T[] = [];
    do {
      this.scanner.space();
      found.push(read());
      this.scanner.space();
    } while (this.scanner.take(','));
    return found;
  }

  private quoted(): string {
    const { scanner } = this;
    const found = scanner.match(/'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"/y);
    if (!found) throw scanner.error('a text in quotes expected');
    return (found[1] ?? found[2]).replace(/\\([^])/g, '$1');
  }

  private list(end: string): Operand[] {
    const { scanner } = this;
    scanner.space();
    if (scanner.take(end)) return [];
    const found = this.separated(() => this.operand());
    scanner.expect(end);
    return found;
  }

  private or(): Filter {
    return this.chain('||', 'or', () => this.chain('&&', 'and', () => this.condition()));
  }

  private chain(token: string, kind: 'and' | 'or', read: () => Filter): Filter {
    const { scanner } = this;
    const of = [read()];
    for (scanner.space(); scanner.take(token); scanner.space()) of.push(read());
    return of.length === 1 ? of[0] : { kind, of };
  }

  private condition(): Filter {
    const { scanner } = this;
    scanner.space();
    if (!scanner.sees('!=') && scanner.take('!')) return { kind: 'not', of: this.condition() };
    if (scanner.take('(')) {
      const inner = this.or();
      scanner.expect(')');
      return inner;
    }
    const left = this.operand();
    scanner.space();
    const operator = scanner.match(OPERATORS)?.[0];
    if (operator !== undefined) return { kind: 'compare', operator, left, right: this.operand() };
    if (left.kind !== 'path') throw scanner.error('a comparison expected');
    return { kind: 'exists', path: left.path };
  }

  private operand(): Operand {
    const { scanner } = this;
    scanner.space();
    if (/[$@]/.test(scanner.next)) return { kind: 'path', path: this.path() };
    const value = this.literal();
    if (value !== undefined) return { kind: 'value', value };
    const pattern = scanner.match(/\/((?:[^/\\]|\\[^])*)\/([a-z]*)/y);
    if (pattern)
      return { kind: 'pattern', pattern: javaPattern(`^(?:${pattern[1]})$`, pattern[2].replace(/[^ims]/g, '')) };
    return { kind: 'value', value: readJsonAt(scanner) };
  }

  /** Beyond JSON there are texts in single quotes, also in lists. */
  private literal(): Value | undefined {
    const { scanner } = this;
    if (scanner.sees("'")) return this.quoted();
    if (!scanner.take('[')) return undefined;
    scanner.space();
    if (scanner.take(']')) return new JavaList([], 'json');
    const items = this.separated(() => this.literal() ?? readJsonAt(scanner));
    scanner.expect(']');
    return new JavaList(items, 'json');
  }
}
