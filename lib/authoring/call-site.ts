import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(__dirname, '..', '..');
const OWN = [join(ROOT, 'lib') + sep, join(ROOT, 'bundle') + sep];
/** The process behind Python, Java, .NET and Go: its stack has no line of the user. */
const FOREIGN = /[\\/]@?jsii[-\\/]/;

/** The line of the user's code that made a call. V8 formats a stack only when it is read, so only errors pay for it. */
export class CallSite {
  private readonly stack?: string;

  constructor() {
    Error.captureStackTrace(this, CallSite);
  }

  /** `shop.ts:12:5`, relative to the working directory; undefined if the line is not known. */
  public toString(): string | undefined {
    const file = (this.stack ?? '').split('\n').slice(1).map(placeOf).find(isOfUser);
    if (file === undefined || FOREIGN.test(file)) return undefined;
    const path = relative(process.cwd(), file);
    return path.startsWith('..') || isAbsolute(path) ? file : path;
  }
}

/** `/app/shop.ts:12:5` of a frame `at new Shop (/app/shop.ts:12:5)`. */
function placeOf(frame: string): string | undefined {
  const [, inside] = /\(([^()]+:\d+:\d+)\)$/.exec(frame) ?? [];
  const place = inside ?? /^ *at (?:async )?(\S+:\d+:\d+)$/.exec(frame)?.[1];
  if (!place?.startsWith('file://')) return place;
  const [, url, line] = /^(.*?)(:\d+:\d+)$/.exec(place) ?? [];
  return fileURLToPath(url) + line;
}

const isOfUser = (place: string | undefined): place is string =>
  place !== undefined && isAbsolute(place) && !OWN.some((folder) => place.startsWith(folder));
