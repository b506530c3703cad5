import { compactJoin } from './compact-join';
import { type DeferredValues, withValues } from './deferred-values';
import { isDict, own } from './scope';

const NO_VALUE = { Ref: 'AWS::NoValue' };

/**
 * A definition whose values a resource of this library puts in, as it would be in the template: with references.
 *
 * @param values by name, as the resource has them
 */
export function withReferences(definition: unknown, values: unknown): unknown {
  return withValues(definition, new References(values));
}

class References implements DeferredValues {
  /** The routes of an API name the same few functions. */
  private readonly texts = new Map<string, unknown>();

  constructor(private readonly values: unknown) {}

  public value(name: string): unknown {
    return own(this.values, name);
  }

  public text(parts: readonly (string | { readonly name: string })[]): unknown {
    const key = JSON.stringify(parts);
    if (!this.texts.has(key)) {
      const joined = parts.map((part) => (typeof part === 'string' ? part : (this.value(part.name) ?? NO_VALUE)));
      this.texts.set(key, compactJoin({ 'Fn::Join': ['', joined] }));
    }
    return this.texts.get(key);
  }

  public choice(condition: string, yes: unknown, no: unknown): unknown {
    const made = this.value(condition);
    const call = isDict(made) ? made['Fn::If'] : undefined;
    return {
      'Fn::If': [
        Array.isArray(call) ? call[0] : undefined,
        ...[yes, no].map((one) => (one === undefined ? NO_VALUE : one)),
      ],
    };
  }
}
