/** Whether an integration or authorizer is one that this library makes, of whichever copy. */
const PRESET = Symbol.for('cdk-apigateway-constructs.preset');

interface Binds<C, R> {
  bind(context: C): R;
}

/** An instance of an abstract class of this library whose `bind` is the function. */
export function presetOf<C, R, T extends Binds<C, R>>(base: abstract new () => T, bind: (context: C) => R): T {
  const instance = new (base as new () => T)();
  Object.defineProperty(instance, PRESET, { value: true });
  return Object.defineProperty(instance, 'bind', { value: bind });
}

/** Whether errors need not name the class, since the given options are clearer. */
export const isPreset = (given: object): boolean => PRESET in given;
