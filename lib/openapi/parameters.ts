import { show } from '../authoring/errors';
import { type Schema } from '../json-schema/subschemas';
import { type Operation } from './operations';
import { type References, type Target } from './references';
import { type SharedRepair } from './repairs';
import { type Report } from './report';

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly value: Schema;
  /** Keys from the root of the document to the parameter. */
  readonly path: readonly string[];
}

const PLACES: readonly unknown[] = ['path', 'query', 'header', 'cookie'];

/** The parameters of an operation, including those of its path; anything else is an error. */
export function* parametersOf(
  operation: Operation,
  references: References,
  report: Report<SharedRepair>,
): Generator<Parameter> {
  // OpenAPI calls the variable of "{proxy+}" "proxy+", API Gateway calls it "proxy".
  const variables = [...operation.path.matchAll(/\{([^{}]*?)(\+?)\}/g)].flatMap(([, name, plus]) => [
    name,
    name + plus,
  ]);
  for (const { value, path } of mergedParameters(operation, references, report)) {
    const { name } = value;
    if (typeof name !== 'string') {
      report.error([...path, 'name'], 'is not text');
    } else if (!PLACES.includes(value.in)) {
      report.error([...path, 'in'], `is ${show(value.in)}; allowed: path, query, header, cookie`);
    } else {
      if (value.in === 'path') {
        if (!variables.includes(name))
          report.error(path, `is the path parameter ${show(name)}, but "${operation.path}" has no {${name}}`);
        if (value.style === 'label' || value.style === 'matrix') report.repair('PathStyles', path);
      }
      yield { name, in: value.in as Parameter['in'], required: value.required === true, value, path };
    }
  }
}

/** Those of the path, replaced by those of the operation with the same name and `in`. */
function mergedParameters(operation: Operation, references: References, report: Report<SharedRepair>): Target[] {
  const merged = new Map<string, Target>();
  const lists = [operation.shared, { value: operation.value.parameters, place: [...operation.place, 'parameters'] }];
  for (const { value, place } of lists) {
    if (value !== undefined && !Array.isArray(value)) report.error(place, 'is not a list');
    for (const [index, parameter] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
      const target = references.follow(parameter, [...place, String(index)]);
      if (target) merged.set(`${String(target.value.in)} ${String(target.value.name)}`, target);
    }
  }
  return [...merged.values()];
}
