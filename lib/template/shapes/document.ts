import {
  EXTENSION_FIELDS,
  EXTENSIONS,
  GATEWAY_RESPONSE_FIELDS,
  RESPONSE_FIELDS,
  VALIDATOR_FIELDS,
} from '../../facts/openapi-extensions';
import { at } from '../../lookup/named';
import { nearest } from '../../lookup/nearest';
import { type OddProperty } from '../model/shapes';
import { type Node } from '../reader/node';
import { type Dict, isDict, own } from '../reader/scope';

const PREFIX = 'x-amazon-apigateway-';
const KNOWN = new Set(EXTENSIONS);

/** Maps whose elements have these fields. */
const MAPS: Readonly<Record<string, readonly string[]>> = {
  [`${PREFIX}gateway-responses`]: GATEWAY_RESPONSE_FIELDS,
  [`${PREFIX}request-validators`]: VALIDATOR_FIELDS,
};

/** Functions and macros put other keys in place of these. */
const isPlain = (value: unknown): value is Dict =>
  isDict(value) && !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));

/** Extensions that API Gateway does not read, and fields of others, as far as another one was probably meant. */
export class OddDocument {
  public readonly found: OddProperty[] = [];

  constructor(private readonly body: Node) {
    const { written } = body;
    if (!isPlain(written)) return;
    this.extensions(written, []);
    this.each(own(written, 'paths'), ['paths'], (path, place) => {
      this.extensions(path, place);
      this.each(path, place, (operation, at) => this.extensions(operation, at));
    });
    const components = own(written, 'components');
    this.each(own(components, 'securitySchemes'), ['components', 'securitySchemes'], (scheme, place) =>
      this.extensions(scheme, place),
    );
    this.each(own(written, 'securityDefinitions'), ['securityDefinitions'], (scheme, place) =>
      this.extensions(scheme, place),
    );
    const shared = `${PREFIX}integrations`;
    this.each(own(components, shared), ['components', shared], (one, place) =>
      this.integration(one, place, `${PREFIX}integration`),
    );
  }

  private each(map: unknown, place: readonly string[], visit: (one: Dict, place: readonly string[]) => void): void {
    if (!isPlain(map)) return;
    for (const [key, value] of Object.entries(map)) {
      if (isPlain(value)) visit(value, [...place, key]);
    }
  }

  private extensions(owner: Dict, place: readonly string[]): void {
    for (const [key, value] of Object.entries(owner)) {
      if (!key.startsWith(PREFIX)) continue;
      const at = [...place, key];
      if (!KNOWN.has(key)) this.add(key, at, EXTENSIONS, 'API Gateway');
      else if (key === `${PREFIX}integration`) this.integration(value, at, key);
      else this.fields(value, at, key);
    }
  }

  private integration(value: unknown, place: readonly string[], name: string): void {
    this.fields(value, place, name);
    this.each(own(value, 'responses'), [...place, 'responses'], (response, at) =>
      this.names(response, at, RESPONSE_FIELDS, `a response of ${name}`),
    );
  }

  private fields(value: unknown, place: readonly string[], name: string): void {
    const fields = at(EXTENSION_FIELDS, name);
    if (fields && isPlain(value)) this.names(value, place, fields, name);
    const ofElements = at(MAPS, name);
    if (ofElements) this.each(value, place, (element, at) => this.names(element, at, ofElements, name));
  }

  /** Only names that another one is near: other keys may be notes of the writer. */
  private names(dict: Dict, place: readonly string[], allowed: readonly string[], owner: string): void {
    for (const key of Object.keys(dict)) {
      if (!allowed.includes(key) && nearest(key, allowed).length > 0) this.add(key, [...place, key], allowed, owner);
    }
  }

  private add(name: string, place: readonly string[], allowed: readonly string[], owner: string): void {
    const { location } = this.body;
    const where = { ...location, path: [...location.path, ...place] };
    this.found.push({ location: where, name, fault: 'unknown', owner, allowed, isRefused: false });
  }
}
