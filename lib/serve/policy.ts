import { matchesPattern } from '../policies/glob';
import { isObject, type Json, type JsonObject } from './json';
import { type ConditionKeys, conditionsHold, listOf } from './policy-conditions';

/** What a policy decides about one request. */
export type Decision = 'allow' | 'explicitDeny' | 'implicitDeny';

/** The facts that a policy is evaluated with. */
export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** ARN of the caller; undefined for anonymous callers. */
  readonly principal?: string;
  readonly conditions: ConditionKeys;
  /** Whether the request has a condition key, in lower case, whose value is not known here. */
  readonly isUnknown?: (key: string) => boolean;
}

export interface Verdict {
  readonly decision: Decision;
  /** The statement that decided, by its index. */
  readonly statement?: number;
  /** Condition keys that are taken to be right, since their values are not known here. */
  readonly assumed?: readonly string[];
}

/**
 * Evaluates a policy: a Deny that fits wins, then an Allow that fits.
 *
 * @param hasPrincipals whether statements must name who they are for, as in resource policies
 */
export function evaluatePolicy(policy: Json, request: PolicyRequest, hasPrincipals: boolean): Verdict {
  const statements = listOf(isObject(policy) ? policy.Statement : undefined);
  let allowed: number | undefined;
  const assumed = new Set<string>();
  for (const [index, statement] of statements.entries()) {
    if (!isObject(statement) || !concerns(statement, request, hasPrincipals)) continue;
    const { known, unknown } = split(statement.Condition, request);
    // A condition with an unsupported operator allows nothing, and does not prevent a denial.
    if (!(conditionsHold(known, request.conditions) ?? statement.Effect === 'Deny')) continue;
    for (const key of unknown) assumed.add(key);
    if (statement.Effect === 'Deny' && unknown.length === 0) return { decision: 'explicitDeny', statement: index };
    if (statement.Effect === 'Allow') allowed ??= index;
  }
  return {
    ...(allowed === undefined ? { decision: 'implicitDeny' } : { decision: 'allow', statement: allowed }),
    ...(assumed.size === 0 ? {} : { assumed: [...assumed] }),
  };
}

function concerns(statement: JsonObject, request: PolicyRequest, hasPrincipals: boolean): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  const isAction =
    NotAction === undefined ? fits(Action, request.action, true) : !fits(NotAction, request.action, true);
  const isIn = (patterns: Json | undefined): boolean =>
    fits(listOf(patterns).map(absolute(request)), request.resource, false);
  const isResource = NotResource === undefined ? isIn(Resource) : !isIn(NotResource);
  return isAction && isResource && (!hasPrincipals || isFor(statement, request.principal));
}

/** The conditions that can be evaluated, and the keys of the others. */
function split(
  condition: Json | undefined,
  { isUnknown }: PolicyRequest,
): { known?: Json; unknown: readonly string[] } {
  if (!isObject(condition) || !isUnknown) return { known: condition, unknown: [] };
  const unknown: string[] = [];
  const known = Object.entries(condition).map(([operator, expectations]): [string, Json] => {
    const kept = Object.entries(isObject(expectations) ? expectations : {}).filter(([key]) => {
      if (isUnknown(key.toLowerCase())) unknown.push(key);
      return !isUnknown(key.toLowerCase());
    });
    return [operator, Object.fromEntries(kept)];
  });
  return { known: Object.fromEntries(known), unknown };
}

/** `execute-api:/stage/GET/path` is short for the ARN of the API. */
const absolute =
  ({ resource }: PolicyRequest) =>
  (pattern: Json): Json =>
    typeof pattern === 'string' && pattern.startsWith('execute-api:')
      ? `${resource.split('/')[0]}${pattern.slice('execute-api:'.length)}`
      : pattern;

const fits = (patterns: Json | undefined, text: string, anyCase: boolean): boolean =>
  listOf(patterns).some((pattern) => {
    const written = typeof pattern === 'string' ? pattern : '';
    return anyCase ? matchesPattern(written.toLowerCase(), text.toLowerCase()) : matchesPattern(written, text);
  });

function isFor({ Principal, NotPrincipal }: JsonObject, principal: string | undefined): boolean {
  if (NotPrincipal !== undefined) return !names(NotPrincipal, principal);
  return Principal !== undefined && names(Principal, principal);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function names(principals: Json, principal: string | undefined): boolean {
  if (principals === '*') return true;
  if (!isObject(principals)) return false;
  const own = principal === undefined ? [] : identitiesOf(principal);
  return listOf(principals.AWS).some((each) => each === '*' || (typeof each === 'string' && own.includes(each)));
}

/** All names of who asks: the ARN, that of the role of a session, and the account. */
function identitiesOf(principal: string): string[] {
  const [, partition, , , account, name = ''] = principal.split(':');
  const [, role] = /^assumed-role\/([^/]+)\//.exec(name) ?? [];
  const iam = `arn:${partition}:iam::${account}`;
  return [principal, account, `${iam}:root`, ...(role === undefined ? [] : [`${iam}:role/${role}`])];
}
