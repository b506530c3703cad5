import http from 'node:http';
import https from 'node:https';
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
      const reply = await post(endpoint.url, name, target, invocation);
      // Nothing ran there: it may know the function by another name.
      if (reply.status !== 404) return outcomeOf(reply, endpoint.url, target, invocation);
    }
    return { kind: 'refused', reason: `${endpoint.url} has no function ${endpoint.names.join(' or ')}` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === TIMED_OUT) return timedOut(invocation.requestId, target.timeoutInMs);
    return {
      kind: 'refused',
      reason: `${endpoint.url} does not answer (${code ?? message}): start ${target.id} there, or correct --lambda-endpoint`,
    };
  }
}

interface Reply {
  readonly status: number;
  readonly failed: boolean;
  readonly bytes: Buffer;
}

const TIMED_OUT = 'FUNCTION_TIMED_OUT';

/** Not `fetch`, which refuses some ports. */
function post(url: string, name: string, target: LocalFunction, { event, requestId }: Invocation): Promise<Reply> {
  const region = target.arn.split(':')[3] || 'us-east-1';
  const body = Buffer.from(JSON.stringify(event) ?? 'null');
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'X-Amz-Invocation-Type': 'RequestResponse',
    'X-Amzn-RequestId': requestId,
    // Not verified by emulators; some read the region from it.
    Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
  };
  return new Promise((resolve, reject) => {
    const address = `${url}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
    const send = address.startsWith('https:') ? https.request : http.request;
    // A connection that is kept may be one to a container that is gone.
    const request = send(address, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          failed: response.headers['x-amz-function-error'] !== undefined,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    const timer = setTimeout(() => {
      reject(Object.assign(new Error('timed out'), { code: TIMED_OUT }));
      request.destroy();
    }, target.timeoutInMs + START_MS);
    request
      .on('error', reject)
      .on('close', () => clearTimeout(timer))
      .end(body);
  });
}

function outcomeOf(
  { status, failed, bytes }: Reply,
  url: string,
  { id }: LocalFunction,
  { streaming }: Invocation,
): FunctionOutcome {
  const payload = bytes.toString('utf8');
  if (status === 429) return { kind: 'refused', reason: messageOf(payload) ?? 'Rate Exceeded.', throttled: true };
  if (status < 200 || status > 299)
    return {
      kind: 'refused',
      reason: `${url} returned ${status} for the call of ${id}: ${messageOf(payload) ?? payload.slice(0, 200)}`,
    };
  if (failed) return { kind: 'error', payload };
  const { prelude, rest } = splitPrelude(bytes, true)!;
  if (streaming && prelude) return { kind: 'stream', prelude, body: oneChunk(rest) };
  return answered(payload === '' ? 'null' : payload);
}

/** Emulators return streams in one piece. */
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
