import { type Owner } from '../authoring/errors';
import { type GatewayKind, KINDS } from '../facts/kinds';

const INSTEAD = {
  authorizer: '.jwt for the tokens of an OpenID Connect issuer, or .cognito, .iam or .lambda',
  integration: '',
};

/**
 * For code without a compiler: authorizers and integrations of the three kinds look alike. No `instanceof`, which does not
 * recognize the classes of a second copy of this library.
 *
 * @throws if the value belongs to another kind of API
 */
export function checkKind(given: OfKind, kind: GatewayKind, what: keyof typeof INSTEAD, owner: Owner): void {
  if (given._apiKind === kind) return;
  const own = KINDS[kind];
  throw owner.error(
    `its ${what} is a ${given.constructor.name}, which ${own.name} APIs do not accept. Use ${own[what]}${INSTEAD[what]}`,
  );
}

/** An authorizer or integration. */
export interface OfKind {
  readonly _apiKind: GatewayKind;
}
