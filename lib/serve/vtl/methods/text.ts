import { double, integer, numberOf } from '../numbers';
import { print } from '../print';
import { TemplateError } from '../scanner';
import { equal } from '../compare';
import { JavaList, type Value } from '../values';
import { methods, type Overload } from './call';
import { TEXT_MAX } from '../operations';
import { isMatched, javaPattern, javaReplacement, matched } from './patterns';

type Text = Overload<string>;

const none = (call: (self: string) => Value): Text => ({ takes: [], call });
const text = (call: (self: string, other: string) => Value): Text => ({ takes: ['text'], call });
const textAt = (call: (self: string, other: string, at: number) => Value): Text => ({ takes: ['text', 'int'], call });

function within(self: string, from: number, to: number): void {
  if (from < 0 || to > self.length || from > to) {
    throw new TemplateError(`index ${from < 0 || from > self.length ? from : to} of a text of ${self.length}`);
  }
}

function substring(self: string, from: number, to = self.length): string {
  within(self, from, to);
  return self.slice(from, to);
}

/** As Java splits: without the empty pieces at the end, unless a limit requires them. */
function split(self: string, pattern: string, limit = 0): JavaList {
  const separator = javaPattern(pattern, 'g');
  return matched(separator, self, () => splitAt(self, separator, limit));
}

function splitAt(self: string, separator: RegExp, limit: number): JavaList {
  const pieces: string[] = [];
  let from = 0;
  for (const found of self.matchAll(separator)) {
    if (limit > 0 && pieces.length === limit - 1) break;
    // What has no length does not split off an empty text at the start.
    if (found[0] === '' && (found.index === 0 || found.index === self.length)) continue;
    pieces.push(self.slice(from, found.index));
    from = found.index + found[0].length;
  }
  if (from === 0 && pieces.length === 0) return new JavaList([self], 'String[]');
  pieces.push(self.slice(from));
  if (limit === 0) while (pieces.length > 0 && pieces.at(-1) === '') pieces.pop();
  return new JavaList(pieces, 'String[]');
}

/** Java removes all characters up to the space. */
function trim(self: string): string {
  let [start, end] = [0, self.length];
  while (start < end && self[start] <= ' ') start++;
  while (end > start && self[end - 1] <= ' ') end--;
  return self.slice(start, end);
}

function hashCode(self: string): number {
  let hash = 0;
  for (let at = 0; at < self.length; at++) hash = (Math.imul(hash, 31) + self.charCodeAt(at)) | 0;
  return hash;
}

function compareTo(self: string, other: string): Value {
  const length = Math.min(self.length, other.length);
  for (let at = 0; at < length; at++) {
    if (self[at] !== other[at]) return integer(self.charCodeAt(at) - other.charCodeAt(at));
  }
  return integer(self.length - other.length);
}

function replaced(self: string, pattern: string, replacement: string, flags: string): string {
  const expression = javaPattern(pattern, flags);
  const written = javaReplacement(replacement);
  let length = self.length;
  return matched(expression, self, () =>
    self.replace(expression, (...found) => {
      const text = written(...(found as Parameters<typeof written>));
      length += text.length;
      checkLength(length);
      return text;
    }),
  );
}

function plainlyReplaced(self: string, from: string, to: string): string {
  const pieces = self.split(from);
  checkLength(self.length + (pieces.length - 1) * (to.length - from.length));
  return pieces.join(to);
}

function checkLength(length: number): void {
  if (length > TEXT_MAX) throw new TemplateError(`a text of more than ${TEXT_MAX} characters`);
}

function concat(self: string, other: string): string {
  checkLength(self.length + other.length);
  return self + other;
}

/** The methods of java.lang.String. */
export const TEXT_METHODS = methods<string>({
  length: none((self) => integer(self.length)),
  isEmpty: none((self) => self === ''),
  toString: none((self) => self),
  intern: none((self) => self),
  trim: none(trim),
  toLowerCase: none((self) => self.toLowerCase()),
  toUpperCase: none((self) => self.toUpperCase()),
  hashCode: none((self) => integer(hashCode(self))),
  toCharArray: none((self) => new JavaList(self.split(''), 'char[]')),
  charAt: {
    takes: ['int'],
    call: (self, at: number) => {
      within(self, at, at + 1);
      return self[at];
    },
  },
  substring: [
    { takes: ['int'], call: (self, from: number) => substring(self, from) },
    { takes: ['int', 'int'], call: (self, from: number, to: number) => substring(self, from, to) },
  ],
  concat: text(concat),
  contains: text((self, other) => self.includes(other)),
  startsWith: [
    text((self, other) => self.startsWith(other)),
    textAt((self, other, at) => at >= 0 && self.startsWith(other, at)),
  ],
  endsWith: text((self, other) => self.endsWith(other)),
  indexOf: [
    text((self, other) => integer(self.indexOf(other))),
    textAt((self, other, at) => integer(self.indexOf(other, at))),
  ],
  lastIndexOf: [
    text((self, other) => integer(self.lastIndexOf(other))),
    textAt((self, other, at) => integer(at < 0 ? -1 : self.lastIndexOf(other, at))),
  ],
  equals: { takes: ['any'], call: (self, other: Value) => equal(self, other) },
  equalsIgnoreCase: {
    takes: ['any'],
    call: (self, other: Value) => typeof other === 'string' && self.toLowerCase() === other.toLowerCase(),
  },
  compareTo: text(compareTo),
  compareToIgnoreCase: text((self, other) => compareTo(self.toLowerCase(), other.toLowerCase())),
  replace: { takes: ['text', 'text'], call: plainlyReplaced },
  replaceAll: { takes: ['text', 'text'], call: (self, from: string, to: string) => replaced(self, from, to, 'g') },
  replaceFirst: { takes: ['text', 'text'], call: (self, from: string, to: string) => replaced(self, from, to, '') },
  matches: text((self, pattern) => isMatched(pattern, self)),
  split: [text((self, pattern) => split(self, pattern)), textAt((self, pattern, limit) => split(self, pattern, limit))],
  valueOf: { takes: ['any'] as const, call: (_, value: Value) => print(value) },
});

/** What templates parse numbers with: static methods of the classes of a number or a boolean. */
export const parsed = {
  whole: (digits: string): Value => {
    if (!/^[+-]?\d+$/.test(digits)) throw new TemplateError(`${JSON.stringify(digits)} is not a whole number`);
    return numberOf(digits.replace('+', ''));
  },
  decimal: (digits: string): Value => {
    const value = Number(digits.trim());
    if (digits.trim() === '' || Number.isNaN(value))
      throw new TemplateError(`${JSON.stringify(digits)} is not a number`);
    return double(value);
  },
};
