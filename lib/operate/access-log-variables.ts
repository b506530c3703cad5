import { type GatewayKind, KINDS } from '../facts/kinds';
import { LOG_VARIABLES, OPEN_LOG_PREFIXES, SECRET_LOG_PROPERTY, SECRET_LOG_VARIABLES } from '../facts/log-variables';
import { type Owner } from '../authoring/errors';
import { nearest } from '../lookup/nearest';

/** @throws if a variable is a secret */
export function checkSecrets(variables: readonly string[], owner: Owner): void {
  const secret = variables.find((each) => SECRET_LOG_VARIABLES.includes(each) || SECRET_LOG_PROPERTY.test(each));
  if (secret === undefined) return;
  throw owner.error(
    `has $context.${secret}, which is a credential: anyone who reads the log could call the API with it. ` +
      'Log $context.identity.apiKeyId or $context.authorizer.principalId instead',
  );
}

/** @throws if a variable is a secret, or unknown to that kind of API: it would always print `-` */
export function checkVariables(variables: readonly string[], kind: GatewayKind, owner: Owner): void {
  checkSecrets(variables, owner);
  const unknown = variables.find((each) => !isKnown(each, kind));
  if (unknown === undefined) return;
  const [near] = nearest(unknown, LOG_VARIABLES[kind]);
  const elsewhere = (Object.keys(LOG_VARIABLES) as GatewayKind[]).filter((other) => isKnown(unknown, other));
  const only =
    elsewhere.length > 0 ? ` (${elsewhere.map((other) => KINDS[other].name).join(' and ')} APIs have it)` : '';
  throw owner.error(
    `has $context.${unknown}, which ${KINDS[kind].name} APIs do not have${only}; it would always print "-".` +
      (near === undefined || only !== '' ? ' Leave it out.' : ` Did you mean $context.${near}?`),
  );
}

/** Only REST APIs have overrides; every kind has the values that its authorizers return. */
function isKnown(variable: string, kind: GatewayKind): boolean {
  const open = kind === 'rest' ? OPEN_LOG_PREFIXES : ['authorizer.'];
  return (
    LOG_VARIABLES[kind].includes(variable) ||
    open.some((prefix) => variable.startsWith(prefix) && variable.length > prefix.length)
  );
}
