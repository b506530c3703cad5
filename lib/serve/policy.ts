import { matchesPattern } from '../policies/glob';
import { isObject, type Json, type JsonObject } from './json';

/** What a policy decides about one request. */
export type Decision = 'allow' | 'explicitDeny' | 'implicitDeny';

/** What a policy is asked about. */
export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** ARN of who asks; undefined for anybody. */
  readonly principal?: string;
  /** Condition keys, in lower case. A key that is not here is not in the request. */
  readonly conditions: Readonly<Record<string, string>>;
  /** Whether the request has a condition key, in lower case, whose value nothing here knows. */
  readonly isUnknown?: (key: string) => boolean;
}

export interface Verdict {
  readonly decision: Decision;
  /** The statement that decided, by its index. */
  readonly statement?: number;
  /** Condition keys of statements that would have mattered, if their values were known. */
  readonly assumed?: readonly string[];
}

/**
 * Evaluates a policy: a Deny that fits wins, then an Allow that fits. What is not known refuses nobody: it is taken to hold for
 * an Allow, and not for a Deny.
 *
 * @param hasPrincipals whether statements must name who they are for, as in resource policies
 */
export function evaluatePolicy(policy: Json, request: PolicyRequest, hasPrincipals: boolean): Verdict {
  const statements = listOf(isObject(policy) ? policy.Statement : undefined);
  let allowed: number | undefined;
  const assumed = new Set<string>();
  for (const [index, statement] of statements.entries()) {
    if (!isObject(statement) || !concerns(statement, request, hasPrincipals)) continue;
    const unknown = openConditions(statement.Condition, request);
    if (unknown === undefined) continue;
    unknown.forEach((key) => assumed.add(key));
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

/** `execute-api:/stage/GET/path` is short for the ARN of the API. */
const absolute =
  ({ resource }: PolicyRequest) =>
  (pattern: Json): Json =>
    typeof pattern === 'string' && pattern.startsWith('execute-api:/')
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

function names(principals: Json, principal: string | undefined): boolean {
  if (principals === '*') return true;
  if (!isObject(principals)) return false;
  const account = principal?.split(':')[4];
  return listOf(principals.AWS).some(
    (each) =>
      each === '*' ||
      (principal !== undefined && (each === principal || each === account || each === `arn:aws:iam::${account}:root`)),
  );
}

const listOf = (value: Json | undefined): readonly Json[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
};

type Test = (given: string, expected: string) => boolean;

const numeric =
  (test: (a: number, b: number) => boolean): Test =>
  (given, expected) =>
    test(Number(given), Number(expected));

const dated =
  (test: (a: number, b: number) => boolean): Test =>
  (given, expected) =>
    test(timeOf(given), timeOf(expected));

/** Seconds since 1970, or as ISO 8601 writes it. */
const timeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, Test>> = {
  StringEquals: (given, expected) => given === expected,
  StringEqualsIgnoreCase: (given, expected) => given.toLowerCase() === expected.toLowerCase(),
  StringLike: (given, expected) => matchesPattern(expected, given),
  ArnEquals: (given, expected) => matchesPattern(expected, given),
  ArnLike: (given, expected) => matchesPattern(expected, given),
  Bool: (given, expected) => given.toLowerCase() === expected.toLowerCase(),
  IpAddress: isInRange,
  NumericEquals: numeric((a, b) => a === b),
  NumericLessThan: numeric((a, b) => a < b),
  NumericLessThanEquals: numeric((a, b) => a <= b),
  NumericGreaterThan: numeric((a, b) => a > b),
  NumericGreaterThanEquals: numeric((a, b) => a >= b),
  DateEquals: dated((a, b) => a === b),
  DateLessThan: dated((a, b) => a < b),
  DateLessThanEquals: dated((a, b) => a <= b),
  DateGreaterThan: dated((a, b) => a > b),
  DateGreaterThanEquals: dated((a, b) => a >= b),
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** The keys that decide whether the conditions hold, and are not known; undefined if they do not hold anyway. */
function openConditions(
  condition: Json | undefined,
  { conditions, isUnknown = () => false }: PolicyRequest,
): readonly string[] | undefined {
  const unknown: string[] = [];
  for (const [operator, expectations] of Object.entries(isObject(condition) ? condition : {})) {
    for (const [key, expected] of Object.entries(isObject(expectations) ? expectations : {})) {
      const lower = key.toLowerCase();
      if (isUnknown(lower)) unknown.push(key);
      else if (!conditionHolds(operator, conditions[lower], listOf(expected).map(String))) return undefined;
    }
  }
  return unknown;
}

function conditionHolds(written: string, given: string | undefined, expected: readonly string[]): boolean {
  if (written === 'Null') return expected.some((each) => (each === 'true') === (given === undefined));
  const ifExists = written.endsWith('IfExists');
  const operator = written.replace(/^For(?:AnyValue|AllValues):/, '').replace(/IfExists$/, '');
  const positive = NEGATED[operator];
  if (given === undefined) return ifExists || positive !== undefined || written.startsWith('ForAllValues:');
  const test = OPERATORS[positive ?? operator];
  // What is not known holds for no request, so that nothing is let in by mistake.
  if (!test) return false;
  const some = expected.some((each) => test(given, each));
  return positive === undefined ? some : !some;
}

/** Whether an address is in a range `a.b.c.d/n`, or the same for IPv6. */
function isInRange(address: string, range: string): boolean {
  const [base, written] = range.split('/');
  const [a, b] = [bitsOf(address), bitsOf(base)];
  if (a?.length !== b?.length || a === undefined || b === undefined) return false;
  const length = written === undefined ? b.length : Number(written);
  return a.slice(0, length) === b.slice(0, length);
}

/** An address as ones and zeros. */
function bitsOf(address: string): string | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(mapped)) {
    return mapped
      .split('.')
      .map((each) => Number(each).toString(2).padStart(8, '0'))
      .join('');
  }
  const halves = mapped.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head, tail] = [halves[0], halves[1] ?? []];
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || missing < 0 || (halves.length === 1 && missing !== 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
