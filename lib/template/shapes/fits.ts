import { Numeral, valueAt } from '../reader/numerals';
import { type Dict, isDict, type Scope } from '../reader/scope';
import { type Fields, type Shape } from './grammar';

/** Whether a text of any length fits. */
const isAnyText = (shape: Shape): boolean =>
  shape.kind === 'any' || (shape.kind === 'text' && shape.values === undefined && shape.max === undefined);

/**
 * Whether nothing in a value, as it is written, can be odd. Most resources are as they should be, and as many as
 * routes: only the others are looked at place by place.
 */
export class Fits {
  private readonly required = new Map<Fields, readonly string[]>();

  constructor(private readonly scope: Scope) {}

  public object(raw: unknown, fields: Fields): boolean {
    if (!isDict(raw)) return false;
    for (const key of Object.keys(raw)) {
      const field = fields.get(key);
      if (!field || !this.value(valueAt(raw, key), field.shape)) return false;
    }
    return this.requiredOf(fields).every((name) => Object.hasOwn(raw, name));
  }

  private requiredOf(fields: Fields): readonly string[] {
    let required = this.required.get(fields);
    if (!required) {
      required = [...fields].flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
      this.required.set(fields, required);
    }
    return required;
  }

  /** False for what is absent, too: it may be required. */
  private value(raw: unknown, shape: Shape): boolean {
    switch (typeof raw) {
      case 'string':
        return isAnyText(shape);
      case 'number':
        return (shape.kind === 'number' && Number.isFinite(raw)) || isAnyText(shape);
      case 'boolean':
        return shape.kind === 'boolean' || isAnyText(shape);
      case 'object':
        if (Array.isArray(raw)) return this.list(raw, shape);
        if (raw === null || raw instanceof Numeral) return false;
        return shape.kind === 'object' ? this.object(raw, shape.fields) : this.made(raw as Dict, shape);
      default:
        return false;
    }
  }

  private list(raw: readonly unknown[], shape: Shape): boolean {
    return (
      shape.kind === 'any' ||
      (shape.kind === 'list' && raw.every((_, index) => this.value(valueAt(raw, index), shape.of)))
    );
  }

  /** A map, or a function that comes to a text. */
  private made(raw: Dict, shape: Shape): boolean {
    const keys = Object.keys(raw);
    if (shape.kind === 'map') {
      return keys.every((key) => key !== 'Ref' && !key.startsWith('Fn::') && this.value(valueAt(raw, key), shape.of));
    }
    return keys.length === 1 && isAnyText(shape) && this.isText(keys[0], raw[keys[0]]);
  }

  private isText(name: string, argument: unknown): boolean {
    switch (name) {
      case 'Fn::Sub':
      case 'Fn::Join':
        return true;
      case 'Fn::GetAtt':
        // An output of a nested stack may be anything.
        return this.scope.children.size === 0;
      case 'Ref':
        return typeof argument === 'string' && this.scope.resources.has(argument);
      default:
        return false;
    }
  }
}
