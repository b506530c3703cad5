import { Token } from 'aws-cdk-lib';
import { type Document } from '../../shared/skeleton';
import { type IntegrationContext } from '../binding';

/** Whether `binaryMediaTypes` of a gateway make bytes of a payload of this type, as far as is known before deployment. */
export function isBinary(type: string, binaryMediaTypes: readonly string[]): boolean {
  const [wanted] = type.toLowerCase().split('/');
  return binaryMediaTypes.some((media) => {
    const lower = media.toLowerCase();
    return lower === '*/*' || lower === `${wanted}/*` || lower === type.toLowerCase();
  });
}

/** The same, where a type that only the deployment knows may be any type. */
function mayBeBinary(type: string, binaryMediaTypes: readonly string[]): boolean {
  return binaryMediaTypes.some((media) => Token.isUnresolved(media)) || isBinary(type, binaryMediaTypes);
}

/**
 * What an integration needs whose request templates are for these types. No template reads bytes, not even one that leaves the
 * body alone: the answer would be a 500.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function requestAsText(types: readonly string[], binaryMediaTypes: readonly string[]): Document {
  return types.some((type) => mayBeBinary(type, binaryMediaTypes)) ? { contentHandling: 'CONVERT_TO_TEXT' } : {};
}

/** What a response with a template needs: to a client that accepts a binary type first, its body would be bytes otherwise. */
export function responseAsText(binaryMediaTypes: readonly string[]): Document {
  return binaryMediaTypes.length > 0 ? { contentHandling: 'CONVERT_TO_TEXT' } : {};
}

/** An integration that was bound before its API got these types, as it would have been bound after it. */
export function asText(integration: Document, binaryMediaTypes: readonly string[]): Document {
  const { requestTemplates, responses, ...rest } = integration;
  return {
    ...(requestTemplates ? requestAsText(Object.keys(requestTemplates), binaryMediaTypes) : {}),
    ...rest,
    requestTemplates,
    responses: responses && mapped(responses as Document, (response) => responseFor(response, binaryMediaTypes)),
  };
}

function responseFor(response: Document, binaryMediaTypes: readonly string[]): Document {
  return response.responseTemplates ? { ...responseAsText(binaryMediaTypes), ...response } : response;
}

function mapped(documents: Document, change: (document: Document) => Document): Document {
  return Object.fromEntries(Object.entries(documents).map(([name, held]) => [name, change(held as Document)]));
}

/**
 * The template of an answer that is passed on as it is, where CORS takes one.
 * @throws where every answer is bytes, which would reach the client as Base64
 */
export function bodyTemplate(
  corsTemplate: string,
  { owner, binaryMediaTypes }: Pick<IntegrationContext, 'owner' | 'binaryMediaTypes'>,
): string {
  if (isBinary('application/json', binaryMediaTypes)) {
    throw owner.error(
      'the answer is passed on as it is, and picking one of several CORS origins takes a template, which gets bytes as Base64; ' +
        'give cors one origin, or name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
    );
  }
  return `${corsTemplate}$input.body`;
}
