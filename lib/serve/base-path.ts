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

/** The base path as it begins the path of a request, if it does. */
export function basePathIn(target: string, key: string): string | undefined {
  if (key === '') return '';
  const [path] = target.split('?');
  const written = path.replace(/^\/+/, '/');
  const { length } = key.split('/');
  const head = written
    .split('/')
    .slice(0, length + 1)
    .join('/');
  return decodedPath(head) === `/${key}` ? head : undefined;
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
