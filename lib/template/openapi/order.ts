import { isJson, type Json, object } from './json';

const ROOT = ['openapi', 'info', 'servers', 'tags', 'externalDocs', 'security', 'paths', 'components'];
const INFO = ['title', 'summary', 'description', 'version'];
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'x-amazon-apigateway-any-method'];
const ITEM = ['summary', 'description', 'servers', 'parameters', ...METHODS];
const OPERATION = [
  'operationId',
  'summary',
  'description',
  'tags',
  'deprecated',
  'security',
  'parameters',
  'requestBody',
  'responses',
];
const COMPONENTS = ['securitySchemes', 'schemas'];

/** The document with its keys in the order in which people read it; extensions come last. */
export function ordered(document: Json): Json {
  const paths = Object.entries(object(document.paths)).map(([path, item]) => {
    const operations = Object.entries(object(item)).map(([key, value]) => [
      key,
      METHODS.includes(key) && isJson(value) ? sorted(value, OPERATION) : value,
    ]);
    return [path, sorted(Object.fromEntries(operations) as Json, ITEM)];
  });
  const { info, components } = document;
  return sorted(
    {
      ...document,
      info: sorted(object(info), INFO),
      paths: Object.fromEntries(paths) as Json,
      components: isJson(components) ? sorted(components, COMPONENTS) : components,
    },
    ROOT,
  );
}

function sorted(value: Json, order: readonly string[]): Json {
  const rank = (key: string) => {
    const known = order.indexOf(key);
    return known >= 0 ? known : order.length + (key.startsWith('x-') ? 1 : 0);
  };
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)));
}
