type Part = { readonly text: string } | { readonly variable: string };

/** What an expression reads: undefined for what is not there. */
export type ReadVariable = (name: string) => string | undefined;

/**
 * A selection expression: text with variables, of which the result selects a route, a model or a template.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
 */
export class SelectionExpression {
  private readonly parts: readonly Part[];

  constructor(public readonly source: string) {
    this.parts = partsOf(source);
  }

  /** The variables, without `$`. */
  public get variables(): readonly string[] {
    return this.parts.flatMap((part) => ('variable' in part ? [part.variable] : []));
  }

  /** The result; variables that are not there are nothing, and what they give is not evaluated again. */
  public evaluate(read: ReadVariable): string {
    return this.parts.map((part) => ('text' in part ? part.text : (read(part.variable) ?? ''))).join('');
  }
}

const VARIABLE = /\\\$|\$\{([^{}]*)\}|\$([A-Za-z][\w-]*(?:\.[\w$*-]+|\[[^[\]]*\])*)/g;

function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of source.matchAll(VARIABLE)) {
    const [whole, inBraces, plain] = match;
    const variable = inBraces ?? plain;
    parts.push({ text: source.slice(at, match.index) });
    parts.push(variable === undefined ? { text: '$' } : { variable });
    at = match.index + whole.length;
  }
  return [...parts, { text: source.slice(at) }].filter((part) => 'variable' in part || part.text !== '');
}
