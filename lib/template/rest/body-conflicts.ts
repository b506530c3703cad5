import { type BodyConflict } from '../model/common';
import { type Node } from '../reader/node';
import { printed } from '../openapi/plain';
import { plainOf, policyOf } from './policy-form';
import { isUnknownText, textKey } from '../model/text';
import { isKnown } from '../model/value';

/** What two nodes come to, so equal settings are equal texts; undefined if one is unknown. */
type Form = (node: Node) => string | undefined;

interface Setting {
  readonly property: readonly string[];
  /** Extension of the document, and what is inside of it. */
  readonly inBody: readonly [string, ...string[]];
  readonly form: Form;
}

const told = (value: unknown): string | undefined => (isKnown(value) ? String(value) : undefined);
const scalar: Form = (node) => told(node.upper());
const switched: Form = (node) => told(node.bool());
const size: Form = (node) => told(node.number());

/** A list in which the order says nothing; `~1` is a slash, as in the paths of patches. */
const set: Form = (node) => {
  const texts = node.texts();
  return texts.some(isUnknownText)
    ? undefined
    : [...new Set(texts.map((text) => textKey(text).replaceAll('~1', '/')))].sort().join(', ');
};

const policy: Form = (node) => policyOf(plainOf(node));

const SETTINGS: readonly Setting[] = [
  { property: ['ApiKeySourceType'], inBody: ['api-key-source'], form: scalar },
  { property: ['BinaryMediaTypes'], inBody: ['binary-media-types'], form: set },
  {
    property: ['DisableExecuteApiEndpoint'],
    inBody: ['endpoint-configuration', 'disableExecuteApiEndpoint'],
    form: switched,
  },
  { property: ['EndpointAccessMode'], inBody: ['endpoint-access-mode'], form: scalar },
  {
    property: ['EndpointConfiguration', 'VpcEndpointIds'],
    inBody: ['endpoint-configuration', 'vpcEndpointIds'],
    form: set,
  },
  { property: ['MinimumCompressionSize'], inBody: ['minimum-compression-size'], form: size },
  { property: ['Policy'], inBody: ['policy'], form: policy },
  { property: ['SecurityPolicy'], inBody: ['security-policy'], form: scalar },
];

/** The settings that property and document both say, and not alike. */
export function bodyConflicts(resource: Node, extension: (name: string) => Node): BodyConflict[] {
  return SETTINGS.flatMap(({ property, inBody: [name, ...inside], form }) => {
    const node = at(resource, property);
    const other = at(extension(name), inside);
    if (node.isAbsent || other.isAbsent) {
      return [];
    }
    const value = form(node);
    const valueInBody = form(other);
    if (value === undefined || valueInBody === undefined || value === valueInBody) {
      return [];
    }
    return [
      {
        location: node.location,
        property: property.join('.'),
        value: shown(node),
        valueInBody: shown(other),
        placeInBody: other.location.path.slice(2).join('.'),
      },
    ];
  });
}

function at(node: Node, path: readonly string[]): Node {
  return path.reduce((found, key) => found.get(key), node);
}

const LONGEST = 100;

function shown(node: Node): string {
  const plain = printed(plainOf(node));
  const text = typeof plain === 'string' ? plain : JSON.stringify(plain, inOrder);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The order of names says nothing, and a text that is cut off should not depend on it. */
function inOrder(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
