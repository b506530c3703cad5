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

/** What the gateway answers. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderFields;
  /** The chunks of a streamed answer as they come. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** The value of a header, by its name in any case; the last one, if it was sent several times. */
export function headerOf(headers: HeaderFields, name: string): string | undefined {
  const lower = name.toLowerCase();
  return headers.filter(([each]) => each.toLowerCase() === lower).at(-1)?.[1];
}
