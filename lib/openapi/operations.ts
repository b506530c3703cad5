import { isObject, type Schema } from '../json-schema/subschemas';
import { GREEDY } from '../template/openapi/greedy';
import { withDefaultRoute } from './default-route';
import { type Operation } from './operation';
import { type References } from './references';
import { type SharedRepair } from './repairs';
import { type Report } from './report';
import { type OpenApiTarget } from './target';

export { type Operation } from './operation';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const OTHERS = ['summary', 'description', 'servers', 'parameters', '$ref'];

/** The operations of a document, by path and method. */
export function operationsOf(
  document: Schema,
  { api, hasDefaultRoute }: OpenApiTarget,
  references: References,
  report: Report<SharedRepair>,
): Operation[] {
  const operations: Operation[] = [];
  const paths = document.paths as Schema;
  for (const path of Object.keys(paths)
    .filter((name) => !name.startsWith('x-'))
    .sort()) {
    const item = references.follow(paths[path], ['paths', path]);
    const route = item?.value[GREEDY] === true ? greedy(path, item.path, report) : path;
    for (const [name, value] of Object.entries(item?.value ?? {})) {
      const place = [...(item?.path ?? []), name];
      if (OTHERS.includes(name) || name.startsWith('x-')) continue;
      if (!METHODS.includes(name)) report.error(place, `is not a method of ${api}; allowed: ${METHODS.join(', ')}`);
      else if (!isObject(value)) report.error(place, 'is not an object');
      else
        operations.push(
          operation(
            name,
            route,
            value,
            place,
            { value: item?.value.parameters, place: [...place.slice(0, -1), 'parameters'] },
            report,
          ),
        );
    }
  }
  const served = hasDefaultRoute ? withDefaultRoute(operations, report) : operations;
  checkIds(served, report);
  return served;
}

function operation(
  name: string,
  path: string,
  value: Schema,
  place: readonly string[],
  shared: Operation['shared'],
  report: Report<SharedRepair>,
): Operation {
  const method = name.toUpperCase();
  const served = withoutSlash(path, report);
  const text = (key: string) => {
    if (value[key] !== undefined && typeof value[key] !== 'string') report.error([...place, key], 'is not text');
    return typeof value[key] === 'string' ? value[key] : undefined;
  };
  return {
    key: `${method} ${served}`,
    method,
    path: served,
    operationId: text('operationId'),
    summary: text('summary'),
    description: text('description'),
    place,
    value,
    shared,
  };
}

/** The path with the `+` that API Gateway calls for, and tools do not understand. */
function greedy(path: string, place: readonly string[], report: Report<SharedRepair>): string {
  if (!/\{[^{}]+\}$/.test(path)) report.error([...place, GREEDY], 'is true, but the path does not end with a variable');
  return path.replace(/([^+])\}$/, '$1+}');
}

function withoutSlash(path: string, report: Report<SharedRepair>): string {
  if (!/.\/$/.test(path)) return path;
  report.repair('TrailingSlashes', ['paths', path]);
  return path.replace(/(?<!\/)\/+$/, '');
}

function checkIds(operations: readonly Operation[], report: Report<SharedRepair>): void {
  const ids = new Map<string, Operation>();
  for (const one of operations) {
    if (one.operationId === undefined) continue;
    const other = ids.get(one.operationId);
    if (other)
      report.error(
        [...one.place, 'operationId'],
        `is "${one.operationId}", as is that of ${other.key}; an operationId must be unique`,
      );
    ids.set(one.operationId, one);
  }
}
