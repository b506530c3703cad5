import { type Role } from '../model/neighbours';
import { isKnown, UNKNOWN, type Value } from '../model/value';
import { matchesPattern } from '../../policies/glob';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';

const ROLE = 'AWS::IAM::Role';
const SERVICE = /^apigateway\.amazonaws\.com(\.cn)?$/;

/** All roles, with what their trust policies say about API Gateway. */
export function readRoles(app: App): Role[] {
  return [...app.ofType(ROLE)].map(({ scope, logicalId }) => {
    const node = Node.properties(scope, logicalId);
    return {
      location: node.location,
      name: node.get('RoleName').string(),
      trustsApiGateway: trusts(node.get('AssumeRolePolicyDocument')),
    };
  });
}

function trusts(document: Node): Value<boolean> {
  const statements = listOf(document.get('Statement'));
  if (!document.isObject || statements === UNKNOWN) {
    return UNKNOWN;
  }
  const each = statements.map(trustsIn);
  return each.includes(true) || (each.includes(UNKNOWN) ? UNKNOWN : false);
}

function trustsIn(statement: Node): Value<boolean> {
  const effect = statement.get('Effect').string();
  if (!statement.isObject || effect === UNKNOWN) {
    return UNKNOWN;
  }
  const isAllowed = effect === 'Allow' && statement.get('NotPrincipal').isAbsent && statement.get('NotAction').isAbsent;
  if (!isAllowed) {
    return effect === 'Allow' ? UNKNOWN : false;
  }
  const assumes = oneOf(statement.get('Action'), (action) => matchesPattern(action.toLowerCase(), 'sts:assumerole'));
  const principal = statement.get('Principal');
  const who = principal.isObject
    ? [
        oneOf(principal.get('Service'), (service) => SERVICE.test(service)),
        oneOf(principal.get('AWS'), (one) => one === '*'),
      ]
    : [oneOf(principal, (one) => one === '*')];
  const isMeant = who.includes(true) || (who.includes(UNKNOWN) ? UNKNOWN : false);
  return assumes === false || isMeant === false ? false : assumes === UNKNOWN || isMeant === UNKNOWN ? UNKNOWN : true;
}

/** Whether one of the values passes; unknown if one of the others is. */
function oneOf(node: Node, test: (value: string) => boolean): Value<boolean> {
  const items = listOf(node);
  const values: readonly Value<string>[] =
    items === UNKNOWN ? [UNKNOWN] : items.map((item) => item.string() ?? UNKNOWN);
  const known = values.some((value) => isKnown(value) && test(value));
  return known || (values.includes(UNKNOWN) ? UNKNOWN : false);
}

/** IAM takes one element in place of a list. */
function listOf(node: Node): Value<Node[]> {
  return node.isList ? node.items() : node.isAbsent ? [] : [node];
}
