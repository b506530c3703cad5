import { type Node } from '../reader/node';
import { type Value } from '../model/value';

const MAX_HOPS = 10;

/** An OpenAPI 3 or Swagger 2 document inside of a template. */
export class OpenApiDocument {
  private readonly targets = new Map<string, Node | undefined>();

  /** Request parameters by what is written; see `requestParameters`. */
  public readonly parameters = new Map<string, Value<Record<string, Value<boolean>>>>();

  public readonly isSwagger: boolean;

  constructor(public readonly root: Node) {
    this.isSwagger = !root.get('swagger').isAbsent;
  }

  public get schemas(): Node {
    return this.isSwagger ? this.root.get('definitions') : this.root.get('components').get('schemas');
  }

  public get securitySchemes(): Node {
    return this.isSwagger ? this.root.get('securityDefinitions') : this.root.get('components').get('securitySchemes');
  }

  /** The node, or what its `$ref` points to inside of the document; unknown if that cannot be determined. */
  public follow(node: Node): Node {
    let found = node;
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const reference = found.isObject ? found.get('$ref') : undefined;
      if (!reference || reference.isAbsent) {
        break;
      }
      const { value } = reference;
      const target = typeof value === 'string' ? this.at(value) : undefined;
      if (!target) {
        // What a pointer into this document does not find is nowhere; other documents are elsewhere.
        return typeof value === 'string' && value.startsWith('#') ? found : reference.hidden;
      }
      found = target;
    }
    return found;
  }

  private at(pointer: string): Node | undefined {
    if (!pointer.startsWith('#/')) {
      return undefined;
    }
    if (!this.targets.has(pointer)) {
      let node = this.root;
      for (const token of pointer.slice(2).split('/')) {
        node = node.get(decode(token));
      }
      this.targets.set(pointer, node.isAbsent ? undefined : node);
    }
    return this.targets.get(pointer);
  }
}

function decode(token: string): string {
  const plain = token.replace(/~1/g, '/').replace(/~0/g, '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
