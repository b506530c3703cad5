import * as http from 'node:http';
import * as https from 'node:https';
import { BackendError, type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { headerOf, type HeaderFields } from '../../../lib/serve/exchange';

const AGENTS = { keepAlive: true, maxSockets: 256 } as const;

/** Sends the requests of the gateway to servers, with headers as they are given. */
export class HttpClient {
  private readonly http = new http.Agent(AGENTS);
  private readonly https = new https.Agent(AGENTS);

  public async send({ method, url, headers, body, timeoutInMs, tls = {} }: HttpCall): Promise<HttpReply> {
    const target = new URL(url);
    const isPlain = target.protocol === 'http:';
    const hasBody = body.length > 0 || /^(POST|PUT|PATCH|DELETE)$/.test(method);
    const options: https.RequestOptions = {
      ...{ method, agent: isPlain ? this.http : this.https, rejectUnauthorized: tls.isInsecure !== true },
      ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
      headers: [
        ...hostOf(headers, target),
        ...flat(headers),
        ...(hasBody ? ['Content-Length', String(body.length)] : []),
      ] as never,
    };
    const trailer = headerOf(headers, 'trailer');
    if (trailer !== undefined) http.validateHeaderValue('Trailer', trailer);
    return new Promise((resolve, reject) => {
      const request = (isPlain ? http : https).request(target, options);
      if (trailer !== undefined) announce(request, trailer);
      const timer = setTimeout(() => {
        reject(new BackendError('timeout', `${target.origin} gave no answer within ${timeoutInMs} ms`));
        request.destroy();
      }, timeoutInMs);
      request.on('error', (error) => {
        clearTimeout(timer);
        reject(new BackendError('connection', `${target.origin} cannot be reached: ${error.message}`));
      });
      request.on('response', (response) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 502, headers: paired(response.rawHeaders), body: chunksOf(response) });
      });
      request.end(body);
    });
  }

  public close(): void {
    this.http.destroy();
    this.https.destroy();
  }
}

/** The body; a response that breaks off is an error of the back end. */
async function* chunksOf(response: http.IncomingMessage): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk as Uint8Array;
  } catch (error) {
    throw new BackendError('connection', `The response of the back end broke off: ${(error as Error).message}`);
  }
}

/** Node adds it to an object of headers, not to a list. */
const hostOf = (headers: HeaderFields, { host }: URL): string[] =>
  headerOf(headers, 'host') === undefined ? ['Host', host] : [];

/**
 * Adds `Trailer`, which API Gateway sends together with `Content-Length`. Node refuses that, since no trailer can follow, so it goes into the
 * head that Node has written and not sent; if there is none, the field is left out.
 */
function announce(request: http.ClientRequest, value: string): void {
  const written = request as { _header?: unknown };
  if (typeof written._header !== 'string' || !written._header.endsWith('\r\n\r\n')) return;
  written._header = `${written._header.slice(0, -2)}Trailer: ${value}\r\n\r\n`;
}

function flat(headers: HeaderFields): string[] {
  // Node refuses the one and sets the other.
  return headers
    .filter(([name]) => !/^(trailer|content-length)$/i.test(name))
    .flatMap(([name, value]) => [name, value]);
}

/** Node's list of names and values as pairs. */
export function paired(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([raw[at], raw[at + 1]]);
  return pairs;
}
