import { knownOr } from '../../template/model/value';
import { evaluatePolicy, type Verdict } from '../policy';
import { type ConditionKeys } from '../policy-conditions';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { type Caller } from '../signature';
import { valueOfHeader } from '../multi-values';
import { type Admission } from './admission';
import { authorizationOf } from './authorize';

type Tell = (told: Told) => void;

/**
 * Asks the resource policy before the authorizer: without one it must allow, and one with a function is only asked if it does not deny.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @returns whether it allows the request by itself
 * @throws Refusal
 */
export function checkPolicyBefore(admission: Admission, tell: Tell): boolean {
  const authorization = authorizationOf(admission.method);
  const isFirst = authorization === 'NONE' || authorization === 'FUNCTION';
  const verdict = isFirst ? verdictOf(admission) : undefined;
  if (!verdict) return false;
  const { decision } = verdict;
  if (decision === 'explicitDeny' || (decision === 'implicitDeny' && authorization === 'NONE')) {
    throw denied(admission, verdict);
  }
  tell({ note: noteOf(verdict), because: locationOf(admission) });
  return decision === 'allow';
}

/**
 * Evaluates it after the authorizer. Users of a pool must be allowed. Signed requests are also allowed by identity policies, which
 * allow everything here; but callers from other accounts need both.
 *
 * @throws Refusal
 */
export function checkPolicyAfter(admission: Admission, caller: Caller | undefined, tell: Tell): void {
  const authorization = authorizationOf(admission.method);
  if (authorization !== 'IAM' && authorization !== 'USER_POOL') return;
  const isForeign = caller !== undefined && caller.accountId !== admission.stage.options.environment.account;
  const verdict = verdictOf(admission, caller) ?? (isForeign ? { decision: 'implicitDeny' } : undefined);
  if (!verdict) return;
  const needsAllow = authorization === 'USER_POOL' || isForeign;
  if (verdict.decision === 'explicitDeny' || (verdict.decision === 'implicitDeny' && needsAllow)) {
    throw denied(admission, verdict, caller);
  }
  tell({ note: noteOf(verdict), because: locationOf(admission) });
}

/** Condition keys about the caller that signs a request. */
const OF_PRINCIPAL =
  /^aws:(principal|userid$|username$|federatedprovider$|multifactorauth|tokenissuetime$|sourceidentity$)/;

function verdictOf(admission: Admission, caller?: Caller): Verdict | undefined {
  const { policy } = admission.stage.options;
  if (policy === undefined) return undefined;
  const conditions = conditionKeys(admission, caller);
  const isPrivate = knownOr(admission.stage.options.api.endpointTypes, []).includes('PRIVATE');
  // The VPC endpoint of a request, and the organization of its caller, are not known on this machine.
  const isUnknown = (key: string): boolean =>
    !Object.hasOwn(conditions, key) &&
    ((isPrivate && /^aws:sourcevpc[ea]?$/.test(key)) || (caller !== undefined && OF_PRINCIPAL.test(key)));
  const request = { action: 'execute-api:Invoke', resource: admission.methodArn, conditions, isUnknown };
  return evaluatePolicy(policy, { ...request, ...(caller ? { principal: caller.userArn } : {}) }, true);
}

/**
 * Keys about who asks are only there with IAM.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
function conditionKeys({ request, context, stage }: Admission, caller: Caller | undefined): ConditionKeys {
  const at = stage.options.environment.now();
  const referer = valueOfHeader(request.headers, 'referer');
  const userAgent = context.identity.userAgent;
  const isPrivate = knownOr(stage.options.api.endpointTypes, []).includes('PRIVATE');
  return {
    [isPrivate ? 'aws:vpcsourceip' : 'aws:sourceip']: request.sourceIp,
    'aws:currenttime': new Date(at).toISOString(),
    'aws:epochtime': String(Math.floor(at / 1000)),
    'aws:securetransport': 'true',
    ...(typeof userAgent === 'string' ? { 'aws:useragent': userAgent } : {}),
    ...(referer === undefined ? {} : { 'aws:referer': referer }),
    ...(caller && {
      'aws:principalarn': caller.userArn,
      'aws:principalaccount': caller.accountId,
      'aws:userid': caller.userId,
    }),
  };
}

const locationOf = ({ stage }: Admission) => {
  const { policyLocation } = stage.options.api;
  return policyLocation ? [policyLocation] : [];
};

const NOTES = {
  allow: 'allows it',
  explicitDeny: 'denies it',
  implicitDeny: 'neither allows nor denies it',
} as const;

function noteOf({ decision, statement, assumed }: Verdict): string {
  const which = statement === undefined ? 'The resource policy' : `Statement ${statement}`;
  const provided = assumed ? `, if ${assumed.join(' and ')} are right: they are not known here` : '';
  return `${which} ${NOTES[decision]}${provided}`;
}

function denied(admission: Admission, verdict: Verdict, caller?: Caller): Refusal {
  const how = verdict.decision === 'explicitDeny' ? ' with an explicit deny' : '';
  const resource = admission.methodArn.replace(/:\d{8}(\d{4}):/, ':********$1:');
  return new Refusal('ACCESS_DENIED', {
    reason: how ? noteOf(verdict) : 'No statement of the resource policy allows it',
    message: `User: ${caller?.userArn ?? 'anonymous'} is not authorized to perform: execute-api:Invoke on resource: ${resource}${how}`,
    because: locationOf(admission),
  });
}
