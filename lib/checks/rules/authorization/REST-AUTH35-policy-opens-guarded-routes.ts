import { matchesPattern } from '../../../policies/glob';
import { InvokeReach } from '../../../policies/invoke-reach';
import { type Operation } from '../../../policies/operation-groups';
import { type Method, type RestApi } from '../../../template/model/model';
import { isLiteral } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { asList, type Statement } from '../../../policies/resource-policies';
import { comparisonsOf, isIn, rangeOf, statementsOf } from '../../../policies/statements';
import { type Rule, type Violation } from '../../rule';
import { guide, onMethod } from '../../queries/common';

interface MethodOf extends Operation {
  readonly source: Method;
}

const NETWORK_KEY = /^aws:(source(ip|vpc|vpce)|vpcsourceip)$/i;

/** Keys that only signed requests have, where IAM judges them. */
const IDENTITY_KEY =
  /^aws:(principal(account|arn|orgid|orgpaths|tag\/.*|type)|tokenissuetime|multifactorauth(present|age)|userid|username)$/i;

/** Whether the statement applies to every caller that signs, except some at most. */
function takesSigned(statement: Statement): boolean {
  return (
    comparisonsOf(statement)?.every(
      ([operator, key, expected]) => !IDENTITY_KEY.test(key) || takesMost(operator, key, expected),
    ) ?? false
  );
}

/** Whether a comparison of identities holds for those of any account. */
function takesMost(operator: string, key: string, expected: unknown): boolean {
  if (operator === 'Null') {
    return /^aws:principal(account|arn|type)$/i.test(key) && asList(expected).some((one) => String(one) === 'false');
  }
  if (/Not/.test(operator)) return true;
  return /Like|^Arn/.test(operator) && asList(expected).some((one) => typeof one === 'string' && ANY_ACCOUNT.test(one));
}

const ANY_ACCOUNT = /^(\*|arn:[^:]*:(iam|sts|\*):[^:]*:\*(:.*)?|arn:[^:]*\*|arn:[^:]*:[^:]*\*)$/;

/** Whether the statement may match a request that has no identity. */
function takesUnsigned(statement: Statement): boolean {
  const isFulfilled = ([operator, key, expected]: [string, string, unknown]): boolean =>
    !IDENTITY_KEY.test(key) ||
    (operator === 'Null' ? asList(expected).some((one) => String(one) === 'true') : /Not|IfExists$/.test(operator));
  return comparisonsOf(statement)?.every(isFulfilled) ?? false;
}

/**
 * `*` for the stage may also match a method and the path after it. If only one segment could be such a method, as in
 * `/orders/OPTIONS/`, nothing is reported.
 */
const ofStage = (pattern: string, { path }: Operation): string =>
  path.endsWith('+}') ? pattern : pattern.replace(/^\*\//, '~/');

/** What the statement closes to callers from outside the networks that it names. */
function fencedBy(statement: Statement): readonly string[] {
  const compared = comparisonsOf(statement) ?? [];
  const isFence =
    statement.Effect === 'Deny' &&
    compared.length > 0 &&
    compared.every(([operator, key]) => NETWORK_KEY.test(key) && /Not(IpAddress|Equals|Like)/.test(operator)) &&
    statement.NotResource === undefined;
  return isFence ? rangeOf(statement).patterns : [];
}

function* reachedIn(api: RestApi): Iterable<Violation> {
  const fenced = statementsOf(api.policy, false).flatMap(fencedBy);
  const allowing = statementsOf(api.policy, true).filter(({ Effect }) => Effect === 'Allow');
  if (allowing.length === 0) return;
  const denied = statementsOf(api.policy, false)
    .filter((one) => one.Effect === 'Deny' && one.Condition === undefined)
    .map(rangeOf);
  const methods = api.methods.flatMap((source): MethodOf[] =>
    isKnown(source.httpMethod) && isLiteral(source.path)
      ? [{ method: source.httpMethod, path: source.path, source }]
      : [],
  );
  const reach = new InvokeReach(methods);
  for (const method of methods) {
    const { source } = method;
    const isSigned = source.authorizationType === 'AWS_IAM';
    if (!isSigned && source.authorizationType !== 'CUSTOM') continue;
    const ranges = allowing.filter(isSigned ? takesSigned : takesUnsigned).map(rangeOf);
    const pattern = ranges
      .flatMap(({ patterns, except }) => patterns.map((one) => ({ one, except })))
      .find(
        ({ one, except }) =>
          reach.request(ofStage(one, method), method, (request) => {
            return (
              except.some((other) => matchesPattern(other, request)) || denied.some((range) => isIn(range, request))
            );
          }) !== undefined,
      )?.one;
    if (pattern === undefined) continue;
    const isFenced = fenced.some((one) => one === pattern || /^\*(\/\*)*$/.test(one));
    yield isSigned
      ? {
          ...onMethod(
            source,
            `is open to every AWS identity${isFenced ? ' in the networks that the policy names' : ''}: the policy allows "${pattern}" to everyone`,
          ),
          severity: isFenced ? 'warning' : 'error',
        }
      : {
          ...onMethod(
            source,
            `is open to callers about whom its Lambda authorizer says nothing: the policy allows "${pattern}" to everyone`,
          ),
          severity: 'warning',
        };
  }
}

export const rule: Rule = {
  id: 'REST-AUTH35',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A resource policy does not open routes guarded by IAM or a Lambda authorizer to everyone',
  why:
    'An Allow in the resource policy is sufficient if an identity policy in the same account, or the policy of a ' +
    'Lambda authorizer, says nothing; other accounts then decide for themselves. `*` in a pattern matches slashes ' +
    'and every method.',
  fix: {
    library:
      'Let `access` write the policy; in `RestAccess.fromStatements`, list only the open routes, or add the ' +
      'condition that `aws:PrincipalArn` is absent (operator Null, value true), which signed requests do not meet.',
    l2:
      'In `policy` of the `RestApi`, list only the open methods, or add to `conditions` that `aws:PrincipalArn` is ' +
      'absent (operator Null, value true), which signed requests do not meet.',
    cloudFormation:
      'In `Policy`, or `x-amazon-apigateway-policy` in the Body, list only the open methods, or add the `Condition` ' +
      '`{ "Null": { "aws:PrincipalArn": "true" } }`, which signed requests do not meet.',
  },
  link: guide('apigateway-authorization-flow'),
  *check(model) {
    for (const api of model.restApis) yield* reachedIn(api);
  },
};
