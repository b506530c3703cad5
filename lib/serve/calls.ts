import { type Location } from '../template/model/place';
import { type Backends, type HttpCall, type HttpReply } from './backends';
import { type HeaderFields } from './exchange';
import { guarded } from './guarded';
import { misconfigured } from './refusal';

/** Calls a server or a service. @throws Refusal if the URL is invalid, or there is no response */
export async function sent(backends: Backends, call: HttpCall, because: readonly Location[]): Promise<HttpReply> {
  if (!URL.canParse(call.url) || /[{}]/.test(call.url)) {
    throw misconfigured(`The URL of the back end cannot be called: ${call.url}`, because);
  }
  return guarded(because, () => backends.send(call));
}

/** A URI with the values of its path parameters. */
export const filled = (uri: string, values: Readonly<Record<string, string>>): string =>
  uri.replace(/\{([\w-]+)\+?\}/g, (written, name: string) => (Object.hasOwn(values, name) ? values[name] : written));

export function withQuery(uri: string, query: HeaderFields): string {
  if (query.length === 0) return uri;
  const text = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return `${uri}${uri.includes('?') ? '&' : '?'}${text}`;
}
