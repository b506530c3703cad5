import { REST_PARAMETER_NAME } from '../../facts/names';
import { isObject, type Schema } from '../../json-schema/subschemas';
import { type Operation } from '../../openapi/operations';
import { parametersOf } from '../../openapi/parameters';
import { type References } from '../../openapi/references';
import { type RestReport } from './repairs';
import { put } from '../../lookup/named';

/** Query and header parameters: name → whether a request must have it. */
export interface Parameters {
  readonly query: Record<string, boolean>;
  readonly headers: Record<string, boolean>;
}

/** The parameters of an operation that API Gateway can check for presence. */
export function checkedParametersOf(operation: Operation, references: References, report: RestReport): Parameters {
  const found: Parameters = { query: {}, headers: {} };
  // Path, query and headers share one set of names.
  const names = new Set([...operation.path.matchAll(/\{([^{}+]*)\+?\}/g)].map(([, name]) => name));
  const isTaken = (name: string) => REST_PARAMETER_NAME.test(name) && !names.has(name);
  for (const { name, in: place, required, value, path } of parametersOf(operation, references, report)) {
    if (place === 'query') {
      if (isQueryObject(value, path, references)) report.repair('QueryObjects', path, ` (${name})`);
      else if (!isTaken(name)) report.repair('ParameterNames', path, ` (${name})`);
      else {
        names.add(name);
        put(found.query, name, required);
      }
    } else if (place === 'header') {
      if (/^(accept|content-type|authorization)$/i.test(name)) report.repair('HeadersOfHttp', path, ` (${name})`);
      else if (!isTaken(name)) report.repair('ParameterNames', path, ` (${name})`);
      else {
        names.add(name);
        put(found.headers, name, required);
      }
    } else if (place === 'cookie') {
      report.repair('Cookies', path, ` (${name})`);
    }
  }
  return found;
}

/** `filter[a]=1`, or `a=1&b=2`: either way the query has no parameter of that name. */
function isQueryObject(parameter: Schema, path: readonly string[], references: References): boolean {
  if (parameter.style === 'deepObject') return true;
  if (parameter.explode === false || !isObject(parameter.schema)) return false;
  return references.follow(parameter.schema, [...path, 'schema'])?.value.type === 'object';
}
