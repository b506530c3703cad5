/** A value with its type, as in the JSON protocol: `{"S":"text"}`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

/** What the service answers with 400. */
export class ValidationError extends Error {}

/** Words that an expression must not name an attribute by; of more than 500 those that a table of connections tempts to. */
const RESERVED = [
  'ttl',
  'user',
  'users',
  'name',
  'status',
  'state',
  'connection',
  'connect',
  'data',
  'timestamp',
  'role',
];
const TOKENS = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(<=|>=|<>|[=<>(),]))/y;

type Condition = (item: Item | undefined) => boolean;
type Operand = (item: Item | undefined) => AttributeValue | undefined;

/** The expressions of one request: every placeholder must be defined, and used. */
export class Expressions {
  private readonly used = new Set<string>();

  constructor(
    private readonly names: Readonly<Record<string, string>> = {},
    private readonly values: Readonly<Record<string, AttributeValue>> = {},
  ) {}

  public condition(kind: string, text: string | undefined): Condition {
    if (text === undefined) return () => true;
    const parser = new Parser(kind, text, this);
    const condition = parser.or();
    parser.end();
    return condition;
  }

  /** The value that the partition key must have. */
  public partition(text: string, key: string): AttributeValue {
    const parser = new Parser('KeyConditionExpression', text, this);
    const name = parser.path();
    parser.expect('=');
    const value = parser.operand()(undefined);
    parser.end();
    if (name !== key) throw new ValidationError(`Query condition missed key schema element: ${key}`);
    if (!value || !('S' in value)) {
      throw new ValidationError(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
    }
    return value;
  }

  public projection(text: string | undefined): (item: Item) => Item {
    if (text === undefined) return (item) => item;
    const parser = new Parser('ProjectionExpression', text, this);
    const names = [parser.path()];
    while (parser.takes(',')) names.push(parser.path());
    parser.end();
    return (item) => Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
  }

  public finish(): void {
    for (const [field, defined] of [
      ['ExpressionAttributeNames', this.names],
      ['ExpressionAttributeValues', this.values],
    ] as const) {
      const unused = Object.keys(defined).filter((key) => !this.used.has(key));
      if (unused.length > 0)
        throw new ValidationError(`Value provided in ${field} unused in expressions: keys: {${unused.join(', ')}}`);
    }
  }

  public name(kind: string, token: string): string {
    if (!token.startsWith('#')) {
      if (!RESERVED.includes(token.toLowerCase())) return token;
      throw new ValidationError(`Invalid ${kind}: Attribute name is a reserved keyword; reserved keyword: ${token}`);
    }
    this.used.add(token);
    if (!Object.hasOwn(this.names, token)) {
      throw new ValidationError(
        `Invalid ${kind}: An expression attribute name used in the document path is not defined; attribute name: ${token}`,
      );
    }
    return this.names[token];
  }

  public value(kind: string, token: string): AttributeValue {
    this.used.add(token);
    if (!Object.hasOwn(this.values, token)) {
      throw new ValidationError(
        `Invalid ${kind}: An expression attribute value used in expression is not defined; attribute value: ${token}`,
      );
    }
    return this.values[token];
  }
}

class Parser {
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(
    private readonly kind: string,
    text: string,
    private readonly expressions: Expressions,
  ) {
    TOKENS.lastIndex = 0;
    const trimmed = text.trim();
    if (trimmed === '') throw new ValidationError(`Invalid ${kind}: The expression can not be empty;`);
    while (TOKENS.lastIndex < trimmed.length) {
      const from = TOKENS.lastIndex;
      const match = TOKENS.exec(trimmed);
      if (!match)
        throw new ValidationError(
          `Invalid ${kind}: Syntax error; token: "${trimmed[from]}", near: "${trimmed.slice(from, from + 20)}"`,
        );
      this.tokens.push(match[0].trim());
    }
  }

  public or(): Condition {
    const parts = [this.and()];
    while (this.takes('OR')) parts.push(this.and());
    return (item) => parts.some((part) => part(item));
  }

  public path(): string {
    const token = this.next();
    if (!/^[#A-Za-z_]/.test(token)) this.fail(token);
    return this.expressions.name(this.kind, token);
  }

  public operand(): Operand {
    if (this.tokens[this.at]?.startsWith(':')) {
      const value = this.expressions.value(this.kind, this.next());
      return () => value;
    }
    const name = this.path();
    return (item) => item?.[name];
  }

  public takes(word: string): boolean {
    if (this.tokens[this.at]?.toUpperCase() !== word) return false;
    this.at++;
    return true;
  }

  public expect(token: string): void {
    if (!this.takes(token)) this.fail(this.tokens[this.at]);
  }

  public end(): void {
    if (this.at < this.tokens.length) this.fail(this.tokens[this.at]);
  }

  private and(): Condition {
    const parts = [this.not()];
    while (this.takes('AND')) parts.push(this.not());
    return (item) => parts.every((part) => part(item));
  }

  private not(): Condition {
    if (this.takes('NOT')) {
      const part = this.not();
      return (item) => !part(item);
    }
    if (this.takes('(')) {
      const inner = this.or();
      this.expect(')');
      return inner;
    }
    const call = /^(attribute_exists|attribute_not_exists)$/.exec(this.tokens[this.at] ?? '');
    if (call) return this.existence(call[1] === 'attribute_exists');
    const left = this.operand();
    const operator = this.next();
    const right = this.operand();
    if (!Object.hasOwn(COMPARE, operator)) this.fail(operator);
    return (item) => compare(left(item), operator, right(item));
  }

  private existence(wanted: boolean): Condition {
    this.at++;
    this.expect('(');
    const name = this.path();
    this.expect(')');
    return (item) => (item?.[name] !== undefined) === wanted;
  }

  private next(): string {
    const token = this.tokens[this.at++];
    return token ?? this.fail('<EOF>');
  }

  private fail(token: string): never {
    throw new ValidationError(`Invalid ${this.kind}: Syntax error; token: "${token}"`);
  }
}

const COMPARE: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** What is not there, and what has another type, is unequal and in no order. */
function compare(left: AttributeValue | undefined, operator: string, right: AttributeValue | undefined): boolean {
  const [type] = Object.keys(left ?? {});
  if (!left || !right || !(type in right) || (type !== 'N' && type !== 'S')) return operator === '<>';
  const [a, b] = type === 'N' ? [Number(left.N), Number(right.N)] : [String(left.S), String(right.S)];
  return COMPARE[operator](a < b ? -1 : a > b ? 1 : 0);
}
