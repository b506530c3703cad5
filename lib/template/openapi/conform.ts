import { at, put } from '../../lookup/named';
import { Expression } from '../model/expression';
import { finished } from './complete';
import { EXTENSIONS, isExtension, type Kind, OPEN_SHAPES, REFERABLE, type Shape, SHAPES } from './grammar';
import { isJson, type Json, scalar, Written } from './json';
import { type Losses, type Place } from './losses';
import { printed, uriOf } from './plain';
import { type References } from './references';
import { openApiKeywords } from './schema';
import { withSchema } from './swagger-parameters';

/** Says which extensions stay. */
export type KeepsExtension = (key: string) => boolean;

/**
 * Writes the values of a document as OpenAPI 3.0 has them at their place: a text if it has a text, no key that it does not
 * have. Anything else is left out and reported.
 */
export class Conformer {
  constructor(
    private readonly references: References,
    private readonly losses: Losses,
    private readonly keeps: KeepsExtension = () => true,
  ) {}

  /** Undefined for what is left out. */
  public value(kind: Kind, value: unknown, place: Place): unknown {
    if (value === undefined || value === null) return undefined;
    switch (kind) {
      case 'value':
        return printed(value);
      case 'text':
        return this.text(value, place);
      case 'uri':
        return value instanceof Expression ? uriOf(String(value)) : this.text(value, place);
      case 'flag':
        return this.flag(value, place);
      case 'number':
        return this.number(value, place);
      case 'requirement':
        return this.requirement(value, place);
      case 'rest':
        return typeof scalar(value) === 'boolean' ? scalar(value) : this.value('schema', value, place);
    }
    if (value instanceof Expression) return this.lose(place, DEPLOYED);
    if (kind.startsWith('[')) return this.list(kind.slice(1, -1), value, place);
    if (typeof scalar(value) === 'boolean' && kind === 'schema') return scalar(value) === true ? {} : { not: {} };
    if (!isJson(value)) return this.lose(place, `must be an object, but is ${shown(value)}`);
    if (kind.startsWith('{') || kind.startsWith('<')) return this.map(kind, value, place);
    return kind === 'schema' ? this.schema(value, place) : this.object(kind, value, place);
  }

  private lose(place: Place, reason: string): undefined {
    this.losses.add(place, reason);
    return undefined;
  }

  private text(value: unknown, place: Place): string | undefined {
    if (typeof value === 'string') return value;
    if (value instanceof Expression) return String(value);
    if (value instanceof Written) return value.text;
    return typeof value === 'object' ? this.lose(place, 'must be a text, but is an object or a list') : String(value);
  }

  private flag(value: unknown, place: Place): boolean | undefined {
    const given = scalar(value);
    if (typeof given === 'boolean') return given;
    if (given === 'true' || given === 'false') return given === 'true';
    return this.lose(place, value instanceof Expression ? DEPLOYED : `must be true or false, but is ${shown(given)}`);
  }

  private number(value: unknown, place: Place): number | undefined {
    const given = scalar(value);
    const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    return this.lose(place, value instanceof Expression ? DEPLOYED : `must be a number, but is ${shown(given)}`);
  }

  private list(kind: Kind, value: unknown, place: Place): unknown[] | undefined {
    if (!Array.isArray(value)) return this.lose(place, `must be a list, but is ${shown(value)}`);
    return value.flatMap((item: unknown, index) => {
      const written = this.value(kind, item, [...place, String(index)]);
      return written === undefined ? [] : [written];
    });
  }

  private map(kind: Kind, value: Json, place: Place): Json {
    const written: Json = {};
    for (const [key, item] of Object.entries(value)) {
      const below = [...place, key];
      // The model of a REST API for all other content types.
      const name = kind === '{media}' && key === '$default' ? '*/*' : key;
      if (kind.startsWith('<') && isExtension(key)) this.extension(written, key, item, below);
      else this.set(written, name, this.value(kind.slice(1, -1), item, below));
    }
    return written;
  }

  private object(kind: Kind, value: Json, place: Place): unknown {
    const open = at(OPEN_SHAPES, kind);
    if (value.$ref !== undefined && (REFERABLE.includes(kind) || open)) return this.reference(kind, value.$ref, place);
    if (kind === 'callback') return this.map('<item>', value, place);
    const given = DESCRIBED.includes(kind) ? withSchema(value) : value;
    return finished(kind, this.fields(open ?? SHAPES[kind], given, place, open !== undefined), place, this.losses);
  }

  private schema(value: Json, place: Place): Json {
    if (value.$ref !== undefined) return this.reference('schema', value.$ref, place) ?? {};
    const keywords = this.fields(SHAPES.keywords, openApiKeywords(value), place);
    return finished('schema', keywords, place, this.losses) as Json;
  }

  private fields(shape: Shape, value: Json, place: Place, isOpen = false): Json {
    const written: Json = {};
    for (const [key, item] of Object.entries(value)) {
      const kind = at(shape, key);
      const below = [...place, key];
      if (kind !== undefined) this.set(written, key, this.value(kind, item, below));
      else if (isExtension(key)) this.extension(written, key, item, below);
      else if (isOpen) this.set(written, key, printed(item));
      else if (item !== undefined && item !== null) this.losses.add(below, NOT_OPEN_API);
    }
    return written;
  }

  private extension(target: Json, key: string, item: unknown, place: Place): void {
    if (!this.keeps(key)) return;
    const kind = at(EXTENSIONS, key);
    const fits = kind !== undefined && (kind === 'text' || isJson(item));
    this.set(target, key, fits ? this.value(kind, item, place) : printed(item));
  }

  private reference(kind: Kind, value: unknown, place: Place): Json | undefined {
    const $ref = this.references.written(String(scalar(value)), at(SECTIONS, kind), place);
    return $ref === undefined ? undefined : { $ref };
  }

  /** Scheme → scopes. */
  private requirement(value: unknown, place: Place): Json | undefined {
    if (!isJson(value)) return this.lose(place, value instanceof Expression ? DEPLOYED : 'must be an object');
    const written: Json = {};
    for (const [name, scopes] of Object.entries(value)) {
      const scheme = this.references.scheme(name);
      if (scheme === undefined) {
        if (!NO_SCHEMES.includes(name)) this.losses.add([...place, name], 'is not in components.securitySchemes');
      } else put(written, scheme, this.value('[text]', Array.isArray(scopes) ? scopes : [], [...place, name]));
    }
    // A requirement of nothing would open the operation to everybody.
    return Object.keys(written).length > 0 || Object.keys(value).length === 0 ? written : undefined;
  }

  private set(target: Json, key: string, value: unknown): void {
    if (value !== undefined) put(target, key, value);
  }
}

const DEPLOYED = 'is known only at deployment: a parameter, a condition or a function decides it';

/** What SAM writes into the security of an operation that has no default authorizer; there is no such scheme. */
const NO_SCHEMES = ['NONE', 'api_key_false'];

/** Where the components have what a reference may stand for. */
const SECTIONS: Readonly<Record<string, string>> = {
  schema: 'schemas',
  parameter: 'parameters',
  header: 'headers',
  body: 'requestBodies',
  response: 'responses',
  example: 'examples',
  link: 'links',
  callback: 'callbacks',
  scheme: 'securitySchemes',
};

/** What has its type in a schema, which Swagger 2 has next to the name. */
const DESCRIBED = ['parameter', 'header'];
const NOT_OPEN_API = 'is not part of OpenAPI 3.0';

function shown(value: unknown): string {
  return Array.isArray(value) ? 'a list' : JSON.stringify(scalar(value));
}
