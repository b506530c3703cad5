// CloudFormation as a reader of the documentation wants to see it: short forms, one line for what is short.
import { stringify } from 'yaml';

/** What stands in the place of a property that is not there. */
export const ABSENT = Symbol('absent');

export type Fragment = string | number | boolean | null | typeof ABSENT | Fragment[] | FragmentMap;

export interface FragmentMap {
  [key: string]: Fragment;
}

const MAX_TEXT = 360;
const MAX_FLOW = 90;
const SHORT_FORMS = ['Ref', 'Fn::Sub', 'Fn::GetAtt', 'Fn::ImportValue'];

export const isMap = (value: unknown): value is FragmentMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function scalar(value: string | number | boolean | null): string {
  const text = typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  return stringify(text, { schema: 'yaml-1.1', singleQuote: true, lineWidth: 0, defaultStringType: 'PLAIN' }).trim();
}

/** Inside of `[ ]` and `{ }`, where more signs have a meaning. */
function flowScalar(value: string | number | boolean | null): string {
  const text = scalar(value);
  return /^[^'"].*[,[\]{}]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/** `!Ref Api`, or undefined where there is no short form. */
function shortForm(value: FragmentMap, write = scalar): string | undefined {
  const [name, ...more] = Object.keys(value);
  if (more.length > 0 || !SHORT_FORMS.includes(name)) return undefined;
  const held = value[name];
  const text = Array.isArray(held) ? held.map(String).join('.') : held;
  return typeof text === 'string' ? `!${name.replace('Fn::', '')} ${write(text)}` : undefined;
}

/** The value in one line, or undefined where it is too long or says what is absent. */
function inline(value: Fragment): string | undefined {
  if (value === ABSENT) return undefined;
  if (Array.isArray(value)) {
    const parts = value.map(inline);
    const text = value.length > 0 ? `[${parts.join(', ')}]` : '[]';
    return parts.includes(undefined) || text.length > MAX_FLOW ? undefined : text;
  }
  if (!isMap(value)) return flowScalar(value);
  const short = shortForm(value, flowScalar);
  if (short !== undefined) return short;
  const parts = Object.entries(value).map(([key, held]) => [flowScalar(key), inline(held)]);
  const text = parts.length > 0 ? `{ ${parts.map((pair) => pair.join(': ')).join(', ')} }` : '{}';
  return parts.some(([, held]) => held === undefined) || text.length > MAX_FLOW ? undefined : text;
}

const indented = (lines: readonly string[], by = '  '): string[] => lines.map((line) => `${by}${line}`);

function entry(key: string, value: Fragment): string[] {
  const name = scalar(/^\d+$/.test(key) ? Number(key) : key);
  if (value === ABSENT) return [`# no ${key}`];
  if (!isMap(value) && !Array.isArray(value)) return [`${name}: ${scalar(value)}`];
  const short = isMap(value) ? shortForm(value) : undefined;
  if (short !== undefined) return [`${name}: ${short}`];
  // Of maps, only a function without a short form is one line.
  const isOneLine = !isMap(value) || /^Fn::/.test(Object.keys(value)[0] ?? '');
  const line = isOneLine ? inline(value) : undefined;
  if (line !== undefined) return [`${name}: ${line}`];
  if (isMap(value) && Object.keys(value).length === 0) return [`${name}: {}`];
  return [`${name}:`, ...indented(textLines(value))];
}

/** The lines of a map or a list; a property that is absent is a comment. */
export function textLines(value: Fragment): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((element) => {
      const line = inline(element);
      if (line !== undefined) return [`- ${line}`];
      const [first, ...rest] = textLines(element);
      return [`- ${first}`, ...indented(rest)];
    });
  }
  return isMap(value) ? Object.entries(value).flatMap(([key, held]) => entry(key, held)) : [String(inline(value))];
}
