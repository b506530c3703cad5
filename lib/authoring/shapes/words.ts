import { Token } from 'aws-cdk-lib';
import { type Shape, shapes, structOf } from './data';

/** A value of any kind in an error, shortened. */
export function say(value: unknown): string {
  if (typeof value === 'string') return Token.isUnresolved(value) ? 'a token' : quote(value);
  if (typeof value === 'function') return value.name === '' ? 'a function' : `the function ${value.name}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list: [${few(value.map(sayShort))}]`;
  if (isPlain(value)) return `{ ${few(Object.keys(value))} }`.replace('{  }', '{}');
  return Token.isUnresolved(value) ? 'a token' : withArticle(value.constructor?.name ?? 'object');
}

/** An object literal, or an object from another language. Of any realm, hence no comparison with `Object.prototype`. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The type that a place accepts, in words. */
export function describe(shape: Shape): string {
  if (typeof shape !== 'string') {
    if ('array' in shape) return `a list of ${plural(shape.array)}`;
    if ('map' in shape) return `a map, { name: ${short(shape.map)} }`;
    return shape.union.map(describe).join(' or ');
  }
  if (PRIMITIVES.includes(shape)) return withArticle(shape);
  const struct = structOf(shape);
  if (struct) return `options, ${example(shape)}`;
  if (Object.hasOwn(shapes().classes, shape)) {
    const { makes } = shapes().classes[shape];
    return withArticle(shape) + (makes.length > 0 ? `, e.g. ${shape}.${makes[0]}(…)` : '');
  }
  const makers = MAKERS[shape];
  if (makers) return `${withArticle(nameOf(shape))}, e.g. ${makers}`;
  const module = /^aws-cdk-lib(?:\.(\w+))?\./.exec(shape)?.[1];
  const from = module === undefined ? '' : ` of aws-cdk-lib/${module.replaceAll('_', '-')}`;
  return `${withArticle(nameOf(shape))}${from}`;
}

/** `{ rateLimit, burstLimit }`: the required members of a struct, or the optional ones if none is required. */
function example(name: string): string {
  const struct = structOf(name);
  const names = struct?.required.length ? struct.required : [...(struct?.slots.keys() ?? [])];
  return `{ ${few(names)} }`;
}

function short(shape: Shape): string {
  if (typeof shape !== 'string') return '…';
  return structOf(shape) ? example(shape) : nameOf(shape);
}

function plural(shape: Shape): string {
  if (typeof shape !== 'string') return 'lists';
  return PRIMITIVES.includes(shape) ? `${shape}s` : nameOf(shape);
}

export const nameOf = (type: string): string => type.split('.').pop() ?? type;

export const withArticle = (noun: string): string => `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;

export const quote = (text: string): string => `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;

const few = (words: readonly string[]): string => (words.length > 6 ? [...words.slice(0, 6), '…'] : words).join(', ');

const sayShort = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[…]' : '{…}') : say(value);

const PRIMITIVES = ['string', 'number', 'boolean', 'any'];

const MAKERS: Readonly<Record<string, string>> = {
  'aws-cdk-lib.Duration': 'Duration.seconds(10)',
  'aws-cdk-lib.Size': 'Size.kibibytes(1)',
};
