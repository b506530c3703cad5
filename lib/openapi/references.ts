import { nearest } from '../lookup/nearest';
import { isObject, type Schema } from '../json-schema/subschemas';
import { show } from '../authoring/errors';
import { type Errors } from './report';

/** The target of a reference, and its place. */
export interface Target {
  readonly value: Schema;
  readonly path: readonly string[];
}

/** Follows the references of a document. */
export class References {
  constructor(
    private readonly document: Schema,
    private readonly report: Errors,
  ) {}

  /** The object there, or the target of its `$ref`. A reference without a target is an error, and undefined. */
  public follow(value: unknown, path: readonly string[]): Target | undefined {
    let target: Target | undefined = this.object(value, path);
    const seen = new Set<string>();
    while (target && typeof target.value.$ref === 'string') {
      const { $ref } = target.value;
      if (seen.has($ref)) {
        this.report.error([...path, '$ref'], `is ${show($ref)}, which refers only to itself`);
        return undefined;
      }
      seen.add($ref);
      target = this.at($ref, [...target.path, '$ref']);
    }
    return target;
  }

  /** The direct target of the reference. */
  public at($ref: string, path: readonly string[]): Target | undefined {
    if (!$ref.startsWith('#/')) {
      this.report.error(
        path,
        `is ${show($ref)}, which is outside the document; bundle everything into one document, e.g. npx @redocly/cli bundle <file>`,
      );
      return undefined;
    }
    const keys = $ref.slice(2).split('/').map(decode);
    let value: unknown = this.document;
    for (const [index, key] of keys.entries()) {
      const next: unknown =
        (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
      if (next === undefined) {
        const [near] = isObject(value) ? nearest(key, Object.keys(value)) : [];
        const hint =
          near === undefined
            ? ''
            : ` Did you mean ${show(
                $ref
                  .split('/')
                  .slice(0, index + 1)
                  .concat(near)
                  .join('/'),
              )}?`;
        this.report.error(path, `is ${show($ref)}, which does not exist.${hint}`);
        return undefined;
      }
      value = next;
    }
    return this.object(value, keys);
  }

  private object(value: unknown, path: readonly string[]): Target | undefined {
    if (isObject(value)) return { value, path };
    this.report.error(path, 'is not an object');
    return undefined;
  }
}

/** A key as in a JSON pointer inside a URI. */
function decode(key: string): string {
  const plain = key.replace(/~1/g, '/').replace(/~0/g, '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
