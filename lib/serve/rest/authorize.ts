import { isKnown, knownOr } from '../../template/model/value';
import { type Authorizer } from '../../template/model/rest';
import { dnsSuffixOf } from '../../facts/partitions';
import { type Environment } from '../environment';
import { type IncomingRequest } from '../exchange';
import { type Told } from '../recorder';
import { type JsonObject } from '../json';
import { TokenError, type TokenVerifier } from '../jwt';
import {
  askAuthorizer,
  checkAuthorizerPolicy,
  type DecisionCache,
  policyAnswer,
  type PolicyAnswer,
} from '../lambda-authorizer';
import { patternOf } from '../patterns';
import { type Caller, signatureNote, signerOf } from '../signature';
import { Refusal } from '../refusal';
import { functionCall } from '../function-uri';
import { type CompiledMethod } from './compile';
import { mappedValues, type MappingSources } from '../mapping/mappings';
import { authorizerEvent, type EventSources } from './events';

/** What authorizers of a stage share. */
export interface AuthorizerParts {
  readonly environment: Environment;
  readonly decisions: DecisionCache<PolicyAnswer>;
  readonly tokens: TokenVerifier;
  readonly stageVariables: Readonly<Record<string, string>>;
}

export interface AuthorizerRequest extends EventSources {
  readonly sources: MappingSources;
  readonly method: CompiledMethod;
  readonly methodArn: string;
  readonly requestId: string;
  /** As it was sent: signatures are about this. */
  readonly incoming: IncomingRequest;
  /** Whether the resource policy allows the request, so the policy of a function need not. */
  readonly isAllowed: boolean;
}

/** What an authorizer brings to the request: `$context.authorizer`, the key that it chose, or who signed. */
export interface Authorized {
  readonly context?: JsonObject;
  readonly apiKey?: string;
  readonly caller?: Caller;
}

const DEFAULT_TTL_IN_SECONDS = 300;

/** Lets the authorizer of the method decide. @throws Refusal */
export async function authorize(
  parts: AuthorizerParts,
  request: AuthorizerRequest,
  tell: (told: Told) => void,
): Promise<Authorized> {
  const { method } = request;
  const { authorizer } = method;
  const because = [method.source.location, ...(authorizer ? [authorizer.location] : [])];
  switch (authorizationOf(method)) {
    case 'IAM': {
      const caller = signerOf(request.incoming, parts.environment, because);
      tell({ note: signatureNote(parts.environment, caller), because });
      return { caller };
    }
    case 'USER_POOL':
      return authorizer ? byUserPool(parts, request, authorizer, tell) : {};
    case 'FUNCTION':
      return authorizer ? byFunction(parts, request, authorizer, tell) : {};
    default:
      return {};
  }
}

export type Authorization = 'NONE' | 'IAM' | 'USER_POOL' | 'FUNCTION';

/** What a method requires, whatever the type of its authorization says of its authorizer. */
export function authorizationOf({ authorizationType, authorizer }: CompiledMethod): Authorization {
  if (authorizationType === 'AWS_IAM') return 'IAM';
  if (!authorizer || authorizationType === 'NONE') return 'NONE';
  return typeOf(authorizer) === 'COGNITO_USER_POOLS' ? 'USER_POOL' : 'FUNCTION';
}

const typeOf = ({ type }: Authorizer): string => knownOr(type, 'TOKEN');

async function byUserPool(
  { environment, tokens }: AuthorizerParts,
  { sources, method }: AuthorizerRequest,
  authorizer: Authorizer,
  tell: (told: Told) => void,
): Promise<Authorized> {
  const because = [authorizer.location];
  const source = knownOr(authorizer.identitySource, 'method.request.header.Authorization');
  const written = mappedValues(source, sources).at(-1);
  const refused = (reason: string): Refusal => new Refusal('UNAUTHORIZED', { reason, because });
  if (!written) throw refused(`${source} is missing`);
  const pattern = knownOr(authorizer.identityValidationExpression, '');
  if (pattern !== '' && !patternOf(pattern)(written)) throw refused(`${source} does not match ${pattern}`);
  const token = written.replace(/^Bearer /i, '');
  const reasons: string[] = [];
  for (const arn of authorizer.providerArns.map((each) => environment.text(each))) {
    const issuer = issuerOf(arn);
    try {
      const claims = await tokens.verify(token, { issuer, audiences: [] });
      checkUse(claims, method.scopes);
      tell({ note: `The token of ${issuer} is valid`, because, output: { claims } });
      return { context: { claims: textClaims(claims) } };
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      reasons.push(error.message);
    }
  }
  throw refused(reasons.join('; ') || 'The authorizer has no user pool');
}

/** With scopes the method takes access tokens, without them ID tokens. */
function checkUse(claims: JsonObject, scopes: readonly string[]): void {
  if (scopes.length === 0) {
    if (claims.token_use !== undefined && claims.token_use !== 'id') {
      throw new TokenError(`The method has no scopes and takes ID tokens; this is one for ${String(claims.token_use)}`);
    }
    return;
  }
  const given = String(claims.scope ?? '').split(' ');
  if (!scopes.some((scope) => given.includes(scope))) {
    throw new TokenError(`The token has none of the scopes ${scopes.join(', ')}`);
  }
}

const textClaims = (claims: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

/** `arn:aws:cognito-idp:eu-west-1:1111:userpool/eu-west-1_x` → the issuer of its tokens. */
export function issuerOf(userPoolArn: string): string {
  const [, , , region, , pool = ''] = userPoolArn.split(':');
  return `https://cognito-idp.${region}.${dnsSuffixOf(region)}/${pool.replace(/^userpool\//, '')}`;
}

async function byFunction(
  { environment, decisions, stageVariables }: AuthorizerParts,
  request: AuthorizerRequest,
  authorizer: Authorizer,
  tell: (told: Told) => void,
): Promise<Authorized> {
  const because = [authorizer.location];
  const type = typeOf(authorizer);
  const ttl = isKnown(authorizer.resultTtlInSeconds) ? authorizer.resultTtlInSeconds : DEFAULT_TTL_IN_SECONDS;
  const identity = identityOf(authorizer, type, ttl, request.sources);
  const key = JSON.stringify([authorizer.key, identity]);
  const kept = ttl > 0 ? decisions.get(key) : undefined;
  let answer = kept;
  if (!answer) {
    const event =
      type === 'TOKEN'
        ? { type, methodArn: request.methodArn, authorizationToken: identity[0] }
        : authorizerEvent(request, request.method.path, request.methodArn);
    tell({ input: event });
    answer = await called(environment, authorizer, event, request.requestId, stageVariables);
    decisions.put(key, answer, ttl);
  }
  tell({ output: answer, because });
  checkAuthorizerPolicy(
    answer,
    {
      arn: request.methodArn,
      sourceIp: request.request.sourceIp,
      isKept: kept !== undefined,
      because,
      isAllowed: request.isAllowed,
    },
    tell,
  );
  const { principalId, context, usageIdentifierKey } = answer;
  const texts = Object.entries(context).map(([name, value]) => [name, value === null ? null : String(value)] as const);
  return {
    context: { ...Object.fromEntries(texts), principalId, integrationLatency: 0 },
    ...(usageIdentifierKey === undefined ? {} : { apiKey: usageIdentifierKey }),
  };
}

function identityOf(authorizer: Authorizer, type: string, ttl: number, sources: MappingSources): readonly string[] {
  const written = knownOr(authorizer.identitySource, type === 'TOKEN' ? 'method.request.header.Authorization' : '');
  const names = written
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const values = names.map((each) => mappedValues(each, sources).at(-1) ?? '');
  const refused = (reason: string): Refusal => new Refusal('UNAUTHORIZED', { reason, because: [authorizer.location] });
  const missing = values.findIndex((each) => each === '');
  // Without caching a REQUEST authorizer is asked in any case.
  if (missing >= 0 && (type === 'TOKEN' || ttl > 0)) throw refused(`The identity source ${names[missing]} is missing`);
  const pattern = knownOr(authorizer.identityValidationExpression, '');
  if (type === 'TOKEN' && pattern !== '' && !patternOf(pattern)(values[0])) {
    throw refused(`The token does not match ${pattern}, so the function is not called`);
  }
  return values;
}

async function called(
  environment: Environment,
  authorizer: Authorizer,
  event: JsonObject,
  requestId: string,
  stageVariables: Readonly<Record<string, string>>,
): Promise<PolicyAnswer> {
  const because = [authorizer.location];
  const uri = environment.text(authorizer.uri ?? '');
  const call = functionCall(uri, authorizer.lambda, environment, stageVariables);
  const reply = await askAuthorizer(environment.backends, { ...call, event, requestId, timeoutInMs: 30_000 });
  if (reply.kind === 'unauthorized') {
    throw new Refusal('UNAUTHORIZED', { reason: 'The function says "Unauthorized"', because });
  }
  if (reply.kind === 'failed') throw new Refusal('AUTHORIZER_FAILURE', { reason: reply.reason, because });
  const answer = policyAnswer(reply.value, true);
  if (typeof answer === 'string') throw new Refusal('AUTHORIZER_CONFIGURATION_ERROR', { reason: answer, because });
  return answer;
}
