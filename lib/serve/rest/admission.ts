import { evaluatePolicy } from '../policy';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { checkLimits } from '../throttle';
import { valueOfHeader } from '../multi-values';
import { accessKeyOf } from '../signature';
import { knownOr } from '../../template/model/value';
import { type CompiledMethod } from './compile';
import { type RequestContext } from '../context';
import { type RestStage } from './stage';
import { type RestRequest } from './request';

/** A request that asks to be let in. */
export interface Admission {
  readonly stage: RestStage;
  readonly request: RestRequest;
  readonly context: RequestContext;
  readonly method: CompiledMethod;
  readonly methodArn: string;
  /** The key that an authorizer chose. */
  readonly chosenKey?: string;
}

type Tell = (told: Told) => void;

/** Condition keys about who signs a request. */
const OF_PRINCIPAL =
  /^aws:(principal|userid$|username$|federatedprovider$|multifactorauth|tokenissuetime$|sourceidentity$)/;

const isByUserPool = ({ authorizer }: CompiledMethod): boolean =>
  authorizer !== undefined && knownOr(authorizer.type, 'TOKEN') === 'COGNITO_USER_POOLS';

/**
 * Whether the caller is authenticated before the resource policy is asked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export const isAuthenticatedFirst = (method: CompiledMethod): boolean =>
  method.authorizationType === 'AWS_IAM' || isByUserPool(method);

/** Whether the policy of a caller or of a function can allow what the resource policy says nothing about. */
const isGrantedElsewhere = (method: CompiledMethod): boolean =>
  method.authorizationType === 'AWS_IAM' ||
  (method.authorizationType !== 'NONE' && method.authorizer !== undefined && !isByUserPool(method));

/** Asks the resource policy. @throws Refusal */
export function checkPolicy({ stage, request, context, method, methodArn }: Admission, tell: Tell): void {
  const { policy, api, environment } = stage.options;
  if (policy === undefined) return;
  const because = api.policyLocation ? [api.policyLocation] : [];
  const isPrivate = knownOr(api.endpointTypes, []).includes('PRIVATE');
  const isSigned = accessKeyOf(request.headers, request.query) !== undefined;
  const conditions = {
    [isPrivate ? 'aws:vpcsourceip' : 'aws:sourceip']: request.sourceIp,
    'aws:useragent': String(context.identity.userAgent ?? ''),
    'aws:currenttime': new Date(environment.now()).toISOString(),
    'aws:securetransport': 'true',
  };
  const isUnknown = (key: string): boolean =>
    (isPrivate && /^aws:sourcevpc[ea]?$/.test(key)) || (isSigned && OF_PRINCIPAL.test(key));
  const { decision, statement, assumed } = evaluatePolicy(
    policy,
    { action: 'execute-api:Invoke', resource: methodArn, conditions, isUnknown },
    true,
  );
  if (decision === 'allow' || (decision === 'implicitDeny' && isGrantedElsewhere(method))) {
    const why = decision === 'allow' ? `Statement ${statement} allows it` : 'No statement denies it';
    tell({ note: assumed ? `${why}; not known here, and taken as right: ${assumed.join(', ')}` : why, because });
    return;
  }
  const how = decision === 'explicitDeny' ? ' with an explicit deny' : '';
  throw new Refusal('ACCESS_DENIED', {
    reason: how ? `Statement ${statement} denies it` : 'No statement allows it',
    message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${methodArn}${how}`,
    because,
  });
}

const KEY_REFUSALS = { unknownKey: 'INVALID_API_KEY', throttled: 'THROTTLED', quota: 'QUOTA_EXCEEDED' } as const;

/** Asks for the API key, and counts the request. @throws Refusal */
export function checkKey({ stage, request, context, method, chosenKey }: Admission, tell: Tell): void {
  if (!method.apiKeyRequired) return;
  const value = stage.keyFromAuthorizer ? chosenKey : valueOfHeader(request.headers, 'x-api-key');
  const verdict = stage.usage.use(value, `${method.path}/${method.httpMethod}`);
  if (verdict.kind !== 'ok') {
    const because = [verdict.plan?.location ?? method.source.location];
    throw new Refusal(KEY_REFUSALS[verdict.kind], { reason: verdict.reason, because });
  }
  context.identity.apiKey = verdict.key.value;
  context.identity.apiKeyId = verdict.key.id;
  const left = verdict.remaining === undefined ? '' : `; ${verdict.remaining} requests are left`;
  tell({ note: `The API key ${verdict.key.id}${left}`, because: [method.source.location] });
}

/** The throttle of the stage, or of the method. @throws Refusal */
export function checkThrottle({ stage: { settings, buckets }, method }: Admission, tell: Tell): void {
  checkLimits(buckets, `${method.path}/${method.httpMethod}`, settings.found(method, 'throttlingRateLimit'), tell);
}
