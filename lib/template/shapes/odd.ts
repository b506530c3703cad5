import { type OddProperty } from '../model/shapes';
import { isKnown, UNKNOWN } from '../model/value';
import { Data } from '../reader/evaluated';
import { Expression } from '../model/expression';
import { type Node } from '../reader/node';
import { type Fields, type Shape } from './grammar';

/** What a kind of value is called. */
const WORDS: Readonly<Record<Shape['kind'], string>> = {
  text: 'a text',
  boolean: 'true or false',
  number: 'a number',
  any: 'any value',
  list: 'a list',
  map: 'a map',
  object: 'an object',
};

/** No property is nested deeper. */
const DEEPEST = 12;

/** Finds what does not fit in one resource. */
export class Odd {
  public readonly found: OddProperty[] = [];

  /** @param isStrict whether what does not fit is refused */
  constructor(private readonly isStrict = true) {}

  /** The properties of a resource, of which there may be none. */
  public properties(node: Node, fields: Fields, owner: string): void {
    if (node.isAbsent) {
      this.missing(node, [], fields, owner, this.isStrict);
    } else if (node.isList) {
      this.found.push({
        location: node.location,
        name: 'Properties',
        fault: 'type',
        owner,
        allowed: ['a map'],
        given: 'a list',
        isRefused: true,
      });
    } else {
      this.object(node, fields, owner);
    }
  }

  public object(node: Node, fields: Fields, owner: string, isStrict = this.isStrict, depth = 0): void {
    if (!node.isObject || depth > DEEPEST) return;
    const entries = node.entries();
    // Macros put other properties in place of these.
    if (entries.some(isMadeLater)) return;
    for (const entry of entries) {
      const field = fields.get(entry.name);
      if (!field) {
        const { location, name } = entry;
        this.found.push({ location, name, fault: 'unknown', owner, allowed: [...fields.keys()], isRefused: isStrict });
      } else {
        this.value(entry, field.shape, owner, isStrict && !field.isLoose, depth);
      }
    }
    this.missing(node, entries, fields, owner, isStrict);
  }

  private missing(node: Node, entries: readonly Node[], fields: Fields, owner: string, isRefused: boolean): void {
    for (const [name, { isRequired, shape }] of fields) {
      if (isRequired && !entries.some((entry) => entry.name === name)) {
        this.found.push({
          location: node.location,
          name,
          fault: 'missing',
          owner,
          allowed: [wordFor(shape)],
          isRefused,
        });
      }
    }
  }

  private value(node: Node, shape: Shape, owner: string, isStrict: boolean, depth: number): void {
    const given = otherThan(node, shape);
    if (given !== undefined) {
      const { location, name } = node;
      const allowed = [wordFor(shape)];
      this.found.push({ location, name, fault: 'type', owner, allowed, given, isRefused: isStrict });
      return;
    }
    if (shape.kind === 'text' || shape.kind === 'boolean' || shape.kind === 'number') return;
    const within = `${node.name} of ${owner}`;
    if (shape.kind === 'object') {
      this.object(node, shape.fields, within, isStrict, depth + 1);
    } else if (shape.kind === 'map') {
      const entries = node.entries();
      // A loop or a macro in a map makes its entries at deployment.
      for (const entry of entries.some(isMadeLater) ? [] : entries) {
        this.element(entry, shape.of, within, isStrict, depth);
      }
    } else if (shape.kind === 'list') {
      for (const item of node.knownItems()) this.element(item, shape.of, within, isStrict, depth);
    }
  }

  /** An element is named after its list or map. */
  private element(node: Node, shape: Shape, within: string, isStrict: boolean, depth: number): void {
    if (shape.kind === 'object' && otherThan(node, shape) === undefined) {
      this.object(node, shape.fields, within, isStrict, depth + 1);
    } else {
      this.value(node, shape, within, isStrict, depth + 1);
    }
  }
}

const isMadeLater = ({ name }: Node): boolean => name.startsWith('Fn::');

/** What is written in the place of a value of this shape; undefined if it fits, or is unknown. */
function otherThan(node: Node, shape: Shape): string | undefined {
  const { value } = node;
  if (shape.kind === 'any' || value === UNKNOWN) return undefined;
  if (value instanceof Expression)
    return isText(value) && isMade(shape) ? `the text "${value.toString().slice(0, 60)}"` : undefined;
  if (value instanceof Data) {
    const kind = Array.isArray(value.value) ? 'list' : 'map';
    const isFit = kind === 'list' ? shape.kind === 'list' : shape.kind === 'map' || shape.kind === 'object';
    return isFit ? undefined : WORDS[kind];
  }
  const text = node.string();
  if (!isKnown(text)) return undefined;
  switch (shape.kind) {
    case 'text':
      return shape.values ? (shape.values.includes(text) ? undefined : `"${text}"`) : lengthOf(text, shape);
    case 'boolean':
      return /^(true|false)$/i.test(text) ? undefined : `"${text}"`;
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? undefined : `"${text}"`;
    default:
      if (shape.kind === 'object' && shape.orText) return undefined;
      return typeof value === 'string' ? `the text "${text.slice(0, 60)}"` : text;
  }
}

/** Undefined if the text has as many characters as it may have. */
function lengthOf({ length }: string, { min = 0, max = Infinity }: { readonly min?: number; readonly max?: number }) {
  return length >= min && length <= max ? undefined : `a text of ${length} characters`;
}

const wordFor = (shape: Shape): string =>
  shape.kind === 'text' && shape.values
    ? shape.values.join(' or ')
    : shape.kind === 'text' && shape.max !== undefined
      ? `a text of ${shape.min ?? 0} to ${shape.max} characters`
      : WORDS[shape.kind];

/** Whether it is known to be one text: several parts, or a `Ref` to a resource; attributes and parameters may be lists. */
const isText = ({ parts: [part, ...others] }: Expression): boolean =>
  others.length > 0 || (typeof part === 'object' && part.kind === 'resource' && part.attribute === undefined);

/** Whether a text cannot stand for it. */
const isMade = (shape: Shape): boolean =>
  shape.kind === 'list' || shape.kind === 'map' || (shape.kind === 'object' && shape.orText !== true);
