import { isObject, type Json, type JsonObject } from '../../lib/serve/json';
import { checksOf, searches } from './schema-keywords';

/**
 * What is wrong with a value, in the words and the order of the validator in Java that the service uses: keywords by their names,
 * and nothing below a value that is wrong itself.
 *
 * @see https://github.com/java-json-tools/json-schema-validator
 */
export function detailsOf(schema: JsonObject, value: Json): string[] {
  const found: string[] = [];
  new Walk(schema).visit(schema, value, found);
  return found;
}

class Walk {
  /** What is being looked at: references may lead round in a circle without a step into the value. */
  private readonly open: Array<readonly [schema: JsonObject, value: Json]> = [];

  constructor(private readonly root: JsonObject) {}

  /** Adds to the messages what is wrong with the value and, unless anything is by now, with what is in it. */
  public visit(written: Json, value: Json, found: string[]): void {
    const schema = this.resolved(written);
    if (!isObject(schema) || this.open.some(([one, each]) => one === schema && each === value)) return;
    this.open.push([schema, value]);
    const ask = (inner: Json, each: Json): string[] => {
      const messages: string[] = [];
      this.visit(inner, each, messages);
      return messages;
    };
    found.push(...checksOf(schema, value, ask));
    if (found.length === 0) this.visitInside(schema, value, found);
    this.open.pop();
  }

  private visitInside(schema: JsonObject, value: Json, found: string[]): void {
    if (Array.isArray(value)) {
      for (const [index, each] of (value as Json[]).entries()) {
        const { items, additionalItems } = schema;
        const inner = Array.isArray(items) ? ((items as Json[])[index] ?? additionalItems) : items;
        if (inner !== undefined) this.visit(inner, each, found);
      }
      return;
    }
    if (!isObject(value)) return;
    for (const field of Object.keys(value).sort()) {
      for (const inner of schemasOf(schema, field)) this.visit(inner, value[field] as Json, found);
    }
  }

  private resolved(schema: Json): Json | undefined {
    const seen = new Set<Json | undefined>();
    let current: Json | undefined = schema;
    while (isObject(current) && typeof current.$ref === 'string' && !seen.has(current)) {
      seen.add(current);
      current = this.at(current.$ref);
    }
    return current;
  }

  /** The place in the document that a reference `#/a/b` names. */
  private at(reference: string): Json | undefined {
    if (!reference.startsWith('#')) return undefined;
    const names = reference.slice(1).split('/').slice(1);
    return names.reduce<Json | undefined>((value, name) => {
      const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
      if (Array.isArray(value)) return (value as Json[])[Number(key)];
      return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }, this.root);
  }
}

function schemasOf({ properties, patternProperties, additionalProperties }: JsonObject, field: string): Json[] {
  const own = isObject(properties) && Object.hasOwn(properties, field) ? [properties[field] as Json] : [];
  const matching = Object.entries(isObject(patternProperties) ? patternProperties : {})
    .filter(([pattern]) => searches(pattern, field))
    .map(([, each]) => each as Json);
  const all = [...own, ...matching];
  return all.length === 0 && isObject(additionalProperties) ? [additionalProperties] : all;
}
