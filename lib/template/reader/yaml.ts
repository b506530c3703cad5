import type * as Yaml from 'yaml';
import { type DuplicateKey } from './duplicate-keys';
import { looseDocument } from './yaml-loose';
import { duplicatesIn } from './yaml-duplicates';
import { type Spot } from './spot';
import { ParseError } from './parse-error';
import { YamlSpot } from './yaml-spot';
import { YamlValues } from './yaml-values';

/**
 * How much a document may hold with its aliases written out: a value counts 16 characters, a text those that it has. A
 * CloudFormation template has 1 MB, an OpenAPI document 6 MB; aliases of aliases grow past any number.
 */
const MAX_WRITTEN_OUT = 16 * 1024 * 1024;
const VALUE = 16;

type Options = Yaml.ParseOptions & Yaml.DocumentOptions & Yaml.SchemaOptions;

/** Tells where something is wrong. @throws always */
export type Fail = (message: string, node: Yaml.Node | undefined) => never;

/** Changes a document before its aliases are written out; the names of aliases must stay at what they name. */
export type Prepare = (document: Yaml.Document.Parsed, fail: Fail) => void;

/** A document as it was read. */
export interface ReadYaml {
  readonly value: unknown;
  /** The places of the values. */
  readonly root: Spot;
  readonly duplicates: readonly DuplicateKey[];
}

/**
 * One YAML document as the values that it stands for, aliases written out: each place has its own, as in JSON.
 * @throws with line and column, and with nothing of the text itself but the name of an alias
 */
export function parseYaml(text: string, options: Options = {}, prepare?: Prepare): unknown {
  // Loaded when it is needed: most apps and templates have no YAML.
  const yaml = require('yaml') as typeof Yaml;
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { ...options, lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  return new Reading(yaml, text, lines, document).value(prepare);
}

/**
 * The same, as CloudFormation reads a template: of a key that is written twice the last counts, and what is in brackets or
 * quotes needs no indentation.
 * @see https://github.com/aws-cloudformation/cfn-language-discussion/issues/96
 * @throws like `parseYaml`
 */
export function readYaml(text: string, options: Options = {}, prepare?: Prepare): ReadYaml {
  const yaml = require('yaml') as typeof Yaml;
  const all = { ...options, uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;
  let lines = new yaml.LineCounter();
  let document: Yaml.Document.Parsed = yaml.parseDocument(text, { ...all, lineCounter: lines });
  if (document.errors.length > 0) {
    const looseLines = new yaml.LineCounter();
    const loose = looseDocument(yaml, text, looseLines, all);
    if (loose?.errors.length === 0) [document, lines] = [loose, looseLines];
  }
  let duplicates: readonly DuplicateKey[] = [];
  const reading = new Reading(yaml, text, lines, document);
  const value = reading.value((parsed, fail) => {
    prepare?.(parsed, fail);
    duplicates = duplicatesIn(yaml, parsed, lines);
  });
  return { value, root: YamlSpot.root(yaml, document), duplicates };
}

/** A document on its way to values. */
class Reading {
  constructor(
    private readonly yaml: typeof Yaml,
    private readonly text: string,
    private readonly lines: Yaml.LineCounter,
    private readonly document: Yaml.Document.Parsed,
  ) {}

  public value(prepare?: Prepare): unknown {
    const { yaml, text, document } = this;
    const fail: Fail = (message, node) => this.failAt(message, node?.range?.[0] ?? 0);
    const [error] = document.errors;
    if (error) this.failAt(inOurWords(error.message), error.pos[0]);
    try {
      prepare?.(document, fail);
      if (MAY_HAVE_ALIAS.test(text)) new Aliases(yaml, fail).writeOut(document);
      return new YamlValues(yaml).of(document, text);
    } catch (thrown) {
      if (thrown instanceof ParseError) throw thrown;
      return fail(thrown instanceof RangeError ? TOO_DEEP : (thrown as Error).message, undefined);
    }
  }

  private failAt(message: string, offset: number): never {
    const { line, col } = this.lines.linePos(offset);
    throw new ParseError(message, { line, column: col });
  }
}

/** An asterisk where a value begins, with a name behind it; in the ARNs of most templates, it is inside of a text. */
export const MAY_HAVE_ALIAS = /(?:^|[\s[{,]|["'\]}]:)\*[^\s[\]{},]/;

const TOO_DEEP = 'it is nested too deep';

/** What the parser says to programmers. */
function inOurWords(message: string): string {
  if (message.startsWith('Maximum call stack')) return TOO_DEEP;
  return message.startsWith('Source contains multiple documents') ? 'a template is one document' : message;
}

/** Puts in the place of each alias what it stands for. */
class Aliases {
  /** By name, the latest before the place that is looked at; without a size while it is inside of itself. */
  private readonly anchors = new Map<string, { readonly node: Yaml.Node; size?: number }>();
  private total = 0;

  constructor(
    private readonly yaml: typeof Yaml,
    private readonly fail: Fail,
  ) {}

  public writeOut(document: Yaml.Document.Parsed): void {
    document.contents = this.writtenOut(document.contents) as typeof document.contents;
  }

  /** How much the node holds, written out. */
  private sizeOf(node: unknown): number {
    const { isCollection, isNode, isPair, isScalar } = this.yaml;
    if (isPair(node)) {
      node.key = this.writtenOut(node.key);
      const key = this.last;
      node.value = this.writtenOut(node.value);
      return key + this.last;
    }
    if (!isNode(node)) return VALUE;
    const anchor =
      'anchor' in node && node.anchor !== undefined ? { node, size: undefined as number | undefined } : undefined;
    if (anchor) this.anchors.set(String(anchor.node.anchor), anchor);
    let size = VALUE + (isScalar(node) && typeof node.value === 'string' ? node.value.length : 0);
    this.total += size;
    if (isCollection(node)) {
      for (let index = 0; index < node.items.length; index++) {
        node.items[index] = this.writtenOut(node.items[index]);
        size += this.last;
      }
    }
    if (anchor) anchor.size = size;
    return size;
  }

  private last = 0;

  /** The node, or what it stands for; its size is in `last`. */
  private writtenOut(node: unknown): unknown {
    if (!this.yaml.isAlias(node)) {
      this.last = this.sizeOf(node);
      return node;
    }
    const target = this.anchors.get(node.source);
    if (!target) return this.fail(`*${node.source} stands for nothing: there is no &${node.source} before it`, node);
    if (target.size === undefined) return this.fail(`*${node.source} is inside of what it stands for`, node);
    this.total += target.size;
    if (this.total > MAX_WRITTEN_OUT) {
      this.fail(`with its aliases written out, the document is longer than ${MAX_WRITTEN_OUT / 1024 / 1024} MB`, node);
    }
    this.last = target.size;
    return target.node;
  }
}
