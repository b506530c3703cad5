import { type Node } from '../reader/node';
import { UNKNOWN, type Value } from '../model/value';

const SCHEME_AND_HOST = /^([^/]*:)?\/\/[^/]*/;
const VARIABLE = /\{([^{}]*)\}/g;

/**
 * The base path of a document as an import finds it: `basePath` of Swagger 2; of OpenAPI 3 the default of the first server
 * variable `basePath`, else the path of the server. It begins with a slash; undefined if there is none.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function basePathOf(root: Node): Value<string> | undefined {
  if (!root.get('swagger').isAbsent) return normal(root.get('basePath').string());
  const servers = root.get('servers').items();
  if (servers === UNKNOWN) return UNKNOWN;
  const variables = servers.map((server) => server.get('variables').get('basePath')).filter((one) => !one.isAbsent);
  if (variables.length > 0) return normal(variables[0].get('default').string());
  return servers.length === 0 ? undefined : normal(pathOf(servers[0]));
}

function pathOf(server: Node): Value<string> | undefined {
  const url = server.get('url').string();
  if (typeof url !== 'string') return url;
  let isTold = true;
  const path = url.replace(SCHEME_AND_HOST, '').replace(VARIABLE, (whole, name: string) => {
    const value = server.get('variables').get(name).get('default').string();
    isTold &&= value !== UNKNOWN;
    return typeof value === 'string' ? value : whole;
  });
  return isTold ? path : UNKNOWN;
}

function normal(path: Value<string> | undefined): Value<string> | undefined {
  if (typeof path !== 'string') return path;
  const segments = path.split('/').filter((segment) => segment !== '');
  return segments.length === 0 ? undefined : `/${segments.join('/')}`;
}
