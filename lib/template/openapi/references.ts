import { at } from '../../lookup/named';
import { isJson, type Json, object } from './json';
import { encoded, type Losses, type Place } from './losses';

const MODEL_URL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/;
const SCHEMA = '#/components/schemas/';

/** The document in which references are looked up, and its security schemes. */
export class References {
  constructor(
    private readonly document: Json,
    private readonly losses: Losses,
    /** The names that the components have now: `schemas/Old name` → `Old-name`. */
    private readonly names: ReadonlyMap<string, string> = new Map(),
  ) {}

  /**
   * The reference as the document has it; undefined if it leads to nothing, or to something of another kind.
   * @param section of the components, in which what is referred to would be
   */
  public written($ref: string, section: string | undefined, place: Place): string | undefined {
    const known = this.renamed($ref);
    const found = /^#\/components\/([^/]+)\/[^/]+$/.exec(known)?.[1];
    const isOther = section !== undefined && found !== undefined && found !== section;
    if (!isOther && this.leadsSomewhere(known)) return known;
    const why = isOther
      ? `which is not in components.${section}`
      : !known.startsWith('#')
        ? 'which is outside the document'
        : this.lookUp(known) === undefined
          ? 'which is not in the document'
          : 'which refers only to itself, or to no object';
    this.losses.add([...place, '$ref'], `is ${JSON.stringify($ref)}, ${why}`);
    return undefined;
  }

  /** The name of a security scheme; undefined if there is none. */
  public scheme(name: string): string | undefined {
    const known = this.names.get(`securitySchemes/${name}`) ?? name;
    return isJson(at(object(object(this.document.components).securitySchemes), known)) ? known : undefined;
  }

  /** What a reference leads to, through other references. */
  public target(value: unknown): Json | undefined {
    let found = value;
    for (const seen = new Set<string>(); isJson(found) && typeof found.$ref === 'string';) {
      if (seen.has(found.$ref)) return undefined;
      seen.add(found.$ref);
      found = this.lookUp(found.$ref);
    }
    return isJson(found) ? found : undefined;
  }

  private renamed($ref: string): string {
    const model = MODEL_URL.exec($ref)?.[1];
    const [, kind, key, rest = ''] = /^#\/components\/([^/]+)\/([^/]+)(\/.*)?$/.exec(
      model === undefined ? $ref.replace(/^#\/definitions\//, SCHEMA) : SCHEMA + model,
    ) ?? [undefined, undefined, undefined];
    if (kind === undefined || key === undefined) return $ref;
    const name = decoded(key);
    return `#/components/${kind}/${encoded(this.names.get(`${kind}/${name}`) ?? name)}${rest}`;
  }

  private leadsSomewhere($ref: string): boolean {
    return this.target({ $ref }) !== undefined;
  }

  private lookUp($ref: string): unknown {
    if ($ref === '#') return this.document;
    if (!$ref.startsWith('#/')) return undefined;
    return $ref
      .slice(2)
      .split('/')
      .map(decoded)
      .reduce<unknown>((here, key) => {
        if (Array.isArray(here)) return here[Number(key)] as unknown;
        return isJson(here) ? at(here, key) : undefined;
      }, this.document);
  }
}

/** A key of a JSON pointer. */
function decoded(token: string): string {
  const plain = token.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
