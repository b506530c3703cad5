import { type ApiReference } from '../model/common';
import { Expression, type Reference } from '../model/expression';
import { isUnknownText, type Text, textKey, UNKNOWN_TEXT } from '../model/text';
import { type Location, type ResourceRef } from '../model/place';
import { UNKNOWN } from '../model/value';
import { jsonText } from './json-text';
import { type Node } from './node';

/** An API that resources name, and that is not in the templates. */
export interface ApiElsewhere {
  /** Stands for the API where those of the templates have their resource. */
  readonly ref: ResourceRef;
  readonly reference: ApiReference;
  readonly location: Location;
  /** How many resources name it. */
  resources: number;
}

export const API_TYPES = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** The APIs that are named by parameters, imports, ids and the like. */
export class ApisElsewhere {
  private readonly found = new Map<string, ApiElsewhere>();

  /** @param types those of an API in the templates */
  constructor(private readonly types: readonly string[]) {}

  public get all(): Iterable<ApiElsewhere> {
    return this.found.values();
  }

  /** Counts the property, if it names one of the APIs that are known; false if it names none of them. */
  public isAlso(id: Node): boolean {
    const named = id.resource(...API_TYPES) === UNKNOWN ? nameOf(id) : undefined;
    const api = named && this.found.get(named.key);
    if (api) api.resources++;
    return api !== undefined;
  }

  /** The API that the property names, of the templates or not; undefined if it is absent, or cannot name an API. */
  public of(id: Node): ResourceRef | undefined {
    const here = id.resource(...this.types);
    if (here !== UNKNOWN) {
      return here;
    }
    const named = id.resource(...API_TYPES) === UNKNOWN ? nameOf(id) : undefined;
    if (named === undefined) {
      return undefined;
    }
    let api = this.found.get(named.key);
    if (!api) {
      const { key, label, text, template = id.ref.template, name = label } = named;
      const ref = { template: '', logicalId: key };
      const location = { template, logicalId: name, path: [] };
      this.found.set(key, (api = { ref, reference: { label, text }, location, resources: 0 }));
    }
    api.resources++;
    return api.ref;
  }
}

interface Name {
  /** The same for the same API. */
  readonly key: string;
  readonly label: string;
  readonly text: Text;
  /** The place where the name itself is declared. */
  readonly template?: string;
  readonly name?: string;
}

function nameOf(id: Node): Name | undefined {
  const { value } = id;
  switch (typeof value) {
    case 'string':
      return value === '' ? undefined : ofString(value, id.text() ?? value);
    case 'number':
      return ofString(String(value), String(value));
    case 'object':
      return value instanceof Expression ? ofText(value) : undefined;
    default:
      return value === UNKNOWN ? ofFunction(id) : undefined;
  }
}

/** An id, or a reference to a parameter store. */
function ofString(written: string, text: Text): Name {
  const label = isUnknownText(text) ? written : `id "${written}"`;
  return { key: `id ${written}`, label, text, name: written };
}

function ofText(text: Expression): Name | undefined {
  if (text.isUnknown) {
    return undefined;
  }
  const [only] = text.parts;
  const whole = text.parts.length === 1 && typeof only === 'object' ? only : undefined;
  return {
    key: text.key,
    label: whole ? labelOf(whole) : String(text),
    text,
    ...(whole && { template: whole.template || text.file, name: whole.logicalId }),
  };
}

const OUTPUTS = 'Outputs.';

function labelOf({ kind, logicalId, attribute }: Reference): string {
  if (kind === 'parameter') {
    return `parameter ${logicalId}`;
  }
  if (attribute?.startsWith(OUTPUTS)) {
    return `output ${attribute.slice(OUTPUTS.length)} of ${logicalId}`;
  }
  return attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
}

/** A function that the templates do not resolve; the same one, written the same, names the same API. */
function ofFunction(id: Node): Name | undefined {
  const call = id.call();
  const text = UNKNOWN_TEXT;
  if (call?.name === 'Fn::ImportValue') {
    const name = call.argument.text();
    return name === undefined || isUnknownText(name)
      ? undefined
      : { key: `import ${textKey(name)}`, label: `import "${name}"`, text, name: String(name) };
  }
  const written = jsonText(id.written);
  return call && written !== undefined && written.length <= MAX_CHARS
    ? { key: `${id.ref.template} ${written}`, label: call.name, text }
    : undefined;
}

/** No function that names an API is longer. */
const MAX_CHARS = 2000;
