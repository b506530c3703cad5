import { isNumber } from './compare';
import { callMethod } from './methods/call';
import { integer, type JavaNumber } from './numbers';
import { TemplateError } from './scanner';
import { checkIndex, ENTRY_METHODS, LIST_METHODS, MAP_METHODS, VIEW_METHODS } from './methods/collections';
import { BOOLEAN_METHODS, NUMBER_METHODS } from './methods/scalars';
import { TEXT_METHODS } from './methods/text';
import { HostObject, JavaEntry, JavaList, JavaMap, MapView, type Value } from './values';

/** Calls a method; what has no such method gives nothing, as on the service. */
export function call(value: Value, name: string, args: readonly Value[]): Value {
  return tryCall(value, name, args) ?? null;
}

function tryCall(value: Value, name: string, args: readonly Value[]): Value | undefined {
  if (value === null) return null;
  if (typeof value === 'string') return callMethod(TEXT_METHODS, value, name, args);
  if (typeof value === 'boolean') return callMethod(BOOLEAN_METHODS, value, name, args);
  if (isNumber(value)) return callMethod(NUMBER_METHODS[value.type], value, name, args);
  if (value instanceof JavaList)
    return callMethod(value instanceof MapView ? VIEW_METHODS : LIST_METHODS, value, name, args);
  if (value instanceof JavaMap) return callMethod(MAP_METHODS, value, name, args);
  if (value instanceof JavaEntry) return callMethod(ENTRY_METHODS, value, name, args);
  return Object.hasOwn(value.methods, name) ? value.methods[name](args) : undefined;
}

/** A property: what a map has, or a getter of Java's such as `empty` for `isEmpty()`. */
export function property(value: Value, name: string): Value {
  if (value instanceof JavaMap) return value.get(name);
  if (value instanceof HostObject) return Object.hasOwn(value.properties, name) ? value.properties[name]() : null;
  const capital = name[0].toUpperCase() + name.slice(1);
  return tryCall(value, `get${capital}`, []) ?? tryCall(value, `is${capital}`, []) ?? null;
}

/** `value[index]`; from the end if it is negative. */
export function element(value: Value, index: Value): Value {
  if (value === null) return null;
  if (value instanceof HostObject) return typeof index === 'string' ? property(value, index) : null;
  const at = position(value, index);
  if (value instanceof JavaMap) return value.get(at ?? index);
  if (!(value instanceof JavaList) || value instanceof MapView || at === undefined) return null;
  checkIndex(value, Number(at.value));
  return value.items[Number(at.value)];
}

/** Assigns `value[index]`. */
export function assignElement(value: Value, index: Value, assigned: Value): void {
  const at = position(value, index);
  if (value instanceof JavaMap) value.put(at ?? index, assigned);
  if (!(value instanceof JavaList) || at === undefined) return;
  checkIndex(value, Number(at.value));
  value.items[Number(at.value)] = assigned;
}

/** An index as a number from the start, if it is one. */
function position(value: Value, index: Value): JavaNumber | undefined {
  if (!isNumber(index) || index.type !== 'Integer') return undefined;
  if (index.value >= 0) return index;
  // Velocity asks for the size, and throws if there is none.
  const size = tryCall(value, 'size', []);
  if (size === undefined) throw new TemplateError(`the index ${index.value} of a value without a size`);
  return isNumber(size) ? integer(Number(size.value) + Number(index.value)) : undefined;
}
