import { Aws, Token } from 'aws-cdk-lib';
import { AccountPrincipal, Effect, type IPrincipal, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { RESOURCE_POLICY_MAX_CHARACTERS } from '../facts/quotas';
import { type Owner } from '../authoring/errors';
import { isPrivateRange, parseIpRange } from '../authoring/ip-range';
import { type Document } from '../document/skeleton';
import { type AccessRule, hasOwnAllow, isEverybody, type NetworkKind } from './access';
import { AccessRoutes, WHOLE_API } from './access-routes';
import { RestEndpointType } from './endpoint';
import { type RestRouteDefinition } from './route';
import { type RestApiSettings } from './settings';

const ACTION = 'execute-api:Invoke';
/**
 * Whether a request is signed and evaluated by IAM: other requests have no such key.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
const SIGNED = { Null: { 'aws:PrincipalArn': 'false' } };
const UNSIGNED = { Null: { 'aws:PrincipalArn': 'true' } };

/** @throws if a part does not suit the endpoint type */
export function checkAccess(rules: readonly AccessRule[], endpointType: RestEndpointType, owner: Owner): void {
  if (endpointType === RestEndpointType.PRIVATE) return;
  for (const rule of rules) {
    if (!('network' in rule)) continue;
    if (rule.network !== 'ip') {
      const what = rule.network === 'vpc' ? 'VPCs' : 'VPC endpoints';
      throw owner.error(
        `access names ${what}, through which only private APIs can be reached, but this one is ${endpointType}; ` +
          'set endpointType: RestEndpointType.PRIVATE, or name IP ranges',
      );
    }
    const inside = rule.values.find(
      (value) => !Token.isUnresolved(value) && isPrivateRange(parseIpRange(value, owner)),
    );
    if (inside !== undefined) {
      throw owner.error(
        `access names ${inside}, a private range, but callers of a ${endpointType} API have public addresses; ` +
          'name the public address of their NAT gateway or proxy',
      );
    }
  }
}

/** The basis of the resource policy. */
export interface PolicyContext {
  readonly settings: RestApiSettings;
  readonly stages: Readonly<Record<string, { readonly name: string }>>;
  readonly routes: readonly RestRouteDefinition[];
}

/** The resource policy of the API; undefined if none is needed. */
export function resourcePolicy(context: PolicyContext): Document | undefined {
  const { access: rules, endpointType } = context.settings;
  if (rules.length === 0) return undefined;
  const routes = accessRoutes(context);
  const statements = [
    ...(hasOwnAllow(rules) ? [] : allowances(routes)),
    ...networks(rules, endpointType),
    ...rules.flatMap((rule) => identities(rule, routes)),
  ];
  return { Version: '2012-10-17', Statement: statements.map((statement) => statement.toStatementJson() as Document) };
}

/** Problems of the finished API's policy. */
export function checkPolicy(context: PolicyContext, owner: Owner): string[] {
  return [...inseparableRoutes(context, owner), ...policyLength(context, owner)];
}

/** The errors of open routes that no pattern separates from those with a Lambda authorizer. */
function inseparableRoutes(context: PolicyContext, owner: Owner): string[] {
  const { access: rules } = context.settings;
  if (rules.length === 0 || hasOwnAllow(rules)) return [];
  return accessRoutes(context).open.inseparable.map(
    ({ open, isPreflight, decided }) =>
      owner.error(
        `access allows everyone to call ${isPreflight ? `the preflight "${open}"` : `route "${open}"`}, but every pattern of a resource policy that ` +
          `matches its requests also matches some of route "${decided}"; requests that the Lambda authorizer there neither allows nor denies would be allowed. Give one of ` +
          'them its own first path segment or gateway, or both the same authorizer; or, if the function always returns an explicit ' +
          'Allow or Deny, write the Allow yourself: RestAccess.fromStatements',
      ).message,
  );
}

/** The error of a policy that is too long, not counting references. */
function policyLength(context: PolicyContext, owner: Owner): string[] {
  const policy = resourcePolicy(context);
  const length = policy ? JSON.stringify(policy).replace(/\$\{Token\[[^[\]]*\]\}/g, '').length : 0;
  if (length <= RESOURCE_POLICY_MAX_CHARACTERS) return [];
  return [
    owner.error(
      `the resource policy from access is ${length} characters long, but API Gateway allows ${RESOURCE_POLICY_MAX_CHARACTERS}; ` +
        'join IP ranges, or move them to an IP set of the web ACL',
    ).message,
  ];
}

const known = new WeakMap<RestApiSettings, { readonly count: number; readonly routes: AccessRoutes }>();

/** The routes of the API, analyzed once for each number of them, since it takes long if there are many. */
function accessRoutes({ settings, stages, routes }: PolicyContext): AccessRoutes {
  const last = known.get(settings);
  if (last?.count === routes.length) return last.routes;
  const names = Object.values(stages).map(({ name }) => name);
  const made = new AccessRoutes(routes, settings.cors !== undefined, names);
  known.set(settings, { count: routes.length, routes: made });
  return made;
}

/** Who is allowed if nothing denies it. An identity of the same account still needs its own policy. */
function allowances(routes: AccessRoutes): PolicyStatement[] {
  // An Allow elsewhere would admit callers that neither an identity policy nor a Lambda authorizer mentions.
  const { apart, mixed } = routes.open;
  const statements: PolicyStatement[] = [];
  if (apart.length > 0) statements.push(statement(Effect.ALLOW, new StarPrincipal(), apart));
  if (mixed.length > 0) statements.push(statement(Effect.ALLOW, new StarPrincipal(), mixed, UNSIGNED));
  if (routes.hasSigned) statements.push(statement(Effect.ALLOW, new AccountPrincipal(Aws.ACCOUNT_ID), [WHOLE_API]));
  return statements;
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

function identities(rule: AccessRule, routes: AccessRoutes): PolicyStatement[] {
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
      return [ofPrincipals(Effect.ALLOW, rule.principals, routes)];
    case 'denyPrincipals':
      return [ofPrincipals(Effect.DENY, rule.principals, routes)];
    case 'statements':
      return [...rule.statements];
    case 'organization': {
      const others = {
        StringEquals: { 'aws:PrincipalOrgID': rule.id },
        StringNotEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
      };
      const allow = statement(Effect.ALLOW, new StarPrincipal(), [WHOLE_API], others);
      if (!rule.only) return [allow];
      // If requests are not signed there is no organization to compare, and the denial would apply to everyone.
      const condition = { StringNotEquals: { 'aws:PrincipalOrgID': rule.id } };
      return [allow, onSigned(Effect.DENY, [new StarPrincipal()], routes, condition)];
    }
    default:
      return [];
  }
}

/** A statement on identities; one for everyone is limited to the routes whose callers have an identity. */
function ofPrincipals(effect: Effect, principals: readonly IPrincipal[], routes: AccessRoutes): PolicyStatement {
  return principals.some(isEverybody)
    ? onSigned(effect, principals, routes)
    : statement(effect, principals, [WHOLE_API]);
}

/** A statement on signed requests, whatever the principals: it does not match unsigned ones. */
function onSigned(
  effect: Effect,
  principals: readonly IPrincipal[],
  routes: AccessRoutes,
  conditions: Conditions = {},
): PolicyStatement {
  const named = routes.signed;
  return named
    ? statement(effect, principals, named, conditions)
    : statement(effect, principals, [WHOLE_API], { ...conditions, ...SIGNED });
}

type Conditions = Record<string, Record<string, unknown>>;

function statement(
  effect: Effect,
  principals: IPrincipal | readonly IPrincipal[],
  resources: readonly string[],
  conditions?: Conditions,
): PolicyStatement {
  return new PolicyStatement({
    effect,
    principals: Array.isArray(principals) ? [...(principals as readonly IPrincipal[])] : [principals as IPrincipal],
    actions: [ACTION],
    resources: [...resources],
    conditions,
  });
}
