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
const MAPS: Readonly<Record<string, ReadonlySet<string>>> = {
  [`${PREFIX}gateway-responses`]: new Set(GATEWAY_RESPONSE_FIELDS),
  [`${PREFIX}request-validators`]: new Set(VALIDATOR_FIELDS),
};
const INTEGRATION = `${PREFIX}integration`;
const FIELDS = new Map(Object.entries(EXTENSION_FIELDS).map(([name, fields]) => [name, new Set(fields)]));
const OF_RESPONSE = new Set(RESPONSE_FIELDS);

/** Functions and macros put other keys in place of these. */
const isDecidedLater = (dict: Dict): boolean =>
  Object.keys(dict).some((key) => key === 'Ref' || key.startsWith('Fn::'));

/** Extensions that API Gateway does not read, and fields of others, as far as another one was probably meant. */
export class OddDocument {
  public readonly found: OddProperty[] = [];
  /** The place of the walk: a path for every operation would cost more than the walk. */
  private readonly place: string[] = [];

  constructor(private readonly body: Node) {
    const { written } = body;
    if (!isDict(written)) return;
    this.extensions(written);
    this.each(written, 'paths', (path) => {
      this.extensions(path);
      this.elements(path, (operation) => this.extensions(operation));
    });
    this.each(written, 'securityDefinitions', (scheme) => this.extensions(scheme));
    this.within(written, 'components', (components) => {
      this.each(components, 'securitySchemes', (scheme) => this.extensions(scheme));
      this.each(components, `${PREFIX}integrations`, (one) => this.integration(one));
    });
  }

  private within(owner: Dict, key: string, visit: (value: Dict) => void): void {
    const value = own(owner, key);
    if (!isDict(value)) return;
    this.place.push(key);
    visit(value);
    this.place.pop();
  }

  private elements(map: Dict, visit: (value: Dict) => void): void {
    for (const key of Object.keys(map)) this.within(map, key, visit);
  }

  private each(owner: Dict, key: string, visit: (value: Dict) => void): void {
    this.within(owner, key, (map) => this.elements(map, visit));
  }

  private extensions(owner: Dict): void {
    for (const key of Object.keys(owner)) {
      if (!key.startsWith(PREFIX)) continue;
      if (!KNOWN.has(key)) {
        this.add(owner, key, EXTENSIONS, 'API Gateway');
      } else if (key === INTEGRATION) {
        this.within(owner, key, (value) => this.integration(value));
      } else {
        const [fields, ofElements] = [FIELDS.get(key), at(MAPS, key)];
        if (fields) this.within(owner, key, (value) => this.names(value, fields, key));
        if (ofElements) this.each(owner, key, (element) => this.names(element, ofElements, key));
      }
    }
  }

  private integration(value: Dict): void {
    this.names(value, FIELDS.get(INTEGRATION) as ReadonlySet<string>, INTEGRATION);
    this.each(value, 'responses', (response) => this.names(response, OF_RESPONSE, `a response of ${INTEGRATION}`));
  }

  /** Only names that another one is near: other keys may be notes of the writer. */
  private names(dict: Dict, allowed: ReadonlySet<string>, owner: string): void {
    for (const key of Object.keys(dict)) {
      if (allowed.has(key)) continue;
      const names = [...allowed];
      if (nearest(key, names).length > 0) this.add(dict, key, names, owner);
    }
  }

  private add(dict: Dict, name: string, allowed: readonly string[], owner: string): void {
    if (isDecidedLater(dict)) return;
    const { location } = this.body;
    const where = { ...location, path: [...location.path, ...this.place, name] };
    this.found.push({ location: where, name, fault: 'unknown', owner, allowed, isRefused: false });
  }
}
