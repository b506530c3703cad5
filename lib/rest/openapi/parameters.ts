import { isObject, type Schema } from '../../shared/json-schema/subschemas';
import { show } from '../../shared/errors';
import { HEADER_NAME, QUERY_NAME } from '../request';
import { type Operation } from './operations';
import { type References, type Target } from './references';
import { type Report } from './report';

/** Query and header parameters: name → whether a request must have it. */
export interface Parameters {
  readonly query: Record<string, boolean>;
  readonly headers: Record<string, boolean>;
}

/** The parameters of an operation that API Gateway knows how to check: whether they are there. */
export function parametersOf(operation: Operation, references: References, report: Report): Parameters {
  const found: Parameters = { query: {}, headers: {} };
  const variables = [...operation.path.matchAll(/\{([^{}+]*)\+?\}/g)].map(([, name]) => name);
  for (const { value, path } of mergedParameters(operation, references, report)) {
    const { name } = value;
    const required = value.required === true;
    if (typeof name !== 'string') {
      report.error([...path, 'name'], 'is no text');
    } else if (value.in === 'path') {
      if (!variables.includes(name))
        report.error(path, `is the path parameter ${show(name)}, and "${operation.path}" has no {${name}}`);
      if (value.style === 'label' || value.style === 'matrix') report.repair('PathStyles', path);
    } else if (value.in === 'query') {
      if (isQueryObject(value, path, references)) report.repair('QueryObjects', path, ` (${name})`);
      else if (!QUERY_NAME.test(name)) report.repair('ParameterNames', path, ` (${name})`);
      else found.query[name] = required;
    } else if (value.in === 'header') {
      if (/^(accept|content-type|authorization)$/i.test(name)) report.repair('HeadersOfHttp', path, ` (${name})`);
      else if (!HEADER_NAME.test(name)) report.repair('ParameterNames', path, ` (${name})`);
      else found.headers[name] = required;
    } else if (value.in === 'cookie') {
      report.repair('Cookies', path, ` (${name})`);
    } else {
      report.error([...path, 'in'], `is ${show(value.in)}; a parameter is in path, query, header or cookie`);
    }
  }
  return found;
}

/** Those of the path, replaced by those of the operation with the same name and place. */
function mergedParameters(operation: Operation, references: References, report: Report): Target[] {
  const merged = new Map<string, Target>();
  const lists = [operation.shared, { value: operation.value.parameters, place: [...operation.place, 'parameters'] }];
  for (const { value, place } of lists) {
    if (value !== undefined && !Array.isArray(value)) report.error(place, 'is no list');
    for (const [index, parameter] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
      const target = references.follow(parameter, [...place, String(index)]);
      if (target) merged.set(`${String(target.value.in)} ${String(target.value.name)}`, target);
    }
  }
  return [...merged.values()];
}

/** `filter[a]=1`, or `a=1&b=2`: either way the query has no parameter of the name. */
function isQueryObject(parameter: Schema, path: readonly string[], references: References): boolean {
  if (parameter.style === 'deepObject') return true;
  if (parameter.explode === false || !isObject(parameter.schema)) return false;
  return references.follow(parameter.schema, [...path, 'schema'])?.value.type === 'object';
}
