import { Token } from 'aws-cdk-lib';
import { binaryTypeOf } from '../checks/queries/binary-types';
import { type Document } from '../document/skeleton';

/** Payloads that an integration cannot take as bytes. */
export interface TextOnly {
  /** Media types of the payloads. */
  readonly types: readonly string[];
  /** Whether a binary type that is known only at deployment counts as one of them. */
  readonly unknownCounts?: true;
  /** The problem if a payload of the type is bytes, and what to write instead. */
  readonly problem: (type: string) => string;
}

const TO_TEXT = { contentHandling: 'CONVERT_TO_TEXT' };

/** The problem of an integration in an API with these binary types; undefined if there is none. */
export function bytesProblem(
  textOnly: readonly TextOnly[] = [],
  binaryMediaTypes: readonly string[],
): string | undefined {
  for (const { types, unknownCounts, problem } of textOnly) {
    const isBytes = unknownCounts ? mayBeBinary : isBinary;
    const type = types.find((each) => isBytes(each, binaryMediaTypes));
    if (type !== undefined) return problem(type);
  }
  return undefined;
}

/**
 * The integration with payloads converted to text wherever a template applies. No template reads bytes, not even one that leaves
 * the body unchanged: the response would be a 500. The user's `contentHandling` is kept.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function asText(integration: Document, binaryMediaTypes: readonly string[]): Document {
  if (binaryMediaTypes.length === 0) return integration;
  const { type, ...rest } = integration;
  const { requestTemplates, responses } = integration as Readonly<Record<string, Document | undefined>>;
  const isBytes = Object.keys(requestTemplates ?? {}).some((each) => mayBeBinary(each, binaryMediaTypes));
  return {
    type,
    ...(isBytes && integration.contentHandling === undefined ? TO_TEXT : {}),
    ...rest,
    ...(responses ? { responses: mapped(responses, responseAsText) } : {}),
  };
}

/** A client that accepts a binary type first would get the template's output as bytes. */
function responseAsText(response: Document): Document {
  return response.responseTemplates && response.contentHandling === undefined ? { ...response, ...TO_TEXT } : response;
}

function mapped(documents: Document, change: (document: Document) => Document): Document {
  return Object.fromEntries(Object.entries(documents).map(([name, held]) => [name, change(held as Document)]));
}

/** The template of a response that is passed on unchanged, for APIs that pick one of several CORS origins. */
export const passedOn = (corsTemplate: string): string => `${corsTemplate}$input.body`;

/** The counterpart of `passedOn`: bytes would reach the client as Base64. */
export const PASSED_ON: TextOnly = {
  types: ['application/json'],
  problem: () =>
    'the response is passed on unchanged, but picking one of several CORS origins requires a template, which gets bytes as Base64; ' +
    'give cors one origin, or name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
};

/** Whether the binary types include a media type, as far as is known before deployment. */
function isBinary(type: string, binaryMediaTypes: readonly string[]): boolean {
  return binaryTypeOf(type, { binaryMediaTypes }) !== undefined;
}

/** The same, if a type that is known only at deployment may be any type. */
function mayBeBinary(type: string, binaryMediaTypes: readonly string[]): boolean {
  return binaryMediaTypes.some((media) => Token.isUnresolved(media)) || isBinary(type, binaryMediaTypes);
}
