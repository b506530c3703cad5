/** Header fields in their order, spelled as they were sent. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** A request as it arrives on the wire. */
export interface IncomingRequest {
  readonly method: string;
  /** Path and query, encoded as they were sent. */
  readonly target: string;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

/** A response of the gateway. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderFields;
  /** The chunks of a streamed answer as they come. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  /** Of a streamed answer: what ends it before its end. */
  readonly limits?: StreamLimits;
}

/** How long a back end may take for a chunk, and for all of them. */
export interface StreamLimits {
  readonly idleMs: number;
  readonly totalMs: number;
}

/** The value of a header, by its name in any case; the last one, if it was sent several times. */
export function headerOf(headers: HeaderFields, name: string): string | undefined {
  const lower = name.toLowerCase();
  for (let at = headers.length - 1; at >= 0; at--) {
    const [each, value] = headers[at];
    if (each.length === lower.length && each.toLowerCase() === lower) return value;
  }
  return undefined;
}

/** The headers with others that replace those of the same name. */
export function merged(headers: HeaderFields, others: HeaderFields): HeaderFields {
  if (others.length === 0) return headers;
  const replaced = new Set(others.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...others];
}

/** The headers with this one if none of them has its name. */
export const withDefault = (headers: HeaderFields, name: string, value: string): HeaderFields =>
  headerOf(headers, name) === undefined ? [[name, value], ...headers] : headers;

/** The media type of a body, in lower case and without parameters. */
export function mediaTypeOf(headers: HeaderFields): string | undefined {
  const type = headerOf(headers, 'content-type')?.split(';')[0].trim().toLowerCase();
  return type === '' ? undefined : type;
}

/** All bytes of a body. */
export async function whole(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
