import { matchesPattern } from '../policies/glob';
import { isInRange } from './ip-ranges';
import { isObject, type Json } from './json';

/** Condition keys of a request, in lower case, with one value or several. A key that is not here is not in the request. */
export type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;

type Test = (given: string, expected: string) => boolean;

const numeric =
  (test: (a: number, b: number) => boolean): Test =>
  (given, expected) =>
    test(numberOf(given), numberOf(expected));

const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

const dated =
  (test: (a: number, b: number) => boolean): Test =>
  (given, expected) =>
    test(timeOf(given), timeOf(expected));

/** Seconds since 1970, or as ISO 8601 writes it. */
const timeOf = (text: string): number => (/^\d{5,}$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const sameText: Test = (given, expected) => given === expected;
const anyCase =
  (test: Test): Test =>
  (given, expected) =>
    test(given.toLowerCase(), expected.toLowerCase());

/** `*` and `?` stand for characters of one of the six parts of an ARN only. */
const sameArn: Test = (given, expected) => {
  const [a, b] = [partsOf(given), partsOf(expected)];
  return a.length === b.length && b.every((part, index) => matchesPattern(part, a[index]));
};

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['StringEquals', sameText],
  ['StringEqualsIgnoreCase', anyCase(sameText)],
  ['StringLike', (given, expected) => matchesPattern(expected, given)],
  ['ArnEquals', sameArn],
  ['ArnLike', sameArn],
  ['Bool', anyCase(sameText)],
  ['BinaryEquals', sameText],
  ['IpAddress', isInRange],
  ['NumericEquals', numeric((a, b) => a === b)],
  ['NumericLessThan', numeric((a, b) => a < b)],
  ['NumericLessThanEquals', numeric((a, b) => a <= b)],
  ['NumericGreaterThan', numeric((a, b) => a > b)],
  ['NumericGreaterThanEquals', numeric((a, b) => a >= b)],
  ['DateEquals', dated((a, b) => a === b)],
  ['DateLessThan', dated((a, b) => a < b)],
  ['DateLessThanEquals', dated((a, b) => a <= b)],
  ['DateGreaterThan', dated((a, b) => a > b)],
  ['DateGreaterThanEquals', dated((a, b) => a >= b)],
]);

const NEGATED: ReadonlyMap<string, string> = new Map([
  ['StringNotEquals', 'StringEquals'],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
  ['StringNotLike', 'StringLike'],
  ['ArnNotEquals', 'ArnEquals'],
  ['ArnNotLike', 'ArnLike'],
  ['NotIpAddress', 'IpAddress'],
  ['NumericNotEquals', 'NumericEquals'],
  ['DateNotEquals', 'DateEquals'],
]);

/** Whether all conditions of a statement hold; undefined if one of them has an unknown operator. */
export function conditionsHold(condition: Json | undefined, keys: ConditionKeys): boolean | undefined {
  if (!isObject(condition)) return true;
  const results = Object.entries(condition).flatMap(([operator, expectations]) =>
    Object.entries(isObject(expectations) ? expectations : {}).map(([key, expected]) =>
      conditionHolds(operator, valuesOf(keys, key.toLowerCase()), listOf(expected).map(String)),
    ),
  );
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

const valuesOf = (keys: ConditionKeys, key: string): readonly string[] =>
  Object.hasOwn(keys, key) ? [keys[key]].flat() : [];

/**
 * @param given none if the request has no such key
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function conditionHolds(written: string, given: readonly string[], expected: readonly string[]): boolean | undefined {
  const isMissing = given.length === 0;
  if (written === 'Null') return expected.some((each) => (each.toLowerCase() === 'true') === isMissing);
  const [, quantifier, operator, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  const positive = NEGATED.get(operator ?? '');
  const test = OPERATORS.get(positive ?? operator ?? '');
  if (!test) return undefined;
  if (isMissing) {
    if (ifExists !== undefined || quantifier === 'ForAllValues') return true;
    return quantifier === undefined && positive !== undefined;
  }
  const fits = (value: string): boolean => expected.some((each) => test(value, each)) === (positive === undefined);
  // Without a quantifier a negated operator must hold for all values, as one that is not negated for any.
  const isForAll = quantifier === 'ForAllValues' || (quantifier === undefined && positive !== undefined);
  return isForAll ? given.every(fits) : given.some(fits);
}

/** One or several, as policies write them. */
export const listOf = (value: Json | undefined): readonly Json[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
};
