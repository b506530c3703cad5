import { type Owner } from '../authoring/errors';
import { type GatewayKind, KINDS } from '../facts/kinds';

const INSTEAD = {
  authorizer: '.jwt for the tokens of an OpenID Connect issuer, or .cognito, .iam or .lambda',
  integration: '',
};

/**
 * For those whom no compiler stops: authorizers and integrations of the three kinds look much alike. No `instanceof`,
 * which does not know the classes of a second copy of this library.
 *
 * @throws where the value is of another kind of API
 */
export function checkKind(given: OfKind, kind: GatewayKind, what: keyof typeof INSTEAD, owner: Owner): void {
  if (given._apiKind === kind) return;
  const own = KINDS[kind];
  throw owner.error(
    `its ${what} is of ${given.constructor.name}, which ${own.name} APIs do not take. Use ${own[what]}${INSTEAD[what]}`,
  );
}

/** An authorizer or integration. */
export interface OfKind {
  readonly _apiKind: GatewayKind;
}
