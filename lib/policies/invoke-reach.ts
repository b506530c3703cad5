import { HTTP_METHODS } from '../facts/names';
import { matchesPattern } from './glob';
import { type Operation, OperationGroups } from './operation-groups';

/** Stands for a segment that no path of the API has, and for a stage. */
const OTHER = '~';
/** Limit of requests that are checked for one pattern and operation; beyond it the pattern is assumed to match. */
const MAX_REQUESTS = 500;
const MAX_WILDCARDS = 16;
/**
 * Segments of a path, and of a pattern. Each segment of a path is a resource, of which an API has 300 in all unless its quota is
 * raised: deeper paths do not exist in practice.
 */
const MAX_DEPTH = 100;

interface PathNode<T> {
  readonly literals: Map<string, PathNode<T>>;
  variable?: PathNode<T>;
  greedy?: PathNode<T>;
  readonly operations: Map<string, T>;
}

/** A segment that the operation fixes; undefined for any. */
type Wanted = string | undefined;

/**
 * Determines which requests of a REST API a pattern of a policy matches, and which operations serve them. A pattern is `stage/METHOD/path` with `*`
 * for any characters, including slashes, and `?` for one. The most specific path matches: a fixed segment before a variable,
 * a variable before a greedy one; a trailing slash makes no difference.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export class InvokeReach<T extends Operation> {
  private readonly root: PathNode<T> = node();
  private deepest = 0;
  private grouped?: OperationGroups<T>;

  constructor(private readonly operations: readonly T[]) {
    for (const operation of operations) this.add(operation);
  }

  /** The methods that the operation serves; for `ANY`, those for which its path has no other operation. */
  public methodsOf({ method, path }: Operation): string[] {
    if (isTooDeep(path)) return [];
    if (method !== 'ANY') return [method];
    const known = this.nodeOf(path).operations;
    return HTTP_METHODS.filter((one) => one !== 'ANY' && !known.has(one));
  }

  /**
   * A request that the pattern matches and the operation serves, as `stage/METHOD/path`; undefined if there is none.
   *
   * @param written the pattern
   * @param isExcepted requests to ignore
   */
  public request(written: string, operation: T, isExcepted = (_request: string) => false): string | undefined {
    const pattern = bounded(written);
    if (!this.groups.mayMatch(pattern, operation)) return undefined;
    let looked = 0;
    for (const method of this.methodsOf(operation)) {
      for (const wanted of this.formsOf(operation.path, pattern)) {
        for (const [stage, , ...path] of fill(pattern, [undefined, method, ...wanted])) {
          const request = [stage, method, ...path].join('/');
          const counts = !isExcepted(request);
          if (++looked > MAX_REQUESTS) return counts ? request : undefined;
          if (counts && this.answers(method, path) === operation) return request;
        }
      }
    }
    return undefined;
  }

  /** The first operation found that serves a request which the pattern matches. */
  public reached(pattern: string, which: (operation: T) => boolean): T | undefined {
    for (const operation of this.groups.candidates(bounded(pattern))) {
      if (which(operation) && this.request(pattern, operation) !== undefined) return operation;
    }
    return undefined;
  }

  private get groups(): OperationGroups<T> {
    return (this.grouped ??= new OperationGroups(
      this.operations,
      (operation) => this.methodsOf(operation),
      (pattern, methods, path) => this.matches(pattern, methods, path),
    ));
  }

  /** Whether the pattern matches a request with these methods and this path, ignoring more specific paths. */
  private matches(pattern: string, methods: readonly string[], path: string): boolean {
    for (const method of methods) {
      for (const wanted of this.formsOf(path, pattern)) {
        for (const found of fill(pattern, [undefined, method, ...wanted])) return found.length > 0;
      }
    }
    return false;
  }

  /** The operation that serves the path, given by its segments. */
  private answers(method: string, path: readonly string[]): T | undefined {
    const segments = path.length > 1 && path.at(-1) === '' ? path.slice(0, -1) : path;
    const operations = find(this.root, segments, 0)?.operations;
    return operations?.get(method) ?? operations?.get('ANY');
  }

  /** The lengths that a path of the operation can have, each with and without a slash at the end. */
  private *formsOf(path: string, pattern: string): Iterable<Wanted[]> {
    const segments = segmentsOf(path).map((segment) => (segment.startsWith('{') ? undefined : segment));
    const isGreedy = path.endsWith('+}');
    const most = isGreedy ? Math.max(this.deepest, pattern.split('/').length) + 1 : segments.length;
    for (let length = segments.length; length <= most; length++) {
      const wanted = [...segments, ...Array<Wanted>(length - segments.length).fill(undefined)];
      yield wanted;
      if (path !== '/') yield [...wanted, ''];
    }
  }

  private add(operation: T): void {
    if (isTooDeep(operation.path)) return;
    const segments = segmentsOf(operation.path);
    this.deepest = Math.max(this.deepest, segments.length);
    this.nodeOf(operation.path).operations.set(operation.method, operation);
  }

  private nodeOf(path: string): PathNode<T> {
    let at = this.root;
    for (const segment of segmentsOf(path)) {
      if (segment.endsWith('+}')) at = at.greedy ??= node();
      else if (segment.startsWith('{')) at = at.variable ??= node();
      else {
        const next = at.literals.get(segment) ?? node();
        at.literals.set(segment, next);
        at = next;
      }
    }
    return at;
  }
}

/** The pattern, or a wider one if it has more wildcards or segments than any realistic pattern. */
function bounded(pattern: string): string {
  const levels = pattern.split('/');
  const parts = (levels.length <= MAX_DEPTH ? pattern : `${levels.slice(0, MAX_DEPTH).join('/')}/*`)
    .replaceAll(/\*+/g, '*')
    .split(/(?<=[*?])/);
  return parts.length <= MAX_WILDCARDS
    ? parts.join('')
    : `${parts.slice(0, MAX_WILDCARDS).join('')}*`.replace('**', '*');
}

/** `/orders/{id}` as `/orders/*`; other placeholders for a variable that must not be empty. */
export function pathPattern(path: string, variable = '*'): string {
  return segmentsOf(path)
    .map((segment) => `/${segment.startsWith('{') ? variable : segment}`)
    .join('');
}

function node<T>(): PathNode<T> {
  return { literals: new Map(), operations: new Map() };
}

function segmentsOf(path: string): string[] {
  return path.replace(/^\//, '').split('/');
}

const isTooDeep = (path: string): boolean => segmentsOf(path).length > MAX_DEPTH;

function find<T>(at: PathNode<T>, segments: readonly string[], index: number): PathNode<T> | undefined {
  if (index === segments.length) return at.operations.size > 0 ? at : undefined;
  const literal = at.literals.get(segments[index]);
  return (
    (literal && find(literal, segments, index + 1)) ??
    (at.variable && segments[index] !== '' ? find(at.variable, segments, index + 1) : undefined) ??
    at.greedy
  );
}

/**
 * Fills in the variable parts so the pattern matches: with the text of the pattern, else with a segment of no other path.
 *
 * @param dead the rest of pattern and segments that has already failed
 */
function* fill(pattern: string, wanted: readonly Wanted[], index = 0, dead = new Set<string>()): Iterable<string[]> {
  const state = `${pattern.length} ${index}`;
  if (dead.has(state)) return;
  const isLast = index === wanted.length - 1;
  let found = false;
  for (const [part, rest] of cuts(pattern)) {
    if ((rest === undefined) !== isLast) continue;
    const fixed = wanted[index];
    if (fixed === undefined ? part === '' : !matchesPattern(part, fixed)) continue;
    const segment = fixed ?? part.replaceAll(/\*+|\?/g, OTHER);
    for (const others of rest === undefined ? [[]] : fill(rest, wanted, index + 1, dead)) {
      found = true;
      yield [segment, ...others];
    }
  }
  if (!found) dead.add(state);
}

/** The ways to remove one segment from the pattern: at a slash, or inside a wildcard that stands for one. */
function* cuts(pattern: string): Iterable<[part: string, rest: string | undefined]> {
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '/') return yield [pattern.slice(0, i), pattern.slice(i + 1)];
    if (pattern[i] === '*') yield [pattern.slice(0, i + 1), pattern.slice(i)];
    if (pattern[i] === '?') yield [pattern.slice(0, i), pattern.slice(i + 1)];
  }
  yield [pattern, undefined];
}
