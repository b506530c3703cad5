import { isJson, type Json } from '../openapi/json';
import { withSpellingsOf } from './numerals';
import { type CfnTemplate } from './source';

const TRANSFORM = 'AWS::LanguageExtensions';
const LOOP = 'Fn::ForEach::';
/** CloudFormation takes 500 resources; a loop that would make many times as many is left alone. */
const MAX_COPIES = 5000;
const MAX_DEPTH = 200;

/**
 * The template with its `Fn::ForEach` written out, as the transform does it at deployment. A loop over what the template does
 * not say is left out among resources, and makes a value unknown elsewhere.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(template: CfnTemplate): CfnTemplate {
  const transforms: unknown[] = [isJson(template) ? template.Transform : undefined].flat();
  if (!transforms.includes(TRANSFORM)) {
    return template;
  }
  const loops = new Loops();
  const sections = Object.entries(template).map(([name, section]) => [
    name,
    isJson(section) ? loops.entriesOf(section, {}, 0).known : section,
  ]);
  return Object.fromEntries(sections) as CfnTemplate;
}

type Bindings = Readonly<Record<string, string>>;

class Loops {
  private copies = 0;

  /** The entries with loops written out, and whether one could not be. */
  public entriesOf(dict: Json, bound: Bindings, depth: number): { known: Record<string, unknown>; complete: boolean } {
    const known: [string, unknown][] = [];
    let complete = true;
    for (const [key, value] of Object.entries(dict)) {
      if (!key.startsWith(LOOP)) {
        known.push([substituted(key, bound), this.written(value, bound, depth + 1)]);
        continue;
      }
      const copies = this.unrolled(value, bound, depth + 1);
      complete &&= copies !== undefined;
      known.push(...(copies ?? []));
    }
    return { known: withSpellingsOf(dict, Object.fromEntries(known)), complete };
  }

  private written(value: unknown, bound: Bindings, depth: number): unknown {
    if (depth > MAX_DEPTH) {
      return value;
    }
    if (typeof value === 'string') {
      return substituted(value, bound);
    }
    if (Array.isArray(value)) {
      return withSpellingsOf(
        value,
        value.map((item) => this.written(item, bound, depth + 1)),
      );
    }
    if (!isJson(value)) {
      return value;
    }
    if (typeof value.Ref === 'string' && Object.hasOwn(bound, value.Ref) && Object.keys(value).length === 1) {
      return bound[value.Ref];
    }
    const { known, complete } = this.entriesOf(value, bound, depth);
    return complete ? known : { 'Fn::ForEach': [] };
  }

  private unrolled(loop: unknown, bound: Bindings, depth: number): [string, unknown][] | undefined {
    const [name, rawList, output] = Array.isArray(loop) ? (loop as unknown[]) : [];
    const list = this.written(rawList, bound, depth);
    if (typeof name !== 'string' || !Array.isArray(list) || !isJson(output) || depth > MAX_DEPTH) {
      return undefined;
    }
    const entries: [string, unknown][] = [];
    for (const item of list) {
      if (typeof item !== 'string' || ++this.copies > MAX_COPIES) {
        return undefined;
      }
      const { known, complete } = this.entriesOf(output, { ...bound, [name]: item }, depth);
      if (!complete) {
        return undefined;
      }
      entries.push(...Object.entries(known));
    }
    return entries;
  }
}

/** `${Name}` is the item, `&{Name}` the item without characters other than letters and digits. */
function substituted(text: string, bound: Bindings): string {
  return text.includes('{')
    ? text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole, sign: string, name: string) => {
        const item = Object.hasOwn(bound, name) ? bound[name] : undefined;
        return item === undefined ? whole : sign === '&' ? item.replace(/[^A-Za-z0-9]/g, '') : item;
      })
    : text;
}
