import { numberOf } from './numbers';
import { Scanner, TemplateError } from './scanner';
import { JavaList, JavaMap, type Value } from './values';

const NUMBER = /-?(?:\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Levels of arrays and objects; deeper ones are refused before the stack ends. */
const DEPTH_MAX = 1000;

/**
 * Reads JSON with the spelling of numbers kept: `1.0` is not `1`, and 20 digits are 20 digits.
 *
 * @throws TemplateError if it is not JSON
 */
export function readJson(text: string): Value {
  const scanner = new Scanner(text);
  const value = read(scanner, 0);
  scanner.space();
  if (!scanner.done) throw scanner.error('the end of the JSON expected');
  return value;
}

/** A value that JavaScript read from JSON. */
export const valueOf = (json: unknown): Value => readJson(JSON.stringify(json));

/** Reads the JSON value that is next. */
export const readJsonAt = (scanner: Scanner): Value => read(scanner, 0);

function read(scanner: Scanner, depth: number): Value {
  if (depth > DEPTH_MAX) throw new TemplateError(`JSON with more than ${DEPTH_MAX} levels`);
  scanner.space();
  if (scanner.take('{')) return readObject(scanner, depth);
  if (scanner.take('[')) return readArray(scanner, depth);
  if (scanner.sees('"')) return readText(scanner);
  const number = scanner.match(NUMBER);
  if (number) return numberOf(number[0]);
  const word = scanner.match(/true|false|null/y)?.[0];
  if (word === undefined) throw scanner.error('a JSON value expected');
  return WORDS.get(word)!;
}

function readObject(scanner: Scanner, depth: number): JavaMap {
  const map = new JavaMap();
  scanner.space();
  if (scanner.take('}')) return map;
  do {
    scanner.space();
    const key = readText(scanner);
    scanner.expect(':');
    map.put(key, read(scanner, depth + 1));
    scanner.space();
  } while (scanner.take(','));
  scanner.expect('}');
  return map;
}

function readArray(scanner: Scanner, depth: number): JavaList {
  const items: Value[] = [];
  scanner.space();
  if (scanner.take(']')) return new JavaList(items, 'json');
  do {
    items.push(read(scanner, depth + 1));
    scanner.space();
  } while (scanner.take(','));
  scanner.expect(']');
  return new JavaList(items, 'json');
}

function readText(scanner: Scanner): string {
  const found = scanner.match(/"((?:[^"\\]|\\[^])*)"/y);
  if (!found) throw scanner.error('a JSON text expected');
  return found[1].replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, code: string | undefined, short: string) =>
    code === undefined ? (SHORT[short] ?? short) : String.fromCharCode(parseInt(code, 16)),
  );
}
