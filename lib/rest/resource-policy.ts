import { Aws, Token } from 'aws-cdk-lib';
import { AccountPrincipal, Effect, type IPrincipal, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { RESOURCE_POLICY_MAX_CHARACTERS } from '../facts/quotas';
import { type Owner } from '../shared/errors';
import { isPrivateRange, parseIpRange } from '../shared/ip-range';
import { routeArn } from '../shared/source-arn';
import { type Document } from '../shared/skeleton';
import { type AccessRule, type NetworkKind } from './access';
import { RestEndpointType } from './endpoint';
import { type RouteDefinition } from './route';
import { type RestApiSettings } from './settings';

/** API Gateway puts partition, Region, account and API id in front of it. */
const WHOLE_API = 'execute-api:/*';
const ACTION = 'execute-api:Invoke';

/** @throws where a part does not go with the kind of endpoint */
export function checkAccess(rules: readonly AccessRule[], endpointType: RestEndpointType, owner: Owner): void {
  if (endpointType === RestEndpointType.PRIVATE) return;
  for (const rule of rules) {
    if (!('network' in rule)) continue;
    if (rule.network !== 'ip') {
      const what = rule.network === 'vpc' ? 'VPCs' : 'VPC endpoints';
      throw owner.error(
        `access names ${what}, by which only private APIs are reached, and this one is ${endpointType}; ` +
          'set endpointType: RestEndpointType.PRIVATE, or name IP ranges',
      );
    }
    const inside = rule.values.find(
      (value) => !Token.isUnresolved(value) && isPrivateRange(parseIpRange(value, owner)),
    );
    if (inside !== undefined) {
      throw owner.error(
        `access names ${inside}, a private range, and callers of a ${endpointType} API come from public addresses; ` +
          'name the public address of their NAT gateway or proxy',
      );
    }
  }
}

/** The parts of a private API's policy: the user's, and the endpoints of the API where nothing else fences it. */
export function privateAccess(
  rules: readonly AccessRule[],
  vpcEndpointIds: readonly string[],
  owner: Owner,
): readonly AccessRule[] {
  const fenced = rules.some((rule) => rule.kind === 'statements' || (rule.kind === 'only' && rule.network !== 'ip'));
  if (fenced) return rules;
  if (vpcEndpointIds.length === 0) {
    throw owner.error(
      'a private API is reached through VPC endpoints, and none is named, so every call would be refused; give vpcEndpoints: ' +
        '[interface endpoint of execute-api], or access: [RestAccess.onlyVpcs([vpc])]',
    );
  }
  return [...rules, { kind: 'only', network: 'vpcEndpoint', values: vpcEndpointIds }];
}

/** The resource policy of the API; undefined where nothing asks for one. */
export function resourcePolicy(settings: RestApiSettings, routes: readonly RouteDefinition[]): Document | undefined {
  const { access: rules, endpointType } = settings;
  if (rules.length === 0) return undefined;
  const signed = routes.filter(({ authorizer }) => authorizer.kind === 'iam');
  const statements = [
    ...allowances(rules, routes, signed, settings.cors !== undefined),
    ...networks(rules, endpointType),
    ...rules.flatMap((rule) => identities(rule, signed, routes)),
  ];
  return { Version: '2012-10-17', Statement: statements.map((statement) => statement.toStatementJson() as Document) };
}

/** The error of a policy that is too long, references not counted. */
export function checkPolicyLength(
  settings: RestApiSettings,
  routes: readonly RouteDefinition[],
  owner: Owner,
): string[] {
  const policy = resourcePolicy(settings, routes);
  const length = policy ? JSON.stringify(policy).replace(/\$\{Token\[[^[\]]*\]\}/g, '').length : 0;
  if (length <= RESOURCE_POLICY_MAX_CHARACTERS) return [];
  return [
    owner.error(
      `the resource policy that access makes is ${length} characters long, and API Gateway takes ${RESOURCE_POLICY_MAX_CHARACTERS}; ` +
        'join IP ranges, or put them into an IP set of the web ACL',
    ).message,
  ];
}

/** Who is let in where nothing denies it. An identity of the own account stays in need of a policy of its own. */
function allowances(
  rules: readonly AccessRule[],
  routes: readonly RouteDefinition[],
  signed: readonly RouteDefinition[],
  cors: boolean,
): PolicyStatement[] {
  if (rules.some((rule) => rule.kind === 'statements' && rule.statements.some(({ effect }) => effect === Effect.ALLOW)))
    return [];
  const statements: PolicyStatement[] = [];
  // An Allow here would let in whom an identity policy or a Lambda authorizer says nothing about.
  const unasked = routes.filter(({ authorizer }) => authorizer.kind === 'none' || authorizer.kind === 'cognito');
  const resources = unasked.length === routes.length ? [WHOLE_API] : resourcesOf(unasked, cors);
  if (resources.length > 0) statements.push(statement(Effect.ALLOW, new StarPrincipal(), resources));
  if (signed.length > 0) statements.push(statement(Effect.ALLOW, new AccountPrincipal(Aws.ACCOUNT_ID), [WHOLE_API]));
  return statements;
}

function resourcesOf(routes: readonly RouteDefinition[], preflights: boolean): string[] {
  const arns = routes
    .map(({ route }) => routeArn(route.method, route.path))
    .map(({ method, path }) => `execute-api:/*/${method}${path}`);
  return [...new Set([...arns, ...(preflights ? ['execute-api:/*/OPTIONS/*'] : [])])].sort();
}

function networks(rules: readonly AccessRule[], endpointType: RestEndpointType): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  for (const kind of ['only', 'deny'] as const) {
    for (const network of ['ip', 'vpc', 'vpcEndpoint'] as const) {
      const values = rules.flatMap((rule) => (rule.kind === kind && rule.network === network ? rule.values : []));
      if (values.length === 0) continue;
      const key = conditionKey(network, endpointType);
      const operator =
        network === 'ip'
          ? kind === 'only'
            ? 'NotIpAddress'
            : 'IpAddress'
          : kind === 'only'
            ? 'StringNotEquals'
            : 'StringEquals';
      statements.push(
        statement(Effect.DENY, new StarPrincipal(), [WHOLE_API], { [operator]: { [key]: [...new Set(values)] } }),
      );
    }
  }
  return statements;
}

function conditionKey(network: NetworkKind, endpointType: RestEndpointType): string {
  if (network === 'vpc') return 'aws:SourceVpc';
  if (network === 'vpcEndpoint') return 'aws:SourceVpce';
  // The endpoint of the VPC rewrites the source address of a request.
  return endpointType === RestEndpointType.PRIVATE ? 'aws:VpcSourceIp' : 'aws:SourceIp';
}

function identities(
  rule: AccessRule,
  signed: readonly RouteDefinition[],
  routes: readonly RouteDefinition[],
): PolicyStatement[] {
  switch (rule.kind) {
    case 'accounts':
      return [
        statement(
          Effect.ALLOW,
          rule.ids.map((id) => new AccountPrincipal(id)),
          [WHOLE_API],
        ),
      ];
    case 'allowPrincipals':
      return [statement(Effect.ALLOW, rule.principals, [WHOLE_API])];
    case 'denyPrincipals':
      return [statement(Effect.DENY, rule.principals, [WHOLE_API])];
    case 'statements':
      return [...rule.statements];
    case 'organization': {
      const others = {
        StringEquals: { 'aws:PrincipalOrgID': rule.id },
        StringNotEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
      };
      const allow = statement(Effect.ALLOW, new StarPrincipal(), [WHOLE_API], others);
      if (!rule.only) return [allow];
      // Where nobody signs there is no organization to compare, and the denial would hit everyone.
      const resources = signed.length === routes.length ? [WHOLE_API] : resourcesOf(signed, false);
      const condition = { StringNotEquals: { 'aws:PrincipalOrgID': rule.id } };
      return [allow, statement(Effect.DENY, new StarPrincipal(), resources, condition)];
    }
    default:
      return [];
  }
}

function statement(
  effect: Effect,
  principals: IPrincipal | readonly IPrincipal[],
  resources: readonly string[],
  conditions?: Record<string, Record<string, unknown>>,
): PolicyStatement {
  return new PolicyStatement({
    effect,
    principals: Array.isArray(principals) ? [...(principals as readonly IPrincipal[])] : [principals as IPrincipal],
    actions: [ACTION],
    resources: [...resources],
    conditions,
  });
}
