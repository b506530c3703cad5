import { Effect, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Owner } from '../shared/errors';
import { type AccessRule, isEverybody } from './access';

const INVOKE = /^(\*|execute-api:(\*|invoke))$/i;
const NETWORKS = ['aws:sourcevpc', 'aws:sourcevpce'];
const WHOLE_API = /^(\*|(arn:[^/]*|execute-api:)\/\*(\/\*)*)$/;

/** The parts of a private API's policy: the user's, and the endpoints of the API where nothing else fences it. */
export function privateAccess(
  rules: readonly AccessRule[],
  vpcEndpointIds: readonly string[],
  owner: Owner,
): readonly AccessRule[] {
  if (rules.some(isFence)) return rules;
  if (vpcEndpointIds.length > 0) return [...rules, { kind: 'only', network: 'vpcEndpoint', values: vpcEndpointIds }];
  if (rules.some(isOwnAllow)) return rules;
  throw owner.error(
    'a private API is reached through VPC endpoints, and none is named, so every call would be refused; give vpcEndpoints: ' +
      '[interface endpoint of execute-api], or access: [RestAccess.onlyVpcs([vpc])]',
  );
}

/** Whether the part lets nobody in but through networks that it names. */
function isFence(rule: AccessRule): boolean {
  if (rule.kind === 'only') return rule.network !== 'ip';
  if (rule.kind !== 'statements') return false;
  const allows = rule.statements.filter(({ effect }) => effect === Effect.ALLOW);
  return rule.statements.some(deniesOthers) || (allows.length > 0 && allows.every(allowsSome));
}

/** Without an `Allow` of the user's own, the policy has one for everybody. */
function isOwnAllow(rule: AccessRule): boolean {
  return rule.kind === 'statements' && rule.statements.some(({ effect }) => effect === Effect.ALLOW);
}

/** Allows what comes through networks that it names. */
function allowsSome({ conditions }: PolicyStatement): boolean {
  return comparedBy('StringEquals', conditions).some(isNetwork);
}

/** Denies the whole API to everybody who comes through other networks than it names, whatever else they are. */
function deniesOthers({ effect, principals, actions, resources, conditions }: PolicyStatement): boolean {
  const compared = comparedBy('StringNotEquals', conditions);
  return (
    effect === Effect.DENY &&
    principals.some(isEverybody) &&
    actions.some((action) => INVOKE.test(action)) &&
    resources.some((resource) => WHOLE_API.test(resource)) &&
    Object.keys(conditions as object).length === 1 &&
    compared.length > 0 &&
    compared.every(isNetwork)
  );
}

/** The keys that an operator compares. */
function comparedBy(operator: string, conditions: unknown): string[] {
  return Object.keys((conditions as Record<string, object | undefined>)[operator] ?? {});
}

function isNetwork(key: string): boolean {
  return NETWORKS.includes(key.toLowerCase());
}
