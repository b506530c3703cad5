import type * as Yaml from 'yaml';

/** The parts of the lexer that end what is in brackets or quotes at a line with too little indentation. */
const INDENTED = ['parseFlowCollection', 'parseQuotedScalar'] as const;

type Lexing = Record<(typeof INDENTED)[number], () => Generator<string, unknown>> & { indentNext: number };

/**
 * The document, with brackets and quotes that end at their closing character, however their lines are indented: as the YAML
 * library of CloudFormation reads it. Undefined if the lexer is unknown.
 */
export function looseDocument(
  yaml: typeof Yaml,
  text: string,
  lines: Yaml.LineCounter,
  options: Yaml.ParseOptions & Yaml.DocumentOptions & Yaml.SchemaOptions,
): Yaml.Document.Parsed | undefined {
  const parser = new yaml.Parser(lines.addNewLine);
  const { lexer } = parser as unknown as { readonly lexer: Lexing };
  for (const name of INDENTED) {
    const parse = lexer[name] as Lexing[typeof name] | undefined;
    if (typeof parse !== 'function') return undefined;
    lexer[name] = function* (this: Lexing) {
      const { indentNext } = this;
      this.indentNext = 0;
      const next = yield* parse.call(this);
      this.indentNext = indentNext;
      return next;
    };
  }
  const [document, ...more] = new yaml.Composer({ ...options, lineCounter: lines }).compose(
    parser.parse(text),
    true,
    text.length,
  );
  return more.length > 0 ? undefined : (document as Yaml.Document.Parsed | undefined);
}
