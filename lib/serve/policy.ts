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
}

export interface Verdict {
  readonly decision: Decision;
  /** The statement that decided, by its index. */
  readonly statement?: number;
}

/**
 * Evaluates a policy: a Deny that fits wins, then an Allow that fits.
 *
 * @param hasPrincipals whether statements must name who they are for, as in resource policies
 */
export function evaluatePolicy(policy: Json, request: PolicyRequest, hasPrincipals: boolean): Verdict {
  const statements = listOf(isObject(policy) ? policy.Statement : undefined);
  let allowed: number | undefined;
  for (const [index, statement] of statements.entries()) {
    if (!isObject(statement) || !applies(statement, request, hasPrincipals)) continue;
    if (statement.Effect === 'Deny') return { decision: 'explicitDeny', statement: index };
    if (statement.Effect === 'Allow') allowed ??= index;
  }
  return allowed === undefined ? { decision: 'implicitDeny' } : { decision: 'allow', statement: allowed };
}

function applies(statement: JsonObject, request: PolicyRequest, hasPrincipals: boolean): boolean {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement;
  const isAction =
    NotAction === undefined ? fits(Action, request.action, true) : !fits(NotAction, request.action, true);
  const isIn = (patterns: Json | undefined): boolean =>
    fits(listOf(patterns).map(absolute(request)), request.resource, false);
  const isResource = NotResource === undefined ? isIn(Resource) : !isIn(NotResource);
  if (!isAction || !isResource || (hasPrincipals && !isFor(statement, request.principal))) return false;
  // A condition that nobody knows lets nothing in, and keeps nothing from being denied.
  return conditionsHold(Condition, request.conditions) ?? Effect === 'Deny';
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
