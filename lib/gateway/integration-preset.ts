import { type IIntegrationContext, ownContext } from './integration-context';
import { presetOf as madeOf } from './preset';

/** An integration of this library. It accepts only a context that this library created. */
export function presetOf<C extends IIntegrationContext, R, T extends { bind(context: IIntegrationContext): R }>(
  base: abstract new () => T,
  bind: (context: C) => R,
): T {
  return madeOf(base, (context: IIntegrationContext) => bind(ownContext<C>(context, base.name)));
}
