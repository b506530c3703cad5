/** The entries of one path, by method, and the values of the path parameters of a request to it. */
export interface PathMatch<T> {
  readonly methods: ReadonlyMap<string, T>;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Whether a greedy parameter took a part of the path. */
  readonly isGreedy: boolean;
}

interface Node<T> {
  readonly segments: Map<string, Node<T>>;
  parameter?: { readonly name: string; readonly node: Node<T> };
  greedy?: { readonly name: string; readonly node: Node<T> };
  readonly methods: Map<string, T>;
}

const newNode = <T>(): Node<T> => ({ segments: new Map(), methods: new Map() });

/** The paths of an API with their parameters. A segment goes before a parameter, and this before a greedy one. */
export class PathTree<T> {
  private readonly root: Node<T> = newNode();

  public add(path: string, method: string, value: T): void {
    let node = this.root;
    for (const segment of path.split('/').filter((each) => each !== '')) node = child(node, segment);
    node.methods.set(method, value);
  }

  /** The paths that the segments of a request fit, the most specific one first; those without any method are left out. */
  public *matches(segments: readonly string[]): Iterable<PathMatch<T>> {
    for (const match of below(this.root, segments, 0, { methods: new Map(), pathParameters: {}, isGreedy: false })) {
      if (match.methods.size > 0) yield match;
    }
  }
}

function child<T>(node: Node<T>, segment: string): Node<T> {
  const name = /^\{(.+)\}$/.exec(segment)?.[1];
  if (name?.endsWith('+')) return (node.greedy ??= { name: name.slice(0, -1), node: newNode() }).node;
  if (name) return (node.parameter ??= { name, node: newNode() }).node;
  let next = node.segments.get(segment);
  if (!next) node.segments.set(segment, (next = newNode()));
  return next;
}

function* below<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  found: PathMatch<T>,
): Iterable<PathMatch<T>> {
  if (at === segments.length) {
    yield { ...found, methods: node.methods };
    return;
  }
  const { pathParameters } = found;
  const segment = segments[at];
  const next = node.segments.get(segment);
  if (next) yield* below(next, segments, at + 1, found);
  if (node.parameter && segment !== '') {
    const { name, node: inner } = node.parameter;
    yield* below(inner, segments, at + 1, { ...found, pathParameters: { ...pathParameters, [name]: segment } });
  }
  if (node.greedy) {
    const { name, node: inner } = node.greedy;
    const rest = segments.slice(at).join('/');
    yield { methods: inner.methods, pathParameters: { ...pathParameters, [name]: rest }, isGreedy: true };
  }
}
