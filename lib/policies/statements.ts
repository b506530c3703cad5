import { matchesPattern } from './glob';
import { asList, isAnybody, isInvoke, isRecord, type Statement } from './resource-policies';

/** Whether the statement applies to any caller, signed or not; an `Allow` for all but some does. */
const isEverybody = ({ Effect, Principal, NotPrincipal }: Statement): boolean =>
  isAnybody(Principal) || (Effect === 'Allow' && NotPrincipal !== undefined);

function isOnInvoke({ Action, NotAction }: Statement): boolean {
  if (NotAction === undefined) return asList(Action).some(isInvoke);
  return asList(NotAction).every((action) => typeof action === 'string' && !isInvoke(action));
}

/** What a policy has in the place of statements. @param either on both sides of a condition that only the deployment decides */
export function itemsOf(policy: unknown, either: boolean): unknown[] {
  const sides = (value: unknown): unknown[] => {
    if (!isRecord(value) || !('Fn::If' in value)) return [value];
    return either ? asList(value['Fn::If']).slice(1).flatMap(sides) : [];
  };
  return sides(policy)
    .filter(isRecord)
    .flatMap(({ Statement }) => sides(Statement))
    .flatMap(asList)
    .flatMap(sides);
}

const isForEverybody = (one: unknown): one is Statement => isRecord(one) && isEverybody(one) && isOnInvoke(one);

/** The statements of a policy that apply to every caller. */
export const statementsOf = (policy: unknown, either: boolean): Statement[] =>
  itemsOf(policy, either).filter(isForEverybody);

/** The text with `~` for each reference, which represents a value without a slash; undefined if it is unknown. */
function textOf(resource: unknown): string | undefined {
  if (typeof resource === 'string') return resource;
  if (!isRecord(resource)) return undefined;
  const [sub, join] = [resource['Fn::Sub'], resource['Fn::Join']];
  const text: unknown = Array.isArray(sub) ? sub[0] : sub;
  if (typeof text === 'string') return text.replaceAll(/\$\{[^{}]*\}/g, '~');
  if (!Array.isArray(join) || typeof join[0] !== 'string' || !Array.isArray(join[1])) return undefined;
  return join[1].map((part: unknown) => (typeof part === 'string' ? part : '~')).join(join[0]);
}

/** The pattern `stage/METHOD/path` of a resource that is known. */
function patternOf(resource: unknown): string | undefined {
  const text = textOf(resource) ?? '';
  const [, pattern] = /^(?:execute-api:|arn:[^/]*)\/(.*)$/.exec(text) ?? [];
  if (pattern !== undefined) return pattern;
  return text === '*' || /^arn:[^/]*\*$/.test(text) ? '*' : undefined;
}

const known = (patterns: readonly (string | undefined)[]): string[] => patterns.filter((one) => one !== undefined);

/** What a statement is on: patterns, and others that it is not on. */
export interface Range {
  readonly patterns: readonly string[];
  readonly except: readonly string[];
}

export function rangeOf({ Resource, NotResource }: Statement): Range {
  if (NotResource === undefined) return { patterns: known(asList(Resource).map(patternOf)), except: [] };
  const except = known(asList(NotResource).map(patternOf));
  // What is not known may be all of the API.
  return { patterns: except.length === asList(NotResource).length ? ['*'] : [], except };
}

export const isIn = ({ patterns, except }: Range, request: string): boolean =>
  patterns.some((one) => matchesPattern(one, request)) && !except.some((one) => matchesPattern(one, request));

const isFunction = (key: string): boolean => key.startsWith('Fn::') || key === 'Ref';

/** Comparisons `[operator, key]`; undefined if an intrinsic stands among them. */
export function comparisonsOf({
  Condition,
}: Statement): [operator: string, key: string, expected: unknown][] | undefined {
  if (Condition === undefined) return [];
  if (!isRecord(Condition)) return undefined;
  const found: [string, string, unknown][] = [];
  for (const [operator, keys] of Object.entries(Condition)) {
    if (!isRecord(keys) || isFunction(operator) || Object.keys(keys).some(isFunction)) return undefined;
    for (const [key, expected] of Object.entries(keys)) found.push([operator, key, expected]);
  }
  return found;
}
