import { Data, type Evaluated } from './evaluated';
import { Expression, joined, type Part, type Reference, UNKNOWN_PART } from '../model/expression';
import { evaluate, partsOf } from './intrinsics';
import { type Location, type ResourceRef } from '../model/model';
import { isDict, own, type Scope } from './scope';
import { type Text, type Texts, UNKNOWN_TEXT } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';
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
    return this.raw === UNKNOWN ? undefined : this.raw;
  }

  public get value(): Evaluated {
    if (this.memo === PENDING) {
      this.memo = this.raw === UNKNOWN ? UNKNOWN : evaluate(this.raw, this.scope);
    }
    return this.memo;
  }

  public get isAbsent(): boolean {
    return this.value === undefined;
  }

  /** An object whose keys can be told. */
  public get isObject(): boolean {
    return this.value instanceof Data && !Array.isArray(this.value.value);
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
    if (value === undefined) {
      return this.absent;
    }
    if (value instanceof Data && isDict(value.value)) {
      return Object.hasOwn(value.value, key)
        ? new Node(value.value[key], value.scope, this.origin, this, key)
        : this.absent;
    }
    return new Node(UNKNOWN, this.scope, this.origin, this, key);
  }

  private get absent(): Node {
    return (this.origin.absent ??= new Node(undefined, this.scope, this.origin, undefined, ''));
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
      const node = new Node(value.value[key], value.scope, this.origin, this, key);
      if (!node.isAbsent) {
        entries.push(node);
      }
    }
    return entries;
  }

  /** The names of the entries. */
  public keys(): string[] {
    const { value } = this;
    if (!(value instanceof Data) || !isDict(value.value)) {
      return [];
    }
    const { value: dict, scope } = value;
    return Object.keys(dict).filter((key) => dict[key] === UNKNOWN || evaluate(dict[key], scope) !== undefined);
  }

  /** The elements of a list; empty where it is absent. */
  public items(): Value<Node[]> {
    const { value } = this;
    if (value === undefined) {
      return [];
    }
    if (!(value instanceof Data) || !Array.isArray(value.value)) {
      return UNKNOWN;
    }
    const items: Node[] = [];
    for (let index = 0; index < value.value.length; index++) {
      const node = new Node(value.value[index], value.scope, this.origin, this, String(index));
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
    const items = this.items();
    return items === UNKNOWN ? [] : items;
  }

  public string(): Value<string> | undefined {
    const { value } = this;
    switch (typeof value) {
      case 'undefined':
        return undefined;
      case 'string':
        return value.includes(DYNAMIC) ? UNKNOWN : value;
      case 'number':
      case 'boolean':
        return String(value);
      default:
        return UNKNOWN;
    }
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
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : UNKNOWN;
  }

  public bool(): Value<boolean> | undefined {
    const { value } = this;
    if (value === undefined || typeof value === 'boolean') {
      return value;
    }
    const text = typeof value === 'string' ? value.toLowerCase() : undefined;
    return text === 'true' ? true : text === 'false' ? false : UNKNOWN;
  }

  /** The string with its references. */
  public text(): Text | undefined {
    const { value } = this;
    switch (typeof value) {
      case 'undefined':
        return undefined;
      case 'string':
        return value.includes(DYNAMIC) ? this.withoutDynamic(value) : value;
      case 'number':
      case 'boolean':
        return String(value);
      default:
        return value instanceof Expression ? value.in(this.origin.ref.template) : UNKNOWN_TEXT;
    }
  }

  private withoutDynamic(value: string): Text {
    const pieces = value.split(/\{\{resolve:[^{}]*\}\}/);
    const parts = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [UNKNOWN_PART, piece]));
    return joined(parts, this.origin.ref.template) ?? UNKNOWN_TEXT;
  }

  public parts(): readonly Part[] | undefined {
    return this.isAbsent ? undefined : partsOf(this.value);
  }

  public strings(): Value<string[]> {
    const items = this.items();
    if (items === UNKNOWN) {
      return UNKNOWN;
    }
    const strings: string[] = [];
    for (const item of items) {
      const value = item.string();
      if (typeof value !== 'string') {
        return UNKNOWN;
      }
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
    if (this.isAbsent) {
      return undefined;
    }
    const found = this.reference();
    const type = found && this.scope.app.typeOf(found);
    return found && type !== undefined && types.includes(type)
      ? { template: found.template, logicalId: found.logicalId }
      : UNKNOWN;
  }
}

const PENDING: unique symbol = Symbol('pending');
/** A reference to a parameter store or a secret, which CloudFormation replaces at deployment. */
const DYNAMIC = '{{resolve:';
