import { type Owner, show } from '../../authoring/errors';
import { DYNAMODB_RESERVED_WORDS } from '../../facts/dynamodb-words';
import { type DynamoDbValue } from '../velocity/dynamodb-value';
import { jsonLiteral, type VelocityTemplate } from '../velocity/template';
import { type CallScope } from './call';
import { type DynamoDbConditionOptions } from './dynamodb-options';

export type Values = Readonly<Record<string, DynamoDbValue>>;
export type Names = Readonly<Record<string, string>>;

/** A part of a field; `absent` is the Velocity condition under which it is left out. */
export interface Part {
  readonly text: string;
  readonly absent?: string;
}

/** A field whose parts may be absent; if all are, there is no field. */
export interface Field {
  readonly open: string;
  readonly separator: string;
  readonly close: string;
}

const byName = <T>(map: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));

/** @param template for the variable that knows whether a part came before, if all may be absent */
export function fieldOf({ open, separator, close }: Field, parts: readonly Part[], template: VelocityTemplate): string {
  if (parts.length === 0) return '';
  const always = parts.filter(({ absent }) => absent === undefined).map(({ text }) => text);
  const optional = parts.filter(({ absent }) => absent !== undefined);
  if (always.length > 0) {
    const others = optional.map(({ text, absent }) => `#if(${absent})#{else}${separator}${text}#end`);
    return `${open}${always.join(separator)}${others.join('')}${close}`;
  }
  const begun = template.flag(open);
  const each = optional.map(
    ({ text, absent }) =>
      `#if(${absent})#{else}#if(${begun})${separator}#{else}${open}#end${text}#set(${begun} = true)#end`,
  );
  return `${each.join('')}${close === '' ? '' : `#if(${begun})${close}#end`}`;
}

/** `"name":{"S":"text"}` of each attribute. */
export const attributeParts = (values: Values, template: VelocityTemplate): Part[] =>
  byName(values).map(([name, value]) => ({
    text: `"${jsonLiteral(name)}":${value._render(template)}`,
    absent: value._absent?.(template),
  }));

/** The attributes of which none may be absent. */
export function required(map: Values, what: string, template: VelocityTemplate, owner: Owner): string {
  const names = Object.keys(map).sort();
  if (names.length === 0) throw owner.error(`${what} is empty; set at least the attributes of the table's primary key`);
  refuseOptional(map, what, owner);
  return `{${attributeParts(map, template)
    .map(({ text }) => text)
    .join(',')}}`;
}

export function refuseOptional(map: Values, what: string, owner: Owner): void {
  const optional = Object.keys(map)
    .sort()
    .find((name) => map[name]._absent);
  if (optional !== undefined) {
    throw owner.error(
      `${what}: ${show(optional)} is an optional DynamoDbValue, but only attributes of an item may be missing; use DynamoDbValue.string, .number or .boolean`,
    );
  }
}

export function conditionFields(options: DynamoDbConditionOptions, scope: CallScope): string[] {
  const { condition: text, expressionNames = {}, expressionValues = {} } = options;
  return [
    ...(text === undefined ? [] : [`"ConditionExpression":"${jsonLiteral(text)}"`]),
    ...expressionFields({ condition: text }, expressionValues, expressionNames, scope),
    ...namesField(expressionNames),
  ];
}

/** The values of expressions. DynamoDB rejects missing and unused placeholders. */
export function expressionFields(
  expressions: Readonly<Record<string, string | undefined>>,
  given: Values,
  names: Names,
  { template, owner }: CallScope,
): string[] {
  checkPlaceholders(expressions, given, names, owner);
  const [what] = Object.keys(expressions);
  return Object.keys(given).length === 0
    ? []
    : [`"ExpressionAttributeValues":${required(given, what, template, owner)}`];
}

export function checkPlaceholders(
  expressions: Readonly<Record<string, string | undefined>>,
  given: Values,
  names: Names,
  owner: Owner,
): void {
  const all = Object.entries(expressions).flatMap(([what, text]) => (text === undefined ? [] : [{ what, text }]));
  const used = new Set<string>();
  for (const { what, text } of all) {
    refuseReserved(what, text, owner);
    for (const placeholder of text.match(/[:#]\w+/g) ?? []) {
      used.add(placeholder);
      const map = placeholder.startsWith(':') ? 'expressionValues' : 'expressionNames';
      if (!(placeholder.startsWith(':') ? given : names)[placeholder]) {
        throw owner.error(
          `${what} ${show(text)} uses ${placeholder}, which ${map} does not have; add "${placeholder}" there`,
        );
      }
    }
  }
  const unused = [...Object.keys(given), ...Object.keys(names)].find((name) => !used.has(name));
  if (unused === undefined) return;
  const where =
    all.length === 0
      ? `${Object.keys(expressions)[0]} ""`
      : all.map(({ what, text }) => `${what} ${show(text)}`).join(' and ');
  throw owner.error(
    `${where} ${all.length > 1 ? 'do' : 'does'} not use ${show(unused)}, and DynamoDB rejects unused placeholders; remove it, or write it as in the expression, with its ":" or "#"`,
  );
}

const KEYWORDS = ['AND', 'OR', 'NOT', 'IN', 'BETWEEN'];
const CLAUSES = ['SET', 'ADD', 'REMOVE', 'DELETE'];

/** DynamoDB rejects each request with such a name; a word before a parenthesis is a function. */
function refuseReserved(what: string, text: string, owner: Owner): void {
  const keywords = what === 'updateExpression' ? [...KEYWORDS, ...CLAUSES] : KEYWORDS;
  for (const { 0: word, index } of text.matchAll(/(?<![:#\w])[A-Za-z]\w*/g)) {
    const upper = word.toUpperCase();
    const isFunction = text
      .slice(index + word.length)
      .trimStart()
      .startsWith('(');
    if (isFunction || !DYNAMODB_RESERVED_WORDS.has(upper) || keywords.includes(upper)) continue;
    throw owner.error(
      `${what} ${show(text)} uses ${show(word)}, which is a reserved word of DynamoDB; write #${word}, and expressionNames: { "#${word}": "${word}" }`,
    );
  }
}

export function namesField(names: Names): string[] {
  const entries = byName(names);
  if (entries.length === 0) return [];
  return [
    `"ExpressionAttributeNames":{${entries.map(([name, value]) => `"${jsonLiteral(name)}":"${jsonLiteral(value)}"`).join(',')}}`,
  ];
}
