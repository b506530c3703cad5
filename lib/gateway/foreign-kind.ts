import { type Owner } from '../authoring/errors';

/** What a place takes, in the words of an error. */
export interface Taken {
  /** `REST`, `HTTP` or `WebSocket`. */
  readonly kind: string;
  /** `authorizer` or `integration`. */
  readonly what: string;
  /** What to write instead. */
  readonly instead: string;
}

/**
 * For those whom no compiler stops: authorizers and integrations of the three kinds look much alike. No `instanceof`,
 * which does not know the classes of a second copy of this library.
 *
 * @throws where the value is of another kind of API
 */
export function checkKind<T extends { readonly _apiKind: string }>(given: T, taken: Taken, owner: Owner): T {
  if (given._apiKind === taken.kind) return given;
  const name = (given as object).constructor.name;
  throw owner.error(`its ${taken.what} is of ${name}, which ${taken.kind} APIs do not take. ${taken.instead}`);
}
