import { isLike } from '../../policies/glob';

/** A value of a file and its place: its key, or the start of the item of a list. */
export abstract class Spot {
  private members?: ReadonlyMap<string, Spot>;

  constructor(public readonly offset: number) {}

  /** The values inside, by key or index; of a key that is written twice, the last. */
  public get inside(): ReadonlyMap<string, Spot> {
    return (this.members ??= this.read());
  }

  protected abstract read(): ReadonlyMap<string, Spot>;
}

interface Found {
  readonly spot: Spot;
  /** How many keys of the path lead there. */
  readonly length: number;
}

/** The value at the path; if the file does not go as far, the last one on the way. */
export const spotAt = (root: Spot, path: readonly string[]): Found => deepest(root, path, 0);

function deepest(spot: Spot, path: readonly string[], length: number): Found {
  if (length === path.length) return { spot, length };
  const next = spot.inside.get(path[length]);
  if (next) return deepest(next, path, length + 1);
  let best: Found = { spot, length };
  for (const detour of detours(spot, path[length])) {
    const found = deepest(detour.spot, path, length + detour.length);
    if (found.length > best.length) best = found;
  }
  return best;
}

/** What CloudFormation puts in the place of a function: a branch of a condition, and what a loop makes. */
function detours({ inside }: Spot, key: string): Found[] {
  const branches = inside.get('Fn::If')?.inside;
  if (branches) return ['1', '2'].flatMap((branch) => asFound(branches.get(branch), 0));
  const names = [...inside.keys()];
  const patterns = names
    .filter((name) => name.includes('{'))
    .map((name) => ({ name, parts: name.split(/[$&]\{[A-Za-z0-9]+\}/) }))
    .filter(({ parts }) => parts.length > 1 && isLike(key, parts));
  // What is written out most says most.
  patterns.sort((a, b) => b.parts.join('').length - a.parts.join('').length);
  const loops = names.filter((name) => name.startsWith('Fn::ForEach::'));
  return [
    ...patterns.flatMap(({ name }) => asFound(inside.get(name), 1)),
    ...loops.flatMap((name) => asFound(inside.get(name)?.inside.get('2'), 0)),
  ];
}

const asFound = (spot: Spot | undefined, length: number): Found[] => (spot ? [{ spot, length }] : []);
