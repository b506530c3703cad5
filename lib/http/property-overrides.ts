import { copyOf, isPlain } from '../shared/merged';
import { type Document } from '../shared/skeleton';

/** Overrides of some properties, kept apart from those that CDK merges into the resource. */
export class PropertyOverrides {
  private readonly root: Document = {};

  /** @param names properties by their names in CloudFormation */
  constructor(private readonly names: readonly string[]) {}

  /** By property; `undefined` takes away. */
  public get all(): Document {
    return this.root;
  }

  /** Keeps what is of those properties. @returns what is left for CDK, undefined where nothing is */
  public take(path: string, value: unknown): { readonly value: unknown } | undefined {
    const [place, ...keys] = partsOf(path);
    if (place !== 'Properties') return { value };
    if (keys.length > 0) {
      if (!this.names.includes(keys[0])) return { value };
      put(this.root, keys, value);
      return undefined;
    }
    if (!isPlain(value)) return { value };
    const ours = Object.entries(value).filter(([name]) => this.names.includes(name));
    for (const [name, item] of ours) put(this.root, [name], item);
    return { value: Object.fromEntries(Object.entries(value).filter(([name]) => !this.names.includes(name))) };
  }
}

/** Dots are between the parts of a path; `\\.` is one inside. */
function partsOf(path: string): string[] {
  const parts = [''];
  for (let index = 0; index < path.length; index++) {
    if (path[index] === '.') parts.push('');
    else parts[parts.length - 1] += path[index] === '\\' && index + 1 < path.length ? path[++index] : path[index];
  }
  return parts;
}

function put(target: Document, [key, ...deeper]: readonly string[], value: unknown): void {
  if (deeper.length === 0) {
    target[key] = copyOf(value);
    return;
  }
  const known = target[key];
  const next = isPlain(known) ? known : {};
  target[key] = next;
  put(next, deeper, value);
}
