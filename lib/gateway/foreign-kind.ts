import { type Owner } from '../authoring/errors';
import { type GatewayKind, KINDS } from '../facts/kinds';

/** What a place takes, in the words of an error. */
export interface Taken {
  readonly kind: GatewayKind;
  readonly what: 'authorizer' | 'integration';
  /** @default - the class of the kind */
  readonly instead?: string;
}

/**
 * For those whom no compiler stops: authorizers and integrations of the three kinds look much alike. No `instanceof`,
 * which does not know the classes of a second copy of this library.
 *
 * @throws where the value is of another kind of API
 */
export function checkKind<T extends { readonly _apiKind: GatewayKind }>(given: T, taken: Taken, owner: Owner): T {
  if (given._apiKind === taken.kind) return given;
  const kind = KINDS[taken.kind];
  const name = (given as object).constructor.name;
  throw owner.error(
    `its ${taken.what} is of ${name}, which ${kind.name} APIs do not take. ${taken.instead ?? `Use ${kind[taken.what]}`}`,
  );
}
