import { type RequestValue, type ValueSource } from '../request-value';

const TOKEN = /(\$\{Token\[[^[\]]*\]\})/;

/** A text function that keeps tokens, which become names and ARNs: they need no escaping. */
function aroundTokens(text: string, change: (part: string) => string): string {
  return text
    .split(TOKEN)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}

/** Text between the quotes of a JSON string in a Velocity template. */
export function jsonLiteral(text: string): string {
  // Velocity would interpret `$` and `#`; both have an escape that JSON decodes and Velocity ignores.
  const escape = (part: string) =>
    JSON.stringify(part).slice(1, -1).replaceAll('$', '\\u0024').replaceAll('#', '\\u0023');
  return aroundTokens(text, escape);
}

/** Velocity that prints a text between the quotes of a JSON string. Of all escapes, only that of the single quote is not JSON. */
export function jsonText(expression: string): string {
  return `$util.escapeJavaScript(${expression}).replaceAll("\\\\'", "'")`;
}

/** Text as the value of a form field. */
export function formLiteral(text: string): string {
  return aroundTokens(text, (part) =>
    encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

/**
 * Velocity that replaces the variable, which contains Java's own form of a value, if that must not be sent:
 * `{a=b}` by JSON, `1.234567895E8` and `5.0E-4` by plain digits.
 */
function plainText(variable: string, jsonPath: string): string {
  const [json, whole, digits] = ['r', 'w', 'd'].map((kind) => variable.replace('v', kind));
  const small = [4, 5, 6].map((n) => `.replaceAll("([0-9])[.](?:0E|([0-9]+)E)-${n}", "0.${'0'.repeat(n - 1)}$1$2")`);
  return [
    `#set(${json} = $input.json('${jsonPath}'))`,
    `#if(${json}.startsWith("{") || ${json}.startsWith("["))#set(${variable} = ${json})`,
    `#elseif(${json}.matches("-?[0-9][.][0-9]+E[+]?([789]|1[0-7])"))`,
    `#set(${whole} = $input.path('${jsonPath}').longValue().toString())`,
    `#set(${digits} = ${json}.replaceAll("E.*|[.]", ""))`,
    `#if(${digits}.length() > ${whole}.length())#set(${variable} = ${digits}.substring(0, ${whole}.length()).concat(".").concat(${digits}.substring(${whole}.length())))`,
    `#else#set(${variable} = ${whole})#end`,
    `#elseif(${json}.matches("-?[0-9][.][0-9]+E-[456]"))#set(${variable} = ${json}${small.join('')})#end`,
  ].join('');
}

/**
 * Reads values from the request in a Velocity template. Each is assigned to a variable first, null becomes the empty text, and it
 * is escaped for its place, so the template below it stays readable.
 */
export class VelocityTemplate {
  private readonly lines: string[] = [];
  private readonly known = new Map<string, string>();

  /** @param declare called with each value that is read; throws if the route does not have it */
  constructor(private readonly declare: (source: ValueSource) => void) {}

  /** The variable with the value as text, `$v1`; not escaped. */
  public variable(value: RequestValue): string {
    const source = value._source;
    this.declare(source);
    if (source.expression === undefined) throw new Error('a literal needs no variable');
    return this.once(source.expression, 'v', (name) => {
      const { expression, fallback, jsonPath } = source;
      const otherwise = fallback === undefined ? '' : `#if(!${name} || ${name} == "")#set(${name} = ${fallback})#end`;
      const read = `#set(${name} = ${expression})${otherwise}#if(!${name})#set(${name} = "")#end`;
      return jsonPath === undefined ? read : read + plainText(name, jsonPath);
    });
  }

  /** A JSON string, with its quotes. */
  public json(value: RequestValue): string {
    const { literal } = value._source;
    return `"${literal === undefined ? this.escaped(value, 'j', jsonText) : jsonLiteral(literal)}"`;
  }

  /** A form field's value. */
  public form(value: RequestValue): string {
    const { literal } = value._source;
    return literal === undefined
      ? this.escaped(value, 'u', (name) => `$util.urlEncode(${name})`)
      : formLiteral(literal);
  }

  /** A JSON string with the value's bytes in Base64. */
  public base64(value: RequestValue): string {
    const { literal } = value._source;
    if (literal !== undefined) return `"${Buffer.from(literal).toString('base64')}"`;
    return `"${this.escaped(value, 'b', (name) => `$util.base64Encode(${name})`)}"`;
  }

  /** The variable with the time of the request in seconds since 1970, plus an offset. */
  public secondsAfterRequest(seconds: number): string {
    return this.once(`t ${seconds}`, 't', (name) => `#set(${name} = $context.requestTimeEpoch / 1000 + ${seconds})`);
  }

  /** A list of the JSON body, and whether it is one of strings. On API Gateway, only a method can identify a string. */
  public strings(jsonPath: string): { readonly list: string; readonly isListOfStrings: string } {
    const list = this.once(`list ${jsonPath}`, 'l', (name) => `#set(${name} = $input.path('${jsonPath}'))`);
    const isListOfStrings = this.once(`strings ${jsonPath}`, 's', (name) =>
      [
        `#set(${name} = $input.json('${jsonPath}').startsWith("["))`,
        `#if(${name})#foreach($one in ${list})#if($one.startsWith("") == true)#{else}#set(${name} = false)#end#end#end`,
      ].join(''),
    );
    return { list, isListOfStrings };
  }

  /** A variable that is false at first. @param key the part of the template whose it is */
  public flag(key: string): string {
    return this.once(`flag ${key}`, 'f', (name) => `#set(${name} = false)`);
  }

  /** The template, preceded by the assignments that its values need. */
  public render(body: string): string {
    // A comment removes its line break: one before the first form field would become part of its name.
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
