import { type Location } from '../../template/model/model';
import { type Value } from '../../template/model/value';
import { type Violation } from '../rule';

/** The value of a property in the template. */
export type Given = Value<string> | undefined;

/** The name of a property, and the values that the service accepts. */
export class Property {
  private readonly values: Set<unknown>;

  constructor(
    private readonly name: string,
    values: readonly string[],
  ) {
    this.values = new Set(values);
  }

  public takes(value: Given): boolean {
    return value === undefined || typeof value === 'symbol' || this.values.has(value);
  }

  public violation(value: Given, location: Location, key?: string): Violation {
    const message = `${key === undefined ? '' : `${key}: `}${this.name} is ${this.instead(value)}`;
    return { location, message, ...(key !== undefined && { key }) };
  }

  /** With the values in lower case too, as documents have the methods of integrations. */
  public takesAnyCase(value: Given): boolean {
    return this.takes(typeof value === 'string' ? value.toUpperCase() : value);
  }

  /** The subject in messages. */
  public told(value: Given): string {
    return `has ${this.name} ${this.instead(value)}`;
  }

  private instead(value: Given): string {
    return `"${String(value)}", but must be one of ${[...this.values].join(', ')}`;
  }
}
