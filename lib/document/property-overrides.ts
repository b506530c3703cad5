import { copyOf, isPlain } from './merged';
import { type Document } from './skeleton';
import { at, put } from '../lookup/named';

/** Overrides of some properties, kept apart from those that CDK merges into the resource. */
export class PropertyOverrides {
  private root: Document = {};

  /** @param names properties by their names in CloudFormation */
  constructor(private readonly names: readonly string[]) {}

  /** By property; `undefined` removes it. */
  public get all(): Document {
    return this.root;
  }

  /** Keeps overrides of those properties. @returns what is left for CDK; undefined if nothing is */
  public take(path: string, value: unknown): { readonly value: unknown } | undefined {
    const [place, ...keys] = partsOf(path);
    if (place !== 'Properties') return { value };
    if (keys.length > 0) {
      if (!this.names.includes(keys[0])) return { value };
      putDeep(this.root, keys, value);
      return undefined;
    }
    // An override of all properties replaces earlier ones.
    this.root = {};
    if (!isPlain(value)) return { value };
    const [ours, others] = [true, false].map((isOurs) =>
      Object.fromEntries(Object.entries(value).filter(([name]) => this.names.includes(name) === isOurs)),
    );
    this.root = copyOf(ours) as Document;
    return { value: others };
  }
}

/** Dots separate the parts of a path; `\\.` is a literal dot. */
function partsOf(path: string): string[] {
  const parts = [''];
  for (let index = 0; index < path.length; index++) {
    if (path[index] === '.') parts.push('');
    else parts[parts.length - 1] += path[index] === '\\' && index + 1 < path.length ? path[++index] : path[index];
  }
  return parts;
}

function putDeep(target: Document, [key, ...deeper]: readonly string[], value: unknown): void {
  if (deeper.length === 0) return put(target, key, copyOf(value));
  const known = at(target, key);
  const next = isPlain(known) ? known : {};
  put(target, key, next);
  putDeep(next, deeper, value);
}
