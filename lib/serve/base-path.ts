import { isKnown, type Value } from '../template/model/value';
import { type Location } from '../template/model/place';

/** How an API imports the base path of its document. */
interface ImportedApi {
  readonly basePath?: Value<string>;
  readonly documentBasePath?: Value<string>;
}

/**
 * What an import puts before the paths of a document: nothing, its base path (`prepend`), or that without its first part (`split`).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function importedBasePath({ basePath, documentBasePath }: ImportedApi): string {
  if (!isKnown(basePath) || !isKnown(documentBasePath)) return '';
  const mode = basePath.toLowerCase();
  if (mode === 'prepend') return documentBasePath;
  return mode === 'split' ? documentBasePath.replace(/^\/[^/]*/, '') : '';
}

/** Whether a route is from a document, not from a resource. */
export const isOfDocument = ({ path }: Location): boolean => path.includes('paths');
