import { at } from '../lookup/named';
import { sameJson } from '../template/reader/same';
import { type Dict, isDict } from '../template/reader/scope';
import { type Misfit, sizesFit } from './schema-sizes';

/** Keywords that say nothing of what is valid. */
const ANNOTATIONS = ['$schema', 'id', '$id', 'title', 'description', 'default', 'example', 'examples', 'definitions'];
/** Keywords that are compared; any other is implied only by the same one. */
const PLAIN = [
  ...['type', 'enum', 'properties', 'required', 'additionalProperties', 'items', 'minimum', 'maximum', 'multipleOf'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems'],
  ...['minProperties', 'maxProperties'],
];
const TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'];
const MAX_DEPTH = 40;

/**
 * Whether everything that was valid still is: undefined if it is known to be, else what may be refused now.
 * @param place where in a body: `items[].sku`
 */
export function misfitOf(before: unknown, after: unknown, place = 'the body', depth = 0): Misfit | undefined {
  if (sameJson(before, after) || after === true) return undefined;
  if (after === false) return { isSure: before !== false, why: `${place} is not allowed` };
  if (before === false) return undefined;
  const [old, now] = [before === true ? {} : before, after];
  if (!isDict(old) || !isDict(now) || depth > MAX_DEPTH) return { isSure: false, why: `${place} has another schema` };
  const found = [...misfits(old, now, place, depth)];
  // What else the old schema said may have excluded the values that are refused now.
  const isPlain = Object.keys(old).every((name) => PLAIN.includes(name) || ANNOTATIONS.includes(name));
  const worst = found.find(({ isSure }) => isSure) ?? found.at(0);
  return worst && { ...worst, isSure: worst.isSure && isPlain };
}

function* misfits(old: Dict, now: Dict, place: string, depth: number): Iterable<Misfit> {
  const types = typesOf(old);
  const unsure = (why: string): Misfit => ({ isSure: false, why });
  const sure = (why: string): Misfit => ({ isSure: true, why });
  const refused = types.filter((type) => !accepts(typesOf(now), type));
  if (refused.length > 0) yield sure(`${place} cannot be ${refused.join(' or ')}`);
  if (now.enum !== undefined) yield* enumFits(old, now.enum, place);
  yield* sizesFit(old, now, types, place);
  if (types.includes('object')) yield* objectFits(old, now, place, depth);
  if (types.includes('array') && now.items !== undefined) {
    if (isDict(now.items) && !Array.isArray(old.items)) {
      const inner = misfitOf(old.items ?? {}, now.items, `${place}[]`, depth + 1);
      if (inner) yield inner;
    } else if (!sameJson(old.items, now.items)) yield unsure(`the items of ${place} have another schema`);
  }
  for (const name of Object.keys(now)) {
    if (PLAIN.includes(name) || ANNOTATIONS.includes(name) || sameJson(old[name], now[name])) continue;
    if (name === 'allOf' && Array.isArray(now.allOf)) {
      for (const part of now.allOf as unknown[]) {
        const inner = misfitOf(old, part, place, depth + 1);
        if (inner) yield inner;
      }
    } else if (name === 'anyOf' && Array.isArray(now.anyOf)) {
      if (!(now.anyOf as unknown[]).some((part) => !misfitOf(old, part, place, depth + 1))) {
        yield unsure(`${place} has another "anyOf"`);
      }
    } else yield unsure(`${place} has another "${name}"`);
  }
}

function* enumFits(old: Dict, allowed: unknown, place: string): Iterable<Misfit> {
  if (!Array.isArray(old.enum) || !Array.isArray(allowed)) {
    // Of a few types, all values can be listed.
    const isFinite = typesOf(old).every((type) => type === 'boolean' || type === 'null');
    yield { isSure: !isFinite, why: `${place} can only be one of ${JSON.stringify(allowed)}` };
    return;
  }
  const gone = (old.enum as unknown[]).filter((one) => !(allowed as unknown[]).some((other) => sameJson(one, other)));
  // A value of the old list may have been excluded by its type.
  if (gone.length > 0) yield { isSure: old.type === undefined, why: `${place} cannot be ${JSON.stringify(gone[0])}` };
}

function* objectFits(old: Dict, now: Dict, place: string, depth: number): Iterable<Misfit> {
  const [was, is] = [dictOf(old.properties), dictOf(now.properties)];
  const wasRequired = listOf(old.required);
  for (const name of listOf(now.required)) {
    // The old schema may have forbidden it, so that no object was valid.
    if (!wasRequired.includes(name)) yield { isSure: true, why: `"${String(name)}" of ${place} is required` };
  }
  const inner = (name: string): string => (place === 'the body' ? name : `${place}.${name}`);
  for (const [name, schema] of Object.entries(is)) {
    const old1 = at(was, name) ?? others(old);
    const found = misfitOf(old1, schema, inner(name), depth + 1);
    if (found) yield onlyIf(found, old1, wasRequired.includes(name));
  }
  if (now.additionalProperties === undefined || now.additionalProperties === true) return;
  for (const [name, schema] of Object.entries(was)) {
    if (Object.hasOwn(is, name)) continue;
    const found = misfitOf(schema, now.additionalProperties, inner(name), depth + 1);
    if (found) yield found;
  }
  const found = misfitOf(others(old), now.additionalProperties, `other properties of ${place}`, depth + 1);
  if (found) yield found;
}

/** A property whose old schema accepts nothing was never there. */
const onlyIf = (found: Misfit, old: unknown, isRequired: boolean): Misfit =>
  old === false && !isRequired ? { ...found, isSure: false } : found;

/** The schema of properties that are not listed. */
const others = (schema: Dict): unknown =>
  schema.patternProperties === undefined ? (schema.additionalProperties ?? true) : true;

/** `integer` is a number; without a type, every one is possible. */
function typesOf({ type, enum: values }: Dict): string[] {
  const given = listOf(type).filter((one) => typeof one === 'string');
  if (given.length > 0) return given;
  if (Array.isArray(values)) return [...new Set((values as unknown[]).map(typeOf))];
  return TYPES;
}

const accepts = (types: readonly string[], type: string): boolean =>
  types.includes(type) || (type === 'integer' && types.includes('number'));

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

const dictOf = (value: unknown): Dict => (isDict(value) ? value : {});
const listOf = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
