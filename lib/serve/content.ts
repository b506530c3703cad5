import { misconfigured } from './refusal';

/**
 * The binary media types of an API: `*` stands for any characters, but only at the end of a type or as the whole.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export class BinaryTypes {
  constructor(private readonly types: readonly string[]) {}

  public get isEmpty(): boolean {
    return this.types.length === 0;
  }

  /** Whether a body of this type is one of bytes. */
  public isBinary(mediaType: string | undefined): boolean {
    if (mediaType === undefined) return this.types.includes('*/*');
    return this.types.some(
      (type) =>
        type === '*/*' || type === mediaType || (type.endsWith('/*') && mediaType.startsWith(type.slice(0, -1))),
    );
  }

  /** Whether a client wants bytes: only the first type that it accepts counts. */
  public isAccepted(accept: string | undefined): boolean {
    return this.isBinary(accept?.split(',')[0].split(';')[0].trim().toLowerCase());
  }
}

/** A body on its way: a text that templates can read, or bytes that they cannot. */
export type Content = { readonly text: string } | { readonly bytes: Uint8Array };

export const bytesOf = (content: Content): Uint8Array =>
  'text' in content ? Buffer.from(content.text, 'utf8') : content.bytes;

/** The text of a content that a template reads. */
export function readable(content: Content, what: string): string {
  if ('text' in content) return content.text;
  throw misconfigured(`A mapping template cannot read the ${what}, which is binary`);
}

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What the integration gets of the body of a request. */
export function requestContent(body: Uint8Array, isBinary: boolean, handling: string | undefined): Content {
  if (handling === 'CONVERT_TO_BINARY') return isBinary ? { bytes: body } : { bytes: converted(body, 'request body') };
  if (handling === 'CONVERT_TO_TEXT') return { text: isBinary ? base64(body) : utf8(body) };
  return isBinary ? { bytes: body } : { text: utf8(body) };
}

/** What the client gets of the body of the back end, before its template. */
export function answerContent(
  body: Uint8Array,
  isBinary: boolean,
  handling: string | undefined,
  wantsBytes: boolean,
): Content {
  if (handling === 'CONVERT_TO_BINARY') {
    return isBinary ? { bytes: body } : { bytes: converted(body, 'body of the answer') };
  }
  if (handling === 'CONVERT_TO_TEXT') return { text: isBinary ? base64(body) : utf8(body) };
  if (wantsBytes)
    return {
      bytes: isBinary ? body : decodedBase64(utf8(body), 'A client that accepts bytes gets the body of the answer'),
    };
  return { text: isBinary ? base64(body) : utf8(body) };
}

const converted = (body: Uint8Array, what: string): Uint8Array =>
  decodedBase64(utf8(body), `contentHandling CONVERT_TO_BINARY decodes the ${what}`);

/** @throws Refusal if the text is not base64 */
export function decodedBase64(text: string, what: string): Uint8Array {
  // Functions answer JSON, so a text of theirs has quotes.
  const compact = text.replace(/^"(.*)"$/s, '$1').replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(compact)) {
    throw misconfigured(`${what}, which is not base64`);
  }
  return Buffer.from(compact, 'base64');
}
