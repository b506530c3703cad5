import { checkPropsBy } from '../../checks/props-check';
import { Owner } from '../errors';
import { ShapeCheck } from './check';
import { type Slot, shapes, slotsOf, structOf } from './data';
import { adviceFor } from './foreign';
import { classNameOf, rememberLibrary } from './library';

const guarded = new WeakSet<object>();

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** What errors call the second argument of a method by. */
const CALLED: Readonly<Record<string, string>> = {
  addRoute: 'route',
  addRoutingRule: 'rule',
  addStage: 'stage',
  addUsagePlan: 'usage plan',
  addApiKey: 'API key',
};

/**
 * Adds type checks to every call of the public surface: static methods and methods of instances. The
 * constructors call `checkedProps` themselves.
 *
 * @param exported what has been loaded: all of the library, or in the published package one module of it
 * @param library everything that it exports
 */
export function guardCalls(
  exported: Readonly<Record<string, unknown>>,
  library: Readonly<Record<string, unknown>> = exported,
): void {
  rememberLibrary(exported, library);
  checkPropsBy((props, isSubclass) => {
    checkedProps(new Owner('ApiGatewayChecks'), 'ApiGatewayChecksProps', props, isSubclass);
  });
  const { classes } = shapes();
  for (const [name, value] of Object.entries(exported)) {
    if (!Object.hasOwn(classes, name)) continue;
    const { statics, methods } = classes[name];
    const type = value as { readonly prototype: object };
    for (const [method, call] of Object.entries(statics))
      guard(type, method, slotsOf(call.of), call.variadic ?? false, (_, given) => ownerOfStatic(name, method, given));
    for (const [method, call] of Object.entries(methods))
      guard(type.prototype, method, slotsOf(call.of), call.variadic ?? false, (self, given) =>
        ownerOfMethod(name, method, self, given),
      );
    for (const [method, advice] of Object.entries(adviceFor(name))) refuse(type, `${name}.${method}`, method, advice);
  }
}

/** In JavaScript, a method that only another kind of API has would be "not a function"; compilers do not see these definitions. */
function refuse(type: object, label: string, method: string, advice: string): void {
  const value = () => {
    throw new Owner(label).error(advice);
  };
  if (!(method in type)) Object.defineProperty(type, method, { value, configurable: true, writable: true });
}

function guard(
  holder: object,
  name: string,
  slots: readonly Slot[],
  variadic: boolean,
  ownerOf: (self: unknown, given: readonly unknown[]) => Owner,
): void {
  // The method may belong to a base class that is not exported, and that several classes have.
  if (!Object.hasOwn(holder, name)) {
    const base = Object.getPrototypeOf(holder) as object | null;
    if (base) guard(base, name, slots, variadic, ownerOf);
    return;
  }
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  const inner = descriptor?.value as Method | undefined;
  if (typeof inner !== 'function' || guarded.has(inner)) return;
  const checked: Method = function (...given) {
    const check = new ShapeCheck(() => ownerOf(this, given));
    slots.forEach((slot, index) => {
      const rest = variadic && index === slots.length - 1;
      for (const value of rest ? given.slice(index) : [given[index]]) check.parameter(slot, value);
    });
    return inner.apply(this, given);
  };
  // Errors contain the name of the class that defines the method.
  Object.defineProperty(checked, 'name', { value: name });
  guarded.add(checked);
  Object.defineProperty(holder, name, { ...descriptor, value: checked });
}

function ownerOfStatic(type: string, method: string, given: readonly unknown[]): Owner {
  const [scope, id] = given;
  const makesConstruct = typeof scope === 'object' && scope !== null && 'node' in scope && typeof id === 'string';
  return new Owner(makesConstruct && given.length > 2 ? `${type} '${id}'` : `${type}.${method}`);
}

function ownerOfMethod(declared: string, method: string, self: unknown, [key]: readonly unknown[]): Owner {
  const type = (typeof self === 'object' && self !== null && classNameOf(self, '')) || declared;
  const id = (self as { readonly node?: { readonly id?: string } } | undefined)?.node?.id;
  if (id === undefined) return new Owner(`${type}.${method}`);
  const owner = new Owner(`${type} '${id}'`);
  return owner.part(CALLED[method] !== undefined && typeof key === 'string' ? `${CALLED[method]} "${key}"` : method);
}

/**
 * The owner, after its props have been checked. A subclass may have additional props.
 *
 * @param isSubclass whether another class is constructed
 * @throws if a prop has the wrong type
 */
export function checkedProps(owner: Owner, struct: string, props: unknown, isSubclass: boolean): Owner {
  const optional = (structOf(struct)?.required.length ?? 0) === 0;
  new ShapeCheck(() => owner, isSubclass).parameter({ name: 'props', shape: struct, optional }, props);
  return owner;
}
