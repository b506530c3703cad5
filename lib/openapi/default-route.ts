import { isObject, type Schema } from '../json-schema/subschemas';
import { type Operation } from './operation';
import { type Report } from './report';
import { type SharedRepair } from './repairs';

/** The path of the default route of an HTTP API, and its key. */
const DEFAULT_PATH = '/$default';
const DEFAULT_KEY = '$default';
/** The methods that "apigw openapi --clean" writes: all but the preflight. */
const CALLED = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'];
/** What may differ: the id has the method in it, and the rest is not deployed. */
const DEPLOYED = ['security', 'summary', 'description'];

/** The operations, with those of `/$default` as the one route that they are. */
export function withDefaultRoute(operations: readonly Operation[], report: Report<SharedRepair>): Operation[] {
  const defaults = operations.filter(({ path }) => path === DEFAULT_PATH);
  const [first] = defaults;
  if (!first) return [...operations];
  const place = first.place.slice(0, -1);
  const missing = CALLED.filter((method) => !defaults.some((one) => one.method === method));
  if (missing.length > 0) {
    report.error(
      place,
      'cannot be served by an HTTP API: the route that takes what no other route does is "$default" alone, ' +
        `without a method and a path, and takes every method; add ${missing.join(', ').toLowerCase()}, or use another path`,
    );
  } else if (new Set(defaults.map(deployed)).size > 1) {
    report.error(
      place,
      `is one route, "${DEFAULT_KEY}", so all of its operations need the same security, summary and description`,
    );
  }
  const route: Operation = { ...first, key: DEFAULT_KEY, method: 'ANY', operationId: commonId(defaults) };
  return operations.flatMap((one) => (one === first ? [route] : one.path === DEFAULT_PATH ? [] : [one]));
}

const deployed = ({ value }: Operation): string => JSON.stringify(DEPLOYED.map((key) => part(value, key) ?? null));
const part = (value: Schema, key: string): unknown => (isObject(value) ? value[key] : undefined);

/** `filesGet`, `filesPut` … → `files`, as ANY is written; else the first. */
function commonId(operations: readonly Operation[]): string | undefined {
  const stems = operations.map(({ operationId: id, method }) => {
    const suffix = method[0] + method.slice(1).toLowerCase();
    return id?.endsWith(suffix) ? id.slice(0, -suffix.length) : id;
  });
  return new Set(stems).size === 1 && stems[0] !== '' ? stems[0] : operations[0].operationId;
}
