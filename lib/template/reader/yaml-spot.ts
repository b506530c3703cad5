import type * as Yaml from 'yaml';
import { Spot } from './spot';

/** A value of a parsed YAML document. */
export class YamlSpot extends Spot {
  public static root(yaml: typeof Yaml, document: Yaml.Document.Parsed): YamlSpot {
    return new YamlSpot(yaml, document.contents, startOf(document.contents) ?? 0);
  }

  private constructor(
    private readonly yaml: typeof Yaml,
    private readonly node: unknown,
    offset: number,
  ) {
    super(offset);
  }

  protected read(): ReadonlyMap<string, Spot> {
    const members = new Map<string, Spot>();
    const { node, yaml } = this;
    if (yaml.isSeq(node)) node.items.forEach((item, index) => members.set(String(index), this.spotOf(item, item)));
    if (yaml.isMap(node)) {
      for (const { key, value } of node.items) {
        const name = nameOf(key);
        if (name === '<<') this.merge(members, value);
        else members.set(name, this.spotOf(key, value));
      }
    }
    return members;
  }

  private spotOf(key: unknown, value: unknown): YamlSpot {
    return new YamlSpot(this.yaml, value, startOf(key) ?? startOf(value) ?? this.offset);
  }

  /** What `<<` brings, if the map does not say it itself. */
  private merge(members: Map<string, Spot>, value: unknown): void {
    const sources = this.yaml.isSeq(value) ? value.items : [value];
    for (const source of sources) {
      for (const [name, spot] of this.spotOf(source, source).inside) if (!members.has(name)) members.set(name, spot);
    }
  }
}

/** The key as it is in JSON. */
export function nameOf(key: unknown): string {
  const value = typeof key === 'object' && key !== null && 'value' in key ? key.value : key;
  // The YAML library has a symbol for `<<`.
  return typeof value === 'symbol' ? (value.description ?? '') : String(value ?? '');
}

/** The start of the node; of a function in its short form, that of its argument. */
export function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('range' in node && Array.isArray(node.range)) return node.range[0] as number;
  const [pair] = 'items' in node && Array.isArray(node.items) ? (node.items as unknown[]) : [];
  return typeof pair === 'object' && pair !== null && 'value' in pair ? startOf(pair.value) : undefined;
}
