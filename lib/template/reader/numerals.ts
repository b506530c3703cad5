/** A number that is spelled unlike JavaScript prints it: `2.0`, `1.10`, `0x1`. As a text it is what was written. */
export class Numeral {
  constructor(
    public readonly number: number,
    public readonly text: string,
  ) {}
}

/** By the list or object that holds the number: values stay plain, so code that needs no text need not know. */
const spellings = new WeakMap<object, Map<string, Numeral>>();
let isAnySpelled = false;

/** Keeps how the number at the key was written, unless that is how it is printed. */
export function keepSpelling(holder: object, key: string, value: number, text: string): void {
  if (String(value) === text) return;
  isAnySpelled = true;
  const kept = spellings.get(holder) ?? new Map<string, Numeral>();
  kept.set(key, new Numeral(value, text));
  spellings.set(holder, kept);
}

/** What the holder has at the key; a number with its spelling. */
export function valueAt(holder: object, key: string | number): unknown {
  const value = (holder as Record<string | number, unknown>)[key];
  return typeof value === 'number' && isAnySpelled ? (numeralAt(holder, key, value) ?? value) : value;
}

function numeralAt(holder: object, key: string | number, value: number): Numeral | undefined {
  const found = spellings.get(holder)?.get(String(key));
  return found && Object.is(found.number, value) ? found : undefined;
}

/** The copy, with the spellings of what it was copied from. */
export function withSpellingsOf<T extends object>(original: object, copy: T): T {
  const kept = isAnySpelled ? spellings.get(original) : undefined;
  if (kept) spellings.set(copy, new Map([...kept, ...(spellings.get(copy) ?? [])]));
  return copy;
}

/** No property is nested deeper. */
const MAX_DEPTH = 100;

/**
 * The value with each number that is spelled otherwise as a text: for what is copied piece by piece.
 * @param whole keys at the top whose values stay as they are
 */
export function spelledOut<T>(value: T, whole: readonly string[] = [], depth = 0): T {
  if (!isAnySpelled || typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  const keys = Object.keys(value);
  const items = keys.map((key) => {
    const item = valueAt(value, key);
    if (item instanceof Numeral) return item.text;
    return whole.includes(key) ? item : spelledOut(item, [], depth + 1);
  });
  if (items.every((item, index) => item === (value as Record<string, unknown>)[keys[index]])) return value;
  return (Array.isArray(value) ? items : Object.fromEntries(keys.map((key, index) => [key, items[index]]))) as T;
}

/** In no document that people write. */
const MARK = '\u0001number:';
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*/g;
/** Numbers that may be printed otherwise; few documents have one. */
const MAY_DIFFER = /[:,[]\s*-?(?:\d+\.\d|\d+[eE]|\d{16})/;

/** `JSON.parse` that keeps how numbers are spelled. @throws as that does */
export function parseJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (!MAY_DIFFER.test(text)) return parsed;
  let isMarked = false;
  const marked = text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"') || String(Number(token)) === token) return token;
    isMarked = true;
    return `"${JSON.stringify(MARK).slice(1, -1)}${token}"`;
  });
  return isMarked ? withMarks(marked, parsed) : parsed;
}

function withMarks(marked: string, parsed: unknown): unknown {
  try {
    return JSON.parse(marked, function (this: object, key, value: unknown) {
      if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
      const token = value.slice(MARK.length);
      keepSpelling(this, key, Number(token), token);
      return Number(token);
    });
  } catch {
    // Too deep for a parser that looks at each value.
    return parsed;
  }
}
