import { isObject, type Schema } from '../../shared/json-schema/subschemas';
import { type Operation } from '../../shared/openapi/operations';
import { parametersOf } from '../../shared/openapi/parameters';
import { type References } from '../../shared/openapi/references';
import { HEADER_NAME, QUERY_NAME } from '../request';
import { type RestReport } from './repairs';
import { put } from '../../template/named';

/** Query and header parameters: name → whether a request must have it. */
export interface Parameters {
  readonly query: Record<string, boolean>;
  readonly headers: Record<string, boolean>;
}

/** The parameters of an operation that API Gateway knows how to check: whether they are there. */
export function checkedParametersOf(operation: Operation, references: References, report: RestReport): Parameters {
  const found: Parameters = { query: {}, headers: {} };
  for (const { name, in: place, required, value, path } of parametersOf(operation, references, report)) {
    if (place === 'query') {
      if (isQueryObject(value, path, references)) report.repair('QueryObjects', path, ` (${name})`);
      else if (!QUERY_NAME.test(name)) report.repair('ParameterNames', path, ` (${name})`);
      else put(found.query, name, required);
    } else if (place === 'header') {
      if (/^(accept|content-type|authorization)$/i.test(name)) report.repair('HeadersOfHttp', path, ` (${name})`);
      else if (!HEADER_NAME.test(name)) report.repair('ParameterNames', path, ` (${name})`);
      else put(found.headers, name, required);
    } else if (place === 'cookie') {
      report.repair('Cookies', path, ` (${name})`);
    }
  }
  return found;
}

/** `filter[a]=1`, or `a=1&b=2`: either way the query has no parameter of the name. */
function isQueryObject(parameter: Schema, path: readonly string[], references: References): boolean {
  if (parameter.style === 'deepObject') return true;
  if (parameter.explode === false || !isObject(parameter.schema)) return false;
  return references.follow(parameter.schema, [...path, 'schema'])?.value.type === 'object';
}
