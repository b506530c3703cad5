import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { isInvoke } from '../policies/resource-policies';
import { type Owner } from '../authoring/errors';
import { type AccessRule, hasOwnAllow, isEverybody } from './access';

const KEYS = ['aws:SourceVpc', 'aws:SourceVpce'];
const NETWORKS = KEYS.map((key) => key.toLowerCase());
/** The ID in an ARN is not known before the deployment; one that is written out may belong to another API. */
const WHOLE_API = /^(\*|(arn:[^/]*:(\*|\$\{Token\[[\w.]*\]\})|execute-api:)\/\*(\/\*)*)$/;

/** The parts of a private API's policy: the user's, and the endpoints of the API if nothing else restricts it. */
export function privateAccess(
  rules: readonly AccessRule[],
  vpcEndpointIds: readonly string[],
  owner: Owner,
): readonly AccessRule[] {
  if (rules.some(isFence)) return rules;
  const named = allowedNetworks(rules);
  if (vpcEndpointIds.length > 0 && named) return [...rules, othersDenied(vpcEndpointIds, named)];
  if (vpcEndpointIds.length > 0) return [...rules, { kind: 'only', network: 'vpcEndpoint', values: vpcEndpointIds }];
  // Without an Allow from the user, the policy has one for everyone.
  if (hasOwnAllow(rules)) return rules;
  throw owner.error(
    'a private API is reached through VPC endpoints, but none is given, so every call would be rejected; give vpcEndpoints: ' +
      '[interface endpoint of execute-api], or access: [RestAccess.onlyVpcs([vpc])]',
  );
}

/** Whether the part denies all callers outside the networks that it names. */
function isFence(rule: AccessRule): boolean {
  if (rule.kind === 'only') return rule.network !== 'ip';
  return rule.kind === 'statements' && rule.statements.some(deniesOthers);
}

/** The networks that the user's `Allow`s name, if each of them names some. */
function allowedNetworks(rules: readonly AccessRule[]): ReadonlyMap<string, readonly unknown[]> | undefined {
  const allows = rules
    .flatMap((rule) => (rule.kind === 'statements' ? rule.statements : []))
    .filter(({ effect }) => effect === Effect.ALLOW);
  if (allows.length === 0 || !allows.every(allowsSome)) return undefined;
  const named = new Map<string, unknown[]>();
  for (const { conditions } of allows) {
    for (const [key, values] of Object.entries(comparisons('StringEquals', conditions))) {
      const network = NETWORKS.indexOf(key.toLowerCase());
      if (network >= 0) named.set(KEYS[network], [...(named.get(KEYS[network]) ?? []), values].flat());
    }
  }
  return named;
}

/**
 * An `Allow` alone denies no one: other parts allow as well, and callers with a policy in the same account need none here. The
 * networks it names are a way in, in addition to the endpoints of the API.
 */
function othersDenied(vpcEndpointIds: readonly string[], named: ReadonlyMap<string, readonly unknown[]>): AccessRule {
  const all = new Map(named).set('aws:SourceVpce', [...vpcEndpointIds, ...(named.get('aws:SourceVpce') ?? [])]);
  const unique = [...all].map(([key, values]) => [key, [...new Set(values)]] as const);
  const statement = new PolicyStatement({
    effect: Effect.DENY,
    principals: [new StarPrincipal()],
    actions: ['execute-api:Invoke'],
    resources: ['execute-api:/*'],
    conditions: { StringNotEquals: Object.fromEntries(unique) },
  });
  return { kind: 'statements', statements: [statement] };
}

/** Allows requests through networks that it names. */
function allowsSome({ conditions }: PolicyStatement): boolean {
  return comparedBy('StringEquals', conditions).some(isNetwork);
}

/** Denies the whole API to everyone outside the networks that it names, without further conditions. */
function deniesOthers({ effect, principals, actions, resources, conditions }: PolicyStatement): boolean {
  const compared = comparedBy('StringNotEquals', conditions);
  return (
    effect === Effect.DENY &&
    principals.some(isEverybody) &&
    actions.some(isInvoke) &&
    resources.some((resource) => WHOLE_API.test(resource)) &&
    Object.keys(conditions as object).length === 1 &&
    compared.length > 0 &&
    compared.every(isNetwork)
  );
}

/** The keys that an operator compares. */
function comparedBy(operator: string, conditions: unknown): string[] {
  return Object.keys(comparisons(operator, conditions));
}

function comparisons(operator: string, conditions: unknown): object {
  return (conditions as Record<string, object | undefined>)[operator] ?? {};
}

function isNetwork(key: string): boolean {
  return NETWORKS.includes(key.toLowerCase());
}
