import type * as Yaml from 'yaml';
import { keepSpelling } from './numerals';

/**
 * How much a document may hold with its aliases written out: a value counts 16 characters, a text those that it has. A
 * CloudFormation template has 1 MB, an OpenAPI document 6 MB; aliases of aliases grow past any number.
 */
const MAX_WRITTEN_OUT = 16 * 1024 * 1024;
const VALUE = 16;

type Options = Yaml.ParseOptions & Yaml.DocumentOptions & Yaml.SchemaOptions;

/** Tells where something is wrong. @throws always */
export type Fail = (message: string, node: Yaml.Node | undefined) => never;

/**
 * One YAML document as the values that it stands for, aliases written out: each place has its own, as in JSON.
 * @param prepare changes the document before that; the names of aliases must stay at what they name
 * @throws with line and column, and with nothing of the text itself but the name of an alias
 */
export function parseYaml(
  text: string,
  options: Options = {},
  prepare?: (document: Yaml.Document.Parsed, fail: Fail) => void,
): unknown {
  // Loaded where it is needed: most apps and templates have no YAML.
  const yaml = require('yaml') as typeof Yaml;
  const lines = new yaml.LineCounter();
  const failAt = (message: string, offset: number): never => {
    const { line, col } = lines.linePos(offset);
    throw new Error(`line ${line}, column ${col}: ${message}`);
  };
  const fail: Fail = (message, node) => failAt(message, node?.range?.[0] ?? 0);
  const document = yaml.parseDocument(text, { ...options, lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error) failAt(inOurWords(error.message), error.pos[0]);
  try {
    prepare?.(document, fail);
    if (text.includes('*')) new Aliases(yaml, fail).writeOut(document);
    return new Values(yaml).of(document, MAY_BE_SPELLED.test(text));
  } catch (thrown) {
    if (thrown instanceof RangeError) return fail('is nested too deep', undefined);
    throw thrown;
  }
}

/** What the parser says to programmers. */
function inOurWords(message: string): string {
  if (message.startsWith('Maximum call stack')) return 'is nested too deep';
  return message.startsWith('Source contains multiple documents') ? 'a template is one document' : message;
}

/** What the nodes stand for. A number as a key is the text that was written, and the others keep their spelling. */
class Values {
  private isAnySpelled = false;

  constructor(private readonly yaml: typeof Yaml) {}

  public of(document: Yaml.Document.Parsed, mayBeSpelled: boolean): unknown {
    if (mayBeSpelled) this.readKeys(document);
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    if (this.isAnySpelled) this.keepSpellings(document.contents, value);
    return value;
  }

  private readKeys(document: Yaml.Document.Parsed): void {
    this.yaml.visit(document, {
      Scalar: (key, node) => {
        const text = spellingOf(node);
        if (text === undefined) return;
        this.isAnySpelled = true;
        if (key === 'key') node.value = text;
      },
    });
  }

  private keepSpellings(node: unknown, value: unknown): void {
    if (!this.yaml.isCollection(node) || typeof value !== 'object' || value === null) return;
    node.items.forEach((item, index) => {
      const [at, inner] = this.yaml.isPair(item) ? [nameOf(item.key), item.value] : [String(index), item];
      const held = (value as Record<string, unknown>)[at];
      const text = this.yaml.isScalar(inner) ? spellingOf(inner) : undefined;
      if (text !== undefined && typeof held === 'number') keepSpelling(value, at, held, text);
      else this.keepSpellings(inner, held);
    });
  }
}

/** Numbers that may be printed otherwise; most templates have none. */
const MAY_BE_SPELLED = /(?:^|[\s:,[{?-])[-+]?(?:0[\dxXobB_]|\d[\d_]*[_.eE]|\.\d|\d{16})|\+\d/;

const nameOf = (key: unknown): string =>
  String(typeof key === 'object' && key !== null && 'value' in key ? key.value : key);

/** Undefined where the text is what is printed. */
function spellingOf({ value, source }: Yaml.Scalar & { source?: string }): string | undefined {
  return typeof value === 'number' && source !== undefined && source !== String(value) ? source : undefined;
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
