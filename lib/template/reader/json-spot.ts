import { Spot } from './spot';

const SPACE = /\s*/y;
/** What opens, closes, or holds signs that do neither. */
const SIGN = /["{}[\]]/g;
/** A number, `true`, `false` or `null`. */
const WORD = /[^\s,\]}]*/y;

/** A value of a text that is valid JSON. What is inside is read on demand, so one place costs no second parse. */
export class JsonSpot extends Spot {
  public static root(text: string): JsonSpot {
    const start = text.search(/\S/);
    return new JsonSpot(text, Math.max(start, 0), Math.max(start, 0));
  }

  private constructor(
    private readonly text: string,
    offset: number,
    private readonly start: number,
  ) {
    super(offset);
  }

  protected read(): ReadonlyMap<string, Spot> {
    const members = new Map<string, Spot>();
    for (const { key, offset, value } of membersOf(this.text, this.start)) {
      members.set(key, new JsonSpot(this.text, offset, value));
    }
    return members;
  }
}

interface Member {
  readonly key: string;
  readonly offset: number;
  /** Where the value begins. */
  readonly value: number;
}

/** The members of the object, or the items of the list, that begins there; none if it is a scalar. */
export function* membersOf(text: string, start: number): Iterable<Member> {
  const isList = text[start] === '[';
  if (!isList && text[start] !== '{') return;
  let at = afterSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    const offset = at;
    let key = String(index);
    if (!isList) {
      const end = endOfString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      at = afterSpace(text, afterSpace(text, end) + 1);
    }
    yield { key, offset, value: at };
    at = afterSpace(text, endOf(text, at));
    if (text[at] === ',') at = afterSpace(text, at + 1);
  }
}

function afterSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** Where the value that begins there ends. */
function endOf(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  if (text[start] !== '{' && text[start] !== '[') {
    WORD.lastIndex = start;
    WORD.test(text);
    return WORD.lastIndex;
  }
  let depth = 0;
  SIGN.lastIndex = start;
  for (let match = SIGN.exec(text); match; match = SIGN.exec(text)) {
    if (match[0] === '"') SIGN.lastIndex = endOfString(text, match.index);
    else depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
    if (depth === 0) return SIGN.lastIndex;
  }
  return text.length;
}

export function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}
