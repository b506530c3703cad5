import { copyOf, isPlain } from '../document/merged';
import { type Document } from '../document/skeleton';
import { amended } from '../document/spliced-body';
import { endpointChanges, infoChanges, isDocument } from '../document/document-settings';

/** Properties of the API resource → their place in the document. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  ApiKeySourceType: 'x-amazon-apigateway-api-key-source',
  BinaryMediaTypes: 'x-amazon-apigateway-binary-media-types',
  EndpointAccessMode: 'x-amazon-apigateway-endpoint-access-mode',
  MinimumCompressionSize: 'x-amazon-apigateway-minimum-compression-size',
  Policy: 'x-amazon-apigateway-policy',
  SecurityPolicy: 'x-amazon-apigateway-security-policy',
};

/**
 * The document with the final values of properties that differ from what the gateway wrote. A document that is not the gateway's
 * and cannot be read is left unchanged.
 *
 * @param changed property → final value, undefined if it was removed
 */
export function followed(document: unknown, changed: ReadonlyMap<string, unknown>): unknown {
  if (!isDocument(document)) return document;
  const changes: Document = { ...infoChanges(document, changed) };
  for (const [name, extension] of Object.entries(EXTENSIONS)) {
    // A copy, since overrides of the document are merged into the existing value.
    if (changed.has(name)) changes[extension] = copyOf(changed.get(name));
  }
  const endpoint = new Map<string, unknown>();
  if (changed.has('DisableExecuteApiEndpoint')) {
    endpoint.set('disableExecuteApiEndpoint', changed.get('DisableExecuteApiEndpoint'));
  }
  if (changed.has('EndpointConfiguration')) {
    const configuration = changed.get('EndpointConfiguration');
    const ids = isPlain(configuration) ? configuration.VpcEndpointIds : undefined;
    endpoint.set('vpcEndpointIds', copyOf(ids));
  }
  return amended(document, { ...changes, ...endpointChanges(document, endpoint) });
}
