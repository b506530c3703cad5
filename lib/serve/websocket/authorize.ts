import { knownOr } from '../../template/model/value';
import { type Environment } from '../environment';
import { type IncomingRequest } from '../exchange';
import { functionCall } from '../function-uri';
import { type JsonObject } from '../json';
import { askAuthorizer, policyAnswer, type PolicyAnswer } from '../lambda-authorizer';
import { mappedValues, type MappingSources } from '../mapping/mappings';
import { evaluatePolicy } from '../policy';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { identityOf, signatureNote, signerOf } from '../signature';
import { type CompiledRoute } from './compile';
import { authorizerEvent, type EventSources } from './events';

/** A handshake that asks to be let in. */
export interface AuthorizerRequest {
  readonly environment: Environment;
  readonly route: CompiledRoute;
  readonly event: EventSources;
  readonly sources: MappingSources;
  readonly methodArn: string;
  readonly requestId: string;
  readonly sourceIp: string;
  /** As it was sent: signatures are about this. */
  readonly handshake: IncomingRequest;
}

/** What an authorizer brings: `$context.authorizer`, more of `$context.identity`, and the key that it chose. */
export interface Authorized {
  readonly context?: JsonObject;
  readonly identity?: JsonObject;
  readonly apiKey?: string;
}

type Tell = (told: Told) => void;

/** Lets the authorizer of `$connect` decide. Nothing is kept: each connection asks it once. @throws Refusal */
export async function authorize(request: AuthorizerRequest, tell: Tell): Promise<Authorized> {
  const { authorizationType, authorizer, source } = request.route;
  if (authorizationType === 'AWS_IAM') return signed(request, tell);
  if (authorizationType !== 'CUSTOM' || !authorizer) return {};
  const because = [source.location, authorizer.location];
  const missing = knownOr(authorizer.identitySource, []).find((each) => !mappedValues(each, request.sources).at(-1));
  if (missing !== undefined) {
    throw new Refusal('UNAUTHORIZED', { reason: `The identity source ${missing} is missing`, because });
  }
  const event = authorizerEvent(request.event, request.methodArn);
  tell({ input: event, because });
  const answer = await called(request, event);
  tell({ output: answer });
  const { decision, statement } = evaluatePolicy(
    answer.policy,
    {
      ...{ action: 'execute-api:Invoke', resource: request.methodArn },
      conditions: { 'aws:sourceip': request.sourceIp },
    },
    false,
  );
  if (decision !== 'allow') {
    const how = decision === 'explicitDeny' ? ' with an explicit deny' : '';
    throw new Refusal('ACCESS_DENIED', {
      reason: `The policy of the authorizer ${how ? `denies this by statement ${statement}` : `does not allow ${request.methodArn}`}`,
      message: `User is not authorized to access this resource${how}`,
      because,
    });
  }
  tell({ note: `Allowed by statement ${statement}` });
  const { principalId, context, usageIdentifierKey } = answer;
  const texts = Object.entries(context).map(([name, value]) => [name, value === null ? null : String(value)] as const);
  return {
    context: { ...Object.fromEntries(texts), principalId, integrationLatency: 0 },
    ...(usageIdentifierKey === undefined ? {} : { apiKey: usageIdentifierKey }),
  };
}

function signed({ handshake, environment, route }: AuthorizerRequest, tell: Tell): Authorized {
  const because = [route.source.location];
  const signer = signerOf(handshake, environment, because);
  tell({ note: signatureNote(environment, signer), because });
  return { identity: identityOf(signer) };
}

async function called(
  { environment, route: { authorizer }, sources, requestId }: AuthorizerRequest,
  event: JsonObject,
): Promise<PolicyAnswer> {
  const because = authorizer ? [authorizer.location] : [];
  const uri = environment.text(authorizer?.uri ?? '');
  const name = functionCall(uri, authorizer?.lambda, environment, sources.stageVariables);
  const reply = await askAuthorizer(environment.backends, { ...name, event, requestId, timeoutInMs: 30_000 });
  if (reply.kind === 'unauthorized') {
    throw new Refusal('UNAUTHORIZED', { reason: 'The function says "Unauthorized"', because });
  }
  if (reply.kind === 'failed') throw new Refusal('AUTHORIZER_FAILURE', { reason: reply.reason, because });
  const answer = policyAnswer(reply.value, true);
  if (typeof answer === 'string') throw new Refusal('AUTHORIZER_CONFIGURATION_ERROR', { reason: answer, because });
  return answer;
}
