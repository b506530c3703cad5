/** A route that was found, and the values of the path parameters as they were sent. */
export interface Match<T> {
  readonly value: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Node<T> {
  readonly segments: Map<string, Node<T>>;
  parameter?: { readonly name: string; readonly node: Node<T> };
  greedy?: { readonly name: string; readonly node: Node<T> };
  readonly methods: Map<string, T>;
}

const newNode = <T>(): Node<T> => ({ segments: new Map(), methods: new Map() });

/**
 * The paths of a REST API. A segment goes before a parameter, and this before a greedy one; the path is chosen first, the method
 * after that.
 */
export class RouteTree<T> {
  private readonly root: Node<T> = newNode();

  public add(path: string, method: string, value: T): void {
    let node = this.root;
    for (const segment of segmentsOf(path)) node = child(node, segment);
    node.methods.set(method, value);
  }

  /** @param path as it was sent, without the stage */
  public find(path: string, method: string): Match<T> | undefined {
    const segments = path.split('/').slice(1);
    // Slashes before a path and the one behind it do not count; in between, an empty segment is a segment.
    while (segments.length > 0 && segments[0] === '') segments.shift();
    if (segments.at(-1) === '') segments.pop();
    for (const { node, pathParameters } of candidates(this.root, segments, 0, {})) {
      if (node.methods.size === 0) continue;
      const value = node.methods.get(method) ?? node.methods.get('ANY');
      return value === undefined ? undefined : { value, pathParameters };
    }
    return undefined;
  }
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function child<T>(node: Node<T>, segment: string): Node<T> {
  const name = /^\{(.+)\}$/.exec(segment)?.[1];
  if (name?.endsWith('+')) return (node.greedy ??= { name: name.slice(0, -1), node: newNode() }).node;
  if (name) return (node.parameter ??= { name, node: newNode() }).node;
  let next = node.segments.get(segment);
  if (!next) node.segments.set(segment, (next = newNode()));
  return next;
}

interface Candidate<T> {
  readonly node: Node<T>;
  readonly pathParameters: Readonly<Record<string, string>>;
}

function* candidates<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  pathParameters: Readonly<Record<string, string>>,
): Iterable<Candidate<T>> {
  if (at === segments.length) {
    yield { node, pathParameters };
    return;
  }
  const segment = segments[at];
  const next = node.segments.get(segment);
  if (next) yield* candidates(next, segments, at + 1, pathParameters);
  if (node.parameter && segment !== '') {
    const { name, node: below } = node.parameter;
    yield* candidates(below, segments, at + 1, { ...pathParameters, [name]: segment });
  }
  if (node.greedy) {
    const { name, node: below } = node.greedy;
    yield { node: below, pathParameters: { ...pathParameters, [name]: segments.slice(at).join('/') } };
  }
}
