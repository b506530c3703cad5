import { type RequestValue, type ValueSource } from '../request-value';

const TOKEN = /(\$\{Token\[[^[\]]*\]\})/;

/** A function of text that leaves tokens alone, which become names and ARNs: nothing to escape in them. */
function aroundTokens(text: string, change: (part: string) => string): string {
  return text
    .split(TOKEN)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}

/** Text as it stands between the quotes of a JSON string in a Velocity template. */
export function jsonLiteral(text: string): string {
  // Velocity would read `$` and `#`; both may be written as what JSON reads and Velocity does not.
  const escape = (part: string) =>
    JSON.stringify(part).slice(1, -1).replaceAll('$', '\\u0024').replaceAll('#', '\\u0023');
  return aroundTokens(text, escape);
}

/** Text as the value of a form field. */
export function formLiteral(text: string): string {
  return aroundTokens(text, (part) =>
    encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

/**
 * Reads values from the request in a Velocity template. Each is set to a variable first, null is made the empty text, and it
 * is escaped for its place, so that the template below it stays readable.
 */
export class VelocityTemplate {
  private readonly lines: string[] = [];
  private readonly known = new Map<string, string>();

  /** @param declare gets to know each value that is read; throws where the route has nothing of the kind */
  constructor(private readonly declare: (source: ValueSource) => void) {}

  /** The variable that holds the value as text, `$v1`; not escaped. */
  public variable(value: RequestValue): string {
    const source = value._source;
    this.declare(source);
    if (source.expression === undefined) throw new Error('a literal needs no variable');
    return this.once(source.expression, 'v', (name) => {
      const otherwise = source.fallback === undefined ? '' : `#if(!${name})#set(${name} = ${source.fallback})#end`;
      return `#set(${name} = ${source.expression})${otherwise}#if(!${name})#set(${name} = "")#end`;
    });
  }

  /** A JSON string, with its quotes. */
  public json(value: RequestValue): string {
    const { literal } = value._source;
    // Of all that it escapes, the single quote alone is no JSON.
    return `"${literal === undefined ? this.escaped(value, 'j', (name) => `$util.escapeJavaScript(${name}).replaceAll("\\\\'", "'")`) : jsonLiteral(literal)}"`;
  }

  /** A form field's value. */
  public form(value: RequestValue): string {
    const { literal } = value._source;
    return literal === undefined
      ? this.escaped(value, 'u', (name) => `$util.urlEncode(${name})`)
      : formLiteral(literal);
  }

  /** A JSON string that holds the value's bytes in Base64. */
  public base64(value: RequestValue): string {
    const { literal } = value._source;
    if (literal !== undefined) return `"${Buffer.from(literal).toString('base64')}"`;
    return `"${this.escaped(value, 'b', (name) => `$util.base64Encode(${name})`)}"`;
  }

  /** The variable that holds the time of the request in seconds since 1970, and some more. */
  public secondsAfterRequest(seconds: number): string {
    return this.once(`t ${seconds}`, 't', (name) => `#set(${name} = $context.requestTimeEpoch / 1000 + ${seconds})`);
  }

  /** The template with all that its values need set before it. */
  public render(body: string): string {
    // A comment takes its line break along: one before the first form field would become part of its name.
    return [...this.lines, body].join('##\n');
  }

  private escaped(value: RequestValue, kind: string, escape: (name: string) => string): string {
    const plain = this.variable(value);
    const build = (name: string) => `#set(${name} = "")#if(${plain} != "")#set(${name} = ${escape(plain)})#end`;
    return this.once(`${kind} ${plain}`, kind, build);
  }

  private once(key: string, kind: string, build: (name: string) => string): string {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const name = `$${kind}${this.known.size + 1}`;
    this.known.set(key, name);
    this.lines.push(build(name));
    return name;
  }
}
