import { type Evaluated } from './evaluated';
import { type Scope } from './scope';

/**
 * What came out inside one value. A variable may stand in its text twice, and so may the variables in it: without this the
 * work doubles with each level. It does not outlive the value, since the depth at which evaluation ends depends on it.
 */
export class Inside {
  private known?: Map<object, { readonly scope: Scope; readonly value: Evaluated }>;

  public of(raw: object, scope: Scope, evaluated: () => Evaluated): Evaluated {
    const found = this.known?.get(raw);
    if (found?.scope === scope) return found.value;
    const value = evaluated();
    (this.known ??= new Map()).set(raw, { scope, value });
    return value;
  }
}
