import type * as Yaml from 'yaml';
import { keepSpelling } from './numerals';
import { nameOf } from './yaml-spot';

/** What the nodes stand for. A number as a key is the text that was written, and the others keep their spelling. */
export class YamlValues {
  private isAnySpelled = false;

  constructor(private readonly yaml: typeof Yaml) {}

  public of(document: Yaml.Document.Parsed, text: string): unknown {
    if (MAY_BE_SPELLED.test(text)) this.readKeys(document);
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
      // Of a key that is there twice, the last has the value.
      if (text !== undefined && typeof held === 'number' && Object.is(held, (inner as Yaml.Scalar).value))
        keepSpelling(value, at, held, text);
      else this.keepSpellings(inner, held);
    });
  }
}

/** Numbers that may be printed otherwise; most templates have none. */
const MAY_BE_SPELLED = /(?:^|[\s:,[{?-])[-+]?(?:0[\dxXobB_]|\d[\d_]*[_.eE]|\.\d|\d{16})|\+\d/;

/** Undefined where the text is what is printed. */
function spellingOf({ value, source }: Yaml.Scalar & { source?: string }): string | undefined {
  return typeof value === 'number' && source !== undefined && source !== String(value) ? source : undefined;
}
