import { isObject, type Json, type JsonObject, parsedJson } from './json';
import { type Backends, BackendError, type FunctionCall } from './backends';
import { evaluatePolicy } from './policy';
import { type Told } from './recorder';
import { Refusal } from './refusal';
import { type Location } from '../template/model/place';

/** The result of the function of an authorizer. */
export type AuthorizerReply =
  | { readonly kind: 'answer'; readonly value: Json }
  /** The function failed with the message `Unauthorized`. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Calls the function of an authorizer. */
export async function askAuthorizer(backends: Backends, call: FunctionCall): Promise<AuthorizerReply> {
  try {
    const outcome = await backends.invoke(call);
    if (outcome.kind === 'answer') return { kind: 'answer', value: parsedJson(outcome.payload) ?? null };
    if (outcome.kind !== 'error') {
      return {
        kind: 'failed',
        reason: outcome.kind === 'refused' ? outcome.reason : 'The function returned a stream',
      };
    }
    const error = parsedJson(outcome.payload);
    const message = isObject(error) ? error.errorMessage : undefined;
    if (message === 'Unauthorized') return { kind: 'unauthorized' };
    return { kind: 'failed', reason: `The function failed: ${String(message ?? outcome.payload)}` };
  } catch (error) {
    if (error instanceof BackendError) return { kind: 'failed', reason: error.message };
    throw error;
  }
}

/** The response of an authorizer that gives a policy. */
export interface PolicyAnswer {
  readonly principalId: string;
  readonly policy: JsonObject;
  readonly context: JsonObject;
  readonly usageIdentifierKey?: string;
}

/**
 * Reads the answer; a text instead says what is wrong with it.
 *
 * @param isFlat whether principalId is required, and the context may have no objects and lists, as with REST APIs
 */
export function policyAnswer(value: Json, isFlat: boolean): PolicyAnswer | string {
  if (!isObject(value)) return 'The response of the authorizer is not an object';
  const { principalId, policyDocument, context, usageIdentifierKey } = value;
  if (!isObject(policyDocument) || policyDocument.Statement === undefined) {
    return 'The response of the authorizer has no policyDocument with a Statement';
  }
  if (isFlat && typeof principalId !== 'string') return 'The authorizer returned no principalId';
  const entries = isObject(context) ? Object.entries(context) : [];
  const odd = isFlat ? entries.find(([, each]) => typeof each === 'object' && each !== null) : undefined;
  if (odd)
    return `The context of the authorizer has ${odd[0]}, which is an object or a list; only texts, numbers and booleans are allowed`;
  return {
    principalId: typeof principalId === 'string' ? principalId : '',
    policy: policyDocument,
    context: Object.fromEntries(entries),
    ...(typeof usageIdentifierKey === 'string' ? { usageIdentifierKey } : {}),
  };
}

/** The facts of a request that a policy is evaluated with. */
interface PolicyQuestion {
  readonly arn: string;
  readonly sourceIp: string;
  /** Whether the decision is from an earlier request. */
  readonly isKept: boolean;
  readonly because: readonly Location[];
  /** Whether the resource policy allows it already: then it is enough that the authorizer does not deny it. */
  readonly isAllowed?: boolean;
}

/** Lets a request in if the policy of its authorizer allows it. @throws Refusal */
export function checkAuthorizerPolicy(
  { policy }: PolicyAnswer,
  { arn, sourceIp, isKept, because, isAllowed = false }: PolicyQuestion,
  tell: (told: Told) => void,
): void {
  const { decision, statement } = evaluatePolicy(
    policy,
    { action: 'execute-api:Invoke', resource: arn, conditions: { 'aws:sourceip': sourceIp } },
    false,
  );
  if (decision === 'implicitDeny' && isAllowed) {
    tell({ note: 'The policy of the authorizer neither allows nor denies it; the resource policy allows it' });
    return;
  }
  if (decision !== 'allow') {
    const how = decision === 'explicitDeny' ? ' with an explicit deny' : '';
    throw new Refusal('ACCESS_DENIED', {
      reason: `The policy of the authorizer${isKept ? ', kept from an earlier request,' : ''} ${how ? `denies this by statement ${statement}` : `does not allow ${arn}`}`,
      ...(how ? { message: `User is not authorized to access this resource${how}` } : {}),
      because,
    });
  }
  tell({ note: `Allowed by statement ${statement}${isKept ? ', kept from an earlier request' : ''}` });
}

/** How many decisions are kept: clients may show as many tokens as they like. */
const MOST_DECISIONS = 10_000;

/** Decisions of authorizers that are kept for a while, by what the request showed; the oldest ones go if there are too many. */
export class DecisionCache<T> {
  private readonly held = new Map<string, { readonly until: number; readonly value: T; readonly size: number }>();
  private size = 0;

  /** @param most what the sizes of all may come to */
  constructor(
    private readonly now: () => number,
    private readonly sizeOf: (value: T, key: string) => number = () => 1,
    private readonly most = MOST_DECISIONS,
  ) {}

  public get(key: string): T | undefined {
    const found = this.held.get(key);
    if (!found) return undefined;
    if (found.until > this.now()) return found.value;
    this.drop(key);
    return undefined;
  }

  public put(key: string, value: T, seconds: number): void {
    if (seconds <= 0) return;
    this.drop(key);
    const size = this.sizeOf(value, key);
    this.held.set(key, { until: this.now() + seconds * 1000, value, size });
    this.size += size;
    for (const oldest of this.held.keys()) {
      if (this.size <= this.most) break;
      this.drop(oldest);
    }
  }

  public drop(key: string): void {
    this.size -= this.held.get(key)?.size ?? 0;
    this.held.delete(key);
  }
}
