import { Token } from 'aws-cdk-lib';
import { nearest } from '../../lookup/nearest';
import { type InvalidInputError, type Owner } from '../errors';
import { type Shape, type Slot, shapes, structOf, type StructShape } from './data';
import { adviceOn } from './foreign';
import { classNameOf, enumOf } from './library';
import { describe, isPlain, nameOf, quote, say } from './words';

/** The names of map elements in errors: type of the element → word. */
const CALLED: Readonly<Record<string, string>> = {
  HttpRouteOptions: 'route',
  HttpStageOptions: 'stage',
  RestRouteOptions: 'route',
  RestStageOptions: 'stage',
  UsagePlanOptions: 'usage plan',
  WebSocketRouteOptions: 'route',
  WebSocketStageOptions: 'stage',
};

/**
 * Checks arguments against the types of the public surface, for users without a compiler: JavaScript, `as any`, and
 * spread objects, in which a compiler finds no excess option.
 *
 * A token is accepted instead of a string, number or boolean. Instances are identified by their members, never by their class: it may
 * belong to a second copy of the CDK, or to another language.
 */
export class ShapeCheck {
  private readonly path: string[] = [];
  private readonly labels: string[] = [];

  /**
   * @param ownerOf returns the owner of errors; called only for errors, since most calls have none
   * @param open whether unknown options are allowed, because the struct has been extended
   */
  constructor(
    private readonly ownerOf: () => Owner,
    private readonly open = false,
  ) {}

  /** @throws if an argument has the wrong type */
  public parameter(slot: Slot, given: unknown): void {
    if (given === undefined && slot.optional) return;
    const struct = typeof slot.shape === 'string' && structOf(slot.shape);
    // The options of a call have no prefix: `timeout`, not `options.timeout`.
    if (struct && given !== undefined && isObject(given)) return this.struct(struct, given);
    this.slot(slot, given);
  }

  private slot({ name, shape }: Slot, given: unknown): void {
    this.path.push(this.path.length === 0 ? name : `.${name}`);
    if (given === undefined) throw this.error(`is missing; pass ${describe(shape)}`);
    if (given === null) throw this.error(`is null; pass ${describe(shape)}, or leave it out`);
    this.value(shape, given);
    this.path.pop();
  }

  private value(shape: Shape, given: unknown): void {
    if (typeof shape !== 'string') {
      if ('array' in shape) return this.list(shape.array, given, shape);
      // A map of anything is a document, whose reader reports errors better.
      if ('map' in shape) return shape.map === 'any' ? undefined : this.map(shape.map, given, shape);
      if (!shape.union.some((one) => this.fits(one, given))) throw this.wrong(shape, given);
      return;
    }
    if (shape === 'any') return;
    // NaN is the result of a calculation with undefined, and infinity of a division by zero: a template has null for both.
    if (typeof given === shape && (typeof given !== 'number' || Number.isFinite(given))) return;
    if (shape === 'string' || shape === 'number' || shape === 'boolean') {
      if (!Token.isUnresolved(given)) throw this.wrong(shape, given, written(shape, given));
      return;
    }
    const struct = structOf(shape);
    if (struct) {
      if (!isObject(given)) throw this.wrong(shape, given);
      return this.struct(struct, given);
    }
    const { classes, interfaces, foreign } = shapes();
    if (isClassOfLibrary(shape)) return this.instance(shape, classes[shape].members, given);
    if (Object.hasOwn(interfaces, shape)) return this.instance(shape, interfaces[shape], given);
    const { members, enum: values, struct: isStruct } = foreign[shape] ?? {};
    if (members) return this.instance(shape, members, given);
    if (values) return this.enumerated(shape, values, given, true);
    if (isStruct && !isObject(given)) throw this.wrong(shape, given);
    const own = enumOf(shape);
    if (own) this.enumerated(shape, own, given, false);
  }

  private struct(struct: StructShape, given: object): void {
    const read = given as Readonly<Record<string, unknown>>;
    if (!isPlain(given)) return this.instanceAsStruct(struct, read);
    for (const name in read) {
      const value = read[name];
      if (value === undefined || name.startsWith('$jsii')) continue;
      const slot = struct.slots.get(name);
      if (slot) this.option(slot, given, value);
      else if (!this.open || this.depth > 0) this.refuse(struct, name);
      else this.adviseOpen(struct, name);
    }
    this.requires(struct, read);
  }

  /** An instance has its own members in addition to the options; a token is not known yet. */
  private instanceAsStruct(struct: StructShape, given: Readonly<Record<string, unknown>>): void {
    if (
      Token.isUnresolved(given) ||
      (struct.required.length === 0 && ![...struct.slots.keys()].some((n) => n in given))
    )
      throw this.wrong(struct.name, given);
    for (const slot of struct.slots.values()) {
      if (given[slot.name] !== undefined) this.option(slot, given, given[slot.name]);
    }
    if (struct.required.some((name) => given[name] === undefined)) throw this.wrong(struct.name, given);
  }

  /** Options are copied with `{ ...options }`, which loses inherited members: getters of a class, a prototype. */
  private option(slot: Slot, options: object, value: unknown): void {
    this.slot(slot, value);
    if (Object.prototype.propertyIsEnumerable.call(options, slot.name)) return;
    const { name } = slot;
    this.path.push(this.path.length === 0 ? name : `.${name}`);
    throw this.error(
      `is inherited, but options must be own properties; write { ...options, ${name}: options.${name} }`,
    );
  }

  private requires(struct: StructShape, given: Readonly<Record<string, unknown>>): void {
    const missing = struct.required.find((name) => given[name] === undefined);
    if (missing !== undefined) this.slot(struct.slots.get(missing) as Slot, undefined);
  }

  private list(element: Shape, given: unknown, shape: Shape): void {
    if (!Array.isArray(given)) {
      const one = isObject(given) ? undefined : this.fits(element, given) ? `; write [${say(given)}]` : '';
      throw this.wrong(shape, given, one);
    }
    // Not forEach, which skips holes.
    for (const [index, value] of given.entries()) this.element(`[${index}]`, element, value);
  }

  private map(element: Shape, given: unknown, shape: Shape): void {
    if (!isObject(given) || !isPlain(given)) throw this.wrong(shape, given, mapOf(element, given));
    const word = typeof element === 'string' ? CALLED[element] : undefined;
    for (const [key, value] of Object.entries(given)) {
      if (word === undefined || this.path.length !== 1) this.element(`["${key}"]`, element, value);
      else this.labelled(`${word} "${key}"`, element, value);
    }
  }

  private element(step: string, shape: Shape, value: unknown): void {
    this.path.push(step);
    if (shape !== 'any' && (value === undefined || value === null))
      throw this.error(`is ${String(value)}; pass ${describe(shape)}, or leave it out`);
    this.value(shape, value);
    this.path.pop();
  }

  /** An element that has its own word in errors: `route "GET /orders"`. */
  private labelled(label: string, shape: Shape, value: unknown): void {
    const path = this.path.splice(0);
    this.labels.push(label);
    if (isObject(value) && typeof shape === 'string') this.struct(structOf(shape) as StructShape, value);
    else throw this.error(`must be ${describe(shape)}, got: ${say(value)}`);
    this.labels.pop();
    this.path.push(...path);
  }

  private instance(type: string, members: readonly string[], given: unknown): void {
    if (
      isInstance(given) &&
      (members.every((name) => name in given) ||
        (TOLD_LATER.test(type) && typeof given === 'object' && !isPlain(given)))
    ) {
      const other = isClassOfLibrary(type) ? classNameOf(given, type) : undefined;
      if (other === undefined || TOLD_LATER.test(type)) return;
    }
    throw this.wrong(type, given, typeof given === 'function' ? '; call it' : '');
  }

  private enumerated(
    type: string,
    values: Readonly<Record<string, string | number>>,
    given: unknown,
    newer: boolean,
  ): void {
    const all = Object.entries(values).filter(([name]) => !/^\d+$/.test(name));
    if (all.some(([, value]) => value === given) || Token.isUnresolved(given)) return;
    const name = nameOf(type);
    const [meant] = typeof given === 'string' ? namesLike(given, all) : [];
    if (newer && meant === undefined && typeof given === typeof all[0][1]) return;
    const hint =
      meant === undefined ? `Allowed: ${all.map(([key]) => `${name}.${key}`).join(', ')}` : `Write ${name}.${meant}`;
    throw this.error(`must be one of ${name}, got: ${say(given)}. ${hint}`);
  }

  private fits(shape: Shape, given: unknown): boolean {
    try {
      new ShapeCheck(this.ownerOf).value(shape, given);
      return true;
    } catch {
      return false;
    }
  }

  private refuse(struct: StructShape, name: string): never {
    const advice = adviceOn(struct, name);
    const owner = this.path.length === 0 ? this.labelledOwner : this.labelledOwner.part(this.path.join(''));
    if (advice !== undefined) throw owner.error(`${name}: ${advice}`);
    const allowed = [...struct.slots.keys()];
    const [near] = nearest(name, allowed);
    const hint = near === undefined ? `Allowed: ${allowed.join(', ') || 'none'}.` : `Did you mean ${quote(near)}?`;
    throw owner.error(`has no option ${quote(name)}. ${hint}`);
  }

  /** The extra options of a subclass are allowed, but those of another kind of API are a mistake there too. */
  private adviseOpen(struct: StructShape, name: string): void {
    if (adviceOn(struct, name) !== undefined) this.refuse(struct, name);
  }

  private get depth(): number {
    return this.path.length + this.labels.length;
  }

  private get labelledOwner(): Owner {
    return this.labels.reduce((owner, label) => owner.part(label), this.ownerOf());
  }

  private wrong(shape: Shape, given: unknown, hint = ''): InvalidInputError {
    return this.error(`must be ${describe(shape)}, got: ${say(given)}${hint}`);
  }

  private error(message: string): InvalidInputError {
    const path = this.path.join('');
    return this.labelledOwner.error(path === '' ? message : `${path} ${message}`);
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isInstance = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * Instances of another kind that are reported when the route is bound, with the alternative: authorizers and integrations
 * of other APIs, load balancers and their listeners, services of AWS Cloud Map.
 */
const TOLD_LATER =
  /^(aws-cdk-lib\.aws_(elasticloadbalancingv2|servicediscovery)\..*|(Rest|Http|WebSocket)(Authorizer|Integration))$/;

const isClassOfLibrary = (type: string): boolean => Object.hasOwn(shapes().classes, type);

/** `; write 10` if a string contains a number, and similar hints. */
function written(shape: string, given: unknown): string {
  if (shape === 'string' && (typeof given === 'number' || typeof given === 'boolean')) return `; write "${given}"`;
  if (shape === 'number' && typeof given === 'string' && given.trim() !== '' && Number.isFinite(Number(given)))
    return `; write ${Number(given)}`;
  return shape === 'boolean' && (given === 'true' || given === 'false') ? `; write ${given}` : '';
}

/** `; write { "prod": {…} }` if a list of names was passed. */
function mapOf(element: Shape, given: unknown): string {
  if (!Array.isArray(given) || !given.every((name) => typeof name === 'string') || given.length === 0) return '';
  const value = element === 'boolean' ? 'true' : typeof element === 'string' && structOf(element) ? '{…}' : '…';
  return `; write { ${given.map((name) => `${quote(name)}: ${value}`).join(', ')} }`;
}

/** Members of an enumeration whose name or value differs from the argument only in case, `-` and `_`. */
function namesLike(given: string, values: readonly (readonly [string, string | number])[]): string[] {
  const plain = (text: string | number) =>
    String(text)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
  return values
    .filter(([name, value]) => [name, value].some((one) => plain(one) === plain(given)))
    .map(([name]) => name);
}
