import { isJson, type Json } from '../openapi/json';
import { withSpellingsOf } from '../reader/numerals';

export { at, put } from '../../lookup/named';
export { defined, isJson, type Json, object } from '../openapi/json';

/** Stands where SAM needs a value that the template does not tell: no evaluation gets at what a transform makes. */
export const CANNOT_TELL: Json = Object.freeze({ 'Fn::Transform': { Name: 'AWS::Serverless-2016-10-31' } });

/** A function of CloudFormation, which SAM takes for a value and never looks into. */
export function isIntrinsic(value: unknown): value is Json {
  if (!isJson(value)) {
    return false;
  }
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || name === 'Condition' || name?.startsWith('Fn::') === true);
}

export const isNoValue = (value: unknown): boolean => isJson(value) && value.Ref === 'AWS::NoValue';

/** The object, if it is one and no function of CloudFormation. */
export const dict = (value: unknown): Json | undefined => (isJson(value) && !isIntrinsic(value) ? value : undefined);

export const entriesOf = (value: unknown): [string, unknown][] => Object.entries(dict(value) ?? {});

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What SAM takes for given: neither empty nor false. */
export function isGiven(value: unknown): boolean {
  return Array.isArray(value) || isJson(value) ? Object.keys(value).length > 0 : Boolean(value);
}

export const given = <T>(value: T): T | undefined => (isGiven(value) ? value : undefined);

export const without = (value: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** A copy that can be changed down to a depth; what is below is shared. */
export function copied<T>(value: T, depth: number): T {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => copied(item, depth - 1)) as T & object;
    return withSpellingsOf(value, items);
  }
  const copy = Object.entries(value).map(([key, item]) => [key, copied(item as unknown, depth - 1)] as const);
  return withSpellingsOf(value, Object.fromEntries(copy) as T & object);
}

export const ref = (logicalId: string): Json => ({ Ref: logicalId });
export const att = (logicalId: string, attribute: string): Json => ({ 'Fn::GetAtt': [logicalId, attribute] });
export const sub = (pattern: string, variables?: Json): Json => ({
  'Fn::Sub': variables ? [pattern, variables] : pattern,
});
