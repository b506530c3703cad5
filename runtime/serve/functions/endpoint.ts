import { type FunctionOutcome, type Invocation, type LocalFunction } from '../../../lib/serve/functions';
import { answered, timedOut } from './payloads';
import { splitPrelude } from './streamed-answer';

/** Addresses of the Invoke API of Lambda, as `--lambda-endpoint` gives them. */
export interface Endpoints {
  /** By logical id or name of the function. */
  readonly byFunction?: Readonly<Record<string, string>>;
  /** Of all others. */
  readonly all?: string;
}

interface Endpoint {
  readonly url: string;
  /** Names that the function may have there. */
  readonly names: readonly string[];
}

/** What a container needs to start, in addition to the time of the function. */
const START_MS = 10_000;

export function endpointOf({ id, name }: LocalFunction, endpoints: Endpoints = {}): Endpoint | undefined {
  const own = endpoints.byFunction?.[id] ?? endpoints.byFunction?.[name];
  const url = own ?? endpoints.all;
  if (url === undefined) return undefined;
  // The emulator in the images of AWS names its only function "function".
  return { url: url.replace(/\/$/, ''), names: [...new Set([name, id, ...(own === undefined ? [] : ['function'])])] };
}

/**
 * Calls the function with the Invoke API.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function callEndpoint(
  endpoint: Endpoint,
  target: LocalFunction,
  invocation: Invocation,
): Promise<FunctionOutcome> {
  try {
    for (const name of endpoint.names) {
      const response = await post(endpoint.url, name, target, invocation);
      // Nothing ran there: it may know the function by another name.
      if (response.status !== 404) return await outcomeOf(response, target, invocation);
      await response.body?.cancel();
    }
    return { kind: 'refused', reason: `${endpoint.url} knows no function ${endpoint.names.join(' or ')}` };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return timedOut(invocation.requestId, target.timeoutInMs);
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return {
      kind: 'refused',
      reason: `${endpoint.url} does not answer (${cause?.code ?? message}): start ${target.id} there, or correct --lambda-endpoint`,
    };
  }
}

function post(url: string, name: string, target: LocalFunction, invocation: Invocation): Promise<Response> {
  const region = target.arn.split(':')[3] || 'us-east-1';
  return fetch(`${url}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Amz-Invocation-Type': 'RequestResponse',
      'X-Amzn-RequestId': invocation.requestId,
      // Not verified by emulators; some read the region from it.
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(invocation.event) ?? 'null',
    redirect: 'error',
    signal: AbortSignal.timeout(target.timeoutInMs + START_MS),
  });
}

async function outcomeOf(
  response: Response,
  { id }: LocalFunction,
  { streaming }: Invocation,
): Promise<FunctionOutcome> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const payload = bytes.toString('utf8');
  if (response.status === 429)
    return { kind: 'refused', reason: messageOf(payload) ?? 'Rate Exceeded.', throttled: true };
  if (!response.ok)
    return {
      kind: 'refused',
      reason: `${response.url} answered ${response.status} to the call of ${id}: ${messageOf(payload) ?? payload.slice(0, 200)}`,
    };
  if (response.headers.has('x-amz-function-error')) return { kind: 'error', payload };
  const { prelude, rest } = splitPrelude(bytes, true)!;
  if (streaming && prelude) return { kind: 'stream', prelude, body: oneChunk(rest) };
  return answered(payload === '' ? 'null' : payload);
}

/** Emulators give streamed answers in one piece. */
async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

function messageOf(payload: string): string | undefined {
  try {
    const error = JSON.parse(payload) as { message?: unknown; Message?: unknown } | null;
    const message = error?.message ?? error?.Message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
