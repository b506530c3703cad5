import { knownOr } from '../../template/model/value';
import { type V2Authorizer } from '../../template/model/v2';
import { functionCall } from '../function-uri';
import { isObject, type Json } from '../json';
import { askAuthorizer, policyAnswer, type PolicyAnswer } from '../lambda-authorizer';
import { evaluatePolicy } from '../policy';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { type AuthorizerParts, type AuthorizerRequest, type FunctionDecision } from './authorizer-request';
import { authorizerEvent } from './events';
import { valueOf } from './expressions';
import { type Identity } from './identity';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const TIMEOUT_IN_MS = 10_000;

/**
 * Lets a function decide. A decision is kept for the identity sources of the request if the authorizer has a time to live.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 * @throws Refusal
 */
export async function byFunction(
  parts: AuthorizerParts,
  request: AuthorizerRequest,
  authorizer: V2Authorizer,
  tell: (told: Told) => void,
): Promise<Identity> {
  const { decisions } = parts;
  const because = [request.route.source.location, authorizer.location];
  const identity = identityOf(request, authorizer);
  const ttl = identity.length > 0 ? knownOr(authorizer.resultTtlInSeconds, 0) : 0;
  const key = JSON.stringify([authorizer.key, identity]);
  const kept = ttl > 0 ? decisions.get(key) : undefined;
  const decision = kept ?? (await asked(parts, request, authorizer, identity, tell));
  if (!kept) decisions.put(key, decision, ttl);
  const from = kept ? ', kept from an earlier request' : '';
  tell({ output: decision, because });
  if (decision.kind === 'simple') {
    if (!decision.isAuthorized) {
      throw new Refusal('ACCESS_DENIED', { reason: `The authorizer says isAuthorized: false${from}`, because });
    }
    tell({ note: `The authorizer says isAuthorized: true${from}` });
    return { kind: 'lambda', context: decision.context };
  }
  const asks = {
    ...{ action: 'execute-api:Invoke', resource: request.routeArn },
    conditions: { 'aws:sourceip': request.request.sourceIp },
  };
  const verdict = evaluatePolicy(decision.policy, asks, false);
  if (verdict.decision !== 'allow') {
    const how =
      verdict.decision === 'explicitDeny'
        ? `denies this by statement ${verdict.statement}`
        : `does not allow ${request.routeArn}`;
    throw new Refusal('ACCESS_DENIED', { reason: `The policy of the authorizer${from} ${how}`, because });
  }
  tell({ note: `Allowed by statement ${verdict.statement}${from}` });
  return { kind: 'lambda', context: decision.context, principalId: decision.principalId };
}

function identityOf({ sources }: AuthorizerRequest, authorizer: V2Authorizer): readonly string[] {
  return knownOr(authorizer.identitySource, []).map((source) => {
    const value = valueOf(source, sources);
    if (value) return value;
    throw new Refusal('UNAUTHORIZED', {
      reason: `${source} is missing, so the function is not called`,
      because: [authorizer.location],
    });
  });
}

async function asked(
  { environment }: AuthorizerParts,
  request: AuthorizerRequest,
  authorizer: V2Authorizer,
  identity: readonly string[],
  tell: (told: Told) => void,
): Promise<FunctionDecision> {
  const because = [authorizer.location];
  const event = authorizerEvent(request, knownOr(authorizer.payloadFormatVersion, '2.0'), request.routeArn, identity);
  tell({ input: event });
  const uri = environment.text(authorizer.uri ?? '');
  const name = functionCall(uri, authorizer.lambda, environment, request.stageVariables);
  const { requestId } = request.context;
  const reply = await askAuthorizer(environment.backends, { ...name, event, requestId, timeoutInMs: TIMEOUT_IN_MS });
  if (reply.kind === 'unauthorized') {
    throw new Refusal('AUTHORIZER_FAILURE', { reason: 'The function failed with the message "Unauthorized"', because });
  }
  if (reply.kind === 'failed') throw new Refusal('AUTHORIZER_FAILURE', { reason: reply.reason, because });
  const decision = knownOr(authorizer.enableSimpleResponses, false)
    ? simpleAnswer(reply.value)
    : withKind(policyAnswer(reply.value, false));
  if (typeof decision === 'string') throw new Refusal('AUTHORIZER_CONFIGURATION_ERROR', { reason: decision, because });
  return decision;
}

const withKind = (answer: PolicyAnswer | string): FunctionDecision | string =>
  typeof answer === 'string' ? answer : { kind: 'policy', ...answer };

function simpleAnswer(value: Json): FunctionDecision | string {
  if (!isObject(value) || typeof value.isAuthorized !== 'boolean') {
    return 'The authorizer has simple responses and its answer no isAuthorized that is true or false';
  }
  return { kind: 'simple', isAuthorized: value.isAuthorized, context: isObject(value.context) ? value.context : {} };
}
