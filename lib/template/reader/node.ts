import { Data, type Evaluated } from './evaluated';
import { Expression, type Part, type Reference } from '../model/expression';
import { isDynamic, withoutDynamic } from './dynamic-reference';
import { evaluate, intrinsicName, partsOf } from './intrinsics';
import { defaultOfParts } from './links';
import { Numeral, valueAt } from './numerals';
import { type Location, type ResourceRef } from '../model/model';
import { type Resolved } from '../model/resolved';
import { resolved } from './resolved';
import { isDict, own, type Scope } from './scope';
import { type Text, type Texts, UNKNOWN_TEXT } from '../model/text';
import { knownOr, UNKNOWN, type Value } from '../model/value';
import { put } from '../../lookup/named';

/** The resource that a node is part of. */
interface Origin {
  readonly ref: ResourceRef;
  /** One node for all absent values: most properties are absent, and their place is not needed. */
  absent?: Node;
}

/** A place in a template, and its value. Reading never throws: a value of the wrong kind is unknown. */
export class Node {
  private memo: Evaluated | typeof PENDING = PENDING;

  private constructor(
    private readonly raw: unknown,
    private readonly scope: Scope,
    private readonly origin: Origin,
    private readonly parent: Node | undefined,
    private readonly key: string,
  ) {}

  /** The properties of a resource. */
  public static properties(scope: Scope, logicalId: string): Node {
    const origin = { ref: { template: scope.file, logicalId } };
    return new Node(own(scope.resources.get(logicalId), 'Properties'), scope, origin, undefined, 'Properties');
  }

  public get ref(): ResourceRef {
    return this.origin.ref;
  }

  /** Whether a condition decides if the resource is made. */
  public get isConditional(): boolean {
    return this.scope.resources.get(this.origin.ref.logicalId)?.Condition !== undefined;
  }

  public get location(): Location {
    const path = [this.key];
    for (let node = this.parent; node !== undefined; node = node.parent) {
      path.push(node.key);
    }
    return { ...this.origin.ref, path: path.reverse() };
  }

  public get name(): string {
    return this.key;
  }

  /** As written, intrinsics included. */
  public get written(): unknown {
    return this.raw === UNKNOWN ? undefined : this.raw instanceof Numeral ? this.raw.number : this.raw;
  }

  /** The value with all that is within; undefined if it is absent. */
  public get resolved(): Resolved | undefined {
    return resolved(this.raw, this.scope);
  }

  /** A number is one here, however it is spelled; `string` and `text` have its spelling. */
  public get value(): Exclude<Evaluated, Numeral> {
    const { evaluated } = this;
    return evaluated instanceof Numeral ? evaluated.number : evaluated;
  }

  private get evaluated(): Evaluated {
    if (this.memo === PENDING) {
      this.memo = this.raw === UNKNOWN ? UNKNOWN : evaluate(this.raw, this.scope);
    }
    return this.memo;
  }

  public get isAbsent(): boolean {
    return this.value === undefined;
  }

  /** An object whose keys are known. */
  public get isObject(): boolean {
    return this.value instanceof Data && !Array.isArray(this.value.value);
  }

  /** Whether the content is known, down to the names of the parts: one of them may be unknown in itself. */
  public get isTold(): boolean {
    return this.isAbsent || this.isObject || this.isList;
  }

  public get isList(): boolean {
    return this.value instanceof Data && Array.isArray(this.value.value);
  }

  /** True for a list and false for one text; undefined if it is neither. */
  public get isListOrText(): boolean | undefined {
    return this.isList ? true : typeof this.value === 'string' ? false : undefined;
  }

  /** The property: absent in what is absent, unknown in what is unknown or no object. */
  public get(key: string): Node {
    const { value } = this;
    if (value === undefined) return this.absent;
    if (value instanceof Data && isDict(value.value)) {
      return Object.hasOwn(value.value, key)
        ? new Node(valueAt(value.value, key), value.scope, this.origin, this, key)
        : this.absent;
    }
    return new Node(UNKNOWN, this.scope, this.origin, this, key);
  }

  /** Something at this place of which nothing is known. */
  public get hidden(): Node {
    return new Node(UNKNOWN, this.scope, this.origin, this.parent, this.key);
  }

  private get absent(): Node {
    return (this.origin.absent ??= new Node(undefined, this.scope, this.origin, undefined, ''));
  }

  /** The function that is written there, with its argument; undefined for anything else. */
  public call(): { readonly name: string; readonly argument: Node } | undefined {
    const name = isDict(this.raw) ? intrinsicName(this.raw) : undefined;
    return name === undefined
      ? undefined
      : { name, argument: new Node(own(this.raw, name), this.scope, this.origin, this, name) };
  }

  /** The first of the properties that is there. */
  public either(...keys: string[]): Node {
    const nodes = keys.map((key) => this.get(key));
    return nodes.find((node) => !node.isAbsent) ?? nodes[0];
  }

  /** The properties of an object, without those that are absent; none if it is not an object. */
  public entries(): Node[] {
    const { value } = this;
    if (!(value instanceof Data) || !isDict(value.value)) {
      return [];
    }
    const entries: Node[] = [];
    for (const key of Object.keys(value.value)) {
      const node = new Node(valueAt(value.value, key), value.scope, this.origin, this, key);
      if (!node.isAbsent) entries.push(node);
    }
    return entries;
  }

  /** The names of the entries. */
  public keys(): string[] {
    return this.entries().map(({ name }) => name);
  }

  /** The elements of a list; empty if it is absent. */
  public items(): Value<Node[]> {
    const { value } = this;
    if (value === undefined) return [];
    if (!(value instanceof Data) || !Array.isArray(value.value)) {
      return UNKNOWN;
    }
    const items: Node[] = [];
    for (let index = 0; index < value.value.length; index++) {
      const node = new Node(valueAt(value.value, index), value.scope, this.origin, this, String(index));
      if (!node.isAbsent) {
        items.push(node);
      }
    }
    return items;
  }

  /** The names among these that have a value. */
  public given(names: readonly string[]): string[] {
    return names.filter((name) => !this.get(name).isAbsent);
  }

  public knownItems(): Node[] {
    return knownOr(this.items(), []);
  }

  public string(): Value<string> | undefined {
    const { value } = this;
    switch (typeof value) {
      case 'undefined':
        return undefined;
      case 'string':
        return isDynamic(value) ? UNKNOWN : value;
      case 'number':
      case 'boolean':
        return this.printed(value);
      default:
        return this.byDefault() ?? UNKNOWN;
    }
  }

  /** What a parameter comes to if it is not set; its text stays a reference, which is the same everywhere. */
  private byDefault(): string | undefined {
    return this.value instanceof Expression ? defaultOfParts(this.value.parts, this.scope.app) : undefined;
  }

  private printed(value: number | boolean): string {
    return this.memo instanceof Numeral ? this.memo.text : String(value);
  }

  public upper(): Value<string> | undefined {
    const value = this.string();
    return typeof value === 'string' ? value.toUpperCase() : value;
  }

  public number(): Value<number> | undefined {
    const { value } = this;
    if (value === undefined || typeof value === 'number') {
      return value;
    }
    const text = typeof value === 'string' ? value : this.byDefault();
    return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : UNKNOWN;
  }

  public bool(): Value<boolean> | undefined {
    const { value } = this;
    if (value === undefined || typeof value === 'boolean') {
      return value;
    }
    const text = (typeof value === 'string' ? value : this.byDefault())?.toLowerCase();
    return text === 'true' ? true : text === 'false' ? false : UNKNOWN;
  }

  /** The string with its references. */
  public text(): Text | undefined {
    const { value } = this;
    switch (typeof value) {
      case 'undefined':
        return undefined;
      case 'string':
        return isDynamic(value) ? withoutDynamic(value, this.origin.ref.template) : value;
      case 'number':
      case 'boolean':
        return this.printed(value);
      default:
        return value instanceof Expression ? value.in(this.origin.ref.template) : UNKNOWN_TEXT;
    }
  }

  public parts(): readonly Part[] | undefined {
    return this.isAbsent ? undefined : partsOf(this.evaluated);
  }

  public strings(): Value<string[]> {
    const items = this.items();
    if (items === UNKNOWN) return UNKNOWN;
    const strings: string[] = [];
    for (const item of items) {
      const value = item.string();
      if (typeof value !== 'string') return UNKNOWN;
      strings.push(value);
    }
    return strings;
  }

  public texts(): Text[] {
    const items = this.items();
    return items === UNKNOWN ? [UNKNOWN_TEXT] : items.map((item) => item.text() ?? UNKNOWN_TEXT);
  }

  public textRecord(): Value<Texts> {
    if (!this.isObject && !this.isAbsent) {
      return UNKNOWN;
    }
    const record: Record<string, Text> = {};
    for (const node of this.entries()) {
      put(record, node.name, node.text() ?? '');
    }
    return record;
  }

  /** The resource that the value refers to, whatever its attribute. */
  public reference(): Reference | undefined {
    return this.value instanceof Expression ? this.value.resource : undefined;
  }

  /** The resource of one of the types; unknown where the value is anything else. */
  public resource(...types: string[]): Value<ResourceRef> | undefined {
    if (this.isAbsent) return undefined;
    const found = this.reference();
    const type = found && this.scope.app.typeOf(found);
    return found && type !== undefined && types.includes(type)
      ? { template: found.template, logicalId: found.logicalId }
      : UNKNOWN;
  }
}

const PENDING: unique symbol = Symbol('pending');
