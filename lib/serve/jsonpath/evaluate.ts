import { TemplateError } from '../vtl/scanner';
import { JavaList, JavaMap, type Value } from '../vtl/values';
import { type Filter, type JsonPath, type Operand, type PathStep } from './ast';
import { compareSides, matchesPattern } from './comparisons';
import { callFunction } from './functions';

/** Places that one evaluation may visit. */
const PLACES_MAX = 1_000_000;

/**
 * What a path leads to: of a path that leads to one place, the value; of all others, a list of values.
 *
 * @returns undefined where it leads to one place, and that is not there
 * @throws TemplateError where the path visits too much, or calls a function that is not there
 */
export function evaluatePath(path: JsonPath, root: Value): Value | undefined {
  return new Evaluation(root).at(path, root);
}

/** A step leads to one place at most. */
const isSingle = (step: PathStep): boolean =>
  step.kind === 'names' || (step.kind === 'indexes' && step.indexes.length === 1);

class Evaluation {
  private visited = 0;

  constructor(private readonly root: Value) {}

  public at({ isRelative, steps }: JsonPath, current: Value): Value | undefined {
    let found: readonly Value[] = [isRelative ? current : this.root];
    let isOne = true;
    for (const [at, step] of steps.entries()) {
      if (step.kind === 'function') {
        const self = isOne ? found[0] : new JavaList([...found], 'json');
        const args = step.args.map((arg) => this.side(arg, current));
        const result = callFunction(
          step.name,
          self,
          args.filter((arg) => arg !== undefined),
        );
        if (result === undefined) return undefined;
        found = [result];
        isOne = true;
      } else {
        const next = found.map((value) => this.children(step, value, at === steps.length - 1));
        if (isOne && next[0] === undefined) return undefined;
        found = next.flatMap((values) => values ?? []);
        isOne &&= isSingle(step);
      }
    }
    return isOne ? found[0] : new JavaList([...found], 'json');
  }

  /** Where one step leads; undefined where it fits no such value. */
  private children(
    step: Exclude<PathStep, { kind: 'function' }>,
    value: Value,
    isLast: boolean,
  ): readonly Value[] | undefined {
    if (++this.visited > PLACES_MAX) throw new TemplateError(`a path that visits more than ${PLACES_MAX} places`);
    switch (step.kind) {
      case 'deep':
        return [...this.descendants(value)];
      case 'all':
        return childrenOf(value);
      case 'names':
        return value instanceof JavaMap ? named(value, step.names, isLast) : undefined;
      case 'indexes':
        return value instanceof JavaList ? indexed(value, step.indexes) : undefined;
      case 'slice':
        return value instanceof JavaList ? value.items.slice(step.from ?? 0, step.to) : undefined;
      case 'filter':
        return (value instanceof JavaList ? value.items : [value]).filter((each) => this.matches(step.filter, each));
    }
  }

  /** A value and all that is in it, from the top. */
  private *descendants(value: Value): Generator<Value> {
    if (++this.visited > PLACES_MAX) throw new TemplateError(`a path that visits more than ${PLACES_MAX} places`);
    yield value;
    for (const child of childrenOf(value)) yield* this.descendants(child);
  }

  private matches(filter: Filter, element: Value): boolean {
    switch (filter.kind) {
      case 'and':
        return filter.of.every((each) => this.matches(each, element));
      case 'or':
        return filter.of.some((each) => this.matches(each, element));
      case 'not':
        return !this.matches(filter.of, element);
      case 'exists':
        return this.at(filter.path, element) !== undefined;
      case 'compare': {
        const { operator, left, right } = filter;
        const value = this.side(left, element);
        if (operator === '=~') return right.kind === 'pattern' && matchesPattern(right.pattern, value);
        return compareSides(operator, value, this.side(right, element));
      }
    }
  }

  private side(operand: Operand, element: Value): Value | undefined {
    if (operand.kind === 'path') return this.at(operand.path, element);
    return operand.kind === 'value' ? operand.value : undefined;
  }
}

function childrenOf(value: Value): readonly Value[] {
  if (value instanceof JavaList) return value.items;
  return value instanceof JavaMap ? value.values : [];
}

/** Several names at the end of a path give one map of those that are there. */
function named(map: JavaMap, names: readonly string[], isLast: boolean): readonly Value[] | undefined {
  const there = names.filter((name) => map.has(name));
  if (names.length === 1) return there.length === 0 ? undefined : [map.get(names[0])];
  return isLast ? [new JavaMap(there.map((name) => [name, map.get(name)]))] : there.map((name) => map.get(name));
}

function indexed({ items }: JavaList, indexes: readonly number[]): readonly Value[] | undefined {
  const found = indexes
    .map((index) => (index < 0 ? items.length + index : index))
    .filter((at) => at >= 0 && at < items.length);
  return indexes.length === 1 && found.length === 0 ? undefined : found.map((at) => items[at]);
}
