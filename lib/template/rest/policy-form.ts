import { type Node } from '../reader/node';
import { Expression } from '../model/expression';
import { mayHoldAnything, textKey, UNKNOWN_TEXT } from '../model/text';
import { isKnown } from '../model/value';

type Plain = { readonly [key: string]: unknown };

/** No policy is nested deeper. */
const DEEPEST = 20;

/** The value with its references as text; `<unknown>` if that is unknown. */
export function plainOf(node: Node, depth = 0): unknown {
  if (depth > DEEPEST) {
    return UNKNOWN_TEXT;
  }
  if (node.isObject) {
    return Object.fromEntries(node.entries().map((entry) => [entry.name, plainOf(entry, depth + 1)]));
  }
  const items = node.isList ? node.items() : undefined;
  if (isKnown(items)) {
    return items.map((item) => plainOf(item, depth + 1));
  }
  const { value } = node;
  return typeof value === 'number' || typeof value === 'boolean' ? value : (node.text() ?? null);
}

/**
 * A resource policy as a text that is the same for equivalent policies: order, ids of statements, lists of one and
 * the two ways to name an API make no difference. Undefined if part of it is unknown.
 */
export function policyOf(written: unknown): string | undefined {
  const policy = typeof written === 'string' ? parsed(written) : written;
  if (!isMap(policy) || holdsUnknown(policy)) {
    return undefined;
  }
  return JSON.stringify(
    listOf(policy.Statement)
      .map((statement) => JSON.stringify(isMap(statement) ? statementOf(statement) : statement))
      .sort(),
  );
}

function statementOf(statement: Plain): unknown {
  return sorted(
    Object.entries(statement)
      .filter(([name]) => name !== 'Sid')
      .map(([name, value]) => [name, partOf(name, value)]),
  );
}

function partOf(name: string, value: unknown): unknown {
  switch (name) {
    case 'Action':
    case 'NotAction':
      return texts(value)
        .map((action) => action.toLowerCase())
        .sort();
    case 'Resource':
    case 'NotResource':
      return texts(value).map(resourceOf).sort();
    case 'Principal':
    case 'NotPrincipal':
      return isMap(value) ? mapped(value, texts) : { AWS: texts(value) };
    case 'Condition':
      return isMap(value) ? mapped(value, (keys) => (isMap(keys) ? mapped(keys, texts) : keys)) : value;
    default:
      return value;
  }
}

/** In a policy of an API, `execute-api:/stage/GET/path` is short for the ARN. */
function resourceOf(resource: string): string {
  return resource.replace(/^arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]*\//, 'execute-api:/');
}

function mapped(map: Plain, change: (value: unknown) => unknown): unknown {
  return sorted(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function sorted(entries: [string, unknown][]): unknown {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function texts(value: unknown): string[] {
  return listOf(value)
    .map((item) =>
      typeof item === 'string' ? item : item instanceof Expression ? textKey(item) : JSON.stringify(item),
    )
    .sort();
}

function holdsUnknown(value: unknown): boolean {
  if (value instanceof Expression) {
    return mayHoldAnything(value);
  }
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnknown);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
