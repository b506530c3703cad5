import { expandToSplit, survivesSplit } from './arn';
import { Conditions, literal } from './conditions';
import { Data, type Evaluated } from './evaluated';
import { Expression, joined, type Part, UNKNOWN_PART } from '../model/expression';
import { Inside } from './inside';
import { LanguageExtensions } from './language-extensions';
import { Links } from './links';
import { Numeral, valueAt } from './numerals';
import { same } from './same';
import { type Dict, isDict, own, type Scope } from './scope';
import { eachPiece } from './sub-pattern';
import { UNKNOWN } from '../model/value';

const MAX_DEPTH = 64;

const links = new Links((raw, scope, depth) => evaluate(raw, scope, depth));
const extensions = new LanguageExtensions((raw, scope, depth) => evaluate(raw, scope, depth));
const conditions = new Conditions((raw, scope, depth) => evaluate(raw, scope, depth));

/** Resolves the value at one place, without what is inside a list or object. */
export function evaluate(raw: unknown, scope: Scope, depth = 0): Evaluated {
  switch (typeof raw) {
    case 'string':
    case 'number':
    case 'boolean':
      return raw;
    case 'object':
      break;
    default:
      return raw === undefined ? undefined : UNKNOWN;
  }
  if (raw === null) {
    return undefined;
  }
  if (raw instanceof Expression || raw instanceof Data || raw instanceof Numeral) {
    return raw;
  }
  if (Array.isArray(raw)) {
    return new Data(raw, scope);
  }
  const name = intrinsicName(raw);
  if (name === undefined) {
    return new Data(raw as Dict, scope);
  }
  if (depth > MAX_DEPTH) {
    return UNKNOWN;
  }
  if (depth > 0) {
    return inside.of(raw, scope, () => intrinsic(name, valueAt(raw, name), scope, depth + 1));
  }
  const known = scope.evaluated.get(raw);
  if (known !== undefined || scope.evaluated.has(raw)) {
    return known as Evaluated;
  }
  const around = inside;
  inside = new Inside();
  try {
    const value = intrinsic(name, valueAt(raw, name), scope, depth + 1);
    scope.evaluated.set(raw, value);
    return value;
  } finally {
    inside = around;
  }
}

let inside = new Inside();

export function intrinsicName(raw: object): string | undefined {
  let name: string | undefined;
  for (const key in raw) {
    if (name !== undefined) {
      return undefined;
    }
    name = key;
  }
  return name === 'Ref' || name?.startsWith('Fn::') ? name : undefined;
}

function intrinsic(name: string, argument: unknown, scope: Scope, depth: number): Evaluated {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? reference(argument, scope, depth) : UNKNOWN;
    case 'Fn::GetAtt':
      return getAtt(argument, scope, depth);
    case 'Fn::Join':
      return join(argument, scope, depth);
    case 'Fn::Sub':
      return substitute(argument, scope, depth);
    case 'Fn::Select':
      return select(argument, scope, depth);
    case 'Fn::Split':
      return split(argument, scope, depth);
    case 'Fn::If':
      return conditional(argument, scope, depth);
    case 'Fn::FindInMap':
      return findInMap(argument, scope, depth);
    case 'Fn::Length':
      return extensions.length(listOf(argument, scope, depth)?.items);
    case 'Fn::ToJsonString':
      return extensions.jsonString(evaluate(argument, scope, depth), scope.file, depth);
    case 'Fn::ImportValue':
      return links.imported(evaluate(argument, scope, depth), scope, depth);
    case 'Fn::GetStackOutput':
      return links.stackOutput(argument, scope, depth);
    default:
      return UNKNOWN;
  }
}

function reference(name: string, scope: Scope, depth: number): Evaluated {
  if (name === 'AWS::NoValue') {
    return undefined;
  }
  if (name.startsWith('AWS::')) {
    return scope.pseudoParameter(name);
  }
  if (scope.resources.has(name)) {
    return scope.referenceTo(name);
  }
  return links.parameter(name, scope, depth);
}

function getAtt(argument: unknown, scope: Scope, depth: number): Evaluated {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return dot < 0 ? UNKNOWN : links.attribute(argument.slice(0, dot), argument.slice(dot + 1), scope, depth);
  }
  if (!Array.isArray(argument) || typeof argument[0] !== 'string' || argument.length < 2) {
    return UNKNOWN;
  }
  const attribute = argument.slice(1);
  return attribute.every((item) => typeof item === 'string')
    ? links.attribute(argument[0], attribute.join('.'), scope, depth)
    : UNKNOWN;
}

/** The parts of a string; anything else is one unknown part. */
export function partsOf(value: Evaluated): readonly Part[] {
  switch (typeof value) {
    case 'string':
      return [value];
    case 'number':
    case 'boolean':
      return [String(value)];
    default:
      return value instanceof Expression ? value.parts : [value instanceof Numeral ? value.text : UNKNOWN_PART];
  }
}

function listOf(raw: unknown, scope: Scope, depth: number): { items: readonly unknown[]; scope: Scope } | undefined {
  const list = evaluate(raw, scope, depth);
  return list instanceof Data && Array.isArray(list.value) ? { items: list.value, scope: list.scope } : undefined;
}

function join(argument: unknown, scope: Scope, depth: number): Evaluated {
  const [delimiter, rawList] = Array.isArray(argument) ? argument : [];
  const list = listOf(rawList, scope, depth);
  if (typeof delimiter !== 'string' || !list) {
    return UNKNOWN;
  }
  const parts: Part[] = [];
  for (let index = 0; index < list.items.length; index++) {
    const item = valueAt(list.items, index);
    const value = item === UNKNOWN ? UNKNOWN : evaluate(item, list.scope, depth);
    if (value === undefined) {
      continue;
    }
    if (parts.length > 0) {
      parts.push(delimiter);
    }
    parts.push(...partsOf(value));
  }
  return joined(parts, scope.file) ?? UNKNOWN;
}

function substitute(argument: unknown, scope: Scope, depth: number): Evaluated {
  if (typeof argument !== 'string') {
    return substituteWith(argument, scope, depth);
  }
  if (!scope.substituted.has(argument)) {
    scope.substituted.set(argument, substituteWith(argument, scope, depth));
  }
  return scope.substituted.get(argument) as Evaluated;
}

function substituteWith(argument: unknown, scope: Scope, depth: number): Evaluated {
  const [pattern, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof pattern !== 'string') {
    return UNKNOWN;
  }
  const parts: Part[] = [];
  eachPiece(
    pattern,
    (text) => parts.push(text),
    (name) => {
      const value =
        isDict(variables) && Object.hasOwn(variables, name)
          ? evaluate(valueAt(variables, name), scope, depth)
          : name.includes('.')
            ? getAtt(name, scope, depth)
            : reference(name, scope, depth);
      parts.push(...partsOf(value));
    },
  );
  return joined(parts, scope.file) ?? UNKNOWN;
}

function select(argument: unknown, scope: Scope, depth: number): Evaluated {
  const [rawIndex, rawList] = Array.isArray(argument) ? argument : [];
  const position = evaluate(rawIndex, scope, depth);
  const index = typeof position === 'string' && /^\d+$/.test(position) ? Number(position) : position;
  const list = listOf(rawList, scope, depth);
  if (!list || typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= list.items.length) {
    return UNKNOWN;
  }
  const item = valueAt(list.items, index);
  return item === UNKNOWN ? UNKNOWN : evaluate(item, list.scope, depth);
}

function split(argument: unknown, scope: Scope, depth: number): Evaluated {
  const [delimiter, raw] = Array.isArray(argument) ? argument : [];
  const value = evaluate(raw, scope, depth);
  if (typeof delimiter !== 'string' || delimiter === '') {
    return UNKNOWN;
  }
  if (typeof value === 'string') {
    return new Data(value.split(delimiter), scope);
  }
  if (!(value instanceof Expression)) {
    return UNKNOWN;
  }
  const pieces: Part[][] = [[]];
  const rest = (): Evaluated =>
    new Data([...pieces.slice(0, -1).map((piece) => joined(piece, scope.file) ?? UNKNOWN), UNKNOWN, UNKNOWN], scope);
  const written = (raw: unknown, at: Scope): Evaluated => evaluate(raw, at, depth);
  for (const part of value.parts.flatMap((whole) => expandToSplit(whole, scope.app, written))) {
    if (typeof part === 'string') {
      const [first, ...others] = part.split(delimiter);
      pieces[pieces.length - 1].push(first);
      pieces.push(...others.map((other) => [other]));
    } else if (survivesSplit(part, delimiter, scope.app.typeOf(part))) {
      pieces[pieces.length - 1].push(part);
    } else {
      return rest();
    }
  }
  return new Data(
    pieces.map((piece) => joined(piece, scope.file) ?? UNKNOWN),
    scope,
  );
}

function conditional(argument: unknown, scope: Scope, depth: number): Evaluated {
  if (!Array.isArray(argument) || argument.length !== 3) {
    return UNKNOWN;
  }
  const holds = conditions.holds(argument[0], scope, depth);
  if (holds !== undefined) {
    return evaluate(valueAt(argument, holds ? 1 : 2), scope, depth);
  }
  const yes = evaluate(valueAt(argument, 1), scope, depth);
  const no = evaluate(valueAt(argument, 2), scope, depth);
  return same(yes, no) ? yes : UNKNOWN;
}

function findInMap(argument: unknown, scope: Scope, depth: number): Evaluated {
  const keys = Array.isArray(argument)
    ? [0, 1, 2].slice(0, argument.length).map((at) => mapKey(valueAt(argument, at), scope, depth))
    : [];
  const [map, top, second] = keys;
  if (keys.length !== 3 || map === undefined || top === undefined || second === undefined) {
    return UNKNOWN;
  }
  const found = own(scope.section('Mappings', map), top);
  if (own(found, second) !== undefined) {
    return evaluate(valueAt(found as Dict, second), scope, depth);
  }
  const fallback = Array.isArray(argument) ? own(argument[3], 'DefaultValue') : undefined;
  return fallback === undefined ? UNKNOWN : evaluate(fallback, scope, depth);
}

/** Undefined if the key is unknown. */
function mapKey(raw: unknown, scope: Scope, depth: number): string | undefined {
  return literal(evaluate(raw, scope, depth), scope);
}
