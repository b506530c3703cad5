import { type Location } from '../template/model/place';
import { BackendError, type Backends, type HttpCall, type HttpReply } from './backends';
import { type HeaderFields } from './exchange';
import { misconfigured, Refusal } from './refusal';

/** Calls a server or a service. @throws Refusal where the URL is none, or nobody answers */
export async function sent(backends: Backends, call: HttpCall, because: readonly Location[]): Promise<HttpReply> {
  if (!URL.canParse(call.url) || /[{}]/.test(call.url)) {
    throw misconfigured(`The URL of the back end cannot be called: ${call.url}`, because);
  }
  return guarded(because, () => backends.send(call));
}

/** Runs a call; no answer is a refusal. */
export async function guarded<T>(because: readonly Location[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    if (error.kind === 'timeout') throw new Refusal('INTEGRATION_TIMEOUT', { reason: error.message, because });
    if (error.kind === 'refused') throw misconfigured(error.message, because);
    throw new Refusal('INTEGRATION_FAILURE', { reason: error.message, because });
  }
}

/** A URI with the values of its path parameters. */
export const filled = (uri: string, values: Readonly<Record<string, string>>): string =>
  uri.replace(/\{([\w-]+)\+?\}/g, (written, name: string) => (Object.hasOwn(values, name) ? values[name] : written));

export function withQuery(uri: string, query: HeaderFields): string {
  if (query.length === 0) return uri;
  const text = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return `${uri}${uri.includes('?') ? '&' : '?'}${text}`;
}

export async function whole(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
