import { endpointChanges, infoChanges } from '../document/document-settings';
import { isIntrinsic, isPlain, merged } from '../document/merged';
import { type Document } from '../document/skeleton';
import { amended } from '../document/spliced-body';

/** Properties of the API that are in the document, and nowhere else. */
export const IN_DOCUMENT: readonly string[] = [
  'Name',
  'Description',
  'Version',
  'CorsConfiguration',
  'DisableExecuteApiEndpoint',
  'IpAddressType',
  'Tags',
];

const CORS = 'x-amazon-apigateway-cors';
const TAG_VALUE = 'x-amazon-apigateway-tag-value';

/**
 * The document with the values that were set on its properties.
 *
 * @param changed property → final value, undefined if it was removed
 */
export function followed(document: Document, changed: ReadonlyMap<string, unknown>): Document {
  if (changed.size === 0) return document;
  const changes: Document = infoChanges(document, changed);
  if (changed.has('CorsConfiguration')) changes[CORS] = corsOf(changed.get('CorsConfiguration'));
  if (changed.has('Tags')) changes.tags = tagsOf(document.tags, changed.get('Tags'));
  const endpoint = new Map<string, unknown>();
  for (const [property, name] of ENDPOINT_SETTINGS) {
    if (changed.has(property)) endpoint.set(name, changed.get(property));
  }
  return amended(document, { ...changes, ...endpointChanges(document, endpoint) });
}

const ENDPOINT_SETTINGS = [
  ['DisableExecuteApiEndpoint', 'disableExecuteApiEndpoint'],
  ['IpAddressType', 'ipAddressType'],
] as const;

/** As on the resource, with the names of the document. */
function corsOf(configuration: unknown): unknown {
  if (!isPlain(configuration) || isIntrinsic(configuration)) return configuration;
  return Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}

function tagsOf(written: unknown, overrides: unknown): unknown {
  const known = (Array.isArray(written) ? written : []) as Document[];
  const values = Object.fromEntries(known.map((tag) => [tag.name, tag[TAG_VALUE]]));
  const all = Object.entries((merged(values, overrides) ?? {}) as Document);
  return all.length > 0
    ? all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, [TAG_VALUE]: value }))
    : undefined;
}
