import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { isInvoke } from '../policies/resource-policies';
import { type Owner } from '../authoring/errors';
import { type AccessRule, hasOwnAllow, isEverybody } from './access';

const KEYS = ['aws:SourceVpc', 'aws:SourceVpce'];
const NETWORKS = KEYS.map((key) => key.toLowerCase());
/** The id in an ARN is known to nobody before the deployment; one that is written out may be of another API. */
const WHOLE_API = /^(\*|(arn:[^/]*:(\*|\$\{Token\[[\w.]*\]\})|execute-api:)\/\*(\/\*)*)$/;

/** The parts of a private API's policy: the user's, and the endpoints of the API where nothing else fences it. */
export function privateAccess(
  rules: readonly AccessRule[],
  vpcEndpointIds: readonly string[],
  owner: Owner,
): readonly AccessRule[] {
  if (rules.some(isFence)) return rules;
  const named = allowedNetworks(rules);
  if (vpcEndpointIds.length > 0 && named) return [...rules, othersDenied(vpcEndpointIds, named)];
  if (vpcEndpointIds.length > 0) return [...rules, { kind: 'only', network: 'vpcEndpoint', values: vpcEndpointIds }];
  // Without an Allow of the user's own, the policy has one for everybody.
  if (hasOwnAllow(rules)) return rules;
  throw owner.error(
    'a private API is reached through VPC endpoints, and none is named, so every call would be refused; give vpcEndpoints: ' +
      '[interface endpoint of execute-api], or access: [RestAccess.onlyVpcs([vpc])]',
  );
}

/** Whether the part lets nobody in but through networks that it names. */
function isFence(rule: AccessRule): boolean {
  if (rule.kind === 'only') return rule.network !== 'ip';
  return rule.kind === 'statements' && rule.statements.some(deniesOthers);
}

/** The networks that the user's own `Allow`s name, where each of them names some. */
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
 * An `Allow` alone keeps nobody out: other parts allow as well, and who has a policy of the own account needs none here. What
 * it names is a way in beside the endpoints of the API.
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
