import { Spot } from './spot';

const SPACE = 32;
const BACKSLASH = 92;
const [QUOTE, BRACE, BRACE_END, BRACKET, BRACKET_END] = Array.from('"{}[]', (sign) => sign.charCodeAt(0));
/** A number, `true`, `false` or `null`. */
const WORD = /[^\s,\]}]*/y;

/** A value of a text that is valid JSON. Its parts are read on demand, so one place costs no second parse. */
export class JsonSpot extends Spot {
  public static root(text: string): JsonSpot {
    const start = startOfJson(text);
    return new JsonSpot(text, start, start, new Map());
  }

  /** @param ends of the objects and lists that were passed: what is inside of them is passed once */
  private constructor(
    private readonly text: string,
    offset: number,
    private readonly start: number,
    private readonly ends: Map<number, number>,
  ) {
    super(offset);
  }

  protected read(): ReadonlyMap<string, Spot> {
    const members = new Map<string, Spot>();
    for (const { key, offset, value } of membersOf(this.text, this.start, this.ends)) {
      members.set(key, new JsonSpot(this.text, offset, value, this.ends));
    }
    return members;
  }
}

export const startOfJson = (text: string): number => Math.max(text.search(/\S/), 0);

interface Member {
  readonly key: string;
  readonly offset: number;
  /** The start of the value. */
  readonly value: number;
}

/** The members of the object, or the items of the list, that begins there; none if it is a scalar. */
export function* membersOf(text: string, start: number, ends: Map<number, number>): Iterable<Member> {
  const isList = text[start] === '[';
  if (!isList && text[start] !== '{') return;
  let at = afterSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    const offset = at;
    let key = String(index);
    if (!isList) {
      const end = endOfString(text, at);
      const written = text.slice(at + 1, end - 1);
      key = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
      at = afterSpace(text, afterSpace(text, end) + 1);
    }
    yield { key, offset, value: at };
    at = afterSpace(text, endOf(text, at, ends));
    if (text[at] === ',') at = afterSpace(text, at + 1);
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) at++;
  return at;
}

const SHORT = 100;

/** The end of the value that begins there. */
function endOf(text: string, start: number, ends: Map<number, number>): number {
  if (text[start] === '"') return endOfString(text, start);
  if (text[start] !== '{' && text[start] !== '[') {
    WORD.lastIndex = start;
    WORD.test(text);
    return WORD.lastIndex;
  }
  return ends.get(start) ?? passed(text, start, ends);
}

/**
 * Text without a bracket, and strings without an escape: reading it character by character takes ten times as long. The repetition
 * is bounded, because an expression remembers each time.
 */
const SIMPLE = /[^"{}[\]]*(?:"[^"\\]*"[^"{}[\]]*){0,1000}/y;

/** Notes the end of all that it passes. */
function passed(text: string, start: number, ends: Map<number, number>): number {
  const open: number[] = [];
  for (let at = start; at < text.length;) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case BRACE:
      case BRACKET:
        open.push(at++);
        break;
      case BRACE_END:
      case BRACKET_END: {
        const from = open.pop() ?? start;
        at++;
        // A short one is passed again sooner than it is noted.
        if (at - from > SHORT) ends.set(from, at);
        if (open.length === 0) return at;
      }
    }
    SIMPLE.lastIndex = at;
    SIMPLE.test(text);
    at = SIMPLE.lastIndex;
  }
  return text.length;
}

function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}
